"""Doel: one target over time, its three questions, what it means and how certain that is."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import (
    components,
    figure_table,
    frame,
    page_charts,
    page_tables,
    selection,
    sentences,
    target_chart,
)
from dashboard import target_parts as parts
from dashboard.address import Selection
from dashboard.data import keep, rows
from dashboard.i18n import Words
from dashboard.queries import figures, targets
from dashboard.rows import Row


def show() -> None:
    """Show the target of the address, else the first of the municipality."""
    chosen = selection.current()
    words = Words(chosen.language)
    code = chosen.municipality
    if code is None:
        frame.show_municipality_needed(words("pages.target.title"), chosen=chosen, words=words)
        return
    promised = rows(targets.headline_assessments, municipality=code, language=chosen.language)
    if not promised:
        name = frame.municipality_names()[code]
        components.show_title(words("pages.target.title"), above=name)
        components.show(parts.no_targets(name, chosen=chosen, words=words))
        return
    wanted = chosen.target or promised[0]["target_id"]
    row = page_charts.headline(target_id=wanted, language=chosen.language)
    title = sentences.target_title(row, words)
    frame.name_tab("target", chosen=chosen, words=words, subject=title)
    components.show_title(title, above=row["region_name"])
    show_choice(chosen, promised=promised, shown=wanted, words=words)
    frame.show_attribution(code, words=words)
    components.show(parts.headline(row, words))
    show_target(row, words=words)


def show_choice(chosen: Selection, *, promised: Sequence[Row], shown: str, words: Words) -> None:
    """Show the targets of the municipality as a list, where there are several."""
    if len(promised) > 1 and not chosen.meeting:
        selection.choose(
            "doel",
            label=words("pages.target.choose"),
            options={row["target_id"]: sentences.target_title(row, words) for row in promised},
            chosen=shown,
            placeholder=words("pages.target.choose"),
        )


def show_target(row: Row, *, words: Words) -> None:
    """Show the chart, and below it all that the verdict rests on."""
    show_chart(row, words=words)
    if row["kind"] == "qualitative":
        show_figures_beside(row["region_code"], words=words)
    which = {name: row[name] for name in ("target_id", "series_id", "as_of_year")}
    evidence = parts.Evidence(
        comparisons=rows(targets.comparisons, **which),
        sensitivity=rows(targets.sensitivity, **which),
        crosswalk=rows(targets.crosswalk, **which),
        waves=rows(targets.target_assessments, target_id=row["target_id"], language=words.language),
        break_reason=break_reason(row, words=words),
        build_id=page_charts.build_id(),
    )
    for part in parts.below_the_chart(row, evidence, words=words):
        components.show(part.content)
        if part.verdicts:
            offer = page_tables.shown_verdicts(part.verdicts, name=part.name, words=words)
            components.show_table_downloads(offer, table=part.title, key=part.name, words=words)


def show_chart(row: Row, *, words: Words) -> None:
    """Show the chart over time, where the target has a series."""
    chart = keep(
        page_charts.target_over_time,
        target_id=row["target_id"],
        language=words.language,
        theme=components.theme(),
        frame=components.chart_frame(),
    )
    if chart is not None:
        components.show_chart(chart, key="over-time", words=words)


def show_figures_beside(municipality: str, *, words: Words) -> None:
    """Show the figures that stand beside an aim in words, without a verdict."""
    newest = rows(figures.newest_figures, municipality=municipality, language=words.language)
    shown = rows(targets.shown_beside, municipality=municipality)
    beside = figure_table.beside_aims(newest, shown=shown)
    components.show_newest_figures(beside, caption=words("pages.overview.beside_one"), words=words)
    components.show_sources(beside, build_id=page_charts.build_id(), words=words)


def break_reason(row: Row, *, words: Words) -> str | None:
    """Return why the measurement changed between the waves that are compared."""
    breaks = rows(
        figures.breaks,
        series_id=row["series_id"],
        indicator=row["indicator"] or "",
        language=words.language,
    )
    return target_chart.reason_of(breaks, row=row)


show()
