"""Wijken en buurten: model figures within the municipality, by name, with a caution on top."""

from __future__ import annotations

from dashboard import components, filters, frame, selection, subject
from dashboard.charts import neighbourhoods
from dashboard.data import drawn, load, rows
from dashboard.i18n import Words
from dashboard.queries import frame as frame_queries
from dashboard.queries import neighbourhoods as queries
from dashboard.queries import subjects
from dashboard.rows import Row

LEVELS = ("district", "neighbourhood")
FIGURE = ("series_id", "edition", "indicator", "age_group", "year")


def show() -> None:
    """Show the subject of the address, or say that there are no figures at this level."""
    chosen = selection.current()
    words = Words(chosen.language)
    title = words("pages.neighbourhoods.title")
    if chosen.municipality is None:
        frame.show_municipality_needed(title, chosen=chosen, words=words)
        return
    name = frame.municipality_names()[chosen.municipality]
    asked = {"municipality": chosen.municipality, "language": chosen.language}
    offered = rows(subjects.of_neighbourhoods, **asked)
    if not offered:
        components.show_title(title, above=name)
        components.show_text(words("pages.neighbourhoods.none"))
        components.show_instruction(words("pages.neighbourhoods.how_to_add"))
        return
    components.show_title(title, above=name, below=words("pages.neighbourhoods.lead"))
    components.show_notice(words("pages.neighbourhoods.caution"))
    shown = subject.pick(offered, wanted=chosen.wanted(), target=chosen.target)
    filters.show_subject(offered, shown=shown, chosen=chosen, words=words)
    for level in LEVELS:
        show_level(level, municipality=chosen.municipality, name=name, shown=shown, words=words)


def show_level(level: str, *, municipality: str, name: str, shown: Row, words: Words) -> None:
    """Show the figures of one level, where there are any."""
    asked = {column: shown[column] for column in FIGURE}
    places = load(queries.figures, municipality=municipality, level=level, **asked)
    if places.empty:
        return
    components.show_heading(words(f"pages.neighbourhoods.{level}"))
    caption = subject.caption_of(
        shown,
        title=words(f"pages.neighbourhoods.finding.{level}", place=name),
        place=name,
        name=f"{municipality}-{level}",
        build_id=rows(frame_queries.build)[0]["build_id"],
        words=words,
    )
    chart = drawn(
        neighbourhoods,
        places,
        caption=caption,
        words=words,
        theme=components.theme(),
        frame=components.chart_frame(),
    )
    components.show_chart(chart, key=level, words=words)


show()
