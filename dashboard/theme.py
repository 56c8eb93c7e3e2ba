"""Colours, letters and sizes: one place for what every page, chart and paper looks like.

Data are drawn in ink (the municipality) and greys (whoever it is compared with). Blue and orange
belong to verdicts alone, and a verdict is never drawn into a chart.
"""

from __future__ import annotations

from dataclasses import dataclass

from plotly import graph_objects as go

FONT_STACK = (
    '"Source Sans", "Source Sans 3", "Source Sans Pro", "Segoe UI", Roboto, '
    '"Helvetica Neue", Arial, sans-serif'
)
"""Streamlit brings the first of these with it; every system has one of the others."""

PLOTLY_CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
}
"""Plotly's own buttons speak English and send to a cloud: hidden everywhere."""


@dataclass(frozen=True)
class VerdictColour:
    """Colours of a verdict badge: `fill` for the badge and its outline, `on_fill` for its words."""

    fill: str
    on_fill: str


@dataclass(frozen=True)
class Theme:
    """Colours of one appearance; text reaches 4.5:1 and marks 3:1 against `background`."""

    name: str
    background: str
    surface: str
    ink: str
    muted: str
    """Secondary words: subtitles, ticks, sources."""
    country: str
    """Marks and lines of the Netherlands."""
    region: str
    """Marks and lines of the GGD region."""
    crowd: str
    """Dots of all other municipalities."""
    edge: str
    """Outlines and rules that carry meaning."""
    grid: str
    """Hairlines that carry none."""
    link: str
    blue: VerdictColour
    orange: VerdictColour
    grey: VerdictColour


LIGHT = Theme(
    name="light",
    background="#ffffff",
    surface="#f5f5f3",
    ink="#1a1a1a",
    muted="#565656",
    country="#6b6b6b",
    region="#858585",
    crowd="#8c8c8c",
    edge="#767676",
    grid="#e4e4e1",
    link="#005ea8",
    blue=VerdictColour(fill="#005ea8", on_fill="#ffffff"),
    orange=VerdictColour(fill="#b85000", on_fill="#ffffff"),
    grey=VerdictColour(fill="#595959", on_fill="#ffffff"),
)

DARK = Theme(
    name="dark",
    background="#14171c",
    surface="#1e2229",
    ink="#f2f2ef",
    muted="#b6bac1",
    country="#a3a8b0",
    region="#868c95",
    crowd="#7b818a",
    edge="#8b9099",
    grid="#31363f",
    link="#74b9f5",
    blue=VerdictColour(fill="#74b9f5", on_fill="#10141a"),
    orange=VerdictColour(fill="#ffa35c", on_fill="#10141a"),
    grey=VerdictColour(fill="#b6bac1", on_fill="#10141a"),
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
DRAWN = ("background", "ink", "muted", "country", "region", "crowd", "edge", "grid")
"""Colours that charts are drawn in."""


def on_white(theme: Theme) -> dict[str, str]:
    """Colours of a chart in this appearance to those on a white sheet, as CSS writes them."""
    if theme == LIGHT:
        return {}
    return {_css(getattr(theme, name)): _css(getattr(LIGHT, name)) for name in DRAWN}


def _css(colour: str) -> str:
    """`#14171c` as a browser writes it: `rgb(20, 23, 28)`."""
    return f"rgb({', '.join(str(part) for part in bytes.fromhex(colour[1:]))})"


@dataclass(frozen=True)
class TypeScale:
    """Letter sizes in pixels: four steps, no others."""

    title: int
    text: int
    label: int
    small: int


@dataclass(frozen=True)
class Frame:
    """Where a chart is shown: its size in pixels, its letters and the size of a dot.

    `height` is None where the chart itself knows best, from its number of rows or panels.
    """

    name: str
    width: int
    height: int | None
    type: TypeScale
    dot: int
    pad: int
    """Empty pixels on all sides; none on a page, where the chart lines up with the text."""
    narrow: bool = False


WIDE = Frame("wide", 760, None, TypeScale(title=20, text=15, label=14, small=12), dot=12, pad=0)
NARROW = Frame(
    "narrow",
    340,
    None,
    TypeScale(title=17, text=13, label=13, small=11),
    dot=11,
    pad=0,
    narrow=True,
)
SLIDE = Frame("slide", 1280, 720, TypeScale(title=34, text=23, label=22, small=15), dot=18, pad=44)
PRINT = Frame("print", 680, None, TypeScale(title=18, text=14, label=13, small=11), dot=11, pad=16)


def plotly_template(theme: Theme) -> go.layout.Template:
    """Plotly template without colours of its own: ink on background, hairlines, no legend."""
    axis = {
        "gridcolor": theme.grid,
        "linecolor": theme.edge,
        "tickcolor": theme.edge,
        "tickfont": {"color": theme.muted},
        "zeroline": False,
        "fixedrange": True,
        "automargin": False,
    }
    return go.layout.Template(
        layout=go.Layout(
            font={"family": FONT_STACK, "color": theme.ink},
            paper_bgcolor=theme.background,
            plot_bgcolor=theme.background,
            colorway=[theme.ink, theme.country, theme.region],
            showlegend=False,
            dragmode=False,
            hovermode="closest",
            hoverlabel={
                "bgcolor": theme.surface,
                "bordercolor": theme.edge,
                "font": {"family": FONT_STACK, "color": theme.ink},
                "align": "left",
            },
            title={"x": 0, "xref": "container", "xanchor": "left", "font": {"color": theme.ink}},
            xaxis=axis,
            yaxis=axis,
        )
    )
