"""Leeftijdsgroepen: where every age group stands, and each survey with a scale of its own apart."""

from __future__ import annotations

from typing import Any

from dashboard import age_parts, components, frame, page_charts, selection
from dashboard.data import keep, rows
from dashboard.i18n import Words
from dashboard.queries import ages


def show() -> None:
    """Show the main series per indicator, then every other series in a panel of its own."""
    chosen = selection.current()
    words = Words(chosen.language)
    title = words("pages.age_groups.title")
    if chosen.municipality is None:
        frame.show_municipality_needed(title, chosen=chosen, words=words)
        return
    asked = {"municipality": chosen.municipality, "language": chosen.language}
    name = frame.municipality_names()[chosen.municipality]
    components.show_title(title, above=name, below=words("pages.age_groups.lead"))
    listed = rows(ages.series_with_figures, **asked)
    for series in listed[:1]:
        for indicator in list(series["indicators"])[: age_parts.SHOWN_INDICATORS]:
            show_indicator(series["series_id"], indicator=indicator, asked=asked, words=words)
    for series in listed[1:]:
        show_series(series, asked=asked, words=words)


def show_indicator(series_id: str, *, indicator: str, asked: dict[str, str], words: Words) -> None:
    """Show one indicator: now against the target, over time, and the change per group."""
    look = {"theme": components.theme(), "frame": components.chart_frame()}
    which = {**asked, "series_id": series_id, "indicator": indicator}
    now = keep(page_charts.ages_now, **which, **look)
    over_time = keep(page_charts.ages_over_time, **which, **look)
    components.show_heading(age_parts.measure_of(now))
    components.show_chart(now, key=f"now-{indicator}", words=words)
    components.show_chart(over_time, key=f"time-{indicator}", words=words)
    shown = rows(ages.breakdown, indicator=indicator, **asked)
    components.show(age_parts.changes(shown, words))


def show_series(series: dict[str, Any], *, asked: dict[str, str], words: Words) -> None:
    """Show a further series under its own heading: another survey, so never in one chart."""
    components.show_heading(series["label"])
    components.show_text(series["population"], words("pages.age_groups.apart"))
    chart = keep(
        page_charts.series_now,
        series_id=series["series_id"],
        several_ages=bool(series["age_groups"] > 1),
        theme=components.theme(),
        frame=components.chart_frame(),
        **asked,
    )
    components.show_chart(chart, key=f"series-{series['series_id']}", words=words)


show()
