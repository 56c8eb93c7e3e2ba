"""Parts of the page with all data: filters, the long table, the codebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard import markup
from dashboard.codebook import in_language
from dashboard.figure_table import figure_words
from dashboard.i18n import Words
from dashboard.markup import Markup
from dashboard.rows import Row, number

FILTERS = {
    "onderwerp": ("indicator", "indicator_label"),
    "leeftijd": ("age_group", "age_label"),
    "reeks": ("series_id", "series_label"),
    "jaar": ("year", "year"),
}
"""Parameters of the address that filter the table: the column of each, and that of its words."""


def options(figures: Sequence[Row], words: Words) -> dict[str, dict[str, str]]:
    """Per filter the values that occur, with their words; years newest first."""
    found: dict[str, dict[str, str]] = {}
    for parameter, (column, label) in FILTERS.items():
        found[parameter] = {str(row[column]): str(row[label]) for row in figures}
    found["jaar"] = dict(sorted(found["jaar"].items(), reverse=True))
    return found


def in_use(
    wanted: Mapping[str, object], *, offered: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """Value of each filter; empty where nothing is chosen, or what does not occur here."""
    chosen = {parameter: str(wanted[column]) for parameter, (column, _) in FILTERS.items()}
    return {name: value if value in offered[name] else "" for name, value in chosen.items()}


def filtered(figures: Sequence[Row], *, used: Mapping[str, str]) -> list[Row]:
    """The figures that every filter lets through, in their order."""
    return [
        row
        for row in figures
        if all(
            not used[parameter] or str(row[column]) == used[parameter]
            for parameter, (column, _) in FILTERS.items()
        )
    ]


def long_table(figures: Sequence[Row], words: Words) -> Markup:
    """One row per figure, with its margin, series, edition and where it stands."""
    if not figures:
        return markup.paragraph(words("pages.data_export.none"))
    columns = {
        "what": words("pages.overview.what"),
        "who": words("pages.overview.who"),
        "year": words("pages.overview.year"),
        "value": words("pages.overview.value"),
        "respondents": words("pages.data_export.respondents"),
        "series": words("pages.overview.series"),
        "source": words("pages.data_export.source"),
    }
    if all(number(row, "sample_size") is None for row in figures):
        del columns["respondents"]
    count = words("pages.data_export.count", count=words.format_number(len(figures)))
    table = markup.table(
        [_line(row, words) for row in figures],
        columns=columns,
        caption=count,
        numbers=("year", "value", "respondents"),
    )
    older = any(not row["is_current_edition"] for row in figures)
    note = markup.paragraph(words("pages.data_export.older")) if older else markup.EMPTY
    return markup.element("div", note + table, class_="dm dm-long")


def _line(row: Row, words: Words) -> dict[str, str]:
    size = number(row, "sample_size")
    return {
        "what": str(row["indicator_label"]),
        "who": str(row["age_label"]),
        "year": words.format_year(row["year"]),
        "value": figure_words(row, words),
        "respondents": words.format_number(size) if size is not None else "–",
        "series": str(row["series_label"]),
        "source": str(row["source_ref"]),
    }


def codebook(columns: pd.DataFrame, words: Words) -> Markup:
    """What each column of the files means, a folded table for each of both."""
    described = in_language(columns, words.language).to_dict("records")
    heads = {name: words(f"pages.data_export.{name}") for name in ("column", "type", "meaning")}
    tables = []
    for table in dict.fromkeys(str(row["table_name"]) for row in described):
        listed = [
            {
                "column": str(row["column_name"]),
                "type": str(row["data_type"]),
                "meaning": str(row["description"]),
            }
            for row in described
            if row["table_name"] == table
        ]
        name = f"marts.{table}"
        shown = markup.table(listed, columns=heads, caption=name, english=("column", "type"))
        tables.append(markup.folded(name, shown))
    lead = markup.paragraph(words("pages.data_export.codebook_lead"))
    return markup.element("div", lead + markup.joined(tables), class_="dm")


def to_copy(text: str, words: Words) -> Markup:
    """References, set apart from each other, with a button that copies them."""
    return markup.copyable(
        "\n\n".join(text.splitlines()),
        action=words("pages.data_export.copy"),
        done=words("pages.data_export.copied"),
    )
