"""Margins are told only where they exist, notes have words, other readings are told as such."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard import sentences
from dashboard.i18n import LocaleError, Words
from etl.verdict_notes import NOTES
from tests.dashboard.said import LANGUAGES, checked_words, is_tidy, row_and_words

MARGINS = [
    (
        "survey",
        {"ci_lower": 6.1, "ci_upper": 9.9},
        (
            "Dit cijfer komt uit een steekproef. "
            "Het echte percentage ligt waarschijnlijk tussen 6,1% en 9,9%."
        ),
    ),
    (
        "model",
        {"ci_lower": 6.1, "ci_upper": 9.9},
        (
            "Dit cijfer is een schatting uit een model. "
            "Volgens dat model ligt het echte percentage waarschijnlijk tussen 6,1% en 9,9%."
        ),
    ),
    (
        "survey",
        {"ci_lower": None, "ci_upper": None},
        "Dit cijfer komt uit een steekproef, maar er is geen marge bij gepubliceerd.",
    ),
    (
        "model",
        {"ci_lower": None, "ci_upper": None},
        "Dit cijfer is een schatting uit een model, en er is geen marge bij gepubliceerd.",
    ),
    ("survey", {"latest_value": None}, ""),
]


@pytest.mark.parametrize(("method", "columns", "told"), MARGINS)
def test_a_margin_is_told_where_there_is_one(
    method: str, columns: dict[str, Any], told: str
) -> None:
    row, words = row_and_words("unchanged", method=method)
    assert sentences.margin_sentence(row | columns, words) == told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [*NOTES, "rounding_sensitive"])
def test_every_note_that_a_verdict_can_have_is_one_sentence_or_two(
    code: str, language: str
) -> None:
    row, words = row_and_words("untested_behind", language)
    note = sentences.note_sentence(code, row, words)
    assert is_tidy(note)
    assert note[0].isupper()
    assert note.endswith(".")


def test_words_are_there_for_the_notes_of_the_build_and_no_others() -> None:
    assert set(Words("nl").section("notes")) == {*NOTES, "rounding_sensitive"}


def test_an_unknown_note_is_an_error() -> None:
    row, words = row_and_words("unchanged")
    with pytest.raises(LocaleError, match=r"notes\.sunny"):
        sentences.note_sentence("sunny", row, words)


def test_notes_come_in_order_and_rounding_last() -> None:
    row, words = row_and_words("untested_behind")
    noted = row | {"notes": "awaiting_final,baseline_year_assumed", "rounding_sensitive": True}
    assert sentences.note_sentences(noted, words) == [
        "Over het doeljaar 2028 is er nog geen cijfer: dit is een tussenstand.",
        "Het plan noemt geen beginjaar; hier is 2016 aangenomen.",
        (
            "De afronding telt hier mee: is een cijfer eigenlijk iets hoger of lager, "
            "dan kan het oordeel anders zijn."
        ),
    ]
    assert sentences.note_sentences(row, words) == []


def test_the_baseline_of_the_plan_stands_beside_the_comparable_one() -> None:
    row, words = row_and_words("untested_behind", method="model")
    assert sentences.baseline_sentence(row, words) == (
        "Het plan ging uit van 8%; RIVM schat 2016 nu op 8,3%. Het oordeel is met beide hetzelfde."
    )
    matters = row | {"notes": "awaiting_final,baseline_matters"}
    assert sentences.baseline_sentence(matters, words).endswith(
        "Met het getal uit het plan zou het oordeel anders zijn."
    )
    measured, _ = row_and_words("untested_behind")
    assert sentences.baseline_sentence(measured, words).startswith(
        "Het plan ging uit van 8%; de vergelijkbare meting van 2016 is 8,3%."
    )


@pytest.mark.parametrize("columns", [{"baseline_stated": None}, {"baseline_stated": 8.3}])
def test_one_baseline_needs_no_sentence(columns: dict[str, Any]) -> None:
    row, words = row_and_words("untested_behind")
    assert sentences.baseline_sentence(row | columns, words) == ""


def test_without_a_later_figure_nothing_is_said_of_the_verdict() -> None:
    assert sentences.baseline_sentence(*row_and_words("baseline_only")) == (
        "Het plan ging uit van 8%; de vergelijkbare meting van 2016 is 8,3%."
    )


def test_a_break_is_told_with_its_reason() -> None:
    row, words = row_and_words("untested_behind")
    minor = row | {"comparability": "minor"}
    reason = "Eerst 19 jaar en ouder, later 18 jaar en ouder."
    assert sentences.comparability_sentence(row, words, reason=reason) == (
        "De cijfers van 2016 en 2020 zijn met elkaar te vergelijken."
    )
    assert sentences.comparability_sentence(minor, words, reason=reason) == (
        "Tussen 2016 en 2020 is de meting licht veranderd; vergelijken kan, "
        f"met enige voorzichtigheid. {reason}"
    )
    major = row | {"comparability": "major"}
    assert "niet met die van 2016 te vergelijken" in sentences.comparability_sentence(major, words)
    assert sentences.comparability_sentence(*row_and_words("baseline_only")) == ""
    assert sentences.comparability_sentence(*row_and_words("no_data")) == ""


DETECTABLE = [
    (
        "survey",
        {},
        (
            "Een volgende meting van deze omvang toont pas een daling aan vanaf 2,1 procentpunt. "
            "Om de beloofde verandering aan te tonen, "
            "zijn per meting minstens 640 deelnemers nodig."
        ),
    ),
    (
        "survey",
        {"detectable_is_assumed": True, "respondents_needed": None},
        (
            "Met een gebruikelijk aantal deelnemers toont een volgende meting pas een daling aan "
            "vanaf 2,1 procentpunt; dat aantal is een aanname."
        ),
    ),
    (
        "model",
        {},
        "Een volgende schatting met zo'n marge wijst pas op een daling vanaf 2,1 procentpunt.",
    ),
    (
        "survey",
        {"detectable_change_pp": None},
        "Hoe groot een verandering moet zijn om op te vallen, is zonder marge niet te zeggen.",
    ),
]


@pytest.mark.parametrize("code", ["not_comparable", "no_baseline, trend", "awaiting_measurement"])
def test_with_a_margin_it_is_the_baseline_that_is_missed(code: str) -> None:
    row, words = row_and_words(code)
    known = row | {"ci_lower": 8.1, "ci_upper": 11.2, "detectable_change_pp": None}
    assert sentences.detectable_sentence(known, words) == (
        "Hoe groot een verandering moet zijn om op te vallen, "
        "is zonder vergelijkbare nulmeting niet te zeggen."
    )
    bare = known | {"ci_lower": None, "ci_upper": None}
    assert "is zonder marge niet te zeggen" in sentences.detectable_sentence(bare, words)


@pytest.mark.parametrize(("method", "columns", "told"), DETECTABLE)
def test_what_a_survey_could_have_shown_is_told(
    method: str, columns: dict[str, Any], told: str
) -> None:
    row, words = row_and_words("unchanged", method=method)
    assert sentences.detectable_sentence(row | columns, words) == told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", sorted(checked_words("variant", "sensitivity")))
def test_every_other_reading_is_told_with_its_verdict(variant: str, language: str) -> None:
    row, words = row_and_words("unchanged", language)
    reading = {"variant": variant, "code": "improved", "colour": "blue", "target_value": 5.0}
    same = sentences.sensitivity_sentence(reading | {"changes_verdict": False}, words, row=row)
    other = sentences.sensitivity_sentence(reading | {"changes_verdict": True}, words, row=row)
    badge = "gedaald" if language == "nl" else "fallen"
    assert is_tidy(same)
    assert badge not in same
    assert is_tidy(other)
    assert other.endswith(f": {badge}.")


def test_a_former_target_is_told_in_its_own_number() -> None:
    row, words = row_and_words("unchanged")
    former = {"variant": "former_target", "target_value": 5.0, "changes_verdict": False}
    assert sentences.sensitivity_sentence(former, words, row=row) == (
        "Met het eerdere doel (5%) blijft het oordeel gelijk."
    )


def test_robustness_names_the_readings_that_matter() -> None:
    words = Words("nl")
    variants = [
        {"variant": "rounding_up", "changes_verdict": True},
        {"variant": "rounding_down", "changes_verdict": False},
        {"variant": "stated_baseline", "changes_verdict": True},
    ]
    assert sentences.robustness_sentence(variants, words) == (
        "Het oordeel hangt af van de lezing van de cijfers: het wordt anders met de nulmeting "
        "uit het plan en als de cijfers door de afronding eigenlijk iets hoger zijn."
    )
    assert sentences.robustness_sentence(variants[1:2], words) == (
        "Bij een andere lezing van dezelfde cijfers blijft het oordeel gelijk."
    )
    assert sentences.robustness_sentence([], words) == ""
