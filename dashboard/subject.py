"""Which figures a page is about: what the visitor chose as far as it exists, else what comes first.

`offered` are rows of dashboard.queries.subjects: what was promised first, newest year first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from dashboard import sentences
from dashboard.charts import Caption
from dashboard.i18n import Words
from dashboard.rows import Row

NARROWED_BY = ("indicator", "age_group", "series_id", "year")
"""Columns by which a choice narrows what is offered, one after the other."""


def pick(offered: Sequence[Row], *, wanted: Mapping[str, object], target: str | None = None) -> Row:
    """The first row that agrees with the wishes; a wish that nothing agrees with is passed over.

    `wanted` has a value or None for columns of NARROWED_BY. Without a wish for an indicator, a
    chosen target decides.
    """
    left = list(offered)
    if wanted.get("indicator") is None and target is not None:
        left = [row for row in left if target in row["targets"]] or left
    for column in NARROWED_BY:
        value = wanted.get(column)
        left = [row for row in left if row[column] == value] or left
    return left[0]


def agrees(shown: Row, *, wanted: Mapping[str, object]) -> bool:
    """Whether what is shown is what was wished for, as far as anything was."""
    return all(value is None or shown[column] == value for column, value in wanted.items())


def indicators(offered: Iterable[Row]) -> dict[str, str]:
    """Indicators to choose from, id to words, in their own order."""
    ordered = sorted(offered, key=lambda row: row["indicator_order"])
    return {row["indicator"]: str(row["indicator_label"]) for row in ordered}


def age_groups(offered: Iterable[Row], *, shown: Row) -> dict[str, str]:
    """Age groups that have figures of the indicator shown, in their own order."""
    same = (row for row in offered if row["indicator"] == shown["indicator"])
    ordered = sorted(same, key=lambda row: row["age_order"])
    return {row["age_group"]: str(row["age_label"]) for row in ordered}


def years(offered: Iterable[Row], *, shown: Row, words: Words) -> dict[str, str]:
    """Years that have figures of what is shown, newest first."""
    same = ("series_id", "indicator", "age_group")
    found = {int(row["year"]) for row in offered if all(row[name] == shown[name] for name in same)}
    return {str(year): words.format_year(year) for year in sorted(found, reverse=True)}


def named(places: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Places with the country in the language of the page; other names are official and Dutch."""
    is_country = places["region_level"] == "country"
    name = places["region_name"].mask(is_country, words("charts.country"))
    return places.assign(region_name=name)


def in_words(shown: Row, words: Words) -> dict[str, str]:
    """Indicator, age group and year of what is shown, in words."""
    return {
        "indicator": str(shown["indicator_label"]),
        "age_group": str(shown["age_label"]),
        "year": words.format_year(shown["year"]),
    }


def caption_of(
    shown: Row,
    *,
    title: str,
    place: str,
    name: str,
    build_id: str,
    words: Words,
    years: Sequence[int] = (),
) -> Caption:
    """What stands around a chart of the figures shown; `name` is the stem of its file names."""
    return Caption(
        title=title,
        measure=str(shown["indicator_label"]),
        population=str(shown["age_label"]),
        place=place,
        series=str(shown["series_label"]),
        source_line=sentences.source_line(
            shown, words, build_id=build_id, years=list(years) or [int(shown["year"])]
        ),
        edition=str(shown["edition"]),
        build_id=build_id,
        name=f"{name}-{shown['indicator'].replace('_', '-')}-{shown['age_group']}-{shown['year']}",
    )
