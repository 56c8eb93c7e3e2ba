"""Waarom een ander cijfer?: every figure for one subject and year, and why each differs."""

from __future__ import annotations

from dashboard import components, filters, frame, other_figure_parts, selection, subject
from dashboard.chart_marks import records
from dashboard.charts import figures_side_by_side
from dashboard.data import drawn, load, rows
from dashboard.i18n import Words
from dashboard.queries import frame as frame_queries
from dashboard.queries import other_figures as queries
from dashboard.queries import subjects
from dashboard.rows import Row


def show() -> None:
    """Show the subject and year of the address, else the year with most figures."""
    chosen = selection.current()
    words = Words(chosen.language)
    title = words("pages.other_figure.title")
    if chosen.municipality is None:
        frame.show_municipality_needed(title, chosen=chosen, words=words)
        return
    name = frame.municipality_names()[chosen.municipality]
    components.show_title(title, above=name, below=words("pages.other_figure.lead"))
    asked = {"municipality": chosen.municipality, "language": chosen.language}
    offered = rows(subjects.of_municipality, **asked)
    if not offered:
        components.show_text(words("pages.news.no_figures"))
        return
    shown = subject.pick(offered, wanted=chosen.wanted(), target=chosen.target)
    which = {"municipality": chosen.municipality, "indicator": shown["indicator"]}
    years = rows(queries.years, **which)
    year = other_figure_parts.default_year(years, wanted=chosen.year)
    filters.show_choices(
        {
            "onderwerp": subject.indicators(offered),
            "leeftijd": subject.age_groups(offered, shown=shown),
            "jaar": {str(row["year"]): words.format_year(row["year"]) for row in years},
        },
        shown={
            "onderwerp": shown["indicator"],
            "leeftijd": shown["age_group"],
            "jaar": str(year),
        },
        chosen=chosen,
        words=words,
    )
    wanted = {name: chosen.wanted()[name] for name in ("indicator", "age_group", "year")}
    filters.show_passed_over({**shown, "year": year}, wanted=wanted, words=words)
    show_figures({**which, "year": year, "language": chosen.language}, shown=shown, words=words)


def show_figures(asked: dict[str, str | int], *, shown: Row, words: Words) -> None:
    """Show the published figures in one chart, then each figure with its explanation."""
    asked = {**asked, "age_group": shown["age_group"]}
    everything = subject.named(load(queries.known_figures, **asked), words)
    others = subject.named(load(queries.on_other_scales, **asked), words)
    known, published = records(everything), other_figure_parts.for_chart(everything, words)
    if not published.empty:
        build_id = rows(frame_queries.build)[0]["build_id"]
        chart = drawn(
            figures_side_by_side,
            published,
            caption=other_figure_parts.caption_of(known, build_id=build_id, words=words),
            words=words,
            theme=components.theme(),
            frame=components.chart_frame(),
        )
        components.show_chart(chart, key="beside", words=words)
    ours = other_figure_parts.reference(known)
    components.show(other_figure_parts.by_place(known, ours=ours, words=words))
    apart = records(others)
    components.show(other_figure_parts.on_other_scales(apart, ours=ours, words=words))
    components.show(other_figure_parts.surveys([*known, *apart], words))


show()
