#!/usr/bin/env bash
# Replaces the installed program by another version, with a backup before and a way back after.
#
#   upgrade.sh [--env-file FILE] [--allow-stop] <program or hellojohn-linux-….tar.gz>
#
# Backs up, asks the new program whether it can take over, migrates while the old version serves,
# replaces /usr/local/bin/hellojohn in one step, restarts the service and waits until it is healthy.
# If it is not, the former program is put back and restarted: migrations only add, so it serves on
# the new schema. Where the new program says that the service must be stopped for its migrations,
# nothing is done without --allow-stop.
#
# Variables: UPGRADE_PROGRAM [/usr/local/bin/hellojohn], UPGRADE_SERVICE [hellojohn],
# UPGRADE_STOP, UPGRADE_START, UPGRADE_RESTART [systemctl stop|start|restart $UPGRADE_SERVICE],
# UPGRADE_HEALTH_URL [http://127.0.0.1:$PORT/health], UPGRADE_WAIT [60] seconds, BACKUP_DIR.
set -euo pipefail
umask 077
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
# shellcheck source=common.sh
source "$here/common.sh"

env_file=/etc/hellojohn/hellojohn.env
allow_stop=
new=
while (($#)); do
    case $1 in
        --env-file) env_file=${2:?--env-file wants a file} && shift ;;
        --allow-stop) allow_stop=1 ;;
        -*) fail "usage: upgrade.sh [--env-file FILE] [--allow-stop] <program or archive>" ;;
        *) new=$1 ;;
    esac
    shift
done
[[ -n $new ]] || fail "name the new program or its archive"
[[ -r $new ]] || fail "$new cannot be read"
read_env_file "$env_file"

installed=${UPGRADE_PROGRAM:-/usr/local/bin/hellojohn}
service=${UPGRADE_SERVICE:-hellojohn}
stop=${UPGRADE_STOP:-systemctl stop $service}
start=${UPGRADE_START:-systemctl start $service}
restart=${UPGRADE_RESTART:-systemctl restart $service}
port=${HELLOJOHN_PORT:-${PORT:-3000}}
health_url=${UPGRADE_HEALTH_URL:-http://127.0.0.1:$port/health}
backup_dir=$(folder_of_backups)
[[ -x $installed ]] || fail "$installed is not there; this script upgrades, it does not install"

work=$(mktemp -d)
unfinished=
trap 'rm -rf "$work" ${unfinished:+"$unfinished"}' EXIT

# --- the new program ----------------------------------------------------------

if [[ $new == *.tar.gz ]]; then
    tar -xzf "$new" -C "$work" hellojohn || fail "$new holds no hellojohn"
    chmod 755 "$work/hellojohn"
else
    install -m 755 "$new" "$work/hellojohn"
fi
new=$work/hellojohn
new_version=$("$new" version) || fail "the new program does not run on this host"
old_version=$("$installed" version) || fail "$installed does not run"
say "From $old_version to $new_version"

knows() { "$new" "$@" --help >/dev/null 2>&1; }

must_stop=
if knows upgrade check; then
    verdict=0
    "$new" upgrade check || verdict=$?
    case $verdict in
        0) ;;
        3)
            [[ -n $allow_stop ]] || fail "this upgrade needs the service to be stopped; announce it and give --allow-stop"
            must_stop=1
            ;;
        *) fail "the new version cannot take over (see above); nothing was changed" ;;
    esac
fi

# --- backup -------------------------------------------------------------------

# A copy of the database as it is, because the installed program may know no other form.
# The name is not that of a daily backup, so pruning leaves it alone.
find_database
mkdir -p "$backup_dir"
backup=$backup_dir/hellojohn_backup_$(date -u +%Y%m%d_%H%M%S)
if is_sqlite; then
    "$new" backup create --output "$backup.hjb" || fail "no backup was made; nothing was changed"
    backup=$backup.sqlite3
else
    find_postgres_programs
    backup=$backup.dump
    unfinished=$backup.unfinished
    pg_dump --dbname="$database_url" --format=custom --compress=9 --file="$unfinished" ||
        fail "pg_dump failed; nothing was changed"
    pg_restore --list "$unfinished" >/dev/null || fail "the backup cannot be read; nothing was changed"
    sync -- "$unfinished"
    mv -- "$unfinished" "$backup"
    unfinished=
fi
say "Backup: $backup"

# --- migrations ---------------------------------------------------------------

if [[ -n $must_stop ]]; then
    say "Stopping the service"
    $stop
fi
if ! "$new" migrations run; then
    [[ -z $must_stop ]] || $start
    fail "a migration failed and was undone; $old_version goes on. Backup: $backup"
fi

# --- the program --------------------------------------------------------------

# A rename, so that there is never half a program under this name.
put() {
    install -m 755 "$1" "$installed.next"
    mv -f -- "$installed.next" "$installed"
}

healthy() {
    local deadline=$((SECONDS + ${UPGRADE_WAIT:-60}))
    while ((SECONDS < deadline)); do
        if knows health; then
            "$new" health --url "$health_url" >/dev/null 2>&1 && return
        else
            curl -fsS -o /dev/null --max-time 5 "$health_url" 2>/dev/null && return
        fi
        sleep 0.5
    done
    return 1
}

install -m 755 "$installed" "$installed.previous"
put "$new"
if [[ -n $must_stop ]]; then $start || true; else $restart || true; fi
if healthy; then
    say "$new_version is healthy ✅"
    say "The former program is $installed.previous, the backup $backup"
    exit 0
fi

say "$new_version did not become healthy at $health_url; putting $old_version back" >&2
put "$installed.previous"
$restart || true
if healthy; then
    say "$old_version serves again, on the new schema. To take the schema back as well:" >&2
    say "  hj migrations rollback    (if every migration of the batch has a down script; see the changelog)" >&2
    say "  or restore $backup, which loses what was written since" >&2
else
    say "$old_version did not become healthy either; the backup is $backup" >&2
fi
exit 1
