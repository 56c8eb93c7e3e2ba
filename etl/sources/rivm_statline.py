"""RIVM StatLine tables that `fetch` brought to data/raw, as figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from etl.definitions import changed_definitions
from etl.errors import Problem, SourceError
from etl.snapshots import FIGURES, MANIFEST, Manifest, read_manifest, sha256_of
from etl.sources.base import (
    FIGURE_SCHEMA,
    ExtraRegion,
    Loaded,
    LoadNote,
    SeriesFacts,
    SourceFile,
    Vocabulary,
)
from etl.sources.codes import NoteCode, Remark, remark
from etl.sources.statline_description import Described, describe
from etl.sources.statline_figures import Assembled, assemble
from etl.sources.statline_metadata import (
    INFO,
    PROPERTIES,
    REGION_TYPES,
    Metadata,
    dimension_names,
    extra_regions,
)
from etl.sources.statline_pages import read_entity, read_records
from etl.sources.validation import Known, Validated, validate


class RivmStatline:
    """Downloads below data/raw, one folder per series and table; unfinished ones do not show."""

    name = "rivm_statline"

    def find(self, data: Path) -> Sequence[Path]:
        """List the manifests of complete downloads."""
        return sorted((data / "raw").glob(f"*/*/{MANIFEST}"))

    def read(self, files: Sequence[Path], *, data: Path, vocabulary: Vocabulary) -> Loaded:
        """Verify and read every download; all problems are collected before one is raised."""
        loaded: list[Loaded] = []
        problems: list[Problem] = []
        for path in files:
            try:
                loaded.append(_read_table(path, data=data, vocabulary=vocabulary))
            except SourceError as error:
                problems += error.problems
        if problems:
            raise SourceError(problems)
        # pages of a national table take as much room as its figures: give it back at once
        pa.default_memory_pool().release_unused()
        return Loaded(
            figures=pa.concat_tables(
                [FIGURE_SCHEMA.empty_table(), *(one.figures for one in loaded)]
            ),
            files=tuple(file for one in loaded for file in one.files),
            notes=tuple(note for one in loaded for note in one.notes),
            rejections=tuple(row for one in loaded for row in one.rejections),
            regions=tuple(dict.fromkeys(region for one in loaded for region in one.regions)),
        )


def _read_table(path: Path, *, data: Path, vocabulary: Vocabulary) -> Loaded:
    """Read one download; SourceError with all that is wrong with it."""
    manifest = read_manifest(path, data=data)
    file = path.relative_to(data).as_posix()
    series = _series_of(manifest, vocabulary=vocabulary, where=file)
    metadata = _read_metadata(manifest, folder=path.parent, data=data)
    described = describe(
        metadata,
        table_id=manifest.table_id,
        series=series,
        vocabulary=vocabulary,
        where=file,
    )
    _stop_at_problems(described, manifest=manifest, data=data, where=file)
    assert described.layout is not None  # noqa: S101  there were no problems
    records = read_records(
        manifest.parts_of(FIGURES),
        columns=described.layout.columns,
        folder=path.parent,
        data=data,
        file=file,
    )
    assembled = assemble(records, layout=described.layout)
    if assembled.problems:
        raise SourceError(assembled.problems)
    regions = _regions(metadata, figures=assembled.figures)
    checked = _validated(assembled, manifest=manifest, regions=regions, vocabulary=vocabulary)
    return Loaded(
        figures=checked.figures,
        files=(_source_file(manifest, file=file, path=path, figures=len(checked.figures)),),
        notes=(*_notes(manifest, described, assembled, file=file), *checked.notes),
        rejections=checked.rejections,
        regions=tuple(regions),
    )


def _series_of(manifest: Manifest, *, vocabulary: Vocabulary, where: str) -> SeriesFacts:
    series = vocabulary.series.get(manifest.series_id)
    if series is None:
        raise SourceError(
            Problem(
                where=where,
                found=f"figures of the series {manifest.series_id!r}",
                expected=f"one of {', '.join(vocabulary.series)}",
                remedy="put the series back in metrics.yaml, or remove its folder from data/raw",
            )
        )
    return series


def _read_metadata(manifest: Manifest, *, folder: Path, data: Path) -> Metadata:
    """Read what describes the table from the pages that came with it."""

    def entity(name: str) -> list[dict[str, object]]:
        return read_entity(manifest.parts_of(name), folder=folder, data=data)

    info, properties = entity(INFO), entity(PROPERTIES)
    dimensions = {name: entity(name) for name in dimension_names(properties)}
    return Metadata(info[0] if info else {}, properties, dimensions)


def _stop_at_problems(described: Described, *, manifest: Manifest, data: Path, where: str) -> None:
    """Stop at metadata that cannot be read, or a definition that nobody has accepted."""
    texts = {name: given.definition for name, given in described.definitions.items()}
    changed = changed_definitions(texts, table_id=manifest.table_id, data=data, where=where)
    problems = [*described.problems, *changed.values()]
    if problems:
        raise SourceError(problems)


def _regions(metadata: Metadata, *, figures: pa.Table) -> list[ExtraRegion]:
    """Return the districts and neighbourhoods that there are figures of."""
    present = set(figures["region_code"].unique().to_pylist())
    return [
        region
        for name, kind in dimension_names(metadata.properties).items()
        if kind in REGION_TYPES
        for region in extra_regions(metadata.dimensions[name])
        if region.region_code in present
    ]


def _validated(
    assembled: Assembled,
    *,
    manifest: Manifest,
    regions: Sequence[ExtraRegion],
    vocabulary: Vocabulary,
) -> Validated:
    """Apply the rules that all sources share; SourceError with everything they stop at."""
    file = assembled.figures["file"][0].as_py() if len(assembled.figures) else ""
    known = Known(
        retrieved_years={file: datetime.fromisoformat(manifest.retrieved_at).year},
        regions={region.region_code: region.region_name for region in regions},
        editions={manifest.series_id: (manifest.table_id,)},
    )
    checked = validate(assembled.figures, vocabulary=vocabulary, known=known)
    if checked.problems:
        raise SourceError(checked.problems)
    return checked


def _source_file(manifest: Manifest, *, file: str, path: Path, figures: int) -> SourceFile:
    retrieved = datetime.fromisoformat(manifest.retrieved_at).replace(tzinfo=None)
    return SourceFile(
        series_id=manifest.series_id,
        edition=manifest.table_id,
        file=file,
        origin="fetched",
        title=manifest.title,
        url=manifest.url,
        retrieved_at=retrieved,
        modified=manifest.modified,
        sha256=sha256_of(path.read_bytes()),
        figures=figures,
    )


def _notes(
    manifest: Manifest, described: Described, assembled: Assembled, *, file: str
) -> list[LoadNote]:
    """Say what came in, what was mended and what is missing."""
    rows = remark(NoteCode.TABLE_ROWS, table=manifest.table_id, title=manifest.title)
    counts: dict[Remark, int] = {
        rows: manifest.rows,
        **assembled.noted,
        **dict.fromkeys((*_recognised(manifest), *described.warned), 1),
    }
    return [LoadNote(file, what, count) for what, count in counts.items()]


def _recognised(manifest: Manifest) -> list[Remark]:
    """Say which column was taken for which indicator: the numbers behind the names move."""
    return [
        remark(NoteCode.COLUMN_RECOGNISED, column=given.key, indicator=name)
        for name, given in sorted(manifest.definitions.items())
    ]
