"""From the service of a producer to data/raw: the only step that touches the network."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from filelock import FileLock, Timeout

from etl.catalogue import fetch_catalogue, keep_catalogue, newest_of
from etl.errors import InputError, NetworkError, Problem, SourceError, visible
from etl.fetch_table import Table, TableRequest, fetch_table
from etl.metrics import read_metrics
from etl.paths import Paths
from etl.snapshots import Regions
from etl.sources.base import SeriesFacts, Vocabulary
from etl.sources.odata import ODataClient, Patience
from etl.sources.statline_names import table_ids
from etl.vocabulary import vocabulary

DEFAULT_BASE_URL = "https://dataderden.cbs.nl"


@dataclass(frozen=True)
class FetchOptions:
    """What to fetch, from where, to which data folder.

    `regions` None keeps what an earlier download of the table has, municipalities for a new one.
    """

    data: Path
    vocabulary: Vocabulary
    series: str | None = None
    table: str | None = None
    regions: Regions | None = None
    base_url: str = DEFAULT_BASE_URL
    accept_definitions: tuple[str, ...] = ()
    patience: Patience | None = None
    show_progress: bool = True


@dataclass(frozen=True)
class FetchReport:
    """What came in, how many requests it took and how long, in seconds."""

    tables: tuple[Table, ...]
    requests: int
    seconds: float
    not_in_catalogue: tuple[str, ...] = ()


def fetch(options: FetchOptions) -> FetchReport:
    """Bring the newest table of each series, or one table, to data/raw; nothing if unchanged."""
    started = time.perf_counter()
    client = ODataClient(options.base_url, patience=options.patience)
    series = _chosen_series(options)
    raw = options.data / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    tables: list[Table] = []
    failures: list[SourceError | NetworkError] = []
    with _only_one(raw):
        for wanted in _wanted(options, client=client, series=series):
            try:
                tables.append(
                    fetch_table(client, wanted, vocabulary=options.vocabulary, data=options.data)
                )
            except (SourceError, NetworkError) as error:
                failures.append(error)
    client.close()
    if failures:
        raise _all_of(failures)
    missing = _not_in_catalogue(series, fetched=tables, options=options)
    seconds = time.perf_counter() - started
    return FetchReport(tuple(tables), client.requests_made, seconds, missing)


def _all_of(failures: Sequence[SourceError | NetworkError]) -> SourceError | NetworkError:
    """Return every problem with every table; what the user can mend decides the exit status."""
    problems = [problem for failure in failures for problem in failure.problems]
    is_input = any(isinstance(failure, SourceError) for failure in failures)
    return SourceError(problems) if is_input else NetworkError(problems)


def _chosen_series(options: FetchOptions) -> list[SeriesFacts]:
    """Return the series to fetch: one that was named, or all that a service has tables of."""
    known = options.vocabulary.series
    if options.series is not None and options.series not in known:
        _refuse("--series", found=options.series, expected=f"one of {', '.join(known)}")
    if options.table is not None and table_ids(options.table) != [options.table]:
        _refuse("--table", found=options.table, expected="the id of a table, such as 50150NED")
    for accepted in options.accept_definitions:
        if accepted not in options.vocabulary.indicators:
            names = ", ".join(options.vocabulary.indicators)
            _refuse("--accept-definition", found=accepted, expected=f"one of {names}")
    if options.series is not None:
        return [known[options.series]]
    return _with_tables(options)


def _with_tables(options: FetchOptions) -> list[SeriesFacts]:
    """Return the series that a service has tables of; its catalogue is kept for all of them."""
    return [facts for facts in options.vocabulary.series.values() if facts.titles]


def _refuse(option: str, *, found: str, expected: str) -> NoReturn:
    remedy = "correct the option, or add what it names to metrics.yaml"
    raise InputError(Problem(option, found=repr(found), expected=expected, remedy=remedy))


def _wanted(
    options: FetchOptions, *, client: ODataClient, series: Sequence[SeriesFacts]
) -> list[TableRequest]:
    """Return the table that was named, or the newest of each series in the catalogue."""
    if options.table is not None:
        return [_request(options, table_id=options.table, series=_series_named(options))]
    listed = fetch_catalogue(client, series=_with_tables(options))
    keep_catalogue(listed, data=options.data)
    newest = [newest_of(listed, series=facts) for facts in series]
    return [
        _request(
            options,
            table_id=table.table_id,
            series=options.vocabulary.series[table.series_id],
            version_seen=(table.modified, table.metadata_modified),
        )
        for table in newest
        if table is not None
    ]


def _not_in_catalogue(
    series: Sequence[SeriesFacts], *, fetched: Sequence[Table], options: FetchOptions
) -> tuple[str, ...]:
    """Return the series without a table; SourceError where one was asked for, or none is left."""
    if options.table is not None:
        return ()
    present = {table.series_id for table in fetched}
    missing = [facts for facts in series if facts.series_id not in present]
    if missing and (options.series is not None or not fetched):
        raise SourceError(
            Problem(
                where=f"catalogue of {options.base_url}, series {facts.series_id}",
                found="no table with one of its titles",
                expected=f"a title that begins with {' or '.join(map(repr, facts.titles))}",
                remedy=(
                    f"correct series.{facts.series_id}.titles in metrics.yaml, or name the table: "
                    "`python -m etl fetch --table ID`"
                ),
            )
            for facts in missing
        )
    return tuple(facts.series_id for facts in missing)


def _series_named(options: FetchOptions) -> SeriesFacts | None:
    """Return the series of a table that metrics.yaml lists; None where its title must tell."""
    if options.series is not None:
        return options.vocabulary.series[options.series]
    listing = [f for f in options.vocabulary.series.values() if options.table in f.editions]
    return listing[0] if len(listing) == 1 else None


def _request(
    options: FetchOptions,
    *,
    table_id: str,
    series: SeriesFacts | None,
    version_seen: tuple[str, str] | None = None,
) -> TableRequest:
    return TableRequest(
        table_id=table_id,
        series=series,
        regions=options.regions,
        accept_definitions=options.accept_definitions,
        version_seen=version_seen,
        show_progress=options.show_progress,
    )


@contextmanager
def _only_one(raw: Path) -> Iterator[None]:
    """Hold the folder for one fetch; the lock ends with the process, however it ends."""
    try:
        with FileLock(raw / "fetch.lock", timeout=1):
            yield
    except Timeout as timeout:
        raise InputError(
            Problem(
                where=str(raw),
                found="another fetch is running",
                expected="one at a time",
                remedy="wait until it is ready, or stop that process, and fetch again",
            )
        ) from timeout


def fetch_command(arguments: argparse.Namespace, *, paths: Paths) -> int:
    """Run `python -m etl fetch` and say what came in."""
    report = fetch(
        FetchOptions(
            data=paths.data,
            vocabulary=vocabulary(read_metrics(paths.metrics, notes=None), {}),
            series=arguments.series,
            table=arguments.table,
            regions=arguments.regions,
            base_url=arguments.base_url or DEFAULT_BASE_URL,
            accept_definitions=tuple(arguments.accept_definition),
        )
    )
    print(format_report(report))
    return 0


def format_report(report: FetchReport) -> str:
    """Return a line per table, and what to do next."""
    lines = [_line(table) for table in report.tables]
    lines += [f"{name}: no table in the catalogue" for name in report.not_in_catalogue]
    lines.append(f"{report.requests} requests, {report.seconds:.1f} s")
    if any(table.outcome == "fetched" for table in report.tables):
        lines.append("Next: python -m etl build")
    return "\n".join(lines)


def _line(table: Table) -> str:
    if table.outcome == "unchanged":
        return f"{table.series_id} {table.table_id}: unchanged since the last fetch"
    resumed = f", {table.resumed_pages} pages were here already" if table.resumed_pages else ""
    warned = "".join(f"\n  note: {warning}" for warning in table.warned)
    return (
        f"{table.series_id} {table.table_id}: {table.rows:,} rows of {table.regions}{resumed}"
        f"\n  {visible(table.title)}{visible(warned)}"
    )
