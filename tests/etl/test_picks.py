"""Which waves a verdict is about, and what an earlier one has to have shown."""

from __future__ import annotations

import pytest

from tests.etl.promised import World, figure, target, verdicts, with_error


def test_a_trend_without_waves_before_the_plan_is_looked_at_in_every_wave() -> None:
    figures = [figure(year, 45.0) for year in (2016, 2020, 2024)]
    aim = target("trend", baseline_year=None, target_year=None, plan_start=2012)

    rows = verdicts(World(figures, [aim]))

    assert {year: row["code"] for year, row in rows.items()} == dict.fromkeys(
        (2016, 2020, 2024), "no_baseline"
    )


def test_another_target_without_a_baseline_is_looked_at_in_the_newest_wave_alone() -> None:
    figures = [figure(year, 45.0) for year in (2012, 2020, 2024)]

    rows = verdicts(World(figures, [target(target_value=40.0)]))

    assert list(rows) == [2024]


@pytest.mark.parametrize(("points", "is_lost"), [(0.99, True), (1.05, False)])
def test_only_a_wave_that_showed_the_target_met_can_be_lost_again(
    points: float, is_lost: bool
) -> None:
    # logits of 40 and 38 differ 0.0841: 2.00 errors of 0.99 points, 1.88 of 1.05 (rounding added)
    figures = [
        with_error(2016, 45.0, 1.0),
        with_error(2020, 38.0, points),
        with_error(2024, 47.0, 1.0),
    ]

    rows = verdicts(World(figures, [target(target_value=40.0)]))

    assert (rows[2024]["code"] == "lost") == is_lost


def test_a_wave_behind_a_major_break_is_shown_and_judged_in_nothing() -> None:
    figures = [with_error(2016, 45.0, 1.0), with_error(2020, 30.0, 1.0)]
    cut = {
        "break_id": "one",
        "series_id": "survey",
        "indicator": "lonely",
        "year_before": 2016,
        "year_after": 2020,
        "severity": "major",
    }

    row = verdicts(World(figures, [target(target_value=40.0)], breaks=[cut]))[2020]

    assert (row["code"], row["change"]) == ("not_comparable", "not_comparable")
    assert (row["level"], row["pace"]) == ("not_applicable", "not_applicable")
    assert (row["z_target"], row["p_met"], row["gap_pp"]) == (None, None, None)
