#!/usr/bin/env python3
"""Writes a software bill of materials (CycloneDX 1.5) of what the program is linked from.

    cargo metadata --format-version 1 --locked --filter-platform <target> | sbom.py <Cargo.lock> > sbom.cdx.json

Only what is linked or run while building counts: dependencies of tests do not. The same input gives
the same output.
"""
import json
import sys
import tomllib
import uuid

PROGRAM = "hellojohn-bin"


def main():
    with open(sys.argv[1], "rb") as lock:
        checksums = {(p["name"], p["version"]): p.get("checksum") for p in tomllib.load(lock)["package"]}
    metadata = json.load(sys.stdin)
    packages = {p["id"]: p for p in metadata["packages"]}
    nodes = {n["id"]: n for n in metadata["resolve"]["nodes"]}
    start = next(p["id"] for p in packages.values() if p["name"] == PROGRAM)

    def needs(node):
        wanted = [d["pkg"] for d in nodes[node]["deps"] if any(k["kind"] != "dev" for k in d["dep_kinds"])]
        return sorted(wanted, key=reference)

    def reference(node):
        return f"pkg:cargo/{packages[node]['name']}@{packages[node]['version']}"

    reached, waiting = {start}, [start]
    while waiting:
        new = [n for n in needs(waiting.pop()) if n not in reached]
        reached.update(new)
        waiting.extend(new)

    def component(node):
        package = packages[node]
        made = {
            "type": "application" if node == start else "library",
            "bom-ref": reference(node), "name": package["name"], "version": package["version"], "purl": reference(node),
        }
        if package.get("description"):
            made["description"] = " ".join(package["description"].split())
        if package.get("license"):
            made["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
        checksum = checksums.get((package["name"], package["version"]))
        if checksum:
            made["hashes"] = [{"alg": "SHA-256", "content": checksum}]
        if package.get("repository"):
            made["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
        return made

    others = sorted(reached - {start}, key=reference)
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": component(start)},
        "components": [component(n) for n in others],
        "dependencies": [{"ref": reference(n), "dependsOn": [reference(d) for d in needs(n)]} for n in [start, *others]],
    }
    digest = json.dumps(bill, sort_keys=True)
    bill["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, digest)}"
    json.dump(bill, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
