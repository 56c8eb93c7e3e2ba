"""Pages of a table to disk, so that an interrupted download goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path

from etl.errors import NetworkError, Problem
from etl.snapshots import MAX_ROWS, Part, columns_path, sha256_of, write_atomically
from etl.sources.odata import ODataClient
from etl.sources.odata_answers import Document, Page
from etl.sources.page_chain import PageChain
from etl.sources.page_columns import to_bytes

JOURNAL = "journal.jsonl"
AT_A_TIME = 4
"""Chains of pages followed at once: polite to a service that everybody shares."""


@dataclass(frozen=True)
class KeptPage:
    """A page on disk, with the address of the page after it."""

    part: Part
    next_url: str | None


class StoppedError(Exception):
    """Another partition failed, so this one does not go on."""


class DownloadFolder:
    """Pages of one download, and a journal with a line for each page that is complete."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.resumed_pages = 0
        self._writing = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)

    def kept(self, first_url: str, *, entity: str, partition: str) -> list[KeptPage]:
        """Return the pages of a partition that are complete on disk, in order.

        None of them counts when the first was asked differently, and none after a damaged one.
        """
        pages: list[KeptPage] = []
        expected_url: str | None = first_url
        for page in self._journal(entity, partition):
            if page.part.url != expected_url or not self._is_intact(page.part):
                break
            pages.append(page)
            expected_url = page.next_url
        self.resumed_pages += len(pages)
        return pages

    def read(self, part: Part) -> bytes:
        """Return the content of a page on disk."""
        return (self.folder / Path(part.path).name).read_bytes()

    def keep(
        self,
        page: Page,
        *,
        entity: str,
        partition: str,
        number: int,
        url: str,
        next_url: str | None,
    ) -> KeptPage:
        """Write a page, then its line in the journal: a page without a line does not count.

        Beside it come its columns as they were read, so that `build` need not read them again.
        """
        name = "-".join(filter(None, (entity, partition, f"{number:04d}"))) + ".json"
        checksum, columns = sha256_of(page.content), b""
        if page.columns is not None:
            columns = to_bytes(page.columns, page_sha256=checksum)
        part = Part(
            path=f"{self.folder.name}/{name}",
            entity=entity,
            partition=partition,
            url=url,
            retrieved_at=datetime.now(UTC).isoformat(timespec="seconds"),
            sha256=checksum,
            bytes=len(page.content),
            rows=page.rows,
            columns_sha256=sha256_of(columns) if columns else "",
        )
        write_atomically(self.folder / name, page.content)
        if columns:
            columns_path(self.folder / name).write_bytes(columns)
        line = json.dumps({"part": asdict(part), "next_url": next_url})
        with self._writing, (self.folder / JOURNAL).open("a", encoding="utf-8") as journal:
            journal.write(line + "\n")
        return KeptPage(part, next_url)

    def finish(self) -> None:
        """Remove the journal of a complete download."""
        (self.folder / JOURNAL).unlink(missing_ok=True)

    def discard(self) -> None:
        """Remove everything, so that the next download starts anew."""
        shutil.rmtree(self.folder)

    def _journal(self, entity: str, partition: str) -> Iterable[KeptPage]:
        """Return the last line of each page of a partition, in the order of their numbers."""
        path = self.folder / JOURNAL
        pages: dict[str, KeptPage] = {}
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            try:
                content = json.loads(line)
                page = KeptPage(Part(**content["part"]), content["next_url"])
            except (ValueError, KeyError, TypeError):
                break  # the line that was being written when the process was killed
            if (page.part.entity, page.part.partition) == (entity, partition):
                pages[page.part.path] = page
        return [pages[path] for path in sorted(pages)]

    def _is_intact(self, part: Part) -> bool:
        path = self.folder / Path(part.path).name
        return path.is_file() and sha256_of(path.read_bytes()) == part.sha256


def download_name(
    version: tuple[str, str], *, wanted: Collection[str], regions: str, in_use: Collection[str]
) -> str:
    """Name a folder after the version of a table and what is asked of it.

    A table without a date of change has the same name in every version: then it is another than
    the one in use, so that a download that fails takes nothing away.
    """
    identity = "|".join((*version, *sorted(wanted)))
    digest = hashlib.sha256(identity.encode()).hexdigest()[:8]
    modified = re.sub(r"[^0-9A-Za-z]+", "", version[0])[:20] or "undated"
    name = f"{modified}-{digest}-{regions}"
    return f"{name}-again" if name in in_use else name


def download_pages(
    client: ODataClient,
    folder: DownloadFolder,
    *,
    first_url: str,
    entity: str,
    partition: str = "",
    columns: frozenset[str] = frozenset(),
    max_rows: int = MAX_ROWS,
    on_page: Callable[[int], object] = lambda rows: None,
    stop: threading.Event | None = None,
) -> list[Part]:
    """Follow a chain of pages to its end; pages already on disk are not asked for again."""
    pages = folder.kept(first_url, entity=entity, partition=partition)
    chain = PageChain(max_rows)
    for page in pages:
        chain.came_in(page.part.url, rows=page.part.rows)
        on_page(page.part.rows)
    url = pages[-1].next_url if pages else first_url
    while url is not None:
        if stop is not None and stop.is_set():
            raise StoppedError
        chain.require_progress(url)
        delivered = client.fetch_page(url, columns=columns)
        if isinstance(delivered, Document):
            _require_columns(delivered, columns=columns, url=url)
        link = delivered.next_link
        next_url = client.next_url(link, page_url=url) if link else None
        page = folder.keep(
            delivered,
            entity=entity,
            partition=partition,
            number=len(pages) + 1,
            url=url,
            next_url=next_url,
        )
        pages.append(page)
        chain.came_in(url, rows=page.part.rows)
        on_page(page.part.rows)
        url = next_url
    return [page.part for page in pages]


def _require_columns(document: Document, *, columns: frozenset[str], url: str) -> None:
    """Raise NetworkError where a record lacks a column that was asked for."""
    if not columns:
        return
    try:
        deque(map(itemgetter(*columns), document.records), maxlen=0)
    except KeyError:
        number, absent = next(
            (number, columns - record.keys())
            for number, record in enumerate(document.records, start=1)
            if not columns <= record.keys()
        )
        raise NetworkError(
            Problem(
                where=f"{url}, record {number}",
                found=f"no {', '.join(sorted(absent))}",
                expected="every column that the metadata of the table lists",
                remedy="try again later; if it stays so, the table differs from its metadata",
            )
        ) from None


def download_partitions(
    client: ODataClient,
    folder: DownloadFolder,
    *,
    first_urls: Mapping[str, str],
    entity: str,
    columns: frozenset[str],
    max_rows: int,
    on_page: Callable[[int], object],
) -> list[Part]:
    """Download several chains of pages, a few at a time; the first failure stops the others."""
    stop = threading.Event()
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        chains = [
            pool.submit(
                download_pages,
                client,
                folder,
                first_url=url,
                entity=entity,
                partition=partition,
                columns=columns,
                max_rows=max_rows,
                on_page=on_page,
                stop=stop,
            )
            for partition, url in first_urls.items()
        ]
        try:
            for chain in as_completed(chains):
                chain.result()
        finally:
            stop.set()  # all are done, or one failed and the others need not go on
            pool.shutdown(wait=True, cancel_futures=True)
    return [part for chain in chains for part in chain.result()]
