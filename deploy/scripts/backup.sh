#!/usr/bin/env bash
# Backs up HelloJohn's database, and removes backups that are too old.
#
#   backup.sh [--env-file FILE] [--dir FOLDER] [--prune-only]
#
# Writes hellojohn_<YYYYMMDD>_<HHMMSS>.dump (UTC): pg_dump's custom format with the greatest
# compression, complete under its name or not there at all, readable by its owner only. With the
# program `hj` in the PATH it lets `hj backup create` make it, so that a signed manifest lies beside
# it as .hjb. Nothing is removed unless the new backup is complete.
# A SQLite database is backed up by that program alone.
#
# Variables: HELLOJOHN_DATABASE_URL (or DATABASE_URL),
# BACKUP_DIR or HELLOJOHN_BACKUP_DIR [/var/lib/hellojohn/backups],
# BACKUP_KEEP_DAILY [7], BACKUP_KEEP_WEEKLY [4], BACKUP_KEEP_MONTHLY [3]: the newest backup of so
# many days and ISO weeks, and the first of so many months.
# BACKUP_KEEP_DAYS=30 instead keeps everything for so many days and nothing longer.
# The newest backup is always kept.
set -euo pipefail
umask 077
# shellcheck source=common.sh
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/common.sh"

prune_only=
while (($#)); do
    case $1 in
        --env-file) read_env_file "${2:?--env-file wants a file}" && shift ;;
        --dir) BACKUP_DIR=${2:?--dir wants a folder} && shift ;;
        --prune-only) prune_only=1 ;;
        *) fail "usage: backup.sh [--env-file FILE] [--dir FOLDER] [--prune-only]" ;;
    esac
    shift
done
dir=$(folder_of_backups)
mkdir -p "$dir"

unfinished=
clean_up() {
    # shellcheck disable=SC2086 # two names, or none
    [[ -z $unfinished ]] || rm -f -- "$unfinished"
}
trap clean_up EXIT
trap 'exit 143' TERM INT

# The backup under its name, or no file and an error.
back_up() {
    local name program
    name=$dir/hellojohn_$(date -u +%Y%m%d_%H%M%S)
    # No backup replaces another, not even one of the same second.
    while compgen -G "$name.*" >/dev/null; do
        sleep 0.2
        name=$dir/hellojohn_$(date -u +%Y%m%d_%H%M%S)
    done
    if program=$(program_with backup create); then
        "$program" backup create --output "$name.hjb" || fail "no backup was made; nothing was removed"
    elif is_sqlite; then
        fail "a SQLite database needs the program: put hj into the PATH, or name it with HJ_PROGRAM"
    else
        find_postgres_programs
        unfinished=$name.dump.unfinished
        pg_dump --dbname="$database_url" --format=custom --compress=9 --file="$unfinished" ||
            fail "pg_dump failed; nothing was removed"
        # Not `grep -q`: it would leave before pg_restore has written everything.
        pg_restore --list "$unfinished" | grep ' TABLE DATA [^ ]* hj_user ' >/dev/null ||
            fail "the dump has no table hj_user: is this HelloJohn's database? Nothing was removed"
        sync -- "$unfinished"
        mv -- "$unfinished" "$name.dump"
        unfinished=
    fi
    local made
    for made in "$name".*; do
        [[ -s $made ]] || fail "$made is empty or missing; nothing was removed"
        say "Backup: $made ($(stat -c %s "$made") bytes)"
    done
}

# The stamps to keep, given all of them on standard input, newest first.
stamps_to_keep() {
    if [[ -n ${BACKUP_KEEP_DAYS:-} ]]; then
        local oldest
        oldest=$(date -u -d "${BACKUP_NOW:-now} - $BACKUP_KEEP_DAYS days" +%Y%m%d_%H%M%S)
        awk -v oldest="$oldest" 'NR == 1 || $0 >= oldest'
        return
    fi
    local stamp
    while read -r stamp; do
        printf '%s %s\n' "$stamp" "$(date -u -d "${stamp%_*}" '+%Y-%m-%d %G-W%V %Y-%m')"
    done | awk -v daily="${BACKUP_KEEP_DAILY:-7}" -v weekly="${BACKUP_KEEP_WEEKLY:-4}" \
        -v monthly="${BACKUP_KEEP_MONTHLY:-3}" '
        NR == 1 { keep[$1] }
        !($2 in days)  { days[$2];  if (++d <= daily)  keep[$1] }
        !($3 in weeks) { weeks[$3]; if (++w <= weekly) keep[$1] }
        # Of a month its first: the later ones replace nothing.
        { if (!($4 in first)) order[++m] = $4; first[$4] = $1 }
        END {
            for (i = 1; i <= m && i <= monthly; i++) keep[first[order[i]]]
            for (stamp in keep) print stamp
        }'
}

prune() {
    local stamps keep stamp removed=0 kept=0
    stamps=$(backup_stamps "$dir")
    [[ -n $stamps ]] || return 0
    keep=$(stamps_to_keep <<<"$stamps")
    while read -r stamp; do
        if grep -qxF "$stamp" <<<"$keep"; then
            kept=$((kept + 1))
        else
            rm -f -- "$dir/hellojohn_$stamp".{dump,hjb,sqlite3}
            removed=$((removed + 1))
        fi
    done <<<"$stamps"
    say "Kept $kept backups, removed $removed"
}

exec 9>"$dir/.lock"
flock -n 9 || fail "another backup is under way in $dir"
if [[ -z $prune_only ]]; then
    find_database
    back_up
fi
prune
