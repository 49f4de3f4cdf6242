#!/usr/bin/env bash
# Lays out the folder the image is built from when the programs are there already.
#
#   image-context.sh <folder> <arch>=<program>...      arch: amd64, arm64
#
# The certificates come from CA_CERTIFICATES [/etc/ssl/certs/ca-certificates.crt].
set -euo pipefail

fail() {
    printf 'image-context.sh: %s\n' "$*" >&2
    exit 1
}

(($# >= 2)) || fail "usage: image-context.sh <folder> <arch>=<program>..."
folder=$1
shift
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
certificates=${CA_CERTIFICATES:-/etc/ssl/certs/ca-certificates.crt}
[[ -s $certificates ]] || fail "$certificates is missing (Debian: ca-certificates)"
mkdir -p "$folder/deploy"
cp -a "$root/deploy/image" "$folder/deploy/"
for pair in "$@"; do
    arch=${pair%%=*} program=${pair#*=}
    [[ $arch == amd64 || $arch == arm64 ]] || fail "$pair is no <arch>=<program>"
    [[ -x $program ]] || fail "$program is no program"
    # A dynamic program would not find its loader in an empty image.
    if LC_ALL=C grep -aq 'ld-linux\|ld-musl' <(head -c 4096 "$program"); then
        fail "$program is not static"
    fi
    install -D -m 755 "$program" "$folder/prebuilt/$arch/usr/local/bin/hellojohn"
    install -D -m 644 "$certificates" "$folder/prebuilt/$arch/etc/ssl/certs/ca-certificates.crt"
done
