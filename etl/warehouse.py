"""The published warehouse: who may build, publishing in one step, retention, rollback.

Readers hold an old file open while a new one is published, so every build has a file name of its
own and `current.json` points to the one in use. Nothing is ever changed in place.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from etl.draft import Draft
from etl.errors import Problem, WarehouseError

CONTRACT_VERSION = 1
"""Raised when a published table or column changes its meaning."""

POINTER = "current.json"
NO_ROOM = "No space left"
"""How the system says, through DuckDB, that the disk is full."""
KEPT_BUILDS = 3
KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Published:
    """A build in the warehouse folder."""

    file: Path
    build_id: str


@contextmanager
def locked(folder: Path, *, wait_seconds: float = 120) -> Iterator[None]:
    """Hold the warehouse folder for one build; the lock ends with the process, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    holder = folder / "build.holder"
    try:
        with FileLock(folder / "build.lock", timeout=wait_seconds):
            holder.write_text(f"process {os.getpid()} since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
            _sweep(folder)
            yield
    except Timeout as timeout:
        who = holder.read_text() if holder.exists() else "another process"
        raise WarehouseError(
            Problem(
                where=str(folder),
                found=f"another build is running: {who}",
                expected=f"a free folder within {wait_seconds:.0f} seconds",
                remedy="wait until it is ready, or stop that process, and build again",
            )
        ) from timeout


def _sweep(folder: Path) -> None:
    """Remove what a build that was killed left behind."""
    for leftover in [*folder.glob("*.tmp"), *folder.glob("*.tmp.wal")]:
        leftover.unlink()


@contextmanager
def draft(folder: Path) -> Iterator[Draft]:
    """Open a draft file; it is removed unless it was published."""
    file = folder / "draft.duckdb.tmp"
    building = Draft(file)
    try:
        yield building
    except (duckdb.IOException, duckdb.FatalException) as error:
        if NO_ROOM not in str(error):
            raise
        raise WarehouseError(_no_room(folder)) from error
    finally:
        building.connection.close()
        file.unlink(missing_ok=True)
        file.with_name(file.name + ".wal").unlink(missing_ok=True)


def _no_room(folder: Path) -> Problem:
    free_mb = shutil.disk_usage(folder).free / 1e6
    return Problem(
        where=str(folder),
        found=f"no space left on the disk for a build ({free_mb:.0f} MB free)",
        expected="room for one more build than are kept",
        remedy="make room and build again; what was published before is still in use",
    )


def new_build_id(folder: Path, *, built_at: datetime, digest: str) -> str:
    """Name a build after its moment and content; never a name that is taken."""
    name = f"{built_at:%Y%m%d-%H%M%S}-{digest[:8]}"
    taken = sum(1 for _ in folder.glob(f"goals-{name}*.duckdb"))
    return f"{name}-{taken + 1}" if taken else name


def publish(building: Draft, folder: Path, *, build_id: str) -> Published:
    """Give the draft its own name and let the pointer name it, each in one step."""
    if building.file is None:
        raise ValueError("a draft in memory cannot be published")
    building.close()
    _sync(building.file)
    published = Published(folder / f"goals-{build_id}.duckdb", build_id)
    building.file.replace(published.file)
    _point_to(published)
    _retain(folder)
    return published


def _point_to(published: Published) -> None:
    folder = published.file.parent
    pointer = folder / f"{POINTER}.tmp"
    content = {"file": published.file.name, "build_id": published.build_id}
    pointer.write_text(json.dumps(content) + "\n", encoding="utf-8")
    _sync(pointer)
    pointer.replace(folder / POINTER)
    _sync(folder)


def _sync(path: Path) -> None:
    """Have the system write a file or folder to the disk before it is relied upon."""
    if path.is_dir() and os.name == "nt":  # Windows has no handle on a folder to sync
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def builds(folder: Path) -> list[Published]:
    """List the kept builds, newest first."""
    files = sorted(
        folder.glob("goals-*.duckdb"), key=lambda f: (f.stat().st_mtime_ns, f.name), reverse=True
    )
    return [Published(file, file.stem.removeprefix("goals-")) for file in files]


def _retain(folder: Path) -> None:
    """Keep the newest builds, those younger than a day and the one in use; remove the others."""
    in_use = current(folder)
    for build in builds(folder)[KEPT_BUILDS:]:
        age = time.time() - build.file.stat().st_mtime
        if build != in_use and age > KEPT_FOR.total_seconds():
            # on Windows a file that a reader still holds cannot go yet; the next build tries again
            try:
                build.file.unlink()
            except PermissionError:
                continue


def current(folder: Path) -> Published | None:
    """Return the build that the pointer names; None where nothing was ever published."""
    pointer = folder / POINTER
    if not pointer.exists():
        return None
    try:
        content = json.loads(pointer.read_text(encoding="utf-8"))
        published = Published(folder / Path(content["file"]).name, content["build_id"])
    except (ValueError, KeyError, TypeError) as damaged:
        raise WarehouseError(
            Problem(
                where=str(pointer),
                found="a pointer that cannot be read",
                expected='{"file": "goals-….duckdb", "build_id": "…"}',
                remedy="run `python -m etl rollback` to point to a kept build, or build again",
            )
        ) from damaged
    return published if published.file.exists() else None


def rollback(folder: Path, *, build_id: str | None) -> Published:
    """Point to a kept build: the one named, else the one before the build in use."""
    kept = builds(folder)
    if build_id is None:
        in_use = current(folder)
        older = kept[kept.index(in_use) + 1 :] if in_use in kept else kept
        chosen = older[0] if older else None
    else:
        chosen = next((build for build in kept if build.build_id == build_id), None)
    if chosen is None:
        names = ", ".join(build.build_id for build in kept) or "none"
        raise WarehouseError(
            Problem(
                where=str(folder),
                found=f"no kept build {build_id or 'before the one in use'}",
                expected=f"one of: {names}",
                remedy="name a kept build, or build again from the files",
            )
        )
    _point_to(chosen)
    return chosen


def read(published: Published, sql: str) -> list[tuple[object, ...]]:
    """Return the rows of a query on a published build, read only."""
    with duckdb.connect(str(published.file), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def attach_previous(building: Draft, folder: Path) -> bool:
    """Attach the build in use as `previous`; False where there is none that can be compared."""
    in_use = current(folder)
    if in_use is None:
        return False
    try:
        building.connection.execute(
            f"attach '{str(in_use.file).replace(chr(39), chr(39) * 2)}' as previous (read_only)"
        )
        ((version,),) = building.connection.execute(
            "select contract_version from previous.marts.build"
        ).fetchall()
    except (duckdb.IOException, duckdb.CatalogException, duckdb.SerializationException, ValueError):
        return False
    return bool(version == CONTRACT_VERSION)
