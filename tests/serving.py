"""The dashboard as a process of its own, for tests that need the real thing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SECONDS_TO_START = 60


@dataclass(frozen=True)
class Answer:
    """Status, headers (lower case) and body of one answer."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Dashboard:
    """A running dashboard."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        """What the process wrote so far, warnings and traces included."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def get(self, path: str, **headers: str) -> Answer:
        """Ask an address, without following redirects or decompressing."""
        request = urllib.request.Request(
            self.address + path,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return _answer(response.status, response.headers.items(), response.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return _answer(refused.code, refused.headers.items(), refused.read())


def _answer(status: int, headers: Iterator[tuple[str, str]], body: bytes) -> Answer:
    return Answer(status, {name.lower(): value for name, value in headers}, body)


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(warehouse: Path, *, waits_for: int = 200) -> Iterator[Dashboard]:
    """Run `python -m dashboard serve` until the block ends; `waits_for` is its health status."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("wb") as log:
        # a file and no pipe: a full pipe would stop the server
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "dashboard", "serve", "--no-browser"),
                *("--port", str(port), "--warehouse", str(warehouse)),
            ],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        running = Dashboard(f"http://localhost:{port}", process, Path(log.name))
        try:
            _wait_until_healthy(running, status=waits_for)
            yield running
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_until_healthy(running: Dashboard, *, status: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            if running.get("/healthz").status == status:
                return
        except (urllib.error.URLError, ConnectionError):
            pass
        if running.process.poll() is not None:
            raise RuntimeError(f"the dashboard stopped by itself:\n{running.said()}")
        time.sleep(0.1)
    raise TimeoutError(f"not healthy within {SECONDS_TO_START} seconds")
