"""Figures over time: one target with its path, or a panel for each age group."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from plotly import graph_objects as go

from dashboard.chart_frame import (
    Caption,
    Chart,
    axis_top,
    dress,
    finish,
    plot_height,
    subtitle_of,
    surround,
)
from dashboard.chart_labels import text_width
from dashboard.chart_marks import measured, with_value
from dashboard.chart_panel import Panel
from dashboard.i18n import Words
from dashboard.promise import promise_of
from dashboard.rows import Row
from dashboard.theme import WIDE, Frame, Theme
from dashboard.time_axis import set_years, year_range
from dashboard.time_content import Content, beside_ours, breaks_of, exceptional_waves
from dashboard.time_labels import right_margin, write_labels
from dashboard.time_notes import notes_of
from dashboard.time_panel import draw


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
    subtitle = subtitle_of(caption, years=content.years, words=words)
    notes = notes_of(content, words=words)
    texts = surround(caption, subtitle=subtitle, notes=notes, words=words, frame=frame)
    scale = frame.type
    left, axis = text_width("100%", size=scale.label) + 12, 2.0 * scale.label
    right = right_margin(content, words=words, frame=frame)
    figure = go.Figure()
    panel = Panel(
        figure=figure,
        x_range=(0, 1),
        y_range=(0, axis_top([m.high for m in with_value(content.marks)])[0]),
        width=frame.width - left - right - 2 * frame.pad,
        height=plot_height(texts, axis=axis, wanted=240 if frame.narrow else 300),
        theme=theme,
        frame=frame,
    )
    panel = replace(panel, x_range=year_range(content.marks, panel=panel))
    taken = draw(panel, content, words=words)
    write_labels(panel, content, taken=taken, right=right, words=words)
    dress(
        figure,
        texts=texts,
        theme=theme,
        left=left,
        right=right,
        axis=axis,
        plot=panel.height,
    )
    set_years(panel, content.marks, exceptional=content.exceptional)
    return finish(
        figure, caption=caption, subtitle=subtitle, marks=content.marks, notes=notes, words=words
    )
