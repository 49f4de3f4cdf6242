"""What the trials set up: a PostgreSQL and servers of their own, on ports of their own.

Needs only Python's own library and PostgreSQL's programs.
"""
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "upgrade"))
from instance import SIGNING_KEY, Instance, Scratch, free_port, postgres_program

PASSWORD = "correct horse battery staple"
CHEAP_HASH = {
    "HELLOJOHN_ARGON2_MEMORY_KIB": "7168",
    "HELLOJOHN_ARGON2_ITERATIONS": "5",
    "HELLOJOHN_ARGON2_PARALLELISM": "1",
    "PASSWORD_BREACH_CHECK": "false",
    # Everything comes from one address.
    "RATE_LIMIT_ENABLED": "false",
    "LOG_LEVEL": "error",
}


def wait(what, condition, seconds=30):
    """Waits for something to come up, and gives what the condition answered."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := condition():
            return answer
        time.sleep(0.02)
    raise SystemExit(f"{what} did not come up")


class Postgres:
    """A PostgreSQL of our own, durable unless the options say otherwise."""

    def __init__(self, work, programs, options=""):
        self.programs, self.options, self.port = programs, options, free_port()
        # PostgreSQL refuses to run as root.
        self.user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self.home = work / "postgres"
        self.home.mkdir()
        if self.user:
            shutil.chown(self.home, "postgres")
        self.run("initdb", "-D", self.home / "data", "-A", "trust", "-U", "hellojohn", "-E", "UTF8", "--no-locale")
        self.start()
        self.url = f"postgres://hellojohn@127.0.0.1:{self.port}/postgres"

    def run(self, program, *arguments):
        command = [*self.user, str(self.programs / program), *map(str, arguments)]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)

    def start(self):
        options = f"-p {self.port} -k {self.home} -c listen_addresses=127.0.0.1 {self.options}"
        self.run("pg_ctl", "-D", self.home / "data", "-l", self.home / "log", "-o", options, "-w", "start")

    def stop(self):
        self.run("pg_ctl", "-D", self.home / "data", "-m", "immediate", "-w", "stop")


class Server:
    """One server, killed and started again at will on the same port, with cheap hashing."""

    flags = ()

    def __init__(self, program, work, log="server.log", **settings):
        self.program, self.work, self.port = program, work, free_port()
        self.env = {**os.environ, **CHEAP_HASH, "PORT": str(self.port), **settings}
        self.process, self.key = None, ""
        self.log_file = work / log
        self.log = open(self.log_file, "ab")

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "serve", *self.flags], env=self.env, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if self.get("/health")[0] == 200:
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise SystemExit("the server did not start:\n" + self.log_file.read_text()[-3000:])

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    def call(self, method, path, body=None, headers=None):
        """Answers (status, body, headers); status 0 when there was no answer."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data, method=method)
        request.add_header("Authorization", f"Bearer {self.key}")
        if data is not None:
            request.add_header("Content-Type", "application/json")
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=20) as reply:
                return reply.status, json.loads(reply.read() or b"null"), reply.headers
        except urllib.error.HTTPError as error:
            text = error.read()
            try:
                return error.code, json.loads(text), error.headers
            except ValueError:
                return error.code, None, error.headers
        except (OSError, ValueError, EOFError, http.client.HTTPException):
            return 0, None, {}

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, body):
        return self.call("POST", path, body)

    def sign_up(self, email):
        return self.post("/v1/auth/sign-up", {"email": email, "password": PASSWORD})

    def sign_in(self, email):
        return self.post("/v1/auth/sign-in", {"email": email, "password": PASSWORD})

    def refresh(self, token):
        return self.post("/v1/auth/token/refresh", {"refresh_token": token})


class Development(Server):
    """A development server that runs, with the publishable key it printed."""

    flags = ("--dev",)

    def __init__(self, program, work, database_url=None, **settings):
        settings["HELLOJOHN_DATA_DIR"] = str(work / "data")
        if database_url:
            settings["HELLOJOHN_DATABASE_URL"] = database_url
        super().__init__(program, work, **settings)
        self.start()
        printed = lambda: re.search(r"\bpk_(live|test)_[a-z0-9]+", self.log_file.read_text())
        self.key = wait("the publishable key", printed, 5).group(0)
