"""The axis of years: a true linear scale with words at measured years and the target year."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dashboard.chart_frame import axis_top
from dashboard.chart_labels import text_width
from dashboard.chart_marks import Mark, with_value
from dashboard.chart_panel import Panel


def year_range(
    marks: Sequence[Mark], *, panel: Panel, words_after: float = 0.0
) -> tuple[float, float]:
    """First and last year drawn, with room at both ends so that no dot or word is cut.

    `words_after`: pixels for words right of the newest dot, where no target stands further on.
    """
    years = [mark.year for mark in with_value(marks) if mark.year is not None]
    if not years:
        return (2012.0, 2028.0)
    first, last = min(years), max(years)
    if first == last:
        return (first - 2.0, last + 2.0)
    scale = panel.frame.type
    before, after = 2.1 * scale.label, panel.frame.dot * 0.9 + 2
    if not any(mark.kind == "target" and mark.year == last for mark in marks):
        after += words_after
    per_pixel = (last - first) / (panel.width - before - after)
    return first - before * per_pixel, last + after * per_pixel


def set_years(panel: Panel, marks: Sequence[Mark], *, exceptional: Collection[int]) -> None:
    """Both axes: percentages from 0, years as plain digits, an asterisk at an extra wave."""
    size = panel.frame.type.label
    years = shown_years(marks, panel=panel)
    end, step = axis_top([mark.high for mark in with_value(marks)])
    end = max(end, panel.y_range[1])
    panel.figure.update_layout(
        {
            f"xaxis{panel.axes}": {
                "range": list(panel.x_range),
                "tickmode": "array",
                "tickvals": years,
                "ticktext": [f"{year}*" if year in exceptional else str(year) for year in years],
                "tickfont": {"size": size},
                "ticks": "outside",
                "ticklen": 5,
                "showgrid": False,
                "showline": True,
            },
            f"yaxis{panel.axes}": {
                "range": [0, end * 1.002],  # so that the uppermost gridline is drawn
                "dtick": step,
                "tick0": 0,
                "ticksuffix": "%",
                "ticklabelstandoff": 6,
                "tickfont": {"size": size},
            },
        }
    )


def shown_years(marks: Sequence[Mark], *, panel: Panel) -> list[int]:
    """Years that get a word: target and newest first, then the others where there is room."""
    known = [mark for mark in with_value(marks) if mark.year is not None]
    measured = sorted({m.year for m in known if m.kind != "target" and m.year is not None})
    targets = [m.year for m in known if m.kind == "target" and m.year is not None]
    room = text_width("2028*", size=panel.frame.type.label) + 6
    shown: list[int] = []
    for year in [*targets, *measured[-1:], *measured[:-1]]:
        place = panel.at(year, 0)[0]
        if all(abs(place - panel.at(other, 0)[0]) >= room for other in shown):
            shown.append(year)
    return sorted(shown)
