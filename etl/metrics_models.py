"""What metrics.yaml may say, as frozen models; etl/metrics.schema.json is made from them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

Id: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.+-]{0,79}$")]
Words: TypeAlias = Annotated[str, Field(pattern=r"\S", max_length=2000)]
Year: TypeAlias = Annotated[int, Field(ge=2000, le=2100)]
Age: TypeAlias = Annotated[int, Field(ge=0, le=120)]
Percentage: TypeAlias = Annotated[float, Field(ge=0, le=100)]

MUNICIPALITY_CODE = r"^GM[0-9]{4}$"
GGD_REGION_CODE = r"^GG[0-9]{4}$"
WEB_ADDRESS = r"^https://[^\s<>\"']+$"
REPORT_ADDRESS = r"^(https://[^\s<>\"']+|[\w.+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)$"

MunicipalityCode: TypeAlias = Annotated[str, Field(pattern=MUNICIPALITY_CODE)]
GgdRegionCode: TypeAlias = Annotated[str, Field(pattern=GGD_REGION_CODE)]
WebAddress: TypeAlias = Annotated[str, Field(pattern=WEB_ADDRESS, max_length=500)]
ReportAddress: TypeAlias = Annotated[str, Field(pattern=REPORT_ADDRESS, max_length=500)]


class Part(BaseModel):
    """A part of metrics.yaml: unknown fields and converted values are refused, nothing changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Text(Part):
    """Words in both languages: there is no silent fallback from one to the other."""

    nl: Words
    en: Words


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

    `source_line` may hold three placeholders: {edition}; {years}, "2020" or "2012–2020", the years
    shown; and {retrieved}, ", opgehaald 13 mei 2022" with its comma, or nothing where unknown.
    `min_age`: lowest age of the population in any wave. `ggd_breakdowns`: suffix of a variable in
    a GGD workbook to the age group it stands for.
    """

    method: Literal["model", "survey"]
    label: Text | None = None
    producer: Words | None = None
    scale: Id | None = None
    min_age: Age = 18
    editions: tuple[Words, ...] = ()
    titles: tuple[Words, ...] = ()
    file_keys: dict[Words, tuple[Words, ...]] = Field(default_factory=dict)
    ggd_breakdowns: dict[Words, Id] = Field(default_factory=dict)
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


class Baseline(Part):
    """The baseline in the words of the plan; `assumed_year` where the plan gives no year."""

    value: Percentage | None = None
    year: Year | None = None
    assumed_year: Year | None = None


class TargetValue(Part):
    """What is promised: one of value (percent), change_pp (points), change_pct (percent)."""

    value: Percentage | None = None
    change_pp: Annotated[float, Field(ge=-100, le=100)] | None = None
    change_pct: Annotated[float, Field(ge=-100, le=1000)] | None = None
    year: Year | None = None


class Revision(Part):
    """A later decision on a target; what it does not name stays as it was."""

    decided: date
    target: TargetValue
    decision: Words | None = None


class MeasuredBy(Part):
    """A series that a target is judged by; without `age_group` that of the target."""

    series: Id
    age_group: Id | None = None


class ShownFigure(Part):
    """Figures shown beside an aim, without a verdict."""

    series: Id
    indicator: Id
    age_group: Id


class Target(Part):
    """One promise; `qualitative` is an aim in words, `none` shows figures without a target."""

    id: Id
    kind: Literal["level", "change_pp", "change_pct", "maintain", "trend", "none", "qualitative"]
    indicator: Id | None = None
    age_group: Id | None = None
    baseline: Baseline | None = None
    target: TargetValue | None = None
    measured_by: tuple[MeasuredBy, ...] = ()
    figures: tuple[ShownFigure, ...] = ()
    allow_worse_than_baseline: bool = False
    revisions: tuple[Revision, ...] = ()
    label: Text | None = None
    text: Text | None = None
    explanation: Text | None = None
    quote: Words | None = None
    source: Words | None = None


class Plan(Part):
    """The plan that the targets come from."""

    title: Text | None = None
    start: Year | None = None
    end: Year | None = None
    source: Words | None = None


class Item(Part):
    """One aim, pillar, building block or meeting; `id` lets a note refer to it."""

    id: Id | None = None
    nl: Words
    en: Words


class Approach(Part):
    """What a municipality does, in its own order; partners are names of organisations."""

    aims: tuple[Item, ...] = ()
    pillars: tuple[Item, ...] = ()
    building_blocks: tuple[Item, ...] = ()
    meetings: tuple[Item, ...] = ()
    partners: tuple[Words, ...] = ()


class Municipality(Part):
    """What one municipality promised; `attributed` says why a plan is taken to be its plan."""

    name: Words | None = None
    ggd_region: GgdRegionCode | None = None
    attributed: Text | None = None
    coalition: Text | None = None
    plan: Plan | None = None
    targets: tuple[Target, ...] = ()
    approach: Approach | None = None


class Note(Part):
    """A dated note of a coalition; `about` is the id of a target, aim, pillar or building block."""

    date: date
    about: Id | None = None
    text: Words
    text_en: Words | None = None


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
