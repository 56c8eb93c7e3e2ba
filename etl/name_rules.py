"""Rules on names in metrics.yaml: what is referred to must be defined, and defined once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from etl.findings import Finding, Location, nearest, one_of, quoted
from etl.metrics_models import Indicator
from etl.selection import select
from etl.validation import piece

Data = Mapping[str | int, object]

REFERENCES = (
    ("indicators.*.scale", "scales"),
    ("indicators.*.part_of", "indicators"),
    ("series.*.scale", "scales"),
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


def broken_name_rules(data: Data) -> Iterator[Finding]:
    """Give names that are defined nowhere, twice, or by themselves, by location."""
    yield from _unknown_names(data)
    yield from _indicator_names(data)
    yield from _circular_parts(data)


def names_of(data: Data, section: str) -> list[str]:
    """List the names that a section defines, also those whose content is wrong."""
    part = data.get(section)
    return [str(name) for name in part] if isinstance(part, Mapping) else []


def _unknown_names(data: Data) -> Iterator[Finding]:
    for path, section in REFERENCES:
        known = names_of(data, section)
        defined = frozenset(known)
        if section == "scales" and "scales" not in data:
            continue  # a file may name scales without describing any
        for location, word in select(data, path):
            if isinstance(word, str) and word not in defined:
                yield unknown_name(word, section, known, location)


def unknown_name(word: str, section: str, known: list[str], location: Location) -> Finding:
    """Say that a name is defined nowhere, which ones are, and which one is nearest."""
    return Finding(
        f"{quoted(word)}, which is not under `{section}`",
        f"one of {one_of(known)}",
        nearest(word, known),
        location=location,
    )


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
