"""Titles: what was promised, in the numbers of the plan, and what a chart shows of it."""

from __future__ import annotations

from dashboard.assessed import ADULTS, target_value
from dashboard.facts import Facts
from dashboard.i18n import Words, sentence_case, stated_decimals
from dashboard.rows import Row, number, optional, text
from dashboard.verdict_sentences import needs_hedge, verdict_key

LONGEST_TITLE = 10
"""Words in a chart title."""

LONELY = "lonely"
"""The indicator that goes without saying where a title names an age group."""


def target_title(row: Row, words: Words) -> str:
    """What was promised, in the plan's own numbers: "Sterk eenzaam: van 8% naar 4% in 2028".

    An aim in words is its own title. Half-known promises name what is known and no more.
    """
    if row["kind"] == "qualitative":
        return str(row["target_text"])
    subject, *_ = subjects(row, words)
    return words("sentences.subject.titled", subject=subject, words=promise(row, words))


def subjects(row: Row, words: Words) -> list[str]:
    """Names of what is measured, the fullest first: indicator with age group, then either."""
    indicator, age = text(row, "indicator_label"), text(row, "age_label")
    if indicator is None or age is None:
        return []
    group = optional(row, "target_age_group") or optional(row, "age_group")
    if group in ADULTS:
        return [indicator]
    if row["indicator"] == LONELY:
        return [sentence_case(age), indicator]
    return [words("sentences.subject.both", indicator=indicator, age=age), indicator]


def promise(row: Row, words: Words) -> str:
    """The promise without its subject: "van 8% naar 4% in 2028", "de trend doorbreken"."""
    kind = row["kind"]
    if kind in ("trend", "none"):
        return words(f"sentences.title.{kind}")
    phrase = (
        kept_promise(row, words)
        if kind == "maintain"
        else changed_promise(row, words)
        if kind in ("change_pp", "change_pct")
        else level_promise(row, words)
    )
    due = Facts(row, words).get("target_year")
    return words("sentences.title.by_year", words=phrase, year=due) if due else phrase


def level_promise(row: Row, words: Words) -> str:
    """A level: from the stated baseline where there is one, to the target."""
    facts = Facts(row, words)
    stated = number(row, "baseline_stated")
    if stated is None:
        return words("sentences.title.level", target=facts["target"])
    start = words.format_stated_pct(stated)
    return words("sentences.title.level_from", baseline=start, target=facts["target"])


def changed_promise(row: Row, words: Words) -> str:
    """A change, in percentage points or in percent of the baseline, without a level."""
    kind, amount = str(row["kind"]), number(row, "target_change")
    if amount is None:
        raise KeyError("target_change")
    size = (
        words.format_pp(amount, decimals=stated_decimals(amount))
        if kind == "change_pp"
        else words.format_stated_pct(abs(amount))
    )
    way = "lower" if amount < 0 else "higher"
    return words(f"sentences.title.{kind}.{way}", size=size)


def kept_promise(row: Row, words: Words) -> str:
    """A level that must not be passed: the value of the plan, else that of the baseline."""
    value = target_value(row)
    direction = row["direction"]
    if value is None:
        return words(f"sentences.title.maintain_baseline.{direction}")
    target = words.format_stated_pct(value)
    return words(f"sentences.title.maintain.{direction}", target=target)


def finding_title(row: Row, words: Words) -> str:
    """Title of a chart: the finding, with its subject where ten words allow it."""
    finding = Facts(row, words).say(verdict_key(row, words, group="finding"))
    if needs_hedge(row):
        finding = words("sentences.finding.model", finding=finding)
    for subject in subjects(row, words):
        title = words("sentences.subject.titled", subject=subject, words=finding)
        if len(title.split()) <= LONGEST_TITLE:
            return title
    return sentence_case(finding)
