"""A program and its database, driven as an operator and a client would: by commands and over HTTP.

Needs only Python's own library and PostgreSQL's programs.
"""
import glob
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

# RFC 8410 §10.3, and a phrase: sample keys of sample data.
SIGNING_KEY = (
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
    "-----END PRIVATE KEY-----\n"
)
ENCRYPTION_KEY = "sample-data-encryption-key-0123456789"
ISSUER = "https://auth.example.com"
SETTINGS = {
    "HELLOJOHN_JWT_SIGNING_KEY": SIGNING_KEY,
    "HELLOJOHN_ENCRYPTION_KEY": ENCRYPTION_KEY,
    "HELLOJOHN_APP_URL": ISSUER,
    "HELLOJOHN_HOST": "127.0.0.1",
    "HELLOJOHN_DRAIN_DELAY": "0s",
    "HELLOJOHN_REFRESH_GRACE": "1s",
    "HELLOJOHN_JWKS_MAX_AGE": "0s",
    "HELLOJOHN_ARGON2_MEMORY_KIB": "7168",
    "HELLOJOHN_ARGON2_ITERATIONS": "5",
    "HELLOJOHN_ARGON2_PARALLELISM": "1",
    "HELLOJOHN_PASSWORD_BREACH_CHECK": "false",
    "HELLOJOHN_PASSWORD_HISTORY_COUNT": "3",
    "HELLOJOHN_LOG_LEVEL": "warn",
    # Everything comes from one address. The name without a prefix is none the release before complains of.
    "RATE_LIMIT_ENABLED": "false",
}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Answer:
    """What came back; status 0 when nothing did."""

    def __init__(self, status, body):
        self.status, self.body = status, body

    def __repr__(self):
        return f"{self.status} {json.dumps(self.body)[:300]}"

    def at(self, pointer):
        """The value at a JSON pointer; None where there is none."""
        value = self.body
        for step in pointer.split("/")[1:]:
            try:
                value = value[int(step) if isinstance(value, list) else step]
            except (KeyError, IndexError, TypeError, ValueError):
                return None
        return value

    @property
    def code(self):
        return self.at("/error/code")


class Instance:
    """One program over one database, which it makes or finds."""

    def __init__(self, program, database_url, work, **settings):
        self.program, self.url, self.work = pathlib.Path(program).resolve(), database_url, work
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.env = {**inherited, **SETTINGS, "HELLOJOHN_DATABASE_URL": database_url, **settings}
        self.process = self.port = None

    def command(self, *arguments, codes=(0,)):
        """Runs a command to its end and gives its output."""
        done = subprocess.run(
            [self.program, *arguments], env=self.env, cwd=self.work, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if done.returncode not in codes:
            raise SystemExit(f"{self.program.name} {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def json(self, *arguments):
        return json.loads(self.command(*arguments, "--format", "json"))

    def start(self, wait_for="/health"):
        """Starts the server and waits until the path answers 200."""
        self.port = free_port()
        log = open(self.work / f"server-{self.port}.log", "ab")
        self.process = subprocess.Popen(
            [self.program, "serve"],
            env={**self.env, "HELLOJOHN_PORT": str(self.port)},
            cwd=self.work,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        deadline = time.monotonic() + 60
        while self.ask("GET", wait_for).status != 200:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{self.program} does not serve:\n{self.log()[-3000:]}")
            time.sleep(0.02)
        return self

    def log(self):
        return (self.work / f"server-{self.port}.log").read_text()

    def stop(self):
        if self.process is None:
            return None
        self.process.send_signal(signal.SIGTERM)
        code, self.process = self.process.wait(timeout=60), None
        return code

    def ask(self, method, path, bearer=None, body=None, headers=None):
        """One request."""
        # Byte for byte as another client may write it again: a repeated request is known by its body.
        data = None if body is None else json.dumps(
            body, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data, method=method)
        if bearer:
            request.add_header("Authorization", f"Bearer {bearer}")
        if data is not None:
            request.add_header("Content-Type", "application/json")
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=30) as reply:
                status, text = reply.status, reply.read()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read()
        except OSError:
            return Answer(0, None)
        try:
            return Answer(status, json.loads(text))
        except ValueError:
            return Answer(status, None)

    def must(self, status, method, path, bearer=None, body=None, headers=None):
        """One request that is answered as expected, or the end."""
        answer = self.ask(method, path, bearer, body, headers)
        if answer.status != status:
            raise SystemExit(f"{method} {path}: {answer}, expected {status}")
        return answer


def postgres_program(name):
    """The newest of PostgreSQL's programs of this name; Debian keeps them out of the PATH."""
    found = [path for path in glob.glob(f"/usr/lib/postgresql/*/bin/{name}") if os.access(path, os.X_OK)]
    found.sort(key=lambda path: int(re.search(r"postgresql/(\d+)", path).group(1)))
    path = found[-1] if found else shutil.which(name)
    if not path:
        raise SystemExit(f"{name} is needed and not installed")
    return path


class Scratch:
    """An empty database beside the one the URL names; dropped on exit."""

    def __init__(self, server_url, name):
        self.server, self.name = server_url, name
        parts = urllib.parse.urlsplit(server_url)
        self.url = urllib.parse.urlunsplit(parts._replace(path=f"/{name}"))

    def __enter__(self):
        self.sql(f"CREATE DATABASE {self.name}")
        return self

    def __exit__(self, *_):
        self.sql(f"DROP DATABASE {self.name} WITH (FORCE)")

    def sql(self, statement, url=None):
        done = subprocess.run(
            [postgres_program("psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", statement, url or self.server],
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
        )
        if done.returncode:
            raise SystemExit(f"{statement[:100]}: {done.stderr}")
        return done.stdout.strip()
