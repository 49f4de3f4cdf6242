#!/usr/bin/env python3
"""Signs in with the codes of an authenticator that is not ours (RFC 6238).

    mfa_totp.py <server binary>

oathtool (Debian package `oathtool`) is given what a user's app would be given: the secret in base 32,
once as it is shown to type and once out of the otpauth URI. Its codes confirm the factor and sign in;
those of the window's edges count, those beyond it, the used and the older ones do not. Needs only
Python's own library and oathtool.
"""
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.parse

from setup import Development

PERIOD = 30
failed = 0


def check(name, holds, detail=""):
    global failed
    failed += not holds
    print(f"{'ok    ' if holds else 'FAILED'} {name}{f': {detail}' if detail and not holds else ''}", flush=True)


def code_at(secret, seconds):
    """What the authenticator shows at a moment."""
    moment = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(seconds))
    command = ["oathtool", "--totp", "--base32", "--digits=6", f"--time-step-size={PERIOD}s", f"--now={moment}", secret]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def start_of_step():
    """Waits until a step is young enough that all of a check happens within it."""
    while time.time() % PERIOD > PERIOD - 10:
        time.sleep(0.2)
    return int(time.time())


def challenge(server):
    status, body, _ = server.sign_in("ada@example.com")
    assert (status, body["error"]["code"]) == (403, "mfa_required"), body
    return body["error"]["challenge_id"]


def answer(server, factor, code, waiting=None):
    body = {"challenge_id": waiting or challenge(server), "factor_id": factor, "code": code}
    status, body, _ = server.post("/v1/mfa/verify", body)
    return status, body


def main(server):
    status, account, _ = server.sign_up("ada@example.com")
    assert status == 201, account
    user, token = account["user"]["id"], account["session"]["access_token"]
    own = {"Authorization": f"Bearer {token}"}
    call = lambda path, body: server.call("POST", f"/v1/users/{user}/mfa/{path}", body, own)

    publishable, server.key = server.key, token
    status, begun, _ = call("factors", {"type": "totp"})
    assert status == 201, begun
    secret, factor = begun["totp"]["secret"], begun["factor_id"]
    uri = urllib.parse.urlparse(begun["totp"]["uri"])
    asked = urllib.parse.parse_qs(uri.query)
    check("the URI says what the secret says", asked["secret"] == [secret], uri.geturl())
    expected = (["SHA1"], ["6"], [str(PERIOD)])
    check("the URI names the parameters", (asked["algorithm"], asked["digits"], asked["period"]) == expected, asked)
    label = urllib.parse.unquote(uri.path)
    check("the URI names tenant and account", label == f"/{asked['issuer'][0]}:ada@example.com", label)

    now = start_of_step()
    status, _, _ = call(f"factors/{factor}/confirm", {"code": code_at(secret, now - 2 * PERIOD)})
    check("a code from before the window confirms nothing", status == 401, status)
    status, confirmed, _ = call(f"factors/{factor}/confirm", {"code": code_at(secret, now - PERIOD)})
    check("a code of the step before confirms", status == 200 and confirmed["status"] == "active", confirmed)
    server.key = publishable

    now = start_of_step()
    status, body = answer(server, factor, code_at(secret, now))
    check("a code of this step signs in", status == 200 and body["mfa_verified"] is True, body)
    status, body = answer(server, factor, code_at(secret, now))
    check("the same code does not sign in again", (status, body["error"]["code"]) == (401, "mfa_code_invalid"), body)
    status, body = answer(server, factor, code_at(secret, now + 2 * PERIOD))
    check("a code of after the window does not", status == 401, body)
    status, body = answer(server, factor, code_at(secret, now + PERIOD))
    check("a code of the step after signs in", status == 200, body)
    status, body = answer(server, factor, code_at(secret, now))
    check("nothing older does from then on", status == 401, body)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="hellojohn-mfa-") as work:
        started = Development(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(work))
        try:
            main(started)
        finally:
            started.stop()
    sys.exit(1 if failed else 0)
