"""The published warehouse: a draft file, SQL folders, publishing in one step, retention, rollback.

Readers hold an old file open while a new one is published, so every build has a file name of its
own and `current.json` points to the one in use. Nothing is ever changed in place.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa
from filelock import FileLock, Timeout

from etl.errors import Problem, WarehouseError

CONTRACT_VERSION = 1
"""Raised when a published table or column changes its meaning."""

POINTER = "current.json"
SQL = Path(__file__).parent / "sql"
LEAST_MEMORY_MB = 384
MEMORY_MB_PER_MILLION_ROWS = 320
ROWS_FOR_ONE_THREAD = 100_000
NO_ROOM = "No space left"
"""How the system says, through DuckDB, that the disk is full."""
KEPT_BUILDS = 3
KEPT_FOR = timedelta(days=1)
NOT_CONTENT = {"history": None, "build": None, "sources": ("retrieved_at",)}
"""Outside the content hash, whole tables or columns: names and moments are not content."""


@dataclass(frozen=True)
class Published:
    """A build in the warehouse folder."""

    file: Path
    build_id: str


class Draft:
    """A build in the making: marts in a file that nobody reads yet, staging in memory."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.connection = duckdb.connect(str(file) if file else ":memory:")
        # one place for every time zone: timestamps are UTC and carry no zone
        self.connection.execute("set preserve_insertion_order = true")
        self.connection.execute("attach ':memory:' as staging")
        self.connection.execute("set threads = 1")
        self.connection.execute("create schema marts")

    def register(self, tables: Mapping[str, pa.Table]) -> None:
        """Make Arrow tables readable from SQL under their names."""
        for name, table in tables.items():
            self.connection.register(name, table)

    def scale_to(self, *, rows: int) -> None:
        """Give DuckDB the memory and the threads that so many rows need.

        Beyond the memory it spills to disk; the keys of all rows must fit, so it grows with them.
        With a whole country of neighbourhoods, a million figures, the process stays below 1 GiB.
        Few rows are done sooner by one thread than by several that wait for each other.
        """
        limit = max(LEAST_MEMORY_MB, MEMORY_MB_PER_MILLION_ROWS * rows // 1_000_000)
        self.connection.execute(f"set memory_limit = '{limit}MB'")
        if rows > ROWS_FOR_ONE_THREAD:
            self.connection.execute("reset threads")

    def release(self, name: str) -> None:
        """Forget a registered table, so that its memory can be used again."""
        self.connection.unregister(name)

    def run(self, relation: str, parameters: Mapping[str, object] | None = None) -> None:
        """Run the SQL file of one relation, such as `staging/figures`."""
        statements = (SQL / f"{relation}.sql").read_text(encoding="utf-8")
        self.connection.execute(statements, parameters)

    def declare(self, relations: Iterable[str]) -> None:
        """Make the empty tables of relations, with their comments.

        On a cursor of its own, so that another thread can do it while this one reads files; all in
        one transaction, for a commit for each comment would take longer.
        """
        with self.connection.cursor() as cursor:
            declaring = [
                query
                for relation in relations
                for query in _statements(cursor, relation).before_rows
            ]
            _in_one_transaction(cursor, declaring)

    def fill(self, relations: Iterable[str]) -> None:
        """Insert the rows of declared relations, all in one transaction."""
        filling = [
            query
            for relation in relations
            for query in _statements(self.connection, relation).rows_and_after
        ]
        _in_one_transaction(self.connection, filling)

    def query(self, sql: str) -> pa.Table:
        """Return the rows of a query as an Arrow table."""
        return self.connection.sql(sql).to_arrow_table()

    def close(self) -> None:
        """Write everything to the file and let go of it."""
        if self.file:
            self.connection.execute("checkpoint")
        self.connection.close()


class _Statements(NamedTuple):
    """The statements of a relation: what can be done before there are rows, and the rest."""

    before_rows: list[str]
    rows_and_after: list[str]


def _statements(connection: duckdb.DuckDBPyConnection, relation: str) -> _Statements:
    """Read the SQL file of one relation; a relation that is filled elsewhere has no rows in it."""
    statements = connection.extract_statements(
        (SQL / f"{relation}.sql").read_text(encoding="utf-8")
    )
    queries = [statement.query for statement in statements]
    inserts = [statement.type == duckdb.StatementType.INSERT for statement in statements]
    first = inserts.index(True) if any(inserts) else len(queries)
    return _Statements(queries[:first], queries[first:])


def _in_one_transaction(connection: duckdb.DuckDBPyConnection, queries: Iterable[str]) -> None:
    """Run queries in one call: after each call a thread has to wait for its turn."""
    connection.execute("; ".join(["begin", *queries, "commit"]))


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


def content_hash(building: Draft) -> str:
    """Return the SHA-256 of the logical content of all published tables, in whatever row order.

    Each row has a digest; their exclusive or and their sum do not depend on order, and the two
    together tell a row that stands twice from one that does not. Sorting the digests instead would
    hold a million of them in memory.
    """
    columns = building.connection.execute(
        "select table_name, list(column_name order by column_index) from duckdb_columns()"
        " where schema_name = 'marts' group by table_name order by table_name"
    ).fetchall()
    digests = [
        _digest_of_rows(table, names=[name for name in names if name not in left_out])
        for table, names in columns
        if (left_out := NOT_CONTENT.get(table, ())) is not None
    ]
    # one query: the many small tables cost more to plan than to read
    found = building.connection.execute(" union all ".join(digests) + " order by all").fetchall()
    return hashlib.sha256(repr(found).encode()).hexdigest()


def _digest_of_rows(table: str, *, names: Iterable[str]) -> str:
    """Return the query for the count of a table's rows and for what their digests come to."""
    # the names are our own; the marks cannot stand in a text that was read from a file
    cells = ", ".join(f"coalesce({name}::varchar, chr(30))" for name in names)
    rows = f"select md5_number(concat_ws(chr(31), {cells})) as digest from marts.{table}"  # noqa: S608
    combined = "count(*), bit_xor(digest), sum((digest & 4294967295)::bigint)"
    return f"select '{table}' as name, {combined} from ({rows})"  # noqa: S608


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
