"""Reading a drawn figure back: which marks stand where, which words, in which pixels."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from dashboard.chart_labels import text_width
from dashboard.charts import Caption

SOURCE = {
    "nl": "Bron: Gezondheidsmonitor 2020, GGD'en, CBS en RIVM (RIVM StatLine 50090NED). CC BY 4.0.",
    "en": "Source: Health Monitor 2020, GGDs, CBS and RIVM (RIVM StatLine 50090NED). CC BY 4.0.",
}
BUILD = "20261122-001638-88f6a1ee"


def caption(language: str = "nl", **changes: Any) -> Caption:
    """Westland, 65 and over, lonely, in RIVM's series."""
    given: dict[str, Any] = {
        "title": "Het cijfer ligt boven de lijn naar het doel",
        "measure": {"nl": "Eenzaam", "en": "Lonely"}[language],
        "population": {"nl": "65 jaar en ouder", "en": "aged 65 and over"}[language],
        "place": "Westland",
        "series": {"nl": "RIVM, modelschatting", "en": "RIVM, model estimate"}[language],
        "source_line": SOURCE[language],
        "edition": "50090NED",
        "build_id": BUILD,
        "name": "westland-65-plus",
    }
    return Caption(**(given | changes))


def figures(*rows: tuple[Any, ...], **columns: Any) -> pd.DataFrame:
    """Rows of marts.estimates: (year, value, lower, upper), the rest as most figures have it."""
    frame = pd.DataFrame(rows, columns=["year", "value", "margin_lower", "margin_upper"])
    frame = frame.astype({"value": float, "margin_lower": float, "margin_upper": float})
    fixed = {"rounding_step": 0.1, "obs_status": "normal", "age_group": "65+"}
    return frame.assign(**(fixed | columns))


def traces(figure: go.Figure, role: str) -> list[Any]:
    """Traces that were drawn as `role`."""
    return [trace for trace in figure.data if (trace.meta or {}).get("role") == role]


def points(figure: go.Figure, role: str) -> list[tuple[float, float]]:
    """Places (x, y) of all marks of `role`, from left to right."""
    found = [
        point for trace in traces(figure, role) for point in zip(trace.x, trace.y, strict=True)
    ]
    return sorted((float(x), float(y)) for x, y in found)


def lines(figure: go.Figure) -> list[Any]:
    """Every trace that is a line."""
    return [trace for trace in figure.data if trace.mode == "lines"]


def whiskers(trace: Any, axis: str = "y") -> list[tuple[float, float]]:
    """Lower and upper ends of the whiskers of a trace."""
    error, values = trace[f"error_{axis}"], trace[axis]
    ends = zip(values, error.arrayminus, error.array, strict=True)
    return [(round(v - down, 6), round(v + up, 6)) for v, down, up in ends]


def plain(text: str) -> str:
    """Words of a label without Plotly's markup."""
    return (
        re.sub(r"<[^>]+>", "", text.replace("<br>", " "))
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
    )


def words_in(figure: go.Figure) -> list[str]:
    """Every label and text in the figure."""
    return [plain(note.text) for note in figure.layout.annotations]


def everything_said(figure: go.Figure) -> str:
    """All words of a figure: title, labels, ticks, hover."""
    hovers = [text for trace in figure.data for text in _listed(trace.hovertemplate)]
    ticks = [text for axis in figure.select_xaxes() for text in _listed(axis.ticktext)]
    return " ".join([plain(figure.layout.title.text), *words_in(figure), *hovers, *ticks])


def boxes(figure: go.Figure) -> dict[str, tuple[float, float, float, float]]:
    """Pixels that each label takes: left, bottom, right, top from the lower left corner."""
    return {
        f"{i} {plain(n.text)}": _box(figure, n) for i, n in enumerate(figure.layout.annotations)
    }


def _box(figure: go.Figure, note: Any) -> tuple[float, float, float, float]:
    layout = figure.layout
    margin = layout.margin
    across = layout.width - margin.l - margin.r
    up = layout.height - margin.t - margin.b
    x = margin.l + _share(figure, note.xref, note.x) * across + (note.xshift or 0)
    y = margin.b + _share(figure, note.yref, note.y) * up + (note.yshift or 0)
    rows = note.text.split("<br>")
    width = max(text_width(plain(row), size=note.font.size, bold="<b>" in row) for row in rows)
    height = 1.3 * note.font.size * len(rows)
    left = x - {"left": 0.0, "center": width / 2, "right": width}[note.xanchor]
    bottom = y - {"bottom": 0.0, "middle": height / 2, "top": height}[note.yanchor]
    return left, bottom, left + width, bottom + height


def _share(figure: go.Figure, ref: str, value: float) -> float:
    if ref == "paper":
        return float(value)
    axis = figure.layout[f"{ref[0]}axis{ref[1:]}"]
    start, end = axis.domain or (0.0, 1.0)
    low, high = axis.range
    return float(start + (value - low) / (high - low) * (end - start))


def overlap(first: tuple[float, ...], second: tuple[float, ...]) -> float:
    """Area that two boxes share, square pixels."""
    across = min(first[2], second[2]) - max(first[0], second[0])
    up = min(first[3], second[3]) - max(first[1], second[1])
    return max(across, 0.0) * max(up, 0.0)


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else [str(item) for item in value]
