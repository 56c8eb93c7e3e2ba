from __future__ import annotations

import random

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.sources.base import WORDS
from etl.sources.ledger import Columns

WORD = st.sampled_from(["", "a", "b", "c"]) | st.none()


def columns(first: list[str | None], second: list[str | None]) -> Columns:
    table = {"region_code": pa.array(first, WORDS), "indicator": pa.array(second, WORDS)}
    return Columns(pa.table(table))


@settings(deadline=None)
@given(st.lists(st.tuples(WORD, WORD), min_size=1, max_size=40))
def test_each_combination_is_looked_at_once_in_the_row_where_it_first_stands(
    rows: list[tuple[str | None, str | None]],
) -> None:
    first, second = zip(*rows, strict=True)
    found = columns(list(first), list(second)).first_of_each("region_code", "indicator")
    assert sorted(found) == sorted(rows.index(row) for row in set(rows))


def test_many_words_in_few_rows_are_no_other_case() -> None:
    of_three = columns(["a", "b", "a"], ["x", "y", "x"])
    few = Columns(of_three.table.take([1, 2]))  # all words are known still, two rows are left
    assert few.first_of_each("region_code", "indicator") == [1, 0]


def test_null_is_a_word_of_its_own() -> None:
    assert columns(["a", None, "a"], [None, None, None]).counts("region_code") == {
        ("a",): 2,
        ("",): 1,
    }


@settings(deadline=None)
@given(st.lists(st.tuples(WORD, WORD), min_size=1, max_size=40), st.randoms())
def test_an_example_is_the_same_in_whatever_order_the_rows_stand(
    rows: list[tuple[str | None, str | None]], chance: random.Random
) -> None:
    def example(ordered: list[tuple[str | None, str | None]]) -> tuple[str, str]:
        first, second = zip(*ordered, strict=True)
        table = columns(list(first), list(second))
        index = table.first_by_word(np.arange(len(ordered)), "region_code", "indicator")
        return table.word("region_code").at(index), table.word("indicator").at(index)

    shuffled = chance.sample(rows, len(rows))

    assert example(shuffled) == example(rows)
    assert example(rows) == min((first or "", second or "") for first, second in rows)
