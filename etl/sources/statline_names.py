"""Which topic, age, year and region a name or code of a StatLine table stands for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.errors import Problem
from etl.sources.base import SeriesFacts, Vocabulary

LONELINESS = "eenza"
"""What every topic about loneliness has in its name: eenzaam, eenzame, eenzaamheid."""

VALUE, LOWER, UPPER = 0, 1, 2
MARGINS = {"MW00000": VALUE, "MOG0095": LOWER, "MBG0095": UPPER}
"""Codes of the value and of the bounds of its 95% interval."""

CODED_AGES = {"20300": (18, None), "53115": (18, 64), "80200": (65, None)}
"""Age codes of files that come without their metadata; where there is a title, it must agree."""

_TABLE_ID = re.compile(r"(?<![0-9])[0-9]{5}NED(?![A-Za-z0-9])")
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_CODE = re.compile(r"[A-Z]{0,3}[0-9]{3,7}")
_TOTAL = re.compile(r"T[0-9]+")
_PERIOD = re.compile(r"([0-9]{4})JJ00")
_AND_OVER = re.compile(r"([0-9]+) jaar (?:of|en) ouder")
_TO = re.compile(r"([0-9]+) tot ([0-9]+) jaar")
_TO_AND_WITH = re.compile(r"([0-9]+) (?:tot en met|t/m) ([0-9]+) jaar")


@dataclass(frozen=True)
class Topic:
    """A column with figures of one indicator; `decimals` as declared, None where not declared."""

    key: str
    indicator: str
    decimals: int | None = None


@dataclass(frozen=True)
class NamedTopic:
    """A column as a table announces it; `title` is None where only the header is known."""

    key: str
    title: str | None = None
    decimals: int | None = None


def letters(text: str) -> str:
    """Return only the letters of a name, in small letters and without accents."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(character for character in plain if character.isalpha()).casefold()


def topic_name(key: str) -> str:
    """Return a topic key without the number behind it, which moves with every edition."""
    return re.sub(r"_[0-9]+$", "", key)


def resolve_topics(
    named: Sequence[NamedTopic], *, series: SeriesFacts, vocabulary: Vocabulary, where: str
) -> tuple[list[Topic], list[Problem]]:
    """Find the column of every indicator on the scale of a series, by name and by title.

    A loneliness-like name that is no indicator's, a title that contradicts the name, an indicator
    with two columns or with none: a problem each.
    """
    aliases = _aliases(series, vocabulary=vocabulary)
    topics: list[Topic] = []
    problems: list[Problem] = []
    for topic in named:
        indicator = aliases.get(letters(topic_name(topic.key)))
        by_title = indicator if topic.title is None else aliases.get(letters(topic.title))
        if indicator is not None and indicator == by_title:
            topics.append(Topic(topic.key, indicator, topic.decimals))
        elif indicator is not None or _is_about_loneliness(topic):
            problems.append(_unknown_topic(topic, series=series, known=indicator, where=where))
    problems += _not_exactly_one(topics, expected=set(aliases.values()), where=where)
    return topics, problems


def _aliases(series: SeriesFacts, *, vocabulary: Vocabulary) -> dict[str, str]:
    """Return indicator by the letters of each name it has in tables on the scale of a series."""
    return {
        letters(alias): names.indicator
        for names in vocabulary.indicators.values()
        if names.scale is not None and names.scale == series.scale
        for alias in names.source_names
    }


def expected_indicators(series: SeriesFacts, *, vocabulary: Vocabulary) -> set[str]:
    """Return the indicators that every table of a series must have."""
    return set(_aliases(series, vocabulary=vocabulary).values())


def _is_about_loneliness(topic: NamedTopic) -> bool:
    return LONELINESS in letters(topic_name(topic.key)) or LONELINESS in letters(topic.title or "")


def _unknown_topic(
    topic: NamedTopic, *, series: SeriesFacts, known: str | None, where: str
) -> Problem:
    title = "" if topic.title is None else f" with the title {topic.title!r}"
    named = f"the name of {known}" if known else "a name that is no indicator's"
    return Problem(
        where=f"{where}, topic {topic.key}",
        found=f"{topic_name(topic.key)!r}{title}: {named}, so it may measure something else",
        expected=f"name and title of one indicator on the scale {series.scale!r}",
        remedy=(
            "read its definition; if it is one of the indicators, add the name (and the title, "
            "where it differs) to indicators.<indicator>.source_names in metrics.yaml"
        ),
    )


def _not_exactly_one(topics: Sequence[Topic], *, expected: set[str], where: str) -> list[Problem]:
    """Return a problem for every indicator without a column or with more than one."""
    problems = []
    for indicator in sorted(expected):
        keys = [topic.key for topic in topics if topic.indicator == indicator]
        if len(keys) != 1:
            found = f"columns {', '.join(keys)}" if keys else "no column with one of its names"
            problems.append(
                Problem(
                    where=f"{where}, indicator {indicator}",
                    found=found,
                    expected="one column",
                    remedy=(
                        "compare the header with indicators.<indicator>.source_names in "
                        "metrics.yaml, or download the table with all its loneliness topics"
                    ),
                )
            )
    return problems


def table_ids(text: str) -> list[str]:
    """Return the table ids that a text holds, each once."""
    return sorted(set(_TABLE_ID.findall(text)))


def years_in(text: str) -> list[int]:
    """Return the years from 2000 that a title names, each once, in order."""
    return sorted({int(year) for year in _YEAR.findall(text)})


def year_of_period(code: str) -> int | None:
    """Return the year of a period code such as 2016JJ00; None for any other period."""
    match = _PERIOD.fullmatch(code)
    return int(match[1]) if match else None


def ages_in_title(title: str) -> tuple[int, int | None] | None:
    """Return youngest and oldest age that a Dutch title names: '18 tot 65 jaar' is 18 to 64."""
    text = " ".join(title.lower().split())
    if match := _TO_AND_WITH.search(text):
        return int(match[1]), int(match[2])
    if match := _TO.search(text):
        return int(match[1]), int(match[2]) - 1
    if match := _AND_OVER.search(text):
        return int(match[1]), None
    return None


def age_group_of(ages: tuple[int, int | None], *, vocabulary: Vocabulary) -> str | None:
    """Return the age group with exactly these bounds; None where metrics.yaml has none."""
    for age_group, bounds in vocabulary.age_groups.items():
        if (bounds.min_age, bounds.max_age) == ages:
            return age_group
    return None


def resolve_ages(
    titles: Mapping[str, str | None], *, vocabulary: Vocabulary, where: str
) -> tuple[dict[str, str], list[str], list[Problem]]:
    """Return age group by code, the codes of ages that metrics.yaml does not have, problems."""
    known: dict[str, str] = {}
    others: list[str] = []
    problems = []
    for code, title in titles.items():
        coded = CODED_AGES.get(code)
        named = coded if title is None else ages_in_title(title)
        if named is None or (coded is not None and coded != named):
            problems.append(_unknown_age(code, title=title, where=where))
            continue
        age_group = age_group_of(named, vocabulary=vocabulary)
        if age_group is None:
            others.append(code)
        else:
            known[code] = age_group
    return known, others, problems


def _unknown_age(code: str, *, title: str | None, where: str) -> Problem:
    return Problem(
        where=f"{where}, age {code}",
        found="no title" if title is None else f"the title {title!r}",
        expected=f"ages in words, or one of the codes {', '.join(CODED_AGES)}",
        remedy="look the code up at the producer; a changed meaning needs a new reader",
    )


def fixed_ages(title: str, *, series: SeriesFacts, vocabulary: Vocabulary) -> list[str]:
    """Return the age groups that a table without ages may be about.

    That is the one in its title, else those that begin at the youngest age of the series.
    """
    named = ages_in_title(title)
    if named is not None:
        age_group = age_group_of(named, vocabulary=vocabulary)
        return [] if age_group is None else [age_group]
    return [
        age_group
        for age_group, bounds in vocabulary.age_groups.items()
        if bounds.min_age == series.min_age
    ]


def is_code(text: str) -> bool:
    """Whether a text has the form of a code in a dimension: T009002, 3000, MW00000."""
    return _CODE.fullmatch(text) is not None


def total_of(titles: Mapping[str, str]) -> str | None:
    """Return the code of the total in a dimension: a T with digits, and 'totaal' in its title."""
    codes = [code for code in titles if _TOTAL.fullmatch(code)]
    named = [code for code in codes if not titles[code] or "totaal" in titles[code].lower()]
    return named[0] if len(named) == 1 else None


def has_title_of(series: SeriesFacts, *, title: str) -> bool:
    """Whether a table title begins with one of the titles that a series names, by letters only."""
    return any(letters(title).startswith(letters(named)) for named in series.titles)
