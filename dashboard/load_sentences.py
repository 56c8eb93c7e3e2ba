"""What the load report and a refusal say, from a code and its facts, in the reader's words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from dashboard.i18n import Words, stated_decimals
from dashboard.rows import Row

Names = Mapping[tuple[str, str], str]
"""Words of a series, indicator, age group or region, by its kind and its code."""


def by_code(listed: Iterable[Row]) -> Names:
    """Words by kind and code, from rows with subject, subject_id and text."""
    return {(str(row["subject"]), str(row["subject_id"])): str(row["text"]) for row in listed}


def sentence(row: Row, words: Words, *, names: Names) -> str:
    """What a row of the load report says; refused rows are told by the reason of their refusal."""
    if row["kind"] == "refused":
        return reason(row, words)
    return words.fill(f"load_report.{row['code']}", _facts(row, words, names=names))


def reason(row: Row, words: Words) -> str:
    """Why a row was refused."""
    return words.fill(f"rejected.{row['code']}", _facts(row, words, names={}))


def _facts(row: Row, words: Words, *, names: Names) -> dict[str, str]:
    """Facts as words; a code that has no words, because nobody defined it, stands for itself."""
    given: dict[str, str | float] = json.loads(row["facts"])
    figures = (fact for fact in given.values() if isinstance(fact, float))
    decimals = max(map(stated_decimals, figures), default=0)  # those of a sentence are shown alike
    return {
        name: names.get((name, fact), fact)
        if isinstance(fact, str)
        else words.format_number(fact, decimals=decimals if isinstance(fact, float) else 0)
        for name, fact in given.items()
    }
