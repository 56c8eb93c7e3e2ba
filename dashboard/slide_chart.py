"""The native chart of a slide: measured years, margins, the Netherlands, path and target.

python-pptx knows no error bars and no alternative text; both are written into the XML here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
from pptx.chart.data import XyChartData
from pptx.chart.datalabel import DataLabels
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.chart_frame import axis_top
from dashboard.chart_marks import Mark, measured, with_value
from dashboard.dossier import Story
from dashboard.i18n import Words
from dashboard.promise import Promise, promise_of
from dashboard.theme import LIGHT
from dashboard.time_content import breaks_of

LETTERS = Pt(14)
LOCALES = {"nl": "[$-413]", "en": "[$-809]"}
"""Language of a number format. Office follows its own language for decimals; others follow this."""
YEARS_APART = 2
"""Years between ticks: waves are two to four years apart."""


@dataclass(frozen=True)
class Line:
    """One series of the chart: points of (year, percent) and how they are drawn."""

    name: str
    marks: Sequence[Mark]
    colour: str
    marker: Any
    size: int
    dashed: bool = False
    joined: bool = True
    is_ours: bool = False
    above: bool | None = None
    """Side of its labels; None without labels."""


def add_chart(
    slide: Any, story: Story, *, box: tuple[int, int, int, int], alternative: str, words: Words
) -> None:
    """Add the chart of a target to a slide, in `box` (left, top, width, height in EMU)."""
    lines = lines_of(story, words=words)
    data = XyChartData()
    for line in lines:
        series = data.add_series(line.name, number_format=_percent(line.marks, words=words))
        for mark in line.marks:
            series.add_data_point(*mark.point)
    kind = XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS
    frame = slide.shapes.add_chart(kind, *box, data)
    named = frame._element.nvGraphicFramePr.cNvPr
    named.set("descr", alternative)
    named.set("name", words("exports.slides.chart"))
    chart = frame.chart
    chart.font.size, chart.font.color.rgb = LETTERS, _rgb(LIGHT.ink)
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    years = [mark.point[0] for line in lines for mark in line.marks]
    _years(chart.category_axis, first=int(min(years)), last=int(max(years)))
    _percentages(chart.value_axis, lines, words=words)
    majors = [gap for gap in breaks_of(story.breaks) if gap.major]
    for series, line in zip(chart.plots[0].series, lines, strict=True):
        _dress(series, line, words=words)
        _leave_gaps(series, line, breaks=majors)


def lines_of(story: Story, *, words: Words) -> list[Line]:
    """The series of the chart: ours, the Netherlands, the region, the path and the target."""
    row = story.row
    place = str(row["region_name"])
    ours = with_value(_marks(story.ours, who=place, words=words))
    promise = promise_of(row, who=place, words=words)
    circle, square = XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE
    triangle = XL_MARKER_STYLE.TRIANGLE
    country = with_value(_marks(story.country, who=words("charts.country"), words=words))
    region = with_value(_marks(story.region, who=str(row["ggd_region_name"]), words=words))
    higher = not country or ours[-1].point[1] >= country[-1].point[1]
    lines = [
        Line(place, ours, LIGHT.ink, circle, 11, is_ours=True, above=higher),
        Line(words("charts.country"), country, LIGHT.country, triangle, 9, above=not higher),
        Line(str(row["ggd_region_name"]), region, LIGHT.region, square, 8),
        *_promised(promise, ours=ours, words=words),
    ]
    return [line for line in lines if line.marks]


def _marks(figures: pd.DataFrame | None, *, who: str, words: Words) -> list[Mark]:
    return [] if figures is None else measured(figures, who=who, words=words)


def _promised(promise: Promise, *, ours: Sequence[Mark], words: Words) -> list[Line]:
    """The straight path to the target, or the level line of a limit, and the target itself."""
    target = promise.target
    if target is None or target.value is None:
        return []
    first, last = ours[0].point[0], ours[-1].point[0]
    year = last + 2 * YEARS_APART if target.year is None else target.year
    end = Mark("target", target.who, "", int(year), target.value, decimals=target.decimals)
    start = promise.path_start or ((first, target.value) if promise.is_limit else None)
    lines = []
    if start is not None:
        begin = Mark("target", target.who, "", int(start[0]), start[1], decimals=target.decimals)
        name = words("charts.path_label" if promise.path_start else "exports.slides.limit")
        none = XL_MARKER_STYLE.NONE
        lines.append(Line(name, [begin, end], LIGHT.ink, none, 2, dashed=True))
    if target.year is not None or start is None:
        # a ring, as on the page, would not be seen in every program
        mark, name = XL_MARKER_STYLE.DIAMOND, words("charts.kinds.target")
        lines.append(Line(name, [end], LIGHT.ink, mark, 14, joined=False, above=True))
    return lines


def _years(axis: Any, *, first: int, last: int) -> None:
    """A true time axis, with a tick every other year."""
    axis.minimum_scale, axis.maximum_scale = first - YEARS_APART, last + YEARS_APART
    axis.major_unit = YEARS_APART
    axis.has_major_gridlines = False
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0", False
    axis.tick_labels.font.size = LETTERS
    axis.format.line.color.rgb = _rgb(LIGHT.edge)


def _percentages(axis: Any, lines: Sequence[Line], *, words: Words) -> None:
    """Percentages from 0, with hairlines."""
    highest = [mark.high for line in lines for mark in line.marks]
    axis.minimum_scale, axis.maximum_scale = 0, axis_top(highest)[0]
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = _rgb(LIGHT.grid)
    axis.tick_labels.number_format = _percent([], words=words)
    axis.tick_labels.number_format_is_linked = False
    axis.tick_labels.font.size = LETTERS
    axis.format.line.fill.background()


def _dress(series: Any, line: Line, *, words: Words) -> None:
    """Colour, marker, margins and labels of one series."""
    series.smooth = False
    colour = _rgb(line.colour)
    if line.joined:
        series.format.line.color.rgb = colour
        series.format.line.width = Pt(1.75 if line.dashed else 2.25)
        series.format.line.dash_style = MSO_LINE.DASH if line.dashed else MSO_LINE.SOLID
    else:
        series.format.line.fill.background()
    series.marker.style, series.marker.size = line.marker, line.size
    if line.marker != XL_MARKER_STYLE.NONE:
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
        series.marker.format.line.color.rgb = colour
    if line.above is not None:
        _label(series, line, words=words)
    if any(mark.has_margin for mark in line.marks):
        _error_bars(series, line)


def _label(series: Any, line: Line, *, words: Words) -> None:
    """Values beside the marks, bound to the numbers of the chart."""
    labels = DataLabels(series._element.get_or_add_dLbls())
    labels.show_value = True
    labels.number_format = _percent(line.marks, words=words)
    labels.number_format_is_linked = False
    labels.position = XL_LABEL_POSITION.ABOVE if line.above else XL_LABEL_POSITION.BELOW
    labels.font.size = LETTERS
    labels.font.color.rgb = _rgb(line.colour)
    if any(mark.has_margin for mark in line.marks):
        if line.is_ours:
            labels.position = XL_LABEL_POSITION.RIGHT
        _unlabelled_but_last(labels, count=len(line.marks))


def _unlabelled_but_last(labels: Any, *, count: int) -> None:
    """Leave the newest value alone labelled: beside the others run margins and lines."""
    for number in reversed(range(count - 1)):
        left_out = f'<c:dLbl {nsdecls("c")}><c:idx val="{number}"/><c:delete val="1"/></c:dLbl>'
        labels._element.insert(0, parse_xml(left_out))


def _leave_gaps(series: Any, line: Line, *, breaks: Sequence[Any]) -> None:
    """No line over a major break: the piece that ends in the first wave after it is not drawn."""
    if not line.joined or line.dashed:
        return
    years = [int(mark.point[0]) for mark in line.marks]
    for number, (before, after) in enumerate(pairwise(years), start=1):
        if any(gap.lies_between(before, after) for gap in breaks):
            series.points[number].format.line.fill.background()


ERROR_BARS = """
<c:errBars {namespaces}>
  <c:errDir val="y"/><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>
  <c:plus>{plus}</c:plus><c:minus>{minus}</c:minus>
  <c:spPr><a:ln w="{width}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln></c:spPr>
</c:errBars>
"""


def _error_bars(series: Any, line: Line) -> None:
    """Margins as custom error bars, right before the years of the series (DrawingML order)."""
    known = [(m.value, m.lower, m.upper) if m.has_margin else (0.0, 0.0, 0.0) for m in line.marks]
    bars = ERROR_BARS.format(
        namespaces=nsdecls("c", "a"),
        plus=_numbers([(upper or 0.0) - (value or 0.0) for value, _, upper in known]),
        minus=_numbers([(value or 0.0) - (lower or 0.0) for value, lower, _ in known]),
        width=Pt(1.25),
        colour=line.colour.lstrip("#"),
    )
    series._element.find(qn("c:xVal")).addprevious(parse_xml(bars))


def _numbers(values: Sequence[float]) -> str:
    """Literal numbers of a chart as XML."""
    points = "".join(
        f'<c:pt idx="{number}"><c:v>{round(value, 6)!r}</c:v></c:pt>'
        for number, value in enumerate(values)
    )
    count = f'<c:ptCount val="{len(values)}"/>'
    return f"<c:numLit><c:formatCode>General</c:formatCode>{count}{points}</c:numLit>"


def _percent(marks: Sequence[Mark], *, words: Words) -> str:
    """Number format with the decimals that figures were published with, in the deck's language."""
    decimals = max((mark.decimals for mark in marks), default=0)
    return f'{LOCALES[words.language]}0{"." if decimals else ""}{"0" * decimals}"%"'


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())
