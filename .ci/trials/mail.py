#!/usr/bin/env python3
"""Two instances that share one queue send mail to a real SMTP server that misbehaves.

    mail.py <server binary> <directory of PostgreSQL's programs>

The server is up, away, refuses for good (550) and for now (451), takes five seconds, wants STARTTLS
with a certificate of our own authority, and a password; an instance is killed while it sends. Nothing
is lost, nothing is sent twice in normal operation, and no request waits. Needs mail-requirements.txt.
"""
import asyncio
import collections
import concurrent.futures
import json
import logging
import pathlib
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import warnings

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from setup import PASSWORD, Development, Postgres, Server, free_port, wait

SERVER, PG_BIN = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
# The server tells of every connection that ends badly, which is what is tried here.
logging.disable()
SUBJECT = "Your password at"
USER, SECRET = "robot@example.com", "smtp secret"


class Post:
    """An SMTP server that does as it is told and keeps what it took."""

    def __init__(self, context=None):
        self.port, self.context = free_port(), context
        self.mode, self.taken, self.tried = "ok", [], 0
        self.lock, self.controller = threading.Lock(), None

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.tried += 1
        if self.mode in ("550", "451"):
            return f"{self.mode} 5.1.1 <{address}> is not wanted here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.mode == "slow":
            await asyncio.sleep(5)
        head = envelope.content.decode("utf-8", "replace")
        name = lambda field: next(l.split(":", 1)[1].strip() for l in head.splitlines() if l.startswith(field + ":"))
        if name("Subject").startswith(SUBJECT):
            with self.lock:
                self.taken.append((name("Message-ID"), envelope.rcpt_tos[0]))
        return "250 taken"

    def start(self):
        secured = {}
        if self.context:
            check = lambda server, session, envelope, mechanism, data: AuthResult(
                success=(data.login, data.password) == (USER.encode(), SECRET.encode()), handled=False
            )
            secured = dict(tls_context=self.context, require_starttls=True, auth_required=True, authenticator=check)
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, **secured)
        self.controller.start()
        return self

    def stop(self):
        self.controller.stop()

    def counts(self):
        with self.lock:
            return collections.Counter(message for message, _ in self.taken)

    def recipients(self):
        with self.lock:
            return {address for _, address in self.taken}


class Second(Server):
    """Another instance over the data of a development server that runs."""

    flags = ("--dev",)


def hj(server, *arguments):
    done = subprocess.run(
        [SERVER, "admin", "email", *arguments, "--dev", "--format", "json"],
        env=server.env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )
    if done.returncode:
        raise SystemExit(f"{arguments}: {done.stderr}")
    return json.loads(done.stdout)


def retry(server, message):
    """Tries a message at once, unless a worker was faster."""
    try:
        hj(server, "retry", message["id"])
    except SystemExit as refusal:
        if "that was not sent" not in str(refusal):
            raise


def ours(messages):
    return [message for message in messages if message["template"] == "password_changed"]


class Users:
    """Each change of a password queues one mail."""

    def __init__(self):
        self.made = 0
        self.lock = threading.Lock()

    def change(self, server):
        """Makes a user and changes their password; gives the address."""
        with self.lock:
            self.made += 1
            email = f"user{self.made}@example.com"
        status, body, _ = server.sign_up(email)
        if status != 201:
            raise SystemExit(f"sign-up: {status} {body}")
        headers = {"Authorization": f"Bearer {body['session']['access_token']}"}
        new = {"current_password": PASSWORD, "new_password": PASSWORD + " 2"}
        status, body, _ = server.call("POST", "/v1/auth/password/change", new, headers)
        if status not in (200, 204):
            raise SystemExit(f"password change: {status} {body}")
        return email

    def change_many(self, servers, count):
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            return list(pool.map(self.change, (servers[number % len(servers)] for number in range(count))))


def arrived(post, emails, seconds=60):
    wait("the mail", lambda: set(emails) <= post.recipients(), seconds)


def each_once(post):
    twice = [message for message, count in post.counts().items() if count > 1]
    return [f"{len(twice)} messages arrived more than once"] if twice else []


def shared_queue(post, servers, users):
    emails = users.change_many(servers, 60)
    arrived(post, emails)
    return each_once(post), "60 messages of two instances, each once"


def server_away(post, servers, users):
    post.stop()
    emails = users.change_many(servers, 10)
    time.sleep(2)
    waiting = ours(hj(servers[0], "queue", "--status", "pending"))
    problems = [] if len(waiting) == 10 and all(m["error"] for m in waiting) else [f"the queue shows {waiting}"]
    post.start()
    arrived(post, emails, 120)
    return problems + each_once(post), "10 messages while nobody listened, all arrived later"


def refused_for_good(post, servers, users):
    post.mode = "550"
    emails = users.change_many(servers, 3)
    dead = lambda: ours(hj(servers[0], "queue", "--status", "dead"))
    wait("the dead letters", lambda: len(dead()) == 3)
    problems = []
    for message in dead():
        if "550" not in message["error"] or "@" in message["error"] or message["attempts"] != 1:
            problems.append(f"a dead letter says {message}")
        if message["recipient"] in emails:
            problems.append("an address is shown whole")
    post.mode = "ok"
    # The mails of signing up are among the dead, too.
    if hj(servers[0], "retry", "--dead")["retried"] < 3 or dead():
        problems.append("not all were tried again")
    arrived(post, emails)
    return problems + each_once(post), "3 dead letters, seen and tried again"


def refused_for_now(post, servers, users):
    post.mode = "451"
    email = users.change(servers[0])
    pending = lambda: [m for m in ours(hj(servers[0], "queue", "--status", "pending")) if m["error"]]
    message = wait("the failure", pending)[0]
    problems = [] if "451" in message["error"] and message["next_attempt_at"] else [str(message)]
    post.mode = "ok"
    retry(servers[0], message)
    arrived(post, [email])
    return problems + each_once(post), "deferred, then taken"


def slow(post, servers, users):
    post.mode = "slow"
    before = len(post.taken)
    emails = users.change_many(servers, 4)
    problems = ["a request waited for the mail server"] if len(post.taken) > before else []
    arrived(post, emails)
    post.mode = "ok"
    return problems + each_once(post), "a server of five seconds, no request waited"


def killed(post, servers, users):
    post.mode, before = "slow", post.tried
    emails = users.change_many(servers, 20)
    wait("the attempts", lambda: post.tried > before)
    servers[1].kill()
    post.mode = "ok"
    servers[1].start()
    arrived(post, emails, 120)
    twice = sum(1 for count in post.counts().values() if count > 1)
    # What was handed over in the moment of the kill may come once more, under the same name.
    problems = [f"{twice} messages came twice"] if twice > 8 else []
    return problems, f"killed while sending; all 20 arrived, {twice} of them twice"


def tenants_own(post, servers, users, work):
    secret = json.loads(subprocess.run(
        [SERVER, "keys", "create", "--dev", "--name", "trial", "--type", "secret", "--format", "json"],
        env=servers[0].env, capture_output=True, text=True, check=True,
    ).stdout)
    key = secret.get("key") or secret.get("secret")
    headers = {"Authorization": f"Bearer {key}"}
    own = Post().start()
    smtp = {"host": "127.0.0.1", "port": own.port, "tls": False}
    config = {"provider": "smtp", "from_email": "tenant@example.com", "smtp": smtp}
    problems = []
    status, body, _ = servers[0].call("PUT", "/v1/email/config", config, headers)
    if status != 200:
        return [f"{status} {body}"], ""
    test = lambda: servers[0].call("POST", "/v1/email/config/test", {"to": "ada@example.com"}, headers)
    if test()[0] != 200:
        problems.append(f"test: {test()}")
    own.mode = "550"
    status, body, _ = test()
    if status != 422 or body["error"]["code"] != "email_delivery_failed" or "550" not in body["error"]["message"]:
        problems.append(f"a refusal: {status} {body}")
    own.mode = "ok"
    email = users.change(servers[0])
    arrived(own, [email])
    if email in post.recipients():
        problems.append("the instance's server got the tenant's mail")
    strict = Second(SERVER, work, "strict.log", **{**servers[0].env, "PORT": str(free_port()), "SMTP_ALLOW_PRIVATE_HOSTS": "false"})
    strict.port = int(strict.env["PORT"])
    strict.start()
    status, body, _ = strict.call("POST", "/v1/email/config/test", {"to": "ada@example.com"}, headers)
    if status != 422 or "not public" not in body["error"]["message"]:
        problems.append(f"a private host: {status} {body}")
    strict.stop()
    servers[0].call("PUT", "/v1/email/config", {"provider": "hellojohn"}, headers)
    own.stop()
    return problems, "a tenant's own server, its refusal in words, and no way to private addresses"


def secured(servers, users, work):
    """STARTTLS with a certificate of our own authority, and a password."""
    authority = trustme.CA()
    root = work / "root.pem"
    authority.cert_pem.write_to_path(str(root))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    post, problems = Post(context).start(), []
    first, second = servers
    first.stop()
    good = {"SMTP_HOST": "localhost", "SMTP_PORT": str(post.port), "SMTP_TLS": "starttls", "SMTP_USER": USER,
            "SMTP_PASS": SECRET, "SSL_CERT_FILE": str(root)}
    stranger = {**good, "SSL_CERT_FILE": ""}
    wrong = {**good, "SMTP_PASS": "guess"}
    pending = lambda: [m for m in ours(hj(second, "queue", "--status", "pending")) if m["error"]]
    for settings, words in [(stranger, "certificate"), (wrong, "535")]:
        second.stop()
        second.env.update(settings)
        second.start()
        users.change(second)
        failure = lambda: [message for message in pending() if words in message["error"].lower()]
        message = wait(f"the failure because of {words}", failure)[0]
        if post.taken:
            problems.append("a mail went out all the same")
        retry(second, message)
    second.stop()
    second.env.update(good)
    second.start()
    last = users.change(second)
    for message in pending():
        retry(second, message)
    arrived(post, [last], 60)
    wait("the rest", lambda: len(post.recipients()) == 3, 60)
    post.stop()
    return problems + each_once(post), "STARTTLS: stranger's certificate and wrong password refused, then all arrived"


def main():
    work, failed = pathlib.Path(tempfile.mkdtemp(prefix="hellojohn.")), 0
    work.chmod(0o755)
    postgres = Postgres(work, PG_BIN)
    post, users = Post().start(), Users()
    mail = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(post.port), "SMTP_TLS": "none", "SMTP_TIMEOUT": "6s",
            "SMTP_FROM": "Trial <no-reply@example.com>", "RATE_LIMIT_ENABLED": "false"}
    servers = []
    warnings.simplefilter("ignore")
    try:
        servers.append(Development(SERVER, work, postgres.url, **mail))
        second = Second(SERVER, work, "second.log", **mail, HELLOJOHN_DATA_DIR=str(work / "data"), HELLOJOHN_DATABASE_URL=postgres.url)
        second.key = servers[0].key
        servers.append(second.start())
        trials = [
            (shared_queue, ()), (server_away, ()), (refused_for_good, ()), (refused_for_now, ()), (slow, ()),
            (killed, ()),
        ]
        for trial, _ in trials:
            began = time.monotonic()
            problems, told = trial(post, servers, users)
            failed += bool(problems)
            print(f"{'FAILED' if problems else 'ok'}  {trial.__name__}: {told} ({time.monotonic() - began:.0f} s)", *problems, sep="\n    ", flush=True)
        for trial, given in [(tenants_own, (post, servers, users, work)), (secured, (servers, users, work))]:
            problems, told = trial(*given)
            failed += bool(problems)
            print(f"{'FAILED' if problems else 'ok'}  {trial.__name__}: {told}", *problems, sep="\n    ", flush=True)
        print(f"{8 - failed} passed, {failed} failed")
    finally:
        for server in servers:
            if server.process and server.process.poll() is None:
                server.kill()
        postgres.stop()
        shutil.rmtree(work, ignore_errors=True)
    sys.exit(failed > 0)


main()
