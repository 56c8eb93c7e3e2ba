from __future__ import annotations

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
