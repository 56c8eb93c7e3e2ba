"""A missing cell is None however it is stored; a missing column is an error."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.rows import ColumnError, is_missing, listed, number, optional, text, year

NOTHING = [None, float("nan"), pd.NA, pd.NaT]


@pytest.mark.parametrize("nothing", NOTHING)
def test_a_missing_cell_is_none(nothing: object) -> None:
    row = {"cell": nothing}
    assert is_missing(nothing)
    assert [read(row, "cell") for read in (number, year, text, optional)] == [None] * 4
    assert listed(row, "cell") == ()


def test_cells_are_read_as_what_they_are() -> None:
    row = pd.Series({"value": 8, "year": 2020.0, "label": "Eenzaam", "notes": "a, b", "empty": " "})
    assert number(row, "value") == 8.0
    assert year(row, "year") == 2020
    assert text(row, "label") == "Eenzaam"
    assert text(row, "empty") is None
    assert listed(row, "notes") == ("a", "b")


def test_zero_is_a_value() -> None:
    assert not is_missing(0.0)
    assert number({"value": 0}, "value") == 0.0


@pytest.mark.parametrize("read", [number, year, text, listed])
def test_a_missing_column_is_an_error(read: object) -> None:
    with pytest.raises(ColumnError, match="value"):
        read({}, "value")  # type: ignore[operator]


def test_an_optional_column_may_be_left_out() -> None:
    assert optional({}, "value") is None
