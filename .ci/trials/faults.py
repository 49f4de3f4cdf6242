#!/usr/bin/env python3
"""Tries the running server against the faults it promises to survive.

    faults.py <server binary> <directory of PostgreSQL's programs>

On SQLite and on PostgreSQL, each durable: refreshes race while the server is killed
(P1, P3, P4, R052, R054, R055); requests are under way while it is asked to stop (P7);
on PostgreSQL the database goes away for five seconds (P6), and PgBouncer stands between in
transaction mode (F26). Needs only Python's own library. Prints one line per trial and `N passed, N failed` at the end.
"""
import json
import os
import pathlib
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

from setup import PASSWORD, Development, Postgres, free_port

SERVER, PG_BIN = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])


def race_and_kill(server, users=12, racers=4, kills=8):
    """Racers share each token; whoever answers, there is one successor, and no session is ever lost."""
    problems, rounds = [], [0]
    stop = threading.Event()

    def live(number):
        status = 0
        while status != 201:
            if stop.is_set():
                return
            status, body, _ = server.sign_up(f"racer{number}-{time.time_ns()}@example.com")
        token = body["session"]["refresh_token"]
        while not stop.is_set():
            answers = []

            def race():
                answers.append(server.refresh(token))

            threads = [threading.Thread(target=race) for _ in range(racers)]
            [t.start() for t in threads]
            [t.join() for t in threads]
            successors = {body["refresh_token"] for status, body, _ in answers if status == 200}
            if len(successors) > 1:
                problems.append("two successors of one token")
                return
            # A reply may have been lost with the server: an honest client tries again.
            deadline = time.monotonic() + 9
            while not successors and time.monotonic() < deadline:
                status, body, _ = server.refresh(token)
                if status == 200:
                    successors = {body["refresh_token"]}
                elif status in (400, 401, 403):
                    problems.append(f"a session was lost: {body}")
                    return
                else:
                    time.sleep(0.05)
            if not successors:
                problems.append("no answer within the grace period")
                return
            token = successors.pop()
            rounds[0] += 1

    threads = [threading.Thread(target=live, args=(n,)) for n in range(users)]
    [t.start() for t in threads]
    for _ in range(kills):
        time.sleep(random.uniform(0.3, 0.9))
        server.kill()
        server.start()
    time.sleep(0.5)
    stop.set()
    [t.join() for t in threads]
    if rounds[0] < users * kills // 2:
        problems.append(f"only {rounds[0]} rounds: too few to mean anything")
    return problems, f"{rounds[0]} rotations by {racers} racers each, {kills} kills"


def acknowledged_survives_kill(server, kills=5):
    """Whoever was told that they have an account can sign in after the server was killed."""
    problems, known = [], []
    for _ in range(kills):
        stop = threading.Event()

        def sign_up():
            while not stop.is_set():
                email = f"kept{time.time_ns()}-{threading.get_ident()}@example.com"
                if server.sign_up(email)[0] == 201:
                    known.append(email)

        threads = [threading.Thread(target=sign_up) for _ in range(4)]
        [t.start() for t in threads]
        time.sleep(0.5)
        server.kill()
        stop.set()
        [t.join() for t in threads]
        server.start()
    for email in known:
        status, body, _ = server.sign_in(email)
        if status != 200:
            problems.append(f"an acknowledged account is gone: {status} {body}")
    if len(known) < 10:
        problems.append("too few sign-ups to mean anything")
    return problems, f"{len(known)} acknowledged sign-ups, {kills} kills"


def leave_half_way(server, times=25):
    """A client that sends a request and leaves, and then repeats it, finds it done once."""
    problems = []
    for number in range(times):
        email = f"gone{number}-{time.time_ns()}@example.com"
        body = json.dumps({"email": email, "password": PASSWORD}).encode()
        with socket.create_connection(("127.0.0.1", server.port)) as s:
            head = (
                f"POST /v1/auth/sign-up HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {server.key}\r\n"
                f"Content-Type: application/json\r\nIdempotency-Key: {email}\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            s.sendall(head.encode() + body)
            time.sleep(random.uniform(0.001, 0.02))
        deadline = time.monotonic() + 5
        status = 409
        while status == 409 and time.monotonic() < deadline:
            status, answer, _ = server.call(
                "POST", "/v1/auth/sign-up", {"email": email, "password": PASSWORD}, {"Idempotency-Key": email}
            )
            if status == 409 and answer["error"]["code"] != "idempotency_conflict":
                break
            time.sleep(0.02)
        if status != 201:
            problems.append(f"the repeated request was answered {status}")
    return problems, f"{times} requests left half-way"


def stop_while_working(server):
    """SIGTERM: what is under way is finished, nothing is answered with an error, and the exit status is 0."""
    problems, finished = [], [0]
    begun = threading.Barrier(9)

    def sign_in(number):
        server.sign_up(f"leaver{number}@example.com")
        begun.wait()
        status, _, _ = server.sign_in(f"leaver{number}@example.com")
        if status == 200:
            finished[0] += 1
        elif status != 0:
            problems.append(f"a request under way was answered {status}")
        else:
            problems.append("a request under way got no answer")

    threads = [threading.Thread(target=sign_in, args=(n,)) for n in range(8)]
    [t.start() for t in threads]
    begun.wait()
    time.sleep(0.03)
    code = server.stop()
    [t.join() for t in threads]
    if code != 0:
        problems.append(f"exit status {code}")
    server.start()
    return problems, f"{finished[0]} requests finished, exit status {code}"


def database_away(server, postgres):
    """Five seconds without the database: 503 with Retry-After, keys still served, then recovery by itself."""
    problems, known, refused = [], [], [0]
    stop, away = threading.Event(), threading.Event()

    def work():
        while not stop.is_set():
            email = f"out{time.time_ns()}-{threading.get_ident()}@example.com"
            status, body, headers = server.sign_up(email)
            if status == 201:
                known.append(email)
            elif status == 503:
                refused[0] += 1
                if not headers.get("Retry-After"):
                    problems.append("503 without Retry-After")
            else:
                problems.append(f"{status} {body}")

    threads = [threading.Thread(target=work) for _ in range(4)]
    [t.start() for t in threads]
    time.sleep(1)
    postgres.stop()
    away.set()
    time.sleep(1)
    before = time.monotonic()
    status, _, _ = server.get("/.well-known/jwks.json")
    if status != 200:
        problems.append(f"the keys were answered {status} without the database")
    if server.get("/health")[0] != 503:
        problems.append("/health does not tell that the database is away")
    if time.monotonic() - before > 8:
        problems.append("answers without the database are slow")
    time.sleep(max(0, 4 - (time.monotonic() - before)))
    postgres.start()
    back = time.monotonic()
    while server.get("/health")[0] != 200:
        if time.monotonic() - back > 5:
            problems.append("no recovery within five seconds")
            break
        time.sleep(0.05)
    recovered = time.monotonic() - back
    time.sleep(1)
    stop.set()
    [t.join() for t in threads]
    for email in known:
        if server.sign_in(email)[0] != 200:
            problems.append("an acknowledged account is gone")
    if not refused[0] or len(known) < 10:
        problems.append("too few requests to mean anything")
    return problems, f"{len(known)} kept, {refused[0]} refused, recovered in {recovered:.1f} s"


def through_a_pooler(server, users=16, refreshes=25):
    """Every statement may reach another server connection; nothing of a session may be counted on."""
    problems, done = [], [0]

    def live(number):
        status, body, _ = server.sign_up(f"pooled{number}@example.com")
        if status != 201:
            problems.append(f"sign-up answered {status}")
            return
        token = body["session"]["refresh_token"]
        for _ in range(refreshes):
            status, body, _ = server.refresh(token)
            if status != 200:
                problems.append(f"refresh answered {status} {body}")
                return
            token = body["refresh_token"]
            done[0] += 1

    threads = [threading.Thread(target=live, args=(n,)) for n in range(users)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    return problems, f"{done[0]} refreshes of {users} users over 3 server connections"


class PgBouncer:
    """Transaction pooling in front of a PostgreSQL."""

    def __init__(self, work, postgres):
        port, settings = free_port(), work / "pgbouncer.ini"
        settings.write_text(
            f"[databases]\n* = host=127.0.0.1 port={postgres.port} user=hellojohn\n"
            f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nauth_type = any\n"
            "unix_socket_dir =\nignore_startup_parameters = extra_float_digits\npool_mode = transaction\ndefault_pool_size = 3\n"
        )
        settings.chmod(0o644)
        program = shutil.which("pgbouncer", path=os.environ["PATH"] + ":/usr/sbin")
        log = open(work / "pgbouncer.log", "wb")
        self.process = subprocess.Popen(
            [*postgres.user, program, str(settings)], stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/"
        )
        self.url = f"postgres://hellojohn@127.0.0.1:{port}/postgres?statement-cache-capacity=0"
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        raise SystemExit("PgBouncer did not start:\n" + (work / "pgbouncer.log").read_text())

    def stop(self):
        self.process.terminate()
        self.process.wait()


def main():
    passed = failed = 0

    def trial(name, work, *arguments):
        nonlocal passed, failed
        problems, figures = work(*arguments)
        if problems:
            failed += 1
            print(f"FAILED {name}: {figures}; {len(problems)} problems, first: {problems[0]}", flush=True)
        else:
            passed += 1
            print(f"ok     {name}: {figures}", flush=True)

    root = pathlib.Path(tempfile.mkdtemp(prefix="hellojohn-trials-"))
    root.chmod(0o755)
    postgres = server = pooler = None
    try:
        for database in ("sqlite", "postgres"):
            work = root / database
            work.mkdir()
            postgres = Postgres(work, PG_BIN) if database == "postgres" else None
            server = Development(SERVER, work, postgres and postgres.url)
            trial(f"{database}: refreshes race while the server is killed", race_and_kill, server)
            trial(f"{database}: acknowledged sign-ups survive a kill", acknowledged_survives_kill, server)
            trial(f"{database}: a client leaves half-way and asks again", leave_half_way, server)
            trial(f"{database}: a stop lets requests finish", stop_while_working, server)
            if postgres:
                trial(f"{database}: the database goes away for five seconds", database_away, server, postgres)
            server.stop()
            server = None
            if postgres:
                postgres.stop()
                postgres = None
        work = root / "pgbouncer"
        work.mkdir()
        postgres = Postgres(work, PG_BIN)
        pooler = PgBouncer(work, postgres)
        server = Development(SERVER, work, pooler.url)
        trial("pgbouncer: transaction pooling changes nothing", through_a_pooler, server)
        server.stop()
        server = None
    finally:
        if server:
            server.kill()
        if pooler:
            pooler.stop()
        if postgres:
            postgres.stop()
        shutil.rmtree(root, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
