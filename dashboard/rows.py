"""Reading one row of a query: a missing number, year or text is None, however pandas stored it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

Row = Mapping[str, Any]
"""One row by column name: a dict or a pandas Series."""


def is_missing(value: object) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT or pandas' NA."""
    return value is None or bool(pd.isna(value))  # type: ignore[call-overload]


class ColumnError(LookupError):
    """A row lacks a column that was asked for: a mistake in a query, not a missing figure."""


def cell(row: Row, column: str) -> Any:
    """Value in `column`, None where it is missing; ColumnError where the row has no such column."""
    if column not in row:
        raise ColumnError(f"the row has no column {column!r}")
    value = row[column]
    return None if is_missing(value) else value


def number(row: Row, column: str) -> float | None:
    """Number in `column`, None where it is missing."""
    value = cell(row, column)
    return None if value is None else float(value)


def year(row: Row, column: str) -> int | None:
    """Year in `column`, None where it is missing."""
    value = cell(row, column)
    return None if value is None else int(value)


def text(row: Row, column: str) -> str | None:
    """Text in `column`, None where it is missing or empty."""
    value = cell(row, column)
    return None if value is None or not str(value).strip() else str(value)


def optional(row: Row, column: str) -> Any:
    """Value of a column that a query may leave out; None where it is left out or missing."""
    return cell(row, column) if column in row else None


def listed(row: Row, column: str) -> tuple[str, ...]:
    """Codes in a cell that separates them by commas, in the order given; empty where missing."""
    codes = text(row, column)
    return tuple(code.strip() for code in codes.split(",")) if codes else ()
