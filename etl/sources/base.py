"""What a source of published figures is, and the one shape that all of them are turned into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

import pyarrow as pa

from etl.sources.codes import Kind, Remark

Origin = Literal["fetched", "inbox", "shipped"]

FIGURE_COLUMNS = (
    "series_id",
    "edition",
    "region_code",
    "region_name",
    "indicator",
    "age_group",
    "year",
    "value",
    "rounding_step",
    "ci_lower",
    "ci_upper",
    "standard_error",
    "sample_size",
    "obs_status",
    "source_ref",
    "note",
)
"""Header of a figures file: one row per published figure."""

WORDS = pa.dictionary(pa.int32(), pa.string())
"""A column of text that keeps each different text once: a million figures have few."""

FIGURE_SCHEMA = pa.schema(
    [
        ("series_id", WORDS),
        ("edition", WORDS),
        ("region_code", WORDS),
        ("region_name", WORDS),
        ("indicator", WORDS),
        ("age_group", WORDS),
        ("year", pa.int16()),
        ("value", pa.float64()),
        ("rounding_step", pa.float64()),
        ("ci_lower", pa.float64()),
        ("ci_upper", pa.float64()),
        ("standard_error", pa.float64()),
        ("sample_size", pa.int64()),
        ("obs_status", WORDS),
        ("source_ref", WORDS),
        ("note", WORDS),
        ("file", WORDS),
        ("row", pa.int64()),
    ]
)
"""Figures as every source delivers them: percent 0-100, errors and steps in percentage points."""

OBS_STATUSES = (
    "normal",
    "provisional",
    "revised_provisional",
    "estimated",
    "break",
    "unreliable",
    "suppressed",
    "missing",
    "not_applicable",
)
"""SDMX observation status, in words."""

WITHOUT_VALUE = ("suppressed", "missing", "not_applicable")
"""Statuses of a figure that has no value; every other status has one."""

REGION_CODE = r"NL01|CG[0-9]{2}|GG[0-9]{4}|GM[0-9]{4}|WK[0-9]{6}|BU[0-9]{8}"
"""Codes of the country, GGD regions, municipalities, districts and neighbourhoods."""


@dataclass(frozen=True)
class IndicatorNames:
    """By which names an indicator is delivered."""

    indicator: str
    scale: str | None
    part_of: str | None
    source_names: tuple[str, ...]
    ggd_codes: tuple[str, ...]


@dataclass(frozen=True)
class AgeBounds:
    """Youngest and oldest age of a group in years; both None where a plan does not say."""

    min_age: int | None
    max_age: int | None


@dataclass(frozen=True)
class SeriesFacts:
    """What a source must know of a series to recognise and label its figures."""

    series_id: str
    label: str
    producer: str | None
    method: str
    scale: str | None
    licence: str | None
    min_age: int
    editions: tuple[str, ...]
    titles: tuple[str, ...]
    file_keys: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Vocabulary:
    """The names that metrics.yaml and regions.csv give; an unknown one is refused, not guessed."""

    indicators: Mapping[str, IndicatorNames]
    age_groups: Mapping[str, AgeBounds]
    series: Mapping[str, SeriesFacts]
    region_names: Mapping[str, str]


@dataclass(frozen=True)
class SourceFile:
    """One file and edition that figures were read from."""

    series_id: str
    edition: str
    file: str
    origin: Origin
    title: str
    url: str | None
    retrieved_at: datetime | None
    modified: str | None
    sha256: str
    figures: int


@dataclass(frozen=True)
class LoadNote:
    """Something fixed, warned about, refused or loaded, for the load report."""

    source: str
    remark: Remark
    count: int

    @property
    def kind(self) -> Kind:
        """Whether it was loaded, fixed or warned about."""
        return self.remark.of.kind

    @property
    def detail(self) -> str:
        """What is said, in English."""
        return self.remark.english


@dataclass(frozen=True)
class Rejection:
    """A row that was refused, with its reason."""

    source: str
    row: int
    remark: Remark
    raw: str
    region_code: str | None

    @property
    def reason(self) -> str:
        """Why it was refused, in English."""
        return self.remark.english


@dataclass(frozen=True)
class ExtraRegion:
    """A district or neighbourhood that the metadata of a table names."""

    region_code: str
    region_name: str
    municipality_code: str


@dataclass(frozen=True)
class Loaded:
    """What one source delivers: figures in FIGURE_SCHEMA and an account of how they came in."""

    figures: pa.Table
    files: tuple[SourceFile, ...] = ()
    notes: tuple[LoadNote, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    regions: tuple[ExtraRegion, ...] = ()


class Source(Protocol):
    """A kind of source: which files are its own, and how they are read.

    `read` collects every problem of all its files before it raises one SourceError.
    """

    @property
    def name(self) -> str:
        """What the source is called in messages."""
        ...

    def find(self, data: Path) -> Sequence[Path]:
        """List the files of this source below the data folder, by content and not by name."""
        ...

    def read(self, files: Sequence[Path], *, data: Path, vocabulary: Vocabulary) -> Loaded:
        """Read the files into one table of figures."""
        ...
