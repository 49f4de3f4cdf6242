#!/usr/bin/env bash
# Loads the bundle's images, and pushes them to a registry of your own if one is named.
#
#   load-images.sh [<registry/prefix>]      e.g. load-images.sh registry.example.com/auth
#
# ENGINE [docker] is the program, docker or podman. Asks nothing of any other host.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
prefix=${1:-}
engine=${ENGINE:-docker}
./verify.sh
shopt -s nullglob
images=(images/*.tar.gz)
((${#images[@]})) || {
    printf 'this bundle holds no images\n' >&2
    exit 1
}
for file in "${images[@]}"; do
    # The last line names the image: "Loaded image: name:tag".
    loaded=$(gzip -dc "$file" | "$engine" load | sed -n 's/^Loaded image[^:]*: *//p')
    [[ -n $loaded ]] || {
        printf '%s holds no named image\n' "$file" >&2
        exit 1
    }
    while IFS= read -r image; do
        printf 'loaded %s\n' "$image"
        [[ -n $prefix ]] || continue
        target=${prefix%/}/${image##*/}
        "$engine" tag "$image" "$target"
        "$engine" push "$target"
        printf 'pushed %s\n' "$target"
    done < <(tr ',' '\n' <<<"$loaded" | sed 's/^ *//')
done
