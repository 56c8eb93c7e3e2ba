"""Columns of a StatLine table: codes without their padding, cells as numbers and statuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from etl.errors import Problem

Indices = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]

STATUSES = ("normal", "provisional", "revised_provisional", "suppressed", "not_applicable")
NORMAL, PROVISIONAL, REVISED_PROVISIONAL, SUPPRESSED, NOT_APPLICABLE = range(len(STATUSES))
SUPPRESSION_SIGNS = (".", "x")

_CELL = re.compile(r"(-?[0-9]+)(?:\.([0-9]+))?(\*{0,2})")
_PROBLEMS_SHOWN = 5


@dataclass(frozen=True)
class Records:
    """Text columns as delivered; `locate` says where a row (counted from 0) is to be found."""

    columns: pa.Table
    file: str
    locate: Callable[[int], str]


@dataclass(frozen=True)
class Column:
    """One text column as indices into its stripped, distinct texts; -1 where null."""

    indices: Indices
    texts: list[str]
    padded: int

    def recode(self, codes: Mapping[str, int]) -> Indices:
        """Return a number per row: that of its text, -1 for another text or null."""
        numbers = [codes.get(text, -1) for text in self.texts]
        return np.array([*numbers, -1], dtype=np.int64)[self.indices]

    def first_row(self, number: int) -> int:
        """Return the first row that holds a text, by its number."""
        return int(np.argmax(self.indices == number))


@dataclass(frozen=True)
class Cells:
    """A column of figures: value and status (index in STATUSES) per row, decimals of the column."""

    values: Numbers
    statuses: Indices
    decimals: int


def coded_column(column: pa.ChunkedArray) -> Column:
    """Strip and number the distinct texts of a column; texts that differ in padding are one."""
    encoded = column.dictionary_encode().unify_dictionaries()
    chunks = encoded.chunks
    delivered = chunks[0].dictionary.to_pylist() if chunks else []
    texts = list(dict.fromkeys(text.strip() for text in delivered))
    numbers = {text: number for number, text in enumerate(texts)}
    renumbered = np.array([*(numbers[text.strip()] for text in delivered), -1], dtype=np.int64)
    padded = np.array([*(text != text.strip() for text in delivered), False])
    indices = pa.chunked_array([chunk.indices for chunk in chunks], pa.int32()).combine_chunks()
    rows = indices.fill_null(len(delivered)).to_numpy(zero_copy_only=False)
    return Column(renumbered[rows], texts, int(padded[rows].sum()))


def unknown_texts(
    column: Column,
    *,
    name: str,
    is_known: Callable[[str], bool],
    expected: str,
    records: Records,
) -> list[Problem]:
    """Return a problem per code that its dimension does not have, with the first row it is in."""
    unknown = [number for number, text in enumerate(column.texts) if not is_known(text)]
    if (column.indices == -1).any():
        unknown.append(-1)
    more = (
        f" (and {len(unknown) - _PROBLEMS_SHOWN} others)" if len(unknown) > _PROBLEMS_SHOWN else ""
    )
    return [
        Problem(
            where=records.locate(column.first_row(number)),
            found=f"{name} {(column.texts[number] if number >= 0 else '')[:40]!r}{more}",
            expected=expected,
            remedy="download the table again as it is; a code that the producer added needs a look",
        )
        for number in unknown[:_PROBLEMS_SHOWN]
    ]


def parse_cell(text: str) -> tuple[float, int, int]:
    """Return value, index in STATUSES and decimals of one cell; ValueError where unreadable.

    `.` and `x` are suppressed, an empty cell not applicable, `-` a true zero in older tables;
    one star behind a number means provisional, two mean revised provisional.
    """
    if text in SUPPRESSION_SIGNS:
        return np.nan, SUPPRESSED, 0
    if text == "":
        return np.nan, NOT_APPLICABLE, 0
    if text == "-":
        return 0.0, NORMAL, 0
    match = _CELL.fullmatch(text)
    if match is None:
        raise ValueError(text)
    status = (NORMAL, PROVISIONAL, REVISED_PROVISIONAL)[len(match[3])]
    return float(text.rstrip("*")), status, len(match[2] or "")


def read_cells(column: Column, *, name: str, records: Records) -> tuple[Cells, list[Problem]]:
    """Read every distinct text of a column of figures once; null reads as not applicable."""
    parsed, problems = [], []
    for number, text in enumerate(column.texts):
        try:
            parsed.append(parse_cell(text))
        except ValueError:
            parsed.append((np.nan, NOT_APPLICABLE, 0))
            problems.append(
                Problem(
                    where=records.locate(column.first_row(number)),
                    found=f"{text[:40]!r} in {name}",
                    expected="a number with a decimal point, or . for a suppressed figure",
                    remedy="download the table again and leave it as it is",
                )
            )
    parsed.append((np.nan, NOT_APPLICABLE, 0))
    values, statuses, decimals = (np.array(part) for part in zip(*parsed, strict=True))
    cells = Cells(values[column.indices], statuses[column.indices], int(decimals.max()))
    return cells, problems[:_PROBLEMS_SHOWN]
