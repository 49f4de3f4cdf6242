#!/usr/bin/env bash
# checksums.sh <folder>: writes the SHA-256 of everything in it to its checksums.txt.
set -euo pipefail
cd "${1:?usage: checksums.sh <folder>}"
find . -maxdepth 1 -type f ! -name checksums.txt ! -name 'checksums.txt.*' -printf '%P\0' | sort -z |
    xargs -0 --no-run-if-empty sha256sum >checksums.txt.new
mv checksums.txt.new checksums.txt
