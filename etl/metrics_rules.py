"""Rules on metrics.yaml as a whole: names that must exist, and parts that must agree.

They run on whatever parts are valid by themselves, so that one typing error hides no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from etl.findings import Finding, Location, nearest, one_of, quoted
from etl.metrics_models import AgeGroup, Break, Indicator, Metrics, Series, Text
from etl.target_rules import broken_target_rules
from etl.validation import piece

Data = Mapping[str | int, object]

REFERENCES = (
    ("indicators.*.scale", "scales"),
    ("indicators.*.part_of", "indicators"),
    ("series.*.scale", "scales"),
    ("series.*.ggd_breakdowns.*", "age_groups"),
    ("comparability.breaks.*.series", "series"),
    ("municipalities.*.targets.*.indicator", "indicators"),
    ("municipalities.*.targets.*.age_group", "age_groups"),
    ("municipalities.*.targets.*.measured_by.*.series", "series"),
    ("municipalities.*.targets.*.measured_by.*.age_group", "age_groups"),
    ("municipalities.*.targets.*.figures.*.series", "series"),
    ("municipalities.*.targets.*.figures.*.indicator", "indicators"),
    ("municipalities.*.targets.*.figures.*.age_group", "age_groups"),
)
"""Where a name stands, and the section that must define it."""

AGES_IN_NAME = re.compile(r"(\d{1,3})(?:\+|-(\d{1,3}))")
PLACEHOLDERS = ("edition", "years", "retrieved")
TYPING_ERROR = 0.8
"""From this likeness to a defined word on, an undefined one in a break is a typing error."""


def broken_rules(data: Data, *, region_names: Mapping[str, str]) -> list[Finding]:
    """Gather what is wrong between the parts of metrics.yaml, by location."""
    return [
        *_unknown_names(data),
        *_age_groups(data),
        *_near_age_groups(data),
        *_breaks(data),
        *_indicator_names(data),
        *_circular_parts(data),
        *_series(data),
        *_regions(data, region_names),
        *broken_target_rules(data),
    ]


def unused_rules(metrics: Metrics) -> list[str]:
    """Name breaks and near groups that are about nothing this file defines, for the load report."""
    undefined = [
        f"comparability.breaks names {indicator}, which is not an indicator of this file"
        for a_break in metrics.comparability.breaks
        for indicator in a_break.indicators or ()
        if indicator not in metrics.indicators
    ]
    groups = {group for near in metrics.comparability.near_age_groups for group in near}
    return undefined + [
        f"comparability.near_age_groups names {group}, which is not an age group of this file"
        for group in sorted(groups - set(metrics.age_groups))
    ]


def select(data: object, path: str) -> Iterator[tuple[Location, object]]:
    """Walk a path with `*` for every name or position; what is not there is passed over."""
    found: list[tuple[Location, object]] = [((), data)]
    for step in path.split("."):
        found = [
            ((*location, key), inner)
            for location, value in found
            for key, inner in _children(value)
            if step in ("*", key)
        ]
    yield from found


def _children(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)


def names_of(data: Data, section: str) -> list[str]:
    """List the names that a section defines, also those whose content is wrong."""
    part = data.get(section)
    return [str(name) for name in part] if isinstance(part, Mapping) else []


def _unknown_names(data: Data) -> Iterator[Finding]:
    for path, section in REFERENCES:
        known = names_of(data, section)
        if section == "scales" and "scales" not in data:
            continue  # a file may name scales without describing any
        for location, word in select(data, path):
            if isinstance(word, str) and word not in known:
                yield _unknown(word, section, known, location)


def _unknown(word: str, section: str, known: list[str], location: Location) -> Finding:
    return Finding(
        f"{quoted(word)}, which is not under `{section}`",
        f"one of {one_of(known)}",
        nearest(word, known),
        location=location,
    )


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
                yield _unknown(word, "age_groups", known, (*location, position))
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
                yield _unknown(word, "indicators", known, (*location, *inner))
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
    return any(SequenceMatcher(None, word, name).ratio() >= TYPING_ERROR for name in known)


def _letters(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def _indicator_names(data: Data) -> Iterator[Finding]:
    seen: dict[tuple[object, str, str], str] = {}
    for location, value in select(data, "indicators.*"):
        indicator = piece(Indicator, value)
        if indicator is None:
            continue
        named = [("source_names", name) for name in indicator.source_names]
        named += [("ggd_codes", name) for name in indicator.ggd_codes]
        for field, name in named:
            first = seen.setdefault((indicator.scale, field, _letters(name)), str(location[-1]))
            if first != location[-1]:
                found = f"{quoted(name)}, which is a name of {quoted(first)} as well"
                remedy = "keep it with the indicator it belongs to"
                place = (*location, field)
                yield Finding(found, "a name of one indicator", remedy, location=place)


def _circular_parts(data: Data) -> Iterator[Finding]:
    part_of = {
        location[1]: whole
        for location, whole in select(data, "indicators.*.part_of")
        if isinstance(whole, str)
    }
    for indicator in part_of:
        seen, step = [indicator], part_of[indicator]
        while step in part_of and step not in seen:
            seen.append(step)
            step = part_of[step]
        if step == indicator:
            chain = " part of ".join(str(name) for name in [*seen, indicator])
            place = ("indicators", indicator, "part_of")
            remedy = "remove part_of where the whole stands"
            yield Finding(chain, "a whole that is not part of itself", remedy, location=place)


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
                yield _unknown(edition, "editions", list(series.editions), place)
        yield from _placeholders(series.source_line, (*location, "source_line"))


def _placeholders(text: Text | None, location: Location) -> Iterator[Finding]:
    for language, words in text or ():
        for word in re.findall(r"\{[^}]*\}?|\}", words):
            if word.strip("{}") not in PLACEHOLDERS or word != f"{{{word.strip('{}')}}}":
                expected = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
                remedy = nearest(word.strip("{}"), PLACEHOLDERS)
                place = (*location, language)
                yield Finding(f"the placeholder {word}", expected, remedy, location=place)


def _regions(data: Data, region_names: Mapping[str, str]) -> Iterator[Finding]:
    if not region_names:
        return
    codes = [code for code in region_names if code.startswith("GM")]
    ggd_regions = [code for code in region_names if code.startswith("GG")]
    places = [
        *((location, code, codes) for location, code in select(data, "site.default_municipality")),
        *((location, location[-1], codes) for location, _ in select(data, "municipalities.*")),
        *(
            (location, code, ggd_regions)
            for location, code in select(data, "municipalities.*.ggd_region")
        ),
    ]
    for location, code, known in places:
        if isinstance(code, str) and code not in known:
            remedy = f"{nearest(code, known)}; codes and names stand in data/regions.csv"
            yield Finding(quoted(code), "a code of data/regions.csv", remedy, location=location)
    owners = {region_names[code].casefold(): code for code in codes}
    for location, name in select(data, "municipalities.*.name"):
        owner = owners.get(name.casefold()) if isinstance(name, str) else None
        if owner is not None and owner != location[1]:
            found = f"{quoted(name)}, which is the name of {owner}"
            remedy = "correct the code or the name"
            yield Finding(found, f"the name of {location[1]}", remedy, location=location)
