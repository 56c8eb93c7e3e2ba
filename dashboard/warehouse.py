"""One published file: opened read-only and locked down, with what was already asked of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import duckdb

from dashboard.recent import Recent

CONTRACT_VERSION = 1
"""Version of the published tables that these pages were written for."""

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


class WarehouseProblem(Exception):  # noqa: N818 - it is told to a visitor, not to a programmer
    """No published build can be read; `reason` chooses the words, which name no path."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


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
