"""Passkeys in a real browser: Chromium with its virtual authenticators, through a real page.

    passkeys_chromium.py <hellojohn>

Drives Chromium by WebDriver, which needs only Python's own library, Chromium and its driver.
"""
import base64
import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from setup import PASSWORD, Development, free_port, wait

# The page of an application: what docs/features/passkeys.md shows, and nothing else.
PAGE = """<!doctype html><meta charset="utf-8"><title>A page</title><script>
const api = async (method, path, body, token) => {
  const answer = await fetch(window.api + path, {
    method, body: body && JSON.stringify(body),
    headers: {"Content-Type": "application/json", "Authorization": "Bearer " + (token || window.key)},
  });
  return {status: answer.status, body: answer.status === 204 ? null : await answer.json()};
};
const create = async (options) => {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  return (await navigator.credentials.create({publicKey})).toJSON();
};
const get = async (options) => {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return (await navigator.credentials.get({publicKey})).toJSON();
};
const passkey = async (who) => {
  const asked = await api("POST", "/v1/auth/passkey/options", who);
  if (asked.status !== 200) return asked;
  const {challenge_id, options} = asked.body;
  return api("POST", "/v1/auth/passkey/verify", {challenge_id, credential: await get(options)});
};
</script>"""


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *_):
        pass


def serve_page():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://localhost:{server.server_port}"


class Browser:
    """A Chromium with one tab."""

    def __init__(self, work):
        port = free_port()
        log = open(work / "driver.log", "wb")
        self.driver = subprocess.Popen(
            ["chromedriver", f"--port={port}"], stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
        self.base = f"http://127.0.0.1:{port}"
        wait("chromedriver", lambda: self.is_ready())
        flags = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={work / 'profile'}"]
        if os.geteuid() == 0:
            flags.append("--no-sandbox")
        wanted = {"browserName": "chrome", "goog:chromeOptions": {"args": flags},
                  "webauthn:virtualAuthenticators": True, "timeouts": {"script": 30000}}
        opened = self.command("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.base += f"/session/{opened['sessionId']}"

    def is_ready(self):
        try:
            return self.command("GET", "/status")["ready"]
        except OSError:
            return False

    def command(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data=data, method=method)
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return json.loads(reply.read())["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path}: {error.read().decode()[:500]}") from None

    def open(self, page, server):
        self.command("POST", "/url", {"url": page})
        self.run("window.api = arguments[0]; window.key = arguments[1];", f"http://127.0.0.1:{server.port}", server.key)

    def run(self, script, *arguments):
        return self.command("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def call(self, expression, *arguments):
        """The value of an asynchronous expression of the page, or the name of its error."""
        script = f"""const done = arguments[arguments.length - 1], a = arguments;
            (async () => {expression})().then(done, (error) => done({{error: error.name}}));"""
        return self.command("POST", "/execute/async", {"script": script, "args": list(arguments)})

    def authenticator(self, transport="internal"):
        made = {"protocol": "ctap2", "transport": transport, "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True, "isUserConsenting": True}
        return self.command("POST", "/webauthn/authenticator", made)

    def verifies(self, authenticator, whether):
        self.command("POST", f"/webauthn/authenticator/{authenticator}/uv", {"isUserVerified": whether})

    def credentials(self, authenticator):
        return self.command("GET", f"/webauthn/authenticator/{authenticator}/credentials")

    def quit(self):
        try:
            self.command("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()


def expect(answer, status, code=None):
    assert answer.get("status") == status, answer
    assert code is None or answer["body"]["error"]["code"] == code, answer
    return answer["body"]


def claims(result):
    body = result["session"]["access_token"].split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=="))


def enrol(browser, user, token, name):
    path = f"/v1/users/{user}/mfa/factors"
    begun = expect(browser.call("api('POST', a[0], a[1], a[2])", path, {"type": "webauthn", "name": name}, token), 201)
    made = browser.call("create(a[0])", begun["webauthn"]["options"])
    assert "error" not in made, made
    confirm = f"{path}/{begun['factor_id']}/confirm"
    return expect(browser.call("api('POST', a[0], {credential: a[1]}, a[2])", confirm, made, token), 200), made


def trial(browser, server, page, other_page):
    browser.open(page, server)
    first = browser.authenticator()
    ada = {"email": "ada@example.com", "password": PASSWORD}
    expect(browser.call("api('POST', '/v1/auth/sign-up', a[0])", ada), 201)
    signed_in = expect(browser.call("api('POST', '/v1/auth/sign-in', a[0])", ada), 200)
    user, token = signed_in["user"]["id"], signed_in["session"]["access_token"]

    factor, made = enrol(browser, user, token, "Laptop")
    assert factor["status"] == "active" and factor["name"] == "Laptop", factor
    assert len(factor["backup_codes"]) == 10
    [kept] = browser.credentials(first)
    assert kept["rpId"] == "localhost" and kept["isResidentCredential"], kept
    assert len(base64.urlsafe_b64decode(kept["userHandle"] + "==")) == 32
    expect(browser.call("api('POST', '/v1/auth/sign-out', {}, a[0])", token), 204)
    print("enrolled", flush=True)

    opened = expect(browser.call("passkey({})"), 200)
    said = claims(opened)
    assert opened["user"]["id"] == user and said["amr"] == ["hwk", "user"] and said["mfa_verified"], said
    opened = expect(browser.call("passkey({email: 'ada@example.com'})"), 200)
    assert opened["user"]["id"] == user
    token = opened["session"]["access_token"]
    print("signed in with the passkey alone, with and without an address", flush=True)

    # Nobody's decoys look like credentials, and none of them is in the authenticator.
    asked = expect(browser.call("api('POST', '/v1/auth/passkey/options', {email: 'nobody@example.com'})"), 200)
    assert asked["options"]["allowCredentials"], asked
    refused = browser.call("get({...a[0], timeout: 2000})", asked["options"])
    assert refused.get("error") in ("NotAllowedError", "InvalidStateError"), refused
    # The same authenticator cannot be enrolled twice: the browser knows from `excludeCredentials`.
    path = f"/v1/users/{user}/mfa/factors"
    begun = expect(browser.call("api('POST', a[0], {type: 'webauthn'}, a[1])", path, token), 201)
    refused = browser.call("create(a[0])", begun["webauthn"]["options"])
    assert refused.get("error") == "InvalidStateError", refused

    password = browser.call("api('POST', '/v1/auth/sign-in', a[0])", ada)
    required = password["body"]["error"]
    assert required["code"] == "mfa_required", password
    challenge = {"challenge_id": required["challenge_id"], "factor_id": factor["id"]}
    sent = expect(browser.call("api('POST', '/v1/mfa/challenge', a[0])", challenge), 200)
    answer = browser.call("get(a[0])", sent["webauthn"]["options"])
    verified = expect(browser.call("api('POST', '/v1/mfa/verify', a[0])", {**challenge, "credential": answer}), 200)
    said = claims(verified)
    assert said["mfa_verified"] and said["amr"][:2] == ["pwd", "hwk"], said
    print("answered a challenge after the password", flush=True)

    # An authenticator that does not verify its user is no way in on its own.
    browser.verifies(first, False)
    asked = expect(browser.call("api('POST', '/v1/auth/passkey/options', {})"), 200)
    answer = browser.call("get({...a[0], userVerification: 'discouraged'})", asked["options"])
    body = {"challenge_id": asked["challenge_id"], "credential": answer}
    expect(browser.call("api('POST', '/v1/auth/passkey/verify', a[0])", body), 401, "user_verification_required")
    browser.verifies(first, True)

    # A page of another port is another origin, though the browser lets it use the passkey (R136).
    asked = expect(browser.call("api('POST', '/v1/auth/passkey/options', {})"), 200)
    browser.open(other_page, server)
    answer = browser.call("get(a[0])", asked["options"])
    assert "error" not in answer, answer
    browser.open(page, server)
    body = {"challenge_id": asked["challenge_id"], "credential": answer}
    expect(browser.call("api('POST', '/v1/auth/passkey/verify', a[0])", body), 401, "passkey_invalid")
    print("refused an unverified user and a page of another origin", flush=True)

    browser.authenticator("usb")
    key, _ = enrol(browser, user, token, "Key")
    listed = expect(browser.call("api('GET', a[0], null, a[1])", path, token), 200)
    assert sorted(one["name"] for one in listed["data"] if one["status"] == "active") == ["Key", "Laptop"], listed
    renamed = expect(browser.call("api('PATCH', a[0], {name: 'Desk'}, a[1])", f"{path}/{factor['id']}", token), 200)
    assert renamed["name"] == "Desk"
    expect(browser.call("api('DELETE', a[0], null, a[1])", f"{path}/{factor['id']}", token), 204)
    # The first authenticator still has the credential; nobody knows it any more.
    asked = expect(browser.call("api('POST', '/v1/auth/passkey/options', {})"), 200)
    answer = browser.call("get({...a[0], allowCredentials: [{type: 'public-key', id: a[1]}]})", asked["options"], made["id"])
    body = {"challenge_id": asked["challenge_id"], "credential": answer}
    expect(browser.call("api('POST', '/v1/auth/passkey/verify', a[0])", body), 401, "passkey_invalid")
    opened = expect(browser.call("passkey({email: 'ada@example.com'})"), 200)
    assert opened["user"]["id"] == user
    print("enrolled a second one, renamed and removed the first", flush=True)


def main():
    with tempfile.TemporaryDirectory(prefix="hj") as folder:
        work = pathlib.Path(folder)
        page, other_page = serve_page(), serve_page()
        origins = {"HELLOJOHN_ALLOWED_ORIGINS": f"{page},{other_page}", "HELLOJOHN_WEBAUTHN_ORIGINS": page}
        server = Development(sys.argv[1], work, **origins)
        browser = Browser(work)
        try:
            trial(browser, server, page, other_page)
        finally:
            browser.quit()
            server.stop()
    print("passkeys in Chromium: passed")


if __name__ == "__main__":
    main()
