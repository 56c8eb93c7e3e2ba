"""What stands beside a verdict: country, region, ages, corrections, other figures, other rules."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from dashboard.assessed import SHOWN, is_indicative
from dashboard.facts import Facts
from dashboard.i18n import Words, stated_decimals
from dashboard.rows import Row, number, optional, text


def country_row(row: Row, country: Row | None) -> dict[str, Any] | None:
    """Figures of the Netherlands beside an assessment: a comparison, else those in the row."""
    if country is not None:
        return dict(country)
    if number(row, "country_value") is None:
        return None
    before = optional(row, "country_baseline_value")
    return {
        "comparator": "country",
        "baseline_value": before,
        "baseline_year": None if before is None else optional(row, "baseline_year"),
        "latest_value": row["country_value"],
        "latest_year": row["country_year"],
    }


def comparison_sentence(
    comparison: Row, words: Words, *, row: Row, place: str | None = None
) -> str:
    """The change of the country or region over the same waves, and whether ours shows a difference.

    `place` names a region; the country has its own name. Its latest figure alone, where it has no
    other or where a major break lies between the waves.
    """
    steps = {
        f"{name}_rounding_step": optional(row, f"{name}_rounding_step")
        for name in ("baseline", "latest")
    }
    named = {"place": place or words("sentences.lines.netherlands")}
    facts = Facts({**dict(comparison), **steps}, words, more=named)
    broken = row["change"] == "not_comparable"
    one_wave = facts.get("baseline_year") in (None, facts["latest_year"])
    if broken or one_wave or "baseline" not in facts:
        return facts.say("lines.country.latest")
    moved = "stayed" if facts["baseline"] == facts["latest"] else "change"
    sentences = [facts.say(f"lines.country.{moved}")]
    if number(row, "change_pp") is not None and "z_difference" in comparison:
        outcome = difference_outcome(comparison, row=row)
        sentences.append(Facts(row, words).say(f"lines.country.{outcome}"))
    return " ".join(sentences)


def difference_outcome(comparison: Row, *, row: Row) -> str:
    """Which text says how our change differs: better, worse, not shown or not tested."""
    z = number(comparison, "z_difference")
    if z is None:
        return "not_tested"
    if abs(z) < SHOWN:
        return "not_shown"
    way = "better" if z > 0 else "worse"
    return f"model_{way}" if is_indicative(row) else way


def age_intro(groups_tested: int, words: Words) -> str:
    """How many age groups were tested, and that the test is stricter for it."""
    if groups_tested == 0:
        return words("sentences.age.intro_none")
    if groups_tested == 1:
        return words("sentences.age.intro_one")
    return words("sentences.age.intro", count=groups_tested)


def age_sentence(age: Row, words: Words, *, row: Row, group: str) -> str:
    """Change of one age group after the correction (a row of marts.age_breakdown)."""
    merged = {**dict(age), "method": optional(row, "method")}
    return Facts(merged, words, more={"group": group}).say(f"age.{age['change']}")


def correction_sentence(correction: Row, words: Words, *, subject: str) -> str:
    """The same figure in two editions or files; `subject` says which ("Westland, eenzaam, 65+")."""
    former, value = number(correction, "former_value"), number(correction, "value")
    decimals = max([1, *(stated_decimals(v) for v in (former, value) if v is not None)])
    facts = {"subject": subject, "year": words.format_year(correction["year"])}
    for name, figure in (("former", former), ("value", value)):
        if figure is not None:
            facts[name] = words.format_pct(figure, decimals=decimals)
    difference = number(correction, "difference_pp")
    if difference is not None:
        facts["difference"] = words.format_change(difference, decimals=decimals)
    sources = {name: str(correction[name]) for name in ("source", "former_source")}
    told = words.fill(f"sentences.correction.{correction_outcome(former, value)}", facts)
    kind = str(correction["kind"])
    return f"{told} {words(f'sentences.correction.{kind}', **sources)}"


def correction_outcome(former: float | None, value: float | None) -> str:
    """What happened to a figure: changed, same, appeared, vanished or neither published."""
    if former is None:
        return "neither" if value is None else "appeared"
    if value is None:
        return "vanished"
    return "same" if value == former else "changed"


def crosswalk_sentence(crosswalk: Row, words: Words, *, row: Row) -> str:
    """What another system would say (a row of marts.crosswalk), in plain words and in its own.

    `row` is the assessment: after a major break no rule has a figure to judge.
    """
    status = str(crosswalk["status"])
    broken = status == "none" and row["comparability"] == "major"
    told = {
        "method": words(f"crosswalk.method.{crosswalk['method']}"),
        "status": words("crosswalk.broken" if broken else f"crosswalk.status.{status}"),
    }
    sentence = words("crosswalk.without_word", **told)
    if words.has(f"crosswalk.original.{status}"):  # their own word, where they have one
        original = words(f"crosswalk.original.{status}")
        sentence = words("crosswalk.sentence", **told, original=original)
    detail = json.loads(text(crosswalk, "detail") or "{}")
    if detail.get("equal_as_printed"):
        return f"{sentence} {words('crosswalk.equal_as_printed')}"
    return sentence


def rule_line(crosswalk: Row, words: Words) -> str:
    """What the rule of another system looks at, which is why its outcome may differ from ours."""
    method = crosswalk["method"]
    return words(
        "crosswalk.rule_line",
        method=words(f"crosswalk.method.{method}"),
        rule=words(f"crosswalk.rule.{method}"),
    )


def news_sentences(
    words: Words,
    *,
    latest_year: int | None,
    new_years: Sequence[int] = (),
    since: dt.date | None = None,
    next_wave_year: int | None = None,
    next_results_year: int | None = None,
    newer_editions: Sequence[str] = (),
) -> list[str]:
    """What is new since the previous meeting; most often nothing, and when the next figures come.

    `new_years` are years with figures that came in after `since`; both or neither.
    """
    sentences = [words("sentences.news.none")]
    if new_years and since is not None:
        years = words.format_years(new_years)
        sentences = [words("sentences.news.since", date=words.format_date(since), years=years)]
    if latest_year is not None:
        sentences.append(words("sentences.news.latest", year=latest_year))
    if newer_editions:
        editions = words.format_list(newer_editions)
        sentences.append(words("sentences.news.newer_edition", editions=editions))
    if next_wave_year is not None and next_results_year is not None:
        sentences.append(
            words("sentences.news.next_results", year=next_wave_year, results=next_results_year)
        )
    elif next_wave_year is not None:
        sentences.append(words("sentences.news.next", year=next_wave_year))
    return sentences
