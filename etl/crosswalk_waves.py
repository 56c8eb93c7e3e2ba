"""The published waves of what is judged, found by the number of their group and their year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.crosswalk_rules import Flags, Numbers
from etl.fingertips import TREND_WAVES

Places = npt.NDArray[np.int64]

GROUP_COLUMNS = ("series_id", "edition", "region_code", "indicator", "age_group")
"""What figures must share to be waves of one thing."""

FIGURE_COLUMNS = ("value", "ci_lower", "ci_upper", "standard_error", "rounding_step")

YEARS_PER_GROUP = 10_000
"""Room for a four-digit year below the number of a group in one whole-number key."""


@dataclass(frozen=True)
class Waves:
    """Published figures in order of their keys: number of the group, then year."""

    keys: Places
    columns: Mapping[str, Numbers]

    def at(self, key: Places) -> dict[str, Numbers]:
        """The figure of each key, column by column; nan where there is none."""
        place = np.searchsorted(self.keys, key)
        return self._take(place, found=np.append(self.keys, -1)[place] == key)

    def last_five(self, key: Places) -> dict[str, Numbers]:
        """The newest five figures of each key's group up to its year, oldest first, (n, 5)."""
        end = np.searchsorted(self.keys, key, side="right")
        place = end[:, np.newaxis] + np.arange(-TREND_WAVES, 0)
        # a place before the first figure reads the padding at the end, which is of no group
        group = np.append(self.keys, -1)[np.maximum(place, -1)] // YEARS_PER_GROUP
        return self._take(place, found=group == key[:, np.newaxis] // YEARS_PER_GROUP)

    def with_interval(self) -> Waves:
        """Only the figures that have a value and were published with a 95% interval."""
        needed = (self.columns[name] for name in ("value", "ci_lower", "ci_upper"))
        kept = np.isfinite(sum(needed))
        return Waves(self.keys[kept], {name: part[kept] for name, part in self.columns.items()})

    def _take(self, place: Places, *, found: Flags) -> dict[str, Numbers]:
        safe = np.where(found, place, -1)
        return {name: np.append(part, np.nan)[safe] for name, part in self.columns.items()}


def judged_waves(estimates: pa.Table, *, judged: pa.Table) -> tuple[Waves, Places]:
    """Figures of the groups that are judged, and the key (without a year) of each judged row."""
    near = pc.and_(
        pc.is_in(estimates["region_code"], value_set=judged["region_code"].unique()),
        pc.is_in(estimates["indicator"], value_set=judged["indicator"].unique()),
    )
    figures = estimates.filter(near)
    wanted = _group_names(judged)
    known = wanted.unique()
    number = pc.index_in(_group_names(figures), value_set=known)
    figures = figures.append_column("group", number).filter(pc.is_valid(number))
    keys = numbers(figures, "group").astype(np.int64) * YEARS_PER_GROUP + years(figures, "year")
    order = np.argsort(keys, kind="stable")
    columns = {name: numbers(figures, name)[order] for name in FIGURE_COLUMNS}
    group = pc.index_in(wanted, value_set=known).to_numpy().astype(np.int64)
    return Waves(keys[order], columns), group * YEARS_PER_GROUP


def _group_names(table: pa.Table) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(*(table[name] for name in GROUP_COLUMNS), "\x1f")


def numbers(table: pa.Table, name: str) -> Numbers:
    """A column as numbers, nan where there is none."""
    return np.asarray(table[name].cast(pa.float64()).to_numpy(), dtype=float)


def years(table: pa.Table, name: str) -> Places:
    """A column of years, 0 where there is none: a key that no figure has."""
    return np.asarray(pc.fill_null(table[name].cast(pa.int64()), 0).to_numpy(), dtype=np.int64)
