"""Everything that comes in from files: all sources read, all their problems collected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from etl.errors import InputError, Problem, SourceError
from etl.metrics import read_metrics, read_names
from etl.metrics_models import Metrics
from etl.metrics_rules import unused_rules
from etl.paths import Paths
from etl.sources.base import FIGURE_SCHEMA, Loaded, LoadNote, Rejection, Source, Vocabulary
from etl.sources.codes import NoteCode, remark
from etl.sources.lists import Listed, read_quoted_figures, read_regions
from etl.sources.present import has_deliveries
from etl.template import FICTIONAL
from etl.vocabulary import vocabulary

T = TypeVar("T")

SOURCE_FILES = pa.schema(
    [
        ("series_id", pa.string()),
        ("edition", pa.string()),
        ("file", pa.string()),
        ("origin", pa.string()),
        ("title", pa.string()),
        ("url", pa.string()),
        ("retrieved_at", pa.timestamp("us")),
        ("modified", pa.string()),
        ("sha256", pa.string()),
        ("figures", pa.int64()),
    ]
)
LOAD_NOTES = pa.schema(
    [
        ("source", pa.string()),
        ("kind", pa.string()),
        ("count", pa.int64()),
        ("code", pa.string()),
        ("facts", pa.string()),
        ("detail", pa.string()),
    ]
)
REJECTED_ROWS = pa.schema(
    [
        ("source", pa.string()),
        ("row", pa.int64()),
        ("code", pa.string()),
        ("facts", pa.string()),
        ("reason", pa.string()),
        ("raw", pa.string()),
        ("region_code", pa.string()),
    ]
)
EXTRA_REGIONS = pa.schema(
    [
        ("region_code", pa.string()),
        ("region_name", pa.string()),
        ("municipality_code", pa.string()),
    ]
)


NEWEST_TABLES = pa.schema(
    [("series_id", pa.string()), ("edition", pa.string()), ("modified", pa.string())]
)


@dataclass(frozen=True)
class Intake:
    """All that was read, before SQL decides which figure is in use."""

    metrics: Metrics
    regions: Listed
    quoted_figures: Listed
    newest_tables: pa.Table
    loaded: tuple[Loaded, ...]

    @property
    def rows(self) -> int:
        """How many rows were read, taken or refused, of all files together."""
        return sum(one.figures.num_rows + len(one.rejections) for one in self.loaded)

    def tables(self) -> dict[str, pa.Table]:
        """Return the raw tables under the names that staging reads."""
        figures = [one.figures.cast(FIGURE_SCHEMA) for one in self.loaded]
        accounts: list[Loaded | Listed] = [*self.loaded, self.regions, self.quoted_figures]
        return {
            "raw_regions": self.regions.table,
            "raw_quoted_figures": self.quoted_figures.table,
            "raw_newest_tables": self.newest_tables,
            "raw_figures": pa.concat_tables(figures) if figures else FIGURE_SCHEMA.empty_table(),
            "raw_sources": _rows([f for one in self.loaded for f in one.files], SOURCE_FILES),
            "raw_load_notes": _load_notes(
                [
                    *(n for one in accounts for n in one.notes),
                    *(n for one in self.loaded for n in _invented(one)),
                    *_unused(self.metrics),
                ]
            ),
            "raw_rejected_rows": _rejected_rows([r for one in accounts for r in one.rejections]),
            "raw_extra_regions": _rows(
                [r for one in self.loaded for r in one.regions], EXTRA_REGIONS
            ),
        }


def _unused(metrics: Metrics) -> list[LoadNote]:
    """Say which rules of metrics.yaml are about nothing that it defines."""
    codes = {"breaks": NoteCode.UNUSED_BREAK, "near_age_groups": NoteCode.UNUSED_NEAR_GROUP}
    rules = unused_rules(metrics)
    return [LoadNote("metrics.yaml", remark(codes[rule], name=name), 1) for rule, name in rules]


def _invented(loaded: Loaded) -> list[LoadNote]:
    """Say which files of the inbox still hold rows of the example that the template comes with."""
    if not any(file.origin == "inbox" for file in loaded.files):
        return []
    said_by = (loaded.figures[name].cast(pa.string()) for name in ("source_ref", "note"))
    invented = pc.or_kleene(*(pc.equal(column, FICTIONAL) for column in said_by))
    counted = Counter(loaded.figures.filter(invented)["file"].to_pylist())
    said = remark(NoteCode.INVENTED_FIGURES)
    return [LoadNote(file, said, count) for file, count in counted.items()]


def _load_notes(notes: Sequence[LoadNote]) -> pa.Table:
    rows = [
        {"source": note.source, "kind": note.kind, "count": note.count, "detail": note.detail}
        | {"code": note.remark.of.code, "facts": note.remark.json}
        for note in notes
    ]
    return pa.Table.from_pylist(rows, schema=LOAD_NOTES)


def _rejected_rows(rejections: Sequence[Rejection]) -> pa.Table:
    rows = [
        {"source": one.source, "row": one.row, "raw": one.raw, "region_code": one.region_code}
        | {"code": one.remark.of.code, "facts": one.remark.json, "reason": one.reason}
        for one in rejections
    ]
    return pa.Table.from_pylist(rows, schema=REJECTED_ROWS)


def _rows(items: Sequence[object], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pylist([asdict(item) for item in items], schema=schema)  # type: ignore[call-overload]


class _Problems:
    """Collects what is wrong in several steps, so that a user mends everything at once."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def attempt(self, step: Callable[[], T]) -> T | None:
        """Run a step; keep its problems instead of stopping."""
        try:
            return step()
        except InputError as error:
            self._found.extend(error.problems)
            return None

    def stop_if_any(self) -> None:
        """Raise one error with everything that was collected."""
        if self._found:
            raise SourceError(self._found)


def take_in(sources: Iterable[Source], *, paths: Paths) -> Intake:
    """Read metrics.yaml, the lists and all sources; raise one error with everything to mend."""
    problems = _Problems()
    regions = problems.attempt(lambda: read_regions(paths.regions, data=paths.data))
    readable = paths.regions if regions else None
    metrics = problems.attempt(
        lambda: read_metrics(paths.metrics, notes=paths.notes, regions=readable)
    )
    stated = metrics or read_names(paths.metrics)
    if stated is None:
        problems.stop_if_any()
        raise AssertionError("a step failed without a problem")
    words = vocabulary(stated, _names(regions) if regions else {})
    quoted = problems.attempt(
        lambda: read_quoted_figures(paths.quoted_figures, data=paths.data, vocabulary=words)
    )
    newest = problems.attempt(lambda: _newest_tables(paths))
    loaded = _read(sources, paths=paths, words=words, problems=problems)
    problems.stop_if_any()
    if regions is None or metrics is None or quoted is None or newest is None:
        raise AssertionError("a step failed without a problem")
    return Intake(metrics, regions, quoted, newest, loaded)


def _newest_tables(paths: Paths) -> pa.Table:
    """Return the newest table of each series that the last fetch saw in the catalogue."""
    if not paths.raw.is_dir():
        return NEWEST_TABLES.empty_table()
    from etl.catalogue import read_catalogue  # loads what reads tables of the service

    newest: dict[str, dict[str, str]] = {}
    for table in read_catalogue(paths.data):
        row = {"series_id": table.series_id, "edition": table.table_id, "modified": table.modified}
        newest.setdefault(table.series_id, row)
    return pa.Table.from_pylist(list(newest.values()), schema=NEWEST_TABLES)


def _names(regions: Listed) -> dict[str, str]:
    codes, names = regions.table["region_code"], regions.table["region_name"]
    return dict(zip(codes.to_pylist(), names.to_pylist(), strict=True))


def _read(
    sources: Iterable[Source], *, paths: Paths, words: Vocabulary, problems: _Problems
) -> tuple[Loaded, ...]:
    """Read every source that has files; what no source recognises is refused."""
    loaded: list[Loaded] = []
    claimed: set[Path] = set()
    for source in sources:
        files = problems.attempt(partial(source.find, paths.data)) or ()
        claimed.update(files)
        if files:
            step = partial(source.read, files, data=paths.data, vocabulary=words)
            loaded += [one] if (one := problems.attempt(step)) else []
    problems.attempt(partial(_refuse_unclaimed, claimed, paths=paths))
    return tuple(loaded)


def _refuse_unclaimed(claimed: Collection[Path], *, paths: Paths) -> None:
    """Raise for files in the inbox that no source recognises: nothing dropped is ignored."""
    if not has_deliveries(paths.data):
        return
    from etl.sources.unclaimed import explain_unclaimed  # loads the readers of workbooks

    if problems := explain_unclaimed(paths.data, claimed=claimed):
        raise SourceError(problems)
