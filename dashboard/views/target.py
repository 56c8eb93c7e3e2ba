"""Doel: one target over time, its three questions, what it means and how certain that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard import components, frame, markup, selection, sentences, target_parts
from dashboard.charts import progress_over_time
from dashboard.data import load, rows
from dashboard.i18n import Words
from dashboard.queries import figures as figure_queries
from dashboard.queries import frame as frame_queries
from dashboard.queries import targets as target_queries
from dashboard.selection import Selection
from dashboard.target_chart import caption_of, reason_of

Row = dict[str, Any]


def show() -> None:
    """Show the target of the address, else the first of the municipality."""
    chosen = selection.current()
    words = Words(chosen.language)
    if chosen.municipality is None:
        frame.show_municipality_needed(words("pages.target.title"), chosen=chosen, words=words)
        return
    asked = {"municipality": chosen.municipality, "language": chosen.language}
    targets = rows(target_queries.headline_assessments, **asked)
    if not targets:
        components.show_title(words("pages.target.title"))
        components.show_text(words("pages.overview.no_targets"))
        return
    target_id = chosen.target or targets[0]["target_id"]
    assessments = rows(
        target_queries.target_assessments, target_id=target_id, language=chosen.language
    )
    row = next(row for row in assessments if row["is_headline"] and row["is_current"])
    components.show_title(
        sentences.target_title(row, words), above=frame.municipality_names()[chosen.municipality]
    )
    show_choice(chosen, targets=targets, target_id=target_id, words=words)
    components.show(target_parts.headline(row, words))
    show_target(row, assessments=assessments, words=words)


def show_choice(chosen: Selection, *, targets: Sequence[Row], target_id: str, words: Words) -> None:
    """Show the targets of the municipality as a list, where there are several."""
    if len(targets) > 1 and not chosen.meeting:
        selection.choose(
            "doel",
            label=words("pages.target.choose"),
            options={row["target_id"]: sentences.target_title(row, words) for row in targets},
            chosen=target_id,
            placeholder=words("pages.target.choose"),
        )


def show_target(row: Row, *, assessments: Sequence[Row], words: Words) -> None:
    """Show chart, questions, meaning, history, other series and readings, and the text to copy."""
    which = {name: row[name] for name in ("target_id", "series_id", "as_of_year")}
    comparisons = rows(target_queries.comparisons, **which)
    sensitivity = rows(target_queries.sensitivity, **which)
    crosswalk = rows(target_queries.crosswalk, **which)
    build_id = rows(frame_queries.build)[0]["build_id"]
    reason = show_over_time(row, build_id=build_id, words=words)
    components.show(target_parts.three_questions(row, words))
    components.show(
        target_parts.meaning(
            row, comparisons=comparisons, sensitivity=sensitivity, reason=reason, words=words
        )
    )
    components.show(target_parts.history(assessments, words))
    components.show(target_parts.other_series(assessments, words))
    components.show(
        target_parts.other_readings(row, sensitivity=sensitivity, crosswalk=crosswalk, words=words)
    )
    components.show(target_parts.numbers(row, words))
    components.show_heading(words("pages.target.copy.title"))
    text = sentences.copy_text(row, words, build_id=build_id)
    components.show(
        markup.copyable(
            text, action=words("pages.target.copy.action"), done=words("pages.target.copy.done")
        )
    )


def show_over_time(row: Row, *, build_id: str, words: Words) -> str | None:
    """Show the chart over time where there are figures; return the reason of a break."""
    if row["series_id"] == "none":
        return None
    which = {name: row[name] for name in ("series_id", "edition", "indicator", "age_group")}
    regions = {"ours": row["region_code"], "country": "NL01", "region": row["ggd_region_code"]}
    estimates = {
        name: load(figure_queries.estimates_over_time, regions=(code,), **which)
        for name, code in regions.items()
        if code
    }
    breaks = load(
        figure_queries.breaks,
        series_id=row["series_id"],
        indicator=row["indicator"],
        language=words.language,
    )
    waves = load(figure_queries.waves, series_id=row["series_id"], language=words.language)
    chart = progress_over_time(
        estimates["ours"],
        assessment=row,
        country=estimates["country"],
        region=estimates.get("region"),
        breaks=breaks,
        waves=waves,
        caption=caption_of(row, years=estimates["ours"]["year"], build_id=build_id, words=words),
        words=words,
        theme=components.theme(),
        frame=components.chart_frame(),
    )
    components.show_chart(chart, key="over-time", words=words)
    return reason_of(breaks.to_dict("records"), row=row)


show()
