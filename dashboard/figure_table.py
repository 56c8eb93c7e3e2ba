"""Figures without a verdict: a table of the newest of each, and how a target is added to them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from dashboard import markup
from dashboard.i18n import Words, decimals_of
from dashboard.markup import Markup
from dashboard.origin import slug
from dashboard.rows import Row, number, optional

TARGET_BLOCK = """municipalities:
  {code}:
    name: {name}
    targets:
      - id: {identity}
        kind: level
        indicator: lonely
        age_group: "18+"
        baseline: {{value: …, year: …}}
        target: {{value: …, year: …}}
        measured_by: [{{series: rivm_smap, age_group: "18+"}}]
        quote: "…"
        source: "…"
"""
"""What an analyst writes into metrics.yaml; the dots are the municipality's own."""


def figure_table(rows: Sequence[Row], *, caption: str, words: Words) -> Markup:
    """The newest figure of each subject and age group, with the Netherlands beside it."""
    columns = ("what", "who", "year", "value", "country_short", "series")
    table = markup.table(
        [_figure(row, words) for row in rows],
        columns={name: words(f"pages.overview.{name}") for name in columns},
        caption=caption,
        numbers=("value", "country_short"),
    )
    return markup.element("div", table, class_="dm-newest")


def beside_aims(figures: Sequence[Row], *, shown: Sequence[Row]) -> list[Row]:
    """The newest figures of what stands beside aims in words: series, indicator, age group."""
    wanted = {(row["series_id"], row["indicator"], row["age_group"]) for row in shown}
    return [
        row for row in figures if (row["series_id"], row["indicator"], row["age_group"]) in wanted
    ]


def _figure(row: Row, words: Words) -> dict[str, str]:
    country = number(row, "country_value")
    return {
        "what": str(row["indicator_label"]),
        "who": str(row["age_label"]),
        "year": words.format_year(row["year"]),
        "value": figure_words(row, words),
        "country_short": _pct(country, row, words) if country is not None else "–",
        "series": str(row["series_label"]),
    }


def figure_words(row: Row, words: Words) -> str:
    """A published figure with its margin, where it has one."""
    value = number(row, "value")
    if value is None:
        return words(f"charts.status.{row['obs_status']}")
    lower, upper = optional(row, "margin_lower"), optional(row, "margin_upper")
    if lower is None or upper is None:
        return _pct(value, row, words)
    decimals = decimals_of(number(row, "rounding_step"))
    return f"{_pct(value, row, words)} ({words.format_interval(lower, upper, decimals=decimals)})"


def _pct(value: float, row: Row, words: Words) -> str:
    return words.format_pct(value, decimals=decimals_of(number(row, "rounding_step")))


def add_target(code: str, *, name: str, words: Words) -> Markup:
    """How a municipality without targets gets one."""
    # quoted as JSON, which is YAML too: a bare 's-Gravenhage would open a quotation
    quoted = json.dumps(name, ensure_ascii=False)
    block = TARGET_BLOCK.format(code=code, name=quoted, identity=f"{slug(name)}-lonely")
    inside = markup.instruction(words("pages.overview.add_target_how")) + markup.element(
        "pre", markup.text(block), class_="dm-code"
    )
    return markup.element(
        "section",
        markup.heading(2, words("pages.overview.add_target")) + inside,
        class_="dm dm-section",
    )
