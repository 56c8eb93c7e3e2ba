"""The crosswalk table: which figures each rule gets, and what a row says."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest

from etl.crosswalk import CROSSWALK_SCHEMA, crosswalk_table


def assessments(**columns) -> pa.Table:
    row = {
        "target_id": "westland-lonely-65",
        "series_id": "survey",
        "as_of_year": 2024,
        "edition": "published",
        "age_group": "65+",
        "baseline_value": 44.0,
        "baseline_year": 2016,
        "latest_value": 39.0,
        "latest_year": 2024,
        "target_value": 36.0,
        "target_year": 2028,
        "comparability": "same",
    }
    rows = len(next(iter(columns.values()))) if columns else 1
    filled = {name: columns.get(name, [value] * rows) for name, value in row.items()}
    years = ("as_of_year", "baseline_year", "latest_year", "target_year")
    return pa.table(
        {
            name: pa.array(values, pa.int16() if name in years else None)
            for name, values in filled.items()
        }
    )


FIGURES = [
    # year, value, lower and upper limit 1.96 points away, published standard error
    (2008, 41.0, 39.04, 42.96, None),
    (2012, 46.0, 44.04, 47.96, None),
    (2016, 44.0, 42.04, 45.96, None),
    (2020, 42.0, 40.04, 43.96, None),
    (2022, 40.5, 38.54, 42.46, None),
    (2024, 39.0, 37.04, 40.96, 0.8),
]


def estimates(figures=FIGURES, **columns) -> pa.Table:
    year, value, lower, upper, error = zip(*figures, strict=True)
    same = {
        "series_id": "survey",
        "edition": "published",
        "region_code": "GM1783",
        "indicator": "lonely",
        "age_group": "65+",
        "rounding_step": 1.0,
    } | columns
    return pa.table(
        {name: [fixed] * len(figures) for name, fixed in same.items()}
        | {
            "year": pa.array(year, pa.int16()),
            "value": pa.array(value, pa.float64()),
            "ci_lower": pa.array(lower, pa.float64()),
            "ci_upper": pa.array(upper, pa.float64()),
            "standard_error": pa.array(error, pa.float64()),
        }
    )


def targets(**columns) -> pa.Table:
    row = {
        "target_id": "westland-lonely-65",
        "region_code": "GM1783",
        "indicator": "lonely",
        "kind": "level",
    } | columns
    return pa.table({name: [value] for name, value in row.items()})


def crosswalk(
    judged: pa.Table | None = None,
    *,
    figures: pa.Table | None = None,
    promised: pa.Table | None = None,
    directions: dict[str, str] | None = None,
) -> dict[str, dict]:
    table = crosswalk_table(
        assessments() if judged is None else judged,
        estimates=estimates() if figures is None else figures,
        targets=targets() if promised is None else promised,
        directions=directions or {"lonely": "decrease", "well": "increase"},
    )
    return {row["method"]: row | {"detail": json.loads(row["detail"])} for row in table.to_pylist()}


class TestCrosswalkTable:
    def test_every_method_has_one_row_per_assessment(self):
        table = crosswalk_table(
            assessments(as_of_year=[2020, 2024], latest_year=[2020, 2024]),
            estimates=estimates(),
            targets=targets(),
            directions={"lonely": "decrease"},
        )
        assert table.schema == CROSSWALK_SCHEMA
        keys = {(row["as_of_year"], row["method"]) for row in table.to_pylist()}
        assert len(keys) == table.num_rows == 12

    def test_each_method_shows_the_numbers_it_used(self):
        said = crosswalk()
        # sqrt(1² + 0.8²) = 1.2806: the interval of 2016 is 3.92 wide, 2024 has its own error
        assert said["healthy_people_2030"]["detail"] == {
            "se_baseline": 1.0,
            "se_latest": 0.8,
            "z": pytest.approx(-5 / 1.280625, abs=1e-5),
        }
        assert said["healthy_people_2030"]["status"] == "improving"
        assert said["fingertips_target_value"]["detail"] == {"value": 39.0, "target": 36.0}
        assert said["fingertips_target_value"]["status"] == "worse"
        assert said["fingertips_target_interval"]["detail"]["ci_lower"] == 37.04
        assert said["fingertips_target_interval"]["status"] == "worse"
        assert said["open_sdg"]["detail"]["cagr_observed"] == pytest.approx(-0.014965, abs=1e-6)

    def test_the_trend_uses_the_last_five_waves_up_to_the_wave_judged(self):
        at_2024 = crosswalk()["fingertips_trend"]
        # 46, 44, 42, 40.5, 39 from 2012: without 2008, and steadily down
        assert at_2024["detail"]["waves"] == 5
        assert at_2024["detail"]["slope"] == pytest.approx(-1.75)
        assert at_2024["status"] == "decreasing"
        at_2022 = crosswalk(assessments(as_of_year=[2022], latest_year=[2022]))
        assert at_2022["fingertips_trend"]["detail"]["slope"] == pytest.approx(-0.5)
        at_2020 = crosswalk(assessments(as_of_year=[2020], latest_year=[2020]))
        assert at_2020["fingertips_trend"]["status"] == "cannot_be_calculated"
        assert at_2020["fingertips_trend"]["detail"] == {"waves": 4}

    def test_waves_without_an_interval_are_passed_over_by_the_trend(self):
        figures = [*FIGURES[:4], (2022, 40.5, None, None, 0.5), FIGURES[5]]
        said = crosswalk(figures=estimates(figures))["fingertips_trend"]
        assert said["detail"]["waves"] == 5
        # 41, 46, 44, 42, 39: 2008 is back in
        assert said["detail"]["slope"] == pytest.approx(-0.8)

    @pytest.mark.parametrize(
        "other",
        [
            {"series_id": "model"},
            {"edition": "older"},
            {"region_code": "NL01"},
            {"indicator": "well"},
            {"age_group": "18+"},
        ],
    )
    def test_figures_of_another_group_are_never_used(self, other):
        said = crosswalk(figures=estimates(**other))
        assert said["healthy_people_2030"]["status"] == "not_testable"
        assert said["healthy_people_2020"]["status"] == "improving"
        assert said["fingertips_target_interval"]["status"] == "none"
        assert said["fingertips_trend"]["detail"] == {"waves": 0}

    def test_neighbouring_groups_do_not_lend_each_other_waves(self):
        figures = pa.concat_tables(
            [estimates(FIGURES[:3]), estimates(FIGURES, age_group="18+"), estimates(FIGURES[3:5])]
        )
        judged = assessments(age_group=["18+", "65+"])
        table = crosswalk_table(
            judged, estimates=figures, targets=targets(), directions={"lonely": "decrease"}
        )
        trends = [row for row in table.to_pylist() if row["method"] == "fingertips_trend"]
        slopes = [json.loads(row["detail"])["slope"] for row in trends]
        # all six waves for 18+: 2012 to 2024; five for 65+: 2008 to 2022
        assert slopes == [pytest.approx(-1.75), pytest.approx(-0.5)]

    def test_only_targets_with_a_number_and_a_wave_are_judged(self):
        table = crosswalk_table(
            assessments(
                series_id=["survey", "none", "survey", "survey"],
                as_of_year=[2024, 0, 0, 2020],
                target_value=[None, 36.0, 36.0, 36.0],
            ),
            estimates=estimates(),
            targets=targets(),
            directions={"lonely": "decrease"},
        )
        assert set(table["as_of_year"].to_pylist()) == {2020}
        assert table.num_rows == 6

    def test_no_assessments_give_an_empty_table_of_the_same_shape(self):
        table = crosswalk_table(
            assessments().slice(0, 0),
            estimates=estimates(),
            targets=targets(),
            directions={"lonely": "decrease"},
        )
        assert table.schema == CROSSWALK_SCHEMA
        assert table.num_rows == 0

    def test_no_figures_at_all_still_judge_by_value(self):
        said = crosswalk(figures=estimates().slice(0, 0))
        assert said["fingertips_target_value"]["status"] == "worse"
        assert said["fingertips_trend"]["status"] == "cannot_be_calculated"

    def test_the_baseline_wave_itself_is_baseline_only(self):
        judged = assessments(as_of_year=[2016], latest_year=[2016], latest_value=[44.0])
        said = crosswalk(judged)
        assert said["healthy_people_2030"]["status"] == "baseline_only"
        assert said["healthy_people_2020"]["status"] == "baseline_only"
        assert said["open_sdg"]["status"] == "not_applicable"
        assert said["fingertips_target_value"]["status"] == "worse"

    def test_without_a_baseline_year_only_the_level_is_judged(self):
        judged = assessments(
            baseline_value=pa.nulls(1, pa.float64()),
            baseline_year=pa.nulls(1, pa.int16()),
            target_year=pa.nulls(1, pa.int16()),
        )
        said = crosswalk(judged)
        assert {method: row["status"] for method, row in said.items()} == {
            "healthy_people_2030": "not_testable",
            "healthy_people_2020": "not_testable",
            "fingertips_target_value": "worse",
            "fingertips_target_interval": "worse",
            "open_sdg": "not_applicable",
            "fingertips_trend": "decreasing",
        }

    def test_a_major_break_leaves_nothing_to_compare(self):
        said = crosswalk(assessments(comparability=["major"], latest_value=[30.0]))
        statuses = {method: row["status"] for method, row in said.items()}
        del statuses["fingertips_trend"]
        assert statuses == {
            "healthy_people_2030": "not_testable",
            "healthy_people_2020": "not_testable",
            "fingertips_target_value": "none",
            "fingertips_target_interval": "none",
            "open_sdg": "not_applicable",
        }
        minor = crosswalk(assessments(comparability=["minor"]))
        assert minor["healthy_people_2030"]["status"] == "improving"

    def test_direction_comes_from_the_indicator(self):
        said = crosswalk(figures=estimates(indicator="well"), promised=targets(indicator="well"))
        assert said["fingertips_target_value"]["status"] == "better"
        assert said["fingertips_target_interval"]["status"] == "better"
        assert said["healthy_people_2030"]["status"] == "target_met"

    def test_detail_says_where_value_and_target_are_equal_as_printed(self):
        said = crosswalk(assessments(latest_value=[36.0]))
        marked = {method for method, row in said.items() if row["detail"].get("equal_as_printed")}
        assert marked == set(said) - {"fingertips_trend"}
        for row in crosswalk(assessments(latest_value=[36.1])).values():
            assert "equal_as_printed" not in row["detail"]

    def test_a_target_that_follows_from_the_baseline_is_printed_like_the_figure(self):
        judged = assessments(latest_value=[36.0], target_value=[35.6])
        stated = crosswalk(judged)["fingertips_target_value"]
        derived = crosswalk(judged, promised=targets(kind="change_pct"))["fingertips_target_value"]
        assert "equal_as_printed" not in stated["detail"]
        assert derived["detail"]["equal_as_printed"] is True
        assert derived["status"] == "worse"

    def test_equal_as_printed_ends_half_a_rounding_step_away(self):
        judged = assessments(latest_value=[36.0], target_value=[35.4])
        said = crosswalk(judged, promised=targets(kind="change_pct"))
        assert "equal_as_printed" not in said["fingertips_target_value"]["detail"]

    def test_a_gap_at_the_wave_judged_leaves_the_last_value_to_the_rules(self):
        judged = assessments(as_of_year=[2024], latest_year=[2022], latest_value=[40.5])
        said = crosswalk(judged, figures=estimates(FIGURES[:5]))
        assert said["healthy_people_2030"]["detail"]["se_latest"] == 1.0
        assert said["fingertips_target_interval"]["detail"]["ci_lower"] == 38.54
        # (40.5 / 44) ** (1 / 6) - 1 over the six years to 2022
        assert said["open_sdg"]["detail"]["cagr_observed"] == pytest.approx(-0.01372, abs=1e-6)

    def test_the_trend_runs_to_the_wave_judged_and_not_to_the_value_used(self):
        judged = assessments(as_of_year=[2024], latest_year=[2016], latest_value=[44.0])
        said = crosswalk(judged)
        assert said["fingertips_trend"]["detail"]["slope"] == pytest.approx(-1.75)
        assert said["healthy_people_2030"]["status"] == "baseline_only"
