"""What holds for all words: short, tidy, strict about what is missing, people first."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from dashboard import sentences
from dashboard.i18n import LocaleError, read_locale
from dashboard.rows import ColumnError, is_missing
from tests.dashboard.said import EVERY_ROW, LANGUAGES, is_tidy, row_and_words


@pytest.mark.parametrize(("case", "language", "direction", "method"), EVERY_ROW)
def test_titles_and_badges_are_short(case: str, language: str, direction: str, method: str) -> None:
    row, words = row_and_words(case, language, direction, method)
    title, badge = sentences.finding_title(row, words), sentences.badge(row, words)
    assert is_tidy(title)
    assert len(title.split()) <= 10
    assert title[0].isupper()
    assert is_tidy(badge.words)
    assert len(badge.words.split()) <= 7
    assert len(badge.icon) == 1
    assert badge.colour == row["colour"]


def test_missing_numbers_read_the_same_however_they_are_stored() -> None:
    row, words = row_and_words("no_baseline, not_met_untested")
    stored = {
        name: float("nan") if value is None and name not in ("quote", "target_text") else value
        for name, value in row.items()
    }
    for other in (stored, pd.Series(row), pd.Series(stored)):
        assert sentences.verdict_sentence(other, words) == sentences.verdict_sentence(row, words)
        assert sentences.five_lines(other, words) == sentences.five_lines(row, words)
    assert all(is_missing(nothing) for nothing in (None, float("nan"), pd.NA, pd.NaT))


def test_a_row_without_a_column_is_an_error_and_no_missing_figure() -> None:
    row, words = row_and_words("improved")
    del row["latest_value"]
    with pytest.raises(ColumnError, match="latest_value"):
        sentences.verdict_sentence(row, words)


def test_a_claim_without_its_numbers_is_an_error() -> None:
    row, words = row_and_words("improved")
    with pytest.raises(LocaleError, match="from_to"):
        sentences.verdict_sentence(row | {"baseline_value": None}, words)


FORBIDDEN = {
    "nl": (
        *("de eenzamen", "eenzamen", "slecht", "falen", "gefaald", "significant", "kans"),
        *("dankzij", "effect", "ranglijst", "beste", "slachtoffer", "stijgers"),
    ),
    "en": (
        *("the lonely", "lonely people", "bad", "fail", "significant", "chance"),
        *("thanks to", "effect", "ranking", "best", "worst", "suffer"),
    ),
}
"""Words that judge people, claim a cause, rank, or sound surer than a test is."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_put_people_first_and_avoid_words_that_judge(language: str) -> None:
    ours = ("sentences.", "notes.", "crosswalk.")
    found = [
        key
        for key, text in read_locale(language).items()
        if key.startswith(ours)
        and not key.startswith("crosswalk.original.")  # words of their owners
        and re.search(rf"\b({'|'.join(FORBIDDEN[language])})", text, re.IGNORECASE)
    ]
    assert found == []
