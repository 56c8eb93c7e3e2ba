"""How long visitors wait when many walk through the dashboard while a new build is published.

Sessions over the real websocket protocol, each with a think time of 1.5 s on average, choose
municipalities and pages; after a quarter of the time a new build is published underneath. The same
number of sessions visits a bare Streamlit page (`stock_page`) in the same run, with the same build
beside it. The driver shares the processors with the servers, so the ratio of the two counts.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from websockets.exceptions import WebSocketException

from benchmarks.load_client import Run, Visitor, visiting
from benchmarks.load_servers import ROOT, Server, dashboards, stock_page
from dashboard.navigation import PAGES

THINK_SECONDS = (1.0, 2.0)
LONGEST_ACTION_SECONDS = 60
MEMORY_SESSIONS = 60
MUNICIPALITIES = {
    "GM1783": "Westland",
    "GM0503": "Delft",
    "GM0518": "’s-Gravenhage",
    "GM0599": "Rotterdam",
    "GM0363": "Amsterdam",
    "GM0344": "Utrecht",
    "GM0014": "Groningen",
    "GM0935": "Maastricht",
}
ABOUT = "over-de-cijfers"
"""The page that names earlier builds too; every other page names one."""

Walk = Callable[[Visitor, random.Random], Awaitable[tuple[str, Run]]]


@dataclass
class Level:
    """What happened with a number of sessions."""

    sessions: int
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    received: int = 0
    builds: set[str] = field(default_factory=set)
    memory_mb: float = 0.0
    cpu_seconds: float = 0.0
    """Processor time of the servers: what other work on the machine does not change much."""

    def percentile(self, percent: int) -> float:
        """Return a percentile of the time from action to settled page, in seconds."""
        if len(self.seconds) < 2:
            return float("nan")  # so overloaded that hardly anything was answered
        return statistics.quantiles(self.seconds, n=100, method="inclusive")[percent - 1]


async def walk_dashboard(visitor: Visitor, chance: random.Random) -> tuple[str, Run]:
    """Go to another page, with another municipality every third time."""
    path = chance.choice([page.path for page in PAGES])
    code = chance.choice(list(MUNICIPALITIES))
    return path, await visitor.open(path, {"gemeente": code})


async def walk_stock(visitor: Visitor, chance: random.Random) -> tuple[str, Run]:
    """Choose another place in the one list."""
    return "", await visitor.choose("Gemeente", f"Gemeente {chance.randint(1, 40)}")


async def session(address: str, walk: Walk, *, level: Level, until: float, seed: int) -> None:
    """Walk and think until the time is over."""
    chance = random.Random(seed)  # noqa: S311 - where to walk, not a secret
    try:
        async with visiting(address) as visitor:
            await asyncio.wait_for(visitor.open("", {}), LONGEST_ACTION_SECONDS)
            await asyncio.sleep(chance.uniform(0, THINK_SECONDS[1]))
            while time.monotonic() < until:
                path, run = await asyncio.wait_for(walk(visitor, chance), LONGEST_ACTION_SECONDS)
                level.seconds.append(run.seconds)
                level.received += run.received
                level.errors += wrong_with(path, run)
                level.builds |= run.build_ids if path != ABOUT else set()
                await asyncio.sleep(chance.uniform(*THINK_SECONDS))
    except (OSError, WebSocketException, TimeoutError) as error:
        level.errors.append(f"{type(error).__name__}: {error}")


def wrong_with(path: str, run: Run) -> list[str]:
    """Return the errors that a page shows, and whether it mixes builds."""
    wrong = [f"/{path}: {name}" for name in run.exceptions()]
    if any(b"dm-problem" in payload for payload in run.payloads):
        wrong.append(f"/{path}: no build could be shown")
    if path != ABOUT and len(run.build_ids) > 1:
        wrong.append(f"/{path}: a mixture of {sorted(run.build_ids)}")
    return wrong


async def measure(
    servers: Sequence[Server], walk: Walk, *, sessions: int, seconds: float, publish: Path
) -> Level:
    """Let sessions walk for a time, publish a build meanwhile, and take the figures."""
    level = Level(sessions)
    before = sum(server.cpu_seconds() for server in servers)
    start = time.monotonic()
    walking = [
        session(
            servers[number % len(servers)].address,
            walk,
            level=level,
            until=start + seconds,
            seed=number,
        )
        for number in range(sessions)
    ]
    await asyncio.gather(*walking, publish_at(start + seconds / 4, warehouse=publish))
    level.cpu_seconds = sum(server.cpu_seconds() for server in servers) - before
    level.memory_mb = sum(server.memory_mb() for server in servers)
    return level


async def publish_at(moment: float, *, warehouse: Path) -> None:
    """Publish a build when the time has come."""
    await asyncio.sleep(moment - time.monotonic())
    build = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "etl", "build", "--warehouse", str(warehouse)),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    if await build.wait():
        raise RuntimeError("the build underneath failed")


async def visit_everything(servers: Sequence[Server]) -> None:
    """Ask every page of every municipality once, so that no level pays for the first time."""
    for server in servers:
        async with visiting(server.address, keep=False) as visitor:
            for code in MUNICIPALITIES:
                for page in PAGES:
                    await visitor.open(page.path, {"gemeente": code})


async def repeat(server: Server, *, actions: int) -> list[float]:
    """Return the memory after each quarter of many actions of one session without thinking."""
    chance = random.Random(0)  # noqa: S311 - where to walk
    memory = [server.memory_mb()]
    async with visiting(server.address, keep=False) as visitor:
        await visitor.open("", {})
        for number in range(1, actions + 1):
            await walk_dashboard(visitor, chance)
            if number % (actions // 4) == 0:
                memory.append(server.memory_mb())
    return memory


async def memory_per_session(server: Server) -> float:
    """Return what each session beyond the tenth costs while its visitor looks at a page, in MB."""
    async with AsyncExitStack() as stack:
        memory = []
        for number in range(1, MEMORY_SESSIONS + 1):
            visitor = await stack.enter_async_context(visiting(server.address, keep=False))
            for page in PAGES:
                await visitor.open(page.path, {"gemeente": "GM1783"})
            if number in (10, MEMORY_SESSIONS):
                memory.append(server.memory_mb())
        first, last = memory
        return (last - first) / (MEMORY_SESSIONS - 10)


def report(name: str, level: Level, *, processes: int) -> None:
    """Print one line of the table."""
    longest = max(level.seconds, default=float("nan"))
    print(
        f"| {name} | {level.sessions} | {processes} | {len(level.seconds)} |"
        f" {level.percentile(50):.3f} | {level.percentile(95):.3f} | {longest:.3f} |"
        f" {len(level.errors)} | {level.received / max(len(level.seconds), 1) / 1000:.0f} |"
        f" {1000 * level.cpu_seconds / max(len(level.seconds), 1):.0f} | {level.memory_mb:.0f} |",
        flush=True,
    )
    for error in level.errors[:5]:
        print("  ", error)


def run_level(sessions: int, *, processes: int, seconds: float, folder: Path) -> list[Level]:
    """Measure the bare page and the dashboard with as many sessions, each on fresh servers."""
    warehouse = folder / "warehouse"
    with stock_page(folder, processes=processes) as servers:
        stock = asyncio.run(
            measure(
                servers, walk_stock, sessions=sessions, seconds=seconds, publish=folder / "beside"
            )
        )
    report("bare page", stock, processes=processes)
    with dashboards(warehouse, processes=processes) as servers:
        asyncio.run(visit_everything(servers))
        ours = asyncio.run(
            measure(servers, walk_dashboard, sessions=sessions, seconds=seconds, publish=warehouse)
        )
    report("dashboard", ours, processes=processes)
    ratio = ours.percentile(95) / stock.percentile(95)
    print(f"  p95 ratio {ratio:.2f}; builds seen: {len(ours.builds)}", flush=True)
    return [stock, ours]


def main() -> int:
    """Print a table over the numbers of sessions; status 1 where anybody saw an error."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--sessions", type=int, nargs="+", default=[1, 10, 20, 25, 50, 100])
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--actions", type=int, default=1000, help="of the one long session")
    options = parser.parse_args()
    errors = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asyncio.run(publish_at(time.monotonic(), warehouse=folder / "warehouse"))
        print(f"load of the machine before: {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
        print(
            "| server | sessions | processes | actions | p50 s | p95 s | longest s | errors |"
            " kB per action | CPU ms per action | memory MB |\n|---|" + "--:|" * 10
        )
        for sessions in options.sessions:
            processes = 2 if sessions >= 100 else 1
            levels = run_level(
                sessions, processes=processes, seconds=options.seconds, folder=folder
            )
            errors += levels[1].errors
        if options.actions:
            with dashboards(folder / "warehouse") as (server,):
                asyncio.run(visit_everything([server]))
                each = asyncio.run(memory_per_session(server))
                memory = asyncio.run(repeat(server, actions=options.actions))
            print(f"memory per session beyond the tenth: {each:.2f} MB")
            quarters = ", ".join(f"{megabytes:.1f}" for megabytes in memory)
            print(f"memory over {options.actions} actions of one session, by quarter: {quarters}")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
