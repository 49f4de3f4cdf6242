#!/usr/bin/env python3
"""Tries two versions of the program on one PostgreSQL database, as an upgrade meets them.

    mixed_versions.py <old program> <new program> <URL of a PostgreSQL server>

The old program on the new schema; the new one on the old schema with automatic migrations off (U10);
the new one coming up, migrating, beside the old one under load (U4, U11); tokens, sessions and keys
going back and forth between the two (U2); the new one taken away again, and the schema rolled back under
the old one (R1, R2, R4); and the way back across a migration that cannot be undone (R5, R7). Prints one line per trial and `N passed, N failed` at the end; with
UPGRADE_RESULTS=<file> adds a line to it for .ci/upgrade/matrix.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

from setup import PASSWORD, Instance, Scratch, postgres_program


class Trial:
    """What was done, and what went wrong."""

    def __init__(self):
        self.problems, self.done = [], 0

    def expect(self, status, answer, what):
        self.done += 1
        if answer.status != status:
            self.problems.append(f"{what}: {answer}, expected {status}")
        return answer


class Client:
    """One user of an instance that consists of several servers."""

    def __init__(self, trial, key, name):
        self.trial, self.key, self.email = trial, key, f"{name}@example.com"
        self.session = {}

    def sign(self, server, how):
        status = {"sign-up": 201, "sign-in": 200}[how]
        body = {"email": self.email, "password": PASSWORD}
        answer = server.ask("POST", f"/v1/auth/{how}", self.key, body)
        self.session = self.trial.expect(status, answer, f"{how} at {server.name}").at("/session") or {}
        return self

    def refresh(self, server, expected=200, token=None):
        body = {"refresh_token": token or self.session.get("refresh_token")}
        answer = server.ask("POST", "/v1/auth/token/refresh", self.key, body)
        self.trial.expect(expected, answer, f"refresh at {server.name}")
        if answer.status == 200:
            self.session.update(answer.body)

    def me(self, server, expected=200):
        answer = server.ask("GET", "/v1/auth/me", self.session.get("access_token"))
        self.trial.expect(expected, answer, f"me at {server.name}")

    def leave(self, server):
        answer = server.ask("POST", "/v1/auth/sign-out", self.session.get("access_token"), {})
        self.trial.expect(204, answer, f"sign-out at {server.name}")


class Load:
    """Signs up, refreshes and asks without pause; nothing may fail."""

    def __init__(self, servers, key, clients=6):
        self.trial, self.servers = Trial(), list(servers)
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(key, n)) for n in range(clients)]
        [thread.start() for thread in self.threads]

    def work(self, key, number):
        client, turn = Client(self.trial, key, f"load{number}-{time.time_ns()}"), 0

        def next_server():
            nonlocal turn
            turn += 1
            return self.servers[turn % len(self.servers)]

        client.sign(next_server(), "sign-up")
        while not self.stop.is_set() and not self.trial.problems:
            client.refresh(next_server())
            client.me(next_server())
            if turn % 10 == 0:
                client.sign(next_server(), "sign-in")

    def end(self):
        self.stop.set()
        [thread.join() for thread in self.threads]
        if self.trial.done < 50:
            self.trial.problems.append(f"only {self.trial.done} requests: too few to mean anything")
        return self.trial


class World:
    def __init__(self, old, new, url, work):
        self.old_program, self.new_program, self.url, self.work = old, new, url, work
        self.running = []

    def program(self, path, name, **settings):
        instance = Instance(path, self.url, self.work, **settings)
        instance.name = name
        return instance

    def old(self, **settings):
        return self.program(self.old_program, "the old one", **settings)

    def new(self, **settings):
        return self.program(self.new_program, "the new one", **settings)

    def serve(self, instance, wait_for="/health"):
        self.running.append(instance)
        return instance.start(wait_for)

    def end(self):
        for instance in self.running:
            if instance.process:
                instance.process.kill()
                instance.process.wait()


def old_on_new_schema(world):
    """U3, U11: the program before serves what the new one made."""
    trial = Trial()
    world.new().command("migrate")
    key = world.old().json("tenants", "create", "--name", "Acme")["public_key"]
    server = world.serve(world.old())
    client = Client(trial, key, "ada").sign(server, "sign-up")
    client.refresh(server)
    client.me(server)
    client.leave(server)
    client.me(server, 401)
    if server.stop() != 0:
        trial.problems.append("the old one did not stop in order")
    return trial


def new_on_old_schema(world):
    """U10: without automatic migrations it lives, unready, names what is pending, and serves once that is done."""
    trial = Trial()
    world.old().command("migrate")
    pending = world.new().json("migrations", "status")["pending"]
    server = world.serve(world.new(HELLOJOHN_RUN_MIGRATIONS_ON_START="false", HELLOJOHN_LOG_LEVEL="info"), "/healthz")
    if pending:
        trial.expect(503, server.ask("GET", "/health"), "ready without its schema")
        trial.expect(503, server.ask("GET", "/v1/auth/me", "x"), "served without its schema")
        deadline = time.monotonic() + 10
        while (missing := [name for name in pending if name not in server.log()]) and time.monotonic() < deadline:
            time.sleep(0.1)
        if missing:
            trial.problems.append(f"the log does not name {missing}")
    world.new().command("migrate")
    deadline = time.monotonic() + 20
    while server.ask("GET", "/health").status != 200 and time.monotonic() < deadline:
        time.sleep(0.1)
    trial.expect(200, server.ask("GET", "/health"), "ready after the migration")
    trial.pending = pending
    server.stop()
    return trial


def side_by_side(world):
    """U2, U4, R1, R2: a rolling upgrade and its way back, with clients that never notice."""
    trial = Trial()
    world.old().command("migrate")
    tenant = world.old().json("tenants", "create", "--name", "Acme")
    key, secret = tenant["public_key"], tenant["api_key"]
    old = world.serve(world.old())
    before = Client(trial, key, "before").sign(old, "sign-up")

    load = Load([old], key)
    time.sleep(1)
    new = world.serve(world.new())
    load.servers.append(new)
    time.sleep(3)
    rolling = load.end()
    trial.problems += rolling.problems
    trial.done += rolling.done

    before.me(new)
    before.refresh(new)
    for number in range(10):
        there, here = (old, new) if number % 2 else (new, old)
        client = Client(trial, key, f"pair{number}").sign(there, "sign-up")
        for turn in range(6):
            client.me((here, there)[turn % 2])
            client.refresh((here, there)[turn % 2])
        client.sign(here, "sign-in")
        verdict = there.ask("POST", "/v1/sessions/verify", secret, {"token": client.session["access_token"]})
        if verdict.at("/valid") is not True:
            trial.problems.append(f"{there.name} does not believe a token of {here.name}: {verdict}")
        used = client.session["refresh_token"]
        client.refresh(here)
        time.sleep(1.2)
        client.refresh(there, 401, used)
        client.me(here, 401)
        client.sign(there, "sign-in").leave(here)
        client.me(there, 401)
    body = {"email": "once@example.com"}
    first = trial.expect(201, old.ask("POST", "/v1/users", secret, body, {"Idempotency-Key": "k"}), "create at the old one")
    again = trial.expect(201, new.ask("POST", "/v1/users", secret, body, {"Idempotency-Key": "k"}), "repeat at the new one")
    if first.body != again.body:
        trial.problems.append("a repeated request is answered anew")
    if old.ask("GET", "/.well-known/jwks.json").body != new.ask("GET", "/.well-known/jwks.json").body:
        trial.problems.append("the two publish different keys")

    # Back: first the programs, then the schema.
    late = Client(trial, key, "late").sign(new, "sign-up")
    status = world.new().json("migrations", "list")
    load = Load([old], key)
    if new.stop() != 0:
        trial.problems.append("the new one did not stop in order")
    late.me(old)
    late.refresh(old)
    if len({entry["batch"] for entry in status}) > 1:
        world.new().command("migrations", "rollback")
        trial.rolled_back = True
        late.me(old)
        late.refresh(old)
        world.new().command("migrate")
    time.sleep(1)
    back = load.end()
    trial.problems += back.problems
    trial.done += back.done
    late.refresh(old)
    before.refresh(old)
    old.stop()
    return trial


IRREVERSIBLE = "29990101_001_drop_what_nobody_reads"


def back_across_an_irreversible_migration(world):
    """R2, R5, R7: the runbook of docs/upgrading.md, step by step, with a role that owns nothing but the database."""
    trial = Trial()
    parts = urllib.parse.urlsplit(world.url)
    role, name = f"hj_owner_{os.getpid()}", parts.path.strip("/")
    port = str(parts.port or 5432)
    Scratch(world.url, name).sql(f"CREATE ROLE {role} LOGIN CREATEDB; ALTER DATABASE {name} OWNER TO {role}; "
                                 f"REVOKE ALL ON SCHEMA public FROM PUBLIC; ALTER SCHEMA public OWNER TO {role}")
    world.url = urllib.parse.urlunsplit(parts._replace(netloc=f"{role}@{parts.hostname}:{port}"))
    owner = Scratch(world.url, name)

    def tool(program, *arguments):
        command = [postgres_program(program), "-h", parts.hostname, "-p", port, "-U", role, *arguments]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True)

    try:
        world.old().command("migrate")
        key = world.old().json("tenants", "create", "--name", "Acme")["public_key"]
        server = world.serve(world.old())
        kept = Client(trial, key, "kept").sign(server, "sign-up")
        dump = str(world.work / "before.dump")
        tool("pg_dump", "-Fc", "-d", name, "-f", dump)

        world.new().command("migrate")
        owner.sql("ALTER TABLE hj_user DROP COLUMN search_text; INSERT INTO hj_schema_migration "
                  "(version, name, checksum, batch, applied_at, duration_ms) SELECT '29990101_001', "
                  f"'{IRREVERSIBLE}', 'x', max(batch) + 1, now(), 1 FROM hj_schema_migration", world.url)
        before = owner.sql("SELECT count(*), max(version) FROM hj_schema_migration", world.url)
        refused = subprocess.run([world.new_program, "migrations", "rollback"], env=world.new().env, capture_output=True, text=True)
        if refused.returncode == 0 or IRREVERSIBLE not in refused.stderr:
            trial.problems.append(f"an irreversible batch is not refused by name: {refused.stdout}{refused.stderr}")
        if owner.sql("SELECT count(*), max(version) FROM hj_schema_migration", world.url) != before:
            trial.problems.append("the refused rollback changed something")
        new = world.serve(world.new())
        kept.me(new)
        new.stop()

        # 1. quiesce writes  2. restore  3. the version before  4. scale up
        if server.stop() != 0:
            trial.problems.append("the server did not stop in order")
        tool("dropdb", name)
        tool("createdb", "-O", role, name)
        tool("pg_restore", "-d", name, "--exit-on-error", dump)
        later = owner.sql("SELECT count(*) FROM hj_user", world.url)
        if later != "1":
            trial.problems.append(f"{later} users instead of the one of the dump")
        server = world.serve(world.old())
        kept.me(server)
        kept.refresh(server)
        if world.old().json("migrations", "status")["pending"]:
            trial.problems.append("the version before finds its schema incomplete")
        Client(trial, key, "afterwards").sign(server, "sign-up")
        server.stop()
    finally:
        world.end()
        admin = Scratch(urllib.parse.urlunsplit(parts), name)
        admin.sql(f"REASSIGN OWNED BY {role} TO CURRENT_USER; ALTER DATABASE {name} OWNER TO CURRENT_USER; "
                  f"DROP OWNED BY {role}; DROP ROLE {role}", urllib.parse.urlunsplit(parts))
    return trial


def version_of(program):
    told = subprocess.run([program, "version", "--format", "json"], check=True, capture_output=True)
    return json.loads(told.stdout)["version"]


TRIALS = (old_on_new_schema, new_on_old_schema, side_by_side, back_across_an_irreversible_migration)


def main():
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    old, new, server_url = sys.argv[1:]
    passed = failed = 0
    for number, run in enumerate(TRIALS):
        with tempfile.TemporaryDirectory(prefix="hellojohn-mixed-") as work, \
                Scratch(server_url, f"hellojohn_mixed_{os.getpid()}_{number}") as scratch:
            world = World(old, new, scratch.url, pathlib.Path(work))
            try:
                trial = run(world)
            finally:
                world.end()
        notes = f"{trial.done} checks"
        if hasattr(trial, "pending"):
            notes += f", {len(trial.pending)} migrations pending"
        if hasattr(trial, "rolled_back"):
            notes += ", schema rolled back and forward under load"
        name = run.__name__.replace("_", " ")
        if trial.problems:
            failed += 1
            print(f"FAILED {name}: {notes}; {len(trial.problems)} problems, first: {trial.problems[0]}", flush=True)
        else:
            passed += 1
            print(f"ok     {name}: {notes}", flush=True)
    print(f"{passed} passed, {failed} failed")
    if not failed and "UPGRADE_RESULTS" in os.environ:
        with open(os.environ["UPGRADE_RESULTS"], "a") as results:
            print(json.dumps({"test": "mixed", "version": version_of(new), "previous": version_of(old)}), file=results)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
