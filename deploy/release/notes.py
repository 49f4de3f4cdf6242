#!/usr/bin/env python3
"""Prints the notes of a release from CHANGELOG.md, with what an operator must know at their head.

    notes.py <version> [<CHANGELOG.md>]

The head says whether something is BREAKING and which migrations cannot be rolled back. Ends with 1 when
the changelog has no section for the version, or the section does not list its migrations with a
"yes" or "no" for their rollback (or says that there are none).
"""
import pathlib
import re
import sys

CHANGELOG = pathlib.Path(__file__).resolve().parents[2] / "CHANGELOG.md"


def fail(text):
    sys.exit(f"notes.py: {text}")


def section(text, version):
    found = re.search(rf"^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## \[|^\[[^\]]+\]: |\Z)", text, re.M | re.S)
    if not found:
        fail(f"the changelog has no section for {version}")
    return found.group(1).strip()


def migrations(body, version):
    """Pairs of a migration and what is said of its rollback."""
    found = re.search(r"^### Migrations\n(.*?)(?=^### |\Z)", body, re.M | re.S)
    if not found:
        fail(f"the section of {version} does not say which migrations it brings")
    rows = re.findall(r"^\|\s*`([0-9]{8}_[0-9]{3}_\w+)`\s*\|(?:[^|\n]*\|)*?\s*((?:yes|no)\b[^|\n]*?)\s*\|", found.group(1), re.M | re.I)
    named = set(re.findall(r"\b[0-9]{8}_[0-9]{3}_\w+", found.group(1)))
    silent = named - {name for name, _ in rows}
    if silent:
        fail(f"the changelog does not say whether {', '.join(sorted(silent))} can be rolled back")
    if not rows and not re.search(r"\bnone\b", found.group(1), re.I):
        fail(f"the section of {version} names no migration and does not say that there are none")
    return rows


def main():
    if len(sys.argv) not in (2, 3):
        fail("usage: notes.py <version> [<CHANGELOG.md>]")
    version = sys.argv[1].removeprefix("v")
    body = section(pathlib.Path(sys.argv[2] if len(sys.argv) == 3 else CHANGELOG).read_text(), version)
    rows = migrations(body, version)
    print("Back up the database before you upgrade: docs/upgrading.md.\n")
    if "BREAKING" in body:
        print("**BREAKING**: this release changes something you may rely on; look for the word below.\n")
    forward_only = [name for name, rollback in rows if rollback.lower().startswith("no")]
    if not rows:
        print("**Migrations**: none. The former version can be put back at once.\n")
    elif forward_only:
        print(f"**Migrations**: {len(rows)}, of which these cannot be rolled back: {', '.join(f'`{n}`' for n in forward_only)}.\n")
    else:
        print(f"**Migrations**: {len(rows)}, all of which can be rolled back.\n")
    print(body)


if __name__ == "__main__":
    main()
