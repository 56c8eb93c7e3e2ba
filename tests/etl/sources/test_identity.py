"""A figure says plainly what it is, in words that metrics.yaml and regions.csv know."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.etl.sources.figure_files import line, load_lines, notes, reasons, refusal


@pytest.mark.parametrize(
    ("column", "found", "nearest"),
    [
        ("series_id", "ggd_moniter", "ggd_monitor"),
        ("indicator", "severly_lonely", "severely_lonely"),
        ("age_group", "65", "65+"),
        ("edition", "publised", "published"),
    ],
)
def test_an_unknown_word_stops_with_the_nearest_known_one(
    tmp_path: Path, column: str, found: str, nearest: str
) -> None:
    message = refusal(tmp_path, line(year=2016), line(**{column: found}))
    assert f"inbox/ours.csv, row 3, column {column}" in message
    assert f'"{found}"' in message
    assert f'earest is "{nearest}"' in message


def test_the_edition_of_another_series_stops(tmp_path: Path) -> None:
    message = refusal(tmp_path, line(edition="50090NED"))
    assert '"50090NED" in series ggd_monitor' in message
    assert "published" in message


@pytest.mark.parametrize(
    "found",
    ["160", "0160", "gm0160", "GM160", "GM01600", "GM 160", "Hardenberg", "NL1", "NL02", "GM016O",
     "GM٠١٦٠", "WK1783", "GM0160\u200b"],
)  # fmt: skip
def test_a_region_code_of_another_form_stops(tmp_path: Path, found: str) -> None:
    message = refusal(tmp_path, line(), line(region_code=found))
    assert "row 3, column region_code" in message
    assert "with its letters and leading zeros" in message


def test_a_code_without_its_zeros_is_told_what_it_probably_is(tmp_path: Path) -> None:
    assert "Write GM0160 if Hardenberg is meant." in refusal(tmp_path, line(region_code="160"))


@pytest.mark.parametrize("code", ["GM9999", "GG9999", "CG02", "WK016001", "BU01600101"])
def test_a_well_formed_code_that_nobody_knows_is_rejected(tmp_path: Path, code: str) -> None:
    loaded = load_lines(tmp_path, line(), line(region_code=code))
    assert reasons(loaded) == [(3, "region code not in data/regions.csv")]
    assert loaded.rejections[0].region_code == code
    assert loaded.rejections[0].source == "inbox/ours.csv"
    assert f"{code},,lonely,18+,2020,38.5" in loaded.rejections[0].raw
    assert loaded.figures["region_code"].to_pylist() == ["GM0160"]


def test_the_name_of_another_region_stops(tmp_path: Path) -> None:
    message = refusal(tmp_path, line(region_name="westland"))
    assert "row 2, column region_name" in message
    assert "the name of GM1783" in message
    assert "Hardenberg, the name of GM0160" in message


def test_another_spelling_is_loaded_and_reported(tmp_path: Path) -> None:
    loaded = load_lines(tmp_path, line(region_name="Hardenbergh"), line(year=2016))
    assert loaded.figures.num_rows == 2
    expected = "1 names spelled differently, such as 'Hardenbergh' for 'Hardenberg'"
    assert expected in notes(loaded, "warned")


def test_of_two_spellings_the_same_one_is_named_in_whatever_order_the_rows_stand(
    tmp_path: Path,
) -> None:
    rows = [line(region_name="Hardenbergh"), line(region_name="Hardebberg", year=2016)]
    for ordered in (rows, rows[::-1]):
        told = notes(load_lines(tmp_path, *ordered), "warned")
        assert "2 names spelled differently, such as 'Hardebberg' for 'Hardenberg'" in told


@pytest.mark.parametrize(
    "name",
    [
        "sudwest-fryslan".replace("u", "ú", 1).replace("lan", "lân"),
        unicodedata.normalize("NFD", "Súdwest-Fryslân"),
        "Súdwest  Fryslân",
        "SÚDWEST-FRYSLÂN",
    ],
)
def test_spaces_capitals_and_unicode_forms_of_a_name_do_not_matter(
    tmp_path: Path, name: str
) -> None:
    loaded = load_lines(tmp_path, line(region_code="GM1900", region_name=name))
    assert "names with other spaces" in " ".join(notes(loaded, "fixed"))
    assert not any("spelled" in note for note in notes(loaded, "warned"))


@pytest.mark.parametrize("group", ["16-25", "youth"])
def test_figures_of_young_people_in_a_series_of_adults_stop(tmp_path: Path, group: str) -> None:
    message = refusal(tmp_path, line(age_group=group))
    assert "row 2, column age_group" in message
    assert "people of 18 and over" in message


def test_an_age_group_without_bounds_may_stand_in_a_series_of_pupils(tmp_path: Path) -> None:
    assert load_lines(tmp_path, line(age_group="youth", series_id="school")).figures.num_rows == 1


def test_figures_of_another_scale_stop(tmp_path: Path) -> None:
    message = refusal(tmp_path, line(indicator="lonely_6item"))
    assert "row 2, column indicator" in message
    assert '"lonely_6item" (scale djg_6) in series ggd_monitor' in message
    assert "scale djg_11" in message


def test_the_same_figures_are_welcome_in_a_series_of_their_own(tmp_path: Path) -> None:
    own = line(series_id="young", edition="50140NED", indicator="lonely_6item", age_group="16-25")
    assert load_lines(tmp_path, own).figures.num_rows == 1


@pytest.mark.parametrize("year", [2027, 9999, 1999, 1000])
def test_a_wave_in_the_future_or_before_2000_stops(tmp_path: Path, year: int) -> None:
    message = refusal(tmp_path, line(), line(year=year))
    assert "row 3, column year" in message
    assert f"found     {year}" in message
    assert "from 2000 up to 2026" in message


@pytest.mark.parametrize("year", [2000, 2026])
def test_the_first_and_the_last_possible_wave_are_loaded(tmp_path: Path, year: int) -> None:
    assert load_lines(tmp_path, line(year=year)).figures["year"].to_pylist() == [year]
