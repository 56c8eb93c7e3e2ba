"""A chain of pages that link to each other: it may not lead back, nor go on without end."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.errors import NetworkError, Problem

MOST_EMPTY_PAGES = 20
"""Pages without a row in one chain; a service that filters page by page may give a few."""


@dataclass
class PageChain:
    """What came in of one chain so far, and the most rows that it can hold."""

    max_rows: int
    rows: int = 0
    empty_pages: int = 0
    seen: set[str] = field(default_factory=set)

    def came_in(self, url: str, *, rows: int) -> None:
        """Count a page."""
        self.seen.add(url)
        self.rows += rows
        self.empty_pages += not rows

    def require_progress(self, url: str) -> None:
        """Raise NetworkError where the page to ask for leads back, or the chain never ends."""
        found = None
        if url in self.seen:
            found = "a link back to a page that was fetched already"
        elif self.rows > self.max_rows:
            found = f"more than {self.max_rows:,} rows, and a link to yet another page"
        elif self.empty_pages > MOST_EMPTY_PAGES:
            found = f"{self.empty_pages} pages without a row, and a link to yet another page"
        if found is not None:
            raise NetworkError(
                Problem(
                    where=url,
                    found=found,
                    expected="a chain of pages that ends",
                    remedy="try again later; what was loaded before stays in use",
                )
            )
