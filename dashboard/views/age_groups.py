"""Leeftijdsgroepen: where every age group stands, and each survey with a scale of its own apart."""

from __future__ import annotations

from typing import Any

from dashboard import age_parts, components, frame, selection
from dashboard.charts import now_against_target, small_multiples
from dashboard.data import load, rows
from dashboard.i18n import Words
from dashboard.queries import ages, figures, targets
from dashboard.queries import frame as frame_queries


def show() -> None:
    """Show the main series per indicator, then every other series in a panel of its own."""
    chosen = selection.current()
    words = Words(chosen.language)
    title = words("pages.age_groups.title")
    if chosen.municipality is None:
        frame.show_municipality_needed(title, chosen=chosen, words=words)
        return
    name = frame.municipality_names()[chosen.municipality]
    components.show_title(title, above=name, below=words("pages.age_groups.lead"))
    main, *others = rows(
        ages.series_with_figures, municipality=chosen.municipality, language=chosen.language
    )
    for indicator in list(main["indicators"])[: age_parts.SHOWN_INDICATORS]:
        show_indicator(chosen.municipality, main["series_id"], indicator=indicator, words=words)
    for series in others:
        show_series(chosen.municipality, series, words=words)


def show_indicator(municipality: str, series_id: str, *, indicator: str, words: Words) -> None:
    """Show one indicator: now against the target, then over time."""
    asked = {"series_id": series_id, "indicator": indicator, "language": words.language}
    newest = load(ages.newest_by_age, region=municipality, **asked)
    first, build_id = newest.to_dict("records")[0], rows(frame_queries.build)[0]["build_id"]
    label = first["indicator_label"]
    look: dict[str, Any] = {"theme": components.theme(), "frame": components.chart_frame()}
    components.show_heading(label)
    now = age_parts.caption_of(
        first,
        title=words("pages.age_groups.now", indicator=label),
        measure=label,
        years=newest["year"],
        build_id=build_id,
        words=words,
    )
    chart = now_against_target(newest, caption=now, words=words, **look)
    components.show_chart(chart, key=f"now-{indicator}", words=words)
    over_time = load(ages.all_by_age, region=municipality, **asked)
    time = age_parts.caption_of(
        first,
        title=words("pages.age_groups.over_time", indicator=label),
        measure=label,
        years=over_time["year"],
        build_id=build_id,
        words=words,
    )
    chart = small_multiples(
        over_time,
        country=load(ages.all_by_age, region=figures.COUNTRY, **asked),
        assessments=load(targets.series_assessments, municipality=municipality, **asked),
        breaks=load(figures.breaks, **asked),
        waves=load(figures.waves, series_id=series_id, language=words.language),
        caption=time,
        words=words,
        **look,
    )
    components.show_chart(chart, key=f"time-{indicator}", words=words)
    shown = rows(
        ages.breakdown, municipality=municipality, indicator=indicator, language=words.language
    )
    components.show(age_parts.changes(shown, words))


def show_series(municipality: str, series: dict[str, Any], *, words: Words) -> None:
    """Show a further series under its own heading: another survey, so never in one chart."""
    newest = load(
        ages.newest_by_age,
        region=municipality,
        series_id=series["series_id"],
        indicator=None,
        language=words.language,
    )
    first = newest.to_dict("records")[0]
    components.show_heading(series["label"])
    components.show_text(first["population"], words("pages.age_groups.apart"))
    caption = age_parts.caption_of(
        first,
        title=words("pages.age_groups.newest"),
        measure="",
        years=newest["year"],
        build_id=rows(frame_queries.build)[0]["build_id"],
        words=words,
    )
    chart = now_against_target(
        newest,
        label="indicator_label" if series["age_groups"] == 1 else "figure_label",
        caption=caption,
        words=words,
        theme=components.theme(),
        frame=components.chart_frame(),
    )
    components.show_chart(chart, key=f"series-{series['series_id']}", words=words)


show()
