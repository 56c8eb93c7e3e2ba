"""One worked example of every verdict code, from figures to code.

Standard errors are 1.0 point unless told otherwise; z-values were worked out beside the program
from the formulas of the method: lg(x) = ln(x / (100 - x)), s = 0.01 / (p(1 - p)) with the
rounding of one decimal added.
"""

from __future__ import annotations

from typing import Any

import pytest

from etl.verdict_codes import CODES
from tests.etl.promised import Row, World, figure, target, verdict, with_error

TO_40 = {"target_value": 40.0}


def west(*values: tuple[int, float], error: float = 1.0) -> list[Row]:
    return [with_error(year, value, error) for year, value in values]


def country(*values: tuple[int, float], error: float = 0.1) -> list[Row]:
    return [with_error(year, value, error, region_code="NL01") for year, value in values]


TREND = {"baseline_year": None, "target_year": None, "plan_start": 2021}
RISING = ((2012, 36.0), (2016, 39.0), (2020, 42.0))
LEVEL = ((2012, 42.0), (2016, 42.0), (2020, 42.0))
NL_RISING = ((2012, 40.0), (2016, 43.0), (2020, 46.0))

EXAMPLES: dict[str, tuple[list[Row], Row]] = {
    "qualitative": (west((2016, 45.0)), target("qualitative")),
    "no_data": ([], target(**TO_40)),
    "no_target": (west((2016, 45.0), (2020, 41.0)), target("none")),
    "baseline_only": (west((2012, 39.0), (2016, 45.0)), target(**TO_40)),
    # z_target 4.86
    "met": (west((2016, 45.0), (2020, 35.0)), target(**TO_40)),
    # z_target 0.50
    "met_within_margin": (west((2016, 45.0), (2020, 39.5)), target(**TO_40)),
    "met_untested": ([figure(2016, 45.0), figure(2020, 40.0)], target(**TO_40)),
    # z_target -4.05
    "missed": (west((2016, 45.0), (2028, 44.0)), target(**TO_40)),
    # z_target -1.00
    "missed_within_margin": (west((2016, 45.0), (2028, 41.0)), target(**TO_40)),
    "missed_untested": ([figure(2016, 45.0), figure(2028, 41.0)], target(**TO_40)),
    "no_baseline": (west((2020, 45.0)), target(baseline_year=None, **TO_40)),
    # z_target 3.91 in 2020 and -4.05 in 2024
    "lost": (west((2016, 45.0), (2020, 36.0), (2024, 44.0)), target(**TO_40)),
    # 39.5 in 2020; z_target -1.00 in 2024
    "around_target": (west((2016, 45.0), (2020, 39.5), (2024, 41.0)), target(**TO_40)),
    # the path stands at 43.33 in 2020
    "untested_on_track": ([figure(2016, 45.0), figure(2020, 43.3)], target(**TO_40)),
    "untested_behind": ([figure(2016, 45.0), figure(2020, 43.4)], target(**TO_40)),
    "untested": (
        [figure(2016, 45.0), figure(2020, 43.4)],
        target(target_year=None, **TO_40),
    ),
    # z_change -2.82
    "worsened": (west((2016, 45.0), (2020, 49.0)), target(**TO_40)),
    # z_change 2.82, p_on_path 0.974
    "improved_on_track": (west((2016, 45.0), (2020, 41.0)), target(**TO_40)),
    # z_change 2.26, p_on_path 0.671
    "improved_pace_unclear": (west((2016, 45.0), (2020, 41.8)), target(target_value=37.0)),
    # z_change 2.19, p_on_path 0.057
    "improved_behind": (west((2016, 45.0), (2020, 41.9)), target(target_value=30.0)),
    "improved": (west((2016, 45.0), (2020, 41.8)), target(target_value=37.0, target_year=None)),
    # z_change -0.35, p_on_path 0.036
    "unchanged_behind": (west((2016, 45.0), (2020, 45.5)), target(**TO_40)),
    # z_change 0.99, p_on_path 0.412
    "undetermined": (west((2016, 45.0), (2020, 43.6)), target(**TO_40)),
    "unchanged": (west((2016, 45.0), (2020, 43.6)), target(target_year=None, **TO_40)),
    "awaiting_measurement": (west(*RISING), target("trend", **TREND)),
    "trend_untested": (
        [*west(*RISING), figure(2024, 40.0), *country(*NL_RISING, (2024, 46.0))],
        target("trend", **TREND),
    ),
    # fall of 5 points against a rising line, while the country stays at 46
    "trend_turned": (
        [*west(*RISING, (2024, 37.0)), *country(*NL_RISING, (2024, 46.0))],
        target("trend", **TREND),
    ),
    # a level line was not rising, so it cannot turn
    "trend_broken": (
        [*west(*LEVEL, (2024, 36.0)), *country(*LEVEL, (2024, 42.0))],
        target("trend", **TREND),
    ),
    "trend_with_country": (
        [*west(*LEVEL, (2024, 36.0)), *country(*LEVEL, (2024, 36.0))],
        target("trend", **TREND),
    ),
    # forecast 45.04 in 2024 with z_trend 1.39
    "trend_slowed": (
        [*west(*RISING, (2024, 42.5)), *country(*NL_RISING, (2024, 49.0))],
        target("trend", **TREND),
    ),
    "trend_not_shown": (
        [*west(*RISING, (2024, 45.0)), *country(*NL_RISING, (2024, 49.0))],
        target("trend", **TREND),
    ),
}

MAJOR = {
    "break_id": "cut-off",
    "series_id": "survey",
    "indicator": "lonely",
    "year_before": 2016,
    "year_after": 2020,
    "severity": "major",
}


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_worked_example_gets_its_code(code: str) -> None:
    figures, promise = EXAMPLES[code]

    assert verdict(World(figures, [promise]))["code"] == code


def test_newer_waves_behind_a_major_break_are_not_comparable() -> None:
    row = verdict(World(west((2016, 45.0), (2020, 35.0)), [target(**TO_40)], breaks=[MAJOR]))

    assert (row["code"], row["level"]) == ("not_comparable", "not_applicable")
    assert (row["change"], row["pace"], row["colour"]) == (
        "not_comparable",
        "not_applicable",
        "grey",
    )
    assert (row["latest_value"], row["comparability"]) == (35.0, "major")
    assert row["change_pp"] is row["gap_pp"] is row["z_target"] is row["z_change"] is None


def test_every_code_has_a_worked_example() -> None:
    assert {*EXAMPLES, "not_comparable"} == set(CODES)


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_mirror_image_gets_the_mirrored_verdict(code: str) -> None:
    figures, promise = EXAMPLES[code]
    mirrored = [_mirrored(row, "value") for row in figures]
    world = World(mirrored, [_mirrored(promise, "target_value")], direction="increase")

    one, other = verdict(World(figures, [promise])), verdict(world)

    same = ("code", "level", "change", "pace", "colour", "notes", "rounding_sensitive")
    assert {name: one[name] for name in same} == {name: other[name] for name in same}
    for name in ("z_change", "z_target", "z_path", "z_trend", "z_trend_country"):
        assert one[name] == pytest.approx(other[name], abs=1e-9)
    for name in ("detectable_change_pp", "detectable_change_80_pp", "pct_targeted_change"):
        assert one[name] == pytest.approx(other[name], abs=1e-9)
    assert (other["change_pp"] is None) == (one["change_pp"] is None)
    if one["change_pp"] is not None:
        assert other["change_pp"] == pytest.approx(-one["change_pp"])
        assert other["gap_pp"] == pytest.approx(-one["gap_pp"]) if one["gap_pp"] else True


def _mirrored(row: Row, name: str) -> dict[str, Any]:
    return {**row, name: 100 - row[name]} if row.get(name) is not None else row


COLOURS = {
    "orange": {"worsened", "lost", "missed"},
    "blue": {
        *("met", "improved_on_track", "improved_pace_unclear", "improved"),
        *("trend_turned", "trend_broken", "no_target", "met_within_margin", "around_target"),
    },
}
"""Of the examples above. The last three are blue because their change is shown: 45 to 41 or so."""


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_colour_is_grey_unless_something_is_shown(code: str) -> None:
    figures, promise = EXAMPLES[code]
    expected = next((name for name, codes in COLOURS.items() if code in codes), "grey")

    assert verdict(World(figures, [promise]))["colour"] == expected
