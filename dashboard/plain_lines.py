"""The verdict in five plain lines, and as a paragraph with its source to copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from dashboard.assessed import is_indicative
from dashboard.certainty_sentences import (
    detectable_sentence,
    margin_sentence,
    robustness_sentence,
)
from dashboard.context_sentences import comparison_sentence, country_row
from dashboard.facts import Facts
from dashboard.i18n import LocaleError, Words, placeholders
from dashboard.rows import Row, number, optional, text
from dashboard.titles import target_title
from dashboard.verdict_sentences import pace_circumstance, verdict_sentence


def five_lines(
    row: Row, words: Words, *, country: Row | None = None, sensitivity: Sequence[Row] = ()
) -> list[str]:
    """Five lines: the figure with its margin, the country, pace, what could be shown, no cause.

    `country` is a row of marts.comparisons; without it the country's figures in the row are used.
    `sensitivity` are rows of marts.sensitivity for this assessment.
    """
    could_show = [detectable_sentence(row, words), robustness_sentence(sensitivity, words)]
    return [
        figure_line(row, words),
        country_line(row, words, country=country),
        pace_line(row, words),
        " ".join(sentence for sentence in could_show if sentence),
        no_cause_line(row, words),
    ]


def figure_line(row: Row, words: Words) -> str:
    """The figure and its margin, or that there is none."""
    facts = Facts(row, words)
    if "latest" not in facts:
        reason = "qualitative" if row["code"] == "qualitative" else "no_data"
        return words(f"sentences.lines.no_figure.{reason}")
    return f"{facts.say('lines.figure')} {margin_sentence(row, words)}"


def country_line(row: Row, words: Words, *, country: Row | None = None) -> str:
    """The Netherlands beside it, from the same series, or that there is no such figure."""
    if "latest" not in Facts(row, words):
        reason = "qualitative" if row["code"] == "qualitative" else "no_figure"
        return words(f"sentences.lines.country.{reason}")
    beside = country_row(row, country)
    if beside is None:
        return words("sentences.lines.country.none")
    return comparison_sentence(beside, words, row=row)


def pace_line(row: Row, words: Words) -> str:
    """What is needed per year and what was seen, or why there is no pace."""
    facts = Facts(row, words)
    if str(row["level"]).startswith("met") or "required_way" not in facts or "goal" not in facts:
        reason = pace_circumstance(row)
        key = f"lines.pace.{reason}"
        return facts.say(key if words.has(f"sentences.{key}") else "lines.pace.other")
    observed = number(row, "observed_pp_per_year")
    if observed is None or "baseline_year" not in facts:
        return facts.say("lines.pace.required")
    return facts.say("lines.pace.both" if observed else "lines.pace.both_level")


def no_cause_line(row: Row, words: Words) -> str:
    """What no figure here can say: whether an activity works."""
    has_figure = "latest" in Facts(row, words)
    return words("sentences.lines." + ("no_cause" if has_figure else "no_cause_without_figure"))


def source_line(
    row: Row,
    words: Words,
    *,
    build_id: str,
    years: Sequence[int] = (),
    retrieved: dt.date | None = None,
) -> str:
    """Source line of the series, filled: years shown, edition, date of retrieval, build.

    `years` are the years shown; without them baseline and latest year of the row. Empty where the
    row has no series. LocaleError where the template asks for anything else.
    """
    template = text(row, "source_line")
    if template is None:
        return ""
    shown = sorted(years) or sorted(
        int(value) for name in ("baseline_year", "latest_year") if (value := number(row, name))
    )
    moment = retrieved or optional(row, "retrieved_at")
    filled = {
        "years": words.format_year_range(shown[0], shown[-1]) if shown else "",
        "edition": text(row, "edition") or "",
        "retrieved": ""
        if moment is None
        else words("sentences.source.retrieved", date=words.format_date(moment)),
        "build": build_id,
    }
    if unknown := set(placeholders(template)) - set(filled):
        raise LocaleError(f"source line asks for {sorted(unknown)}: {template!r}")
    return template.format_map(filled)


def source_lines(
    shown: Iterable[tuple[Row, Iterable[int]]], words: Words, *, build_id: str
) -> list[str]:
    """The source line of every series and edition among rows, each once with all years shown."""
    rows: dict[tuple[str, str], Row] = {}
    years: dict[tuple[str, str], set[int]] = {}
    for row, measured in shown:
        key = str(row["series_id"]), str(row["edition"])
        rows.setdefault(key, row)
        years.setdefault(key, set()).update(measured)
    lines = (
        source_line(row, words, build_id=build_id, years=sorted(years[key]))
        for key, row in rows.items()
    )
    return list(filter(None, lines))


def copy_text(
    row: Row,
    words: Words,
    *,
    build_id: str,
    country: Row | None = None,
    years: Sequence[int] = (),
    retrieved: dt.date | None = None,
) -> str:
    """A paragraph to copy: place, promise, quote, verdict, margin, country, source and build."""
    facts = Facts(row, words)
    shape = "heading_text" if row["kind"] == "qualitative" else "heading"
    source = source_line(row, words, build_id=build_id, years=years, retrieved=retrieved)
    edition = text(row, "edition") if not source else None
    parts = [
        words(f"sentences.copy.{shape}", region=facts["region"], title=target_title(row, words)),
        quote_sentence(row, words),
        verdict_sentence(row, words),
        copied_margin(row, words),
        country_line(row, words, country=country) if "latest" in facts else "",
        no_cause_line(row, words) if "latest" in facts else "",
        source,
        published_in(row, words),
        words("sentences.copy.edition", edition=edition) if edition else "",
        words("sentences.copy.build", build=build_id),
    ]
    return " ".join(part for part in parts if part)


def published_in(row: Row, words: Words) -> str:
    """Where the figure itself was published, for series that were published one by one."""
    where = optional(row, "latest_source_ref")
    if where is None or not str(optional(row, "licence") or "").startswith("as stated"):
        return ""
    return words("sentences.copy.published_in", source=str(where).rstrip("."))


def quote_sentence(row: Row, words: Words) -> str:
    """The promise, literally (in Dutch in both languages), and where it stands."""
    quote, source = text(row, "quote"), text(row, "source")
    if quote is None:
        return words("sentences.copy.text_source", source=source) if source else ""
    if source is None:
        return words("sentences.copy.quote_only", quote=quote)
    return words("sentences.copy.quote", quote=quote, source=source)


def copied_margin(row: Row, words: Words) -> str:
    """The margin of the figure in one short sentence, or that there is none.

    The figure goes before it where the verdict names the baseline alone.
    """
    facts = Facts(row, words)
    if "latest" not in facts:
        return ""
    kind = "model_margin" if is_indicative(row) else "margin"
    margin = facts.say(f"copy.{kind}") if "lower" in facts else words("sentences.copy.no_margin")
    if row["code"] == "not_comparable":
        return f"{facts.say('lines.figure')} {margin}"
    return margin
