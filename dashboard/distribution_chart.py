"""All municipalities as dots on one axis, ours marked: where it stands, not at which rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.age_charts import figure_mark, one_scale
from dashboard.chart_frame import Caption, Chart, axis_top
from dashboard.chart_labels import LINE_HEIGHT, Box, leaning, spread, text_width
from dashboard.chart_marks import Mark, escape, sentences_of, with_value
from dashboard.chart_panel import Panel, Style, country_style, our_style
from dashboard.chart_sheet import Edges, Sheet, sheet_of
from dashboard.i18n import Words
from dashboard.row_chart import set_percent_axis
from dashboard.swarm import stacked
from dashboard.theme import WIDE, Frame, Theme

NAME_GAP = 12
"""Pixels between two names on a line."""


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
    crowd = _crowd_of(
        figures, municipality=municipality, country=country, caption=caption, words=words
    )
    everyone = [*crowd.ours, *crowd.national, *crowd.others]
    count = len(with_value(crowd.municipalities))
    sheet = sheet_of(
        caption,
        marks=everyone,
        years=[mark.year for mark in with_value(everyone) if mark.year is not None],
        notes=[words("charts.all_regions", count=words.format_number(count))],
        words=words,
        theme=theme,
        frame=frame,
    )
    return _on_sheet(sheet, crowd)


@dataclass(frozen=True)
class Crowd:
    """Our municipality, if it has a row, the Netherlands, and all others by name."""

    ours: list[Mark]
    national: list[Mark]
    others: list[Mark]

    @property
    def municipalities(self) -> list[Mark]:
        """All municipalities, ours first."""
        return [*self.ours, *self.others]


def _crowd_of(
    figures: pd.DataFrame,
    *,
    municipality: str,
    country: pd.DataFrame | None,
    caption: Caption,
    words: Words,
) -> Crowd:
    """Marks of all rows; by name, so that no order of theirs is a ranking."""
    rows = sorted(one_scale(figures), key=lambda row: str(row["region_name"]).casefold())
    marks = {
        str(row["region_code"]): figure_mark(row, who=str(row["region_name"]), words=words)
        for row in rows
    }
    ours = [marks.pop(municipality)] if municipality in marks else []
    beside = [] if country is None else one_scale(country)
    national = [figure_mark(row, who=words("charts.country"), words=words) for row in beside]
    return Crowd(ours, national, list(marks.values()))


def _on_sheet(sheet: Sheet, crowd: Crowd) -> Chart:
    """The crowd, drawn on its sheet."""
    frame, size = sheet.frame, sheet.frame.type.label
    side = text_width("100%", size=size) / 2
    names = _names_of(crowd, sheet=sheet, side=side)
    head = (1.1 + LINE_HEIGHT * len(names)) * size
    edges = Edges(left=side, right=side, axis=2.0 * size, head=head)
    end, step = axis_top([mark.value or 0.0 for mark in with_value(sheet.marks)])
    panel = sheet.panel(edges, x_range=(0, end * 1.002), y_range=(0, 1), height=0)
    share = 0.85 if frame.narrow else 0.45  # of the width: flat, but no dot under 3 pixels
    wanted = sheet.plot_height(edges, wanted=share * panel.width)
    heights, dot = _heights(with_value(crowd.municipalities), panel=panel, room=wanted)
    tallest = max(heights, default=dot) + dot
    height = max(wanted, tallest) if frame.height else tallest
    panel = replace(panel, y_range=(0, height), height=height)
    _draw_crowd(panel, crowd, heights, dot=dot, words=sheet.words)
    _draw_names(panel, names, side=side, ours_at=max(heights[: len(crowd.ours)], default=0.0))
    set_percent_axis(panel, step=step)
    told = _told(crowd, step=step / 2, words=sheet.words)
    return sheet.chart(
        panel.figure, edges=edges, plot=height, written=panel.written, alternative=told
    )


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
    panel: Panel, crowd: Crowd, heights: Sequence[float], *, dot: float, words: Words
) -> None:
    """Grey dots of the others, then ours in ink."""
    ours, others = with_value(crowd.ours), with_value(crowd.others)
    grey = Style(panel.theme.crowd, panel.theme.muted, "circle", dot, 0)
    ink = our_style(panel.theme, panel.frame)
    for marks, style, places, role in (
        (others, grey, heights[len(ours) :], "crowd"),
        (ours, ink, heights[: len(ours)], "ours"),
    ):
        if marks:
            panel.dots(
                _without_margins(marks),
                style=style,
                words=words,
                values_on="x",
                places=places,
                role=role,
            )


def _without_margins(marks: Sequence[Mark]) -> list[Mark]:
    """Marks without whiskers: among hundreds of dots they would hide everything."""
    return [replace(mark, lower=None, upper=None) for mark in marks]


@dataclass(frozen=True)
class Name:
    """The words of a dot that is named, and how wide they are at most."""

    mark: Mark
    style: Style
    text: str
    width: float
    is_ours: bool


def _names_of(crowd: Crowd, *, sheet: Sheet, side: float) -> list[list[Name]]:
    """The named dots on a line, or each on a line of its own where they do not fit on one."""
    ours = our_style(sheet.theme, sheet.frame)
    country = country_style(sheet.theme, sheet.frame)
    styled = [
        *((mark, ours) for mark in with_value(crowd.ours)),
        *((mark, country) for mark in with_value(crowd.national)),
    ]
    names = []
    for mark, style in styled:
        value = sheet.words.format_pct(mark.point[1], decimals=mark.decimals)
        text = f"{mark.who} {value}"
        width = text_width(text, size=sheet.frame.type.label, bold=style.bold)
        names.append(Name(mark, style, text, width, is_ours=style is ours))
    room = sheet.frame.width - 2 * sheet.frame.pad - 2 * side
    fits = sum(name.width + NAME_GAP for name in names) <= room
    return [names] if fits else [[name] for name in names]


def _draw_names(
    panel: Panel, names: Sequence[Sequence[Name]], *, side: float, ours_at: float
) -> None:
    """Rules from the named dots up to their words, which stand above the crowd."""
    size = panel.frame.type.label
    for level, line in enumerate(reversed(names)):
        rooms = [name.width + NAME_GAP for name in line]
        centres = spread(
            [panel.at(name.mark.point[1], 0)[0] for name in line],
            sizes=rooms,
            low=0 if len(names) == 1 else -side,
            high=panel.width if len(names) == 1 else panel.width + side,
        )
        bottom = panel.height + 3 + level * LINE_HEIGHT * size
        for name, centre in zip(line, centres, strict=True):
            start = ours_at if name.is_ours else 0.0
            _draw_rule(panel, name.mark.point[1], start=start, style=name.style)
            left, right = centre - name.width / 2, centre + name.width / 2
            narrow = panel.frame.narrow
            align = "center" if narrow else leaning(centre, moved=centres, sizes=rooms)
            box = Box(left, bottom, right, bottom + LINE_HEIGHT * size, align)
            text = f"<b>{escape(name.text)}</b>" if name.style.bold else escape(name.text)
            x, y, colour = name.mark.point[1], panel.height, name.style.words
            panel.write(text, x=x, y=y, box=box, colour=colour, size=size)


def _draw_rule(panel: Panel, value: float, *, start: float, style: Style) -> None:
    """A rule from a dot to the top; dotted for the country, which is no dot of the crowd."""
    panel.line(
        [value, value],
        [start, panel.height],
        role="rule",
        colour=style.colour,
        width=1.4,
        dash="solid" if style.bold else "2px,3px",
    )


def _told(crowd: Crowd, *, step: float, words: Words) -> str:
    """Named figures in full and the others counted per step; the table holds every one."""
    counts = Counter(int(mark.point[1] // step) for mark in with_value(crowd.municipalities))
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
    named = sentences_of([*crowd.ours, *crowd.national], words=words)
    return " ".join([*named, words("charts.bins", bins="; ".join(bins))])
