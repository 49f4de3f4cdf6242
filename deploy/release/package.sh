#!/usr/bin/env bash
# Packs one built program into the release's archives.
#
#   package.sh <version> <os> <arch> <program> <folder>     os: linux, darwin; arch: amd64, arm64
#
# Writes hellojohn-<os>-<arch>.tar.gz and the same bytes as hellojohn_v<version>_<os>_<arch>.tar.gz, the
# two documented names, and brings checksums.txt of the folder up to date. `tar xz` leaves the program
# in the current folder as hellojohn, with the links hj and hjctl. The same program gives the same
# archive everywhere (SOURCE_DATE_EPOCH, otherwise the commit's time).
set -euo pipefail

fail() {
    printf 'package.sh: %s\n' "$*" >&2
    exit 1
}

(($# == 5)) || fail "usage: package.sh <version> <os> <arch> <program> <folder>"
version=${1#v} os=$2 arch=$3 program=$4 folder=$5
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || fail "$version is no version"
[[ $os == linux || $os == darwin ]] || fail "$os is no known system"
[[ $arch == amd64 || $arch == arm64 ]] || fail "$arch is no known architecture"
[[ -x $program ]] || fail "$program is no program"
# A program of another architecture cannot be asked here.
if told=$("$program" version 2>/dev/null); then
    [[ $told == "hellojohn $version" ]] || fail "$program says it is \"$told\", not $version"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
install -m 755 "$program" "$work/hellojohn"
ln -s hellojohn "$work/hj"
ln -s hellojohn "$work/hjctl"
install -m 644 "$root/LICENSE" "$work/hellojohn.LICENSE"

mkdir -p "$folder"
short=hellojohn-$os-$arch.tar.gz
long=hellojohn_v${version}_${os}_$arch.tar.gz
epoch=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}
tar --create --directory "$work" --format=gnu --sort=name --owner=0 --group=0 --numeric-owner \
    --mtime="@$epoch" hellojohn hj hjctl hellojohn.LICENSE | gzip -9n >"$folder/$short"
cp "$folder/$short" "$folder/$long"
"$root/deploy/release/checksums.sh" "$folder"
printf '%s\n' "$folder/$short" "$folder/$long"
