"""Downloads of the StatLine portal that an analyst put in data/inbox, recognised by content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from etl.errors import Problem, SourceError
from etl.snapshots import sha256_of
from etl.sources.base import FIGURE_SCHEMA, ExtraRegion, Loaded, LoadNote, Vocabulary
from etl.sources.codes import Remark
from etl.sources.delivery import INBOX, Delivered, load
from etl.sources.places import check_place, files_in
from etl.sources.portal_files import PortalFile, is_portal_file, read_portal_file
from etl.sources.portal_layout import named_regions, portal_layout
from etl.sources.statline_columns import Records
from etl.sources.statline_figures import Assembled, assemble
from etl.sources.validation import Known


@dataclass(frozen=True)
class _Read:
    """One file with the names of the districts and neighbourhoods in it."""

    delivered: Delivered
    regions: tuple[ExtraRegion, ...]


class Portal:
    """CSV, workbook or JSON as the portal gives them, of the untyped or the typed data."""

    name = "StatLine portal downloads"

    def find(self, data: Path) -> Sequence[Path]:
        """List the files in data/inbox with the columns of a StatLine table."""
        kinds = (".csv", ".xlsx", ".json")
        found = [path for kind in kinds for path in files_in(data / INBOX, suffix=kind)]
        return [path for path in found if is_portal_file(path, data=data)]

    def read(self, files: Sequence[Path], *, data: Path, vocabulary: Vocabulary) -> Loaded:
        """Read and check all downloads; raises one SourceError with the problems of all."""
        problems: list[Problem] = []
        read: list[_Read] = []
        for path in files:
            try:
                read.append(_read_file(path, data=data, vocabulary=vocabulary))
            except SourceError as error:
                problems += error.problems
        regions = tuple(dict.fromkeys(region for one in read for region in one.regions))
        loaded = load(
            [one.delivered for one in read],
            problems=problems,
            data=data,
            vocabulary=vocabulary,
            known=Known(regions={region.region_code: region.region_name for region in regions}),
        )
        return replace(loaded, regions=regions)


def _read_file(path: Path, *, data: Path, vocabulary: Vocabulary) -> _Read:
    """Read one download into figures; SourceError with all that is wrong with it."""
    check_place(path, data=data)
    portal_file = read_portal_file(path, data=data)
    layout, warned = portal_layout(portal_file, vocabulary=vocabulary)
    records = Records(portal_file.columns, portal_file.file, portal_file.locate)
    assembled = assemble(records, layout=layout)
    present = set(assembled.figures["region_code"].unique().to_pylist())
    regions = [r for r in named_regions(portal_file, layout=layout) if r.region_code in present]
    return _Read(
        Delivered(
            path=path,
            file=portal_file.file,
            sha256=sha256_of(path.read_bytes()),
            figures=_with_rows(assembled.figures, portal_file=portal_file),
            problems=assembled.problems,
            notes=(*portal_file.notes, *_notes(assembled, warned, file=portal_file.file)),
        ),
        tuple(regions),
    )


def _with_rows(figures: pa.Table, *, portal_file: PortalFile) -> pa.Table:
    """Number the rows as in the file: there may be empty ones between them."""
    numbers = pa.array(list(portal_file.rows), pa.int64())
    place = FIGURE_SCHEMA.get_field_index("row")
    rows = numbers.take(pc.subtract(figures["row"].combine_chunks(), 2))
    return figures.set_column(place, FIGURE_SCHEMA.field("row"), rows)


def _notes(assembled: Assembled, warned: Sequence[Remark], *, file: str) -> list[LoadNote]:
    """Say what was mended and what is missing."""
    counts = {**assembled.noted, **dict.fromkeys(warned, 1)}
    return [LoadNote(file, what, count) for what, count in counts.items()]
