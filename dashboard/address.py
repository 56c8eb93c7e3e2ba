"""What an address may say: the visitor's choices as parameters, read strictly and written back.

Every view can be reopened, shared and gone back to by its address. Values that are not known are
refused and never kept, so they cannot be echoed.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast, get_args
from urllib.parse import urlencode

Language = Literal["nl", "en"]
Parameter = Literal[
    "gemeente",
    "doel",
    "taal",
    "weergave",
    "onderwerp",
    "leeftijd",
    "jaar",
    "reeks",
    "vergelijk",
    "sinds",
]

LANGUAGES: tuple[Language, ...] = get_args(Language)
PARAMETERS: tuple[Parameter, ...] = get_args(Parameter)
"""All that an address may say, in the order in which it says it."""

BELONGS_TO_MUNICIPALITY: tuple[Parameter, ...] = ("doel", "reeks", "vergelijk", "sinds")
"""Choices that mean nothing any more when another municipality is chosen."""

LONGEST_VALUE = 120
MOST_COMPARED = 6
EARLIEST_YEAR = 2000
MEETING = "overleg"


@dataclass(frozen=True)
class Known:
    """What an address may name, as the build knows it."""

    municipalities: frozenset[str]
    targets: Mapping[str, str]
    """Target id to its municipality."""
    age_groups: frozenset[str]
    series: frozenset[str]
    indicators: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Selection:
    """What the visitor chose; None where the page decides."""

    municipality: str | None = None
    target: str | None = None
    language: Language = "nl"
    meeting: bool = False
    indicator: str | None = None
    age_group: str | None = None
    year: int | None = None
    series: str | None = None
    compare: tuple[str, ...] = ()
    since: date | None = None
    refused: bool = False
    """True where the address held something that is not known; what it was is not kept."""

    def query(self, **changes: object) -> dict[str, str]:
        """Return the parameters of an address for this selection, with changes."""
        chosen = replace(self, **changes)  # type: ignore[arg-type]
        values = {
            "gemeente": chosen.municipality,
            "doel": chosen.target,
            "taal": chosen.language,
            "weergave": MEETING if chosen.meeting else None,
            "onderwerp": chosen.indicator,
            "leeftijd": chosen.age_group,
            "jaar": str(chosen.year) if chosen.year else None,
            "reeks": chosen.series,
            "vergelijk": ",".join(chosen.compare),
            "sinds": chosen.since.isoformat() if chosen.since else None,
        }
        return {name: value for name, value in values.items() if value}

    def wanted(self) -> dict[str, str | int | None]:
        """Return which figures were asked for, by column of marts.estimates; None where open."""
        return {
            "indicator": self.indicator,
            "age_group": self.age_group,
            "series_id": self.series,
            "year": self.year,
        }

    def link(self, path: str, **changes: object) -> str:
        """Return the address of a page (such as "doel", "" for the first) with this selection."""
        return f"/{path}?{urlencode(self.query(**changes), safe=',')}"


def parse(
    address: Mapping[str, Sequence[str]],
    *,
    known: Known,
    default: str | None = None,
    today: date = date.max,
) -> Selection:
    """Turn the parameters of an address into a selection; refuse what is not known.

    `default` is the municipality of an address that names none, None for the chooser. Nothing is
    known of days after `today`.
    """
    reader = _Reader(address)
    target = reader.one_of("doel", known.targets)
    municipality = reader.one_of("gemeente", known.municipalities)
    if "gemeente" not in address:
        municipality = known.targets[target] if target else default
    if target and known.targets[target] != municipality:
        target = None
        reader.refused = True
    return Selection(
        municipality=municipality,
        target=target,
        language=cast(Language, reader.one_of("taal", LANGUAGES) or "nl"),
        meeting=reader.one_of("weergave", (MEETING,)) == MEETING,
        indicator=reader.one_of("onderwerp", known.indicators),
        age_group=reader.one_of("leeftijd", known.age_groups),
        year=reader.year("jaar", known.years),
        series=reader.one_of("reeks", known.series),
        compare=reader.several_of("vergelijk", known.municipalities),
        since=reader.day("sinds", latest=today),
        refused=reader.refused,
    )


class _Reader:
    """Reads one parameter after the other, and remembers whether something was refused."""

    def __init__(self, address: Mapping[str, Sequence[str]]) -> None:
        self._address = address
        self.refused = any(name not in PARAMETERS for name in address)

    def text(self, name: Parameter) -> str | None:
        """Return the one short value under a name; None where there is none or it is refused."""
        values = self._address.get(name, ())
        if len(values) > 1 or any(len(value) > LONGEST_VALUE for value in values):
            self.refused = True
            return None
        return values[0] if values else None

    def one_of(self, name: Parameter, allowed: Container[str]) -> str | None:
        """Return the value under a name if it is allowed."""
        value = self.text(name)
        if value is not None and value not in allowed:
            self.refused = True
            return None
        return value

    def several_of(self, name: Parameter, allowed: frozenset[str]) -> tuple[str, ...]:
        """Return the values under a name, separated by commas, if all are allowed."""
        value = self.text(name)
        values = tuple(dict.fromkeys(value.split(","))) if value else ()
        if len(values) > MOST_COMPARED or not allowed.issuperset(values):
            self.refused = True
            return ()
        return values

    def year(self, name: Parameter, allowed: frozenset[int]) -> int | None:
        """Return the year under a name, written in four digits, if it is allowed."""
        value = self.one_of(name, {str(year) for year in allowed})
        return None if value is None else int(value)

    def day(self, name: Parameter, *, latest: date) -> date | None:
        """Return the date under a name, written as 2026-05-31, if it has been."""
        value = self.text(name)
        if value is None:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.refused = True
            return None
        if value != day.isoformat() or day.year < EARLIEST_YEAR or day > latest:
            self.refused = True
            return None
        return day
