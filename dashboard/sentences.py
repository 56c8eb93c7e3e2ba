"""The room's door: everything that turns a verdict and its numbers into sentences.

All functions are pure and take `row` (one assessment with its labels, as the queries give it) and
`words` (the language). A number in a sentence is formatted from the stored value.
"""

from __future__ import annotations

from dashboard.assessed import is_indicative
from dashboard.titles import finding_title, target_title
from dashboard.verdict_sentences import (
    Badge,
    badge,
    change_answer,
    level_answer,
    pace_answer,
    verdict_sentence,
)

__all__ = [
    "Badge",
    "badge",
    "change_answer",
    "finding_title",
    "is_indicative",
    "level_answer",
    "pace_answer",
    "target_title",
    "verdict_sentence",
]
