"""The published warehouse: opened once per build, read by many threads, cached on the build.

A run of the dashboard reads the pointer once (`pin_build`) and asks everything of that one build
(`load`), so a page never mixes two builds, also while the next one is being published.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

import duckdb
import pandas as pd
import streamlit as st

from dashboard.i18n import Words

CONTRACT_VERSION = 1
"""Version of the published tables that these pages were written for."""

POINTER = "current.json"
BUILD_FILE = re.compile(r"goals-[\w.-]+\.duckdb")
FILE_HEADERS = 3 * 4096
"""Bytes before the first block of a DuckDB file."""
KEPT_RESULTS = 1_000
"""Results of queries kept per build; the one that was longest not asked for goes first."""
KEPT_CHARTS = 100
"""Charts kept per build, of a quarter to half a MB each."""

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "memory_limit": "512MB",
    "threads": 2,
    "max_temp_directory_size": "0KB",
    "lock_configuration": True,
}
"""Nothing but the published file can be read, and nothing can be changed, by any statement."""

Reason = Literal["missing", "damaged", "other_version"]
Query = Callable[..., pd.DataFrame]
Kept = TypeVar("Kept")


class WarehouseProblem(Exception):  # noqa: N818 - it is told to a visitor, not to a programmer
    """No published build can be read; `reason` chooses the words, which name no path."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class Recent(Generic[Kept]):
    """What was asked last, up to a number; safe for many threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Kept | None:
        """Return what is kept under a key, or None."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Hashable, value: Kept) -> None:
        """Keep a value; the one that was longest not asked for goes."""
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


class Warehouse:
    """One published file, opened read-only, with the results that were already asked of it.

    It closes when the last run that shows it lets go: a run may still be reading a build that was
    replaced twice since.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._connection = duckdb.connect(str(file), read_only=True, config=SETTINGS)
        self.results: Recent[bytes] = Recent(KEPT_RESULTS)
        """As bytes: pandas notes every copy of a frame in the frame it was made from."""
        self.charts: Recent[Any] = Recent(KEPT_CHARTS)
        blocks, block_size = self._connection.execute(
            "select total_blocks, block_size from pragma_database_size()"
        ).fetchall()[0]
        # a file cut off at its end opens without a word and fails at some later page
        if file.stat().st_size < FILE_HEADERS + blocks * block_size:
            raise WarehouseProblem("damaged")
        self.build_id, version = self._connection.execute(
            "select build_id, contract_version from marts.build"
        ).fetchall()[0]
        if version != CONTRACT_VERSION:
            raise WarehouseProblem("other_version")

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor of its own: one connection shared by threads mixes up their rows."""
        return self._connection.cursor()


@dataclass(frozen=True)
class Build:
    """The build that one run of the dashboard shows."""

    warehouse: Warehouse
    cursor: duckdb.DuckDBPyConnection
    """Held for the run, so that the file stays open under it when newer builds replace it."""
    is_older: bool
    """True where the newest build cannot be read and the last good one is shown instead."""

    @property
    def build_id(self) -> str:
        """Name of the build."""
        return str(self.warehouse.build_id)

    def load(self, query: Query, **parameters: Hashable) -> pd.DataFrame:
        """Return the rows of a query on this build; its reader may change them."""
        return self._kept("frame", query, parameters, shape=_as_it_is)

    def rows(self, query: Query, **parameters: Hashable) -> list[dict[str, Any]]:
        """Return the same as a list of rows by column name."""
        return self._kept("rows", query, parameters, shape=_as_rows)

    def _kept(
        self,
        name: str,
        query: Query,
        parameters: dict[str, Hashable],
        *,
        shape: Callable[[pd.DataFrame], Kept],
    ) -> Kept:
        """Return a result in a shape, asked and shaped once per build."""
        key = (name, *_key(query, parameters))
        kept = self.warehouse.results.get(key)
        if kept is None:
            kept = pickle.dumps(shape(self._asked(query, parameters)), protocol=5)
            self.warehouse.results.put(key, kept)
        result: Kept = pickle.loads(kept)  # noqa: S301 - written by this process, in its memory
        return result

    def keep(self, make: Callable[..., Kept], **parameters: Hashable) -> Kept:
        """Return what `make` makes of this build, made once; its reader must not change it."""
        key = _key(make, parameters)
        made: Kept | None = self.warehouse.charts.get(key)
        if made is None:
            made = make(**parameters)
            self.warehouse.charts.put(key, made)
        return made

    def drawn(self, draw: Callable[..., Kept], *frames: pd.DataFrame, **options: Any) -> Kept:
        """Return what `draw` makes of these rows and options, made once."""
        key = (draw.__module__, draw.__qualname__, _digest(frames, options))
        made: Kept | None = self.warehouse.charts.get(key)
        if made is None:
            made = draw(*frames, **options)
            self.warehouse.charts.put(key, made)
        return made

    def _asked(self, query: Query, parameters: dict[str, Hashable]) -> pd.DataFrame:
        try:
            with self.cursor.cursor() as cursor:
                return query(cursor, **parameters)
        except (duckdb.IOException, duckdb.FatalException, duckdb.InternalException) as error:
            raise WarehouseProblem("damaged") from error


def _key(function: Callable[..., object], parameters: dict[str, Hashable]) -> tuple[Hashable, ...]:
    """What a result is kept under, besides its build."""
    return function.__module__, function.__qualname__, tuple(sorted(parameters.items()))


def _digest(frames: Iterable[pd.DataFrame], options: Mapping[str, Any]) -> bytes:
    """Tell rows and options apart from others by their content; words by their language."""
    named = {
        name: option.language if isinstance(option, Words) else option
        for name, option in options.items()
    }
    return hashlib.sha256(pickle.dumps((*frames, named), protocol=5)).digest()


def _as_it_is(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


def _as_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


_pinned: ContextVar[Build] = ContextVar("pinned_build")
_last_good: dict[Path, Warehouse] = {}


def warehouse_folder() -> Path:
    """Return the folder with the published builds, as the environment or the default says."""
    return Path(os.environ.get("DOELMONITOR_WAREHOUSE", "data/warehouse"))


def pin_build() -> Build:
    """Choose the build of this run: read the pointer once, before anything is loaded.

    Raises WarehouseProblem where no build can be read at all.
    """
    build = current_build(warehouse_folder())
    _pinned.set(build)
    return build


def load(query: Query, **parameters: Hashable) -> pd.DataFrame:
    """Return the rows of a query of `dashboard.queries` on the build of this run."""
    return _pinned.get().load(query, **parameters)


def rows(query: Query, **parameters: Hashable) -> list[dict[str, Any]]:
    """Return the same as a list of rows by column name, for what is shown one by one."""
    return _pinned.get().rows(query, **parameters)


def keep(make: Callable[..., Kept], **parameters: Hashable) -> Kept:
    """Return a chart (or another value that takes long) of the build of this run, made once.

    `make` asks what it needs with `load`; all that changes its outcome must be a parameter.
    """
    return _pinned.get().keep(make, **parameters)


def drawn(draw: Callable[..., Kept], *frames: pd.DataFrame, **options: Any) -> Kept:
    """Return the chart that `draw` makes of these rows and options, made once per build."""
    return _pinned.get().drawn(draw, *frames, **options)


def current_build(folder: Path) -> Build:
    """Return the build that the pointer names, else the last good one, marked as older."""
    try:
        warehouse = _opened(_pointed_file(folder))
    except WarehouseProblem as problem:
        return _last_good_build(folder, problem)
    _last_good[folder] = warehouse
    return Build(warehouse, warehouse.cursor(), is_older=False)


def _last_good_build(folder: Path, problem: WarehouseProblem) -> Build:
    """Return the newest build that can still be read; the problem itself where there is none."""
    for warehouse in _fallbacks(folder):
        return Build(warehouse, warehouse.cursor(), is_older=True)
    raise problem


def _fallbacks(folder: Path) -> Iterator[Warehouse]:
    """Yield what can stand in: what this process showed last, then older files, newest first."""
    if folder in _last_good:
        yield _last_good[folder]
    files = sorted(folder.glob("goals-*.duckdb"), key=_age_and_name, reverse=True)
    for file in files:
        try:
            yield _opened(file)
        except WarehouseProblem:
            continue


def _age_and_name(file: Path) -> tuple[int, str]:
    return file.stat().st_mtime_ns, file.name


def _pointed_file(folder: Path) -> Path:
    """Return the file that the pointer names; only a build beside the pointer counts."""
    try:
        pointer: Any = json.loads((folder / POINTER).read_text(encoding="utf-8"))
        name = pointer["file"]
    except FileNotFoundError as error:
        raise WarehouseProblem("missing") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WarehouseProblem("damaged") from error
    if not isinstance(name, str) or not BUILD_FILE.fullmatch(name):
        raise WarehouseProblem("damaged")
    return folder / name


def _opened(file: Path) -> Warehouse:
    """Open a published file, or return it as it was opened before."""
    try:
        state = file.stat()
        return _warehouse(str(file), state.st_mtime_ns, state.st_size)
    except FileNotFoundError as error:
        raise WarehouseProblem("missing") from error
    except (OSError, duckdb.Error, IndexError) as error:
        raise WarehouseProblem("damaged") from error


def _let_go(warehouse: Warehouse) -> None:
    """Drop what this module itself holds; the file closes with its last reader."""
    for folder in [folder for folder, kept in _last_good.items() if kept is warehouse]:
        del _last_good[folder]


@st.cache_resource(max_entries=2, on_release=_let_go, show_spinner=False)
def _warehouse(file: str, modified: int, size: int) -> Warehouse:
    """One opened file per build; time and size are part of the key, so a changed file reopens."""
    return Warehouse(Path(file))
