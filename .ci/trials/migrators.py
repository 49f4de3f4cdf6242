#!/usr/bin/env python3
"""Starts migrators at once and kills some of them, again and again.

    migrators.py <server binary> <directory of PostgreSQL's programs> [rounds]

Each round, on SQLite, on a PostgreSQL of its own and on one behind PgBouncer (if that is installed): eight
`hj migrations run` start together on a fresh database, on one the first release left, or on one with a
session that holds a table for a while; about half of them are killed with SIGKILL at a random moment (F13,
F14, F15, R201, R202). Then one more runs, and: each migration is in the ledger once, no index is invalid,
and the schema is that of a database nobody was killed on. Needs only Python's own library. Prints `N passed, N failed` at the end.
"""
import os
import pathlib
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

import setup

HJ, PG_BIN = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 4
STARTERS = 8
POOLER = shutil.which("pgbouncer", path=os.environ.get("PATH", "") + ":/usr/sbin")
RELEASED = pathlib.Path(__file__).resolve().parents[2] / "migrations" / "released" / "0.1.0"
LEDGER = "SELECT version FROM hj_schema_migration ORDER BY version"
# One program answers within this long even when all the others are in its way.
PATIENCE = 60


def run(url, *arguments, check=True):
    done = subprocess.run(
        [HJ, "migrations", *arguments], env=surroundings(url), capture_output=True, text=True, timeout=PATIENCE
    )
    if check and done.returncode != 0:
        raise AssertionError(f"{arguments} ended with {done.returncode}: {done.stderr}")
    return done


def surroundings(url):
    return {"PATH": os.environ.get("PATH", ""), "HELLOJOHN_DATABASE_URL": url}


def start(url):
    return subprocess.Popen(
        [HJ, "migrations", "run"], env=surroundings(url), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


class Sqlite:
    name = "SQLite"

    def __init__(self, work):
        self.path = work / "trial.db"
        self.url = f"sqlite://{self.path}"

    def empty(self):
        for end in ("", "-wal", "-shm"):
            pathlib.Path(f"{self.path}{end}").unlink(missing_ok=True)

    def ask(self, sql):
        with sqlite3.connect(self.path, timeout=PATIENCE) as connection:
            return [row[0] for row in connection.execute(sql)]

    def restore(self):
        with sqlite3.connect(self.path) as connection:
            connection.executescript((RELEASED / "sqlite.sql").read_text())

    def schema(self):
        return self.ask("SELECT coalesce(sql, name) FROM sqlite_master ORDER BY type, name")

    def hold(self, seconds):
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        connection.execute("BEGIN IMMEDIATE")

        def let_go():
            connection.execute("ROLLBACK")
            connection.close()

        timer = threading.Timer(seconds, let_go)
        timer.start()
        return timer

    def stop(self):
        pass


class Postgres(setup.Postgres):
    name = "PostgreSQL"

    def __init__(self, work):
        super().__init__(work, PG_BIN, "-c fsync=off")
        self.url = f"postgres://hellojohn@127.0.0.1:{self.port}/trial"

    def psql(self, database, sql):
        done = subprocess.run(
            [PG_BIN / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port),
             "-U", "hellojohn", "-d", database, "-c", sql],
            check=True, capture_output=True, text=True,
        )
        return done.stdout.splitlines()

    def empty(self):
        self.psql("postgres", "DROP DATABASE IF EXISTS trial WITH (FORCE)")
        self.psql("postgres", "CREATE DATABASE trial")

    def ask(self, sql):
        return self.psql("trial", sql)

    def restore(self):
        self.psql("trial", (RELEASED / "postgres.sql").read_text())

    def schema(self):
        invalid = self.ask("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid OR NOT indisready")
        if invalid:
            raise AssertionError(f"invalid indexes: {invalid}")
        dump = subprocess.run(
            [PG_BIN / "pg_dump", "-s", "-h", "127.0.0.1", "-p", str(self.port), "-U", "hellojohn", "trial"],
            check=True, capture_output=True, text=True,
        )
        # Newer versions put a random word into each dump.
        return [line for line in dump.stdout.splitlines() if "restrict" not in line]

    def hold(self, seconds):
        # Readers of any table keep a concurrent index waiting, and a lock on the ledger everybody.
        table = random.choice(["hj_session", "hj_schema_migration"])
        sql = f"BEGIN; LOCK TABLE {table} IN SHARE MODE; SELECT pg_sleep({seconds}); ROLLBACK"
        holder = threading.Thread(target=self.ask, args=[sql])
        holder.start()
        return holder


class Pooled(Postgres):
    """The same behind PgBouncer in transaction mode, where two messages may reach two servers."""

    name = "PostgreSQL behind PgBouncer"

    def __init__(self, work):
        super().__init__(work)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = work / "pgbouncer.ini"
        settings.write_text(
            f"[databases]\n* = host=127.0.0.1 port={self.port} user=hellojohn\n"
            f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nauth_type = any\n"
            "unix_socket_dir =\nignore_startup_parameters = extra_float_digits\npool_mode = transaction\n"
        )
        settings.chmod(0o644)
        self.pooler = subprocess.Popen(
            [*self.user, POOLER, "-q", settings], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, cwd="/",
        )
        self.url = f"postgres://hellojohn@127.0.0.1:{port}/trial?statement-cache-capacity=0"

    def stop(self):
        self.pooler.terminate()
        self.pooler.wait()
        super().stop()


def kill_some(starters):
    killed = 0
    for starter in random.sample(starters, STARTERS // 2):
        time.sleep(random.uniform(0, 0.06))
        if starter.poll() is None:
            starter.send_signal(signal.SIGKILL)
            killed += 1
    return killed


def trial(database, state, fresh, versions):
    database.empty()
    if state != "empty":
        database.restore()
    holder = database.hold(random.uniform(0.05, 0.6)) if state == "held" else None
    starters = [start(database.url) for _ in range(STARTERS)]
    killed = kill_some(starters)
    for starter in starters:
        _, errors = starter.communicate(timeout=PATIENCE)
        if starter.returncode not in (0, -signal.SIGKILL):
            raise AssertionError(f"a starter ended with {starter.returncode}: {errors}")
    if holder:
        holder.join()
    run(database.url, "run")
    ledger = database.ask(LEDGER)
    if ledger != versions:
        raise AssertionError(f"the ledger says {ledger}")
    if database.schema() != fresh:
        raise AssertionError("the schema is not that of a fresh database")
    return killed


def main():
    failed = passed = 0
    random.seed()
    kinds = [Sqlite, Postgres] + ([Pooled] if POOLER else [])
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix="hj") as folder:
            work = pathlib.Path(folder)
            work.chmod(0o755)
            database = kind(work)
            try:
                database.empty()
                run(database.url, "run")
                fresh, versions = database.schema(), database.ask(LEDGER)
                began, killed = time.monotonic(), 0
                for number in range(ROUNDS):
                    state = ("empty", "behind", "held")[number % 3]
                    try:
                        killed += trial(database, state, fresh, versions)
                        passed += 1
                    except (AssertionError, subprocess.SubprocessError, sqlite3.Error) as error:
                        failed += 1
                        print(f"FAILED {database.name}, round {number} ({state}): {error}", flush=True)
                took = time.monotonic() - began
                print(f"{database.name}: {ROUNDS} rounds of {STARTERS} starters, {killed} killed, {took:.0f} s", flush=True)
            finally:
                database.stop()
    if not POOLER:
        print("not tried: there is no pgbouncer here")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
