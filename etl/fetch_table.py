"""One table of a service: whether it is here already, unchanged, or has to be downloaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from etl.errors import NetworkError, Problem, SourceError
from etl.snapshots import Manifest, Regions, present_manifest
from etl.sources.base import SeriesFacts, Vocabulary
from etl.sources.odata import ODataClient
from etl.sources.odata_answers import Document
from etl.sources.statline_metadata import INFO, tidy, version_of
from etl.sources.statline_names import expected_indicators, has_title_of
from etl.table_download import TableDownload


@dataclass(frozen=True)
class TableRequest:
    """A table to fetch; `series` None where its title must tell, `regions` None to keep as is.

    `version_seen` is Modified and MetaDataModified as the catalogue gave them just now.
    """

    table_id: str
    series: SeriesFacts | None
    regions: Regions | None
    accept_definitions: tuple[str, ...] = ()
    version_seen: tuple[str, str] | None = None
    show_progress: bool = True


@dataclass(frozen=True)
class Table:
    """What became of one table."""

    series_id: str
    table_id: str
    title: str
    outcome: Literal["fetched", "unchanged"]
    regions: Regions
    rows: int
    resumed_pages: int = 0
    warned: tuple[str, ...] = ()


def fetch_table(
    client: ODataClient, request: TableRequest, *, vocabulary: Vocabulary, data: Path
) -> Table:
    """Fetch one table, or find with one request (none after the catalogue) that it is unchanged."""
    if request.series is not None and request.version_seen is not None:
        present = _present(request, request.series, vocabulary=vocabulary, data=data)
        if present is not None and _is_version(present, request.version_seen):
            return _table(present, outcome="unchanged")
    info_url = client.table_url(request.table_id, entity=INFO, query={})
    document = client.fetch_document(info_url)
    info = _only_record(document, url=info_url)
    series = request.series or _series_of(info, request=request, vocabulary=vocabulary)
    version = version_of(info)
    present = _present(request, series, vocabulary=vocabulary, data=data)
    if present is not None and _is_version(present, version):
        return _table(present, outcome="unchanged")
    before = present_manifest(series.series_id, request.table_id, data=data)
    download = TableDownload(
        client=client,
        table_id=request.table_id,
        series=series,
        vocabulary=vocabulary,
        data=data,
        regions=request.regions or (before.regions if before else "municipalities"),
        version=version,
        accept_definitions=request.accept_definitions,
        show_progress=request.show_progress,
    )
    downloaded = download.run(info_document=document, info_url=info_url)
    return _table(
        downloaded.manifest,
        outcome="fetched",
        resumed_pages=downloaded.resumed_pages,
        warned=downloaded.warned,
    )


def _table(
    manifest: Manifest,
    *,
    outcome: Literal["fetched", "unchanged"],
    resumed_pages: int = 0,
    warned: tuple[str, ...] = (),
) -> Table:
    return Table(
        series_id=manifest.series_id,
        table_id=manifest.table_id,
        title=manifest.title,
        outcome=outcome,
        regions=manifest.regions,
        rows=manifest.rows,
        resumed_pages=resumed_pages,
        warned=warned,
    )


def _is_version(present: Manifest, version: tuple[str, str]) -> bool:
    """Whether the dates of change are those of the download, as far as they are given."""
    modified, metadata_modified = version
    same_metadata = not metadata_modified or metadata_modified == present.metadata_modified
    return bool(modified) and modified == present.modified and same_metadata


def _present(
    request: TableRequest, series: SeriesFacts, *, vocabulary: Vocabulary, data: Path
) -> Manifest | None:
    """Return the manifest of what is here if it holds all regions and indicators asked for."""
    manifest = present_manifest(series.series_id, request.table_id, data=data)
    if manifest is None:
        return None
    covers = request.regions in (None, manifest.regions) or manifest.regions == "neighbourhoods"
    wanted = expected_indicators(series, vocabulary=vocabulary)
    return manifest if covers and wanted <= set(manifest.definitions) else None


def _only_record(document: Document, *, url: str) -> Mapping[str, Any]:
    """Return the one record that describes a table."""
    if len(document.records) != 1:
        raise NetworkError(
            Problem(
                where=url,
                found=f"{len(document.records)} descriptions of the table",
                expected="one",
                remedy="check the id of the table",
            )
        )
    return document.records[0]


def _series_of(
    info: Mapping[str, Any], *, request: TableRequest, vocabulary: Vocabulary
) -> SeriesFacts:
    """Return the series that a table belongs to by its title."""
    title = tidy(info.get("Title"))
    fitting = [facts for facts in vocabulary.series.values() if has_title_of(facts, title=title)]
    if len(fitting) == 1:
        return fitting[0]
    named = [title for facts in vocabulary.series.values() for title in facts.titles]
    raise SourceError(
        Problem(
            where=f"table {request.table_id}",
            found=f"the title {title!r}",
            expected=f"a title that begins with {' or '.join(map(repr, named))}",
            remedy="name the series with --series, or add the title to series.<id>.titles",
        )
    )
