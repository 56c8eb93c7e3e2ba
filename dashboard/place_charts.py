"""Charts of places: side by side in a fixed order, never ranked."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

from dashboard.age_charts import figure_mark, one_scale
from dashboard.chart_frame import Caption, Chart
from dashboard.chart_marks import records
from dashboard.i18n import Words
from dashboard.row_chart import row_chart
from dashboard.row_panel import Role
from dashboard.row_panel import Row as RowOfMarks
from dashboard.rows import Row, text
from dashboard.theme import WIDE, Frame, Theme

ROLES: dict[str, Role] = {"country": "country", "ggd_region": "region"}
"""How a region level is drawn beside our municipality; any other is a peer."""


def comparison(
    figures: pd.DataFrame,
    *,
    municipality: str,
    caption: Caption,
    words: Words,
    theme: Theme,
    frame: Frame = WIDE,
) -> Chart:
    """Our municipality first, then the country, the region and peers by name: not a ranking.

    `figures` has one row per region, of one series and scale: region_code, region_level,
    region_name and the columns of marts.estimates.
    """
    rows = sorted(one_scale(figures), key=lambda row: _order(row, municipality))
    dated = len(figures["year"].unique()) > 1
    return row_chart(
        [
            RowOfMarks(
                label=str(row["region_name"]),
                detail=_year(row, words=words) if dated else "",
                main=figure_mark(row, who=str(row["region_name"]), words=words),
                role=_role(row, municipality),
            )
            for row in rows
        ],
        caption=caption,
        notes=[words("charts.order_note")],
        words=words,
        theme=theme,
        frame=frame,
    )


def neighbourhoods(
    figures: pd.DataFrame,
    *,
    caption: Caption,
    words: Words,
    theme: Theme,
    frame: Frame = WIDE,
) -> Chart:
    """Districts or neighbourhoods by name with their margins, and a caution in the subtitle.

    `figures` has one row per district or neighbourhood, columns as in `comparison`.
    """
    rows = sorted(one_scale(figures), key=lambda row: _sorted_as(str(row["region_name"])))
    return row_chart(
        [
            RowOfMarks(
                label=str(row["region_name"]),
                detail="",
                main=figure_mark(row, who=str(row["region_name"]), words=words),
                role="place",
            )
            for row in rows
        ],
        caption=caption,
        notes=[words("charts.name_order_note")],
        words=words,
        theme=theme,
        frame=frame,
        caution=words("charts.model_caution"),
    )


def figures_side_by_side(
    figures: pd.DataFrame,
    *,
    caption: Caption,
    words: Words,
    theme: Theme,
    frame: Frame = WIDE,
) -> Chart:
    """Every figure for one subject with its survey, population and year, in the order given.

    `figures` has series_label, age_label and the columns of marts.estimates; where known
    region_level, region_name and scale_label. They are shown beside each other because they
    differ: scales may differ too, and the label says so.
    """
    return row_chart(
        [
            RowOfMarks(
                label=str(row["series_label"]),
                detail=_described(row, words=words),
                main=figure_mark(row, who=_named(row), words=words),
                role=ROLES.get(_given(row, "region_level"), "ours"),
            )
            for row in records(figures)
        ],
        caption=caption,
        notes=[words("charts.side_by_side_note")],
        words=words,
        theme=theme,
        frame=frame,
    )


def _order(row: Row, municipality: str) -> tuple[int, str]:
    """Ours, the country, the region, then peers by name."""
    ranks: dict[Role, int] = {"ours": 0, "country": 1, "region": 2, "peer": 3, "place": 4}
    return ranks[_role(row, municipality)], _sorted_as(str(row["region_name"]))


def _sorted_as(name: str) -> str:
    """A name as a Dutch list sorts it: 's-Gravenhage under the G, accents as plain letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"^'[st][- ]", "", plain.casefold())


def _role(row: Row, municipality: str) -> Role:
    """How a row is drawn."""
    if row["region_code"] == municipality:
        return "ours"
    return ROLES.get(str(row["region_level"]), "peer")


def _year(row: Row, *, words: Words) -> str:
    """The year of a figure in words."""
    return words("charts.figure_of", year=words.format_year(row["year"]))


def _described(row: Row, *, words: Words) -> str:
    """Population, year, place and scale of a figure, as far as known."""
    known = [_given(row, key) for key in ("age_label", "region_name", "scale_label")]
    return ", ".join([words.format_year(row["year"]), *filter(None, known)])


def _named(row: Row) -> str:
    """Series and population, by which a figure is told apart in words."""
    return ", ".join(filter(None, [_given(row, "series_label"), _given(row, "age_label")]))


def _given(row: Row, column: str) -> str:
    """Text of a column that may be missing."""
    return (text(row, column) or "") if column in row else ""
