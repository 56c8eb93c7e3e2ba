"""Rules on metrics.yaml as a whole: parts that must agree with each other.

They run on whatever parts are valid by themselves, so that one typing error hides no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from etl.findings import Finding, Location, nearest, quoted
from etl.metrics_models import AgeGroup, Break, Metrics, Series
from etl.metrics_parts import Text
from etl.name_rules import Data, broken_name_rules, names_of, unknown_name
from etl.selection import select
from etl.target_rules import broken_target_rules
from etl.validation import piece

AGES_IN_NAME = re.compile(r"(\d{1,3})(?:\+|-(\d{1,3}))")
PLACEHOLDERS = ("edition", "years", "retrieved", "build")
UnusedRule: TypeAlias = tuple[Literal["breaks", "near_age_groups"], str]
"""A rule of comparability, and the word in it that metrics.yaml does not define."""

TYPING_ERROR = 0.8
"""From this likeness to a defined word on, an undefined one in a break is a typing error."""


class KnownRegion(NamedTuple):
    """A region of regions.csv: what it is called, and its GGD region, blank where not known."""

    name: str
    ggd_region: str


def broken_rules(data: Data, *, regions: Mapping[str, KnownRegion]) -> Iterator[Finding]:
    """Give what is wrong between the parts of metrics.yaml, by location."""
    yield from broken_name_rules(data)
    yield from _age_groups(data)
    yield from _near_age_groups(data)
    yield from _breaks(data)
    yield from _series(data)
    if regions:
        yield from _regions(data, regions)
    yield from broken_target_rules(data)


def unused_rules(metrics: Metrics) -> list[UnusedRule]:
    """Give the rules of comparability that are about nothing this file defines."""
    breaks: list[UnusedRule] = [
        ("breaks", indicator)
        for a_break in metrics.comparability.breaks
        for indicator in a_break.indicators or ()
        if indicator not in metrics.indicators
    ]
    groups = {group for near in metrics.comparability.near_age_groups for group in near}
    undefined = sorted(groups - set(metrics.age_groups))
    return [*breaks, *(("near_age_groups", group) for group in undefined)]


def _age_groups(data: Data) -> Iterator[Finding]:
    for location, value in select(data, "age_groups.*"):
        group = piece(AgeGroup, value)
        if group is None:
            continue
        low, high = group.min_age, group.max_age
        if low is not None and high is not None and low > high:
            found = f"min_age {low} above max_age {high}"
            yield Finding(found, "the youngest age first", "swap the two", location=location)
        named = AGES_IN_NAME.fullmatch(str(location[-1]))
        in_name = (int(named[1]), int(named[2]) if named[2] else None) if named else None
        if in_name and (low, high) not in (in_name, (None, None)):
            yield Finding(
                f"ages {low} to {high} under the name {quoted(location[-1])}",
                "the ages that the name says",
                "correct the ages or the name",
                location=location,
            )


def _near_age_groups(data: Data) -> Iterator[Finding]:
    known = names_of(data, "age_groups")
    for location, groups in select(data, "comparability.near_age_groups.*"):
        bounds = set()
        for position, word in enumerate(groups if isinstance(groups, tuple) else ()):
            if word in known:
                bounds.add(piece(AgeGroup, data["age_groups"][word]))  # type: ignore[index]
            elif isinstance(word, str) and not AGES_IN_NAME.fullmatch(word):
                yield unknown_name(word, "age_groups", known, (*location, position))
        ages = [group for group in bounds if group is not None]
        lowest = [group.min_age for group in ages if group.min_age is not None]
        if len(ages) > 1 and (
            len({group.max_age for group in ages}) > 1
            or len(lowest) < len(ages)
            or max(lowest) - min(lowest) > 1
        ):
            yield Finding(
                f"{', '.join(str(group) for group in groups)} as near",  # type: ignore[attr-defined]
                "groups that differ by one year in their lowest age alone",
                "remove the group that is another population",
                location=location,
            )


def _breaks(data: Data) -> Iterator[Finding]:
    known = names_of(data, "indicators")
    seen: dict[tuple[object, ...], int] = {}
    for location, value in select(data, "comparability.breaks.*"):
        for inner, word in select(value, "indicators.*"):
            if isinstance(word, str) and word not in known and _is_typing_error(word, known):
                yield unknown_name(word, "indicators", known, (*location, *inner))
        a_break = piece(Break, value)
        if a_break is None:
            continue
        before, after = a_break.between
        if before >= after:
            found = f"a break between {before} and {after}"
            yield Finding(found, "the earlier year first", "swap the two", location=location)
        for indicator in known if a_break.indicators is None else a_break.indicators:
            key = (a_break.series, indicator, before, after)
            if key in seen:
                found = f"a second break for {indicator} between {before} and {after}"
                yield Finding(found, "one break each", "remove one of them", location=location)
            seen[key] = 1


def _is_typing_error(word: str, known: list[str]) -> bool:
    from difflib import SequenceMatcher  # only needed when a break names an undefined indicator

    return any(SequenceMatcher(None, word, name).ratio() >= TYPING_ERROR for name in known)


def _series(data: Data) -> Iterator[Finding]:
    for location, value in select(data, "series.*"):
        series = piece(Series, value)
        if series is None:
            continue
        for edition in dict.fromkeys(series.editions):
            if series.editions.count(edition) > 1:
                found = f"edition {quoted(edition)} more than once"
                place = (*location, "editions")
                yield Finding(found, "each edition once", "remove one of them", location=place)
        for edition in series.file_keys:
            if series.editions and edition not in series.editions:
                place = (*location, "file_keys", edition)
                yield unknown_name(edition, "editions", list(series.editions), place)
        yield from _placeholders(series.source_line, (*location, "source_line"))


def _placeholders(text: Text | None, location: Location) -> Iterator[Finding]:
    for language, words in text or ():
        for word in re.findall(r"\{[^}]*\}?|\}", words):
            if word.strip("{}") not in PLACEHOLDERS or word != f"{{{word.strip('{}')}}}":
                expected = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
                remedy = nearest(word.strip("{}"), PLACEHOLDERS)
                place = (*location, language)
                yield Finding(f"the placeholder {word}", expected, remedy, location=place)


def _regions(data: Data, regions: Mapping[str, KnownRegion]) -> Iterator[Finding]:
    codes = [code for code in regions if code.startswith("GM")]
    places = [
        *((location, code) for location, code in select(data, "site.default_municipality")),
        *((location, location[-1]) for location, _ in select(data, "municipalities.*")),
    ]
    for location, code in places:
        if codes and isinstance(code, str) and code not in codes:
            yield _unknown_code(code, codes, location=location)
    yield from _ggd_regions(data, regions)
    owners = {regions[code].name.casefold(): code for code in codes}
    for location, name in select(data, "municipalities.*.name"):
        owner = owners.get(name.casefold()) if isinstance(name, str) else None
        if owner is not None and owner != location[1]:
            found = f"{quoted(name)}, which is the name of {owner}"
            remedy = "correct the code or the name"
            yield Finding(found, f"the name of {location[1]}", remedy, location=location)


def _ggd_regions(data: Data, regions: Mapping[str, KnownRegion]) -> Iterator[Finding]:
    """A GGD region that there is, and no other one than regions.csv gives the municipality."""
    codes = [code for code in regions if code.startswith("GG")]
    for location, code in select(data, "municipalities.*.ggd_region"):
        if not isinstance(code, str):
            continue
        municipality = regions.get(str(location[1]))
        own = municipality.ggd_region if municipality else ""
        if own and code != own:
            called = f"{own} ({regions[own].name})" if own in regions else own
            found = f"{quoted(code)}, where data/regions.csv has {called}"
            remedy = f"write {own}, or leave the line out"
            yield Finding(found, f"the GGD region of {location[1]}", remedy, location=location)
        elif codes and code not in codes:
            yield _unknown_code(code, codes, location=location)


def _unknown_code(code: str, codes: Sequence[str], *, location: Location) -> Finding:
    remedy = f"{nearest(code, codes)}; codes and names stand in data/regions.csv"
    return Finding(quoted(code), "a code of data/regions.csv", remedy, location=location)
