"""All municipalities as dots on one axis, ours marked: where it stands, not at which rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from plotly import graph_objects as go

from dashboard.age_charts import figure_mark, one_scale
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
from dashboard.chart_labels import Box, spread, text_width
from dashboard.chart_marks import Mark, escape, sentences_of, with_value
from dashboard.chart_panel import Panel, Style, country_style, our_style, size_of
from dashboard.i18n import Words
from dashboard.row_chart import set_percent_axis
from dashboard.swarm import stacked
from dashboard.theme import WIDE, Frame, Theme


def distribution(
    figures: pd.DataFrame,
    *,
    municipality: str,
    country: pd.DataFrame | None = None,
    caption: Caption,
    words: Words,
    theme: Theme,
    frame: Frame = WIDE,
) -> Chart:
    """Every municipality with a figure as a dot at its exact value, ours in ink and named.

    `figures` has one row per municipality of one series, year and scale (region_code,
    region_name and the columns of marts.estimates), `country` at most one row.
    """
    marks = {
        str(row["region_code"]): figure_mark(row, who=str(row["region_name"]), words=words)
        for row in sorted(one_scale(figures), key=lambda row: str(row["region_name"]).casefold())
    }
    ours = [marks.pop(municipality)] if municipality in marks else []
    others = list(marks.values())
    beside = [] if country is None else one_scale(country)
    national = [figure_mark(row, who=words("charts.country"), words=words) for row in beside]
    everyone = [*ours, *national, *others]
    years = [mark.year for mark in with_value(everyone) if mark.year is not None]
    subtitle = subtitle_of(caption, years=years, words=words)
    count = len(with_value([*ours, *others]))
    notes = [words("charts.all_regions", count=words.format_number(count))]
    texts = surround(caption, subtitle=subtitle, notes=notes, words=words, frame=frame)
    axis, head = 2.0 * frame.type.label, 2.4 * frame.type.label
    side = text_width("100%", size=frame.type.label) / 2
    end, step = axis_top([mark.value or 0.0 for mark in with_value(everyone)])
    panel = Panel(
        figure=go.Figure(),
        x_range=(0, end * 1.002),
        y_range=(0, 1),
        width=frame.width - 2 * side - 2 * frame.pad,
        height=0,
        theme=theme,
        frame=frame,
    )
    share = 0.85 if frame.narrow else 0.45  # of the width: flat, but no dot under 3 pixels
    wanted = plot_height(texts, axis=axis, head=head, wanted=share * panel.width)
    heights, dot = _heights(with_value([*ours, *others]), panel=panel, room=wanted)
    tallest = max(heights, default=dot) + dot
    height = max(wanted, tallest) if frame.height else tallest
    panel = replace(panel, y_range=(0, height), height=height)
    _draw_crowd(panel, ours, others, heights, dot=dot, words=words)
    _draw_named(panel, ours, national, heights, words=words)
    dress(
        panel.figure,
        texts=texts,
        theme=theme,
        left=side,
        right=side,
        axis=axis,
        head=head,
        plot=height,
    )
    set_percent_axis(panel, step=step)
    chart = finish(
        panel.figure, caption=caption, subtitle=subtitle, marks=everyone, notes=notes, words=words
    )
    alternative = _alternative(
        chart, [*ours, *national], [*ours, *others], step=step / 2, words=words
    )
    return replace(chart, alternative=alternative)


def _heights(marks: Sequence[Mark], *, panel: Panel, room: float) -> tuple[list[float], float]:
    """Height of each dot above the axis and their diameter in pixels, small enough to fit.

    Ours comes first and lies on the axis; the others are stacked from low to high percentages.
    """
    places = [panel.at(mark.value or 0.0, 0)[0] for mark in marks]
    order = sorted(range(1, len(marks)), key=lambda index: places[index])
    dot = panel.frame.dot * 0.62
    while True:
        diameters = [panel.frame.dot + 2.0] * len(marks[:1]) + [dot + 1.0] * len(order)
        stack = stacked([places[i] for i in [*range(len(marks[:1])), *order]], diameters=diameters)
        if max(stack, default=0.0) + dot <= room or dot < 3.2:
            heights = dict(zip([*range(len(marks[:1])), *order], stack, strict=True))
            return [heights[index] for index in range(len(marks))], dot
        dot *= 0.88


def _draw_crowd(
    panel: Panel,
    ours: Sequence[Mark],
    others: Sequence[Mark],
    heights: Sequence[float],
    *,
    dot: float,
    words: Words,
) -> None:
    """Grey dots of the others, then ours in ink."""
    first = len(with_value(ours))
    crowd = Style(panel.theme.crowd, panel.theme.muted, "circle", dot, 0)
    if known := with_value(others):
        panel.dots(
            _without_margins(known),
            style=crowd,
            words=words,
            values_on="x",
            places=heights[first:],
            role="crowd",
        )
    if known := with_value(ours):
        style = our_style(panel.theme, panel.frame)
        panel.dots(
            _without_margins(known),
            style=style,
            words=words,
            values_on="x",
            places=heights[:first],
            role="ours",
        )


def _without_margins(marks: Sequence[Mark]) -> list[Mark]:
    """Marks without whiskers: among hundreds of dots they would hide everything."""
    return [replace(mark, lower=None, upper=None) for mark in marks]


def _draw_named(
    panel: Panel,
    ours: Sequence[Mark],
    national: Sequence[Mark],
    heights: Sequence[float],
    *,
    words: Words,
) -> None:
    """Rules from the named dots up to their words, which stand above the crowd."""
    named = [
        *((mark, our_style(panel.theme, panel.frame), heights[0]) for mark in with_value(ours)),
        *((mark, country_style(panel.theme, panel.frame), 0.0) for mark in with_value(national)),
    ]
    size = panel.frame.type.label
    labels = [
        f"{mark.who} {words.format_pct(mark.value or 0.0, decimals=mark.decimals)}"
        for mark, _, _ in named
    ]
    sizes = [
        size_of([label], size=size, bold=style.bold)
        for label, (_, style, _) in zip(labels, named, strict=True)
    ]
    centres = spread(
        [panel.at(mark.value or 0.0, 0)[0] for mark, _, _ in named],
        sizes=[width + 12 for width, _ in sizes],
        low=0,
        high=panel.width,
    )
    for (mark, style, start), label, (width, height), centre in zip(
        named, labels, sizes, centres, strict=True
    ):
        x = mark.value or 0.0
        panel.line(
            [x, x],
            [start, panel.height],
            role="rule",
            colour=style.colour,
            width=1.4,
            dash="solid" if style.bold else "2px,3px",
        )
        bottom = panel.height + 3
        box = Box(centre - width / 2, bottom, centre + width / 2, bottom + height)
        text = f"<b>{escape(label)}</b>" if style.bold else escape(label)
        panel.write(text, x=x, y=panel.height, box=box, colour=style.words, size=size)


def _alternative(
    chart: Chart, named: Sequence[Mark], everyone: Sequence[Mark], *, step: float, words: Words
) -> str:
    """Named figures in full and the others counted per step; the table holds every one."""
    values = [mark.value for mark in with_value(everyone) if mark.value is not None]
    counts = Counter(int(value // step) for value in values)
    places = 0 if float(step).is_integer() else 1
    bins = [
        words(
            "charts.bin",
            lower=words.format_pct(index * step, decimals=places),
            upper=words.format_pct((index + 1) * step, decimals=places),
            count=words.format_number(counts[index]),
        )
        for index in sorted(counts)
    ]
    parts = [f"{chart.title.rstrip('.')}.", chart.subtitle, *sentences_of(named, words=words)]
    told = words("charts.bins", bins="; ".join(bins))
    return " ".join([*parts, told, chart.source_line])
