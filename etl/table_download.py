"""The download of one table: metadata first, then its pages, then its manifest."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.definitions import accept_changed, changed_definitions, remember_definitions
from etl.errors import NetworkError, Problem, SourceError
from etl.fetch_progress import shown_progress
from etl.snapshots import (
    FIGURES,
    MANIFEST,
    MAX_ROWS,
    Manifest,
    Part,
    Regions,
    present_manifest,
    write_manifest,
)
from etl.sources.base import SeriesFacts, Vocabulary
from etl.sources.odata import ODataClient
from etl.sources.odata_answers import Document
from etl.sources.odata_download import (
    DownloadFolder,
    download_name,
    download_pages,
    download_partitions,
)
from etl.sources.statline_description import Described, describe
from etl.sources.statline_metadata import (
    INFO,
    PROPERTIES,
    Metadata,
    dimension_names,
    version_of,
)
from etl.sources.statline_names import expected_indicators
from etl.sources.statline_pages import records_of
from etl.sources.statline_questions import Questions, questions_for


@dataclass(frozen=True)
class Downloaded:
    """What came in, how many pages were here already, and what a reader must know of it."""

    manifest: Manifest
    resumed_pages: int
    warned: tuple[str, ...]


@dataclass(frozen=True)
class TableDownload:
    """The steps of one download, each of which goes on where an interrupted one stopped."""

    client: ODataClient
    table_id: str
    series: SeriesFacts
    vocabulary: Vocabulary
    data: Path
    regions: Regions
    version: tuple[str, str]
    accept_definitions: tuple[str, ...]
    show_progress: bool

    @property
    def table_folder(self) -> Path:
        """Folder of the table, with its manifest."""
        return self.data / "raw" / self.series.series_id / self.table_id

    @property
    def where(self) -> str:
        """How messages name this table."""
        return f"table {self.table_id}"

    def run(self, *, info_document: Document, info_url: str) -> Downloaded:
        """Fetch metadata, check it, fetch the pages, count them, and only then show the result."""
        folder = self._folder()
        self._forget_what_is_broken()
        info_page = folder.keep(
            info_document, entity=INFO, partition="", number=1, url=info_url, next_url=None
        )
        parts, metadata = self._metadata(folder, info=info_document.records[0])
        described = describe(
            metadata,
            table_id=self.table_id,
            series=self.series,
            vocabulary=self.vocabulary,
            where=self.where,
        )
        self._stop_at_problems(described, folder=folder)
        pages, counted = self._pages(folder, described=described, metadata=metadata)
        self._require_same_version(info_url, folder=folder)
        manifest = self._finished(
            described, metadata=metadata, parts=(info_page.part, *parts, *pages), counted=counted
        )
        self._publish(folder, manifest)
        warned = tuple(one.english for one in described.warned)
        return Downloaded(manifest, folder.resumed_pages, warned)

    def _folder(self) -> DownloadFolder:
        """Return the folder of this download, which is never the one that is in use."""
        present = present_manifest(self.series.series_id, self.table_id, data=self.data)
        name = download_name(
            self.version,
            wanted=expected_indicators(self.series, vocabulary=self.vocabulary),
            regions=self.regions,
            in_use={part.path.split("/")[0] for part in present.parts} if present else set(),
        )
        return DownloadFolder(self.table_folder / name)

    def _forget_what_is_broken(self) -> None:
        """Take a damaged download out of sight before its pages are written again."""
        manifest = self.table_folder / MANIFEST
        present = present_manifest(self.series.series_id, self.table_id, data=self.data)
        if present is None:
            manifest.unlink(missing_ok=True)

    def _metadata(
        self, folder: DownloadFolder, *, info: Mapping[str, Any]
    ) -> tuple[list[Part], Metadata]:
        """Fetch what describes the table: its columns, and every dimension they name."""
        parts, properties = self._entity(folder, PROPERTIES)
        dimensions = {}
        for name in dimension_names(properties):
            pages, dimensions[name] = self._entity(folder, name)
            parts += pages
        return parts, Metadata(info, properties, dimensions)

    def _entity(
        self, folder: DownloadFolder, entity: str
    ) -> tuple[list[Part], list[dict[str, Any]]]:
        url = self.client.table_url(self.table_id, entity=entity, query={})
        parts = download_pages(self.client, folder, first_url=url, entity=entity)
        return parts, [row for part in parts for row in records_of(folder.read(part))]

    def _stop_at_problems(self, described: Described, *, folder: DownloadFolder) -> None:
        """Stop at metadata that cannot be read, or a definition that nobody has accepted.

        Next time it is asked for anew: a producer may mend it without another date of change.
        """
        problems = list(described.problems)
        texts = {name: given.definition for name, given in described.definitions.items()}
        accept_changed(
            texts,
            indicators=self.accept_definitions,
            table_id=self.table_id,
            data=self.data,
            date=_now(),
        )
        changed = changed_definitions(
            texts, table_id=self.table_id, data=self.data, where=self.where
        )
        problems += changed.values()
        if problems:
            folder.discard()
            raise SourceError(problems)

    def _pages(
        self, folder: DownloadFolder, *, described: Described, metadata: Metadata
    ) -> tuple[list[Part], bool]:
        """Fetch all rows that become figures; True where the service has counted them too."""
        assert described.layout is not None  # noqa: S101  there were no problems
        questions = questions_for(
            described.layout, dimensions=metadata.dimensions, regions=self.regions
        )
        count = self.client.fetch_count(
            self.table_id, entity=FIGURES, row_filter=questions.all_rows
        )
        self._require_size(count)
        label = f"{self.series.series_id} {self.table_id}"
        with shown_progress(label, rows=count, is_shown=self.show_progress) as on_page:
            parts = download_partitions(
                self.client,
                folder,
                first_urls=self._first_urls(questions),
                entity=FIGURES,
                columns=frozenset(described.layout.columns),
                max_rows=MAX_ROWS if count is None else count,
                on_page=on_page,
            )
        self._require_all(parts, count=count, folder=folder)
        return parts, count is not None

    def _first_urls(self, questions: Questions) -> dict[str, str]:
        urls = {}
        for partition, row_filter in questions.partitions.items():
            query = {"$select": questions.select}
            if row_filter:
                query["$filter"] = row_filter
            urls[partition] = self.client.table_url(self.table_id, entity=FIGURES, query=query)
        return urls

    def _require_size(self, count: int | None) -> None:
        if count is not None and count > MAX_ROWS:
            raise SourceError(
                Problem(
                    where=self.where,
                    found=f"{count:,} rows",
                    expected=f"at most {MAX_ROWS:,} rows",
                    remedy="fetch municipalities only: --regions municipalities",
                )
            )

    def _require_all(self, parts: list[Part], *, count: int | None, folder: DownloadFolder) -> None:
        """Stop, and start anew next time, where pages hold other than the rows that are counted."""
        rows = sum(part.rows for part in parts)
        if rows == count or (count is None and rows):
            return
        folder.discard()
        raise NetworkError(
            Problem(
                where=self.where,
                found=f"{rows:,} rows in {len(parts)} pages",
                expected="at least one row" if count is None else f"{count:,} rows, as it counts",
                remedy="try again later; what was loaded before stays in use",
            )
        )

    def _require_same_version(self, info_url: str, *, folder: DownloadFolder) -> None:
        """Stop, and start anew next time, where the table was changed while it came in."""
        records = self.client.fetch_document(info_url).records
        now = version_of(records[0] if records else {})
        if now == self.version:
            return
        folder.discard()
        raise NetworkError(
            Problem(
                where=self.where,
                found=f"a table that was changed to {now[0]} while it was fetched",
                expected=f"one version of it, {self.version[0]}",
                remedy="fetch again; what was loaded before stays in use",
            )
        )

    def _finished(
        self, described: Described, *, metadata: Metadata, parts: tuple[Part, ...], counted: bool
    ) -> Manifest:
        return Manifest(
            series_id=self.series.series_id,
            table_id=self.table_id,
            title=metadata.title,
            modified=self.version[0],
            metadata_modified=self.version[1],
            licence=self.series.licence,
            url=f"{self.client.base_url}/ODataFeed/odata/{self.table_id}",
            retrieved_at=_now(),
            regions=self.regions,
            rows=sum(part.rows for part in parts if part.entity == FIGURES),
            rows_counted_by_service=counted,
            definitions=described.definitions,
            parts=parts,
        )

    def _publish(self, folder: DownloadFolder, manifest: Manifest) -> None:
        """Show the download to `build` in one step, then clear away earlier ones."""
        texts = {name: given.definition for name, given in manifest.definitions.items()}
        remember_definitions(
            texts,
            table_id=manifest.table_id,
            data=self.data,
            date=manifest.retrieved_at,
        )
        write_manifest(self.table_folder, manifest)
        folder.finish()
        for other in self.table_folder.iterdir():
            if other.is_dir() and other.name != folder.folder.name:
                shutil.rmtree(other)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
