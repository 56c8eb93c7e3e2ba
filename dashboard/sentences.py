"""The room's door: everything that turns a verdict and its numbers into sentences.

All functions are pure and take `row` (one assessment with its labels, as the queries give it) and
`words` (the language). A number in a sentence is formatted from the stored value.
"""

from __future__ import annotations

from dashboard.assessed import is_indicative
from dashboard.certainty_sentences import (
    baseline_sentence,
    comparability_sentence,
    detectable_sentence,
    margin_sentence,
    note_sentence,
    note_sentences,
    robustness_sentence,
    sensitivity_sentence,
)
from dashboard.context_sentences import (
    age_intro,
    age_sentence,
    comparison_sentence,
    correction_sentence,
    crosswalk_sentence,
    news_sentences,
    rule_line,
)
from dashboard.difference_sentences import difference_sentence
from dashboard.plain_lines import (
    copy_text,
    five_lines,
    pace_line,
    source_line,
    source_lines,
)
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
    "age_intro",
    "age_sentence",
    "badge",
    "baseline_sentence",
    "change_answer",
    "comparability_sentence",
    "comparison_sentence",
    "copy_text",
    "correction_sentence",
    "crosswalk_sentence",
    "detectable_sentence",
    "difference_sentence",
    "finding_title",
    "five_lines",
    "is_indicative",
    "level_answer",
    "margin_sentence",
    "news_sentences",
    "note_sentence",
    "note_sentences",
    "pace_answer",
    "pace_line",
    "robustness_sentence",
    "rule_line",
    "sensitivity_sentence",
    "source_line",
    "source_lines",
    "target_title",
    "verdict_sentence",
]
