#!/usr/bin/env python3
"""Runs the documented commands of backup and recovery as they are written (B1 to B9, B11, R7).

    restore.py <server binary> <directory of PostgreSQL's programs>

A used instance on PostgreSQL, owned by a role that may do nothing but own its database, and the real
pg_dump, pg_restore, psql, createdb and dropdb: the dump of the database is all there is, it goes into a
fresh database, into the live one with --clean and as plain SQL, and each time the instance serves
again. Then the wrong and the new keys, the verification script's steps, a host that changes, the
rollback of an upgrade by restore, and `hj backup` under a server that is writing. Needs only Python's
own library.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from setup import PASSWORD, SIGNING_KEY, Postgres, Server

SERVER, PG_BIN = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
ENCRYPTION_KEY = "zq3XhYv0Jt8pLw2RkBn6TdFs9CmGa4Ue"
OTHER_KEY = "a-very-different-key-0123456789-xyz"


class Instance(Server):
    """A production server over one database."""

    def __init__(self, work, url, **settings):
        production = {
            "HOST": "127.0.0.1",
            "APP_URL": "https://auth.example.com",
            "HELLOJOHN_DRAIN_DELAY": "0s",
            "HELLOJOHN_JWT_SIGNING_KEY": SIGNING_KEY,
            "HELLOJOHN_ENCRYPTION_KEY": ENCRYPTION_KEY,
            "HELLOJOHN_DATABASE_URL": url,
        }
        super().__init__(SERVER, work, **{**production, **settings})

    def hj(self, *arguments, check=True):
        done = subprocess.run(
            [SERVER, *map(str, arguments)], env=self.env, cwd=self.work, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
        if check and done.returncode:
            raise SystemExit(f"hj {' '.join(map(str, arguments))} failed:\n{done.stdout}{done.stderr}")
        return done


class Trial:
    """What was found, under the number of the requirement."""

    def __init__(self):
        self.failed = 0

    def __call__(self, name, holds, detail=""):
        self.failed += not holds
        print(f"{'ok    ' if holds else 'FAILED'} {name}{f': {detail}' if detail and not holds else ''}", flush=True)


class Database:
    """PostgreSQL's programs, as the documentation calls them."""

    def __init__(self, port):
        self.port = port

    def url(self, database, user="plain"):
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def run(self, program, *arguments, check=True, **more):
        command = [str(PG_BIN / program), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, **more)
        if check and done.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
        return done

    def admin(self, program, *arguments):
        return self.run(program, "--host=127.0.0.1", f"--port={self.port}", "--username=hellojohn", *arguments)

    def ask(self, database, sql):
        return self.run("psql", self.url(database), "-Atc", sql).stdout.strip()

    def counts(self, database):
        """The seed's own queries."""
        users = self.ask(database, "SELECT COUNT(*) AS users FROM hj_user;")
        sessions = self.ask(database, "SELECT COUNT(*) AS sessions FROM hj_session;")
        return int(users), int(sessions)


def sign_up(instance, name):
    status, body, _ = instance.post("/v1/auth/sign-up", {"email": f"{name}@example.com", "password": PASSWORD})
    assert status == 201, (status, body)
    return body


def refresh(instance, signed):
    token = signed["session"]["refresh_token"]
    return instance.post("/v1/auth/token/refresh", {"refresh_token": token})


def me(instance, signed):
    headers = {"Authorization": f"Bearer {signed['session']['access_token']}"}
    return instance.call("GET", "/v1/auth/me", headers=headers)[0]


def sign_in(instance, name):
    return instance.post("/v1/auth/sign-in", {"email": f"{name}@example.com", "password": PASSWORD})[0]


def serves(trial, name, work, url, key, **settings):
    """Whether an instance over this database signs known users in."""
    instance = Instance(work, url, **settings).start()
    instance.key = key
    trial(name, sign_in(instance, "user0") == 200)
    instance.stop()


def run(root, trial, postgres):
    server = Database(postgres.port)
    server.run("psql", postgres.url, "-qc", "CREATE ROLE plain LOGIN")
    server.admin("createdb", "--owner=plain", "hellojohn")
    instance = Instance(root, server.url("hellojohn")).start()
    made = json.loads(instance.hj("tenants", "create", "--name", "Acme").stdout)
    instance.key = made["public_key"]
    signed = [sign_up(instance, f"user{number}") for number in range(5)]

    # B1: as in the documentation, with nothing but the owner's rights.
    dump, script = root / "hellojohn_20240120_103000.dump", root / "hellojohn.sql"
    server.run("pg_dump", f"--dbname={server.url('hellojohn')}", "--format=custom", "--compress=9", f"--file={dump}")
    server.run("pg_dump", f"--dbname={server.url('hellojohn')}", f"--file={script}")
    before = server.counts("hellojohn")
    extensions = server.ask("hellojohn", "SELECT string_agg(extname, ',') FROM pg_extension")
    trial("B1 a plain owner dumps all of it, without an extension", before == (5, 5) and extensions == "plpgsql", (before, extensions))
    unlogged = server.ask("hellojohn", "SELECT count(*) FROM pg_class WHERE relpersistence <> 'p' AND relkind = 'r'")
    trial("B11 every table is in the write-ahead log", unlogged == "0", unlogged)

    # After the backup one session is revoked: it must not come back.
    bearer = {"Authorization": f"Bearer {signed[1]['session']['access_token']}"}
    instance.call("POST", "/v1/auth/sign-out", {}, bearer)
    trial("   a session is revoked after the backup", refresh(instance, signed[1])[0] == 401)

    # B2: into a fresh database.
    server.admin("createdb", "--owner=plain", "hellojohn_restore")
    server.run("pg_restore", f"--dbname={server.url('hellojohn_restore')}", "--verbose", dump)
    restored = Instance(root, server.url("hellojohn_restore"))
    restored.key = instance.key
    valid = restored.hj("migrations", "validate", check=False)
    trial("B2 pg_restore into a fresh database: counts and schema", server.counts("hellojohn_restore") == before and valid.returncode == 0, valid.stdout)
    told = json.loads(restored.hj("admin", "restore-epoch", "-o", "json").stdout)
    trial("   hj admin restore-epoch ends the sessions of the backup", told["sessions_ended"] == 5, told)
    restored.start()
    revived = [refresh(restored, one)[0] for one in signed]
    trial("   no session of before lives, the revoked one neither", revived == [401] * 5, revived)
    trial("B4 passwords work after it", sign_in(restored, "user1") == 200)
    restored.stop()

    # The same with the sessions kept: tokens of before go on.
    server.admin("createdb", "--owner=plain", "hellojohn_kept")
    server.run("pg_restore", f"--dbname={server.url('hellojohn_kept')}", dump)
    kept = Instance(root, server.url("hellojohn_kept"))
    kept.key = instance.key
    kept.hj("admin", "restore-epoch", "--sessions=keep")
    kept.start()
    trial("B4 with the same keys access tokens verify and refresh works", me(kept, signed[0]) == 200 and refresh(kept, signed[0])[0] == 200)
    kept.stop()

    # B5: a new signing key. The former one lies sealed in the backup, so its tokens go on until they are ended.
    pem = new_signing_key(root / "new.pem")
    kept.env["HELLOJOHN_JWT_SIGNING_KEY"] = str(pem)
    kept.start()
    trial("B5 a new signing key starts on old data; access tokens of the former one still verify", me(kept, signed[1]) == 200)
    keys = json.loads(kept.hj("signing-keys", "list", "--format", "json").stdout)
    keys = {key["key_id"]: key["status"] for key in keys if key["algorithm"] == "EdDSA"}
    (former,) = [key for key, status in keys.items() if status == "active"]
    (new,) = [key for key, status in keys.items() if status == "standby"]
    kept.hj("signing-keys", "activate", "--now", new)
    kept.hj("signing-keys", "retire", "--force", former)
    # Other processes know within a second.
    deadline = time.monotonic() + 10
    while me(kept, signed[1]) != 401 and time.monotonic() < deadline:
        time.sleep(0.05)
    status, body, _ = refresh(kept, signed[1])
    fresh = me(kept, {"session": body}) if status == 200 else status
    trial("B5 retired by force its access tokens die, and refresh goes on", me(kept, signed[1]) == 401 and fresh == 200, (keys, fresh))
    kept.stop()

    # As if the key were really lost: not even its row is there.
    pem = new_signing_key(root / "newer.pem")
    kept.env["HELLOJOHN_JWT_SIGNING_KEY"] = str(pem)
    server.ask("hellojohn_kept", "DELETE FROM cp_signing_key WHERE purpose = 'access_token'")
    kept.start()
    lost = {"session": body}
    died = me(kept, lost) == 401
    status, body, _ = refresh(kept, lost)
    fresh = me(kept, {"session": body}) if status == 200 else status
    trial("B5 with the former key's row gone its access tokens die by themselves", died and fresh == 200, (died, fresh))
    kept.stop()

    # B6: a wrong encryption key.
    rows = server.ask("hellojohn_kept", "SELECT md5(string_agg(s::text, '' ORDER BY name)) FROM cp_setting s")
    wrong = Instance(root, server.url("hellojohn_kept"), HELLOJOHN_ENCRYPTION_KEY=OTHER_KEY).hj("serve", check=False)
    same = rows == server.ask("hellojohn_kept", "SELECT md5(string_agg(s::text, '' ORDER BY name)) FROM cp_setting s")
    trial("B6 a wrong encryption key is refused at start, and nothing is written", wrong.returncode == 1 and same and "HELLOJOHN_ENCRYPTION_KEY" in wrong.stderr, wrong.stderr)

    # B3 and R7: over the live database, as after an upgrade that went wrong.
    sign_up(instance, "after-the-backup")
    instance.stop()
    server.run("pg_restore", f"--dbname={server.url('hellojohn')}", "--clean", dump)
    valid = instance.hj("migrations", "validate", check=False)
    trial("B3 pg_restore --clean over the database: counts and schema", server.counts("hellojohn") == before and valid.returncode == 0, valid.stdout)
    instance.hj("admin", "restore-epoch")
    serves(trial, "R7 the instance serves what was backed up", root, server.url("hellojohn"), instance.key)

    # Plain SQL, dropdb and createdb as in the rollback guide.
    server.admin("dropdb", "hellojohn")
    server.admin("createdb", "--owner=plain", "hellojohn")
    server.run("psql", server.url("hellojohn"), "--set=ON_ERROR_STOP=1", "--quiet", f"--file={script}")
    valid = instance.hj("migrations", "validate", check=False)
    trial("R7 plain SQL by psql: counts and schema", server.counts("hellojohn") == before and valid.returncode == 0, valid.stdout)
    instance.hj("admin", "restore-epoch")

    # B8: another host is another URL.
    serves(trial, "B8 another database URL and a restart", root, server.url("hellojohn_kept"), instance.key, HELLOJOHN_JWT_SIGNING_KEY=str(pem))

    hj_backup(root, trial, server, instance)


def new_signing_key(path):
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", path], check=True, capture_output=True)
    return path


def hj_backup(root, trial, server, instance):
    """`hj backup` by a plain owner, while sign-ups arrive."""
    instance.start()
    stop, made = threading.Event(), []

    def work():
        while not stop.is_set():
            made.append(sign_up(instance, f"busy{len(made)}"))

    worker = threading.Thread(target=work)
    worker.start()
    backups = []
    for _ in range(4):
        told = json.loads(instance.hj("backup", "create", "-o", "json").stdout)
        backups.append(told)
        time.sleep(1.1)
    stop.set()
    worker.join()
    instance.stop()
    grew = backups[0]["users"] < backups[-1]["users"]
    # Every sign-up makes a user and a session in one transaction.
    even = all(told["users"] - backups[0]["users"] == told["sessions"] - backups[0]["sessions"] for told in backups)
    trial("   backups under load are one moment each", grew and even, [(told["users"], told["sessions"]) for told in backups])
    file = root / backups[-1]["file"]
    whole = instance.hj("backup", "verify", file, check=False)
    trial("   and whole", whole.returncode == 0, whole.stdout)
    # The role that owns the database may not make others, so the weekly test needs one that may.
    verifier = Instance(root, server.url("postgres", "hellojohn"))
    for kind in (file, file.with_suffix(".dump")):
        tested = verifier.hj("backup", "verify", "--restore-test", kind, check=False)
        counted = f"users: {backups[-1]['users']}" in tested.stdout and tested.stdout.endswith("Backup verification complete ✅\n")
        trial(f"B9 hj backup verify --restore-test {kind.suffix}", tested.returncode == 0 and counted, tested.stdout + tested.stderr)
        time.sleep(1.1)
    left = server.run("psql", server.url("postgres", "hellojohn"), "-Atc", "SELECT count(*) FROM pg_database WHERE datname LIKE 'hellojohn_verify_%'")
    trial("B9 nothing of it is left", left.stdout.strip() == "0", left.stdout)
    cut = root / "cut.dump"
    cut.write_bytes(file.with_suffix(".dump").read_bytes()[:-3_000])
    tested = verifier.hj("backup", "verify", "--restore-test", cut, check=False)
    trial("B9 it fails loudly", tested.returncode == 1 and "✅" not in tested.stdout and tested.stderr.startswith("Error: "), tested.stdout)

    server.admin("createdb", "--owner=plain", "hellojohn_rows")
    target = Instance(root, server.url("hellojohn_rows"))
    told = json.loads(target.hj("backup", "restore", file, "-o", "json").stdout)
    same = server.counts("hellojohn_rows") == (backups[-1]["users"], backups[-1]["sessions"])
    trial("   hj backup restore with an owner's rights alone", same and told["compared_with_manifest"], told)
    serves(trial, "   and it serves", root, server.url("hellojohn_rows"), instance.key)


def main():
    trial = Trial()
    root = pathlib.Path(tempfile.mkdtemp(prefix="hellojohn-restore-"))
    root.chmod(0o755)
    postgres = Postgres(root, PG_BIN)
    try:
        run(root, trial, postgres)
    finally:
        postgres.stop()
        shutil.rmtree(root, ignore_errors=True)
    print(f"{trial.failed} failed")
    return 1 if trial.failed else 0


if __name__ == "__main__":
    sys.exit(main())
