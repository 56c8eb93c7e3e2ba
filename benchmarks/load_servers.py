"""The servers that the load driver visits, as processes of their own, and what they cost."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SECONDS_TO_START = 60


@dataclass(frozen=True)
class Server:
    """A running server."""

    address: str
    process: subprocess.Popen[bytes]

    def memory_mb(self) -> float:
        """Return the resident memory in MB (10⁶ bytes), from the kernel's count."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) * 1024 / 1e6

    def cpu_seconds(self) -> float:
        """Return the processor time used so far, in seconds."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(command: list[str], *, port: int, cwd: Path = ROOT) -> Iterator[Server]:
    """Run a server until the block ends, from when it says that it is healthy."""
    process = subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    server = Server(f"http://localhost:{port}", process)
    try:
        _wait_until_healthy(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_until_healthy(server: Server) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(  # noqa: S310 - our own server on the loopback
                f"{server.address}/_stcore/health", timeout=5
            ):
                return
        except OSError:  # not there yet, or too busy to answer
            time.sleep(0.1)
    raise TimeoutError(f"{server.address} is not healthy within {SECONDS_TO_START} seconds")


@contextmanager
def dashboards(warehouse: Path, *, processes: int = 1) -> Iterator[list[Server]]:
    """Run the dashboard as its command line does, in one process or several."""
    with ExitStack() as stack:
        servers = []
        for _ in range(processes):
            port = free_port()
            command = [
                *(sys.executable, "-m", "dashboard", "serve", "--no-browser"),
                *("--port", str(port), "--warehouse", str(warehouse)),
            ]
            servers.append(stack.enter_context(started(command, port=port)))
        yield servers


@contextmanager
def stock_page(folder: Path, *, processes: int = 1) -> Iterator[list[Server]]:
    """Run the bare page with Streamlit's own command and settings, away from our configuration."""
    with ExitStack() as stack:
        servers = []
        for _ in range(processes):
            port = free_port()
            command = [
                *(sys.executable, "-m", "streamlit", "run"),
                str(Path(__file__).with_name("stock_page.py")),
                *("--server.port", str(port), "--server.address", "localhost"),
                *("--server.headless", "true", "--browser.gatherUsageStats", "false"),
            ]
            servers.append(stack.enter_context(started(command, port=port, cwd=folder)))
        yield servers
