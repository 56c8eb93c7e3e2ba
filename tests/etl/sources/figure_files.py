"""Small figure files and the words that they may use, for the tests of the sources."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pytest

from etl.errors import SourceError
from etl.sources.base import (
    FIGURE_COLUMNS,
    FIGURE_SCHEMA,
    AgeBounds,
    IndicatorNames,
    Loaded,
    SeriesFacts,
    Vocabulary,
)
from etl.sources.published import PublishedFigures

HEADER = ",".join(FIGURE_COLUMNS)
YEAR_OF_THE_TESTS = 2026

FIGURE: dict[str, object] = {
    "series_id": "ggd_monitor",
    "edition": "published",
    "region_code": "GM0160",
    "region_name": "",
    "indicator": "lonely",
    "age_group": "18+",
    "year": 2020,
    "value": "38.5",
    "rounding_step": "",
    "ci_lower": "35",
    "ci_upper": "42",
    "standard_error": "",
    "sample_size": "900",
    "obs_status": "normal",
    "source_ref": "report",
    "note": "",
}
"""A figure without fault, to be changed in one place by each test."""

REGION_NAMES = {
    "NL01": "Nederland",
    "GG1009": "GGD IJsselland",
    "GM0160": "Hardenberg",
    "GM0397": "Heemstede",
    "GM0489": "Barendrecht",
    "GM1783": "Westland",
    "GM1900": "Súdwest-Fryslân",
}


def _indicator(
    name: str, *, scale: str = "djg_11", part_of: str | None = None, code: str = ""
) -> IndicatorNames:
    return IndicatorNames(name, scale, part_of, (), (code,) if code else ())


def _series(
    name: str, *, scale: str = "djg_11", min_age: int = 18, editions: tuple[str, ...]
) -> SeriesFacts:
    return SeriesFacts(
        series_id=name,
        label=f"label of {name}",
        producer="producer",
        method="survey",
        scale=scale,
        licence=None,
        min_age=min_age,
        editions=editions,
        titles=(),
        file_keys={},
    )


VOCABULARY = Vocabulary(
    indicators={
        "lonely": _indicator("lonely", code="GGEES217"),
        "severely_lonely": _indicator("severely_lonely", part_of="lonely", code="GGEES209"),
        "lonely_6item": _indicator("lonely_6item", scale="djg_6"),
    },
    age_groups={
        "18+": AgeBounds(18, None),
        "19+": AgeBounds(19, None),
        "18-24": AgeBounds(18, 24),
        "18-64": AgeBounds(18, 64),
        "65+": AgeBounds(65, None),
        "16-25": AgeBounds(16, 25),
        "youth": AgeBounds(None, None),
    },
    series={
        "ggd_monitor": _series("ggd_monitor", editions=("published",)),
        "rivm_smap": _series("rivm_smap", editions=("50150NED", "50090NED")),
        "young": _series("young", scale="djg_6", min_age=16, editions=("50140NED",)),
        "school": _series("school", min_age=12, editions=("published",)),
    },
    region_names=REGION_NAMES,
)


def line(**changes: object) -> str:
    """Write one row of a figures file; each test changes only what it is about."""
    cells = {**FIGURE, **changes}
    return ",".join(str(cells[name]) for name in FIGURE_COLUMNS)


def text(*lines: str) -> str:
    """Write a figures file."""
    return "\n".join((HEADER, *lines)) + "\n"


def drop(
    data: Path, content: str | bytes, *, name: str = "ours.csv", folder: str = "inbox"
) -> Path:
    """Put a file in a folder of a data folder."""
    path = data / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def load(data: Path, *, vocabulary: Vocabulary = VOCABULARY) -> Loaded:
    """Find and read the figure files of a data folder."""
    source = PublishedFigures(current_year=YEAR_OF_THE_TESTS)
    return source.read(source.find(data), data=data, vocabulary=vocabulary)


def load_lines(data: Path, *lines: str) -> Loaded:
    """Read one file with these rows."""
    drop(data, text(*lines))
    return load(data)


def refusal(data: Path, *lines: str) -> str:
    """Read one file with these rows and return the message with which it is refused."""
    if lines:
        drop(data, text(*lines))
    with pytest.raises(SourceError) as caught:
        load(data)
    return str(caught.value)


def notes(loaded: Loaded, kind: str) -> list[str]:
    """Return what a delivery says of one kind, with counts."""
    return [f"{note.count} {note.detail}" for note in loaded.notes if note.kind == kind]


def reasons(loaded: Loaded) -> list[tuple[int, str]]:
    """Return row and reason of every rejected row."""
    return [(row.row, row.reason) for row in loaded.rejections]


def table(*figures: Mapping[str, object]) -> pa.Table:
    """Make a table in FIGURE_SCHEMA from figures that differ in a few places from a good one."""
    good: dict[str, object] = {
        "series_id": "ggd_monitor",
        "edition": "published",
        "region_code": "GM0160",
        "indicator": "lonely",
        "age_group": "18+",
        "year": 2020,
        "value": 38.5,
        "rounding_step": 0.1,
        "ci_lower": 35.0,
        "ci_upper": 42.0,
        "obs_status": "normal",
        "source_ref": "report",
        "file": "a.csv",
    }
    rows = [{**good, "row": n, **figure} for n, figure in enumerate(figures, start=2)]
    return pa.Table.from_pylist(rows, schema=FIGURE_SCHEMA)
