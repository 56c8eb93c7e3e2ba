"""Files in the figures layout: the shipped ones hold what they must, the others are recognised."""

from __future__ import annotations

import csv
import os
import shutil
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from etl.errors import SourceError
from etl.metrics import read_metrics
from etl.sources.base import FIGURE_SCHEMA, Loaded, Vocabulary
from etl.sources.lists import read_regions
from etl.sources.published import PublishedFigures
from etl.vocabulary import vocabulary
from tests.etl.sources.figure_files import (
    HEADER,
    VOCABULARY,
    drop,
    line,
    load,
    load_lines,
    notes,
    refusal,
    text,
)

ROOT = Path(__file__).parents[3]
DATA = ROOT / "data"


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    regions = read_regions(DATA / "regions.csv", data=DATA).table
    names = zip(regions["region_code"].to_pylist(), regions["region_name"].to_pylist(), strict=True)
    return vocabulary(read_metrics(ROOT / "metrics.yaml"), dict(names))


@pytest.fixture(scope="module")
def shipped(words: Vocabulary, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    data = tmp_path_factory.mktemp("data")
    shutil.copytree(DATA / "figures", data / "figures")
    return load(data, vocabulary=words)


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / "figures" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_model_figures_are_complete(shipped: Loaded) -> None:
    figures = [f for f in shipped.figures.to_pylist() if f["edition"] == "50090NED"]
    assert len(figures) == 10_324
    assert len({figure["region_code"] for figure in figures}) == 356
    assert Counter(figure["year"] for figure in figures) == {2012: 3204, 2016: 4272, 2020: 2848}
    assert Counter(figure["indicator"] for figure in figures) == {
        "lonely": 2848,
        "severely_lonely": 2848,
        "emotionally_lonely": 2848,
        "socially_lonely": 1780,
    }
    assert not any(f["age_group"] == "18-64" and f["year"] == 2020 for f in figures)
    assert {figure["ci_lower"] for figure in figures} == {None}


def test_the_figures_of_young_adults_are_complete(shipped: Loaded) -> None:
    figures = [f for f in shipped.figures.to_pylist() if f["series_id"] == "rivm_young_adults"]
    statuses = Counter(figure["obs_status"] for figure in figures)
    assert statuses == {"normal": 2088, "missing": 102}
    assert {figure["value"] is None for figure in figures if figure["obs_status"] == "missing"} == {
        True
    }
    assert {(figure["year"], figure["age_group"]) for figure in figures} == {(2024, "16-25")}
    assert len({figure["region_code"] for figure in figures}) == 365
    assert {figure["rounding_step"] for figure in figures if figure["value"]} == {0.1}


def test_the_survey_figures_are_complete(shipped: Loaded) -> None:
    figures = [f for f in shipped.figures.to_pylist() if f["edition"] == "published"]
    series = Counter(figure["series_id"] for figure in figures)
    assert series == {"ggd_monitor": 14, "national_monitor": 9}
    assert {figure["source_ref"] is not None for figure in figures} == {True}
    steps = {(figure["value"], figure["rounding_step"]) for figure in figures}
    assert {(39.0, 1.0), (46.6, 0.1), (11.0, 0.1), (8.0, 1.0), (46.2, 0.1)} <= steps


@pytest.mark.parametrize(
    ("region", "indicator", "age_group", "year", "value"),
    [
        ("NL01", "lonely", "18+", 2016, 43.4),
        ("NL01", "lonely", "18+", 2020, 47.0),
        ("GM1783", "severely_lonely", "18+", 2016, 8.3),
        ("GM1783", "lonely", "65+", 2016, 45.8),
        ("GM1783", "lonely", "18-64", 2016, 39.1),
        ("GM0160", "lonely", "18+", 2016, 37.2),
        ("GM0160", "severely_lonely", "18+", 2016, 6.8),
        ("GM0160", "lonely", "18+", 2020, 41.0),
        ("GM0160", "severely_lonely", "18+", 2020, 8.7),
    ],
)
def test_figures_known_from_elsewhere_are_among_the_shipped_ones(
    shipped: Loaded, region: str, indicator: str, age_group: str, year: int, value: float
) -> None:
    key = ("rivm_smap", region, indicator, age_group, year)
    names = ("series_id", "region_code", "indicator", "age_group", "year")
    found = [f["value"] for f in shipped.figures.to_pylist() if tuple(f[n] for n in names) == key]
    assert found == [value]


def test_shipped_figures_are_read_digit_by_digit_as_they_stand(shipped: Loaded) -> None:
    printed = {
        (f"figures/{name}", number): row["value"]
        for name in ("rivm_50090NED.csv", "rivm_50140NED.csv", "survey_figures.csv")
        for number, row in enumerate(rows_of(name), start=2)
    }
    read = {(f["file"], f["row"]): f["value"] for f in shipped.figures.to_pylist()}
    assert len(read) == 12_537
    assert read == {key: float(value) if value else None for key, value in printed.items()}


def test_shipped_figures_are_told_with_their_files(shipped: Loaded) -> None:
    told = [(f.series_id, f.edition, f.file, f.figures, f.origin) for f in shipped.files]
    assert told == [
        ("rivm_smap", "50090NED", "figures/rivm_50090NED.csv", 10_324, "shipped"),
        ("rivm_young_adults", "50140NED", "figures/rivm_50140NED.csv", 2_190, "shipped"),
        ("ggd_monitor", "published", "figures/survey_figures.csv", 14, "shipped"),
        ("national_monitor", "published", "figures/survey_figures.csv", 9, "shipped"),
    ]
    assert {file.retrieved_at for file in shipped.files} == {None}
    assert {len(file.sha256) for file in shipped.files} == {64}
    assert shipped.rejections == ()
    assert not notes(shipped, "fixed")


def test_shipped_figures_of_models_have_no_margins_and_that_is_said(shipped: Loaded) -> None:
    told = {note.source for note in shipped.notes if "no margins" in note.detail}
    assert {"figures/rivm_50090NED.csv", "figures/rivm_50140NED.csv"} <= told


def test_the_names_of_shipped_regions_are_the_official_ones(words: Vocabulary) -> None:
    names = {
        (row["region_code"], row["region_name"])
        for file in sorted((DATA / "figures").glob("*.csv"))
        for row in rows_of(file.name)
    }
    assert names == {(code, words.region_names[code]) for code, _ in names}


def test_figures_come_in_the_schema_that_all_sources_share(tmp_path: Path) -> None:
    assert load_lines(tmp_path, line()).figures.schema == FIGURE_SCHEMA
    assert load(tmp_path / "empty").figures.schema == FIGURE_SCHEMA


def test_a_file_in_the_inbox_is_recognised_by_its_header_and_not_by_its_name(
    tmp_path: Path,
) -> None:
    drop(tmp_path, text(line()), name="Cijfers 2020 (kopie).CSV")
    drop(tmp_path, '"ID";"Leeftijd";"Eenzaam_28"\n1;"20300";"45.4"\n', name="statline.csv")
    drop(tmp_path, text(line()), name="figures.txt")
    found = PublishedFigures().find(tmp_path)
    assert [path.name for path in found] == ["Cijfers 2020 (kopie).CSV"]


def test_a_file_of_figures_without_one_of_its_columns_is_still_recognised(tmp_path: Path) -> None:
    drop(tmp_path, text(line()).replace(",value,", ",waarde,"))
    assert "no column value" in refusal(tmp_path)


def test_every_csv_in_the_shipped_folder_must_be_one_of_figures(tmp_path: Path) -> None:
    drop(tmp_path, "a,b\n1,2\n", folder="figures")
    assert "figures/ours.csv, row 1" in refusal(tmp_path)


def test_a_dropped_file_says_when_it_was_delivered(tmp_path: Path) -> None:
    path = drop(tmp_path, text(line()))
    os.utime(path, (1_600_000_000, 1_600_000_000))
    (file,) = load(tmp_path).files
    assert file.origin == "inbox"
    assert file.retrieved_at == datetime(2020, 9, 13, 12, 26, 40)  # noqa: DTZ001
    assert file.title == "label of ggd_monitor"


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    drop(tmp_path, b"<html>", name="a.csv", folder="figures")
    drop(tmp_path, text(line(value="NA"), line(indicator="lonly")), name="b.csv")
    drop(tmp_path, text(line(region_code="160"), line(year=1990)), name="c.csv", folder="figures")
    drop(tmp_path, text(line(), line(value="39.5")), name="d.csv")
    with pytest.raises(SourceError) as caught:
        load(tmp_path)
    places = {problem.where for problem in caught.value.problems}
    assert places == {
        "figures/a.csv",
        "inbox/b.csv, row 2, column value",
        "inbox/b.csv, row 3, column indicator",
        "figures/c.csv, row 2, column region_code",
        "figures/c.csv, row 3, column year",
        "inbox/d.csv, row 3, column value",
    }
    assert caught.value.exit_status == 2
    assert all(p.found and p.expected and p.remedy for p in caught.value.problems)


def test_a_file_with_only_a_header_is_empty_and_that_is_said(tmp_path: Path) -> None:
    drop(tmp_path, HEADER + "\n")
    loaded = load(tmp_path)
    assert loaded.figures.num_rows == 0
    assert notes(loaded, "warned") == ["0 no figures in it"]
    assert loaded.files == ()


def test_the_current_year_is_that_of_today_unless_said_otherwise(tmp_path: Path) -> None:
    this_year = time.gmtime().tm_year
    drop(tmp_path, text(line(year=this_year)))
    source = PublishedFigures()
    files = source.find(tmp_path)
    assert source.read(files, data=tmp_path, vocabulary=VOCABULARY).figures.num_rows == 1
    drop(tmp_path, text(line(year=this_year + 1)))
    with pytest.raises(SourceError):
        source.read(files, data=tmp_path, vocabulary=VOCABULARY)


def test_the_same_files_give_the_same_delivery(words: Vocabulary, tmp_path: Path) -> None:
    shutil.copytree(DATA / "figures", tmp_path / "figures")
    first, second = load(tmp_path, vocabulary=words), load(tmp_path, vocabulary=words)
    assert first == second
