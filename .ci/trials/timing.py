#!/usr/bin/env python3
"""Whether time tells which accounts exist (R013, R014).

    timing.py <server binary>

Asks a development server on SQLite, with the cheapest hashing there is, about accounts that exist and about
names that nobody has, in turns of random order, on every route that takes an address from anybody. Attempts
are counted as in production, only with thresholds that are not reached. Prints the medians and the AUC of a
classifier that looks at nothing but the time: 0.5 is a guess, 0 and 1 are certainty. Fails outside 0.40 to
0.60. Give it a release build: an unoptimised one spends a tenth of a millisecond on reading a row that is
there, which is not what anybody runs. Needs only Python's own library. Prints `N passed, N failed` at the end.
"""
import http.client
import json
import pathlib
import random
import statistics
import sys
import tempfile
import time

import setup

ACCOUNTS, EACH = 6, 68
SAMPLES = ACCOUNTS * EACH
LOW, HIGH = 0.40, 0.60
WARM_UP = 20
BUDGET = 180

ROUTES = [
    ("/v1/auth/sign-in", lambda email: {"email": email, "password": "not the right password"}),
    ("/v1/auth/password/forgot", lambda email: {"email": email}),
    ("/v1/auth/magic-link", lambda email: {"email": email}),
    ("/v1/auth/email/resend", lambda email: {"email": email}),
    ("/v1/auth/passkey/options", lambda email: {"email": email}),
]


class Asker:
    """One connection, because a new one for each question would add more noise than there is to hear."""

    def __init__(self, server):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        self.headers = {"Authorization": f"Bearer {server.key}", "Content-Type": "application/json"}

    def ask(self, path, body):
        text = json.dumps(body)
        start = time.perf_counter()
        self.connection.request("POST", path, text, self.headers)
        reply = self.connection.getresponse()
        answer = reply.read()
        return time.perf_counter() - start, reply.status, answer


def auc(ones, others):
    """How often one of the first is slower than one of the others."""
    both = sorted([(value, 0) for value in others] + [(value, 1) for value in ones])
    ranks, place = 0.0, 0
    while place < len(both):
        end = place
        while end < len(both) and both[end][0] == both[place][0]:
            end += 1
        shared = (place + 1 + end) / 2
        ranks += shared * sum(kind for _, kind in both[place:end])
        place = end
    return (ranks - len(ones) * (len(ones) + 1) / 2) / (len(ones) * len(others))


def measure(asker, path, body):
    """Answers the times of known and unknown names, and the status they got."""
    times, statuses = {"known": [], "unknown": []}, set()
    order = [(kind, number) for kind in times for number in range(ACCOUNTS)] * EACH
    random.shuffle(order)
    deadline = time.monotonic() + BUDGET
    for kind, number in order:
        took, status, _ = asker.ask(path, body(f"{kind}{number}@example.com"))
        times[kind].append(took)
        statuses.add(status)
        if time.monotonic() > deadline:
            raise SystemExit(f"{path}: too slow for {SAMPLES} samples of each")
    return times, statuses


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    # A threshold that no account gets to.
    unreached = {f"ACCOUNT_LOCKOUT_{name}_THRESHOLD": "100" for name in ("SOFT", "HARD", "DISABLE")}
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="hellojohn.") as work:
        server = setup.Development(program, pathlib.Path(work), RATE_LIMIT_ENABLED="false", **unreached)
        for number in range(ACCOUNTS):
            status, answer, _ = server.sign_up(f"known{number}@example.com")
            assert status == 201, answer
        asker = Asker(server)
        for path, body in ROUTES:
            _, status, answer = asker.ask(path, body("nobody@example.com"))
            if status == 404:
                print(f"{path}: not in this build")
                continue
            for number in range(WARM_UP):
                asker.ask(path, body(f"warm{number}@example.com"))
            times, statuses = measure(asker, path, body)
            score = auc(times["known"], times["unknown"])
            known, unknown = (statistics.median(times[kind]) * 1000 for kind in ("known", "unknown"))
            good = LOW <= score <= HIGH and len(statuses) == 1 and 500 > min(statuses)
            passed, failed = passed + good, failed + (not good)
            print(
                f"{path}: {'alike' if good else 'NOT ALIKE'}, AUC {score:.3f}, medians {known:.2f} ms known and "
                f"{unknown:.2f} ms unknown, {SAMPLES} each, answered {sorted(statuses)}"
            )
        server.stop()
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
