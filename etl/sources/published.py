"""Files in the figures layout: shipped in data/figures, or dropped in data/inbox."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from etl.errors import Problem, SourceError
from etl.sources.base import (
    FIGURE_COLUMNS,
    FIGURE_SCHEMA,
    Loaded,
    LoadNote,
    Origin,
    Rejection,
    SourceFile,
    Vocabulary,
)
from etl.sources.delimited import below, check_place, header_words, read_bytes, read_sheet
from etl.sources.figure_cells import Cells, read_cells
from etl.sources.validation import Known, validate

FIGURES, INBOX = "figures", "inbox"
ENOUGH_WORDS = 4
"""Words of the header that make a file in the inbox one of figures, even where others miss."""


@dataclass(frozen=True)
class PublishedFigures:
    """Figures as files: those that ship with the project and those that an analyst adds."""

    name: str = "published figures"
    current_year: int | None = None

    def find(self, data: Path) -> Sequence[Path]:
        """List every CSV in data/figures, and in data/inbox those with the header of figures."""
        shipped = _csv_files(data / FIGURES)
        return [*shipped, *(path for path in _csv_files(data / INBOX) if _is_ours(path, data=data))]

    def read(self, files: Sequence[Path], *, data: Path, vocabulary: Vocabulary) -> Loaded:
        """Read and check all files; raises one SourceError with the problems of all of them."""
        problems: list[Problem] = []
        cells: dict[Path, tuple[Cells, str]] = {}
        for path in files:
            try:
                cells[path] = _read_file(path, data=data)
            except SourceError as error:
                problems.extend(error.problems)
        read = [one for one, _ in cells.values()]
        table = pa.concat_tables([FIGURE_SCHEMA.empty_table(), *(one.figures for one in read)])
        known = Known(current_year=self.current_year)
        checked = validate(table, vocabulary=vocabulary, known=known)
        problems += [problem for one in read for problem in one.problems]
        problems += checked.problems
        if problems:
            raise SourceError(problems)
        figures, unnamed = _name_sources(checked.figures)
        found = tuple(
            file
            for path, (_, digest) in cells.items()
            for file in _source_files(path, digest, figures, data=data, vocabulary=vocabulary)
        )
        notes = tuple(note for one in read for note in one.notes)
        rejections: tuple[Rejection, ...] = tuple(r for one in read for r in one.rejections)
        return Loaded(
            figures,
            files=found,
            notes=(*notes, *unnamed, *checked.notes, *_loaded(files, figures, data=data)),
            rejections=(*rejections, *checked.rejections),
        )


def _csv_files(folder: Path) -> list[Path]:
    """CSV files of a folder by name; hidden files of editors and systems are not figures."""
    if not folder.is_dir():
        return []
    found = (path for path in folder.iterdir() if path.suffix.lower() == ".csv")
    return sorted(path for path in found if not path.name.startswith((".", "~$")))


def _is_ours(path: Path, *, data: Path) -> bool:
    """Recognise a file of figures by the words of its header."""
    check_place(path, data=data)
    return len(set(header_words(path)) & set(FIGURE_COLUMNS)) >= ENOUGH_WORDS


def _read_file(path: Path, *, data: Path) -> tuple[Cells, str]:
    """Read one file into figures, with the checksum of its bytes."""
    content = read_bytes(path, data=data)
    sheet = read_sheet(content, file=below(path, data=data))
    cells = read_cells(sheet)
    notes = (*sheet.notes, *cells.notes)
    return replace(cells, notes=notes), hashlib.sha256(content).hexdigest()


def _origin(path: Path, *, data: Path) -> Origin:
    return "inbox" if path.is_relative_to(data / INBOX) else "shipped"


def _delivered_at(path: Path, *, data: Path) -> datetime | None:
    """When a file was put in the inbox; shipped files do not say when they were retrieved."""
    if _origin(path, data=data) == "shipped":
        return None
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC).replace(tzinfo=None)


def _source_files(
    path: Path, digest: str, figures: pa.Table, *, data: Path, vocabulary: Vocabulary
) -> list[SourceFile]:
    """Tell per series and edition what a file gave."""
    file = below(path, data=data)
    mine = figures.filter(pc.equal(figures["file"], file))
    counts = mine.group_by(["series_id", "edition"]).aggregate([([], "count_all")])
    return [
        SourceFile(
            series_id=row["series_id"],
            edition=row["edition"],
            file=file,
            origin=_origin(path, data=data),
            title=_title(vocabulary, series_id=row["series_id"], edition=row["edition"]),
            url=None,
            retrieved_at=_delivered_at(path, data=data),
            modified=None,
            sha256=digest,
            figures=row["count_all"],
        )
        for row in sorted(counts.to_pylist(), key=lambda row: (row["series_id"], row["edition"]))
    ]


def _title(vocabulary: Vocabulary, *, series_id: str, edition: str) -> str:
    """Title of a table, or the label of a series whose editions have no title."""
    facts = vocabulary.series[series_id]
    return f"{facts.titles[0]} ({edition})" if facts.titles else facts.label


def _name_sources(figures: pa.Table) -> tuple[pa.Table, list[LoadNote]]:
    """Name the file where a row does not name its source."""
    silent = pc.is_null(figures["source_ref"])
    position = figures.schema.get_field_index("source_ref")
    named = pc.coalesce(figures["source_ref"], figures["file"])
    counts = figures.filter(silent).group_by("file").aggregate([([], "count_all")]).to_pylist()
    detail = "figures without a source_ref: the file is named as their source"
    notes = [LoadNote(row["file"], "warned", row["count_all"], detail) for row in counts]
    return figures.set_column(position, "source_ref", named), notes


def _loaded(files: Sequence[Path], figures: pa.Table, *, data: Path) -> list[LoadNote]:
    """Count the figures of every file; a file without any is worth a warning."""
    per_file = figures.group_by("file").aggregate([([], "count_all")]).to_pylist()
    counts = {row["file"]: row["count_all"] for row in per_file}
    names = [below(path, data=data) for path in files]
    full = [LoadNote(n, "loaded", counts[n], "figures") for n in names if n in counts]
    empty = [LoadNote(n, "warned", 0, "no figures in it") for n in names if n not in counts]
    return [*full, *empty]
