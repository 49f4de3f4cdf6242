#!/usr/bin/env python3
"""Upgrades two instances behind nginx one at a time under constant load, and takes them back again.

    rolling_upgrade.py <old server binary> <new server binary> <directory of PostgreSQL's programs>

The order is the one deploy/nginx/hellojohn.conf describes: migrate with the new program, then for each
instance: out of rotation, SIGTERM, the other program, healthy, into rotation. Meanwhile users who
signed up before, and others who sign up now, refresh their sessions and ask who they are, at a steady
rate. Nothing may fail, and nobody may have to sign in again (U2, U4, R1). Prints what it counted.

    --unannounced   instances are stopped without being taken out of rotation first. This is what
                    happens without the documented order; failed requests are counted, not judged.
"""
import collections
import http.client
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from setup import CHEAP_HASH, PASSWORD, Postgres, Server, free_port, wait

sys.argv, FLAGS = [a for a in sys.argv if not a.startswith("--")], {a for a in sys.argv if a.startswith("--")}
if len(sys.argv) != 4 or FLAGS - {"--unannounced"}:
    sys.exit(__doc__)
OLD, NEW = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
PG_BIN = pathlib.Path(sys.argv[3])
ANNOUNCED = "--unannounced" not in FLAGS
DEPLOY = pathlib.Path(__file__).resolve().parents[2] / "deploy"
USERS, PAUSE = 12, 0.12


def ask(port, method, path, body=None, bearer=None):
    """Status and body; status 0 when there was no answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/json"} if body is not None else {}
    if bearer:
        headers["Authorization"] = f"Bearer {bearer}"
    try:
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text[:1] in (b"{", b"[") else text.decode("utf-8", "replace")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return 0, repr(error)
    finally:
        connection.close()


def brief(body):
    """What an answer says, without what is different each time."""
    return body["error"].get("message") if isinstance(body, dict) and "error" in body else str(body)[:120]


class Instance(Server):
    """One of the two; the programs it runs change, its address does not."""

    def __init__(self, number, env, work):
        super().__init__(OLD, work, f"instance{number}.log", **env)
        self.name = f"instance {number}"

    def start(self, program):
        self.program = program
        super().start()
        return self.get("/health")[1].get("version")


class Nginx:
    """The upstream and the proxy settings of deploy/nginx, without TLS and without its limits."""

    def __init__(self, work, instances):
        self.work, self.instances, self.port = work, instances, free_port()
        self.program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin") or sys.exit("nginx is not installed")
        site = (DEPLOY / "nginx" / "hellojohn.conf").read_text()
        upstream = site[site.index("upstream hellojohn"):site.index("# Sign-in, sign-up")]
        self.balance = [line for line in upstream.splitlines() if "server" not in line]
        self.failing = upstream.split("server 127.0.0.1:3000 ")[1].split(";")[0]
        lines = [line.strip() for line in site.splitlines()]
        self.settings = [line for line in lines if line.startswith("proxy_") and not line.startswith(("proxy_pass", "proxy_hide"))]
        self.write(())
        self.process = subprocess.Popen([self.program, "-c", work / "nginx.conf"], stdin=subprocess.DEVNULL)
        wait("nginx", lambda: ask(self.port, "GET", "/livez")[0] == 200)

    def write(self, down):
        servers = "".join(
            f"server 127.0.0.1:{i.port} {self.failing}{' down' if i in down else ''};\n" for i in self.instances
        )
        # Inside the braces, after the method of balancing.
        upstream = "\n".join(self.balance).replace("keepalive", servers + "keepalive", 1)
        settings = "\n".join(self.settings)
        (self.work / "nginx.conf").write_text(
            f"pid {self.work}/nginx.pid;\nerror_log {self.work}/nginx-error.log;\ndaemon off;\nworker_processes 2;\n"
            "events { worker_connections 1024; }\nhttp {\naccess_log off;\n"
            + "".join(f"{kind}_temp_path {self.work}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
            + "map $http_upgrade $hellojohn_connection { '' ''; default upgrade; }\n"
            f"{upstream}\nserver {{\nlisten 127.0.0.1:{self.port};\n{settings}\nlocation / {{ proxy_pass http://hellojohn; }}\n}}\n}}\n"
        )

    def workers(self):
        """The worker processes, with those of before a reload that still finish their requests."""
        listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)], capture_output=True, text=True).stdout
        return listed.splitlines()

    def reload(self, down=()):
        before = {line.split()[0] for line in self.workers()}
        self.write(down)
        subprocess.run([self.program, "-t", "-q", "-c", self.work / "nginx.conf"], check=True)
        self.process.send_signal(signal.SIGHUP)
        # Nobody sends requests by the former list any more once the former workers take no new ones.
        wait("the reload", lambda: {line.split()[0] for line in self.workers() if "shutting down" not in line}.isdisjoint(before))

    def stop(self):
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()


class Load:
    """Users at a steady rate. Every request has a connection of its own: when nginx reloads it closes
    idle ones, and a client that is just about to use one cannot tell that from a failure."""

    def __init__(self, port, key):
        self.port, self.key = port, key
        self.counts, self.failures, self.signed_out = {}, [], []
        self.lock, self.over, self.ready = threading.Lock(), threading.Event(), threading.Barrier(USERS + 1)
        self.threads = [threading.Thread(target=self.live, args=(n,)) for n in range(USERS)]
        self.threads.append(threading.Thread(target=self.newcomers))
        [t.start() for t in self.threads]
        self.ready.wait()

    def call(self, kind, expected, *request, **more):
        status, body = ask(self.port, *request, **more)
        with self.lock:
            self.counts[kind] = self.counts.get(kind, 0) + 1
            if status != expected:
                self.failures.append(f"{kind} was answered {status}: {brief(body)}")
        return body if status == expected else None

    def sign_up(self):
        email = f"u{time.time_ns()}-{threading.get_ident()}@example.com"
        body = {"email": email, "password": PASSWORD}
        return self.call("sign-up", 201, "POST", "/v1/auth/sign-up", body, self.key)

    def live(self, number):
        session = self.sign_up()["session"]
        self.ready.wait()
        time.sleep(PAUSE * number / USERS)
        while not self.over.is_set():
            self.call("me", 200, "GET", "/v1/auth/me", bearer=session["access_token"])
            body = {"refresh_token": session["refresh_token"]}
            renewed = self.call("refresh", 200, "POST", "/v1/auth/token/refresh", body, self.key)
            session = renewed or session
            time.sleep(PAUSE)
        # Whoever was signed in at the beginning still is.
        deadline = time.monotonic() + 8
        status = 0
        while status not in (200, 401, 403) and time.monotonic() < deadline:
            body = {"refresh_token": session["refresh_token"]}
            status, body = ask(self.port, "POST", "/v1/auth/token/refresh", body, self.key)
            if status == 200:
                status, body = ask(self.port, "GET", "/v1/auth/me", bearer=body["access_token"])
        if status != 200:
            self.signed_out.append(f"a user is signed out: {status} {brief(body)}")

    def newcomers(self):
        while not self.over.is_set():
            self.sign_up()
            time.sleep(0.5)

    def stop(self):
        self.over.set()
        [t.join() for t in self.threads]


def main():
    work = pathlib.Path(tempfile.mkdtemp(prefix="hellojohn-rolling-"))
    work.chmod(0o755)
    postgres = nginx = load = None
    instances, problems = [], []
    try:
        postgres = Postgres(work, PG_BIN, "-c fsync=off")
        key = work / "signing_key.pem"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True, capture_output=True)
        env = {
            **{name: value for name, value in os.environ.items() if "HELLOJOHN" not in name and name != "DATABASE_URL"},
            "HELLOJOHN_DATABASE_URL": postgres.url, "HELLOJOHN_JWT_SIGNING_KEY": str(key), "HOST": "127.0.0.1",
            "HELLOJOHN_ENCRYPTION_KEY": "rolling-upgrade-rolling-upgrade-0123456789",
            "HELLOJOHN_APP_URL": "https://auth.example.com", "HELLOJOHN_TRUST_PROXY_HOPS": "1",
            **CHEAP_HASH, "LOG_LEVEL": "warn", "HELLOJOHN_DRAIN_DELAY": "1s",
        }

        def program(binary, *arguments):
            return subprocess.run([binary, *arguments], env=env, check=True, capture_output=True, text=True).stdout

        program(OLD, "migrations", "run")
        tenant = json.loads(program(OLD, "tenants", "create", "--name", "Acme"))
        instances = [Instance(number, env, work) for number in (1, 2)]
        versions = [instance.start(OLD) for instance in instances]
        nginx = Nginx(work, instances)
        load = Load(nginx.port, tenant["public_key"])
        print(f"two instances of {versions[0]} under load", flush=True)
        time.sleep(2)
        for way, binary in (("forward", NEW), ("back", OLD)):
            if way == "forward":
                # Before any instance is replaced; the old ones serve on the new schema.
                told = program(binary, "migrations", "run").strip().splitlines()[-1]
                print(f"forward: {told}", flush=True)
                time.sleep(1)
            for instance in instances:
                if ANNOUNCED:
                    nginx.reload(down=(instance,))
                code = instance.stop()
                if code != 0:
                    problems.append(f"{instance.name} ended with {code}")
                version = instance.start(binary)
                if ANNOUNCED:
                    nginx.reload()
                time.sleep(2)
                with load.lock:
                    done, failed = sum(load.counts.values()), len(load.failures)
                print(f"{way}: {instance.name} is {version}; {done} requests so far, {failed} failed", flush=True)
        load.stop()
        counts = ", ".join(f"{number} {kind}" for kind, number in sorted(load.counts.items()))
        total = sum(load.counts.values())
        print(f"{total} requests ({counts}): {len(load.failures)} failed, {len(load.signed_out)} of {USERS} users signed out")
        for text, number in collections.Counter(load.failures + load.signed_out).most_common(12):
            print(f"  {number} times: {text}")
        if total < 500:
            problems.append("too few requests to mean anything")
        if ANNOUNCED and load.failures:
            problems.append("requests failed")
        if load.signed_out:
            problems.append("somebody was signed out")
        load = None
    finally:
        if load:
            load.over.set()
        for instance in instances:
            if instance.process:
                instance.process.kill()
        if nginx:
            nginx.stop()
        if postgres:
            postgres.stop()
        shutil.rmtree(work, ignore_errors=True)
    for problem in problems:
        print(f"FAILED {problem}")
    print("rolling upgrade: " + ("failed" if problems else "ok"))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
