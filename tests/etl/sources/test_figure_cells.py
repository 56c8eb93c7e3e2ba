"""Cells of a figures file: numbers, years, signs and statuses, each read or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.etl.sources.figure_files import (
    HEADER,
    drop,
    line,
    load,
    load_lines,
    notes,
    reasons,
    refusal,
    text,
)

BARE = {"ci_lower": "", "ci_upper": "", "sample_size": ""}


def test_a_good_row_is_read_as_it_stands(tmp_path: Path) -> None:
    row = line(standard_error="1.75", note="a note", region_name="Hardenberg")
    (figure,) = load_lines(tmp_path, row).figures.to_pylist()
    assert figure == {
        "series_id": "ggd_monitor",
        "edition": "published",
        "region_code": "GM0160",
        "region_name": "Hardenberg",
        "indicator": "lonely",
        "age_group": "18+",
        "year": 2020,
        "value": 38.5,
        "rounding_step": 0.1,
        "ci_lower": 35.0,
        "ci_upper": 42.0,
        "standard_error": 1.75,
        "sample_size": 900,
        "obs_status": "normal",
        "source_ref": "report",
        "note": "a note",
        "file": "inbox/ours.csv",
        "row": 2,
    }


@pytest.mark.parametrize(
    "found",
    ["38,0", "1.234,5", "22-mei", "NA", "N/A", "null", "None", "NaN", "nan", "Inf", "-inf",
     "38%", "3.8e1", "0x26", "+38", "38.", ".5", "38.5.1", "#DIV/0!", "=38", "−38", "thirty",
     "٣٨", "9" * 400],
)  # fmt: skip
@pytest.mark.parametrize("column", ["value", "ci_lower", "standard_error", "rounding_step"])
def test_what_is_no_number_in_the_dialect_of_the_file_stops(
    tmp_path: Path, column: str, found: str
) -> None:
    quoted = f'"{found}"'
    message = refusal(tmp_path, line(year=2016), line(**{column: quoted}))
    assert f"inbox/ours.csv, row 3, column {column}" in message
    assert f'"{found[:80]}' in message
    assert "a number such as 38.5" in message


def test_a_percentage_with_all_the_digits_of_a_calculation_is_loaded(tmp_path: Path) -> None:
    # 5 of 13 and 222 of 3,215, as R and Python write them
    written = (("38.4615384615385", 2016), ("6.905132192846033", 2020))
    rows = [line(value=value, year=year, **BARE) for value, year in written]
    loaded = load_lines(tmp_path, *rows)
    assert loaded.figures["value"].to_pylist() == [38.4615384615385, 6.905132192846033]


@pytest.mark.parametrize("found", ["915.0", "1.234", "-5", "1 234", "n=915", "NA", "9" * 12])
def test_a_number_of_respondents_that_is_no_whole_number_stops(tmp_path: Path, found: str) -> None:
    message = refusal(tmp_path, line(sample_size=found))
    assert "row 2, column sample_size" in message


@pytest.mark.parametrize("found", ["2023/2024", "2020.0", "20", "1-1-2020", "'20", "MMXX"])
def test_a_wave_that_is_not_one_year_stops(tmp_path: Path, found: str) -> None:
    message = refusal(tmp_path, line(), line(year=found))
    assert "row 3, column year" in message
    assert "one year of four digits" in message


@pytest.mark.parametrize(
    ("found", "status"),
    [("", "missing"), (".", "suppressed"), ("x", "suppressed"), ("-", "not_applicable"),
     ("-99996", "suppressed"), ("-99996.0", "suppressed"), (".*", "suppressed"),
     ("x **", "suppressed")],
)  # fmt: skip
@pytest.mark.parametrize("stated", ["", "normal"])
def test_every_sign_for_no_figure_has_its_own_status_and_is_never_0(
    tmp_path: Path, found: str, status: str, stated: str
) -> None:
    loaded = load_lines(tmp_path, line(value=found, obs_status=stated, **BARE))
    assert loaded.figures["value"].to_pylist() == [None]
    assert loaded.figures["obs_status"].to_pylist() == [status]
    assert loaded.rejections == ()
    told = [note for note in notes(loaded, "fixed") if "read as a status, never as 0" in note]
    assert len(told) == (found != "")


@pytest.mark.parametrize(
    ("found", "value", "status"),
    [("38.5*", 38.5, "provisional"), ("38.5 **", 38.5, "revised_provisional"),
     ("0", 0.0, "normal"), ("0.0", 0.0, "normal"), ("100", 100.0, "normal")],
)  # fmt: skip
def test_a_figure_with_a_star_is_provisional_and_0_is_a_figure(
    tmp_path: Path, found: str, value: float, status: str
) -> None:
    loaded = load_lines(tmp_path, line(value=found, obs_status="", **BARE))
    assert loaded.figures["value"].to_pylist() == [value]
    assert loaded.figures["obs_status"].to_pylist() == [status]


@pytest.mark.parametrize("found", ["*", "**"])
def test_a_star_without_a_figure_is_rejected(tmp_path: Path, found: str) -> None:
    loaded = load_lines(tmp_path, line(year=2016), line(value=found, **BARE))
    assert reasons(loaded) == [(3, "a sign for a provisional figure, but no figure")]
    assert loaded.figures["year"].to_pylist() == [2016]


@pytest.mark.parametrize("status", ["suppressed", "missing", "not_applicable"])
def test_a_status_without_a_value_is_kept(tmp_path: Path, status: str) -> None:
    loaded = load_lines(tmp_path, line(value="", obs_status=status, **BARE))
    assert loaded.figures["obs_status"].to_pylist() == [status]


@pytest.mark.parametrize("status", ["suppressed", "missing", "not_applicable"])
def test_a_value_with_a_status_that_has_none_stops(tmp_path: Path, status: str) -> None:
    message = refusal(tmp_path, line(obs_status=status))
    assert "row 2, column value" in message
    assert "no value with this status" in message


def test_a_blank_value_with_a_status_that_has_one_is_missing_and_reported(tmp_path: Path) -> None:
    loaded = load_lines(tmp_path, line(value="", obs_status="estimated", **BARE))
    assert loaded.figures["obs_status"].to_pylist() == ["missing"]
    assert "1 blank values with a status that has a value read as missing" in notes(loaded, "fixed")


def test_an_unknown_status_stops_with_the_known_ones(tmp_path: Path) -> None:
    message = refusal(tmp_path, line(obs_status="definitief"))
    assert "row 2, column obs_status" in message
    assert '"definitief"' in message
    assert "provisional" in message


def test_a_blank_rounding_step_comes_from_the_most_decimals_of_the_series_in_the_file(
    tmp_path: Path,
) -> None:
    drop(
        tmp_path,
        text(
            line(value="73", year=2012, **BARE),
            line(value="46.6", year=2016, **BARE),
            line(value="46", year=2020, rounding_step="1", **BARE),
            line(value="39", series_id="rivm_smap", edition="50090NED"),
        ),
        name="a.csv",
    )
    drop(tmp_path, text(line(value="40", year=2005)), name="b.csv")
    steps = load(tmp_path).figures.to_pylist()
    assert [(figure["file"], figure["row"], figure["rounding_step"]) for figure in steps] == [
        ("inbox/a.csv", 2, 0.1),
        ("inbox/a.csv", 3, 0.1),
        ("inbox/a.csv", 4, 1.0),
        ("inbox/a.csv", 5, 1.0),
        ("inbox/b.csv", 2, 1.0),
    ]


@pytest.mark.parametrize(
    "column", ["series_id", "edition", "region_code", "indicator", "age_group", "year"]
)
def test_a_row_that_does_not_say_which_figure_it_is_stops(tmp_path: Path, column: str) -> None:
    message = refusal(tmp_path, line(year=2016), line(**{column: ""}))
    assert f"row 3, column {column}" in message
    assert "not blank" in message


@pytest.mark.parametrize("column", [name for name in HEADER.split(",") if name != "region_name"])
def test_a_missing_column_stops(tmp_path: Path, column: str) -> None:
    names = HEADER.split(",")
    place = names.index(column)
    rows = [names, line().split(",")]
    drop(tmp_path, "\n".join(",".join(row[:place] + row[place + 1 :]) for row in rows) + "\n")
    message = refusal(tmp_path)
    assert "inbox/ours.csv, row 1" in message
    assert f"no column {column}" in message


def test_names_of_regions_may_be_left_out(tmp_path: Path) -> None:
    without = HEADER.replace(",region_name", "")
    drop(tmp_path, without + "\n" + line().replace("GM0160,,", "GM0160,") + "\n")
    assert load(tmp_path).figures["region_name"].to_pylist() == [None]


def test_columns_may_stand_in_another_order(tmp_path: Path) -> None:
    rows = [HEADER.split(","), line().split(",")]
    drop(tmp_path, "\n".join(",".join(reversed(row)) for row in rows) + "\n")
    assert load(tmp_path).figures["value"].to_pylist() == [38.5]


def test_an_extra_column_is_left_alone_and_reported(tmp_path: Path) -> None:
    drop(tmp_path, f"{HEADER},weging\n{line()},ew\n")
    loaded = load(tmp_path)
    assert "1 columns that are not read: weging" in notes(loaded, "warned")
    assert loaded.figures.num_rows == 1


def test_the_same_wrong_text_is_one_problem_that_names_its_rows(tmp_path: Path) -> None:
    wrong = [line(year=year, value="NA") for year in range(2010, 2016)]
    message = refusal(tmp_path, *wrong)
    assert "rows 2, 3, 4 and 3 more, column value" in message
    assert message.count('"NA"') == 1


def test_a_figure_without_a_source_names_its_file(tmp_path: Path) -> None:
    loaded = load_lines(tmp_path, line(source_ref=""))
    assert loaded.figures["source_ref"].to_pylist() == ["inbox/ours.csv"]
    assert any("without a source_ref" in note for note in notes(loaded, "warned"))


def test_a_minus_before_zero_is_zero(tmp_path: Path) -> None:
    bare = {"ci_lower": "", "ci_upper": ""}
    (value,) = load_lines(tmp_path, line(value="-0", **bare)).figures["value"].to_pylist()
    assert str(value) == "0.0"
