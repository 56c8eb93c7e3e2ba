"""Which dimension of a StatLine table holds regions, periods, ages and margins; and the totals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from etl.errors import Problem
from etl.sources.base import REGION_CODE, SeriesFacts, Vocabulary
from etl.sources.codes import NoteCode, Remark, remark
from etl.sources.statline_metadata import (
    COUNTRY,
    REGION_TYPES,
    Entity,
    Metadata,
    dimension_names,
    tidy,
    titles_of,
)
from etl.sources.statline_names import (
    MARGINS,
    ages_in_title,
    fixed_ages,
    letters,
    resolve_ages,
    total_of,
    year_of_period,
    years_in,
)

MOST_NAMED = 6
"""Periods named in one remark: a table with quarters has many."""

_PERIOD_STATUSES = {"voorlopig": "provisional", "nadervoorlopig": "revised_provisional"}


class Reading:
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


def read_dimensions(
    metadata: Metadata, *, series: SeriesFacts, vocabulary: Vocabulary, where: str
) -> Reading:
    """Read every dimension of a table; every problem with them is collected."""
    reading = Reading(metadata, series=series, vocabulary=vocabulary, where=where)
    readers = (_read_codes, _read_region, _read_period, _read_age, _read_margin, _read_totals)
    for read in readers:
        read(reading)
    return reading


def _read_codes(reading: Reading) -> None:
    """Refuse a dimension with a record that has no code: its figures would stay away unseen."""
    for name, entity in reading.metadata.dimensions.items():
        keys = [row.get("Key") for row in entity]
        if not all(isinstance(key, str) and key.strip() for key in keys):
            reading.stop(name, found="a record without a code", expected="a Key in every record")


def _read_region(reading: Reading) -> None:
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
    elif COUNTRY not in reading.found["region_names"]:
        reading.warned.append(remark(NoteCode.TABLE_WITHOUT_COUNTRY))


def _read_period(reading: Reading) -> None:
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
    others = [f"{titles[code]} ({code})" for code, year in years_of.items() if year is None]
    if others:
        named = ", ".join([*others[:MOST_NAMED], *("…" for _ in others[MOST_NAMED:][:1])])
        reading.warned.append(remark(NoteCode.OTHER_PERIODS, periods=named))
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


def _read_age(reading: Reading) -> None:
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


def _read_fixed_age(reading: Reading) -> None:
    """Take the age group from the title, else the only one that begins where the series does."""
    groups = fixed_ages(
        reading.metadata.title, series=reading.series, vocabulary=reading.vocabulary
    )
    if len(groups) == 1:
        reading.found["fixed_age"] = groups[0]
    else:
        found = f"no dimension with ages, and age groups {groups} from {reading.series.min_age}"
        reading.stop("ages", found=found, expected="one age group that fits the series")


def _read_margin(reading: Reading) -> None:
    """Find the column with values and bounds; without one, all rows are values."""
    names = [name for name, titles in reading.titles.items() if set(titles) & set(MARGINS)]
    if len(names) > 1 or (names and "MW00000" not in reading.titles[names[0]]):
        found = f"{', '.join(names)} with {', '.join(reading.titles[names[0]])}"
        reading.stop("margins", found=found, expected="one dimension with the value MW00000")
    reading.found["margin"] = names[0] if names else None
    if not names or not set(MARGINS) <= set(reading.titles[names[0]]):
        reading.warned.append(remark(NoteCode.TABLE_WITHOUT_BOUNDS))


def _read_totals(reading: Reading) -> None:
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
