"""`build` and `fetch` killed at random moments, and a disk that fills up.

After every kill the published file must be whole and readable, a reader that was reading must not
have failed, and the next build must clean up and succeed. After every killed fetch a build must
accept what is there, and the next fetch must complete it. `make soak` kills 500 times.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import duckdb

from tests.servers.odata import served
from tests.servers.statline_tables import StatlineTable, regions_of, table_50150

ROOT = Path(__file__).parents[1]
LONGEST_BUILD_SECONDS = 60
SMALL_DISK_MB, LEFT_MB = 64, 4
NEIGHBOURHOODS = 300
PAGE_SIZE = 500
BUILT_EVERY = 5
"""Of so many killed fetches, one is followed by everything that a build does."""


@dataclass
class Kills:
    """What happened over a number of kills."""

    done: int = 0
    in_the_middle: int = 0
    reads: int = 0
    failures: list[str] = field(default_factory=list)


def build_command(warehouse: Path) -> list[str]:
    """Return the command that builds the shipped figures into a folder."""
    return [sys.executable, "-m", "etl", "build", "--warehouse", str(warehouse)]


def read_published(warehouse: Path) -> int:
    """Read the build in use as a reader does, every table of it; return its number of figures."""
    pointer = json.loads((warehouse / "current.json").read_text(encoding="utf-8"))
    with duckdb.connect(str(warehouse / pointer["file"]), read_only=True) as connection:
        ((build_id, expected),) = connection.execute(
            "select build_id, (select sum(figures) from marts.sources) from marts.build"
        ).fetchall()
        ((found,),) = connection.execute("select count(*) from marts.estimates").fetchall()
        if build_id != pointer["build_id"] or found != expected:
            raise AssertionError(f"{pointer}: {found} figures, {expected} expected")
        return int(found)


@contextmanager
def reading(warehouse: Path, kills: Kills) -> Iterator[None]:
    """Read without pause while builds come and are killed."""
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                read_published(warehouse)
            except (duckdb.Error, OSError, ValueError, AssertionError) as error:
                kills.failures.append(f"a reader: {error}")
            kills.reads += 1
            time.sleep(0.02)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def kill_builds(warehouse: Path, *, times: int, seed: int) -> Kills:
    """Kill builds at moments spread over a build's length; check after each."""
    kills = Kills()
    subprocess.run(build_command(warehouse), cwd=ROOT, check=True, capture_output=True)
    with reading(warehouse, kills):
        start = time.perf_counter()
        subprocess.run(build_command(warehouse), cwd=ROOT, check=True, capture_output=True)
        length = time.perf_counter() - start
        for moment in moments(times, within=length, seed=seed):
            kill_after(moment, build_command(warehouse), kills)
            _keep_few(warehouse)
    _next_build_cleans_up(warehouse, kills)
    return kills


def moments(times: int, *, within: float, seed: int) -> list[float]:
    """Return moments to kill at, in seconds after the start; a few come after the end."""
    chance = random.Random(seed)  # noqa: S311 - moments to kill at, not secrets
    return [chance.uniform(0, 1.2 * within) for _ in range(times)]


def kill_after(seconds: float, command: list[str], kills: Kills) -> None:
    """Run a command and kill it after some time, unless it has ended by then."""
    victim = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        victim.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        victim.send_signal(signal.SIGKILL)
        kills.in_the_middle += 1
    victim.wait(timeout=LONGEST_BUILD_SECONDS)
    kills.done += 1


def fetch_command(data: Path, *, base_url: str) -> list[str]:
    """Return the command that fetches one table from a service into a data folder."""
    return [
        *(sys.executable, "-m", "etl", "fetch", "--table", "50150NED"),
        *("--regions", "neighbourhoods", "--base-url", base_url, "--data", str(data)),
    ]


def kill_fetches(folder: Path, *, times: int, seed: int) -> Kills:
    """Kill fetches of a table that changes each time; what was loaded before must stay in use."""
    kills, data = Kills(), folder / "data"
    shutil.copytree(ROOT / "data" / "figures", data / "figures")
    for name in ("regions.csv", "quoted_figures.csv"):
        shutil.copy(ROOT / "data" / name, data)
    table = table_50150(regions=regions_of(neighbourhoods=NEIGHBOURHOODS))
    with served(table, page_size=PAGE_SIZE) as service:
        command = fetch_command(data, base_url=service.base_url)
        length = min(_seconds_of(command, table) for _ in range(2))
        for number, moment in enumerate(moments(times, within=length, seed=seed)):
            _change(table)
            kill_after(moment, command, kills)
            if number % BUILT_EVERY == 0:
                _must_work(_check_command(data), "a check after a killed fetch", kills)
        _must_work(command, "the fetch after the kills", kills)
    _must_work(_check_command(data), "a check after the last fetch", kills)
    kills.failures += [f"left behind: {file.name}" for file in data.rglob("*.tmp*")]
    return kills


def _change(table: StatlineTable) -> None:
    """Let the producer publish the table anew, a day later."""
    day = date.fromisoformat(table.modified[:10]) + timedelta(days=1)
    table.modified = f"{day}T02:00:00"


def _seconds_of(command: list[str], table: StatlineTable) -> float:
    """Return how long a whole fetch of a changed table takes."""
    _change(table)
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def _check_command(data: Path) -> list[str]:
    """Return the command that does all that a build does with a data folder, writing nothing."""
    return [sys.executable, "-m", "etl", "check", "--data", str(data)]


def _must_work(command: list[str], what: str, kills: Kills) -> None:
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        kills.failures.append(f"{what}: {result.stderr[-500:]}")


def _keep_few(warehouse: Path) -> None:
    """Remove old builds, so that a long soak measures kills and not the size of the disk."""
    in_use = json.loads((warehouse / "current.json").read_text(encoding="utf-8"))["file"]
    builds = sorted(warehouse.glob("goals-*.duckdb"), key=lambda file: file.stat().st_mtime_ns)
    for build in builds[:-20]:
        if build.name != in_use:
            build.unlink()


def _next_build_cleans_up(warehouse: Path, kills: Kills) -> None:
    result = subprocess.run(
        build_command(warehouse), cwd=ROOT, capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        kills.failures.append(f"the build after the kills: {result.stderr}")
    kills.failures += [f"left behind: {file.name}" for file in warehouse.glob("*.tmp*")]


def fill_a_small_disk(folder: Path) -> list[str]:
    """Build on a disk that is nearly full (a tmpfs, needs root); return what went wrong."""
    disk = folder / "small-disk"
    disk.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK_MB}m", "tmpfs", str(disk)], check=True
    )
    try:
        subprocess.run(build_command(disk), cwd=ROOT, check=True, capture_output=True)
        figures = read_published(disk)
        with (disk / "ballast").open("wb") as ballast:
            ballast.write(b"\0" * (shutil.disk_usage(disk).free - LEFT_MB * 1024 * 1024))
        full = subprocess.run(
            build_command(disk), cwd=ROOT, capture_output=True, text=True, check=False
        )
        failures = [] if full.returncode == 1 else [f"a full disk gave status {full.returncode}"]
        failures += ["a full disk gave a trace"] if "Traceback" in full.stderr else []
        failures += [] if "space" in full.stderr else [f"a full disk was told as {full.stderr!r}"]
        if read_published(disk) != figures:
            failures.append("a full disk changed what is published")
        (disk / "ballast").unlink()
        subprocess.run(build_command(disk), cwd=ROOT, check=True, capture_output=True)
        return failures + [f"left behind: {file.name}" for file in disk.glob("*.tmp*")]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def main() -> int:
    """Kill, fill, report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--times", type=int, default=400, help="builds to kill")
    parser.add_argument("--fetches", type=int, default=100, help="fetches to kill")
    parser.add_argument("--seed", type=int, default=20281101)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kills = kill_builds(Path(folder) / "warehouse", times=options.times, seed=options.seed)
        fetches = kill_fetches(Path(folder), times=options.fetches, seed=options.seed)
        failures = kills.failures + fetches.failures + fill_a_small_disk(Path(folder))
    print(
        f"{kills.done} builds, {kills.in_the_middle} of them killed in the middle;"
        f" {kills.reads} reads meanwhile;"
        f" {fetches.done} fetches, {fetches.in_the_middle} of them killed in the middle;"
        f" a small disk filled once; {len(failures)} failures"
    )
    for failure in failures[:20]:
        print(" ", failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
