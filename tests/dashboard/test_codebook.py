from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.codebook import EVERYWHERE, in_language
from dashboard.data import current_build
from dashboard.i18n import LocaleError, read_codebook
from dashboard.queries import downloads


@pytest.fixture(scope="module")
def columns(warehouse: Path) -> pd.DataFrame:
    """Every column that a real build publishes."""
    return current_build(warehouse).load(downloads.codebook)


def test_every_published_column_has_words_of_its_own_in_dutch(columns: pd.DataFrame) -> None:
    dutch = in_language(columns, "nl")
    assert list(dutch["column_name"]) == list(columns["column_name"])
    assert (dutch["description"].str.len() > 3).all()
    assert not (dutch["description"] == columns["description"]).any()


def test_no_words_are_left_of_columns_that_are_gone(columns: pd.DataFrame) -> None:
    published = set(zip(columns["table_name"], columns["column_name"], strict=True))
    names = {name for _, name in published} | {"source_line"}  # files have it, tables have not
    for key in read_codebook("nl"):
        table, column = key.split(".")
        assert column in names if table == EVERYWHERE else (table, column) in published, key


def test_a_tables_own_words_go_before_those_for_every_table() -> None:
    asked = pd.DataFrame(
        {"table_name": ["corrections", "regions"], "column_name": ["region_code"] * 2}
    )
    assert list(in_language(asked, "nl")["description"]) == [
        "Gebied",
        "Code van het CBS, zoals GM1783",
    ]


def test_the_tables_speak_english_themselves(columns: pd.DataFrame) -> None:
    assert in_language(columns, "en") is columns


def test_a_column_without_words_is_an_error_and_not_english() -> None:
    asked = pd.DataFrame({"table_name": ["estimates"], "column_name": ["temperature"]})
    with pytest.raises(LocaleError, match=r"nl for the column estimates\.temperature"):
        in_language(asked, "nl")
