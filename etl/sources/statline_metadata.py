"""What the metadata of a StatLine table says: which column holds what, and what codes mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.errors import Problem
from etl.snapshots import Definition, Regions
from etl.sources.base import REGION_CODE, ExtraRegion, SeriesFacts, Vocabulary
from etl.sources.codes import NoteCode, Remark, remark
from etl.sources.statline_layout import Layout
from etl.sources.statline_names import (
    MARGINS,
    NamedTopic,
    ages_in_title,
    fixed_ages,
    has_title_of,
    letters,
    resolve_ages,
    resolve_topics,
    total_of,
    year_of_period,
    years_in,
)

Entity = Sequence[Mapping[str, Any]]

INFO = "TableInfos"
PROPERTIES = "DataProperties"
REGION_TYPES = ("GeoDimension", "GeoDetail")
DIMENSION_TYPES = ("Dimension", "TimeDimension", *REGION_TYPES)
PREFIXES: dict[Regions, tuple[str, ...]] = {
    "municipalities": ("NL", "CG", "GG", "GM"),
    "neighbourhoods": ("NL", "CG", "GG", "GM", "WK", "BU"),
}

_PERIOD_STATUSES = {"voorlopig": "provisional", "nadervoorlopig": "revised_provisional"}


@dataclass(frozen=True)
class Metadata:
    """The entities that describe a table, as delivered; `dimensions` by the name of the column."""

    info: Mapping[str, Any]
    properties: Entity
    dimensions: Mapping[str, Entity]

    @property
    def title(self) -> str:
        """Title of the table."""
        return tidy(self.info.get("Title"))


@dataclass(frozen=True)
class Described:
    """Layout of a table, the definition of each of its indicators, and what stops the load."""

    layout: Layout | None
    definitions: Mapping[str, Definition]
    warned: tuple[Remark, ...]
    problems: tuple[Problem, ...]


def tidy(text: object) -> str:
    """Return a name with single spaces and composed characters; empty for a missing one."""
    return " ".join(unicodedata.normalize("NFC", str(text or "")).split())


def version_of(info: Mapping[str, Any]) -> tuple[str, str]:
    """Return when the figures and the metadata of a table were changed, as the service says."""
    return tidy(info.get("Modified")), tidy(info.get("MetaDataModified"))


def dimension_names(properties: Entity) -> dict[str, str]:
    """Return the type of each dimension of a table, by the name of its column."""
    return {
        str(row.get("Key", "")).strip(): str(row["Type"])
        for row in properties
        if row.get("Type") in DIMENSION_TYPES
    }


def titles_of(entity: Entity) -> dict[str, str]:
    """Return title by code of a dimension, both without spaces around them."""
    return {str(row.get("Key", "")).strip(): tidy(row.get("Title")) for row in entity}


def describe(
    metadata: Metadata, *, table_id: str, series: SeriesFacts, vocabulary: Vocabulary, where: str
) -> Described:
    """Read the metadata of a table; every problem in it is collected."""
    named, descriptions = _topics(metadata.properties)
    topics, problems = resolve_topics(named, series=series, vocabulary=vocabulary, where=where)
    if table_id not in series.editions and not has_title_of(series, title=metadata.title):
        problems.append(_other_title(metadata, series=series, where=where))
    reading = _Reading(metadata, series=series, vocabulary=vocabulary, where=where)
    for read in (_read_region, _read_period, _read_age, _read_margin, _read_totals):
        read(reading)
    problems += reading.problems
    if problems:
        return Described(None, {}, (), tuple(problems))
    definitions = {topic.indicator: descriptions[topic.key] for topic in topics}
    layout = Layout(series=series, table_id=table_id, topics=tuple(topics), **reading.found)
    return Described(layout, definitions, tuple(reading.warned), ())


def _topics(properties: Entity) -> tuple[list[NamedTopic], dict[str, Definition]]:
    """Return the topics of a table with their titles, and what each is said to measure."""
    named, descriptions = [], {}
    for row in properties:
        if row.get("Type") == "Topic":
            key, title = str(row.get("Key", "")).strip(), tidy(row.get("Title"))
            given = str(row.get("Decimals") or "").strip()
            decimals = int(given) if given.isdigit() else None
            named.append(NamedTopic(key, title, decimals))
            text = str(row.get("Description") or "")
            descriptions[key] = Definition(key, title, text, decimals)
    return named, descriptions


def _other_title(metadata: Metadata, *, series: SeriesFacts, where: str) -> Problem:
    return Problem(
        where=f"{where}, title",
        found=repr(metadata.title),
        expected=f"a title that begins with {' or '.join(map(repr, series.titles)) or 'nothing'}",
        remedy=(
            "another population or scale belongs in a series of its own; if it is the same, add "
            f"the title to series.{series.series_id}.titles in metrics.yaml"
        ),
    )


class _Reading:
    """The dimensions of a table while they are read: what was found, and what is wrong."""

    def __init__(
        self, metadata: Metadata, *, series: SeriesFacts, vocabulary: Vocabulary, where: str
    ) -> None:
        self.metadata = metadata
        self.series = series
        self.vocabulary = vocabulary
        self.where = where
        self.types = dimension_names(metadata.properties)
        self.titles = {name: titles_of(entity) for name, entity in metadata.dimensions.items()}
        self.found: dict[str, Any] = {}
        self.warned: list[Remark] = []
        self.problems: list[Problem] = []

    def stop(self, what: str, *, found: str, expected: str) -> None:
        """Keep a problem with the metadata."""
        remedy = "look at the table at the producer; a new kind of dimension needs a new reader"
        self.problems.append(Problem(f"{self.where}, {what}", found, expected, remedy))

    def of_type(self, *kinds: str) -> list[str]:
        """Return the dimensions of one type, or of several."""
        return [name for name, given in self.types.items() if given in kinds]


def _read_region(reading: _Reading) -> None:
    """Find the column with regions, and their names."""
    names = reading.of_type(*REGION_TYPES)
    if len(names) != 1:
        found = ", ".join(names) or "none"
        reading.stop("dimension with regions", found=found, expected="one GeoDimension")
        return
    titles = reading.titles.get(names[0], {})
    reading.found["region"] = names[0]
    reading.found["region_names"] = {
        code: title.removesuffix(" (gemeente)")
        for code, title in titles.items()
        if title and re.fullmatch(REGION_CODE, code)
    }
    if not reading.found["region_names"]:
        reading.stop(names[0], found="no region code", expected="codes such as GM1783")


def _read_period(reading: _Reading) -> None:
    """Find the column with years; without one, the year in the title is that of all figures."""
    names = reading.of_type("TimeDimension")
    if not names:
        info = reading.metadata.info
        years = years_in(reading.metadata.title) or years_in(tidy(info.get("Period")))
        if len(years) != 1:
            found = f"years {years} in the title {reading.metadata.title!r}"
            reading.stop("year", found=found, expected="one year, as there are no periods")
        reading.found["fixed_year"] = years[0] if years else None
        return
    titles = reading.titles.get(names[0], {})
    years_of = {code: year_of_period(code) for code in titles}
    reading.found["period"] = names[0]
    reading.found["years"] = {code: year for code, year in years_of.items() if year is not None}
    reading.found["provisional"] = _provisional(reading.metadata.dimensions.get(names[0], ()))
    if not reading.found["years"] or len(names) > 1:
        found = f"{', '.join(names)} with {', '.join(titles) or 'no periods'}"
        reading.stop("periods", found=found, expected="one TimeDimension with years as 2016JJ00")


def _provisional(periods: Entity) -> dict[str, str]:
    """Return obs_status of the periods that are marked provisional, by a star or in words."""
    found = {}
    for row in periods:
        stars = len(tidy(row.get("Title"))) - len(tidy(row.get("Title")).rstrip("*"))
        words = _PERIOD_STATUSES.get(letters(str(row.get("Status") or "")))
        status = {1: "provisional", 2: "revised_provisional"}.get(stars, words)
        if status is not None:
            found[str(row.get("Key", "")).strip()] = status
    return found


def _read_age(reading: _Reading) -> None:
    """Find the column with ages; without one, all figures are of the age group of the series."""
    names = [name for name in reading.of_type("Dimension") if _is_age(name, reading.titles)]
    if len(names) > 1:
        reading.stop("ages", found=", ".join(names), expected="one dimension with ages")
    elif names:
        titles = reading.titles[names[0]]
        known, others, problems = resolve_ages(
            titles, vocabulary=reading.vocabulary, where=reading.where
        )
        reading.problems += problems
        reading.found |= {"age": names[0], "age_groups": known, "ignored_ages": tuple(others)}
        reading.warned += [remark(NoteCode.OTHER_AGES, ages=titles[code]) for code in others]
        if not known:
            reading.stop(names[0], found=str(titles), expected="an age group of metrics.yaml")
    else:
        _read_fixed_age(reading)
    ages = [*reading.found.get("age_groups", {}).values(), reading.found.get("fixed_age")]
    for age_group in ages:
        bounds = reading.vocabulary.age_groups.get(age_group or "")
        if bounds and bounds.min_age is not None and bounds.min_age < reading.series.min_age:
            expected = f"{reading.series.min_age} and older, as {reading.series.series_id} is"
            reading.stop("ages", found=f"the age group {age_group}", expected=expected)


def _is_age(name: str, titles_by_name: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether a dimension is about age, by its name or because every title is an age."""
    titles = titles_by_name.get(name, {})
    all_ages = bool(titles) and all(ages_in_title(title) is not None for title in titles.values())
    return all_ages or letters(name).startswith("leeftijd")


def _read_fixed_age(reading: _Reading) -> None:
    """Take the age group from the title, else the only one that begins where the series does."""
    groups = fixed_ages(
        reading.metadata.title, series=reading.series, vocabulary=reading.vocabulary
    )
    if len(groups) == 1:
        reading.found["fixed_age"] = groups[0]
    else:
        found = f"no dimension with ages, and age groups {groups} from {reading.series.min_age}"
        reading.stop("ages", found=found, expected="one age group that fits the series")


def _read_margin(reading: _Reading) -> None:
    """Find the column with values and bounds; without one, all rows are values."""
    names = [name for name, titles in reading.titles.items() if set(titles) & set(MARGINS)]
    if len(names) > 1 or (names and "MW00000" not in reading.titles[names[0]]):
        found = f"{', '.join(names)} with {', '.join(reading.titles[names[0]])}"
        reading.stop("margins", found=found, expected="one dimension with the value MW00000")
    reading.found["margin"] = names[0] if names else None
    if not names or not set(MARGINS) <= set(reading.titles[names[0]]):
        reading.warned.append(remark(NoteCode.TABLE_WITHOUT_BOUNDS))


def _read_totals(reading: _Reading) -> None:
    """Keep the total of every dimension that is neither region, period, age nor margin."""
    taken = {reading.found.get(name) for name in ("region", "period", "age", "margin")}
    totals = {}
    for name in reading.of_type("Dimension"):
        if name not in taken:
            total = total_of(reading.titles.get(name, {}))
            if total is None:
                codes = ", ".join(list(reading.titles.get(name, {}))[:5]) or "no codes"
                reading.stop(name, found=codes, expected="one code for the total, such as T009002")
            else:
                totals[name] = total
    reading.found["totals"] = totals


def extra_regions(entity: Entity) -> list[ExtraRegion]:
    """Return the districts and neighbourhoods of a dimension with the municipality of each.

    The first four digits of their code are those of the municipality; where the dimension gives
    a municipality code, that one counts.
    """
    found = []
    for row in entity:
        code = str(row.get("Key", "")).strip()
        if code[:2] in ("WK", "BU") and re.fullmatch(REGION_CODE, code):
            given = str(row.get("Municipality") or "").strip()
            municipality = given if re.fullmatch(r"GM[0-9]{4}", given) else f"GM{code[2:6]}"
            found.append(ExtraRegion(code, tidy(row.get("Title")) or code, municipality))
    return found
