"""Figures over time: one target with its path, or a panel for each age group."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.chart_frame import Caption, Chart, axis_top
from dashboard.chart_labels import text_width
from dashboard.chart_marks import measured, with_value
from dashboard.chart_sheet import Edges, Sheet, sheet_of
from dashboard.i18n import Words
from dashboard.promise import promise_of
from dashboard.rows import Row
from dashboard.theme import WIDE, Frame, Theme
from dashboard.time_axis import set_years, year_range
from dashboard.time_content import Content, beside_ours, breaks_of, exceptional_waves
from dashboard.time_labels import write_labels
from dashboard.time_notes import notes_of
from dashboard.time_panel import draw
from dashboard.time_words import right_margin


def progress_over_time(
    estimates: pd.DataFrame,
    *,
    assessment: Row | None,
    country: pd.DataFrame | None,
    region: pd.DataFrame | None = None,
    breaks: pd.DataFrame | None = None,
    waves: pd.DataFrame | None = None,
    caption: Caption,
    words: Words,
    theme: Theme,
    frame: Frame = WIDE,
) -> Chart:
    """One indicator of one municipality over time, with its target where it has one.

    `estimates`, `country` and `region` hold rows of marts.estimates of one series, edition,
    indicator and age group (region also `region_name`); `breaks` rows of marts.breaks with
    `reason`; `waves` columns year, exceptional, label; `assessment` the current assessment row.
    Nothing is drawn between measured years but straight thin lines, and none over a major break.
    """
    content = Content(
        ours=measured(estimates, who=caption.place, words=words),
        country=beside_ours(country, name=words("charts.country"), words=words),
        region=beside_ours(region, name=None, words=words),
        promise=promise_of(assessment, who=caption.place, words=words),
        breaks=breaks_of(breaks),
        exceptional=exceptional_waves(waves),
    )
    sheet = sheet_of(
        caption,
        marks=content.marks,
        years=content.years,
        notes=notes_of(content, words=words),
        words=words,
        theme=theme,
        frame=frame,
    )
    return _on_sheet(sheet, content)


def _on_sheet(sheet: Sheet, content: Content) -> Chart:
    """The plot over time, drawn on its sheet."""
    frame, words = sheet.frame, sheet.words
    edges = Edges(
        left=text_width("100%", size=frame.type.label) + 12,
        right=right_margin(content, words=words, frame=frame),
        axis=2.0 * frame.type.label,
    )
    height = sheet.plot_height(edges, wanted=240 if frame.narrow else 300)
    top = axis_top([mark.high for mark in with_value(content.marks)])[0]
    panel = sheet.panel(edges, x_range=(0, 1), y_range=(0, top), height=height)
    panel = replace(panel, x_range=year_range(content.marks, panel=panel))
    taken = draw(panel, content, words=words)
    write_labels(panel, content, taken=taken, right=edges.right, words=words)
    set_years(panel, content.marks, exceptional=content.exceptional)
    return sheet.chart(panel.figure, edges=edges, plot=height, written=panel.written)
