"""The crosswalk: what other public goal-tracking systems would say of every assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.crosswalk_rules import (
    TREND_WAVES,
    Flags,
    Numbers,
    Ruling,
    equal_as_printed,
    fingertips_target_interval,
    fingertips_target_value,
    fingertips_trend,
    healthy_people_2020,
    healthy_people_2030,
    open_sdg,
    standard_error_points,
)

Places = npt.NDArray[np.int64]

CROSSWALK_SCHEMA = pa.schema(
    [
        ("target_id", pa.string()),
        ("series_id", pa.string()),
        ("as_of_year", pa.int16()),
        ("method", pa.string()),
        ("status", pa.string()),
        ("detail", pa.string()),
    ]
)

GROUP_COLUMNS = ("series_id", "edition", "region_code", "indicator", "age_group")
"""What figures must share to be waves of one thing."""

FIGURE_COLUMNS = ("value", "ci_lower", "ci_upper", "standard_error", "rounding_step")

DERIVED_KINDS = ("change_pp", "change_pct", "maintain")
"""Kinds of target whose value may follow from the baseline and is then printed nowhere."""

DECIMALS_IN_DETAIL = 6

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


def crosswalk_table(
    assessments: pa.Table,
    *,
    estimates: pa.Table,
    targets: pa.Table,
    directions: Mapping[str, str],
) -> pa.Table:
    """What each rule would say of every assessment of a target with a number.

    One row per assessment and method, columns as in marts.crosswalk. `directions` says per
    indicator whether a `decrease` or an `increase` is good. Standard errors come from the
    published figures alone: nothing is assumed and no rounding is added.
    """
    judged = _with_number(assessments, targets=targets)
    waves, group = _waves(estimates, judged=judged)
    lower_is_better = _lower_is_better(judged, directions=directions)
    figure = waves.at(group + _years(judged, "latest_year"))
    start = waves.at(group + _years(judged, "baseline_year"))
    recent = waves.with_interval().last_five(group + _years(judged, "as_of_year"))
    rulings = {
        **_of_change(judged, figure=figure, start=start, lower_is_better=lower_is_better),
        **_of_level(judged, figure=figure, lower_is_better=lower_is_better),
        "open_sdg": _of_growth(judged, lower_is_better=lower_is_better),
    }
    printed_equal = _printed_equal(judged, figure=figure)
    against_target = [
        _rows(judged, method=method, ruling=ruling, printed_equal=printed_equal)
        for method, ruling in rulings.items()
    ]
    trend = fingertips_trend(
        recent["value"], ci_lower=recent["ci_lower"], ci_upper=recent["ci_upper"]
    )
    no_target = np.zeros(len(judged), dtype=bool)
    along_waves = _rows(judged, method="fingertips_trend", ruling=trend, printed_equal=no_target)
    return pa.concat_tables([*against_target, along_waves])


def _with_number(assessments: pa.Table, *, targets: pa.Table) -> pa.Table:
    """Assessments with a numeric target and a real wave, with region, indicator and kind.

    What lies behind a major break from the baseline is no figure that any rule may use.
    """
    real = pc.and_(
        pc.not_equal(assessments["series_id"], "none"), pc.not_equal(assessments["as_of_year"], 0)
    )
    judged = assessments.filter(pc.and_(real, pc.is_valid(assessments["target_value"])))
    broken = pc.equal(judged["comparability"], "major")
    for name in ("baseline_value", "baseline_year", "latest_value", "latest_year"):
        column = judged[name]
        usable = pc.if_else(broken, pa.scalar(None, column.type), column)
        judged = judged.set_column(judged.schema.get_field_index(name), name, usable)
    row = pc.index_in(judged["target_id"], value_set=targets["target_id"])
    for name in ("region_code", "indicator", "kind"):
        judged = judged.append_column(name, targets[name].take(row))
    return judged


def _waves(estimates: pa.Table, *, judged: pa.Table) -> tuple[Waves, Places]:
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
    keys = _numbers(figures, "group").astype(np.int64) * YEARS_PER_GROUP + _years(figures, "year")
    order = np.argsort(keys, kind="stable")
    columns = {name: _numbers(figures, name)[order] for name in FIGURE_COLUMNS}
    group = pc.index_in(wanted, value_set=known).to_numpy().astype(np.int64)
    return Waves(keys[order], columns), group * YEARS_PER_GROUP


def _group_names(table: pa.Table) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(*(table[name] for name in GROUP_COLUMNS), "\x1f")


def _numbers(table: pa.Table, name: str) -> Numbers:
    return np.asarray(table[name].cast(pa.float64()).to_numpy(), dtype=float)


def _years(table: pa.Table, name: str) -> Places:
    return np.asarray(pc.fill_null(table[name].cast(pa.int64()), 0).to_numpy(), dtype=np.int64)


def _lower_is_better(judged: pa.Table, *, directions: Mapping[str, str]) -> Flags:
    decreasing = [name for name, direction in directions.items() if direction == "decrease"]
    found = pc.is_in(judged["indicator"], value_set=pa.array(decreasing, pa.string()))
    return np.asarray(found.to_numpy(), dtype=bool)


def _of_change(
    judged: pa.Table,
    *,
    figure: Mapping[str, Numbers],
    start: Mapping[str, Numbers],
    lower_is_better: Flags,
) -> dict[str, Ruling]:
    """Both editions of Healthy People: the change since the baseline."""
    error = {
        name: standard_error_points(
            part["standard_error"], ci_lower=part["ci_lower"], ci_upper=part["ci_upper"]
        )
        for name, part in (("baseline", start), ("latest", figure))
    }
    rules = {"healthy_people_2030": healthy_people_2030, "healthy_people_2020": healthy_people_2020}
    return {
        method: rule(
            _numbers(judged, "latest_value"),
            target=_numbers(judged, "target_value"),
            baseline=_numbers(judged, "baseline_value"),
            se_baseline=error["baseline"],
            se_latest=error["latest"],
            is_baseline=_numbers(judged, "latest_year") == _numbers(judged, "baseline_year"),
            lower_is_better=lower_is_better,
        )
        for method, rule in rules.items()
    }


def _of_level(
    judged: pa.Table, *, figure: Mapping[str, Numbers], lower_is_better: Flags
) -> dict[str, Ruling]:
    """Both goal comparisons of Fingertips: the newest value, or its interval, and the target."""
    target = _numbers(judged, "target_value")
    return {
        "fingertips_target_value": fingertips_target_value(
            _numbers(judged, "latest_value"), target=target, lower_is_better=lower_is_better
        ),
        "fingertips_target_interval": fingertips_target_interval(
            figure["ci_lower"],
            ci_upper=figure["ci_upper"],
            target=target,
            lower_is_better=lower_is_better,
        ),
    }


def _of_growth(judged: pa.Table, *, lower_is_better: Flags) -> Ruling:
    """The progress measure of Open SDG: growth since the baseline."""
    return open_sdg(
        _numbers(judged, "latest_value"),
        latest_year=_numbers(judged, "latest_year"),
        baseline=_numbers(judged, "baseline_value"),
        baseline_year=_numbers(judged, "baseline_year"),
        target=_numbers(judged, "target_value"),
        target_year=_numbers(judged, "target_year"),
        lower_is_better=lower_is_better,
    )


def _printed_equal(judged: pa.Table, *, figure: Mapping[str, Numbers]) -> Flags:
    derived = pc.is_in(judged["kind"], value_set=pa.array(DERIVED_KINDS))
    return equal_as_printed(
        _numbers(judged, "latest_value"),
        target=_numbers(judged, "target_value"),
        rounding_step=figure["rounding_step"],
        derived=np.asarray(derived.to_numpy(), dtype=bool),
    )


def _rows(judged: pa.Table, *, method: str, ruling: Ruling, printed_equal: Flags) -> pa.Table:
    return (
        judged.select(["target_id", "series_id", "as_of_year"])
        .append_column("method", pa.array(np.full(len(judged), method), pa.string()))
        .append_column("status", pa.array(ruling.status, pa.string()))
        .append_column("detail", _detail(ruling, printed_equal=printed_equal))
        .cast(CROSSWALK_SCHEMA)
    )


def _detail(ruling: Ruling, *, printed_equal: Flags) -> pa.Array:
    """JSON text of the numbers used, made column by column: rows are many and numbers few."""
    members = [
        pc.fill_null(pc.binary_join_element_wise(f'"{name}": ', _as_text(numbers), ", ", ""), "")
        for name, numbers in ruling.numbers.items()
    ]
    flag = pc.if_else(pa.array(printed_equal), '"equal_as_printed": true', "")
    joined = pc.binary_join_element_wise(*members, flag, "")
    return pc.binary_join_element_wise("{", pc.ascii_rtrim(joined, ", "), "}", "")


def _as_text(numbers: Numbers) -> pa.Array:
    return pc.cast(pa.array(np.round(numbers, DECIMALS_IN_DETAIL), from_pandas=True), pa.string())
