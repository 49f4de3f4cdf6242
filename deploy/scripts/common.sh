# shellcheck shell=bash
# What the scripts beside this file share. It is sourced, never run.

# Where the program is installed; cron leaves it out.
[[ :$PATH: == *:/usr/local/bin:* ]] || PATH=$PATH:/usr/local/bin

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

say() { printf '%s\n' "$*"; }

# Takes NAME=value lines from a file as systemd's EnvironmentFile has them, without running
# anything of it. What is set already wins.
read_env_file() {
    local line name value
    [[ -r $1 ]] || fail "$1 cannot be read"
    while IFS= read -r line || [[ -n $line ]]; do
        [[ $line =~ ^[[:space:]]*([A-Za-z_][A-Za-z0-9_]*)=(.*)$ ]] || continue
        name=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]%$'\r'}
        if [[ $value =~ ^\"(.*)\"$ || $value =~ ^\'(.*)\'$ ]]; then
            value=${BASH_REMATCH[1]}
        fi
        [[ -n ${!name:-} ]] || export "$name=$value"
    done <"$1"
}

# Where backups are kept; the program knows the variable with its prefix as well.
folder_of_backups() {
    printf '%s' "${BACKUP_DIR:-${HELLOJOHN_BACKUP_DIR:-/var/lib/hellojohn/backups}}"
}

is_sqlite() { [[ $database_url == sqlite:* ]]; }

# The database in $database_url, in a form libpq reads and without its password, which goes to
# PGPASSWORD: command lines are visible to everybody on the host.
find_database() {
    database_url=${HELLOJOHN_DATABASE_URL:-${DATABASE_URL:-}}
    local file=${HELLOJOHN_DATABASE_URL_FILE:-${DATABASE_URL_FILE:-}}
    if [[ -z $database_url && -n $file ]]; then
        database_url=$(<"$file") || fail "$file cannot be read"
    fi
    [[ -n $database_url ]] || fail "HELLOJOHN_DATABASE_URL is not set"
    if is_sqlite; then return; fi
    [[ $database_url =~ ^postgres(ql)?:// ]] || fail "HELLOJOHN_DATABASE_URL is no URL of PostgreSQL or SQLite"
    if [[ $database_url =~ ^([a-z]+://)([^:@/]*):([^@/]*)@(.*)$ ]]; then
        local password=${BASH_REMATCH[3]}
        database_url=${BASH_REMATCH[1]}${BASH_REMATCH[2]}@${BASH_REMATCH[4]}
        printf -v PGPASSWORD '%b' "$(sed 's/\\/\\\\/g; s/%\([0-9A-Fa-f][0-9A-Fa-f]\)/\\x\1/g' <<<"$password")"
        export PGPASSWORD
    fi
    # A setting of the server's driver that libpq does not know.
    database_url=$(sed -E 's/([?&])statement-cache-capacity=[0-9]+&?/\1/; s/[?&]$//' <<<"$database_url")
    [[ -n ${PGSSLMODE:-} ]] || export PGSSLMODE=${HELLOJOHN_DATABASE_SSL_MODE:-${DATABASE_SSL_MODE:-prefer}}
}

# The same server, another database.
url_of_database() {
    sed -E "s#^([a-z]+://[^/?]*)(/[^?]*)?#\1/$1#" <<<"$database_url"
}

# Debian keeps PostgreSQL's programs of several versions beside each other: the newest is the one
# that reads every server.
find_postgres_programs() {
    command -v pg_dump >/dev/null && return
    local folder
    folder=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    [[ -x $folder/pg_dump ]] || fail "pg_dump is not installed (Debian: postgresql-client)"
    PATH=$PATH:$folder
}

# The program, if it is installed and knows this group of commands.
program_with() {
    local program=${HJ_PROGRAM:-hj}
    command -v "$program" >/dev/null || return 1
    "$program" "$@" --help >/dev/null 2>&1 || return 1
    printf '%s' "$program"
}

# Times of backups, newest first: the stamps in the names of a folder's files.
backup_stamps() {
    find "$1" -maxdepth 1 -type f -regextype posix-extended \
        -regex '.*/hellojohn_[0-9]{8}_[0-9]{6}\.(dump|hjb|sqlite3)' -printf '%f\n' |
        sed -E 's/^hellojohn_([0-9]{8}_[0-9]{6})\..*/\1/' | sort -ru
}
