"""Figures of GGDs as Swing workbooks in data/inbox: the import layout and the cube layout."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.errors import Problem, SourceError
from etl.findings import one_of
from etl.sources.base import Loaded, SeriesFacts, Vocabulary
from etl.sources.delivery import INBOX, Delivered, load
from etl.sources.places import below, check_place, files_in, is_plain
from etl.sources.swing_figures import SwingFigures
from etl.sources.swing_layouts import is_cube, is_import, read_layout
from etl.sources.validation import Known
from etl.sources.workbooks import read_workbook

SERIES = "ggd_monitor"


@dataclass(frozen=True)
class GgdSwing:
    """Workbooks that a GGD makes for Swing, recognised by their sheets and columns.

    `current_year`: no wave can be later; None for the year of today.
    """

    name: str = "GGD Swing workbooks"
    current_year: int | None = None

    def find(self, data: Path) -> Sequence[Path]:
        """List the workbooks in data/inbox that have one of the two layouts."""
        found = files_in(data / INBOX, suffix=".xlsx")
        return [path for path in found if _is_ours(path, data=data)]

    def read(self, files: Sequence[Path], *, data: Path, vocabulary: Vocabulary) -> Loaded:
        """Read and check all workbooks; raises one SourceError with the problems of all."""
        series = _series(files, data=data, vocabulary=vocabulary)
        problems: list[Problem] = []
        delivered: list[Delivered] = []
        for path in files:
            try:
                delivered.append(_read_file(path, data=data, series=series, vocabulary=vocabulary))
            except SourceError as error:
                problems.extend(error.problems)
        known = Known(current_year=self.current_year)
        return load(delivered, problems=problems, data=data, vocabulary=vocabulary, known=known)


def _is_ours(path: Path, *, data: Path) -> bool:
    """Recognise a workbook by its headers; one that cannot be opened is nobody's."""
    if not is_plain(path, data=data):
        return False
    try:
        sheets = read_workbook(path, file=below(path, data=data), rows=1)
    except SourceError:
        return False
    return is_import(sheets) or is_cube(sheets)


def _series(files: Sequence[Path], *, data: Path, vocabulary: Vocabulary) -> SeriesFacts:
    """The series that GGD figures belong to."""
    facts = vocabulary.series.get(SERIES)
    if facts is None or not facts.editions:
        found = f"figures of a GGD, but no series {SERIES} with an edition"
        expected = f"one of the series: {one_of(vocabulary.series)}"
        remedy = f"Add the series {SERIES} to metrics.yaml, or take the file out of the inbox."
        where = below(files[0], data=data)
        raise SourceError(Problem(where, found, expected, remedy))
    return facts


def _read_file(path: Path, *, data: Path, series: SeriesFacts, vocabulary: Vocabulary) -> Delivered:
    """Read one workbook into figures."""
    check_place(path, data=data)
    file = below(path, data=data)
    delivery = read_layout(read_workbook(path, file=file), file=file)
    swing = SwingFigures(delivery, file, series, vocabulary)
    figures = swing.table()
    return Delivered(
        path,
        file,
        hashlib.sha256(path.read_bytes()).hexdigest(),
        figures,
        problems=swing.all_problems(),
        notes=tuple(swing.notes()),
        rejections=tuple(swing.rejections),
    )
