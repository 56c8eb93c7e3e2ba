"""What cannot be true is refused; what is only odd is loaded and said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from etl.sources.validation import Known, validate
from tests.etl.sources.figure_files import (
    VOCABULARY,
    line,
    load_lines,
    notes,
    reasons,
    refusal,
    table,
)

BARE = {"ci_lower": "", "ci_upper": "", "sample_size": ""}
FULL_NAMES = {f"BU{number:08d}": f"buurt {number}" for number in range(100)}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"value": "-1", **BARE}, "value below 0 or above 100"),
        ({"value": "-0.1", **BARE}, "value below 0 or above 100"),
        ({"value": "9999", **BARE}, "value below 0 or above 100"),
        ({"value": "100.1", **BARE}, "value below 0 or above 100"),
        ({"ci_lower": "42", "ci_upper": "35"}, "lower limit above upper limit"),
        ({"ci_lower": "38.5", "ci_upper": "38.5"}, "interval without width"),
        ({"ci_lower": "38.6", "ci_upper": "42"}, "value outside interval"),
        ({"ci_lower": "35", "ci_upper": "38.4"}, "value outside interval"),
        ({"ci_lower": "35", "ci_upper": ""}, "only one limit of the interval"),
        ({"ci_lower": "", "ci_upper": "42"}, "only one limit of the interval"),
        ({"ci_lower": "-1", "ci_upper": "42"}, "limit below 0 or above 100"),
        ({"ci_lower": "35", "ci_upper": "101"}, "limit below 0 or above 100"),
        ({"value": "", "obs_status": "missing"}, "an interval without a value"),
        ({"standard_error": "0"}, "standard error of 0 or less, or above 50 points"),
        ({"standard_error": "-1"}, "standard error of 0 or less, or above 50 points"),
        ({"standard_error": "51"}, "standard error of 0 or less, or above 50 points"),
        ({"rounding_step": "0"}, "rounding step of 0 or less, or above 100"),
        ({"sample_size": "20000001"}, "impossible number of respondents"),
    ],
)
def test_an_impossible_figure_is_rejected_alone(
    tmp_path: Path, changes: dict[str, str], reason: str
) -> None:
    loaded = load_lines(tmp_path, line(year=2016), line(**changes))
    assert reasons(loaded) == [(3, reason)]
    assert loaded.figures["year"].to_pylist() == [2016]
    assert "1 figures" in notes(loaded, "loaded")


@pytest.mark.parametrize(
    "changes",
    [
        {"value": "0", **BARE},
        {"value": "100", **BARE},
        {"value": "35", "ci_lower": "35"},
        {"value": "42", "ci_upper": "42"},
        {"ci_lower": "0", "ci_upper": "100"},
        {"standard_error": "50"},
        {"sample_size": "0"},
    ],
)
def test_the_edges_of_what_is_possible_are_loaded(tmp_path: Path, changes: dict[str, str]) -> None:
    loaded = load_lines(tmp_path, line(year=2016), line(**changes))
    assert loaded.figures.num_rows == 2


def test_a_column_of_fractions_stops(tmp_path: Path) -> None:
    rows = [line(value=v, year=y, **BARE) for v, y in (("0.38", 2016), ("0.41", 2020), ("1", 2022))]
    message = refusal(tmp_path, *rows)
    assert "inbox/ours.csv, rows 2, 3, 4, column value" in message
    assert "only fractions, such as 0.38" in message


@pytest.mark.parametrize("sign", ["-1", "9999", "-9"])
def test_a_sign_that_is_no_figure_hides_no_column_of_fractions(tmp_path: Path, sign: str) -> None:
    rows = [line(value=v, year=y, **BARE) for v, y in (("0.38", 2016), (sign, 2020))]
    message = refusal(tmp_path, *rows)
    assert "row 2, column value" in message
    assert "only fractions, such as 0.38" in message


def test_fractions_in_one_wave_beside_percentages_in_another_stop(tmp_path: Path) -> None:
    regions = ("GM0160", "GM0397", "GM1783")
    good = [line(region_code=code, year=2016) for code in regions]
    wrong = [line(region_code=code, value="0.41", **BARE) for code in regions]
    assert "rows 5, 6, 7, column value" in refusal(tmp_path, *good, *wrong)


def test_a_part_is_not_held_against_a_whole_in_fractions(tmp_path: Path) -> None:
    years = (2012, 2016, 2020)
    wholes = [line(year=year, value="0.38", **BARE) for year in years]
    parts = [line(year=year, value="9", indicator="severely_lonely", **BARE) for year in years]
    message = refusal(tmp_path, *wholes, *parts)
    assert "only fractions" in message
    assert "changed places" not in message


def test_fractions_of_one_indicator_beside_percentages_of_another_stop(tmp_path: Path) -> None:
    good = [line(year=year) for year in (2012, 2016, 2020)]
    wrong = [
        line(year=year, indicator="severely_lonely", value="0.08", **BARE)
        for year in (2012, 2016, 2020)
    ]
    assert "rows 5, 6, 7, column value" in refusal(tmp_path, *good, *wrong)


def test_one_figure_below_one_percent_among_others_is_loaded(tmp_path: Path) -> None:
    small = line(indicator="severely_lonely", value="0.8", **BARE)
    assert load_lines(tmp_path, line(), small).figures["value"].to_pylist() == [38.5, 0.8]


@pytest.mark.parametrize("value", ["0", "1"])
def test_zeros_and_ones_are_no_fractions(tmp_path: Path, value: str) -> None:
    loaded = load_lines(tmp_path, line(value=value, **BARE))
    assert loaded.figures["value"].to_pylist() == [float(value)]


def test_a_column_times_ten_stops(tmp_path: Path) -> None:
    rows = [
        line(value=v, year=y, **BARE) for v, y in (("380", 2016), ("1000", 2020), ("101", 2012))
    ]
    assert "only ten times a percentage, such as 380" in refusal(tmp_path, *rows)


def test_two_values_times_ten_are_a_column(tmp_path: Path) -> None:
    rows = (line(value="380", **BARE), line(value="410", year=2016, **BARE))
    assert "only ten times a percentage" in refusal(tmp_path, *rows)


def test_a_single_value_above_100_is_rejected_and_no_column(tmp_path: Path) -> None:
    loaded = load_lines(tmp_path, line(value="380", **BARE))
    assert reasons(loaded) == [(2, "value below 0 or above 100")]


def test_a_part_above_its_whole_stops(tmp_path: Path) -> None:
    message = refusal(
        tmp_path,
        line(value="9", **BARE),
        line(value="38", indicator="severely_lonely", **BARE),
        line(value="38", indicator="severely_lonely", year=2016, **BARE),
    )
    assert "row 3, column value" in message
    assert "severely_lonely 38 above lonely 9" in message
    assert "row 4" not in message


@pytest.mark.parametrize("column", ["region_code", "age_group", "year", "series_id"])
def test_parts_and_wholes_of_other_keys_are_not_compared(tmp_path: Path, column: str) -> None:
    other: dict[str, object] = {
        "region_code": "GM1783",
        "age_group": "65+",
        "year": 2016,
        "series_id": "school",
    }
    part = line(value="38", indicator="severely_lonely", **{column: other[column]}, **BARE)
    assert load_lines(tmp_path, line(value="9", **BARE), part).figures.num_rows == 2


def test_a_part_as_large_as_its_whole_is_loaded(tmp_path: Path) -> None:
    part = line(indicator="severely_lonely", value="38.5", **BARE)
    assert load_lines(tmp_path, line(), part).figures.num_rows == 2


def test_a_rejected_part_is_not_held_against_its_whole(tmp_path: Path) -> None:
    part = line(value="101", indicator="severely_lonely", **BARE)
    assert reasons(load_lines(tmp_path, line(), part)) == [(3, "value below 0 or above 100")]


def test_a_rejected_whole_does_not_accuse_its_part(tmp_path: Path) -> None:
    loaded = load_lines(
        tmp_path,
        line(value="-1", **BARE),
        line(value="8", indicator="severely_lonely", **BARE),
    )
    assert reasons(loaded) == [(2, "value below 0 or above 100")]


@pytest.mark.parametrize("column", ["region_name", "source_ref", "note"])
@pytest.mark.parametrize(
    "found",
    ['=HYPERLINK("http://evil")', "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|'x'!A0",
     "\uff1dHYPERLINK(1)", " =1+1"],
)  # fmt: skip
def test_a_formula_in_a_text_is_rejected(tmp_path: Path, column: str, found: str) -> None:
    cell = '"' + found.replace('"', '""') + '"'
    loaded = load_lines(tmp_path, line(year=2016), line(**{column: cell}))
    assert reasons(loaded) == [(3, f"a formula in {column}")]


@pytest.mark.parametrize(
    "found",
    ["<script>alert(1)</script>", "<b>vet</b>", "<img src=x", "[klik](https://evil)",
     "javascript:alert(1)", "&#60;b&#62;", "a\u202eb", "a\x07b"],
)  # fmt: skip
def test_markup_in_a_text_is_rejected(tmp_path: Path, found: str) -> None:
    loaded = load_lines(tmp_path, line(year=2016), line(note=found))
    assert reasons(loaded) == [(3, "markup or hidden characters in note")]


@pytest.mark.parametrize(
    "found", ["n < 30", "- zie het rapport", "38% + 5", "a = b", "18-64 jaar (2016)", "A & B; C"]
)
def test_a_plain_note_is_left_alone(tmp_path: Path, found: str) -> None:
    assert load_lines(tmp_path, line(note=found)).figures["note"].to_pylist() == [found]


def test_figures_without_margins_are_reported_once_per_file_and_series(tmp_path: Path) -> None:
    loaded = load_lines(
        tmp_path,
        line(**BARE),
        line(year=2016, **BARE),
        line(year=2012),
        line(year=2008, ci_lower="", ci_upper=""),
        line(year=2004, standard_error="1", **BARE),
        line(year=2002, value="", obs_status="missing", **BARE),
    )
    assert [note for note in notes(loaded, "warned") if "margins" in note] == [
        "2 ggd_monitor: no margins, so changes in these figures are not tested"
    ]


@pytest.mark.parametrize(("later", "told"), [("48.6", True), ("48.5", False), ("28.4", True)])
def test_a_jump_above_ten_points_between_waves_is_reported(
    tmp_path: Path, later: str, told: bool
) -> None:
    loaded = load_lines(tmp_path, line(year=2016), line(value=later, **BARE))
    jumps = [note for note in notes(loaded, "warned") if "more than 10 points" in note]
    assert bool(jumps) is told
    assert loaded.figures.num_rows == 2
    assert all(f"GM0160 lonely 18+ 2020, from 38.5 to {later}" in jump for jump in jumps)


def test_of_equal_jumps_the_same_one_is_named_in_whatever_order_the_rows_stand(
    tmp_path: Path,
) -> None:
    rows = [
        line(region_code=code, region_name="", year=year, value=value, **BARE)
        for code in ("GM1783", "GM0160")
        for year, value in ((2016, "30"), (2020, "50"))
    ]
    told = [
        [note for note in notes(load_lines(tmp_path, *ordered), "warned") if "10 points" in note]
        for ordered in (rows, rows[::-1])
    ]
    assert told[0] == told[1]
    assert "the largest: GM0160 lonely 18+ 2020, from 30 to 50" in told[0][0]


def test_only_successive_waves_of_one_figure_are_compared(tmp_path: Path) -> None:
    loaded = load_lines(
        tmp_path,
        line(year=2020, value="40", **BARE),
        line(year=2012, value="20", **BARE),
        line(year=2016, value="30", **BARE),
        line(year=2020, value="80", age_group="65+", **BARE),
    )
    assert not any("more than 10 points" in note for note in notes(loaded, "warned"))


def neighbourhoods(values: list[float]) -> list[dict[str, object]]:
    codes = list(FULL_NAMES)
    return [
        {"region_code": code, "value": value, "ci_lower": None, "ci_upper": None}
        for code, value in zip(codes, values, strict=False)
    ]


def test_a_value_far_outside_the_range_of_the_country_is_reported() -> None:
    values = [float(value) for value in np.linspace(40, 44, 40)]
    known = Known(regions=FULL_NAMES)
    told = validate(table(*neighbourhoods([*values, 60.0])), vocabulary=VOCABULARY, known=known)
    quiet = validate(table(*neighbourhoods([*values, 49.0])), vocabulary=VOCABULARY, known=known)
    odd = [note for note in told.notes if "outside the range" in note.detail]
    assert [(note.count, "BU00000040" in note.detail) for note in odd] == [(1, True)]
    assert not any("outside the range" in note.detail for note in quiet.notes)


def test_few_regions_have_no_range() -> None:
    values = [40.0 + n / 10 for n in range(18)]
    known = Known(regions=FULL_NAMES)
    few = validate(table(*neighbourhoods([*values, 60.0])), vocabulary=VOCABULARY, known=known)
    assert not any("outside the range" in note.detail for note in few.notes)


def test_a_value_far_from_that_of_the_country_is_reported(tmp_path: Path) -> None:
    loaded = load_lines(
        tmp_path, line(region_code="NL01", value="40", **BARE), line(value="65.1", **BARE)
    )
    assert any("GM0160 lonely 18+ 2020: 65.1" in note for note in notes(loaded, "warned"))


def test_of_values_far_out_the_same_one_is_named_in_whatever_order_the_rows_stand(
    tmp_path: Path,
) -> None:
    country = line(region_code="NL01", region_name="", value="40", **BARE)
    far = [
        line(region_code=code, region_name="", value="70", **BARE) for code in ("GM1783", "GM0160")
    ]
    for ordered in ([country, *far], [*far[::-1], country]):
        told = notes(load_lines(tmp_path, *ordered), "warned")
        assert any("such as GM0160 lonely 18+ 2020: 70" in note for note in told)
