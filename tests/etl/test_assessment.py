"""From published tables to verdicts: waves, editions, baselines, targets, notes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from etl.assessment import assess
from etl.verdict_notes import NOTES
from tests.etl.promised import (
    Row,
    World,
    assessed,
    figure,
    notes,
    tables_of,
    target,
    verdict,
    verdicts,
    with_error,
)

MARTS = Path(__file__).parents[2] / "etl/sql/marts"
TO_40 = {"target_value": 40.0}


def west(*values: tuple[int, float | None], **more: Any) -> list[Row]:
    """Figures of Westland without margins."""
    return [figure(year, value, **more) for year, value in values]


def sure(*values: tuple[int, float], error: float = 1.0, **more: Any) -> list[Row]:
    """Figures of Westland with a published standard error."""
    return [with_error(year, value, error, **more) for year, value in values]


def a_break(before: int, after: int, severity: str, series: str = "survey") -> Row:
    return {
        "break_id": "one",
        "series_id": series,
        "indicator": "lonely",
        "year_before": before,
        "year_after": after,
        "severity": severity,
    }


class TestShippedFigures:
    """What the figures that come with the project say of the first four municipalities."""

    def test_westland_severely_lonely_is_behind_as_far_as_untested_figures_tell(self) -> None:
        promise = target(
            indicator="severely_lonely",
            baseline_stated=8.0,
            baseline_year_assumed=True,
            target_value=4.0,
        )
        row = verdict(World(west((2016, 8.3), (2020, 9.6), indicator="severely_lonely"), [promise]))

        assert row["code"] == "untested_behind"
        assert (row["level"], row["change"], row["pace"], row["colour"]) == (
            "not_met_untested",
            "untested",
            "untested_behind",
            "grey",
        )
        assert (row["baseline_value"], row["latest_value"]) == (8.3, 9.6)
        # a third of the way from 8.3 to 4
        assert row["path_value"] == pytest.approx(6.8667, abs=1e-4)
        assert (row["change_pp"], row["gap_pp"]) == (1.3, 5.6)
        assert row["required_pp_per_year"] == pytest.approx(-0.7)
        assert row["observed_pp_per_year"] == pytest.approx(0.325)
        assert notes(row) == {"awaiting_final", "baseline_year_assumed"}

    def test_westland_65_plus_is_judged_against_what_the_series_says(self) -> None:
        promise = target(baseline_stated=44.0, target_value=36.0)
        row = verdict(World(west((2012, 42.2), (2016, 45.8), (2020, 48.7)), [promise]))

        assert (row["code"], row["baseline_value"]) == ("untested_behind", 45.8)
        assert "baseline_matters" not in notes(row)

    def test_a_series_that_ends_with_the_baseline_says_only_that(self) -> None:
        promise = target(age_group="19-64", target_value=30.0, baseline_stated=38.0)
        world = World(
            [
                *west((2009, 30.0), (2016, 38.0), age_group="19-64", rounding_step=1.0),
                *west((2012, 36.0), (2016, 39.1), series_id="rivm", age_group="18-64"),
                figure(2020, None, series_id="rivm", age_group="18-64"),
            ],
            [promise],
            editions={"survey": ["published"], "rivm": ["published"]},
            measured_by=[
                {"target_id": "aim", "series_id": "survey"},
                {"target_id": "aim", "series_id": "rivm", "age_group": "18-64", "fit": "near"},
            ],
        )
        rows = {row["series_id"]: row for row in assessed(world).assessments.to_pylist()}

        assert {row["code"] for row in rows.values()} == {"baseline_only"}
        assert {row["as_of_year"] for row in rows.values()} == {2016}
        assert rows["survey"]["is_headline"]
        assert not rows["rivm"]["is_headline"]
        assert rows["rivm"]["fit"] == "near"
        assert "age_near" in notes(rows["rivm"])
        assert "newer_suppressed" in notes(rows["rivm"])

    def test_hardenberg_has_no_baseline_year_so_only_its_level_is_judged(self) -> None:
        promise = target(
            baseline_stated=40.0, baseline_year=None, target_value=35.0, target_year=None
        )
        rows = verdicts(World(west((2012, 33.2), (2016, 37.2), (2020, 41.0)), [promise]))

        assert list(rows) == [2020]
        row = rows[2020]
        assert (row["code"], row["level"]) == ("no_baseline", "not_met_untested")
        assert (row["change"], row["pace"]) == ("no_baseline", "not_applicable")
        assert row["path_value"] is row["baseline_value"] is row["change_pp"] is None
        assert notes(row) == {"target_year_unknown"}

    def test_heemstede_waits_for_a_wave_after_its_plan(self) -> None:
        promise = target("trend", baseline_year=None, target_year=None, plan_start=2021)
        rows = verdicts(World(west((2012, 36.3), (2016, 39.3), (2020, 42.9)), [promise]))

        assert list(rows) == [2020]
        assert rows[2020]["code"] == "awaiting_measurement"
        assert (rows[2020]["latest_value"], rows[2020]["latest_year"]) == (42.9, 2020)
        assert rows[2020]["series_id"] == "survey"

    @pytest.mark.parametrize(
        ("promise", "code"),
        [
            (target("qualitative", indicator=None, age_group=None), "qualitative"),
            (target(age_group="youth", target_value=30.0), "no_data"),
        ],
    )
    def test_words_and_unmeasured_targets_have_one_row_without_a_series(
        self, promise: Row, code: str
    ) -> None:
        (row,) = assessed(World(west((2016, 45.8)), [promise])).assessments.to_pylist()

        assert (row["code"], row["series_id"], row["as_of_year"]) == (code, "none", 0)
        assert row["is_headline"]
        assert row["is_current"]
        assert row["latest_value"] is row["edition"] is None


class TestHistory:
    def test_there_is_a_row_per_wave_from_the_baseline_on(self) -> None:
        rows = verdicts(World(sure((2012, 40.0), (2016, 45.0), (2020, 41.0), (2024, 39.5))))

        assert {year: row["code"] for year, row in rows.items()} == {
            2016: "baseline_only",
            2020: "improved_on_track",
            2024: "met_within_margin",
        }
        assert [row["is_current"] for row in rows.values()] == [False, False, True]

    def test_the_baseline_wave_has_no_change_yet(self) -> None:
        row = verdicts(World(sure((2016, 45.0), (2020, 41.0))))[2016]

        assert (row["change"], row["level"]) == ("not_applicable", "not_met")
        assert row["z_change"] is row["change_pp"] is row["pct_targeted_change"] is None
        assert row["observed_pp_per_year"] is row["path_value"] is None
        assert row["detectable_change_pp"] is not None

    def test_a_suppressed_wave_is_never_the_latest(self) -> None:
        rows = verdicts(World([*sure((2016, 45.0), (2020, 41.0)), figure(2024, None)]))

        assert list(rows) == [2016, 2020]
        assert rows[2020]["is_current"]
        assert "newer_suppressed" in notes(rows[2020])
        assert "newer_suppressed" not in notes(rows[2016])

    def test_a_figure_on_29_respondents_is_as_good_as_suppressed(self) -> None:
        rows = verdicts(World([*sure((2016, 45.0)), *sure((2020, 30.0), sample_size=29)]))

        assert list(rows) == [2016]
        assert "newer_suppressed" in notes(rows[2016])

    def test_a_figure_on_49_respondents_is_shown_and_claims_nothing(self) -> None:
        row = verdict(World([*sure((2016, 45.0)), *sure((2020, 30.0), sample_size=49)]))

        assert (row["code"], row["level"], row["colour"]) == (
            "met_untested",
            "met_untested",
            "grey",
        )
        assert row["latest_se_method"] == "none"
        assert "sample_too_small" in notes(row)

    def test_without_a_baseline_figure_only_the_newest_wave_is_judged(self) -> None:
        promise = target(baseline_year=2017, **TO_40)
        rows = verdicts(World(sure((2016, 45.0), (2020, 43.0), (2024, 35.0)), [promise]))

        assert list(rows) == [2024]
        assert (rows[2024]["code"], rows[2024]["change"]) == ("met", "no_baseline")

    def test_a_suppressed_baseline_is_no_baseline_and_says_so(self) -> None:
        row = verdict(World([figure(2016, None), *sure((2020, 45.0))]))

        assert row["code"] == "no_baseline"
        assert "baseline_suppressed" in notes(row)

    def test_another_suppressed_wave_is_not_the_baseline(self) -> None:
        row = verdict(World([figure(2012, None), *sure((2020, 45.0))]))

        assert row["code"] == "no_baseline"
        assert "baseline_suppressed" not in notes(row)

    def test_a_figure_from_before_the_baseline_year_meets_no_target(self) -> None:
        row = verdict(World(sure((2012, 30.0))))

        assert (row["code"], row["level"], row["colour"]) == (
            "no_baseline",
            "not_applicable",
            "grey",
        )
        assert row["target_value"] == 40.0
        assert "figures_before_baseline" in notes(row)

    def test_the_order_of_rows_changes_nothing(self) -> None:
        world = World(
            sure((2016, 45.0), (2020, 41.0), (2024, 39.5)),
            [target(**TO_40), target("none", target_id="other")],
        )
        tables = tables_of(world)
        turned = {
            name: table.take(pa.array(range(len(table))[::-1], pa.int64()))
            for name, table in tables.items()
        }

        one, other = assess(**tables), assess(**turned)
        assert one.assessments.equals(other.assessments)
        order = [(name, "ascending") for name in ("target_id", "as_of_year", "variant")]
        assert one.sensitivity.sort_by(order).equals(other.sensitivity.sort_by(order))


NEW_AND_OLD = {"survey": ["new", "old"]}


class TestEditions:
    def test_all_waves_come_from_the_newest_edition_that_holds_the_baseline(self) -> None:
        world = World(
            [
                *sure((2016, 45.0), (2020, 41.0), edition="old"),
                *sure((2016, 45.4), (2020, 41.3), (2024, 40.9), edition="new"),
            ],
            editions=NEW_AND_OLD,
        )
        rows = verdicts(world)

        assert {row["edition"] for row in rows.values()} == {"new"}
        assert [row["latest_value"] for row in rows.values()] == [45.4, 41.3, 40.9]

    def test_an_older_edition_is_used_when_the_new_one_lacks_the_baseline(self) -> None:
        world = World(
            [
                *sure((2016, 45.0), (2020, 41.0), edition="old"),
                *sure((2020, 35.0), (2024, 34.0), edition="new"),
            ],
            editions=NEW_AND_OLD,
        )
        row = verdict(world)

        assert (row["edition"], row["latest_value"], row["as_of_year"]) == ("old", 41.0, 2020)
        assert "older_edition" in notes(row)

    def test_without_a_baseline_the_newest_edition_is_used(self) -> None:
        world = World(
            [*sure((2016, 45.0), (2020, 41.0), edition="old"), *sure((2020, 40.6), edition="new")],
            [target(baseline_year=None, **TO_40)],
            editions=NEW_AND_OLD,
        )
        row = verdict(world)

        assert (row["edition"], row["latest_value"]) == ("new", 40.6)
        assert "older_edition" not in notes(row)

    def test_figures_of_an_unlisted_edition_are_refused(self) -> None:
        world = World(sure((2016, 45.0)), editions={"survey": ["another"]})

        with pytest.raises(ValueError, match="survey published"):
            assessed(world)


class TestComparability:
    FIGURES = sure((2012, 45.0), (2016, 41.0), (2020, 36.0), (2024, 35.0))
    FROM_2012 = target(baseline_year=2012, **TO_40)

    def test_a_minor_break_is_tested_with_a_note(self) -> None:
        breaks = [a_break(2016, 2020, "minor")]
        rows = verdicts(World(self.FIGURES, [self.FROM_2012], breaks=breaks))

        assert [row["comparability"] for row in rows.values()] == ["same", "same", "minor", "minor"]
        assert rows[2020]["code"] == "met"
        assert "break_minor" in notes(rows[2020])
        assert "break_minor" not in notes(rows[2016])

    def test_a_major_break_keeps_the_newest_comparable_wave_and_names_the_rest(self) -> None:
        breaks = [a_break(2016, 2020, "major")]
        rows = verdicts(World(self.FIGURES, [self.FROM_2012], breaks=breaks))

        assert list(rows) == [2012, 2016, 2020, 2024]
        for year in (2020, 2024):
            assert (rows[year]["latest_year"], rows[year]["latest_value"]) == (2016, 41.0)
            assert rows[year]["code"] == rows[2016]["code"] == "improved_on_track"
            assert "newer_not_comparable" in notes(rows[year])
        assert "newer_not_comparable" not in notes(rows[2016])

    def test_a_break_of_another_indicator_or_series_is_none_of_its_business(self) -> None:
        breaks = [
            a_break(2016, 2020, "major", series="another"),
            {**a_break(2016, 2020, "major"), "indicator": "severely_lonely"},
        ]
        rows = verdicts(World(self.FIGURES, [self.FROM_2012], breaks=breaks))

        assert rows[2024]["comparability"] == "same"

    def test_waves_on_the_same_side_of_a_break_are_compared(self) -> None:
        promise = target(baseline_year=2020, target_value=30.0)
        breaks = [a_break(2016, 2020, "major")]
        row = verdict(World(self.FIGURES, [promise], breaks=breaks))

        assert (row["comparability"], row["latest_year"]) == ("same", 2024)

    def test_a_break_that_only_the_producer_names_is_not_compared(self) -> None:
        figures = [*sure((2016, 45.0)), *sure((2020, 36.0), obs_status="break")]
        row = verdict(World(figures))

        assert row["code"] == "not_comparable"
        assert "break_flagged" in notes(row)

    def test_a_flagged_break_that_is_listed_as_minor_is_tested(self) -> None:
        figures = [*sure((2016, 45.0)), *sure((2020, 36.0), obs_status="break")]
        row = verdict(World(figures, breaks=[a_break(2016, 2020, "minor")]))

        assert (row["code"], row["comparability"]) == ("met", "minor")


class TestTargetKinds:
    FIGURES = sure((2016, 45.8), (2020, 43.0))

    @pytest.mark.parametrize(
        ("promise", "expected"),
        [
            (target("change_pp", target_change=-5.0), 40.8),
            (target("change_pct", target_change=-50.0), 22.9),
            (target("maintain", target_value=44.0), 44.0),
            (target("maintain"), 45.8),
            (target("level", target_value=40.0), 40.0),
            (target("none"), None),
        ],
    )
    def test_the_number_follows_from_the_kind(self, promise: Row, expected: float | None) -> None:
        row = verdict(World(self.FIGURES, [promise]))

        assert row["target_value"] == (None if expected is None else pytest.approx(expected))

    def test_a_change_in_points_is_met_at_exactly_that_change(self) -> None:
        # 45.8 - 5 is 40.799999999999997 in binary numbers
        promise = target("change_pp", target_change=-5.0)
        row = verdict(World(west((2016, 45.8), (2020, 40.8)), [promise]))

        assert row["code"] == "met_untested"

    def test_a_change_without_a_baseline_has_no_number_to_judge(self) -> None:
        promise = target("change_pp", target_change=-5.0, baseline_year=2017)
        row = verdict(World(self.FIGURES, [promise]))

        assert (row["code"], row["level"], row["target_value"]) == (
            "no_baseline",
            "not_applicable",
            None,
        )

    def test_a_change_that_would_leave_the_scale_stops_at_its_end(self) -> None:
        promise = target("change_pp", target_change=-5.0)
        row = verdict(World(sure((2016, 3.0), (2020, 2.5)), [promise]))

        assert row["target_value"] == 0.0
        assert "target_at_limit" in notes(row)
        assert row["level"] == "not_met_within_margin"

    def test_maintaining_has_neither_path_nor_pace(self) -> None:
        row = verdict(World(self.FIGURES, [target("maintain", target_value=40.0)]))

        assert row["pace"] == "not_applicable"
        assert row["path_value"] is row["required_pp_per_year"] is None
        # 45.8 to 43.0 with errors of one point: z_change 1.98
        assert row["code"] == "improved"

    def test_not_higher_than_now_is_around_the_target_after_a_small_rise(self) -> None:
        row = verdict(World(sure((2016, 45.0), (2020, 45.6)), [target("maintain")]))

        assert row["code"] == "around_target"

    def test_not_higher_than_now_is_worsened_after_a_shown_rise(self) -> None:
        row = verdict(World(sure((2016, 45.0), (2020, 49.0)), [target("maintain")]))

        assert (row["code"], row["colour"]) == ("worsened", "orange")

    @pytest.mark.parametrize(
        ("latest", "code", "level"),
        [
            (8.0, "undetermined", "not_met_within_margin"),
            (0.0, "met_within_margin", "met_within_margin"),
        ],
    )
    def test_a_target_of_nought_is_never_significant(
        self, latest: float, code: str, level: str
    ) -> None:
        figures = sure((2016, 9.0), (2020, latest), error=0.8)
        row = verdict(World(figures, [target(target_value=0.0, target_year=2060)]))

        assert (row["code"], row["level"]) == (code, level)
        assert row["z_target"] is row["p_met"] is row["respondents_needed"] is None

    def test_a_target_of_nought_that_was_missed_is_missed_within_the_margin(self) -> None:
        figures = sure((2016, 9.0), (2020, 8.0), error=0.8)
        row = verdict(World(figures, [target(target_value=0.0, target_year=2020)]))

        assert row["code"] == "missed_within_margin"

    def test_a_baseline_past_the_target_has_no_path_and_no_share_of_a_promise(self) -> None:
        row = verdict(World(sure((2016, 38.0), (2020, 41.0))))

        assert "baseline_at_target" in notes(row)
        assert row["path_value"] is row["pct_targeted_change"] is row["respondents_needed"] is None
        assert "reached_before" in notes(row)


class TestTargetYear:
    def test_the_first_wave_after_the_target_year_judges(self) -> None:
        promise = target(target_year=2018, **TO_40)
        row = verdict(World(sure((2016, 45.0), (2020, 39.5)), [promise]))

        assert row["code"] == "met_within_margin"
        assert "judged_after_target_year" in notes(row)
        assert not {"met_late", "awaiting_final"} & notes(row)

    def test_a_wave_in_the_target_year_needs_no_note(self) -> None:
        row = verdict(World(sure((2016, 45.0), (2020, 44.0)), [target(target_year=2020, **TO_40)]))

        assert row["code"] == "missed"
        assert notes(row) == set()
        assert row["required_pp_per_year"] is None
        assert row["path_value"] is None

    def test_reached_after_the_judging_wave_is_met_late(self) -> None:
        promise = target(target_year=2020, **TO_40)
        rows = verdicts(World(sure((2016, 45.0), (2020, 44.0), (2024, 35.0)), [promise]))

        assert (rows[2020]["code"], rows[2024]["code"]) == ("missed", "met")
        assert "met_late" in notes(rows[2024])

    def test_reached_in_time_and_lost_later_is_lost_and_not_missed(self) -> None:
        promise = target(target_year=2020, **TO_40)
        rows = verdicts(World(sure((2016, 45.0), (2020, 35.0), (2024, 44.0)), [promise]))

        assert (rows[2020]["code"], rows[2024]["code"]) == ("met", "lost")

    def test_until_there_is_a_wave_the_verdict_is_a_running_one(self) -> None:
        row = verdict(World(sure((2016, 45.0), (2020, 41.0))))

        assert "awaiting_final" in notes(row)


class TestReachedBefore:
    def test_a_target_reached_and_left_without_a_margin_is_noted(self) -> None:
        row = verdict(World(west((2016, 45.0), (2020, 39.0), (2024, 42.0))))

        # the path stands at 41.67 in 2024
        assert row["code"] == "untested_behind"
        assert "reached_before" in notes(row)

    def test_what_was_reached_before_the_baseline_does_not_count(self) -> None:
        row = verdict(World(sure((2012, 30.0), (2016, 45.0), (2020, 43.6))))

        assert (row["code"], notes(row)) == ("undetermined", {"awaiting_final"})

    def test_reached_within_the_margin_and_left_for_certain_is_not_lost(self) -> None:
        # z_target 0.50 in 2020 and -4.05 in 2024: nothing was shown that could be lost
        row = verdict(World(sure((2016, 45.0), (2020, 39.5), (2024, 44.0))))

        assert row["code"] == "unchanged_behind"
        assert row["colour"] == "orange"
        assert "reached_before" in notes(row)


class TestOneSide:
    def test_level_is_tested_where_only_the_latest_wave_has_an_error(self) -> None:
        row = verdict(World([*west((2016, 45.0)), *sure((2020, 44.0))]))

        assert (row["code"], row["level"]) == ("untested_behind", "not_met")
        assert row["z_change"] is row["z_path"] is None
        assert row["z_target"] is not None

    def test_nothing_is_tested_where_only_the_baseline_has_an_error(self) -> None:
        row = verdict(World([*sure((2016, 45.0)), *west((2020, 39.0))]))

        assert (row["code"], row["level"]) == ("met_untested", "met_untested")
        assert row["z_target"] is None

    def test_a_change_of_one_rounding_step_is_not_shown_however_sure(self) -> None:
        # z_change is about 17 if rounding were all there is to it
        figures = sure((2016, 45.0), (2020, 44.0), error=0.01, rounding_step=1.0)
        row = verdict(World(figures, [target(target_value=20.0, target_year=None)]))

        assert row["z_change"] > 1.96
        assert (row["change"], row["code"]) == ("none_shown", "unchanged")

    def test_the_coarser_rounding_counts_for_both(self) -> None:
        figures = [
            *sure((2016, 45.0), error=0.01, rounding_step=1.0),
            *sure((2020, 44.1), error=0.01, rounding_step=0.1),
        ]
        row = verdict(World(figures, [target(target_value=20.0, target_year=None)]))

        assert row["z_change"] > 1.96
        assert row["change"] == "none_shown"


FIRST_AND_SECOND = {"first": ["published"], "second": ["published"]}


class TestHeadline:
    def headline(self, figures: list[Row]) -> str:
        return str(verdict(World(figures, editions=FIRST_AND_SECOND))["series_id"])

    def test_the_first_series_with_a_baseline_and_a_later_wave_is_the_headline(self) -> None:
        figures = [
            *west((2016, 45.0), series_id="first"),
            *west((2016, 44.0), (2020, 43.0), series_id="second"),
        ]

        assert self.headline(figures) == "second"

    def test_both_usable_leaves_the_order_of_the_plan(self) -> None:
        figures = [
            *west((2016, 44.0), (2020, 43.0), series_id="second"),
            *west((2016, 45.0), (2020, 43.0), series_id="first"),
        ]

        assert self.headline(figures) == "first"

    def test_a_trend_has_no_baseline_in_waves_on_both_sides_of_a_break(self) -> None:
        waves = ((2012, 40.0), (2016, 43.0), (2020, 46.0), (2024, 47.0))
        figures = [row for name in FIRST_AND_SECOND for row in west(*waves, series_id=name)]
        promise = target("trend", baseline_year=None, target_year=None, plan_start=2016)
        broken = World(
            figures,
            [promise],
            editions=FIRST_AND_SECOND,
            breaks=[a_break(2012, 2016, "major", series="first")],
        )

        assert verdict(replace(broken, breaks=[]))["series_id"] == "first"
        assert (verdict(broken)["series_id"], verdict(broken)["code"]) == (
            "second",
            "trend_untested",
        )

    def test_else_the_first_with_figures_is(self) -> None:
        assert self.headline(west((2016, 44.0), series_id="second")) == "second"
        assert (
            self.headline(
                [*west((2016, 44.0), series_id="second"), *west((2020, 44.0), series_id="first")]
            )
            == "first"
        )


class TestNotes:
    def test_what_is_known_of_the_figures_is_noted(self) -> None:
        figures = [
            figure(2016, 45.0, sample_size=900),
            figure(2020, 41.0, sample_size=900, obs_status="provisional"),
            figure(2022, 43.0, sample_size=900, obs_status="unreliable"),
        ]
        rows = verdicts(World(figures, exceptional=(2022,), methods={"survey": "model"}))

        assert notes(rows[2016]) == {"awaiting_final", "model", "sample_size_assumed"}
        assert notes(rows[2020]) - notes(rows[2016]) == {"provisional"}
        assert notes(rows[2022]) - notes(rows[2016]) == {"exceptional_wave", "unreliable"}

    def test_an_exceptional_baseline_is_noted_at_every_wave(self) -> None:
        promise = target(baseline_year=2022, **TO_40)
        rows = verdicts(World(sure((2022, 45.0), (2024, 44.0)), [promise], exceptional=(2022,)))

        assert all("exceptional_wave" in notes(row) for row in rows.values())

    def test_every_note_has_a_meaning_and_a_place_in_the_alphabet(self) -> None:
        assert list(NOTES) == sorted(NOTES)
        assert all(NOTES.values())

    def test_notes_stand_in_alphabetical_order(self) -> None:
        row = verdict(World(sure((2016, 38.0), (2020, 41.0)), methods={"survey": "model"}))

        assert row["notes"] == "awaiting_final,baseline_at_target,model,reached_before"

    def test_a_stated_baseline_that_would_change_the_code_matters(self) -> None:
        # 45.8 to 43.4 shows nothing at errors of one point (z 1.69); 48 to 43.4 would
        row = verdict(
            World(sure((2016, 45.8), (2020, 43.4)), [target(baseline_stated=48.0, **TO_40)])
        )

        assert (row["change"], row["code"]) == ("none_shown", "undetermined")
        assert "baseline_matters" in notes(row)


class TestDetectable:
    def test_a_planned_sample_size_gives_an_assumed_answer(self) -> None:
        world = World(west((2016, 45.0), (2020, 43.4)), typical_sample_size=600)
        row = verdict(world)

        assert row["detectable_is_assumed"]
        # n / 1.5 = 400: 1.96 sqrt(2 * 0.45 * 0.55 / 400) is about 6.9
        assert row["detectable_change_pp"] == pytest.approx(6.8, abs=0.15)
        assert row["detectable_change_80_pp"] > row["detectable_change_pp"]
        assert verdict(replace(world, typical_sample_size=None))["detectable_change_pp"] is None

    def test_a_known_standard_error_goes_before_the_planned_size(self) -> None:
        row = verdict(World(sure((2016, 45.0), (2020, 43.4)), typical_sample_size=600))

        assert not row["detectable_is_assumed"]
        assert row["detectable_change_pp"] == pytest.approx(2.77, abs=0.03)


def created(name: str, connection: duckdb.DuckDBPyConnection) -> None:
    """Create a published table, keys and checks included, and fill it from what was computed."""
    connection.execute((MARTS / f"{name}.sql").read_text(encoding="utf-8"))


def test_every_table_is_accepted_by_the_published_contract() -> None:
    world = World(
        [
            *sure((2012, 36.0), (2016, 39.0), (2020, 42.0), (2024, 37.0), error=0.8),
            *sure((2016, 45.0), (2020, 41.0), (2022, 40.0), age_group="65+"),
            *sure((2016, 37.0), (2020, 41.0), age_group="18-64"),
            *sure((2016, 45.0), (2020, 40.0), region_code="GM0160"),
            *sure((2016, 45.0), (2020, 44.0), region_code="GG7014"),
            *sure((2012, 40.0), (2016, 43.0), (2020, 46.0), (2024, 46.0), region_code="NL01"),
        ],
        [
            target(
                baseline_stated=40.0, former_target_value=38.0, former_target_year=2024, **TO_40
            ),
            target("trend", target_id="trend", baseline_year=None, plan_start=2021),
            target(target_id="old", age_group="65+", **TO_40),
            target("qualitative", target_id="words"),
        ],
        exceptional=(2022,),
    )
    found = assessed(world)
    connection = duckdb.connect()
    connection.execute("create schema marts")
    for name, table in found.tables().items():
        connection.register(name, table)
        created(name.removeprefix("computed_"), connection)
        assert table.num_rows > 0, name
        stored = connection.sql(f"from marts.{name.removeprefix('computed_')}").to_arrow_table()
        assert stored.schema.names == table.schema.names
        assert all(
            not np.isnan(number)
            for column in stored.columns
            if pa.types.is_floating(column.type)
            for number in column.drop_null().to_pylist()
        )


def test_neighbourhoods_without_a_target_change_nothing() -> None:
    figures = sure((2016, 45.0), (2020, 41.0))
    local = sure((2016, 30.0), (2020, 60.0), region_code="BU17830101")
    world = World(figures)
    with_local = replace(
        world,
        figures=[*local, *figures],
        regions=(*world.regions, ("BU17830101", "neighbourhood", None)),
    )

    assert assessed(with_local).assessments.equals(assessed(world).assessments)
    assert assessed(with_local).calibration.num_rows == 0
