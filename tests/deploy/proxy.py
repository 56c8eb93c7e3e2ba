"""The nginx configuration of deploy/ as it is, on ports of the loopback."""

from __future__ import annotations

import os
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.install import find_proxy
from tests.serving import ROOT, free_port

SECONDS_TO_START = 15
AROUND = """
{user}
daemon off;
error_log {folder}/error.log warn;
pid {folder}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A running nginx: its address, the port without TLS, and how to trust it."""

    address: str
    plain_port: int
    trust: ssl.SSLContext
    folder: Path

    def get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Ask an address; return status, headers (lower case) and body."""
        request = urllib.request.Request(self.address + path)
        try:
            with urllib.request.urlopen(request, context=self.trust, timeout=30) as answer:
                headers = {name.lower(): value for name, value in answer.headers.items()}
                return answer.status, headers, answer.read()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, {}, refused.read()


@contextmanager
def behind_nginx(folder: Path, *, ports: Sequence[int]) -> Iterator[Proxy]:
    """Run nginx before dashboards on these two ports until the block ends."""
    secure, plain = free_port(), free_port()
    certificate, key = _certificate(folder)
    first, second = ports
    written = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for stands, comes in {
        "127.0.0.1:8501": f"127.0.0.1:{first}",
        "127.0.0.1:8502": f"127.0.0.1:{second}",
        "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "/etc/ssl/doelmonitor/fullchain.pem": str(certificate),
        "/etc/ssl/doelmonitor/privkey.pem": str(key),
        "doelmonitor.example": "localhost",
    }.items():
        assert stands in written, stands
        written = written.replace(stands, comes)
    (folder / "site.conf").write_text(written)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(user=user, folder=folder))
    process = subprocess.Popen([str(find_proxy()), "-c", str(folder / "nginx.conf")])
    trust = ssl.create_default_context(cafile=str(certificate))
    proxy = Proxy(f"https://localhost:{secure}", plain, trust, folder)
    try:
        _wait_until_it_answers(proxy)
        yield proxy
    finally:
        process.terminate()
        process.wait(timeout=10)


def _certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key


def _wait_until_it_answers(proxy: Proxy) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            if proxy.get("/healthz")[0] == 200:
                return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.05)
    raise TimeoutError((proxy.folder / "error.log").read_text())
