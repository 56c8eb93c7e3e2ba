"""Figures over time per age group: small plots on one common axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from plotly import graph_objects as go

from dashboard.age_charts import one_scale, other_age_notes
from dashboard.chart_frame import Caption, Chart, axis_top
from dashboard.chart_labels import Box, text_width
from dashboard.chart_marks import Mark, measured, records, with_value
from dashboard.chart_panel import Panel, size_of
from dashboard.chart_sheet import Edges, Sheet, sheet_of
from dashboard.i18n import Words
from dashboard.promise import promise_of
from dashboard.rows import optional
from dashboard.theme import WIDE, Frame, Theme
from dashboard.time_axis import set_years, year_range
from dashboard.time_content import Content, breaks_of, exceptional_waves
from dashboard.time_labels import write_labels
from dashboard.time_notes import notes_of
from dashboard.time_panel import draw


@dataclass(frozen=True)
class Grid:
    """How panels are laid out, in pixels."""

    columns: int
    rows: int
    width: float
    height: float
    gap: float
    head: float
    axis: float

    @property
    def plot(self) -> tuple[float, float]:
        """Width and height of all panels with what lies between them."""
        across = self.columns * self.width + (self.columns - 1) * self.gap
        down = self.rows * self.height + (self.rows - 1) * (self.head + self.axis)
        return across, down

    def domain(self, index: int) -> tuple[list[float], list[float]]:
        """Part of the plot that a panel takes, from 0 to 1, across and up."""
        row, column = divmod(index, self.columns)
        across, down = self.plot
        left = column * (self.width + self.gap)
        top = down - row * (self.height + self.head + self.axis)
        return (
            [left / across, min((left + self.width) / across, 1.0)],
            [max((top - self.height) / down, 0.0), top / down],
        )


def small_multiples(
    estimates: pd.DataFrame,
    *,
    country: pd.DataFrame | None = None,
    assessments: pd.DataFrame | None = None,
    breaks: pd.DataFrame | None = None,
    waves: pd.DataFrame | None = None,
    label: str = "age_label",
    caption: Caption,
    words: Words,
    theme: Theme,
    frame: Frame = WIDE,
) -> Chart:
    """A plot over time for each age group, all on one axis from 0.

    `estimates` and `country` hold rows of marts.estimates with age_group and the column `label`,
    of one scale (else MixedScalesError); the target of an assessment row is drawn in the panel
    of its age_group.
    """
    one_scale(estimates)
    given = {"country": country, "assessments": assessments, "breaks": breaks, "waves": waves}
    contents = _contents(estimates, label=label, place=caption.place, words=words, **given)
    shown = list(contents.values())
    sheet = sheet_of(
        caption,
        marks=[mark for content in shown for mark in content.marks],
        years=[year for content in shown for year in content.years],
        notes=[
            *_notes(shown, words=words),
            *other_age_notes(_promised_ages(estimates, assessments), words=words),
        ],
        words=words,
        theme=theme,
        frame=frame,
    )
    return _on_sheet(sheet, contents)


def _on_sheet(sheet: Sheet, contents: dict[str, Content]) -> Chart:
    """All panels, drawn on their sheet."""
    size = sheet.frame.type.label
    edges = Edges(
        left=text_width("100%", size=size) + 12,
        right=text_width("2028", size=size) / 2,
        axis=2.0 * size,
        head=2.2 * size,
    )
    grid = _grid(len(contents), inner=sheet.plot_width(edges), frame=sheet.frame)
    between = (grid.rows - 1) * (grid.head + grid.axis)
    free = sheet.plot_height(edges, wanted=grid.plot[1])
    grid = replace(grid, height=(free - between) / grid.rows)
    figure = go.Figure()
    written = _draw_panels(figure, contents, sheet=sheet, grid=grid)
    return sheet.chart(figure, edges=edges, plot=grid.plot[1], written=written)


def _contents(
    estimates: pd.DataFrame,
    *,
    country: pd.DataFrame | None,
    assessments: pd.DataFrame | None,
    label: str,
    breaks: pd.DataFrame | None,
    waves: pd.DataFrame | None,
    place: str,
    words: Words,
) -> dict[str, Content]:
    """What each panel holds, by the display name of its age group, in the order of the rows."""
    promised = {} if assessments is None else {r["age_group"]: r for r in records(assessments)}
    contents = {}
    for name, rows in estimates.groupby(label, sort=False):
        age = rows["age_group"].iloc[0]
        group = str(name)
        contents[group] = Content(
            ours=measured(rows, who=place, group=group, words=words),
            country=_national(country, age=age, group=group, words=words),
            region=[],
            promise=replace(
                promise_of(promised.get(age), who=place, group=group, words=words), stated=None
            ),
            breaks=breaks_of(breaks),
            exceptional=exceptional_waves(waves),
        )
    return contents


def _national(country: pd.DataFrame | None, *, age: str, group: str, words: Words) -> list[Mark]:
    """Marks of the Netherlands for an age group; none where the series does not have it."""
    if country is None:
        return []
    rows = country[country["age_group"] == age]
    return measured(rows, who=words("charts.country"), group=group, words=words)


def _notes(contents: Sequence[Content], *, words: Words) -> list[str]:
    """Notes of all panels, each once."""
    return list(dict.fromkeys(note for c in contents for note in notes_of(c, words=words)))


def _promised_ages(
    estimates: pd.DataFrame, assessments: pd.DataFrame | None
) -> list[tuple[str | None, str | None]]:
    """Age group of the figures and of the target, of every target that is drawn."""
    drawn = [] if assessments is None else records(assessments)
    shown = set(estimates["age_group"])
    return [
        (optional(row, "series_age_label"), optional(row, "age_label"))
        for row in drawn
        if row["age_group"] in shown and optional(row, "target_value") is not None
    ]


def _grid(count: int, *, inner: float, frame: Frame) -> Grid:
    """Side by side where there is room, below each other where it is narrow."""
    columns = 1 if frame.narrow else max(1, min(count, 3))
    gap = 1.6 * frame.type.label
    return Grid(
        columns=columns,
        rows=max(1, -(-count // columns)),
        width=(inner - (columns - 1) * gap) / columns,
        height=150 if frame.narrow else 220,
        gap=gap,
        head=2.2 * frame.type.label,
        axis=2.0 * frame.type.label,
    )


def _draw_panels(
    figure: go.Figure, contents: dict[str, Content], *, sheet: Sheet, grid: Grid
) -> list[dict[str, object]]:
    """Every panel with its name above it; the Netherlands is named in the first that has it.

    Returns the words in the panels, to be set by the sheet.
    """
    written: list[dict[str, object]] = []
    marks, words, size = sheet.marks, sheet.words, sheet.frame.type.label
    top = axis_top([mark.high for mark in with_value(marks)])[0]
    room = text_width("99,9%", size=size, bold=True)
    named = next((name for name, content in contents.items() if content.country), None)
    for index, (name, content) in enumerate(contents.items()):
        panel = Panel(
            figure=figure,
            x_range=(0, 1),
            y_range=(0, top),
            width=grid.width,
            height=grid.height,
            theme=sheet.theme,
            frame=replace(sheet.frame, narrow=True),
            axes="" if index == 0 else str(index + 1),
            written=written,
        )
        panel = replace(panel, x_range=year_range(marks, panel=panel, words_after=room))
        taken = draw(panel, content, words=words)
        write_labels(
            panel, content, taken=taken, right=0, words=words, compact=True, country=name == named
        )
        set_years(panel, marks, exceptional=content.exceptional)
        _set_domain(panel, index, grid=grid)
        _write_name(panel, name)
    return written


def _set_domain(panel: Panel, index: int, *, grid: Grid) -> None:
    """Place the axes of a panel; percentages are written in the first column only."""
    across, up = grid.domain(index)
    axes = panel.axes
    panel.figure.update_layout(
        {
            f"xaxis{axes}": {"domain": across, "anchor": f"y{axes}"},
            f"yaxis{axes}": {
                "domain": up,
                "anchor": f"x{axes}",
                "showticklabels": index % grid.columns == 0,
            },
        }
    )


def _write_name(panel: Panel, name: str) -> None:
    """The age group in bold above the left edge of its panel."""
    size, (left, top) = panel.frame.type.label, (panel.x_range[0], panel.y_range[1])
    width, height = size_of([name], size=size, bold=True)
    bottom = panel.height + 0.5 * size
    box = Box(0, bottom, width, bottom + height, "left")
    panel.write(
        f"<b>{name}</b>", x=left, y=top, box=box, colour=panel.theme.ink, size=size, role="panel"
    )
