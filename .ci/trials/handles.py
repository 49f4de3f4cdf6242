#!/usr/bin/env python3
"""Attacks three instances over one PostgreSQL and one Redis as a stranger would, over HTTP.

    handles.py <server binary> <directory of PostgreSQL's programs>

Guessing from many addresses at all factors at once gets no more checks than the limits say (R020, R127);
whatever is good for one use is good for one of the instances (R029, R128, N36); and whatever somebody
half let in holds opens its own route and no other, as a bearer and in every field of every body (N19,
N20, N77). Production profile, with a mail server and a text message provider of our own that keep what
they are handed. Needs only Python's own library, PostgreSQL and Redis.
"""
import base64
import concurrent.futures
import hashlib
import hmac
import http.client
import http.server
import json
import pathlib
import re
import shutil
import socketserver
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from email import message_from_bytes, policy

from setup import PASSWORD, Instance, Postgres, free_port, wait

PROGRAM, PG_BIN = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
APP = "https://app.example/welcome"
WRONG = "wrong " + PASSWORD
failed = passed = 0


def check(name, holds, detail=""):
    global failed, passed
    failed, passed = failed + (not holds), passed + bool(holds)
    print(f"{'ok    ' if holds else 'FAILED'} {name}{f': {detail}' if detail else ''}", flush=True)


class Mailboxes:
    """An SMTP server that takes everything, and keeps the text of what came."""

    def __init__(self):
        self.mails, self.lock = [], threading.Lock()
        boxes = self

        class Talk(socketserver.StreamRequestHandler):
            def handle(self):
                say = lambda text: self.wfile.write(text.encode() + b"\r\n")
                say("220 trial")
                to = []
                while line := self.rfile.readline():
                    verb = line[:4].upper()
                    if verb == b"RCPT":
                        to.append(re.search(rb"<(.*?)>", line).group(1).decode())
                    if verb == b"DATA":
                        say("354 go on")
                        lines = []
                        while (text := self.rfile.readline()) not in (b".\r\n", b""):
                            lines.append(text.removeprefix(b"."))
                        boxes.keep(to, b"".join(lines))
                        to = []
                    say("221 bye" if verb == b"QUIT" else "250 ok")
                    if verb == b"QUIT":
                        return

        class Serve(socketserver.ThreadingTCPServer):
            allow_reuse_address = daemon_threads = True

        self.server = Serve(("127.0.0.1", 0), Talk)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def keep(self, to, raw):
        message = message_from_bytes(raw, policy=policy.default)
        text = message.get_body(("plain",)).get_content()
        with self.lock:
            self.mails.append((to, str(message["Subject"]), text, raw))

    def find(self, to, pattern, after=0):
        """The newest match in the mails of somebody."""
        def look():
            with self.lock:
                texts = [text for who, _, text, _ in self.mails[after:] if to in who]
            found = [m.group(1) for m in (re.search(pattern, text) for text in texts) if m]
            return found[-1:]
        return wait(f"a mail with {pattern} for {to}", look)[0]


class Texts:
    """A provider of text messages that speaks Twilio's protocol."""

    def __init__(self):
        self.bodies = {}
        texts = self

        class Take(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                texts.bodies[form["To"][0]] = form["Body"][0]
                self.send_response(201)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(b'{"sid":"SM1"}')

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Take)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def code(self, to):
        body = wait(f"a text message for {to}", lambda: self.bodies.pop(to, None))
        return re.search(r"\b(\d{6})\b", body).group(1)


class Answer:
    def __init__(self, status, text, headers):
        self.status, self.text, self.headers = status, text, headers
        try:
            self.body = json.loads(text)
        except ValueError:
            self.body = None
        error = self.body.get("error") if isinstance(self.body, dict) else None
        self.error = error if isinstance(error, dict) else {}
        self.code = self.error.get("code")

    def __repr__(self):
        return f"{self.status} {self.text[:200]}"


class Site:
    """The three instances; every request comes from another address of another network."""

    def __init__(self, ports):
        self.ports, self.addresses, self.lock, self.own = ports, 0, threading.Lock(), threading.local()

    def address(self):
        with self.lock:
            self.addresses += 1
            n = self.addresses
        return f"{20 + (n >> 16) % 200}.{n >> 8 & 255}.{n & 255}.9"

    def ask(self, method, path, bearer=None, body=None, at=0, **headers):
        port = self.ports[at % len(self.ports)]
        links = self.own.__dict__.setdefault("links", {})
        sent = {"X-Forwarded-For": self.address(), **{k.replace("_", "-"): v for k, v in headers.items()}}
        if bearer:
            sent["Authorization"] = f"Bearer {bearer}"
        if body is not None:
            sent["Content-Type"] = "application/json"
            body = json.dumps(body)
        for again in (True, False):
            link = links.get(port) or links.setdefault(port, http.client.HTTPConnection("127.0.0.1", port, timeout=30))
            try:
                link.request(method, path, body, sent)
                reply = link.getresponse()
                return Answer(reply.status, reply.read().decode("utf-8", "replace"), reply.headers)
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                # The server closed an idle connection.
                links.pop(port).close()
                if not again:
                    raise

    def must(self, status, *given, **more):
        answer = self.ask(*given, **more)
        if answer.status != status:
            raise SystemExit(f"{given[:2]}: {answer}, expected {status}")
        return answer

    def at_once(self, times, what):
        """Runs it so many times at once, and gives the answers; it is told its number."""
        gate = threading.Barrier(times)

        def one(number):
            gate.wait()
            return what(number)

        with concurrent.futures.ThreadPoolExecutor(times) as pool:
            return list(pool.map(one, range(times)))


def totp(secret, shift=0):
    step = int(time.time()) // 30 + shift
    mac = hmac.digest(base64.b32decode(secret + "=" * (-len(secret) % 8)), struct.pack(">Q", step), hashlib.sha1)
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


class User:
    """A user of a tenant, with the factors asked for."""

    def __init__(self, site, tenant, name, mails=None, texts=None, factors=()):
        self.site, self.tenant, self.email, self.factors = site, tenant, f"{name}@example.com", {}
        self.mails, self.texts = mails, texts
        made = site.must(201, "POST", "/v1/auth/sign-up", tenant["public_key"], {"email": self.email, "password": PASSWORD})
        self.id, self.session = made.body["user"]["id"], made.body["session"]
        self.token = self.session["access_token"]
        for kind in factors:
            self.enrol(kind)

    def enrol(self, kind):
        body, after = {"type": kind}, len(self.mails.mails) if self.mails else 0
        if kind == "sms":
            self.phone = f"+4915{int(self.id[-6:], 36) % 10**9:09}"
            body["phone_number"] = self.phone
        begun = self.site.must(201, "POST", f"/v1/users/{self.id}/mfa/factors", self.token, body).body
        if kind == "totp":
            self.secret = begun["totp"]["secret"]
            code = totp(self.secret, -1)
        elif kind == "sms":
            code = self.texts.code(self.phone)
        else:
            code = self.mails.find(self.email, r"\b(\d{6})\b", after)
        self.factors[kind] = begun["factor_id"]
        path = f"/v1/users/{self.id}/mfa/factors/{begun['factor_id']}/confirm"
        confirmed = self.site.must(200, "POST", path, self.token, {"code": code}).body
        if confirmed.get("backup_codes"):
            self.backup, self.factors["backup_codes"] = confirmed["backup_codes"], "backup_codes"

    def sign_in(self, password=PASSWORD, at=0):
        body = {"email": self.email, "password": password}
        return self.site.ask("POST", "/v1/auth/sign-in", self.tenant["public_key"], body, at)

    def challenge(self, at=0):
        answer = self.sign_in(at=at)
        if answer.code != "mfa_required":
            raise SystemExit(f"no challenge for {self.email}: {answer}")
        return answer.error["challenge_id"]

    def verify(self, challenge, kind, code, at=0):
        body = {"challenge_id": challenge, "factor_id": self.factors[kind], "code": code}
        return self.site.ask("POST", "/v1/mfa/verify", None, body, at)

    def send(self, challenge, kind):
        """Has a code sent, and reads it."""
        after = len(self.mails.mails)
        body = {"challenge_id": challenge, "factor_id": self.factors[kind]}
        self.site.must(200, "POST", "/v1/mfa/challenge", None, body)
        return self.texts.code(self.phone) if kind == "sms" else self.mails.find(self.email, r"\b(\d{6})\b", after)


# --- guessing -------------------------------------------------------------------


def guessing(site, acme, mails, texts):
    """No right password or code is ever among the guesses, so every 401 is one that was looked at."""
    ada = User(site, acme, "guessed", mails, texts, ("totp", "sms", "email_otp"))
    challenges = [ada.challenge(at) for at in range(12)]
    ada.send(challenges[0], "sms")
    ada.send(challenges[1], "email_otp")
    kinds = ["totp", "sms", "email_otp", "backup_codes"]

    def guess(number):
        kind = kinds[number % 4]
        code = "zzzz-zzzz-zzzz" if kind == "backup_codes" else f"{number:06}"
        return ada.verify(challenges[number % 12], kind, code, number)

    answers = site.at_once(96, guess)
    seen = sorted({(a.status, a.code) for a in answers})
    looked_at = sum(a.status == 401 for a in answers)
    fine = all(a.status in (401, 410, 429) for a in answers)
    check("96 codes of all kinds at once, 12 challenges, 3 instances", fine and 1 <= looked_at <= 5, f"{looked_at} looked at, {seen}")
    right = ada.verify(ada.challenge(), "totp", totp(ada.secret, 1))
    check("after them not even a right code is looked at", right.status == 429, right.code)

    eve = User(site, acme, "eve")
    for who, name in ((eve.email, "a user"), ("nobody@example.com", "nobody")):
        body = {"email": who, "password": WRONG}
        ask = lambda number: site.ask("POST", "/v1/auth/sign-in", acme["public_key"], body, number)
        answers = site.at_once(96, ask)
        looked_at = sum(a.status == 401 for a in answers)
        seen = sorted({(a.status, a.code) for a in answers})
        check(f"96 passwords of {name} at once", 1 <= looked_at <= 10, f"{looked_at} looked at, {seen}")

    old = {"current_password": WRONG, "new_password": PASSWORD + " 2"}
    frank = User(site, acme, "frank")
    answers = site.at_once(48, lambda n: site.ask("POST", "/v1/auth/password/change", frank.token, old, n))
    looked_at = sum(a.code == "invalid_credentials" for a in answers)
    seen = sorted({(a.status, a.code) for a in answers})
    check("48 current passwords by a stolen session", looked_at <= 10 and all(a.status >= 400 for a in answers), f"{looked_at} looked at, {seen}")


# --- replays --------------------------------------------------------------------


def once(name, answers, good=(200, 204, 303)):
    wins = [a for a in answers if a.status in good]
    others = sorted({(a.status, a.code) for a in answers if a.status not in good})
    check(f"{name}: {len(answers)} at once, one is good", len(wins) == 1 and all(400 <= s < 500 for s, _ in others), f"{len(wins)} good, {others}")
    return wins[0] if wins else None


def replays(site, acme, mails, texts):
    pk = acme["public_key"]
    bea = User(site, acme, "bea", mails, texts, ("totp", "sms", "email_otp"))
    for kind in ("totp", "backup_codes"):
        code = totp(bea.secret) if kind == "totp" else bea.backup[0]
        challenges = [bea.challenge(at) for at in range(5)]
        # Five attempts are all there are; one is good, so four stay counted.
        once(f"a {kind} code on 5 challenges", site.at_once(5, lambda n: bea.verify(challenges[n], kind, code, n)))
        bea = User(site, acme, f"bea-{kind.replace('_', '')}", mails, texts, ("totp", "sms", "email_otp"))
    for kind in ("totp", "backup_codes", "sms", "email_otp"):
        challenge = bea.challenge()
        code = {"totp": lambda: totp(bea.secret, 1), "backup_codes": lambda: bea.backup[1]}.get(kind)
        code = code() if code else bea.send(challenge, kind)
        once(f"a {kind} code on one challenge", site.at_once(3, lambda n: bea.verify(challenge, kind, code, n)))
        bea = User(site, acme, f"bea2-{kind.replace('_', '')}", mails, texts, ("totp", "sms", "email_otp"))
    stepped = site.must(200, "POST", "/v1/mfa/step-up", bea.token).body["challenge_id"]
    code = bea.backup[2]
    once("a step-up", site.at_once(3, lambda n: bea.verify(stepped, "backup_codes", code, n)))

    carl = User(site, acme, "carl", mails)
    ask = lambda path, body, key=None: lambda n: site.ask("POST", path, key, body, n)

    def mailed(path, body, pattern, key=pk):
        after = len(mails.mails)
        site.must(202, "POST", path, key, body)
        return mails.find(body["email"], pattern, after)

    verify = mails.find(carl.email, r"(vfy_[\w-]+)")
    once("a verification link", site.at_once(12, ask("/v1/auth/email/verify", {"token": verify})))
    link = mailed("/v1/auth/magic-link", {"email": carl.email, "redirect_url": APP}, r"(mlk_[\w-]+)")
    for _ in range(3):
        site.must(200, "GET", f"/v1/auth/magic-link/callback?token={link}")
    once("a magic link", site.at_once(12, ask("/v1/auth/magic-link/verify", {"token": link}, pk)))
    link = mailed("/v1/auth/magic-link", {"email": carl.email, "redirect_url": APP}, r"(mlk_[\w-]+)")
    won = once("a magic link on its page", site.at_once(12, lambda n: press(site, link, n)))
    code = urllib.parse.parse_qs(urllib.parse.urlsplit(won.headers["Location"]).query)["code"][0]
    once("an exchange code", site.at_once(12, ask("/v1/auth/magic-link/verify", {"code": code}, pk)))
    token = mailed("/v1/auth/password/forgot", {"email": carl.email}, r"(rst_[\w-]+)")
    answers = site.at_once(6, lambda n: site.ask("POST", "/v1/auth/password/reset", None, {"token": token, "new_password": f"{PASSWORD} {n}"}, n))
    once("a reset link", answers)
    asked = site.must(200, "POST", "/v1/auth/passkey/options", pk, {}).body
    handle = asked["challenge_id"]
    body = {"challenge_id": handle, "credential": {"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}}
    answers = site.at_once(12, ask("/v1/auth/passkey/verify", body, pk))
    check("a passkey challenge is used up by a wrong answer", all(400 <= a.status < 500 for a in answers), sorted({(a.status, a.code) for a in answers}))


def press(site, link, at):
    """The button of the page a magic link opens."""
    link_ = http.client.HTTPConnection("127.0.0.1", site.ports[at % 3], timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": site.address(), "Sec-Fetch-Site": "same-origin"}
    link_.request("POST", "/v1/auth/magic-link/callback", f"token={link}", headers)
    reply = link_.getresponse()
    answer = Answer(reply.status, reply.read().decode(), reply.headers)
    link_.close()
    return answer


# --- half let in ----------------------------------------------------------------


def resolve(document, schema):
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def fields(document, operation):
    """The names in a body."""
    content = operation.get("requestBody", {}).get("content", {})
    schema = resolve(document, next(iter(content.values()))["schema"]) if content else {}
    return list(schema.get("properties", {}))


# What opens what: the routes each handle is for.
OWN = {
    "challenge": {"/v1/mfa/challenge", "/v1/mfa/verify", "/v1/mfa/recovery-requests"},
    "pks": {"/v1/auth/passkey/verify"},
    "pke": set(),
    "mlk": {"/v1/auth/magic-link/verify", "/v1/auth/magic-link/callback"},
    "cod": {"/v1/auth/magic-link/verify"},
    "rst": {"/v1/auth/password/reset"},
    "vfy": {"/v1/auth/email/verify"},
    "chg": {"/v1/auth/email/verify"},
    "und": {"/v1/auth/email/undo"},
    "unl": {"/v1/auth/unlock"},
    "rcv": {"/v1/mfa/recovery-requests/prove"},
    "refresh": {"/v1/auth/token/refresh"},
}
# Answered alike whatever they are asked, so that nobody learns who has an account.
ALIKE = {"/v1/auth/magic-link", "/v1/auth/password/forgot", "/v1/auth/email/resend", "/v1/auth/passkey/options"}
VERBS = ("get", "post", "put", "patch", "delete")


def routes(site):
    document = site.must(200, "GET", "/openapi.json").body
    return document, [(path, verb, operation) for path, item in document["paths"].items() for verb, operation in item.items() if verb in VERBS]


def sweep(site, acme, handles, user):
    """Every handle as bearer, and in every field of every body alone and in all at once, with and without a key."""
    document, everything = routes(site)
    has_body = lambda verb: verb not in ("get", "delete")
    # What anybody is answered is no secret.
    public = {(path, verb) for path, verb, _ in everything
              if site.ask(verb.upper(), filled(path, user), None, {} if has_body(verb) else None).status < 300}
    # With these beside the handle it is the handle that is judged.
    sensible = {"email": user.email, "password": PASSWORD, "new_password": PASSWORD + " 9", "factor_id": user.factors["totp"],
                "code": "123456", "credential": {}}
    asks = []
    for kind, handle in handles.items():
        for path, verb, operation in everything:
            if (path, verb) in public:
                continue
            asks.append((kind, verb, path, None if not has_body(verb) else {}, handle))
            names = [] if path in OWN[kind] or not has_body(verb) else fields(document, operation)
            given = {name: sensible[name] for name in names if name in sensible}
            bodies = [{**given, name: handle} for name in names] + ([dict.fromkeys(names, handle)] if names else [])
            asks += [(kind, verb, path, body, bearer) for body in bodies for bearer in (None, acme["public_key"], handle)]

    def one(number):
        kind, verb, path, body, bearer = asks[number]
        answer = site.ask(verb.upper(), filled(path, user), bearer, body, number)
        # 501 is the documented answer of what there is not yet.
        refused = 400 <= answer.status < 500 or answer.status == 501
        alike = path in ALIKE and bearer == acme["public_key"]
        return None if refused or alike else (kind, verb, path, sorted(body or ()), (bearer or "")[:3], answer.status)

    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        opened = [found for found in pool.map(one, range(len(asks))) if found]
    kinds = ", ".join(handles)
    check(f"{kinds}: none opens what is not its own", not opened and len(asks) > 5000, f"{len(asks)} requests, {len(opened)} let in {opened[:8]}")


def restricted(site, globex):
    """A session whose user has to enrol a factor: its token opens the way to one."""
    user = User(site, globex, "restricted")
    user.factors["totp"] = "fac_00000000000000000000000000"
    site.must(200, "PATCH", "/v1/admin/config", globex["api_key"], {"mfa_required": True})
    refused = lambda: site.ask("PATCH", "/v1/auth/me", user.token, {"name": "x"}).code == "mfa_enrollment_required"
    wait("the policy on the first instance", refused, 10)
    time.sleep(1)
    opened = set()
    for path, verb, _ in routes(site)[1]:
        if path == "/v1/auth/sign-out":
            continue
        for at in range(3):
            answer = site.ask(verb.upper(), filled(path, user), user.token, None if verb in ("get", "delete") else {"type": "totp", "name": "x"}, at)
            anybody = site.ask(verb.upper(), filled(path, user), None, None if verb in ("get", "delete") else {}, at)
            if answer.status < 400 and anybody.status >= 400:
                opened.add(f"{verb} {path}")
    factors = "/v1/users/{id}/mfa/factors"
    check("a restricted session opens the way to a factor only", opened == {"get /v1/auth/me", f"get {factors}", f"post {factors}"}, sorted(opened))


def filled(path, user):
    return path.replace("{id}", user.id).replace("{factor_id}", user.factors["totp"])


def half_let_in(site, acme, globex, mails, texts):
    pk = acme["public_key"]
    dora = User(site, acme, "dora", mails, texts, ("totp",))
    fred = User(site, acme, "fred", mails, texts)
    # The first link to a mailbox nobody had proven ends what was there before.
    site.must(200, "POST", "/v1/auth/email/verify", None, {"token": mails.find(dora.email, r"(vfy_[\w-]+)")})
    after = len(mails.mails)
    handles = {"challenge": dora.challenge(), "refresh": dora.session["refresh_token"], "vfy": mails.find(fred.email, r"(vfy_[\w-]+)")}
    handles["pks"] = site.must(200, "POST", "/v1/auth/passkey/options", pk, {}).body["challenge_id"]
    site.must(202, "POST", "/v1/auth/magic-link", pk, {"email": dora.email, "redirect_url": APP})
    site.must(202, "POST", "/v1/auth/password/forgot", pk, {"email": dora.email})
    link = mails.find(dora.email, r"(mlk_[\w-]+)", after)
    location = press(site, link, 0).headers["Location"]
    handles["cod"] = urllib.parse.parse_qs(urllib.parse.urlsplit(location).query)["code"][0]
    after = len(mails.mails)
    site.must(202, "POST", "/v1/auth/magic-link", pk, {"email": dora.email, "redirect_url": APP})
    handles["mlk"] = mails.find(dora.email, r"(mlk_[\w-]+)", after)
    handles["rst"] = mails.find(dora.email, r"(rst_[\w-]+)")
    site.must(200, "PATCH", "/v1/auth/me", fred.token, {"email": "fred.new@example.com"})
    handles["chg"] = mails.find("fred.new@example.com", r"(chg_[\w-]+)")
    handles["und"] = mails.find(fred.email, r"(und_[\w-]+)")
    # The challenge of a browser is the random part of what is stored.
    asked = site.must(201, "POST", f"/v1/users/{fred.id}/mfa/factors", fred.token, {"type": "webauthn"}).body
    handles["pke"] = handles["pks"].replace("pks_", "pke_")[:30] + re.search(r'"challenge": "([\w-]+)"', json.dumps(asked)).group(1)
    gina = User(site, acme, "gina", mails, texts, ("totp",))
    site.must(202, "POST", "/v1/mfa/recovery-requests", None, {"challenge_id": gina.challenge()})
    handles["rcv"] = mails.find(gina.email, r"(rcv_[\w-]+)")
    site.at_once(16, lambda n: gina.sign_in(WRONG, n))
    handles["unl"] = mails.find(gina.email, r"(unl_[\w-]+)")
    assert set(handles) == set(OWN), set(handles) ^ set(OWN)
    sweep(site, acme, handles, dora)

    foreign = []
    for path, body in (
        ("/v1/auth/magic-link/verify", {"token": handles["mlk"]}), ("/v1/auth/magic-link/verify", {"code": handles["cod"]}),
        ("/v1/auth/password/reset", {"token": handles["rst"], "new_password": PASSWORD + " 9"}), ("/v1/auth/email/verify", {"token": handles["vfy"]}),
        ("/v1/auth/email/verify", {"token": handles["chg"]}), ("/v1/auth/email/undo", {"token": handles["und"]}),
        ("/v1/mfa/verify", {"challenge_id": handles["challenge"], "factor_id": dora.factors["totp"], "code": totp(dora.secret)}),
        ("/v1/auth/unlock", {"token": handles["unl"]}), ("/v1/mfa/recovery-requests/prove", {"token": handles["rcv"]}),
        ("/v1/auth/token/refresh", {"refresh_token": handles["refresh"]}),
    ):
        foreign.append((path, site.ask("POST", path, globex["public_key"], body)))
    check("with the key of another tenant nothing is taken", all(400 <= a.status < 500 for _, a in foreign), [(p, a.status) for p, a in foreign if a.status < 400])
    still = dora.verify(handles["challenge"], "totp", totp(dora.secret))
    check("and the owner's own are as good as before", still.status == 200, still.status)
    for path, kind in (("/v1/auth/unlock", "unl"), ("/v1/mfa/recovery-requests/prove", "rcv"), ("/v1/auth/email/undo", "und")):
        once(f"{kind}_", site.at_once(6, lambda n: site.ask("POST", path, None, {"token": handles[kind]}, n)))
    restricted(site, globex)


def main():
    work = pathlib.Path(tempfile.mkdtemp(prefix="handles."))
    work.chmod(0o755)
    postgres, mails, texts = Postgres(work, PG_BIN, "-c fsync=off"), Mailboxes(), Texts()
    redis_port = free_port()
    redis = subprocess.Popen(
        ["redis-server", "--bind", "127.0.0.1", "--port", str(redis_port), "--save", "", "--appendonly", "no"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, cwd=work,
    )
    settings = {
        "RATE_LIMIT_ENABLED": "true", "REDIS_URL": f"redis://127.0.0.1:{redis_port}/0", "TRUST_PROXY": "true",
        "RATE_LIMIT_LOGIN_TENANT_MAX": "100000",
        # Without the waits before it, so that the mail of the hard lock comes at once.
        "ACCOUNT_LOCKOUT_SOFT_THRESHOLD": "10",
        "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(mails.port), "SMTP_TLS": "none", "SMTP_FROM": "no-reply@example.com",
        "SMS_PROVIDER": "twilio", "TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "secret", "TWILIO_FROM": "+15550100",
        "TWILIO_BASE_URL": f"http://127.0.0.1:{texts.port}",
    }
    instances = [Instance(PROGRAM, postgres.url, work, **settings) for _ in range(3)]
    try:
        for instance in instances:
            instance.start()
        acme, globex = (instances[0].json("tenants", "create", "--name", name) for name in ("Acme", "Globex"))
        site = Site([instance.port for instance in instances])
        for tenant in (acme, globex):
            config = {"magic_link_enabled": True, "allowed_redirect_urls": [APP]}
            site.must(200, "PATCH", "/v1/admin/config", tenant["api_key"], config)
        time.sleep(0.1)
        for trial, given in ((guessing, (acme,)), (replays, (acme,)), (half_let_in, (acme, globex))):
            began = time.monotonic()
            trial(site, *given, mails, texts)
            print(f"       {trial.__name__}: {time.monotonic() - began:.0f} s", flush=True)
    finally:
        for instance in instances:
            instance.stop()
        redis.kill()
        postgres.stop()
        shutil.rmtree(work, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
