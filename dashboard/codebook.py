"""What the columns of the published tables mean, in the reader's language."""

from __future__ import annotations

import pandas as pd

from dashboard.i18n import LocaleError, read_codebook

LANGUAGE_OF_THE_TABLES = "en"
EVERYWHERE = "everywhere"
"""Under this name stand the columns that mean the same in every table."""


def in_language(columns: pd.DataFrame, language: str) -> pd.DataFrame:
    """The codebook (`table_name`, `column_name`, `description` …) with descriptions in a language.

    The tables describe themselves in English. A column without words is an error, not English.
    """
    if language == LANGUAGE_OF_THE_TABLES:
        return columns
    names = zip(columns["table_name"], columns["column_name"], strict=True)
    return columns.assign(description=[_meaning(*name, language=language) for name in names])


def _meaning(table: str, column: str, *, language: str) -> str:
    meanings = read_codebook(language)
    for place in (table, EVERYWHERE):
        if meaning := meanings.get(f"{place}.{column}"):
            return meaning
    raise LocaleError(f"no words in {language} for the column {table}.{column}")
