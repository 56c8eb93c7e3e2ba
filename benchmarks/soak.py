"""`build` and `fetch` killed at random moments, and a disk that fills up.

After every kill the published file must be whole and readable, a reader that was reading must not
have failed, and the next build must clean up and succeed. `make soak` kills 500 times.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[1]
LONGEST_BUILD_SECONDS = 60


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
    moments = random.Random(seed)  # noqa: S311 - moments to kill at, not secrets
    kills = Kills()
    start = time.perf_counter()
    subprocess.run(build_command(warehouse), cwd=ROOT, check=True, capture_output=True)
    length = time.perf_counter() - start
    with reading(warehouse, kills):
        for _ in range(times):
            victim = subprocess.Popen(
                build_command(warehouse),
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                victim.wait(timeout=moments.uniform(0, 1.1 * length))
            except subprocess.TimeoutExpired:
                victim.send_signal(signal.SIGKILL)
                kills.in_the_middle += 1
            victim.wait(timeout=LONGEST_BUILD_SECONDS)
            kills.done += 1
            _keep_few(warehouse)
    _next_build_cleans_up(warehouse, kills)
    return kills


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
    """Build on a disk of one megabyte (a tmpfs, needs root); return what went wrong."""
    disk = folder / "small-disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)], check=True)
    try:
        subprocess.run(build_command(disk), cwd=ROOT, check=True, capture_output=True)
        figures = read_published(disk)
        with (disk / "ballast").open("wb") as ballast:
            ballast.write(b"\0" * (9 * 1024 * 1024))
        full = subprocess.run(
            build_command(disk), cwd=ROOT, capture_output=True, text=True, check=False
        )
        failures = [] if full.returncode == 1 else [f"a full disk gave status {full.returncode}"]
        failures += ["a full disk gave a trace"] if "Traceback" in full.stderr else []
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
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--seed", type=int, default=20281101)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kills = kill_builds(Path(folder) / "warehouse", times=options.times, seed=options.seed)
        failures = kills.failures + fill_a_small_disk(Path(folder))
    print(
        f"{kills.done} builds, {kills.in_the_middle} of them killed in the middle;"
        f" {kills.reads} reads meanwhile; a small disk filled once; {len(failures)} failures"
    )
    for failure in failures[:20]:
        print(" ", failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
