"""The picture around rows of figures: common axis, labels, notes, source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plotly import graph_objects as go

from dashboard.chart_frame import (
    Caption,
    Chart,
    Surround,
    axis_top,
    dress,
    finish,
    plot_height,
    subtitle_of,
    surround,
)
from dashboard.chart_labels import text_width
from dashboard.chart_marks import with_value
from dashboard.chart_panel import Panel
from dashboard.i18n import Words
from dashboard.row_panel import Row, RowSizes, draw_rows, row_sizes
from dashboard.theme import Frame, Theme
from dashboard.time_notes import margin_notes


def row_chart(
    rows: Sequence[Row],
    *,
    caption: Caption,
    notes: Sequence[str],
    words: Words,
    theme: Theme,
    frame: Frame,
    caution: str = "",
) -> Chart:
    """Rows of figures on one axis from 0, in the order given."""
    marks = [mark for row in rows for mark in row.marks]
    years = [row.main.year for row in rows if row.main.year and row.main.value is not None]
    subtitle = subtitle_of(caption, years=years, words=words, caution=caution)
    notes = [*margin_notes([row.main for row in rows], words=words), *notes]
    texts = surround(caption, subtitle=subtitle, notes=notes, words=words, frame=frame)
    frame, sizes = fitted(rows, texts=texts, frame=frame)
    axis, right = 2.0 * frame.type.label, text_width("100%", size=frame.type.label) * 1.3
    wanted = sizes.height * len(rows)
    height = plot_height(texts, axis=axis, wanted=wanted)
    sizes = _stretched(sizes, max(sizes.height, height / max(len(rows), 1)))
    height = sizes.height * max(len(rows), 1)
    figure = go.Figure()
    end, step = axis_top([mark.high for mark in with_value(marks)])
    panel = Panel(
        figure=figure,
        x_range=(0, end * 1.002),
        y_range=(0, height),
        width=frame.width - sizes.left - right - 2 * frame.pad,
        height=height,
        theme=theme,
        frame=frame,
    )
    draw_rows(panel, rows, sizes=sizes, words=words)
    dress(
        figure,
        texts=replace(texts, frame=frame),
        theme=theme,
        left=sizes.left,
        right=right,
        axis=axis,
        plot=height,
    )
    set_percent_axis(panel, step=step)
    return finish(figure, caption=caption, subtitle=subtitle, marks=marks, notes=notes, words=words)


def fitted(rows: Sequence[Row], *, texts: Surround, frame: Frame) -> tuple[Frame, RowSizes]:
    """The frame with letters small enough for all rows; it grows where even that is not enough."""
    sizes = row_sizes(rows, frame=frame)
    if frame.height is None:
        return frame, sizes
    smallest = round(frame.type.label * 0.6)
    while True:
        free = plot_height(texts, axis=2.0 * frame.type.label, wanted=0)
        if sizes.height * len(rows) <= free:
            return frame, sizes
        if frame.type.label <= smallest:
            return replace(frame, height=None), sizes
        smaller = replace(frame.type, label=frame.type.label - 1)
        frame = replace(frame, type=smaller, dot=round(frame.dot * 0.95))
        sizes = row_sizes(rows, frame=frame)


def _stretched(sizes: RowSizes, height: float) -> RowSizes:
    """Rows of another height, as where a slide fixes the whole."""
    shift = (height - sizes.height) / 2
    return RowSizes(sizes.left, height, sizes.marks_at + shift, sizes.label_lines, sizes.full)


def set_percent_axis(panel: Panel, *, step: float) -> None:
    """Percentages from 0 below the plot, hairlines up; rows have no axis of their own."""
    size = panel.frame.type.label
    panel.figure.update_layout(
        xaxis={
            "range": list(panel.x_range),
            "tick0": 0,
            "dtick": step if not panel.frame.narrow or panel.x_range[1] / step < 5 else 2 * step,
            "ticksuffix": "%",
            "tickfont": {"size": size},
            "ticklabelstandoff": 4,
            "showgrid": True,
            "showline": False,
            "zeroline": True,
            "zerolinecolor": panel.theme.edge,
            "zerolinewidth": 1,
        },
        yaxis={
            "range": list(panel.y_range),
            "showticklabels": False,
            "showgrid": False,
            "ticks": "",
        },
    )
