#!/usr/bin/env bash
# Checks that this bundle is complete and unchanged, and holds nothing that is not listed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
sha256sum --quiet --strict --check SHA256SUMS
listed=$(sed 's/^[0-9a-f]*  //' SHA256SUMS | LC_ALL=C sort)
there=$(find . -type f ! -name SHA256SUMS ! -name .env -printf '%P\n' | LC_ALL=C sort)
if [[ $listed != "$there" ]]; then
    printf 'These files do not belong to the bundle:\n' >&2
    comm -13 <(printf '%s\n' "$listed") <(printf '%s\n' "$there") >&2
    exit 1
fi
printf 'HelloJohn %s: %s files are as they were published\n' "$(<VERSION)" "$(wc -l <SHA256SUMS)"
