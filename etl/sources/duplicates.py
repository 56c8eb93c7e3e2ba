"""The same figure twice in one file: once is enough, and two different ones are a contradiction."""

from __future__ import annotations

import numpy as np

from etl.sources.codes import NoteCode, remark
from etl.sources.ledger import KEY, Codes, Columns, Ledger, Mask, Numbers

UNCERTAINTY = ("ci_lower", "ci_upper", "standard_error", "sample_size")


def check_duplicates(ledger: Ledger) -> None:
    """Keep the row with margins of several that say the same; stop where they differ.

    A row that is refused for its margins does not take another one with it.
    """
    columns = ledger.columns
    key = columns.key(*KEY)
    if (np.diff(np.sort(key, kind="stable")) != 0).all():  # which sees that it is sorted already
        return
    accepted = ledger.accepted()
    order = np.lexsort((-_completeness(columns), ~accepted, key))
    is_first = np.ones(len(order), bool)
    is_first[1:] = np.diff(key[order]) != 0
    kept = order[is_first][np.cumsum(is_first) - 1]
    kept, rows = kept[~is_first], order[~is_first]
    differs = _differ(columns, rows, kept)
    kept_of = dict(zip(rows[differs].tolist(), kept[differs].tolist(), strict=True))
    _stop(ledger, rows[differs], kept_of)
    same = np.sort(rows[~differs & accepted[rows]])
    ledger.drop(same)
    ledger.note(same, lambda _: remark(NoteCode.REPEATED_FIGURES))


def _completeness(columns: Columns) -> Codes:
    """How many of the measures of uncertainty each row gives."""
    return sum(~np.isnan(columns.number(name)) for name in UNCERTAINTY).astype(np.int64)  # type: ignore[union-attr]


def _differ(columns: Columns, rows: Codes, kept: Codes) -> Mask:
    """Whether rows contradict the rows kept: another value, status, or measure given in both."""
    value, status = columns.number("value"), columns.word("obs_status").codes
    differs = ~_equal(value[rows], value[kept]) | (status[rows] != status[kept])
    for name in UNCERTAINTY:
        number = columns.number(name)
        in_both = ~np.isnan(number[rows]) & ~np.isnan(number[kept])
        differs |= in_both & (number[rows] != number[kept])
    return differs


def _equal(one: Numbers, other: Numbers) -> Mask:
    return (one == other) | (np.isnan(one) & np.isnan(other))


def _stop(ledger: Ledger, rows: Codes, kept_of: dict[int, int]) -> None:
    number, status = ledger.columns.number, ledger.columns.word("obs_status")
    file_row = ledger.columns.table["row"]

    def told(index: int) -> str:
        measures = [
            f"{name} {number(name)[index]:g}"
            for name in ("value", *UNCERTAINTY)
            if not np.isnan(number(name)[index])
        ]
        return f"{', '.join(measures) or 'no value'} ({status.at(index)})"

    ledger.stop(
        rows,
        column="value",
        found=lambda i: f"{told(i)}, but row {file_row[kept_of[i]]} gives {told(kept_of[i])}",
        expected=lambda _: "one figure per series, edition, region, indicator, age group and year",
        remedy=lambda _: "Keep the right row and remove the other.",
    )
