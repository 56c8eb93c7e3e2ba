"""Texts are complete and strict in both languages, and numbers read as they were published."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import i18n
from dashboard.i18n import LocaleError, Words, decimals_of, placeholders, read_locale, rounded

NL, EN = Words("nl"), Words("en")
PERCENTAGES = st.floats(min_value=0, max_value=100, allow_nan=False)
DIFFERENCES = st.floats(min_value=-100, max_value=100, allow_nan=False)
DECIMALS = st.integers(min_value=0, max_value=3)


def test_both_languages_have_the_same_keys() -> None:
    assert set(read_locale("nl")) == set(read_locale("en"))


@pytest.mark.parametrize("key", sorted(read_locale("nl")))
def test_a_text_has_the_same_placeholders_in_both_languages(key: str) -> None:
    dutch, english = (placeholders(read_locale(language)[key]) for language in ("nl", "en"))
    assert set(dutch) == set(english)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_texts_have_no_stray_spaces(language: str) -> None:
    untidy = [key for key, text in read_locale(language).items() if text != " ".join(text.split())]
    assert untidy == []


@pytest.fixture
def locales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of locales that is read afresh."""
    monkeypatch.setattr(i18n, "LOCALES", tmp_path)
    monkeypatch.setattr(i18n, "read_locale", i18n.read_locale.__wrapped__)
    return tmp_path


def test_a_missing_key_is_an_error_and_not_the_other_language() -> None:
    with pytest.raises(LocaleError, match=r"no text 'formats\.nothing' in en\.yaml"):
        EN("formats.nothing")


def test_a_group_is_no_text() -> None:
    with pytest.raises(LocaleError, match=r"formats\.months"):
        NL("formats.months")


def test_a_missing_placeholder_is_an_error() -> None:
    with pytest.raises(LocaleError, match="needs 'number'"):
        NL("formats.pp")


def test_a_placeholder_without_a_value_is_an_error() -> None:
    with pytest.raises(LocaleError, match="needs 'number'"):
        NL("formats.pp", number=None)


def test_a_value_without_a_placeholder_is_an_error() -> None:
    with pytest.raises(LocaleError, match="colour"):
        NL("formats.pp", number="1", colour="blue")


def test_another_language_is_refused() -> None:
    with pytest.raises(LocaleError, match="'fr'"):
        Words("fr")


def test_a_key_given_twice_is_an_error(locales: Path) -> None:
    (locales / "nl.yaml").write_text("pages:\n  title: Een\n  title: Twee\n", encoding="utf-8")
    with pytest.raises(LocaleError, match="title"):
        Words("nl")


def test_leaves_are_texts_whatever_yaml_would_make_of_them(locales: Path) -> None:
    (locales / "nl.yaml").write_text("answers:\n  no: no\n  2020: 1.0\n", encoding="utf-8")
    words = Words("nl")
    assert (words("answers.no"), words("answers.2020")) == ("no", "1.0")


def test_a_list_in_a_locale_is_refused(locales: Path) -> None:
    (locales / "nl.yaml").write_text("pages:\n  - een\n", encoding="utf-8")
    with pytest.raises(LocaleError, match="pages"):
        Words("nl")


@pytest.mark.parametrize("template", ["{value:.1f}", "{row[0]}", "{0}", "{value!r}", "{}"])
def test_a_placeholder_is_a_plain_name(template: str) -> None:
    with pytest.raises(LocaleError, match="plain name"):
        placeholders(template)


def test_a_section_gives_its_own_texts_by_their_last_key() -> None:
    months = NL.section("formats.months")
    assert len(months) == 12
    assert months["5"] == "mei"
    with pytest.raises(LocaleError, match=r"formats\.weeks"):
        NL.section("formats.weeks")


@pytest.mark.parametrize(
    ("value", "decimals", "dutch", "english"),
    [
        (8.0, 1, "8,0%", "8.0%"),
        (8.0, 0, "8%", "8%"),
        (9.6, 1, "9,6%", "9.6%"),
        (2.25, 1, "2,3%", "2.3%"),
        (2.35, 1, "2,4%", "2.4%"),
        (1.005, 2, "1,01%", "1.01%"),
        (0.0, 1, "0,0%", "0.0%"),
        (-0.04, 1, "0,0%", "0.0%"),
        (99.95, 1, "100,0%", "100.0%"),
    ],
)
def test_a_percentage_reads_as_published(
    value: float, decimals: int, dutch: str, english: str
) -> None:
    assert NL.format_pct(value, decimals=decimals) == dutch
    assert EN.format_pct(value, decimals=decimals) == english


@pytest.mark.parametrize(
    ("value", "dutch"), [(8.0, "8%"), (36.5, "36,5%"), (4.15, "4,15%"), (39.6000001, "39,6%")]
)
def test_a_plan_is_quoted_in_its_own_decimals(value: float, dutch: str) -> None:
    assert NL.format_stated_pct(value) == dutch


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (1.2999999999999989, "1,3 procentpunt", "1.3 percentage points"),
        (-1.3, "1,3 procentpunt", "1.3 percentage points"),
        (0.0, "0,0 procentpunt", "0.0 percentage points"),
        (0.04, "minder dan 0,1 procentpunt", "less than 0.1 percentage points"),
    ],
)
def test_a_difference_is_told_in_points_without_a_sign(
    value: float, dutch: str, english: str
) -> None:
    assert NL.format_pp(value) == dutch
    assert EN.format_pp(value) == english


def test_one_point_is_singular_in_english() -> None:
    assert EN.format_pp(-1.0, decimals=0) == "1 percentage point"
    assert EN.format_pp(1.0, decimals=1) == "1.0 percentage points"


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (1.3, "1,3 procentpunt hoger", "1.3 percentage points higher"),
        (-1.3, "1,3 procentpunt lager", "1.3 percentage points lower"),
        (0.0, "even hoog", "just as high"),
    ],
)
def test_a_change_says_its_direction_in_words(value: float, dutch: str, english: str) -> None:
    assert NL.format_change(value) == dutch
    assert EN.format_change(value) == english


def test_numbers_have_the_thousands_mark_of_the_language() -> None:
    assert NL.format_number(468207) == "468.207"
    assert EN.format_number(468207) == "468,207"
    assert NL.format_number(-1234.5, decimals=1) == "−1.234,5"


def test_years_lists_dates_and_ranges_read_as_in_a_sentence() -> None:
    assert NL.format_year(2020.0) == "2020"
    assert NL.format_years([2020, 2012, 2016, 2020]) == "2012, 2016 en 2020"
    assert EN.format_list(["a", "b", "c"]) == "a, b and c"
    assert NL.format_list(["a", "b"]) == "a en b"
    assert NL.format_list(["a"]) == "a"
    assert NL.format_list([]) == ""
    assert NL.format_year_range(2012, 2020) == "2012–2020"
    assert NL.format_year_range(2020, 2020) == "2020"
    assert NL.format_date(dt.date(2022, 5, 13)) == "13 mei 2022"
    assert EN.format_date(dt.date(2022, 5, 3)) == "3 May 2022"
    assert NL.format_interval(6.1, 9.9) == "6,1% tot 9,9%"


@pytest.mark.parametrize(
    ("step", "decimals"), [(1.0, 0), (0.1, 1), (0.01, 2), (0.5, 1), (10.0, 0), (None, 1)]
)
def test_decimals_follow_from_the_rounding_step(step: float | None, decimals: int) -> None:
    assert decimals_of(step) == decimals
    assert decimals_of(float("nan")) == 1


@pytest.mark.parametrize("nothing", [float("nan"), float("inf")])
def test_a_missing_number_is_never_formatted(nothing: float) -> None:
    with pytest.raises(LocaleError, match="no number"):
        NL.format_pct(nothing)


@given(value=DIFFERENCES, decimals=DECIMALS)
def test_minus_zero_is_never_shown(value: float, decimals: int) -> None:
    shown = NL.format_number(value, decimals=decimals)
    assert not re.fullmatch(r"[−-]0(,0+)?", shown)


@given(tenths=st.integers(min_value=0, max_value=1000))
def test_a_figure_published_in_tenths_is_shown_as_published(tenths: int) -> None:
    published = f"{tenths // 10},{tenths % 10}%"
    assert NL.format_pct(tenths / 10, decimals=1) == published


@given(value=PERCENTAGES, decimals=DECIMALS)
def test_rounding_is_the_same_for_a_number_and_its_negative(value: float, decimals: int) -> None:
    assert rounded(-value, decimals=decimals) == -rounded(value, decimals=decimals)


@given(value=PERCENTAGES, decimals=DECIMALS)
def test_rounding_moves_a_number_at_most_half_a_step(value: float, decimals: int) -> None:
    half = Decimal(1).scaleb(-decimals) / 2
    assert abs(rounded(value, decimals=decimals) - Decimal(repr(value))) <= half


@given(value=DIFFERENCES, decimals=DECIMALS)
def test_languages_differ_in_their_marks_alone(value: float, decimals: int) -> None:
    swapped = str.maketrans({",": ".", ".": ","})
    dutch = NL.format_number(value, decimals=decimals)
    assert EN.format_number(value, decimals=decimals) == dutch.translate(swapped)
