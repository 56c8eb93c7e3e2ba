"""When a chain of pages is followed further, and when not."""

from __future__ import annotations

import pytest

from etl.errors import NetworkError
from etl.sources.page_chain import MOST_EMPTY_PAGES, PageChain


def test_a_chain_may_hold_as_many_rows_as_were_counted() -> None:
    chain = PageChain(max_rows=20)
    chain.came_in("a", rows=10)
    chain.came_in("b", rows=10)
    chain.require_progress("c")  # an empty last page
    chain.came_in("c", rows=1)
    with pytest.raises(NetworkError, match="more than 20 rows"):
        chain.require_progress("d")


def test_a_chain_may_not_lead_back() -> None:
    chain = PageChain(max_rows=20)
    chain.came_in("a", rows=10)
    with pytest.raises(NetworkError, match="a link back"):
        chain.require_progress("a")


def test_a_few_pages_without_a_row_are_followed_and_no_more() -> None:
    chain = PageChain(max_rows=20)
    for number in range(MOST_EMPTY_PAGES):
        chain.came_in(f"empty {number}", rows=0)
        chain.came_in(f"row {number}", rows=1)
        chain.require_progress("next")
    chain.came_in("one more", rows=0)
    with pytest.raises(NetworkError, match=f"{MOST_EMPTY_PAGES + 1} pages without a row"):
        chain.require_progress("next")
