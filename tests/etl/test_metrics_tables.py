from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.metrics import Metrics, read_metrics
from etl.metrics_tables import as_tables
from etl.vocabulary import vocabulary
from tests.etl.reading import REAL, ROOT, SMALL, changed

MARTS = ROOT / "etl" / "sql" / "marts"
Rows = dict[str, list[dict[str, Any]]]


def rows(metrics: Metrics) -> Rows:
    return {name: table.to_pylist() for name, table in as_tables(metrics).items()}


@pytest.fixture(scope="module")
def real() -> Rows:
    return rows(read_metrics(REAL))


def small(text: str, folder: Path) -> Rows:
    (folder / "metrics.yaml").write_text(text)
    return rows(read_metrics(folder / "metrics.yaml"))


def texts(tables: Rows, subject: str, subject_id: str) -> dict[tuple[str, str], str]:
    return {
        (row["field"], row["language"]): row["text"]
        for row in tables["metrics_texts"]
        if (row["subject"], row["subject_id"]) == (subject, subject_id)
    }


@pytest.mark.parametrize(
    "mart",
    ["series", "breaks", "indicators", "age_groups", "texts", "targets", "target_series", "plans"],
)
def test_a_table_has_the_columns_of_its_mart_and_keeps_its_rules(mart: str) -> None:
    connection = duckdb.connect()
    connection.execute("create schema marts")
    table = as_tables(read_metrics(REAL))[f"metrics_{mart}"]
    connection.register(f"metrics_{mart}", table)
    connection.execute((MARTS / f"{mart}.sql").read_text(encoding="utf-8"))
    published = connection.table(f"marts.{mart}")
    assert published.columns == table.column_names
    assert len(published) == table.num_rows


def test_a_file_that_says_nothing_gives_empty_tables_with_their_columns(tmp_path: Path) -> None:
    (tmp_path / "metrics.yaml").write_text("version: 1\n")
    tables = as_tables(read_metrics(tmp_path / "metrics.yaml"))
    assert {table.num_rows for table in tables.values()} == {0}
    assert tables["metrics_targets"].schema.field("decided").type == "date32[day]"


def test_editions_are_ranked_from_the_newest(real: Rows) -> None:
    ranks = [row for row in real["metrics_editions"] if row["series_id"] == "rivm_smap"]
    assert [(row["edition"], row["newest_rank"]) for row in ranks] == [
        ("50150NED", 0),
        ("50120NED", 1),
        ("50090NED", 2),
    ]


def test_2022_is_the_exceptional_wave(real: Rows) -> None:
    assert real["metrics_waves"] == [{"year": 2022, "exceptional": True}]
    assert texts(real, "wave", "2022")["label", "nl"] == "extra coronameting"


def test_emotional_and_social_have_a_major_break_and_the_others_a_minor_one(real: Rows) -> None:
    severity = {
        row["indicator"]: (row["year_before"], row["year_after"], row["severity"])
        for row in real["metrics_breaks"]
        if row["series_id"] == "rivm_smap"
    }
    assert severity == {
        "emotionally_lonely": (2016, 2020, "major"),
        "lonely": (2016, 2020, "minor"),
        "severely_lonely": (2016, 2020, "minor"),
        "socially_lonely": (2016, 2020, "major"),
    }


def test_a_break_without_indicators_is_a_break_of_all_of_them(tmp_path: Path) -> None:
    near = '  near_age_groups: [["18+", "19+"]]\n'
    a_break = "  breaks: [{series: rivm_smap, between: [2016, 2020], severity: minor}]\n"
    breaks = small(changed(near, near + a_break), tmp_path)["metrics_breaks"]
    assert [row["indicator"] for row in breaks] == ["lonely", "severely_lonely"]


@pytest.mark.parametrize(
    ("group", "dutch", "english"),
    [
        ("18+", "18 jaar en ouder", "18 and over"),
        ("18-64", "18 t/m 64 jaar", "18 to 64"),
        ("youth", "jongeren (leeftijd niet genoemd)", "young people (ages not stated)"),
    ],
)
def test_an_age_group_is_named_by_its_bounds_unless_it_has_a_label(
    real: Rows, group: str, dutch: str, english: str
) -> None:
    found = texts(real, "age_group", group)
    assert (found["label", "nl"], found["label", "en"]) == (dutch, english)


def test_an_upper_bound_alone_and_no_bounds_have_names_too(tmp_path: Path) -> None:
    named = changed("  youth:\n", "  youth:\n  minors: {max_age: 17}\n")
    tables = small(named, tmp_path)
    assert texts(tables, "age_group", "minors")["label", "nl"] == "t/m 17 jaar"
    assert texts(tables, "age_group", "youth")["label", "en"] == "youth"


def test_every_text_stands_in_both_languages(real: Rows) -> None:
    keys: dict[tuple[str, ...], set[str]] = {}
    for row in real["metrics_texts"]:
        keys.setdefault((row["subject"], row["subject_id"], row["field"]), set()).add(
            row["language"]
        )
    assert set(map(frozenset, keys.values())) == {frozenset({"nl", "en"})}


def test_a_target_without_a_label_is_named_by_its_indicator_and_ages(tmp_path: Path) -> None:
    tables = small(SMALL, tmp_path)
    assert texts(tables, "target", "older") == {
        ("label", "nl"): "Eenzaam, 65 jaar en ouder",
        ("label", "en"): "Lonely, 65 and over",
    }


def test_without_labels_the_ids_stand_in_for_them(tmp_path: Path) -> None:
    tables = small(SMALL, tmp_path)
    assert texts(tables, "indicator", "severely_lonely")["label", "nl"] == "severely_lonely"
    assert texts(tables, "series", "rivm_smap")["label", "en"] == "rivm_smap"


def test_display_names_are_those_of_the_field(real: Rows) -> None:
    dutch = [
        texts(real, "indicator", name)["label", "nl"]
        for name in ("lonely", "severely_lonely", "emotionally_lonely", "socially_lonely")
    ]
    assert dutch == ["Eenzaam", "Sterk eenzaam", "Emotioneel eenzaam", "Sociaal eenzaam"]
    assert "ernstig eenzaam" in texts(real, "indicator", "severely_lonely")["also_called", "nl"]


def test_source_lines_become_a_citation_when_their_placeholders_are_filled(real: Rows) -> None:
    line = texts(real, "series", "rivm_smap")["source_line", "nl"]
    assert line.format(edition="50090NED", years="2020", retrieved=", opgehaald 13 mei 2022") == (
        "Bron: Gezondheidsmonitor Volwassenen en Ouderen 2020, GGD'en, CBS en RIVM (RIVM StatLine "
        "50090NED, opgehaald 13 mei 2022; bewerking: dit dashboard). CC BY 4.0."
    )


def test_an_assumed_year_is_the_baseline_year_and_marked(real: Rows) -> None:
    targets = {row["target_id"]: row for row in real["metrics_targets"]}
    assumed = targets["westland-severely-lonely"]
    stated = targets["westland-65-plus"]
    unknown = targets["hardenberg-lonely"]
    years = [
        (row["baseline_year"], row["baseline_year_assumed"]) for row in (assumed, stated, unknown)
    ]
    assert years == [(2016, True), (2016, False), (None, False)]
    promised = [unknown[name] for name in ("baseline_stated", "target_value", "target_year")]
    assert promised == [40, 35, None]
    assert targets["heemstede-trend"]["plan_start"] == 2021


def test_a_near_age_group_is_called_near_and_a_missing_one_is_that_of_the_target(
    tmp_path: Path,
) -> None:
    measures = small(SMALL, tmp_path)["metrics_target_series"]
    names = ("target_id", "series_id", "age_group", "position", "fit")
    assert [tuple(row[name] for name in names) for row in measures] == [
        ("older", "rivm_smap", "65+", 0, "same"),
        ("adults", "ggd_monitor", "19+", 0, "near"),
        ("adults", "rivm_smap", "18+", 1, "same"),
    ]


def test_figures_beside_an_aim_are_shown_and_never_judged(real: Rows) -> None:
    beside = [row for row in real["metrics_target_series"] if row["role"] == "shown_beside"]
    assert {row["fit"] for row in beside} == {"not_applicable"}
    assert {row["target_id"] for row in beside} >= {"barendrecht-knowledge", "hardenberg-taboo"}


def test_changes_and_revisions_fill_their_own_columns(tmp_path: Path) -> None:
    text = changed(
        "target: {change_pp: -5, year: 2028}",
        "target: {change_pp: -5, year: 2028}\n        revisions: [{decided: 2024-05-14,"
        " target: {change_pp: -4, year: 2030}, decision: Raadsbesluit}]",
    )
    row = small(text, tmp_path)["metrics_targets"][1]
    names = ("target_value", "target_change", "target_year", "former_target_value")
    assert [row[name] for name in names] == [None, -4, 2030, None]
    assert (row["former_target_change"], row["former_target_year"]) == (-5, 2028)
    assert (row["decided"], row["decision"]) == (date(2024, 5, 14), "Raadsbesluit")


def test_the_plan_coalition_and_approach_are_rows_in_both_languages(real: Rows) -> None:
    westland = [row for row in real["metrics_plans"] if row["region_code"] == "GM1783"]
    counted = {
        kind: len([row for row in westland if row["item_kind"] == kind])
        for kind in ("plan", "coalition", "aim", "pillar", "partner")
    }
    assert counted == {"plan": 2, "coalition": 2, "aim": 6, "pillar": 6, "partner": 16}
    (plan,) = [row for row in westland if (row["item_kind"], row["language"]) == ("plan", "nl")]
    assert (plan["start_year"], plan["end_year"]) == (2019, 2028)
    assert re.match("Pagina van de lokale coalitie Westland", plan["source"])


def test_sources_get_the_names_they_may_recognise() -> None:
    words = vocabulary(read_metrics(REAL), {"GM1783": "Westland"})
    assert words.indicators["severely_lonely"].source_names == (
        "ErnstigZeerErnstigEenzaam",
        "SterkEenzaam",
    )
    assert words.indicators["lonely"].ggd_codes == ("GGEES217",)
    assert (words.age_groups["19-64"].min_age, words.age_groups["19-64"].max_age) == (19, 64)
    assert words.series["rivm_young_adults"].min_age == 16
    assert words.series["rivm_smap"].label == "RIVM, modelschatting"
    assert words.region_names == {"GM1783": "Westland"}
