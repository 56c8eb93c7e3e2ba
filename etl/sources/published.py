"""Files in the figures layout: shipped in data/figures, or dropped in data/inbox."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.errors import Problem, SourceError
from etl.sources.base import FIGURE_COLUMNS, Loaded, Vocabulary
from etl.sources.delimited import header_words, read_sheet
from etl.sources.delivery import INBOX, Delivered, load
from etl.sources.figure_cells import read_cells
from etl.sources.places import below, files_in, is_plain, read_bytes
from etl.sources.validation import Known

FIGURES = "figures"
ENOUGH_WORDS = 3
"""Words of the header that make a file in the inbox one of figures, even where others miss."""


@dataclass(frozen=True)
class PublishedFigures:
    """Figures as files: those that ship with the project and those that an analyst adds.

    `current_year`: no wave can be later; None for the year of today.
    """

    name: str = "published figures"
    current_year: int | None = None

    def find(self, data: Path) -> Sequence[Path]:
        """List every CSV in data/figures, and in data/inbox those with the header of figures."""
        shipped = files_in(data / FIGURES, suffix=".csv")
        dropped = files_in(data / INBOX, suffix=".csv")
        return [*shipped, *(path for path in dropped if _is_ours(path, data=data))]

    def read(self, files: Sequence[Path], *, data: Path, vocabulary: Vocabulary) -> Loaded:
        """Read and check all files; raises one SourceError with the problems of all of them."""
        problems: list[Problem] = []
        delivered: list[Delivered] = []
        for path in files:
            try:
                delivered.append(_read_file(path, data=data))
            except SourceError as error:
                problems.extend(error.problems)
        known = Known(current_year=self.current_year)
        return load(delivered, problems=problems, data=data, vocabulary=vocabulary, known=known)


def _is_ours(path: Path, *, data: Path) -> bool:
    """Recognise a file by the words of its header; what is no plain file is refused on reading."""
    if not is_plain(path, data=data):
        return True
    return len(set(header_words(path)) & set(FIGURE_COLUMNS)) >= ENOUGH_WORDS


def _read_file(path: Path, *, data: Path) -> Delivered:
    """Read one file into figures."""
    content = read_bytes(path, data=data)
    file = below(path, data=data)
    sheet = read_sheet(content, file=file)
    cells = read_cells(sheet)
    return Delivered(
        path,
        file,
        hashlib.sha256(content).hexdigest(),
        cells.figures,
        problems=cells.problems,
        notes=(*sheet.notes, *cells.notes),
        rejections=cells.rejections,
    )
