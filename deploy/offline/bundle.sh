#!/usr/bin/env bash
# Makes the bundle for hosts without a way out: one zip with everything an installation needs.
#
#   bundle.sh <version> <folder> [--image <file.tar.gz>]... [--program <os>-<arch>=<archive.tar.gz>]...
#
# Images are what `docker save <image> | gzip` writes: those of the server, of PostgreSQL and of Redis.
# Writes <folder>/hellojohn-offline-<version>.zip and its .sha256.
set -euo pipefail

fail() {
    printf 'bundle.sh: %s\n' "$*" >&2
    exit 1
}

(($# >= 2)) || fail "usage: bundle.sh <version> <folder> [--image FILE]... [--program OS-ARCH=FILE]..."
version=${1#v} folder=$2
shift 2
command -v zip >/dev/null || fail "zip is not installed"
deploy=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
name=hellojohn-offline-$version
bundle=$work/$name
mkdir -p "$bundle"/{images,chart,programs,scripts,systemd}

while (($#)); do
    case $1 in
        --image)
            gzip -t "${2:?--image wants a file}" || fail "$2 is no gzip file"
            tar -tzf "$2" manifest.json >/dev/null 2>&1 || fail "$2 is not what docker save writes"
            cp "$2" "$bundle/images/"
            ;;
        --program)
            file=${2#*=}
            tar -tzf "$file" hellojohn >/dev/null || fail "$file holds no hellojohn"
            cp "$file" "$bundle/programs/hellojohn-${2%%=*}.tar.gz"
            ;;
        *) fail "$1 is not understood" ;;
    esac
    shift 2
done

chart=$deploy/helm/hellojohn
grep -qx "version: $version" "$chart/Chart.yaml" || fail "the chart is not of version $version"
# A packaged chart is an archive with one folder.
tar --create --directory "$deploy/helm" --sort=name --owner=0 --group=0 --numeric-owner \
    --mtime="@${SOURCE_DATE_EPOCH:-0}" hellojohn | gzip -9n >"$bundle/chart/hellojohn-$version.tgz"
cp "$chart/values.yaml" "$bundle/values.yaml"
cp "$deploy/docker-compose.yml" "$bundle/"
sed "s/^VERSION=.*/VERSION=$version/" "$deploy/.env.example" >"$bundle/.env.example"
cp "$deploy"/scripts/*.sh "$bundle/scripts/"
cp "$deploy"/systemd/* "$bundle/systemd/"
cp "$deploy/offline/INSTALL.md" "$deploy/offline/load-images.sh" "$deploy/offline/verify.sh" "$bundle/"
printf '%s\n' "$version" >"$bundle/VERSION"
(
    cd "$bundle"
    find . -type f ! -name SHA256SUMS -printf '%P\0' | sort -z | xargs -0 sha256sum >"$work/sums"
    mv "$work/sums" SHA256SUMS
)
find "$bundle" -exec touch -d "@${SOURCE_DATE_EPOCH:-315532800}" {} +

mkdir -p "$folder"
rm -f "$folder/$name.zip"
(cd "$work" && find "$name" -print | LC_ALL=C sort | TZ=UTC zip -qX9 "$work/$name.zip" -@)
mv "$work/$name.zip" "$folder/"
(cd "$folder" && sha256sum "$name.zip" | tee "$name.zip.sha256")
