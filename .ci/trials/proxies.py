#!/usr/bin/env python3
"""Sends real requests through the proxies' files of deploy/ to a running server.

    proxies.py <server binary>

Behind nginx and behind Caddy: a sign-up succeeds, the session has the client's own address and not
the one it claims, security headers come once, /metrics is not public; nginx limits sign-ins, and
Caddy takes an instance that is stopping out of rotation. Needs nginx, caddy, curl and openssl.
"""
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from setup import PASSWORD, Development, free_port, wait

SERVER = pathlib.Path(sys.argv[1]).resolve()
DEPLOY = pathlib.Path(__file__).resolve().parents[2] / "deploy"
# Any address of this host's own network that is not the one everything listens on.
CLIENT = "127.0.0.2"
problems = []


def check(ok, text):
    print(("ok     " if ok else "FAILED ") + text, flush=True)
    if not ok:
        problems.append(text)


def curl(url, *arguments):
    """Status, headers (lower-case names, all values) and body."""
    done = subprocess.run(
        ["curl", "-sk", "-i", "--http1.1", "--max-time", "20", "--interface", CLIENT, url, *arguments],
        capture_output=True, text=True,
    )
    head, _, body = done.stdout.partition("\n\n") if "\r\n\r\n" not in done.stdout else done.stdout.partition("\r\n\r\n")
    lines = head.splitlines()
    status = int(lines[0].split()[1]) if lines else 0
    headers = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), []).append(value.strip())
    return status, headers, body


def post(url, key, body, *arguments):
    return curl(url, "-H", f"Authorization: Bearer {key}", "-H", "Content-Type: application/json", "-d", json.dumps(body), *arguments)


def through(name, base, key):
    """What holds behind every proxy."""
    forged = ["-H", "X-Forwarded-For: 203.0.113.9", "-H", "X-Real-IP: 203.0.113.9"]
    status, headers, body = post(f"{base}/v1/auth/sign-up", key, {"email": f"{name}@example.com", "password": PASSWORD}, *forged)
    check(status == 201, f"{name}: a sign-up is answered {status}")
    token = json.loads(body)["session"]["access_token"]
    _, _, body = curl(f"{base}/v1/sessions", "-H", f"Authorization: Bearer {token}")
    address = re.search(r'"ip_address":"([^"]*)"', body)
    address = address and address.group(1)
    check(address == CLIENT, f"{name}: the session's address is {address}, not the one that was claimed")
    for header in ("strict-transport-security", "x-content-type-options", "x-frame-options", "referrer-policy"):
        check(len(headers.get(header, [])) == 1, f"{name}: {header}: {headers.get(header)}")
    check(headers.get("x-frame-options") == ["DENY"], f"{name}: frames are refused")
    status, _, _ = curl(f"{base}/metrics")
    check(status in (403, 404), f"{name}: /metrics is answered {status}")
    status, _, _ = curl(f"{base}/health")
    check(status == 200, f"{name}: /health is answered {status}")


def nginx(work, server):
    http, https = free_port(), free_port()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
         "-subj", "/CN=auth.example.com", "-keyout", work / "privkey.pem", "-out", work / "fullchain.pem"],
        check=True, capture_output=True,
    )
    site = (DEPLOY / "nginx" / "hellojohn.conf").read_text()
    for old, new in (
        ("/etc/ssl/hellojohn", str(work)), ("listen 80;", f"listen 127.0.0.1:{http};"),
        ("    listen [::]:80;\n", ""), ("listen 443 ssl", f"listen 127.0.0.1:{https} ssl"),
        ("    listen [::]:443 ssl http2;\n", ""), ("server 127.0.0.1:3000", f"server 127.0.0.1:{server.port}"),
    ):
        assert old in site, old
        site = site.replace(old, new)
    (work / "site.conf").write_text(site)
    (work / "nginx.conf").write_text(
        f"pid {work}/nginx.pid;\nerror_log {work}/error.log;\ndaemon off;\nevents {{}}\nhttp {{\naccess_log off;\n"
        + "".join(f"{kind}_temp_path {work}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        + f"include {work}/site.conf;\n}}\n"
    )
    program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    tested = subprocess.run([program, "-t", "-q", "-c", work / "nginx.conf"], capture_output=True, text=True)
    check(tested.returncode == 0, f"nginx: the site is accepted {tested.stderr.strip()}")
    process = subprocess.Popen([program, "-c", work / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        base = f"https://127.0.0.1:{https}"
        wait("nginx", lambda: curl(f"{base}/livez")[0] == 200)
        through("nginx", base, server.key)
        status, headers, _ = curl(f"http://127.0.0.1:{http}/health")
        check(status == 308 and headers["location"][0].startswith("https://"), "nginx: plain HTTP is redirected")
        wrong = {"email": "nobody@example.com", "password": "not the right one"}
        statuses = [post(f"{base}/v1/auth/sign-in", server.key, wrong)[0] for _ in range(26)]
        check(429 in statuses and statuses[0] == 401, f"nginx: sign-ins beyond the limit are refused ({statuses.count(429)} of 26)")
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait()


def caddy(work, server):
    port = free_port()
    env = {
        **os.environ, "SITE_ADDRESS": f"http://127.0.0.1:{port}", "UPSTREAMS": f"127.0.0.1:{server.port}",
        "HEALTH_INTERVAL": "200ms", "HOME": str(work), "XDG_DATA_HOME": str(work), "XDG_CONFIG_HOME": str(work),
    }
    log = open(work / "caddy.log", "wb")
    # Without the administration port, which another Caddy of this host may have.
    settings = work / "Caddyfile"
    settings.write_text("{\n\tadmin off\n}\n" + (DEPLOY / "caddy" / "Caddyfile").read_text())
    process = subprocess.Popen(["caddy", "run", "--adapter", "caddyfile", "--config", settings], env=env, stdout=log, stderr=log)
    try:
        base = f"http://127.0.0.1:{port}"
        wait("caddy", lambda: curl(f"{base}/livez")[0] == 200)
        through("caddy", base, server.key)
        _, headers, _ = curl(f"{base}/livez")
        check("server" not in headers, "caddy: no Server header")
        # A stop: unready first, so Caddy takes it out of rotation while it still accepts connections.
        server.process.terminate()
        time.sleep(1.2)
        with socket.socket() as s:
            check(s.connect_ex(("127.0.0.1", server.port)) == 0, "caddy: the stopping server still accepts connections")
        status, _, _ = curl(f"{base}/livez")
        check(status == 503, f"caddy: an instance that is stopping gets no requests ({status} without another one)")
    finally:
        process.terminate()
        process.wait()


def main():
    root = pathlib.Path(tempfile.mkdtemp(prefix="hellojohn-proxies-"))
    root.chmod(0o755)
    server = None
    try:
        server = Development(SERVER, root, HELLOJOHN_TRUST_PROXY_HOPS="1", HELLOJOHN_DRAIN_DELAY="3s")
        for trial in (nginx, caddy):
            work = root / trial.__name__
            work.mkdir()
            trial(work, server)
        check(server.process.wait(timeout=40) == 0, "the server stopped in order")
    finally:
        if server:
            server.process.kill()
        shutil.rmtree(root, ignore_errors=True)
    print(f"{len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
