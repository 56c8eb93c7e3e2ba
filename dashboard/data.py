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
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import duckdb
import pandas as pd
import streamlit as st

from dashboard.i18n import Words
from dashboard.warehouse import Warehouse, WarehouseProblem

POINTER = "current.json"
BUILD_FILE = re.compile(r"goals-[\w.-]+\.duckdb")
INTERRUPTED = "Query interrupted"
"""How DuckDB tells that somebody pressed Ctrl-C during a query."""

Query = Callable[..., pd.DataFrame]
Shape = Callable[[pd.DataFrame], Any]
Parameters = tuple[tuple[str, Hashable], ...]
Question = tuple[Shape, Query, Parameters]
"""What is asked of a build: a query with its parameters, and the shape of the answer."""
Kept = TypeVar("Kept")


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
        return cast(pd.DataFrame, self._result((_as_it_is, query, _listed(parameters))))

    def rows(self, query: Query, **parameters: Hashable) -> list[dict[str, Any]]:
        """Return the same as a list of rows by column name."""
        return cast("list[dict[str, Any]]", self._result((_as_rows, query, _listed(parameters))))

    def _result(self, question: Question) -> object:
        """Return the answer to a question, asked once per build."""
        result: object = pickle.loads(self.answer(question))  # noqa: S301 - made by this process
        return result

    def asked(self) -> list[Question]:
        """Return what this build was asked, the newest question first."""
        return [cast(Question, key) for key in self.warehouse.results.keys()]  # noqa: SIM118

    def kept(self) -> list[tuple[Callable[..., object], Parameters]]:
        """Return what was made of this build with `keep`, the newest first."""
        keys = cast("list[tuple[Any, Any]]", self.warehouse.charts.keys())
        return [(make, made_of) for make, made_of in keys if isinstance(made_of, tuple)]

    def answer(self, question: Question) -> bytes:
        """Return the answer to a question as it is kept."""
        shape, query, parameters = question
        return self.warehouse.results.get(
            question,
            lambda: pickle.dumps(shape(self.ask(query, **dict(parameters))), protocol=5),
        )

    def keep(self, make: Callable[..., Kept], **parameters: Hashable) -> Kept:
        """Return what `make` makes of this build, made once; its reader must not change it."""
        key = (make, _listed(parameters))
        return cast(Kept, self.warehouse.charts.get(key, lambda: make(**parameters)))

    def drawn(self, draw: Callable[..., Kept], *frames: pd.DataFrame, **options: Any) -> Kept:
        """Return what `draw` makes of these rows and options, made once."""
        key = (draw, _digest(frames, options))
        return cast(Kept, self.warehouse.charts.get(key, lambda: draw(*frames, **options)))

    def ask(self, query: Query, **parameters: Hashable) -> pd.DataFrame:
        """Return the rows of a query, which are not kept: for what is written to a file once."""
        try:
            with self.cursor.cursor() as cursor:
                return query(cursor, **parameters)
        except RuntimeError as error:
            if str(error) == INTERRUPTED:
                raise KeyboardInterrupt from error
            raise
        except (duckdb.IOException, duckdb.FatalException, duckdb.InternalException) as error:
            raise WarehouseProblem("damaged") from error


def _listed(parameters: Mapping[str, Hashable]) -> Parameters:
    return tuple(sorted(parameters.items()))


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
_entered: dict[Path, Path] = {}
"""Per folder the build that visitors are let in to, where a newer one is being made ready."""


def warehouse_folder() -> Path:
    """Return the folder with the published builds, as the environment or the default says."""
    return Path(os.environ.get("DOELMONITOR_WAREHOUSE", "data/warehouse"))


def pin_build() -> Build:
    """Choose the build of this run: read the pointer once, before anything is loaded.

    Raises WarehouseProblem where no build can be read at all.
    """
    return pin(current_build(warehouse_folder()))


def pin(build: Build) -> Build:
    """Let this thread ask everything of one build."""
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


def ask(query: Query, **parameters: Hashable) -> pd.DataFrame:
    """Return the rows of a query on the build of this run, which are not kept."""
    return _pinned.get().ask(query, **parameters)


def later(make: Callable[..., Kept], **parameters: Any) -> Callable[[], Kept]:
    """Return a call that makes something of the build of this run, whenever and on any thread.

    It knows the build by its file: who stays on a page for days keeps no older build in memory.
    """
    file = _pinned.get().warehouse.file

    def made() -> Kept:
        before = _pinned.set(build_of(file))
        try:
            return make(**parameters)
        finally:
            _pinned.reset(before)

    return made


def current_build(folder: Path) -> Build:
    """Return the build that the pointer names, else the last good one, marked as older."""
    try:
        file = pointed_file(folder)
        warehouse = _opened(_entered.get(folder, file))
    except WarehouseProblem as problem:
        return _last_good_build(folder, problem)
    _last_good[folder] = warehouse
    return Build(warehouse, warehouse.cursor(), is_older=False)


def build_of(file: Path) -> Build:
    """Return the build in a published file; raises WarehouseProblem."""
    warehouse = _opened(file)
    return Build(warehouse, warehouse.cursor(), is_older=False)


def admitted(folder: Path) -> Path | None:
    """Return the file that visitors are let in to; None where they follow the pointer."""
    return _entered.get(folder)


def admit(folder: Path, file: Path | None) -> None:
    """Let visitors in to a published file; None lets them follow the pointer."""
    if file is None:
        _entered.pop(folder, None)
    else:
        _entered[folder] = file


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


def pointed_file(folder: Path) -> Path:
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


def close_unread() -> None:
    """Close every file that no run reads, and forget what was asked of it."""
    _warehouse.clear()


@st.cache_resource(max_entries=2, on_release=_let_go, show_spinner=False)
def _warehouse(file: str, modified: int, size: int) -> Warehouse:
    """One opened file per build; time and size are part of the key, so a changed file reopens."""
    return Warehouse(Path(file))
