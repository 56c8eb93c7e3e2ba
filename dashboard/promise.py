"""What an assessment lets a chart draw: target, path, stated baseline and forecast, as marks."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.chart_marks import Mark
from dashboard.i18n import Words, decimals_of, stated_decimals
from dashboard.rows import Row, optional

COMPUTED = ("change_pp", "change_pct", "maintain")
"""Kinds of target whose value follows from a measured baseline, so to one decimal at most."""


@dataclass(frozen=True)
class Promise:
    """The marks of one target; None where the plan or the figures do not give them."""

    target: Mark | None
    stated: Mark | None
    forecast: Mark | None
    path_start: tuple[float, float] | None
    """Year and percentage where the dashed path begins; None where there is no path."""
    is_limit: bool
    """Whether the target is to stay at or below (above) a level, so a level line is drawn."""
    direction: str


def promise_of(assessment: Row | None, *, who: str, group: str = "", words: Words) -> Promise:
    """Marks from an assessment row; all None without one."""
    if assessment is None:
        return Promise(None, None, None, None, is_limit=False, direction="decrease")
    target = target_mark(assessment, who=who, group=group)
    start = _baseline(assessment)
    direction = optional(assessment, "direction") or "decrease"
    maintain = optional(assessment, "kind") == "maintain"
    # after a major break a path from the old figures would pass judgement on the new ones
    straight = not maintain and may_be_joined(assessment)
    on_path = bool(target and start and straight and _ahead(start, target, direction))
    return Promise(
        target=target,
        stated=_stated(assessment, who, group, start),
        forecast=_forecast(assessment, who, group),
        path_start=start if on_path else None,
        is_limit=maintain or bool(target and target.year is None),
        direction=direction,
    )


def may_be_joined(row: Row) -> bool:
    """Whether a line may go on from the baseline: no major break lies after it."""
    return bool(optional(row, "change") != "not_comparable")


def target_mark(row: Row, *, who: str, group: str = "") -> Mark | None:
    """The target, with the decimals it was promised with."""
    value, year = optional(row, "target_value"), optional(row, "target_year")
    if value is None:
        return None
    places = stated_decimals(value)
    if optional(row, "kind") in COMPUTED:
        places = min(places, 1)
    return Mark("target", who, group, None if year is None else int(year), value, decimals=places)


def _baseline(row: Row) -> tuple[float, float] | None:
    """Year and percentage of the comparable baseline."""
    year, value = optional(row, "baseline_year"), optional(row, "baseline_value")
    return None if year is None or value is None else (int(year), value)


def latest_mark(row: Row, *, who: str) -> Mark | None:
    """The newest comparable figure of an assessment with its margin; None without one."""
    value, year = optional(row, "latest_value"), optional(row, "latest_year")
    if value is None or year is None:
        return None
    limits = optional(row, "ci_lower"), optional(row, "ci_upper")
    places = decimals_of(optional(row, "latest_rounding_step"))
    return Mark("measured", who, "", int(year), value, *limits, decimals=places)


def baseline_mark(row: Row, *, who: str) -> Mark | None:
    """The comparable baseline of an assessment, where it is another wave than the newest."""
    start, latest = _baseline(row), optional(row, "latest_year")
    if start is None or start[0] == latest:
        return None
    limits = optional(row, "baseline_ci_lower"), optional(row, "baseline_ci_upper")
    places = decimals_of(optional(row, "baseline_rounding_step"))
    return Mark("measured", who, "", int(start[0]), start[1], *limits, decimals=places)


def country_mark(row: Row, *, group: str = "", words: Words) -> Mark | None:
    """The Netherlands at the newest wave of an assessment; None without it."""
    value = optional(row, "country_value")
    year = optional(row, "country_year") or optional(row, "latest_year")
    if value is None or year is None:
        return None
    places = decimals_of(optional(row, "latest_rounding_step"))
    limits = optional(row, "country_ci_lower"), optional(row, "country_ci_upper")
    name = words("charts.country")
    return Mark("measured", name, group, int(year), value, *limits, decimals=places)


def target_phrase(target: Mark | None, *, words: Words) -> str:
    """A target with its year where it has one, such as 'doel 2028: 36%'; empty without one."""
    if target is None or target.value is None:
        return ""
    value = words.format_pct(target.value, decimals=target.decimals)
    if target.year is None:
        return words("charts.target_label", value=value)
    return words("charts.target_label_year", year=words.format_year(target.year), value=value)


def _ahead(start: tuple[float, float], target: Mark, direction: str) -> bool:
    """Whether the target lies later than the baseline and past it in the wanted direction."""
    if target.year is None or target.value is None or target.year <= start[0]:
        return False
    return target.value < start[1] if direction == "decrease" else target.value > start[1]


def _stated(row: Row, who: str, group: str, start: tuple[float, float] | None) -> Mark | None:
    """The baseline as the plan states it, where the series says something else."""
    value = optional(row, "baseline_stated")
    year = optional(row, "baseline_year_stated") or optional(row, "baseline_year")
    if value is None or (start is not None and value == start[1]):
        return None
    return Mark(
        "stated",
        who,
        group,
        None if year is None else int(year),
        value,
        decimals=stated_decimals(value),
    )


def _forecast(row: Row, who: str, group: str) -> Mark | None:
    """Where the line of the waves before the plan would be at the latest wave."""
    value, year = optional(row, "forecast_value"), optional(row, "latest_year")
    if value is None or year is None:
        return None
    return Mark("forecast", who, group, int(year), value, decimals=1)
