"""What tests of words share: every typed case in every form, and what a tidy text is."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from dashboard.i18n import Words
from tests.dashboard.typed_rows import CASES, AssessmentRow, assessment_row

CONTRACT = Path(__file__).parents[2] / "etl" / "sql" / "marts"
LANGUAGES = ("nl", "en")
DIRECTIONS = ("decrease", "increase")
METHODS = ("survey", "model")
EVERY_ROW = [
    pytest.param(case, language, direction, method, id=f"{case} {language} {direction} {method}")
    for case, language, direction, method in product(CASES, LANGUAGES, DIRECTIONS, METHODS)
]
"""Each typed case in both languages, for both directions, of a survey and of a model."""


def row_and_words(
    case: str, language: str = "nl", direction: str = "decrease", method: str = "survey"
) -> tuple[AssessmentRow, Words]:
    row = assessment_row(case, language=language, direction=direction, method=method)
    return row, Words(language)


def is_tidy(text: str) -> bool:
    """No placeholder, no missing value, no double space, no space before a stop."""
    return not re.search(r"[{}]|\bnan\b|None|  | [.,;:]|\.\.|^\s|\s$", text)


def sentence_count(text: str) -> int:
    return len(re.findall(r"[.!?](?=\s|$)", text))


def checked_words(column: str, table: str) -> set[str]:
    """The words that a CHECK of the contract allows in a column."""
    sql = (CONTRACT / f"{table}.sql").read_text(encoding="utf-8")
    (allowed,) = re.findall(rf"\b{column} varchar not null check \({column} in \(([^)]*)\)", sql)
    return set(re.findall(r"'([^']+)'", allowed))
