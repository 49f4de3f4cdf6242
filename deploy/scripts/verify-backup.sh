#!/usr/bin/env bash
# Restores a backup into a database of its own, looks at it, and drops that database again.
#
#   verify-backup.sh [--env-file FILE] [--dir FOLDER] [DUMP]
#
# Without DUMP it takes the newest one in BACKUP_DIR [/var/lib/hellojohn/backups]. The database
# hellojohn_verify_<seconds> is made on the server of HELLOJOHN_DATABASE_URL (or DATABASE_URL), or of
# VERIFY_DATABASE_URL, which should be another server; the role must be allowed to create databases.
# The live database is only read for its server's address. What pg_dump did not make, which is every
# backup of SQLite, goes through `hj backup verify --restore-test`. Ends with 1 when anything is wrong.
set -euo pipefail
umask 077
# shellcheck source=common.sh
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/common.sh"

dump=
while (($#)); do
    case $1 in
        --env-file) read_env_file "${2:?--env-file wants a file}" && shift ;;
        --dir) BACKUP_DIR=${2:?--dir wants a folder} && shift ;;
        -*) fail "usage: verify-backup.sh [--env-file FILE] [--dir FOLDER] [DUMP]" ;;
        *) dump=$1 ;;
    esac
    shift
done
dir=$(folder_of_backups)
if [[ -z $dump ]]; then
    stamp=$(backup_stamps "$dir" | head -n 1)
    [[ -n $stamp ]] || fail "there is no backup in $dir"
    for dump in "$dir/hellojohn_$stamp".{dump,hjb,sqlite3}; do
        [[ ! -e $dump ]] || break
    done
fi
[[ -r $dump ]] || fail "$dump cannot be read"

if [[ -n ${VERIFY_DATABASE_URL:-} ]]; then
    export HELLOJOHN_DATABASE_URL=$VERIFY_DATABASE_URL
fi
find_database
if [[ $dump != *.dump ]]; then
    program=$(program_with backup verify) ||
        fail "only hj can verify $dump: put it into the PATH, or name it with HJ_PROGRAM"
    say "Verifying $dump"
    if ! told=$("$program" backup verify --restore-test "$dump"); then
        say "$told"
        say "Backup verification FAILED: $dump" >&2
        exit 1
    fi
    users=$(sed -n 's/^ *users: //p' <<<"$told")
    ((users >= ${VERIFY_MIN_USERS:-0})) || fail "fewer users than VERIFY_MIN_USERS=$VERIFY_MIN_USERS"
    say "$told"
    exit 0
fi
if is_sqlite; then
    fail "$dump is of PostgreSQL; name a server with VERIFY_DATABASE_URL"
fi
find_postgres_programs
test_db=hellojohn_verify_$(date +%s)
test_url=$(url_of_database "$test_db")
made=

clean_up() {
    local status=$?
    trap - EXIT
    # A second signal shall not leave the database behind.
    trap '' TERM INT
    if [[ -n $made ]]; then
        say "Dropping test database..."
        if ! dropdb --maintenance-db="$database_url" --force "$test_db"; then
            say "The database $test_db could not be dropped; drop it by hand." >&2
            status=1
        fi
    fi
    if ((status == 0)); then
        say "Backup verification complete ✅"
    else
        say "Backup verification FAILED: $dump" >&2
    fi
    exit "$status"
}
trap clean_up EXIT
trap 'exit 143' TERM INT

say "Verifying $dump"
manifest=${dump%.dump}.hjb
if [[ -r $manifest ]] && program=$(program_with backup verify); then
    "$program" backup verify "$manifest"
fi

say "Creating test database: $test_db"
createdb --maintenance-db="$database_url" "$test_db"
made=1

say "Restoring backup..."
pg_restore --dbname="$test_url" --exit-on-error --no-owner --no-privileges "$dump"

say "Verifying row counts..."
count() { psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 -At --dbname="$test_url" -c "$1"; }
users=$(count 'SELECT COUNT(*) AS users FROM hj_user;')
sessions=$(count 'SELECT COUNT(*) AS sessions FROM hj_session;')
say "users: $users"
say "sessions: $sessions"
strays=$(count 'SELECT COUNT(*) FROM hj_session s LEFT JOIN hj_user u ON u.id = s.user_id WHERE u.id IS NULL;')
((strays == 0)) || fail "$strays sessions belong to no user"
((users >= ${VERIFY_MIN_USERS:-0})) || fail "fewer users than VERIFY_MIN_USERS=$VERIFY_MIN_USERS"

# The schema is compared when this program is the one the backup was made with.
if program=$(program_with migrations validate); then
    pending=0
    HELLOJOHN_DATABASE_URL=$test_url DATABASE_URL='' "$program" migrations status --exit-code >/dev/null || pending=$?
    if ((pending == 0)); then
        HELLOJOHN_DATABASE_URL=$test_url DATABASE_URL='' "$program" migrations validate
    elif ((pending == 3)); then
        say "The backup is older than this program; its schema was not compared."
    else
        fail "the migrations of the restored database cannot be read"
    fi
fi
