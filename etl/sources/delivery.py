"""From the figures of several files to one delivery: checked together, refused together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from etl.errors import Problem, SourceError
from etl.sources.base import (
    FIGURE_SCHEMA,
    WORDS,
    Loaded,
    LoadNote,
    Origin,
    Rejection,
    SourceFile,
    Vocabulary,
)
from etl.sources.codes import NoteCode, remark
from etl.sources.ledger import Columns
from etl.sources.validation import Known, validate

INBOX = "inbox"


@dataclass(frozen=True)
class Delivered:
    """What one file gave before the rules that all sources share; `path` is below data."""

    path: Path
    file: str
    sha256: str
    figures: pa.Table
    problems: tuple[Problem, ...] = ()
    notes: tuple[LoadNote, ...] = ()
    rejections: tuple[Rejection, ...] = ()


def load(
    delivered: Sequence[Delivered],
    *,
    problems: Iterable[Problem],
    data: Path,
    vocabulary: Vocabulary,
    known: Known,
) -> Loaded:
    """Check all files together; raises one SourceError with the problems of all of them.

    `problems`: those of files that could not be read at all.
    """
    tables = [FIGURE_SCHEMA.empty_table(), *(one.figures for one in delivered)]
    checked = validate(pa.concat_tables(tables), vocabulary=vocabulary, known=known)
    found = [*problems, *(p for one in delivered for p in one.problems), *checked.problems]
    if found:
        raise SourceError(found)
    figures, unnamed = _name_sources(checked.figures)
    counts = Columns(figures).counts("file", "series_id", "edition")
    files = tuple(
        _source_file(one, key=key, figures=count, data=data, vocabulary=vocabulary)
        for one in delivered
        for key, count in sorted(counts.items())
        if key[0] == one.file
    )
    notes = (note for one in delivered for note in one.notes)
    rejections = (row for one in delivered for row in one.rejections)
    return Loaded(
        figures,
        files=files,
        notes=(*notes, *unnamed, *checked.notes, *_loaded(delivered, figures)),
        rejections=(*rejections, *checked.rejections),
    )


def _source_file(
    one: Delivered, *, key: tuple[str, ...], figures: int, data: Path, vocabulary: Vocabulary
) -> SourceFile:
    """Tell what a file gave for one series and edition."""
    _, series_id, edition = key
    facts = vocabulary.series[series_id]
    origin: Origin = "inbox" if one.path.is_relative_to(data / INBOX) else "shipped"
    return SourceFile(
        series_id=series_id,
        edition=edition,
        file=one.file,
        origin=origin,
        title=f"{facts.titles[0]} ({edition})" if facts.titles else facts.label,
        url=None,
        retrieved_at=_delivered_at(one.path) if origin == "inbox" else None,
        modified=None,
        sha256=one.sha256,
        figures=figures,
    )


def _delivered_at(path: Path) -> datetime:
    """When a file was last written, UTC: of two in the inbox the later one goes first."""
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC).replace(tzinfo=None)


def _name_sources(figures: pa.Table) -> tuple[pa.Table, list[LoadNote]]:
    """Name the file where a row does not name its source."""
    silent = pc.is_null(figures["source_ref"])
    position = figures.schema.get_field_index("source_ref")
    texts = (figures[name].cast(pa.string()) for name in ("source_ref", "file"))
    named = pc.coalesce(*texts).cast(WORDS)
    unnamed = remark(NoteCode.UNNAMED_SOURCE)
    counts = Columns(figures.filter(silent)).counts("file")
    notes = [LoadNote(file, unnamed, count) for (file,), count in counts.items()]
    return figures.set_column(position, "source_ref", named), notes


def _loaded(delivered: Sequence[Delivered], figures: pa.Table) -> list[LoadNote]:
    """Count the figures of every file; a file without any is worth a warning."""
    counts = {file: count for (file,), count in Columns(figures).counts("file").items()}
    names = [one.file for one in delivered]
    figures_in, none = remark(NoteCode.FIGURES), remark(NoteCode.NO_FIGURES)
    full = [LoadNote(name, figures_in, counts[name]) for name in names if name in counts]
    empty = [LoadNote(name, none, 0) for name in names if name not in counts]
    return [*full, *empty]
