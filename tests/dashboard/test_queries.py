"""Every question, asked of the real build: right rows, one per thing, hostile words harmless."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dashboard import data
from dashboard.queries import ages, figures, frame, news, provenance, targets

LONELY_65_PLUS = {
    "series_id": "rivm_smap",
    "edition": "50090NED",
    "indicator": "lonely",
    "age_group": "65+",
}


@pytest.fixture(scope="module")
def cursor(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the real build as the dashboard does: one file has one way of being open."""
    with data.current_build(warehouse).cursor.cursor() as opened:
        yield opened


def test_municipalities_with_targets_come_first_then_all_by_name(cursor) -> None:
    found = frame.municipalities(cursor)
    assert found["region_name"].tolist()[:5] == [
        "Barendrecht",
        "Hardenberg",
        "Heemstede",
        "Westland",
        "Aa en Hunze",
    ]
    assert found["targets"].tolist()[:5] == [4, 3, 1, 4, 0]
    others = found["region_name"].tolist()[4:]
    assert others.index("'s-Gravenhage") < others.index("'s-Hertogenbosch") < others.index("Zwolle")
    assert found["region_code"].is_unique


def test_a_municipality_has_one_headline_row_per_target_in_plan_order(cursor) -> None:
    found = targets.headline_assessments(cursor, municipality="GM1783", language="nl")
    assert found["target_id"].tolist() == [
        "westland-severely-lonely",
        "westland-youth",
        "westland-19-64",
        "westland-65-plus",
    ]
    assert found["code"].tolist() == [
        "untested_behind",
        "no_data",
        "baseline_only",
        "untested_behind",
    ]


def test_the_assessment_row_holds_target_country_and_words(cursor) -> None:
    found = targets.headline_assessments(cursor, municipality="GM1783", language="en")
    row = found.set_index("target_id").loc["westland-65-plus"].to_dict()
    assert (row["baseline_value"], row["latest_value"], row["target_value"]) == (45.8, 48.7, 36.0)
    assert (row["baseline_stated"], row["baseline_year_stated"]) == (44.0, 2016)
    assert (row["country_value"], row["country_baseline_value"]) == (49.5, 48.3)
    assert (row["country_year"], row["latest_year"], row["target_year"]) == (2020, 2020, 2028)
    assert row["latest_rounding_step"] == 0.1
    assert row["ggd_region_name"] == "GGD Haaglanden"
    assert row["age_label"] == "65 and over"
    assert row["series_label"] == "RIVM, model estimate"
    assert row["quote"].startswith("het percentage matig en ernstig eenzamen boven de 65")


def test_a_language_gives_its_own_words_and_the_same_numbers(cursor) -> None:
    both = {
        language: targets.headline_assessments(cursor, municipality="GM0160", language=language)
        for language in ("nl", "en")
    }
    assert both["nl"]["age_label"].iloc[0] == "18 jaar en ouder"
    assert both["en"]["age_label"].iloc[0] == "18 and over"
    numbers = both["nl"].select_dtypes("number").columns
    assert both["nl"][numbers].equals(both["en"][numbers])


def test_a_target_has_a_row_per_series_and_wave_headline_first(cursor) -> None:
    found = targets.target_assessments(cursor, target_id="westland-65-plus", language="nl")
    assert found[["series_id", "as_of_year"]].to_numpy().tolist() == [
        ["rivm_smap", 2016],
        ["rivm_smap", 2020],
    ]
    found = targets.target_assessments(cursor, target_id="westland-19-64", language="nl")
    assert found["series_id"].tolist() == ["ggd_monitor", "rivm_smap"]
    assert found["is_headline"].tolist() == [True, False]
    assert found["fit"].tolist() == ["same", "near"]


def test_no_join_doubles_a_row(cursor) -> None:
    (expected,) = cursor.execute("select count(*) from marts.assessments").fetchall()[0]
    codes = frame.targets(cursor)["target_id"]
    found = [targets.target_assessments(cursor, target_id=t, language="nl") for t in codes]
    assert sum(len(each) for each in found) == expected


def test_other_readings_are_those_of_the_assessment_asked_for(cursor) -> None:
    which = {"target_id": "westland-65-plus", "series_id": "rivm_smap", "as_of_year": 2020}
    read = targets.sensitivity(cursor, **which)
    assert set(read["variant"]) >= {"stated_baseline", "rounding_up", "rounding_down"}
    others = targets.crosswalk(cursor, **which).set_index("method")["status"]
    assert others["open_sdg"] == "deterioration"
    assert targets.sensitivity(cursor, **{**which, "as_of_year": 1999}).empty


def test_figures_over_time_are_of_the_regions_asked_for_in_their_order(cursor) -> None:
    found = figures.estimates_over_time(cursor, regions=("NL01", "GM1783"), **LONELY_65_PLUS)
    assert found["region_code"].unique().tolist() == ["NL01", "GM1783"]
    ours = found[found["region_code"] == "GM1783"]
    assert ours["year"].tolist() == [2012, 2016, 2020]
    assert ours["value"].tolist() == [42.9, 45.8, 48.7]


def test_the_newest_figure_is_of_its_own_year_and_never_an_empty_one(cursor) -> None:
    found = figures.newest_figures(cursor, municipality="GM1783", language="nl")
    model = found[(found["series_id"] == "rivm_smap") & (found["indicator"] == "lonely")]
    newest = dict(zip(model["age_group"], model["year"], strict=True))
    assert newest == {"18+": 2020, "18-64": 2016, "65+": 2020}
    assert found["value"].notna().all()
    keys = ["series_id", "indicator", "age_group"]
    assert not found.duplicated(keys).any()


def test_age_groups_carry_the_target_of_the_same_series_and_ages(cursor) -> None:
    found = ages.newest_by_age(
        cursor, municipality="GM1783", series_id="rivm_smap", indicator="lonely", language="nl"
    ).set_index("age_group")
    assert found.loc["65+", "target_value"] == 36.0
    assert found.loc["65+", "target_year"] == 2028
    assert found["target_value"].isna()["18+"]
    severe = ages.newest_by_age(
        cursor,
        municipality="GM1783",
        series_id="rivm_smap",
        indicator="severely_lonely",
        language="nl",
    ).set_index("age_group")
    assert severe.loc["18+", "target_value"] == 4.0


def test_series_are_listed_apart_with_their_indicators_in_order(cursor) -> None:
    found = ages.series_with_figures(cursor, municipality="GM1783", language="nl")
    assert found["series_id"].tolist() == ["rivm_smap", "rivm_young_adults", "ggd_monitor"]
    assert list(found["indicators"].iloc[0])[:2] == ["lonely", "severely_lonely"]
    assert "Niet te vergelijken" in found["population"].iloc[1]


def test_the_measured_years_are_those_of_the_main_series(cursor) -> None:
    found = news.measured_years(cursor, municipality="GM1783", language="nl")
    assert found["year"].tolist() == [2012, 2016, 2020]
    assert set(found["series_id"]) == {"rivm_smap"}


def test_a_newer_edition_is_named_where_an_older_one_is_used(cursor) -> None:
    found = news.newer_editions(cursor)
    assert found[["producer", "edition"]].to_numpy().tolist() == [["RIVM", "50150NED"]]


def test_a_first_build_brings_no_new_years(cursor) -> None:
    assert news.new_years(cursor, since=dt.date(2000, 1, 1)).empty


def test_the_dictionary_explains_every_published_column(cursor) -> None:
    found = provenance.dictionary(cursor)
    (count,) = cursor.execute(
        "select count(*) from information_schema.columns where table_schema = 'marts'"
    ).fetchall()[0]
    assert len(found) == count
    assert found["comment"].notna().all()
    assert found["table_comment"].notna().all()


@pytest.mark.parametrize("evil", ["' or 1=1 --", "x'; drop table marts.targets; --", "%", "_", ""])
def test_words_of_a_visitor_are_never_part_of_a_statement(cursor, evil: str) -> None:
    assert targets.headline_assessments(cursor, municipality=evil, language="nl").empty
    assert targets.target_assessments(cursor, target_id=evil, language=evil).empty
    assert figures.newest_figures(cursor, municipality=evil, language=evil).empty
    assert frame.texts(cursor, subject=evil, language=evil).empty
    assert len(frame.targets(cursor)) == 12
