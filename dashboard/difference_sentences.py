"""Why another figure for the same subject differs: one line per figure."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.i18n import Words, decimals_of
from dashboard.rows import Row, optional


def difference_sentence(other: Row, words: Words, *, ours: Row) -> str:
    """One line that says why `other` differs from `ours`: survey, people, scale, method, year ….

    Both rows may hold region_code, region_name, series_id, series_label, survey, method, scale,
    scale_label, indicator, indicator_label, age_group, age_label, year, edition, rounding_step.
    What a row leaves out is not compared; that a figure states no age or year is said apart, as
    that is no reason. `is_in_use` and `is_newer` tell another edition of
    another series.
    """
    reasons = list(difference_reasons(other, words, ours=ours))
    unstated = [column for column in ("age_group", "year") if optional(other, column) is None]
    if not reasons and not unstated:
        return words("sentences.different.nothing")
    said = []
    if reasons:
        said.append(words("sentences.different.because", reasons=words.format_list(reasons)))
    if unstated:
        said.append(words(f"sentences.different.unstated.{'_and_'.join(unstated)}"))
    if not reasons:
        said.append(words("sentences.different.no_reason"))
    return " ".join(said)


def difference_reasons(other: Row, words: Words, *, ours: Row) -> Iterator[str]:
    """Reasons why two figures differ, the weightiest first, as phrases."""
    yield from _named(
        other, words, ours=ours, column="region_code", name="region", label="region_name"
    )
    yield from _survey(other, words, ours=ours)
    yield from _named(other, words, ours=ours, column="scale", name="scale", label="scale_label")
    yield from _named(
        other, words, ours=ours, column="indicator", name="indicator", label="indicator_label"
    )
    yield from _named(
        other, words, ours=ours, column="age_group", name="population", label="age_label"
    )
    yield from _named(other, words, ours=ours, column="year", name="year", label="year")
    yield from _edition(other, words, ours=ours)
    yield from _rounding(other, words, ours=ours)


def _named(
    other: Row, words: Words, *, ours: Row, column: str, name: str, label: str
) -> Iterator[str]:
    """Phrase that names the other's value, where both have one and they differ."""
    theirs, mine = optional(other, column), optional(ours, column)
    if theirs is None or mine is None or theirs == mine:
        return
    shown = optional(other, label)
    if shown is not None:
        text = words.format_year(shown) if column == "year" else str(shown)
        yield words(f"sentences.different.{name}", other=text)


def _edition(other: Row, words: Words, *, ours: Row) -> Iterator[str]:
    """Another edition of the same table, or one of another table that is not in use."""
    if optional(other, "series_id") == optional(ours, "series_id"):
        yield from _named(
            other, words, ours=ours, column="edition", name="edition", label="edition"
        )
    elif optional(other, "is_in_use") is not None and not other["is_in_use"]:
        age = "newer" if other["is_newer"] else "older"
        yield words(f"sentences.different.{age}_edition", other=other["edition"])


def _survey(other: Row, words: Words, *, ours: Row) -> Iterator[str]:
    """Another survey, and another method where that is what sets them apart."""
    label = optional(other, "series_label") or optional(other, "survey")
    if optional(other, "series_id") != optional(ours, "series_id") and label is not None:
        yield words("sentences.different.survey", other=label)
    theirs, mine = optional(other, "method"), optional(ours, "method")
    if theirs is not None and mine is not None and theirs != mine:
        yield words(f"sentences.different.method_{theirs}")


def _rounding(other: Row, words: Words, *, ours: Row) -> Iterator[str]:
    theirs, mine = optional(other, "rounding_step"), optional(ours, "rounding_step")
    if theirs is not None and mine is not None and theirs != mine:
        step = words.format_pp(theirs, decimals=decimals_of(theirs))
        yield words("sentences.different.rounding", other=step)
