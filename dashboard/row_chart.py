"""The picture around rows of figures: common axis, labels, notes, source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.chart_frame import Caption, Chart, axis_top
from dashboard.chart_labels import text_width
from dashboard.chart_marks import with_value
from dashboard.chart_panel import Panel
from dashboard.chart_sheet import Edges, Sheet, sheet_of
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
    notes = [*margin_notes([row.main for row in rows], words=words), *notes]
    sheet = sheet_of(
        caption,
        marks=marks,
        years=years,
        notes=notes,
        words=words,
        theme=theme,
        frame=frame,
        caution=caution,
    )
    frame, sizes = fitted(rows, sheet=sheet)
    return _on_sheet(sheet.in_frame(frame), rows, sizes=sizes)


def _on_sheet(sheet: Sheet, rows: Sequence[Row], *, sizes: RowSizes) -> Chart:
    """The rows, drawn on their sheet."""
    edges, count = _edges(sheet.frame, left=sizes.left), max(len(rows), 1)
    free = sheet.plot_height(edges, wanted=sizes.height * count)
    sizes = _stretched(sizes, max(sizes.height, free / count))
    height = sizes.height * count
    end, step = axis_top([mark.high for mark in with_value(sheet.marks)])
    panel = sheet.panel(edges, x_range=(0, end * 1.002), y_range=(0, height), height=height)
    draw_rows(panel, rows, sizes=sizes, words=sheet.words)
    set_percent_axis(panel, step=step)
    return sheet.chart(panel.figure, edges=edges, plot=height, written=panel.written)


def _edges(frame: Frame, *, left: float) -> Edges:
    """Room for row labels at the left and for percentages below and at the right."""
    size = frame.type.label
    return Edges(left=left, right=text_width("100%", size=size) * 1.3, axis=2.0 * size)


def fitted(rows: Sequence[Row], *, sheet: Sheet) -> tuple[Frame, RowSizes]:
    """The frame with letters small enough for all rows; it grows where even that is not enough."""
    frame = sheet.frame
    sizes = row_sizes(rows, frame=frame)
    smallest = round(frame.type.label * 0.6)
    while frame.height is not None:
        edges = _edges(frame, left=sizes.left)
        if sizes.height * len(rows) <= sheet.in_frame(frame).plot_height(edges, wanted=0):
            return frame, sizes
        if frame.type.label <= smallest:
            return replace(frame, height=None), sizes
        smaller = replace(frame.type, label=frame.type.label - 1)
        frame = replace(frame, type=smaller, dot=round(frame.dot * 0.95))
        sizes = row_sizes(rows, frame=frame)
    return frame, sizes


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
            "ticklabeloverflow": "allow",  # Plotly would leave out the 0% at the edge of a phone
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
