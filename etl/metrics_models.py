"""What metrics.yaml may say, as frozen models; etl/metrics.schema.json is made from them."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import ConfigDict, Field, model_validator

from etl.metrics_parts import (
    Age,
    Id,
    MunicipalityCode,
    Part,
    ReportAddress,
    Text,
    WebAddress,
    Words,
    Year,
)
from etl.municipality_models import Municipality, Note


class Scale(Part):
    """A loneliness scale; figures on different scales are never compared."""

    label: Text | None = None
    definition: Text | None = None


class Indicator(Part):
    """What is measured.

    `source_names`: topic names in RIVM tables without the trailing number. `ggd_codes`: variable
    names in GGD workbooks. `also_called`: the word that municipalities use for it. `people`: the
    people counted, in words that put them first, for in a sentence.
    """

    direction: Literal["decrease", "increase"]
    unit: Literal["percent"] = "percent"
    scale: Id | None = None
    part_of: Id | None = None
    source_names: tuple[Words, ...] = ()
    ggd_codes: tuple[Words, ...] = ()
    label: Text | None = None
    definition: Text | None = None
    also_called: Text | None = None
    people: Text | None = None


class AgeGroup(Part):
    """An age group; without bounds where a plan does not say which ages it means."""

    min_age: Age | None = None
    max_age: Age | None = None
    label: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_no_bounds(cls, value: object) -> object:
        return {} if value is None else value


class Series(Part):
    """One producer, method, population and scale; figures of two series are never joined.

    `source_line` may hold four placeholders: {edition}; {years}, "2020" or "2012–2020", the years
    shown; {retrieved}, ", opgehaald 13 mei 2022" with its comma, or nothing where unknown; {build}.
    `min_age`: lowest age of the population in any wave. `file_keys`: columns by which a file that
    names no table is recognised; a period such as 2024JJ00 among them is the year of a table that
    has no periods.
    """

    method: Literal["model", "survey"]
    label: Text | None = None
    producer: Words | None = None
    scale: Id | None = None
    min_age: Age = 18
    editions: tuple[Words, ...] = ()
    titles: tuple[Words, ...] = ()
    file_keys: dict[Words, tuple[Words, ...]] = Field(default_factory=dict)
    design_effect: Annotated[float, Field(ge=1, le=100)] = 1.5
    typical_sample_size: Annotated[int, Field(ge=1, le=100_000_000)] | None = None
    licence: Words | None = None
    population: Text | None = None
    source_line: Text | None = None


class Wave(Part):
    """A year of measurement that needs a word of explanation."""

    exceptional: bool = False
    label: Text | None = None


class NextWave(Part):
    """The next regular wave, and the year its results are expected."""

    year: Year
    results_expected: Year | None = None


class Break(Part):
    """A break between two waves of a series; without `indicators` it is for all of them."""

    series: Id
    indicators: tuple[Id, ...] | None = None
    between: tuple[Year, Year]
    severity: Literal["minor", "major"]
    reason: Text | None = None


class Comparability(Part):
    """Which age groups differ in their lowest age alone, and where series break."""

    near_age_groups: tuple[tuple[Id, ...], ...] = ()
    breaks: tuple[Break, ...] = ()


class Link(Part):
    """A link with its words; the address may differ per language."""

    label: Text
    url: WebAddress
    url_en: WebAddress | None = None


class Site(Part):
    """This installation: its name, where errors are reported, where people find help."""

    name: Text | None = None
    publisher: Words | None = None
    report_error_address: ReportAddress | None = None
    help: Link | None = None
    privacy_url: WebAddress | None = None
    default_municipality: MunicipalityCode | None = None


class Metrics(Part):
    """All of metrics.yaml, and the notes of coalitions beside it."""

    model_config = ConfigDict(title="metrics.yaml")

    version: Literal[1] = 1
    demo: bool = False
    site: Site = Site()
    scales: dict[Id, Scale] = Field(default_factory=dict)
    indicators: dict[Id, Indicator] = Field(default_factory=dict)
    age_groups: dict[Id, AgeGroup] = Field(default_factory=dict)
    series: dict[Id, Series] = Field(default_factory=dict)
    waves: dict[Year, Wave] = Field(default_factory=dict)
    next_wave: NextWave | None = None
    comparability: Comparability = Comparability()
    municipalities: dict[MunicipalityCode, Municipality] = Field(default_factory=dict)
    notes: dict[MunicipalityCode, tuple[Note, ...]] = Field(default_factory=dict)


Notes: TypeAlias = dict[MunicipalityCode, tuple[Note, ...]]
"""All of data/notes.yaml."""
