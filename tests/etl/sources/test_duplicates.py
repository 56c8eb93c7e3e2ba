"""The same figure twice in one file is kept once, or stops when the two differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.etl.sources.figure_files import (
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


def test_the_row_with_margins_is_kept_whichever_comes_first(tmp_path: Path) -> None:
    for folder, rows in (("a", (line(**BARE), line())), ("b", (line(), line(**BARE)))):
        loaded = load_lines(tmp_path / folder, *rows)
        assert loaded.figures["ci_lower"].to_pylist() == [35.0]
        assert "1 figures given twice with the same value, kept once" in notes(loaded, "fixed")
        assert loaded.rejections == ()


def test_the_first_of_equal_rows_is_kept(tmp_path: Path) -> None:
    loaded = load_lines(tmp_path, line(), line(), line())
    assert loaded.figures["row"].to_pylist() == [2]
    assert "2 figures given twice with the same value, kept once" in notes(loaded, "fixed")


@pytest.mark.parametrize(
    "changes",
    [
        {"value": "38.6"},
        {"value": "", "obs_status": "suppressed", **BARE},
        {"obs_status": "provisional"},
        {"ci_lower": "34"},
        {"sample_size": "901"},
        {"value": "9999", **BARE},
    ],
)
def test_two_different_figures_for_one_key_stop(tmp_path: Path, changes: dict[str, str]) -> None:
    message = refusal(tmp_path, line(year=2016), line(), line(**changes))
    assert "inbox/ours.csv, row " in message
    assert "but row " in message
    assert "value 38.5" in message


@pytest.mark.parametrize("limits", [("42", "35"), ("39", "42"), ("38.5", "38.5"), ("", "42")])
def test_a_row_refused_for_its_margins_takes_no_other_with_it(
    tmp_path: Path, limits: tuple[str, str]
) -> None:
    lower, upper = limits
    wrong = line(ci_lower=lower, ci_upper=upper)
    for folder, rows in (("a", (wrong, line(**BARE))), ("b", (line(**BARE), wrong))):
        loaded = load_lines(tmp_path / folder, *rows)
        assert loaded.figures["value"].to_pylist() == [38.5]
        assert [row for row, _ in reasons(loaded)] == [2 if rows[0] == wrong else 3]
        assert notes(loaded, "fixed") == []


def test_rows_that_give_different_measures_of_one_figure_say_the_same(tmp_path: Path) -> None:
    loaded = load_lines(tmp_path, line(**{**BARE, "sample_size": "900"}), line(sample_size=""))
    assert loaded.figures["ci_lower"].to_pylist() == [35.0]
    assert "1 figures given twice with the same value, kept once" in notes(loaded, "fixed")


def test_two_gaps_for_different_reasons_stop(tmp_path: Path) -> None:
    rows = [line(value="", obs_status=status, **BARE) for status in ("missing", "suppressed")]
    message = refusal(tmp_path, *rows)
    assert "no value (suppressed), but row 2 gives no value (missing)" in message


@pytest.mark.parametrize(
    ("column", "other"),
    [("region_code", "GM1783"), ("age_group", "65+"), ("indicator", "severely_lonely"),
     ("year", "2016"), ("series_id", "school")],
)  # fmt: skip
def test_another_key_is_another_figure(tmp_path: Path, column: str, other: str) -> None:
    different = line(value="30", **{column: other}, **BARE)
    assert load_lines(tmp_path, line(), different).figures.num_rows == 2


def test_the_same_figure_in_two_files_is_left_to_the_order_of_the_sources(tmp_path: Path) -> None:
    drop(tmp_path, text(line()), name="a.csv")
    drop(tmp_path, text(line(value="39.5")), name="b.csv")
    assert load(tmp_path).figures["value"].to_pylist() == [38.5, 39.5]
