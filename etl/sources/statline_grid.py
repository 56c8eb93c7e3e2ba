"""Rows of a StatLine table by their codes: where the value and the bounds of each figure stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from etl.errors import Problem
from etl.sources.statline_columns import Cells, Column, Indices, Records
from etl.sources.statline_layout import Layout
from etl.sources.statline_names import LOWER, MARGINS, UPPER, VALUE

_PROBLEMS_SHOWN = 5


@dataclass(frozen=True)
class Grid:
    """All combinations of region, age group and period, with the row of each margin; -1: none.

    A slot is an age group and period: the remainder of the position in the grid.
    """

    regions: list[str]
    ages: list[str]
    periods: list[str]
    rows: tuple[Indices, Indices, Indices]
    doubled: int
    left_out: Mapping[str, int]

    @property
    def slots(self) -> int:
        """Age groups times periods."""
        return len(self.ages) * len(self.periods)

    def table(self, kind: int) -> Indices:
        """The rows of values or of a bound, by region and slot."""
        return self.rows[kind].reshape(len(self.regions), self.slots)


def arrange(
    dimensions: Mapping[str, Column],
    *,
    figures_of: Mapping[str, Cells],
    layout: Layout,
    records: Records,
) -> tuple[Grid, list[Problem]]:
    """Find the row of the value and of each bound for every combination of codes."""
    regions = sorted(dimensions[layout.region].texts)
    ages, periods = list(layout.age_groups) or [""], list(layout.years) or [""]
    place = np.zeros(len(records.columns), dtype=np.int64)
    kept = np.ones(len(records.columns), dtype=bool)
    for name, codes in ((layout.region, regions), (layout.age, ages), (layout.period, periods)):
        number = np.zeros_like(place)
        if name is not None:
            number = dimensions[name].recode({code: n for n, code in enumerate(codes)})
        kept &= number >= 0
        place = place * len(codes) + number
    left_out: dict[str, int] = {}
    for name, total in layout.totals.items():
        is_total = dimensions[name].recode({total: 1}) == 1
        left_out[name] = int((~is_total).sum())
        kept &= is_total
    margin = np.full_like(place, VALUE)
    if layout.margin is not None:
        margin = dimensions[layout.margin].recode(MARGINS)
    rows, doubled, problems = [], 0, []
    for kind in (VALUE, LOWER, UPPER):
        chosen = np.flatnonzero(kept & (margin == kind))
        again, conflicting = _repeated(chosen, place=place, figures_of=figures_of)
        doubled += len(again)
        problems += [_conflict(*pair, records=records) for pair in conflicting]
        row_at = np.full(len(regions) * len(ages) * len(periods), -1, dtype=np.int64)
        row_at[place[chosen]] = chosen
        rows.append(row_at)
    grid = Grid(regions, ages, periods, (rows[VALUE], rows[LOWER], rows[UPPER]), doubled, left_out)
    return grid, problems + _bounds_without_value(grid, records=records)


def _repeated(
    chosen: Indices, *, place: Indices, figures_of: Mapping[str, Cells]
) -> tuple[Indices, list[tuple[int, int]]]:
    """Return the rows that repeat the place of an earlier one, and pairs that say otherwise."""
    ordered = chosen[np.argsort(place[chosen], kind="stable")]
    repeats = np.flatnonzero(place[ordered][1:] == place[ordered][:-1])
    first, second = ordered[repeats], ordered[repeats + 1]
    differs = np.zeros(len(first), dtype=bool)
    for cells in figures_of.values():
        differs |= cells.statuses[first] != cells.statuses[second]
        differs |= np.nan_to_num(cells.values[first]) != np.nan_to_num(cells.values[second])
    pairs = zip(first[differs].tolist(), second[differs].tolist(), strict=True)
    return second, list(pairs)[:_PROBLEMS_SHOWN]


def _conflict(first: int, second: int, *, records: Records) -> Problem:
    return Problem(
        where=records.locate(second),
        found=f"another figure for what {records.locate(first)} gives already",
        expected="one figure per region, age group, period and margin",
        remedy="download the table again; if it stays so, ask the producer which one is right",
    )


def _bounds_without_value(grid: Grid, *, records: Records) -> list[Problem]:
    """Return a problem where a bound was delivered and its value was not."""
    bounds = np.maximum(grid.rows[LOWER], grid.rows[UPPER])
    orphans = np.flatnonzero((bounds >= 0) & (grid.rows[VALUE] < 0))
    if not len(orphans):
        return []
    return [
        Problem(
            where=records.locate(int(bounds[orphans[0]])),
            found=f"bounds without a value, {len(orphans):,} times",
            expected="the value (MW00000) of every region, age group and period with bounds",
            remedy="download the table again with all its margins",
        )
    ]
