"""Tables of the page about the figures as files: all rows, also those that the page leaves out."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import pandas as pd

from dashboard import load_sentences
from dashboard.codebook import in_language
from dashboard.dossier import Load
from dashboard.export_tables import described, own_origin
from dashboard.i18n import Words
from dashboard.queries import downloads, frame, provenance
from dashboard.rows import Row
from dashboard.table_files import Table

MOST_ROWS = 1_000_000
"""Rows of a file at most: a sheet of a workbook holds a few more."""

QUERIES: dict[str, tuple[Callable[..., pd.DataFrame], str]] = {
    "definitions": (provenance.indicators, "indicators"),
    "series": (provenance.series_in_words, "series"),
    "sources": (provenance.sources, "sources"),
    "calibration": (provenance.calibration, "calibration"),
    "corrections": (provenance.corrections, "corrections"),
    "load_report": (provenance.load_report, "load_report"),
    "rejected": (provenance.rejected_rows, "rejected_rows"),
    "history": (provenance.history, "history"),
}
"""Query of each part of the page, and the published table that explains its columns."""
IN_A_LANGUAGE = ("definitions", "series", "calibration", "corrections")
LONG = ("corrections", "rejected", "history")
"""Parts of which the page shows the first rows."""
NOT_WRITTEN = "total"
"""Column that only the page needs: how many rows there are."""


def about_table(load: Load, *, name: str, words: Words) -> Table:
    """All rows of a part of the page under the column names of the published tables."""
    codebook = in_language(load(downloads.codebook), words.language)
    query, published = QUERIES[name]
    found = _in_words(load(query, **_parameters(name, words=words)), load, name=name, words=words)
    written = found.drop(columns=NOT_WRITTEN, errors="ignore")
    return Table(
        written,
        own_origin(name, build_id=_build_id(load), words=words),
        described(written, published, "series", "regions", codebook=codebook, words=words),
    )


def dictionary_table(load: Load, *, words: Words) -> Table:
    """Every column of every published table, with its meaning."""
    codebook = in_language(load(downloads.codebook), words.language)
    origin = own_origin("codebook", build_id=_build_id(load), words=words)
    return Table(codebook, origin, codebook.iloc[:0])


def _build_id(load: Load) -> str:
    return str(load(frame.build)["build_id"].iloc[0])


def _parameters(name: str, *, words: Words) -> dict[str, Hashable]:
    given: dict[str, Hashable] = {}
    if name in IN_A_LANGUAGE:
        given["language"] = words.language
    if name in LONG:
        given["limit"] = MOST_ROWS
    return given


def _in_words(found: pd.DataFrame, load: Load, *, name: str, words: Words) -> pd.DataFrame:
    """The rows with what the page says of each, and lists as text."""
    rows: list[Row] = found.to_dict("records")  # type: ignore[assignment]
    if name == "series":
        years = [_listed(row["years"]) for row in rows]
        return found.assign(years=pd.Series(years, index=found.index, dtype=object))
    if name == "load_report":
        names = load(provenance.names_in_report, language=words.language)
        named = load_sentences.by_code(names.to_dict("records"))  # type: ignore[arg-type]
        said = [load_sentences.sentence(row, words, names=named) for row in rows]
        return found.assign(explanation=pd.Series(said, index=found.index, dtype=object))
    if name == "rejected":
        said = [load_sentences.reason(row, words) for row in rows]
        return found.assign(explanation=pd.Series(said, index=found.index, dtype=object))
    return found


def _listed(years: Any) -> str | None:
    """Years of a list column as text; None where there are none."""
    if years is None or isinstance(years, float):
        return None
    return ", ".join(str(int(year)) for year in years)
