"""Five plain lines, and a paragraph to copy that carries its source."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from dashboard import sentences
from dashboard.i18n import LocaleError
from tests.dashboard.said import EVERY_ROW, is_tidy, row_and_words


@pytest.mark.parametrize(("case", "language", "direction", "method"), EVERY_ROW)
def test_five_lines_are_five_lines(case: str, language: str, direction: str, method: str) -> None:
    row, words = row_and_words(case, language, direction, method)
    lines = sentences.five_lines(row, words)
    assert len(lines) == 5
    assert all(is_tidy(line) and line.endswith(".") and len(line.split()) <= 50 for line in lines)


@pytest.mark.parametrize(("case", "language", "direction", "method"), EVERY_ROW)
def test_a_copied_text_carries_quote_figure_verdict_and_build(
    case: str, language: str, direction: str, method: str
) -> None:
    row, words = row_and_words(case, language, direction, method)
    copied = sentences.copy_text(row, words, build_id="2026-11-21.1")
    assert is_tidy(copied)
    assert copied.endswith(".")
    assert copied.startswith("Westland. ")
    assert sentences.verdict_sentence(row, words) in copied
    assert "2026-11-21.1" in copied
    assert row["quote"] is None or f"“{row['quote']}”" in copied
    if row["latest_value"] is not None:
        assert words.format_pct(row["latest_value"]) in copied
        assert re.search("[Mm]arg", copied)


PACES = [
    (
        "undetermined",
        {"required_pp_per_year": -0.3625, "observed_pp_per_year": -0.35},
        (
            "Om het doel van 4% in 2028 te halen, moet het cijfer vanaf 2020 elk jaar "
            "0,4 procentpunt omlaag; sinds 2016 ging het per jaar 0,4 procentpunt omlaag."
        ),
    ),
    (
        "untested_behind",
        {"required_pp_per_year": -0.7, "observed_pp_per_year": 0.325},
        (
            "Om het doel van 4% in 2028 te halen, moet het cijfer vanaf 2020 elk jaar "
            "0,7 procentpunt omlaag; sinds 2016 ging het per jaar 0,3 procentpunt omhoog."
        ),
    ),
    (
        "untested_behind",
        {"required_pp_per_year": -0.7, "observed_pp_per_year": 0.0},
        (
            "Om het doel van 4% in 2028 te halen, moet het cijfer vanaf 2020 elk jaar "
            "0,7 procentpunt omlaag; sinds 2016 bleef het gelijk."
        ),
    ),
    (
        "untested_behind",
        {"required_pp_per_year": -0.7, "observed_pp_per_year": 0.02},
        (
            "Om het doel van 4% in 2028 te halen, moet het cijfer vanaf 2020 elk jaar "
            "0,7 procentpunt omlaag; "
            "sinds 2016 ging het per jaar minder dan 0,1 procentpunt omhoog."
        ),
    ),
    (
        "baseline_only",
        {"required_pp_per_year": -0.35},
        (
            "Om het doel van 4% in 2028 te halen, moet het cijfer vanaf 2016 elk jaar "
            "0,4 procentpunt omlaag."
        ),
    ),
    (
        "met",
        {"required_pp_per_year": 0.2, "observed_pp_per_year": -0.65},
        "Een tempo is niet nodig: het cijfer ligt onder het doel.",
    ),
    ("missed", {}, "Een tempo is niet meer te geven: het doeljaar 2028 is geweest."),
    (
        "unchanged",
        {"observed_pp_per_year": -0.04},
        "Een tempo is niet te geven: het plan noemt geen jaar voor het doel.",
    ),
    (
        "unchanged",
        {"kind": "maintain"},
        "Een tempo per jaar hoort niet bij dit doel: het is een grens.",
    ),
    (
        "trend_not_shown",
        {},
        "Een tempo per jaar hoort niet bij dit doel: het gaat om de trend.",
    ),
]


@pytest.mark.parametrize(("case", "columns", "told"), PACES)
def test_what_is_needed_stands_beside_what_was_seen(
    case: str, columns: dict[str, Any], told: str
) -> None:
    row, words = row_and_words(case)
    assert sentences.pace_line(row | columns, words) == told


def test_no_line_claims_that_an_activity_works() -> None:
    row, words = row_and_words("improved_on_track, shown")
    assert sentences.five_lines(row, words)[4] == "Dit cijfer zegt niet of een activiteit werkt."


def test_another_reading_is_told_where_it_matters() -> None:
    row, words = row_and_words("unchanged")
    lines = sentences.five_lines(
        row, words, sensitivity=[{"variant": "rounding_up", "changes_verdict": True}]
    )
    assert lines[3].endswith("als de cijfers door de afronding eigenlijk iets hoger zijn.")


def test_a_source_line_says_years_edition_and_when_it_was_fetched() -> None:
    row, words = row_and_words("untested_behind")
    line = "Bron: gezondheidsmonitor 2016–2020 (published, opgehaald 13 mei 2022). CC BY 4.0."
    fetched = dt.date(2022, 5, 13)
    assert sentences.source_line(row, words, build_id="b1", retrieved=fetched) == line
    stored = row | {"retrieved_at": dt.datetime(2022, 5, 13, 9, 30, tzinfo=dt.UTC)}
    assert sentences.source_line(stored, words, build_id="b1") == line
    assert sentences.source_line(row, words, build_id="b1", years=[2020, 2012]) == (
        "Bron: gezondheidsmonitor 2012–2020 (published). CC BY 4.0."
    )


def test_a_source_line_that_asks_for_something_else_is_an_error() -> None:
    row, words = row_and_words("untested_behind")
    with pytest.raises(LocaleError, match="colour"):
        sentences.source_line(row | {"source_line": "Bron: {colour}."}, words, build_id="b1")


def test_a_copied_text_can_stand_alone() -> None:
    row, words = row_and_words("untested_behind", method="model")
    assert sentences.copy_text(row, words, build_id="2026-11-21.1") == (
        "Westland. Sterk eenzaam: van 8% naar 4% in 2028. "
        "In het plan staat: “het percentage ernstig eenzamen verminderen van 8% tot 4%” "
        "— coalitie Westland. "
        "Het aandeel mensen die zich sterk eenzaam voelen was 9,6% in 2020, "
        "boven de 6,9% op de lijn naar het doel van 4% in 2028; "
        "zonder marges is niet te toetsen of het echt is veranderd. "
        "Het cijfer is een modelschatting: een indicatie. "
        "Bij dit cijfer is geen marge bekend. "
        "Voor Nederland is er geen cijfer uit dezelfde reeks. "
        "Dit cijfer zegt niet of een activiteit werkt. "
        "Bron: gezondheidsmonitor 2016–2020 (published). CC BY 4.0. "
        "Doelmonitor, versie 2026-11-21.1."
    )


def test_a_copied_margin_stands_beside_its_own_figure_where_the_verdict_names_the_baseline() -> (
    None
):
    row, words = row_and_words("not_comparable")
    copied = sentences.copy_text(row | {"ci_lower": 8.1, "ci_upper": 11.2}, words, build_id="b1")
    share = "Het aandeel mensen die zich sterk eenzaam voelen was"
    latest = words.format_pct(row["latest_value"], decimals=1)
    told = f"{share} {latest} in {row['latest_year']}. De marge loopt van 8,1% tot 11,2%."
    assert told in copied
