"""The native chart of a slide: measured years, margins, the Netherlands, path and target.

python-pptx knows no error bars and no alternative text; both are written into the XML here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import XyChartData
from pptx.chart.datalabel import DataLabels
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.chart_frame import axis_top
from dashboard.chart_marks import Mark, with_value
from dashboard.dossier import Story
from dashboard.i18n import Words
from dashboard.slide_lines import YEARS_APART, Line, lines_of
from dashboard.table_files import defused_cell
from dashboard.theme import LIGHT

LETTERS = Pt(14)
LOCALES = {"nl": "[$-413]", "en": "[$-809]"}
"""Language of a number format. Office follows its own language for decimals; others follow this."""


def add_chart(
    slide: Any, story: Story, *, box: tuple[int, int, int, int], alternative: str, words: Words
) -> None:
    """Add the chart of a target to a slide, in `box` (left, top, width, height in EMU)."""
    lines = lines_of(story, words=words)
    data = XyChartData()
    for line in lines:
        # the name stands in a cell of the workbook inside the slide
        name = str(defused_cell(line.name))
        series = data.add_series(name, number_format=_percent(line.marks, words=words))
        for mark in line.marks:
            series.add_data_point(mark.year, mark.value)
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
    years = [mark.point[0] for line in lines for mark in with_value(line.marks)]
    _years(chart.category_axis, first=int(min(years)), last=int(max(years)))
    _percentages(chart.value_axis, lines, words=words)
    for series, line in zip(chart.plots[0].series, lines, strict=True):
        _dress(series, line, words=words)


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
    axis.minimum_scale = 0
    axis.maximum_scale, axis.major_unit = axis_top(highest)
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


LABEL_GROUND = f"""
<c:spPr {nsdecls("c", "a")}><a:solidFill><a:schemeClr val="bg1"/></a:solidFill></c:spPr>
"""


def _label(series: Any, line: Line, *, words: Words) -> None:
    """Values beside the marks, bound to the numbers of the chart."""
    labels = DataLabels(series._element.get_or_add_dLbls())
    labels.show_value = True
    labels.number_format = _percent(line.marks, words=words)
    labels.number_format_is_linked = False
    labels.position = XL_LABEL_POSITION.ABOVE if line.above else XL_LABEL_POSITION.BELOW
    labels.font.size = LETTERS
    labels.font.color.rgb = _rgb(line.colour)
    # readable where a line runs behind them, on the background of any template
    labels._element.find(qn("c:txPr")).addprevious(parse_xml(LABEL_GROUND))
    if any(mark.has_margin for mark in line.marks):
        if line.is_ours:
            labels.position = XL_LABEL_POSITION.RIGHT
        _unlabelled_but_last(labels, line)
    if line.dashed:
        _unlabelled_but_last(labels, line)


def _unlabelled_but_last(labels: Any, line: Line) -> None:
    """Leave the newest value alone labelled: beside the others run margins and lines."""
    last = max(number for number, mark in enumerate(line.marks) if mark.value is not None)
    for number in reversed(range(last)):
        left_out = f'<c:dLbl {nsdecls("c")}><c:idx val="{number}"/><c:delete val="1"/></c:dLbl>'
        labels._element.insert(0, parse_xml(left_out))


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
