"""How sure a verdict is: margins, notes, other readings, what a survey could have shown."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.assessed import is_indicative
from dashboard.facts import Facts
from dashboard.i18n import Words
from dashboard.rows import Row, listed, number, year
from dashboard.verdict_sentences import badge

READINGS = (
    *("stated_baseline", "former_target", "without_exceptional_waves"),
    *("rounding_up", "rounding_down"),
)
"""Other readings of the same figures, in the order in which they are told."""


JUDGED = ("improved", "none_shown", "worsened", "untested")
"""Changes that rest on a baseline: only these can differ with another one."""


def margin_sentence(row: Row, words: Words) -> str:
    """Where the true percentage probably lies; that no margin was published; of a model, as such.

    Empty where there is no figure.
    """
    facts = Facts(row, words)
    if "latest" not in facts:
        return ""
    kind = "model" if is_indicative(row) else "survey"
    return facts.say(f"lines.margin.{kind}" if "lower" in facts else f"lines.margin.{kind}_none")


def note_sentence(code: str, row: Row, words: Words) -> str:
    """Sentence of one note code; LocaleError for a code without words."""
    return words.fill(f"notes.{code}", Facts(row, words))


def note_sentences(row: Row, words: Words) -> list[str]:
    """All notes of an assessment in words; last, that its rounding matters."""
    codes = [*listed(row, "notes"), *(["rounding_sensitive"] if row["rounding_sensitive"] else [])]
    return [note_sentence(code, row, words) for code in codes]


def baseline_sentence(row: Row, words: Words) -> str:
    """The baseline of the plan beside the comparable one, and whether it matters; empty if equal.

    Empty, too, where one of the two does not exist.
    """
    facts = Facts(row, words)
    stated, baseline = number(row, "baseline_stated"), number(row, "baseline_value")
    if stated is None or baseline is None or stated == baseline:
        return ""
    kind = "model" if is_indicative(row) and "producer" in facts else "survey"
    beside = facts.say(f"baseline.{kind}")
    if row["change"] not in JUDGED:
        return beside
    matters = "other" if "baseline_matters" in listed(row, "notes") else "same"
    return f"{beside} {words(f'sentences.baseline.{matters}')}"


def comparability_sentence(row: Row, words: Words, *, reason: str | None = None) -> str:
    """Whether baseline and latest wave may be compared, and why not; empty where nothing is.

    `reason` is the text of the break in metrics.yaml, in full sentences.
    """
    comparability = str(row["comparability"])
    start, end = year(row, "baseline_year"), year(row, "latest_year")
    if comparability == "not_applicable" or start is None or start == end:
        return ""
    sentence = Facts(row, words).say(f"comparability.{comparability}")
    return f"{sentence} {reason}" if reason and comparability != "same" else sentence


def detectable_sentence(row: Row, words: Words) -> str:
    """Smallest change a next survey would show, and how many must be asked to show the promise."""
    facts = Facts(row, words)
    if "latest" not in facts:
        reason = "qualitative" if row["code"] == "qualitative" else "no_figure"
        return words(f"sentences.lines.detectable.{reason}")
    if "detectable" not in facts:
        without_start = "lower" in facts and row["change"] not in JUDGED
        reason = "no_baseline" if without_start else "none"
        return words(f"sentences.lines.detectable.{reason}")
    assumed = "assumed" if row["detectable_is_assumed"] else None
    kind = assumed or ("model" if is_indicative(row) else "known")
    sentences = [facts.say(f"lines.detectable.{kind}")]
    if "respondents" in facts and not is_indicative(row):
        sentences.append(facts.say("lines.detectable.respondents"))
    return " ".join(sentences)


def sensitivity_sentence(variant: Row, words: Words, *, row: Row) -> str:
    """The verdict under one other reading of the same figures (a row of marts.sensitivity)."""
    merged = {**dict(row), **dict(variant)}
    outcome = "other" if variant["changes_verdict"] else "same"
    facts = Facts(merged, words, more={"verdict": lowered(badge(merged, words).words)})
    return facts.say(f"sensitivity.{variant['variant']}.{outcome}")


def robustness_sentence(sensitivity: Iterable[Row], words: Words) -> str:
    """Whether the verdict stands under every other reading; empty without other readings."""
    readings = {
        str(variant["variant"]): bool(variant["changes_verdict"]) for variant in sensitivity
    }
    if not readings:
        return ""
    other = [words(f"sentences.robustness.{name}") for name in READINGS if readings.get(name)]
    if not other:
        return words("sentences.robustness.same")
    return words("sentences.robustness.other", variants=words.format_list(other))


def lowered(phrase: str) -> str:
    """Phrase with a small first letter, for use within a sentence."""
    return phrase[:1].lower() + phrase[1:]
