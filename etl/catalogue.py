"""Which tables a service has: the newest of each series, and what is known of the others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.errors import Problem, SourceError
from etl.snapshots import write_atomically
from etl.sources.base import SeriesFacts
from etl.sources.page_chain import PageChain
from etl.sources.statline_metadata import tidy
from etl.sources.statline_names import has_title_of, table_ids, years_in

if TYPE_CHECKING:
    from etl.sources.odata import ODataClient

CATALOGUE = "catalogue.json"
MOST_TABLES = 100_000
"""Far more than any service lists: beyond it the catalogue does not end."""


@dataclass(frozen=True)
class Listed:
    """A table of a series in the catalogue of the service, and when it was seen there (UTC)."""

    series_id: str
    table_id: str
    title: str
    period: str
    modified: str
    metadata_modified: str
    seen_at: str


def fetch_catalogue(client: ODataClient, *, series: Sequence[SeriesFacts]) -> list[Listed]:
    """Return the tables whose title a series names, the newest of each series first."""
    url: str | None = client.catalogue_url()
    rows: list[Mapping[str, Any]] = []
    chain = PageChain(MOST_TABLES)
    while url is not None:
        chain.require_progress(url)
        document = client.fetch_document(url)
        chain.came_in(url, rows=document.rows)
        rows += document.records
        url = client.next_url(document.next_link, page_url=url) if document.next_link else None
    seen_at = datetime.now(UTC).isoformat(timespec="seconds")
    listed = [
        _listed(row, facts=facts, seen_at=seen_at)
        for row in rows
        for facts in series
        if _is_of(facts, row=row)
    ]
    return sorted(listed, key=_newness, reverse=True)


def _is_of(series: SeriesFacts, *, row: Mapping[str, Any]) -> bool:
    """Whether a table is one of a series: listed in metrics.yaml, or by its title."""
    table_id = tidy(row.get("Identifier"))
    is_table = table_ids(table_id) == [table_id]
    is_listed = table_id in series.editions
    return is_table and (is_listed or has_title_of(series, title=tidy(row.get("Title"))))


def _listed(row: Mapping[str, Any], *, facts: SeriesFacts, seen_at: str) -> Listed:
    return Listed(
        series_id=facts.series_id,
        table_id=tidy(row["Identifier"]),
        title=tidy(row.get("Title")),
        period=tidy(row.get("Period")),
        modified=tidy(row.get("Modified")),
        metadata_modified=tidy(row.get("MetaDataModified")),
        seen_at=seen_at,
    )


def _newness(listed: Listed) -> tuple[int, str]:
    """Order by the last year that a table is about, then by its id."""
    return max(years_in(f"{listed.title} {listed.period}"), default=0), listed.table_id


def newest_of(listed: Iterable[Listed], *, series: SeriesFacts) -> Listed | None:
    """Return the newest table of a series; None where the catalogue has none."""
    return next((table for table in listed if table.series_id == series.series_id), None)


def keep_catalogue(listed: Sequence[Listed], *, data: Path) -> None:
    """Remember which tables there are, so that a build can say that a newer one exists."""
    text = json.dumps({"tables": [asdict(table) for table in listed]}, indent=1, ensure_ascii=False)
    write_atomically(data / "raw" / CATALOGUE, text.encode())


def read_catalogue(data: Path) -> list[Listed]:
    """Return the tables seen by the last fetch, newest of each series first; empty if never."""
    path = data / "raw" / CATALOGUE
    if not path.exists():
        return []
    try:
        return [Listed(**row) for row in json.loads(path.read_bytes())["tables"]]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(
            Problem(
                where=f"raw/{CATALOGUE}",
                found=f"not a list of tables: {error}",
                expected="the file that `fetch` keeps",
                remedy="remove it, and run `python -m etl fetch` again",
            )
        ) from error
