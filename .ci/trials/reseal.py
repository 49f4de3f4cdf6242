#!/usr/bin/env python3
"""Changes the encryption key under load, killed ten times on the way (R196, F20).

    reseal.py <server binary> <directory of PostgreSQL's programs> [values]

On SQLite and on PostgreSQL: many requests whose answers are kept sealed, then sign-ins and new kept
answers without a pause while `hj admin rotate-encryption-key` is killed with SIGKILL ten times and run
to its end. Afterwards the server knows the new key only, and every kept answer must be repeated word for
word and every refresh token must work. Needs only Python's own library.
"""
import json
import pathlib
import random
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from setup import Development, Postgres

SERVER, PG_BIN = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
VALUES = int(sys.argv[3]) if len(sys.argv) > 3 else 2_000
KILLS = 10
ROTATE = ["admin", "rotate-encryption-key", "--format", "json"]


def hj(server, *arguments):
    return subprocess.Popen(
        [SERVER, *arguments, "--dev"], env=server.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
    )


def finished(server, *arguments):
    process = hj(server, *arguments)
    out, err = process.communicate()
    return process.returncode, out.decode(), err.decode()


def restart(server, **keys):
    server.stop()
    for name, value in keys.items():
        server.env[name] = value
        if not value:
            del server.env[name]
    server.start()


def make_user(server, secret, name):
    """A cheap request whose answer is kept."""
    headers = {"Idempotency-Key": name, "Authorization": f"Bearer {secret}"}
    return server.call("POST", "/v1/users", {"email": f"{name}@example.com"}, headers)


def kept_answers(server, secret, count, prefix, kept, problems):
    """Makes users in requests that may be repeated, from several clients at once."""
    numbers = iter(range(count))
    lock = threading.Lock()

    def work():
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            name = f"{prefix}{number}"
            status, body, _ = make_user(server, secret, name)
            if status == 201:
                kept[name] = body
            else:
                problems.append(f"{name} was answered {status} {body}")

    threads = [threading.Thread(target=work) for _ in range(8)]
    [t.start() for t in threads]
    [t.join() for t in threads]


def under_load(server, secret, work):
    """Does some work while users sign in and further answers are kept; tells what went wrong."""
    stop, problems, kept, sign_ins = threading.Event(), [], {}, [0]

    def sign_in(number):
        while not stop.is_set():
            status, body, _ = server.sign_in(f"loaded{number}@example.com")
            sign_ins[0] += 1
            if status != 200:
                problems.append(f"a sign-in was answered {status} {body}")

    def keep():
        number = 0
        while not stop.is_set():
            kept_answers(server, secret, 1, f"during{number}-", kept, problems)
            number += 1

    for number in range(2):
        server.sign_up(f"loaded{number}@example.com")
    threads = [threading.Thread(target=sign_in, args=(n,)) for n in range(2)] + [threading.Thread(target=keep)]
    [t.start() for t in threads]
    try:
        work(problems)
    finally:
        stop.set()
        [t.join() for t in threads]
    return problems, kept, sign_ins[0]


def kill_and_resume(server, figures):
    def work(problems):
        killed, taken = 0, 0.3
        steps = [left(server)]
        while killed < KILLS:
            process = hj(server, *ROTATE, "--backup-exists")
            time.sleep(random.uniform(0.1, 1) * taken)
            if process.poll() is None:
                process.kill()
                killed += 1
            process.communicate()
            steps.append(left(server))
            if steps[-1] == 0:
                problems.append(f"done after {killed} kills only: too few values")
                return
            # Longer if nothing came of it, shorter if much did: the kills shall fall all along the way.
            part = (steps[-2] - steps[-1]) / steps[0]
            taken = taken * 1.3 if part < 0.01 else taken / 2 if part > 0.06 else taken
        began = time.monotonic()
        status, out, err = finished(server, *ROTATE, "--backup-exists")
        figures["last"] = time.monotonic() - began
        figures["steps"] = steps
        if status != 0 or json.loads(out)["left"] != 0:
            problems.append(f"exit {status}: {out} {err}")

    return work


def left(server):
    status, out, err = finished(server, *ROTATE, "--dry-run")
    if status != 0:
        raise SystemExit(f"the count failed: {err}")
    return json.loads(out)["to_reseal"]


def secret_key(server):
    status, out, err = finished(server, "keys", "create", "--name", "trial", "--type", "secret", "--environment", "test")
    if status != 0:
        raise SystemExit(err)
    return json.loads(out)["key"]


def trial(server):
    problems, kept, figures = [], {}, {}
    new, former = secrets.token_urlsafe(32), (server.work / "data" / "encryption_key").read_text().strip()
    secret = secret_key(server)
    began = time.monotonic()
    kept_answers(server, secret, VALUES, "before", kept, problems)
    filled = time.monotonic() - began
    sessions = [server.sign_up(f"user{n}@example.com")[1]["session"]["refresh_token"] for n in range(20)]
    restart(server, HELLOJOHN_ENCRYPTION_KEY=new, HELLOJOHN_ENCRYPTION_KEY_PREVIOUS=former)
    more, during, sign_ins = under_load(server, secret, kill_and_resume(server, figures))
    problems += more
    kept |= during
    restart(server, HELLOJOHN_ENCRYPTION_KEY_PREVIOUS="")
    unreadable = 0
    for name, answer in kept.items():
        status, body, headers = make_user(server, secret, name)
        if (status, body) != (201, answer) or headers.get("idempotency-replayed") != "true":
            unreadable += 1
            problems.append(f"the kept answer {name} is not repeated: {status} {body}")
    for token in sessions:
        status, body, _ = server.refresh(token)
        if status != 200:
            problems.append(f"a refresh was answered {status} {body}")
    figures["text"] = (
        f"{len(kept)} values ({len(during)} new ones and {sign_ins} sign-ins meanwhile), {KILLS} kills, left after each: "
        f"{figures.get('steps')}, last run {figures.get('last', 0):.1f} s, {unreadable} unreadable; filled in {filled:.0f} s"
    )
    return problems, figures["text"]


def main():
    failed = 0
    root = pathlib.Path(tempfile.mkdtemp(prefix="hellojohn-reseal-"))
    root.chmod(0o755)
    postgres = server = None
    try:
        for database in ("sqlite", "postgres"):
            work = root / database
            work.mkdir()
            postgres = Postgres(work, PG_BIN) if database == "postgres" else None
            server = Development(SERVER, work, postgres and postgres.url)
            problems, figures = trial(server)
            if problems:
                failed += 1
                print(f"FAILED {database}: {figures}; {len(problems)} problems, first: {problems[0]}", flush=True)
            else:
                print(f"ok     {database}: {figures}", flush=True)
            server.stop()
            server = None
            if postgres:
                postgres.stop()
                postgres = None
    finally:
        if server:
            server.kill()
        if postgres:
            postgres.stop()
        shutil.rmtree(root, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
