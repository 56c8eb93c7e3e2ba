"""The verdict under another reading: stated baseline, former target, waves left out, rounding."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.etl.promised import Row, World, assessed, figure, target, verdict, with_error

TO_40 = {"target_value": 40.0}


def sure(*values: tuple[int, float], error: float = 1.0, **more: Any) -> list[Row]:
    return [with_error(year, value, error, **more) for year, value in values]


def variants(world: World, *, year: int) -> dict[str, Row]:
    rows = assessed(world).sensitivity.to_pylist()
    return {row["variant"]: row for row in rows if row["as_of_year"] == year}


def test_rounding_is_always_looked_at_and_nothing_else_without_a_reason() -> None:
    found = variants(World(sure((2016, 45.0), (2020, 41.0))), year=2020)

    assert set(found) == {"rounding_up", "rounding_down"}
    assert (found["rounding_up"]["baseline_value"], found["rounding_up"]["latest_value"]) == (
        45.05,
        41.05,
    )
    assert found["rounding_down"]["latest_value"] == 40.95
    assert not found["rounding_up"]["changes_verdict"]


def test_the_stated_baseline_is_judged_with_the_error_of_the_comparable_one() -> None:
    # 45.8 to 43.4 shows nothing (z 1.69); 48.0 to 43.4 would (z about 3.3)
    world = World(sure((2016, 45.8), (2020, 43.4)), [target(baseline_stated=48.0, **TO_40)])
    row = variants(world, year=2020)["stated_baseline"]

    assert (row["baseline_value"], row["baseline_year"]) == (48.0, 2016)
    assert row["change"] == "improved"
    assert row["changes_verdict"]


def test_a_change_in_points_is_taken_from_the_stated_baseline_there() -> None:
    promise = target("change_pp", target_change=-5.0, baseline_stated=48.0)
    row = variants(World(sure((2016, 45.8), (2020, 43.4)), [promise]), year=2020)["stated_baseline"]

    assert row["target_value"] == pytest.approx(43.0)


@pytest.mark.parametrize("missing", [{"baseline_year": None}, {"baseline_year": 2017}])
def test_a_stated_baseline_is_never_set_beside_a_wave_the_series_lacks(missing: Row) -> None:
    promise = target(baseline_stated=48.0, **{**TO_40, **missing})
    found = variants(World(sure((2016, 45.8), (2020, 43.4)), [promise]), year=2020)

    assert "stated_baseline" not in found


def test_the_former_target_is_a_variant_with_its_own_year() -> None:
    promise = target(former_target_value=44.0, former_target_year=2020, **TO_40)
    world = World(sure((2016, 45.0), (2020, 41.0)), [promise])
    row = variants(world, year=2020)["former_target"]

    assert (row["target_value"], row["target_year"], row["code"]) == (44.0, 2020, "met")
    assert verdict(world)["code"] == "improved_on_track"
    assert row["changes_verdict"]


def test_a_former_target_that_was_missed_stays_missed_there() -> None:
    promise = target(former_target_value=36.0, former_target_year=2020, **TO_40)
    found = variants(World(sure((2016, 45.0), (2020, 41.0), (2024, 41.0)), [promise]), year=2024)

    assert found["former_target"]["code"] == "missed"


def test_a_target_to_hold_the_baseline_has_no_number_and_is_a_former_target_all_the_same() -> None:
    promise = target("maintain", target_value=40.0, target_year=None, decided=date(2024, 5, 14))
    found = variants(World(sure((2016, 45.0), (2020, 44.0)), [promise]), year=2020)

    assert found["former_target"]["target_value"] == 45.0
    assert found["former_target"]["code"] == "met_within_margin"


def test_a_former_change_is_taken_from_the_baseline() -> None:
    promise = target("change_pct", target_change=-50.0, former_target_change=-20.0)
    row = variants(World(sure((2016, 45.0), (2020, 41.0)), [promise]), year=2020)["former_target"]

    assert row["target_value"] == pytest.approx(36.0)


class TestExceptionalWaves:
    WAVES = sure((2016, 45.0), (2020, 43.6), (2022, 35.0), (2024, 43.6))

    def test_leaving_them_out_can_change_what_was_reached(self) -> None:
        world = World(self.WAVES, exceptional=(2022,))
        found = variants(world, year=2024)["without_exceptional_waves"]

        assert verdict(world)["code"] == "lost"
        assert (found["code"], found["changes_verdict"]) == ("unchanged_behind", True)

    def test_at_such_a_wave_the_one_before_it_counts(self) -> None:
        found = variants(World(self.WAVES, exceptional=(2022,)), year=2022)
        row = found["without_exceptional_waves"]

        assert (row["latest_year"], row["latest_value"]) == (2020, 43.6)

    def test_before_such_a_wave_there_is_nothing_to_leave_out(self) -> None:
        found = variants(World(self.WAVES, exceptional=(2022,)), year=2020)

        assert "without_exceptional_waves" not in found

    def test_an_exceptional_baseline_leaves_no_baseline(self) -> None:
        promise = target(baseline_year=2022, target_value=30.0)
        row = variants(World(self.WAVES, [promise], exceptional=(2022,)), year=2024)[
            "without_exceptional_waves"
        ]

        assert row["code"] == "no_baseline"

    def test_a_series_of_exceptional_waves_alone_has_no_such_variant(self) -> None:
        promise = target(baseline_year=None, **TO_40)
        found = variants(World(sure((2022, 45.0)), [promise], exceptional=(2022,)), year=2022)

        assert "without_exceptional_waves" not in found


class TestRoundingSensitive:
    def test_a_value_on_the_target_may_lie_on_either_side(self) -> None:
        row = verdict(World([figure(2016, 45.0), figure(2020, 40.0)]))

        assert row["code"] == "met_untested"
        assert row["rounding_sensitive"]

    def test_half_a_step_past_the_target_is_still_past_it(self) -> None:
        clear = verdict(World([figure(2016, 45.0), figure(2020, 39.9)]))
        whole = verdict(World([figure(2016, 45.0), figure(2020, 39.9, rounding_step=1.0)]))

        assert not clear["rounding_sensitive"]
        assert whole["rounding_sensitive"]

    def test_a_target_that_moves_with_the_baseline_is_not_crossed(self) -> None:
        promise = target("change_pp", target_change=-5.0)
        row = verdict(World([figure(2016, 45.0), figure(2020, 40.0)], [promise]))

        assert not row["rounding_sensitive"]

    def test_a_level_shown_by_a_hair_is_lost_half_a_step_up(self) -> None:
        # z_target 2.03 at 38 with the error of rounding; 1.52 half a percent higher
        figures = sure((2016, 45.0), (2020, 38.0), error=0.93, rounding_step=1.0)
        row = verdict(World(figures))

        assert row["level"] == "met"
        assert row["rounding_sensitive"]
        sure_row = verdict(World(sure((2016, 45.0), (2020, 35.0), error=0.97, rounding_step=1.0)))
        assert not sure_row["rounding_sensitive"]
