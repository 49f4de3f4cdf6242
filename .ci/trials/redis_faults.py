#!/usr/bin/env python3
"""Tries the rate limits while Redis is frozen, killed, started again and emptied (R025, F9).

    redis_faults.py <server binary>

Two instances share one database and one Redis that comes up after them. Visitors from ten
addresses keep within the limit; one address does not. No visitor may be refused or kept
waiting, and the other may never get more than twice the limit in any window, which is what an
untouched budget and what grows back in that time allow anyway. Needs only Python's own library and Redis.
"""
import http.client
import json
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

from setup import Development, Server, free_port, wait

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
LIMIT, WINDOW = 20, 5
VISITORS = 10
# Longer than any answer takes on a busy machine, and shorter than waiting for a Redis that is not there.
TOO_LONG = 1.5


class Redis:
    def __init__(self):
        self.port, self.process = free_port(), None
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        self.process = subprocess.Popen(
            ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, cwd="/tmp",
        )
        wait("Redis", lambda: socket.socket().connect_ex(("127.0.0.1", self.port)) == 0)

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def empty(self):
        with socket.create_connection(("127.0.0.1", self.port)) as s:
            s.sendall(b"FLUSHALL\r\n")
            assert s.recv(16).startswith(b"+OK")


class Another(Server):
    """A second instance over the first one's data."""

    flags = ("--dev",)


class Client:
    """Asks for a sign-in that is refused before any password is looked at, on one connection per instance."""

    def __init__(self, address, servers):
        self.headers = {
            "Authorization": f"Bearer {servers[0].key}",
            "Content-Type": "application/json",
            "X-Forwarded-For": address,
        }
        self.links = [http.client.HTTPConnection("127.0.0.1", s.port, timeout=20) for s in servers]
        self.turn = 0

    def ask(self):
        self.turn += 1
        link = self.links[self.turn % len(self.links)]
        body = json.dumps({"email": "not an address", "password": "x"})
        began = time.monotonic()
        try:
            link.request("POST", "/v1/auth/sign-in", body, self.headers)
            reply = link.getresponse()
            reply.read()
            status = reply.status
        except (OSError, http.client.HTTPException):
            link.close()
            status = 0
        return began, time.monotonic() - began, status


def keep_asking(address, servers, pause, stop, seen):
    client = Client(address, servers)
    while not stop.is_set():
        seen.append(client.ask())
        time.sleep(pause)


def redis_state(server):
    status, body, _ = server.get("/health")
    return (status, body["checks"]["redis"]) if body else (status, None)


def all_say(servers, state):
    wait(f"redis: {state}", lambda: all(redis_state(s) == (200, state) for s in servers), 10)


def most_in_a_window(moments):
    # A little less than a window: the clients' clock sees each request a little before the servers' does.
    span = 0.95 * WINDOW
    moments, most, first = sorted(moments), 0, 0
    for last, moment in enumerate(moments):
        while moment - moments[first] > span:
            first += 1
        most = max(most, last - first + 1)
    return most


def trial(servers, redis):
    all_say(servers, "degraded")
    status = servers[0].sign_in("nobody@example.com")[0]
    assert status == 401, f"without Redis a sign-in is answered {status}"
    redis.start()
    all_say(servers, "ok")

    stop, visits, attacks, threads = threading.Event(), [], [], []
    for number in range(VISITORS):
        # At one second each they stay at a quarter of the limit, half of it on each instance.
        threads.append(threading.Thread(target=keep_asking, args=(f"192.0.2.{number}", servers, 1, stop, visits)))
    for _ in range(4):
        threads.append(threading.Thread(target=keep_asking, args=("203.0.113.66", servers, 0.01, stop, attacks)))
    [t.start() for t in threads]
    times = {}

    def phase(name, seconds):
        times[name] = (time.monotonic(), time.monotonic() + seconds)
        time.sleep(seconds)

    try:
        phase("steady", WINDOW + 1)
        redis.signal(signal.SIGSTOP)
        phase("frozen", WINDOW)
        all_say(servers, "degraded")
        redis.signal(signal.SIGCONT)
        all_say(servers, "ok")
        phase("thawed", WINDOW + 1)
        redis.kill()
        phase("killed", WINDOW)
        all_say(servers, "degraded")
        redis.start()
        all_say(servers, "ok")
        phase("started again", WINDOW + 1)
        redis.empty()
        phase("emptied", WINDOW)
        all_say(servers, "ok")
    finally:
        stop.set()
        [t.join() for t in threads]

    problems = []
    refused = [status for _, _, status in visits if status == 429]
    failed = [status for _, _, status in visits + attacks if status == 0 or status >= 500]
    if refused:
        problems.append(f"{len(refused)} requests within the limit were refused")
    if failed:
        problems.append(f"{len(failed)} requests were not answered: {sorted(set(failed))}")
    passed = [began for began, _, status in attacks if status not in (0, 429)]
    steady = [m for m in passed if times["steady"][0] + 1 <= m <= times["steady"][1]]
    most = most_in_a_window(passed)
    if most > 2 * LIMIT:
        problems.append(f"{most} passed in one window, the limit is {LIMIT}")
    if len(attacks) < 20 * LIMIT or len(steady) > 2 * LIMIT:
        problems.append(f"{len(attacks)} attempts, {len(steady)} passed while Redis was well: this means nothing")
    slow = {}
    for name, (began, ended) in times.items():
        took = sorted(took for at, took, _ in visits if began <= at <= ended)
        slow[name] = took[-1]
        if name != "steady" and took[-1] > slow["steady"] + TOO_LONG:
            problems.append(f"{name}: a visitor waited {took[-1]:.2f} s")
    waits = ", ".join(f"{name} {1000 * took:.0f} ms" for name, took in slow.items())
    return problems, (
        f"{len(visits)} visits, none refused; {len(attacks)} attempts of one address, at most {most} passed "
        f"in {WINDOW} s with a limit of {LIMIT}; slowest visit: {waits}"
    )


def main():
    work = pathlib.Path(tempfile.mkdtemp(prefix="redis-faults-"))
    redis = Redis()
    settings = {
        "REDIS_URL": redis.url,
        "RATE_LIMIT_ENABLED": "true",
        "RATE_LIMIT_INSTANCES": "2",
        "RATE_LIMIT_LOGIN_MAX": str(LIMIT),
        "RATE_LIMIT_LOGIN_WINDOW": f"{WINDOW}s",
        "TRUST_PROXY_HOPS": "1",
    }
    servers = []
    try:
        servers.append(Development(PROGRAM, work, **settings))
        second = Another(PROGRAM, work, "second.log", HELLOJOHN_DATA_DIR=str(work / "data"), **settings)
        second.key = servers[0].key
        servers.append(second.start())
        problems, told = trial(servers, redis)
    finally:
        [server.stop() for server in servers if server.process.poll() is None]
        if redis.process and redis.process.poll() is None:
            redis.signal(signal.SIGCONT)
            redis.kill()
        shutil.rmtree(work, ignore_errors=True)
    print(("FAILED: " + "; ".join(problems)) if problems else "ok:", told)
    print(f"{0 if problems else 1} passed, {1 if problems else 0} failed")
    sys.exit(1 if problems else 0)


main()
