"""The crosswalk: what other public goal-tracking systems would say of every assessment."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.crosswalk_rules import Flags, Numbers, Ruling, equal_as_printed, standard_error_points
from etl.crosswalk_waves import judged_waves, numbers, years
from etl.fingertips import (
    fingertips_target_interval,
    fingertips_target_value,
    fingertips_trend,
)
from etl.healthy_people import healthy_people_2020, healthy_people_2030
from etl.open_sdg import open_sdg

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

DERIVED_KINDS = ("change_pp", "change_pct", "maintain")
"""Kinds of target whose value may follow from the baseline and is then printed nowhere."""

DECIMALS_IN_DETAIL = 6


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
    waves, group = judged_waves(estimates, judged=judged)
    lower_is_better = _lower_is_better(judged, directions=directions)
    figure = waves.at(group + years(judged, "latest_year"))
    start = waves.at(group + years(judged, "baseline_year"))
    recent = waves.with_interval().last_five(group + years(judged, "as_of_year"))
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
            numbers(judged, "latest_value"),
            target=numbers(judged, "target_value"),
            baseline=numbers(judged, "baseline_value"),
            se_baseline=error["baseline"],
            se_latest=error["latest"],
            is_baseline=numbers(judged, "latest_year") == numbers(judged, "baseline_year"),
            lower_is_better=lower_is_better,
        )
        for method, rule in rules.items()
    }


def _of_level(
    judged: pa.Table, *, figure: Mapping[str, Numbers], lower_is_better: Flags
) -> dict[str, Ruling]:
    """Both goal comparisons of Fingertips: the newest value, or its interval, and the target."""
    target = numbers(judged, "target_value")
    return {
        "fingertips_target_value": fingertips_target_value(
            numbers(judged, "latest_value"), target=target, lower_is_better=lower_is_better
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
        numbers(judged, "latest_value"),
        latest_year=numbers(judged, "latest_year"),
        baseline=numbers(judged, "baseline_value"),
        baseline_year=numbers(judged, "baseline_year"),
        target=numbers(judged, "target_value"),
        target_year=numbers(judged, "target_year"),
        lower_is_better=lower_is_better,
    )


def _printed_equal(judged: pa.Table, *, figure: Mapping[str, Numbers]) -> Flags:
    derived = pc.is_in(judged["kind"], value_set=pa.array(DERIVED_KINDS))
    return equal_as_printed(
        numbers(judged, "latest_value"),
        target=numbers(judged, "target_value"),
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
        pc.fill_null(pc.binary_join_element_wise(f'"{name}": ', _as_text(used), ", ", ""), "")
        for name, used in ruling.numbers.items()
    ]
    flag = pc.if_else(pa.array(printed_equal), '"equal_as_printed": true', "")
    joined = pc.binary_join_element_wise(*members, flag, "")
    return pc.binary_join_element_wise("{", pc.ascii_rtrim(joined, ", "), "}", "")


def _as_text(used: Numbers) -> pa.Array:
    return pc.cast(pa.array(np.round(used, DECIMALS_IN_DETAIL), from_pandas=True), pa.string())
