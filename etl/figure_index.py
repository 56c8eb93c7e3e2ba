"""Published figures as arrays, found by what they are of: series, edition, region, and so on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.estimation import SE_METHODS, SUPPRESSED_BELOW, Codes, Flags, Floats, is_too_small

STATUSES = ("normal", "provisional", "revised_provisional", "estimated", "break", "unreliable")
"""Statuses of figures with a value that a note can speak of; every other status is -1."""

NONE = len(SE_METHODS) - 1
"""Place of `none` in SE_METHODS."""

SUBJECT = ("series_id", "indicator", "age_group", "region_code")
"""What the waves of one assessment share, apart from their edition."""

YEARS = 4096
RANKS = 1024


@dataclass(frozen=True)
class FigureIndex:
    """Figures ordered by subject, edition (newest first) and year, with one empty row at the end.

    `subject` is a number per series, indicator, age group and region; `key` adds the edition and
    the year. Percentages are NaN where nothing is published; `error` is on the logit scale.
    """

    names: Mapping[str, pa.Array]
    key: Codes
    subject: Codes
    rank: Codes
    edition: pa.Array
    year: Codes
    value: Floats
    error: Floats
    lower: Floats
    upper: Floats
    step: Floats
    sample_size: Floats
    method: Codes
    status: Codes
    suppressed: Flags
    too_small: Flags

    def subjects(self, **names: pa.Array | pa.ChunkedArray) -> Codes:
        """Subject number of each combination of series, indicator, age group, region; -1: none."""
        places = {name: _places(column, known=self.names[name]) for name, column in names.items()}
        return _combined(places, names=self.names)

    def find(self, subject: Codes, *, rank: Codes, year: Codes) -> Codes:
        """Row of the figure of each subject, edition and year; -1, the empty row, without one."""
        wanted = np.where(subject < 0, -1, _key(subject, rank=rank, year=year))
        place = np.minimum(np.searchsorted(self.key, wanted), len(self.key) - 1)
        return np.where(self.key[place] == wanted, place, -1)

    def rows_of(self, subject: Codes) -> tuple[Codes, Codes]:
        """Every figure of each subject: position in `subject`, and row, by edition and year."""
        first = np.searchsorted(self.subject, subject, side="left")
        count = np.searchsorted(self.subject, subject, side="right") - first
        count[subject < 0] = 0
        owner = np.repeat(np.arange(len(subject)), count)
        start = np.repeat(first - (np.cumsum(count) - count), count)
        return owner, start + np.arange(len(owner))


def index_figures(estimates: pa.Table, *, editions: pa.Table) -> FigureIndex:
    """Order published figures for look-up, the same in whatever order they come.

    A figure on fewer than 30 respondents has no value here, whatever the table says. Raises
    ValueError for a figure of an edition that `editions` does not list.
    """
    names = {name: _names(estimates[name]) for name in SUBJECT}
    places = {name: _places(estimates[name], known=names[name]) for name in SUBJECT}
    subject = _combined(places, names=names)
    rank = _ranks(estimates, editions=editions)
    year = _whole(estimates, "year")
    key = _key(subject, rank=rank, year=year)
    order = np.argsort(key, kind="stable")
    numbers = {name: _numbers(estimates, name)[order] for name in NUMBERS}
    few = numbers["sample_size"] < SUPPRESSED_BELOW
    value = np.where(few, np.nan, numbers["value"])
    flag = pc.equal(estimates["obs_status"], "suppressed").to_numpy()[order]
    return FigureIndex(
        names=names,
        key=np.append(key[order], np.iinfo(np.int64).max),
        subject=np.append(subject[order], np.iinfo(np.int64).max),
        rank=np.append(rank[order], -1),
        edition=estimates["edition"].combine_chunks().take(pa.array(order)),
        year=np.append(year[order], -1),
        value=np.append(value, np.nan),
        error=np.append(np.where(few, np.nan, numbers["logit_standard_error"]), np.nan),
        lower=np.append(np.where(few, np.nan, numbers["margin_lower"]), np.nan),
        upper=np.append(np.where(few, np.nan, numbers["margin_upper"]), np.nan),
        step=np.append(numbers["rounding_step"], np.nan),
        sample_size=np.append(numbers["sample_size"], np.nan),
        method=np.append(_words(estimates, "se_method", SE_METHODS, missing=NONE)[order], NONE),
        status=np.append(_words(estimates, "obs_status", STATUSES, missing=-1)[order], -1),
        suppressed=np.append(flag | (few & ~np.isnan(numbers["value"])), False),
        too_small=np.append(_too_small(numbers) & ~np.isnan(value), False),
    )


NUMBERS = (
    *("value", "logit_standard_error", "margin_lower", "margin_upper", "rounding_step"),
    *("sample_size", "ci_lower", "ci_upper", "standard_error"),
)


def _too_small(numbers: Mapping[str, Floats]) -> Flags:
    names = ("ci_lower", "ci_upper", "standard_error", "sample_size")
    return is_too_small(**{name: numbers[name] for name in names})


def _key(subject: Codes, *, rank: Codes, year: Codes) -> Codes:
    return (subject * RANKS + rank) * YEARS + year


def _names(column: pa.ChunkedArray) -> pa.Array:
    """The different words by alphabet: a sum over figures would differ with their order."""
    found = pc.unique(column)
    return found.take(pc.sort_indices(found))


def _combined(places: Mapping[str, Codes], *, names: Mapping[str, pa.Array]) -> Codes:
    """One number for four places; -1 where one of them is unknown."""
    result = np.zeros_like(places["series_id"])
    for name in SUBJECT:
        result = np.where(
            (result < 0) | (places[name] < 0), -1, result * len(names[name]) + places[name]
        )
    return result


def _places(column: pa.Array | pa.ChunkedArray, *, known: pa.Array) -> Codes:
    found = pc.fill_null(pc.index_in(column, value_set=known), -1)
    places = np.where(pc.is_valid(column).to_numpy(zero_copy_only=False), found.to_numpy(), -1)
    # Arrow counts in 32 bits; the keys made of these places do not fit in them nationwide
    return places.astype(np.int64)


def _ranks(estimates: pa.Table, *, editions: pa.Table) -> Codes:
    separator = "\x1f"
    wanted = pc.binary_join_element_wise(estimates["series_id"], estimates["edition"], separator)
    listed = pc.binary_join_element_wise(editions["series_id"], editions["edition"], separator)
    found = pc.index_in(wanted, value_set=listed)
    if found.null_count:
        unknown = wanted.filter(pc.is_null(found))[0].as_py().replace(separator, " ")
        raise ValueError(f"figures of an edition that is not listed: {unknown}")
    return _whole(pa.table({"rank": editions["newest_rank"].take(found)}), "rank")


def _numbers(table: pa.Table, name: str) -> Floats:
    return np.asarray(table[name].cast(pa.float64()).to_numpy(), dtype=np.float64)


def _whole(table: pa.Table, name: str) -> Codes:
    return np.asarray(table[name].to_numpy(), dtype=np.int64)


def _words(table: pa.Table, name: str, words: tuple[str, ...], *, missing: int) -> Codes:
    found = pc.index_in(table[name], value_set=pa.array(words))
    return np.asarray(pc.fill_null(found, missing).to_numpy(), dtype=np.int64)
