"""Checks that PyJWT, jose and pyseto accept our tokens and refuse altered ones, and that we do too."""

import argparse
import base64
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import jwt
import pyseto

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
PASSWORD = "a long enough password 7"


class Report:
    """Counts checks and prints one line for each."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, name, holds, detail=""):
        self.passed += bool(holds)
        self.failed += not holds
        print(f"{'ok    ' if holds else 'FAILED'} {name}{'' if holds or not detail else f': {detail}'}")


class Server:
    """The program under test, on a free port with a data directory of its own."""

    def __init__(self, programs, data):
        self.programs = programs
        inherited = {k: v for k, v in os.environ.items() if not re.match(r"HELLOJOHN_|DATABASE_URL$|APP_URL$", k)}
        # Everything comes from one address, so there are no limits.
        self.environment = inherited | {"HELLOJOHN_DATA_DIR": str(data), "HELLOJOHN_PORT": "0",
                                        "RATE_LIMIT_ENABLED": "false",
                                        "HELLOJOHN_PASSWORD_BREACH_CHECK": "false", "NO_COLOR": "1"}
        data.mkdir(mode=0o700)
        self.output = data / "serve.log"
        with self.output.open("w") as log:
            self.process = subprocess.Popen(
                [programs / "hellojohn", "serve", "--dev"],
                env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )
        text = self._wait_for(r"sk_[\w-]+", r"pk_[\w-]+", r"tnt_\w+", r"http://[\w.]+:\d+")
        self.secret_key, self.publishable_key, self.tenant, self.url = text

    def _wait_for(self, *patterns):
        for _ in range(300):
            text = self.output.read_text()
            found = [re.search(pattern, text) for pattern in patterns]
            if all(found):
                return [match.group() for match in found]
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        sys.exit(f"the server did not start:\n{self.output.read_text()}")

    def call(self, method, path, body=None, bearer=None):
        """One request; answers status and JSON."""
        request = urllib.request.Request(self.url + path, method=method)
        request.add_header("X-Tenant-ID", self.tenant)
        if bearer:
            request.add_header("Authorization", f"Bearer {bearer}")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")

    def must(self, method, path, body=None, bearer=None):
        status, answer = self.call(method, path, body, bearer)
        if status >= 300:
            sys.exit(f"{method} {path} answered {status}: {answer}")
        return answer

    def sign_in(self):
        body = {"email": "ada@example.com", "password": PASSWORD}
        return self.must("POST", "/v1/auth/sign-in", body, self.publishable_key)["session"]["access_token"]

    def accepts(self, token):
        return self.must("POST", "/v1/sessions/verify", {"token": token}, self.secret_key)["valid"]

    def command(self, *arguments):
        run = subprocess.run(
            [self.programs / "hj", *arguments], env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=60,
        )
        if run.returncode:
            sys.exit(f"hj {' '.join(arguments)} failed: {run.stdout}{run.stderr}")
        return run.stdout

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return None


class PyJwt:
    """PyJWT with its own JWKS client."""

    name = "PyJWT"

    def __init__(self, server, issuer):
        self.issuer, self.audience = issuer, server.tenant
        self.keys = jwt.PyJWKClient(f"{server.url}/.well-known/jwks.json")

    def fetch_keys(self):
        """Fetches the keys anew; by itself it does so at most every 30 seconds."""
        self.keys.get_jwk_set(refresh=True)

    def claims(self, tokens):
        return [self._claims(token) for token in tokens]

    def _claims(self, token):
        try:
            key = self.keys.get_signing_key_from_jwt(token).key
            return jwt.decode(token, key, algorithms=["EdDSA"], issuer=self.issuer, audience=self.audience)
        except (jwt.PyJWTError, ValueError):
            return None


class Jose:
    """jose, in a Node process that answers line by line."""

    name = "jose"

    def __init__(self, server, issuer, script):
        self.request = {"issuer": issuer, "audience": server.tenant}
        self.jwks = f"{server.url}/.well-known/jwks.json"
        self.node = subprocess.Popen(["node", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.fetch_keys()

    def fetch_keys(self):
        """Lets the next call fetch the keys anew; by itself it does so at most every 30 seconds."""
        self.fresh = {"jwks": self.jwks}

    def claims(self, tokens):
        self.node.stdin.write(json.dumps(self.request | self.fresh | {"tokens": tokens}) + "\n")
        self.node.stdin.flush()
        self.fresh = {}
        return [answer.get("claims") for answer in json.loads(self.node.stdout.readline())]

    def stop(self):
        self.node.stdin.close()
        self.node.wait(timeout=10)


class PySeto:
    """pyseto, with the keys of /.well-known/paserk.json."""

    name = "pyseto"

    def __init__(self, server, issuer):
        self.issuer, self.audience = issuer, server.tenant
        keys = server.must("GET", "/.well-known/paserk.json")["keys"]
        self.keys = [pyseto.Key.from_paserk(key["paserk"]) for key in keys]

    def claims(self, tokens):
        return [self._claims(token) for token in tokens]

    def _claims(self, token):
        try:
            opened = pyseto.decode(self.keys, token, implicit_assertion=self.audience.encode(), deserializer=json)
        except Exception:  # whatever a library throws at an altered token is a refusal
            return None
        claims = opened.payload
        return claims if (claims["iss"], claims["aud"]) == (self.issuer, self.audience) else None


def alterations(token):
    """Two other characters for every position, the first of them differing in the lowest bit only."""
    for at, char in enumerate(token):
        number = ALPHABET.find(char)
        for other in (ALPHABET[number ^ 1], ALPHABET[(number + 29) % 64]) if number >= 0 else ("A", "-"):
            yield token[:at] + other + token[at + 1:]


def decoded(token):
    """The bytes a reader sees that ignores the unused bits at the end of base64url text."""
    def lenient(part):
        try:
            return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        except ValueError:
            return None
    return [lenient(part) for part in token.split(".")]


def check_altered(report, server, token, libraries, covered):
    """Every altered token is refused by us; by a library unless it decodes to the very same bytes.

    `covered` is the beginning of the token whose text, not only its bytes, the signature covers.
    """
    altered = list(alterations(token))
    ours = [text for text in altered if server.accepts(text)]
    report.check(f"HelloJohn refuses all {len(altered)} altered tokens", not ours, ours[:1])
    same = {text for text in altered if decoded(text) == decoded(token) and text.startswith(covered)}
    for library in libraries:
        taken = [text for text, claims in zip(altered, library.claims(altered)) if claims is not None]
        wrong = [text for text in taken if text not in same]
        report.check(f"{library.name} refuses all {len(altered) - len(same)} that decode to other bytes", not wrong, wrong[:1])
        lenient = len(taken) - len(wrong)
        if same:
            print(f"       {library.name} reads base64url {'leniently' if lenient else 'strictly'}: it takes "
                  f"{lenient} of {len(same)} with other text for the same bytes")


def check_jwt(report, server, issuer, jose, pyjwt, user):
    token = server.sign_in()
    report.check("a JWT is issued by default", token.count(".") == 2 and not token.startswith("v4."))
    report.check("HelloJohn accepts its own JWT", server.accepts(token))
    for library in (pyjwt, jose):
        claims = library.claims([token])[0]
        report.check(f"{library.name} verifies the JWT with the JWKS alone", claims and claims["sub"] == user, claims)
    check_altered(report, server, token, (pyjwt, jose), covered=token[:token.rindex(".") + 1])
    return token


def check_rotation(report, server, jose, pyjwt, old, user):
    before = jwt.get_unverified_header(old)["kid"]
    server.command("signing-keys", "generate", "--activate", "--now")
    new = server.sign_in()
    for _ in range(100):
        if jwt.get_unverified_header(new)["kid"] != before:
            break
        time.sleep(0.1)
        new = server.sign_in()
    report.check("a new key signs without a restart", jwt.get_unverified_header(new)["kid"] != before)
    for library in (pyjwt, jose):
        library.fetch_keys()
        both = library.claims([new, old])
        names = ("the token of the new key", "the token of the old key")
        for name, claims in zip(names, both):
            report.check(f"{library.name} verifies {name} with the new JWKS", claims and claims["sub"] == user, claims)
    report.check("HelloJohn accepts both", server.accepts(new) and server.accepts(old))


def check_paseto(report, server, issuer, old, user):
    config = server.must("PATCH", "/v1/admin/config", {"token_format": "paseto"}, server.secret_key)
    report.check("the tenant takes PASETO", config["token_format"] == "paseto", config)
    token = server.sign_in()
    report.check("a v4.public token is issued", token.startswith("v4.public."), token[:10])
    report.check("HelloJohn accepts its own PASETO and still the JWT", server.accepts(token) and server.accepts(old))
    library = PySeto(server, issuer)
    claims = library.claims([token])[0]
    report.check("pyseto verifies the PASETO with the PASERK keys alone", claims and claims["sub"] == user, claims)
    library.audience = library.audience[:-1] + ("0" if library.audience[-1] != "0" else "1")
    report.check("pyseto refuses it in the name of another tenant", library.claims([token])[0] is None)
    library.audience = server.tenant
    check_altered(report, server, token, (library,), covered="v4.public.")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", type=Path, required=True, help="folder of the built programs")
    parser.add_argument("--jose", type=Path, required=True, help="jose.mjs beside its node_modules")
    parser.add_argument("--data", type=Path, required=True, help="a new folder for the server")
    arguments = parser.parse_args()

    report = Report()
    server = Server(arguments.programs.resolve(), arguments.data)
    jose = None
    try:
        body = {"email": "ada@example.com", "password": PASSWORD, "name": "Ada"}
        signed_up = server.must("POST", "/v1/auth/sign-up", body, server.publishable_key)
        user, token = signed_up["user"]["id"], signed_up["session"]["access_token"]
        issuer = jwt.decode(token, options={"verify_signature": False})["iss"]
        jose = Jose(server, issuer, arguments.jose)
        pyjwt = PyJwt(server, issuer)
        token = check_jwt(report, server, issuer, jose, pyjwt, user)
        check_rotation(report, server, jose, pyjwt, token, user)
        check_paseto(report, server, issuer, token, user)
    finally:
        if jose:
            jose.stop()
        status = server.stop()
    report.check("the server stops cleanly on SIGTERM", status == 0, status)
    print(f"\n{report.passed} passed, {report.failed} failed")
    return report.failed != 0


sys.exit(main())
