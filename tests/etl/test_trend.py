"""Targets that want a trend broken: the forecast, its error, and what may be said of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.trend import Forecast, forecast, trend_codes
from etl.verdict_codes import CODES
from tests.etl.promised import (
    Row,
    World,
    assessed,
    figure,
    notes,
    target,
    verdict,
    verdicts,
    with_error,
)

AIM = target("trend", baseline_year=None, target_year=None, plan_start=2021)
RISING = ((2012, 36.0), (2016, 39.0), (2020, 42.0))
NL = ((2012, 40.0), (2016, 43.0), (2020, 46.0))


def west(*values: tuple[int, float], error: float = 1.0, **more: Any) -> list[Row]:
    return [with_error(year, value, error, **more) for year, value in values]


def country(*values: tuple[int, float], error: float = 0.1) -> list[Row]:
    return west(*values, error=error, region_code="NL01")


def line(
    years: list[float],
    logits: list[float],
    errors: list[float],
    *,
    later: tuple[float, float, float],
) -> Forecast:
    return forecast(
        np.array([years]),
        logits=np.array([logits]),
        errors=np.array([errors]),
        used=np.ones((1, len(years)), dtype=bool),
        later_year=np.array([later[0]]),
        later_logit=np.array([later[1]]),
        later_error=np.array([later[2]]),
    )


def test_two_waves_are_carried_on_with_the_errors_of_both() -> None:
    # value at 3 is 2 * 0.2 - 0 = 0.4 with variance 4 * 0.01 + 0.01, and 0.01 of the later wave
    found = line([1, 2], [0.0, 0.2], [0.1, 0.1], later=(3, 0.0, 0.1))

    assert found.value[0] == pytest.approx(0.4)
    assert found.slope[0] == pytest.approx(0.2)
    assert found.z[0] == pytest.approx(0.4 / np.sqrt(0.06))


def test_waves_that_fit_the_line_keep_its_own_variance() -> None:
    # equal errors 0.1 at 1, 2, 3: variance at 4 is 0.01 (1/3 + 4/2)
    found = line([1, 2, 3], [0.0, 0.1, 0.2], [0.1, 0.1, 0.1], later=(4, 0.0, 0.2))

    assert found.z[0] == pytest.approx(0.3 / np.sqrt(0.01 * (1 / 3 + 2) + 0.04))


def test_waves_that_do_not_fit_make_the_line_less_sure() -> None:
    # residuals 0.1, -0.2, 0.1 of a level line: Q = 0.06 / 0.0025 = 24 with one degree of freedom
    found = line([1, 2, 3], [0.1, -0.2, 0.1], [0.05, 0.05, 0.05], later=(4, -1.0, 0.2))

    assert found.value[0] == pytest.approx(0.0)
    assert found.z[0] == pytest.approx(1.0 / np.sqrt(24 * 0.0025 * (1 / 3 + 2) + 0.04))


def test_a_surer_wave_weighs_more() -> None:
    # weights 1, 1 and 4 around the mean year 2.5: slope 0.1333 sums up to
    found = line([1, 2, 3], [0.0, 0.0, 0.3], [0.2, 0.2, 0.1], later=(4, 0.0, 0.1))
    weights, years, logits = np.array([25, 25, 100]), np.array([1, 2, 3]), np.array([0, 0, 0.3])
    slope, start = np.polyfit(years, logits, 1, w=np.sqrt(weights))

    assert found.slope[0] == pytest.approx(slope)
    assert found.value[0] == pytest.approx(start + 4 * slope)


def test_without_one_standard_error_there_is_a_forecast_and_no_test() -> None:
    found = line([1, 2, 3], [0.0, 0.1, 0.2], [0.1, np.nan, 0.1], later=(4, 0.0, 0.1))

    assert found.value[0] == pytest.approx(0.3)
    assert np.isnan(found.z[0])


def test_a_wave_is_judged_against_the_line_before_the_plan() -> None:
    figures = [*west(*RISING, (2024, 37.0)), *country(*NL, (2024, 46.0))]
    rows = verdicts(World(figures, [AIM]))

    assert {year: row["code"] for year, row in rows.items()} == {
        2020: "awaiting_measurement",
        2024: "trend_turned",
    }
    waiting, row = rows[2020], rows[2024]
    assert waiting["baseline_value"] is waiting["z_trend"] is waiting["forecast_value"] is None
    assert (row["baseline_year"], row["baseline_value"]) == (2020, 42.0)
    assert (row["latest_year"], row["latest_value"]) == (2024, 37.0)
    # logits -0.5754, -0.4473, -0.3228 give -0.1959 in 2024, which is 45.1%
    assert row["forecast_value"] == pytest.approx(45.1, abs=0.1)
    assert row["change_pp"] == -5.0
    assert row["level"] == row["change"] == row["pace"] == "not_applicable"
    assert row["target_value"] is None


def test_waves_in_the_year_the_plan_starts_are_before_it() -> None:
    promise = {**AIM, "plan_start": 2020}
    row = verdict(World(west(*RISING), [promise]))

    assert row["code"] == "awaiting_measurement"
    assert verdict(World(west(*RISING), [{**AIM, "plan_start": 2019}]))["code"] != row["code"]
    later = verdict(World(west(*RISING, (2024, 37.0)), [promise]))
    assert (later["baseline_year"], later["baseline_value"]) == (2020, 42.0)


@pytest.mark.parametrize("waves", [(), ((2020, 42.0),)])
def test_fewer_than_two_waves_before_the_plan_are_no_baseline(
    waves: tuple[tuple[int, float], ...],
) -> None:
    rows = verdicts(World(west(*waves, (2024, 37.0), (2028, 36.0)), [AIM]))

    assert {row["code"] for row in rows.values()} == {"no_baseline"}
    assert {row["change"] for row in rows.values()} == {"no_baseline"}
    assert list(rows) == [*(year for year, _ in waves), 2024, 2028]


def test_two_waves_before_the_plan_never_say_more_than_slowed() -> None:
    figures = [*west(*RISING[1:], (2024, 30.0)), *country(*NL, (2024, 46.0))]
    row = verdict(World(figures, [AIM]))

    assert row["z_trend"] > 1.96
    assert (row["code"], row["colour"]) == ("trend_slowed", "grey")
    assert "indicative" in notes(row)


def test_three_waves_are_not_called_indicative() -> None:
    row = verdict(World([*west(*RISING, (2024, 30.0)), *country(*NL, (2024, 46.0))], [AIM]))

    assert "indicative" not in notes(row)


@pytest.mark.parametrize(
    "nation",
    [[], country(*NL), [*country(*NL), figure(2024, 46.0, region_code="NL01")]],
)
def test_without_the_country_nothing_is_said_to_differ_from_it(nation: list[Row]) -> None:
    row = verdict(World([*west(*RISING, (2024, 34.0)), *nation], [AIM]))

    assert (row["code"], row["colour"]) == ("trend_with_country", "grey")
    assert row["z_trend_country"] is None
    assert "country_not_tested" in notes(row)


def test_turning_needs_the_country_only_over_the_waves_of_the_fall() -> None:
    nation = country(*NL[1:], (2024, 46.0))
    row = verdict(World([*west(*RISING, (2024, 34.0)), *nation], [AIM]))

    assert row["code"] == "trend_turned"
    assert row["z_trend_country"] is None


def test_what_moved_as_the_country_did_is_not_blue() -> None:
    figures = [*west(*RISING, (2024, 37.0)), *country(*NL, (2024, 41.0))]
    row = verdict(World(figures, [AIM]))

    assert (row["code"], row["colour"]) == ("trend_with_country", "grey")
    assert "country_not_tested" not in notes(row)


def test_a_wave_of_the_country_in_another_edition_is_not_used() -> None:
    nation = [{**row, "edition": "old"} for row in country(*NL, (2024, 46.0))]
    world = World(
        [*west(*RISING, (2024, 37.0)), *nation], [AIM], editions={"survey": ["published", "old"]}
    )

    assert "country_not_tested" in notes(verdict(world))


def test_waves_behind_a_major_break_are_no_part_of_the_line() -> None:
    cut = {
        "break_id": "one",
        "series_id": "survey",
        "indicator": "lonely",
        "year_before": 2012,
        "year_after": 2016,
        "severity": "major",
    }
    figures = [*west(*RISING, (2024, 30.0)), *country(*NL, (2024, 46.0))]

    row = verdict(World(figures, [AIM], breaks=[cut]))

    assert row["code"] == "trend_slowed"
    assert "indicative" in notes(row)
    later = {**cut, "year_before": 2020, "year_after": 2024}
    assert verdict(World(figures, [AIM], breaks=[later]))["code"] == "not_comparable"


def test_a_trend_rests_on_the_line_without_exceptional_waves_as_a_variant() -> None:
    figures = [
        *west(*RISING, (2022, 39.0), (2024, 37.0)),
        *country(*NL, (2022, 45.0), (2024, 46.0)),
    ]
    promise = {**AIM, "plan_start": 2022}
    found = assessed(World(figures, [promise], exceptional=(2022,)))

    (row,) = (
        row
        for row in found.sensitivity.to_pylist()
        if row["variant"] == "without_exceptional_waves" and row["as_of_year"] == 2024
    )
    assert (row["baseline_year"], row["code"]) == (2020, "trend_turned")


ORDER = ("trend_not_shown", "trend_slowed", "trend_with_country", "trend_broken", "trend_turned")


@settings(max_examples=100, deadline=None)
@given(
    z_trend=st.floats(-4, 6),
    z_country=st.floats(-4, 6),
    more=st.floats(0, 3),
    before=st.integers(2, 5),
    slope=st.floats(-1, 1),
)
def test_a_better_wave_never_gets_a_worse_code(
    z_trend: float, z_country: float, more: float, before: int, slope: float
) -> None:
    places = trend_codes(
        before=np.full(2, before),
        has_later=np.ones(2, dtype=bool),
        not_comparable=np.zeros(2, dtype=bool),
        slope=np.full(2, slope),
        z_trend=np.array([z_trend, z_trend + more]),
        z_trend_country=np.array([z_country, z_country + more]),
        fall_shown=np.array([z_trend > 1.5, z_trend + more > 1.5]),
        z_difference=np.array([z_country, z_country + more]),
    )
    first, second = (ORDER.index(CODES[place]) for place in places)

    assert second >= first


@pytest.mark.parametrize(
    ("before", "z_trend", "z_country", "slope", "fall", "z_difference", "code"),
    [
        (2, 1.2799, 3.0, 0.0, False, 0.0, "trend_not_shown"),
        (2, 1.2801, 3.0, 0.0, False, 0.0, "trend_slowed"),
        (2, 3.0, 3.0, 0.1, True, 3.0, "trend_slowed"),
        (3, 1.9599, 3.0, 0.0, False, 0.0, "trend_slowed"),
        (3, 1.9601, 1.9601, 0.0, False, 0.0, "trend_broken"),
        (3, 1.9601, 1.9599, 0.0, False, 0.0, "trend_with_country"),
        (3, 0.0, 0.0, 0.1, True, 1.9601, "trend_turned"),
        (3, 0.0, 0.0, 0.1, True, 1.9599, "trend_with_country"),
        (3, 0.0, 0.0, 0.1, False, 3.0, "trend_not_shown"),
        (3, 0.0, 0.0, 0.0, True, 3.0, "trend_not_shown"),
        (3, 0.0, 0.0, -0.1, True, 3.0, "trend_not_shown"),
        (3, 3.0, np.nan, 0.0, False, np.nan, "trend_with_country"),
    ],
)
def test_each_code_begins_where_the_method_says(
    before: int,
    z_trend: float,
    z_country: float,
    slope: float,
    fall: bool,
    z_difference: float,
    code: str,
) -> None:
    (place,) = trend_codes(
        before=np.array([before]),
        has_later=np.array([True]),
        not_comparable=np.array([False]),
        slope=np.array([slope]),
        z_trend=np.array([z_trend]),
        z_trend_country=np.array([z_country]),
        fall_shown=np.array([fall]),
        z_difference=np.array([z_difference]),
    )

    assert CODES[place] == code
