"""Which figure a Swing workbook means: indicator, age group, region."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from etl.sources.base import AgeBounds, Vocabulary
from etl.sources.identity import WELL_FORMED, letters

CLASSES = "GGEES208"
"""Classes of the loneliness score (0 not, 1 moderately, 2 severely, 3 very severely lonely)."""
LONELY_WORD = "eenza"
FIRST_YEAR_FROM_18 = 2020
"""Surveys before this year asked people of 19 and over, later ones of 18 and over."""
FAMILY_LETTERS = 5
"""Codes of one subject begin with the same letters: GGEES for loneliness."""

SPAN = re.compile(r"(?<!\d)(\d{1,3}) ?(?:-|–|_|t/m|tot en met) ?(\d{1,3})(?!\d)")
FROM = re.compile(r"(?<!\d)(\d{1,3})[ _-]?(?:\+|plus|eo|(?:jaar[ _])?(?:en|of)[ _]ouder)")
TOTAL = re.compile(r"(?i)^(?:totaal|total|allen|iedereen)$")
LAST_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
ABOUT_THE_SCALE = re.compile(r"(?i)gierveld|schaal|score|%")
SHARE_SUFFIXES = ("", "perc", "gem", "1_perc")
LEVELS = (
    ("NL", re.compile(r"(?i)^(?:nederland|land)")),
    ("GM", re.compile(r"(?i)^gem")),
    ("GG", re.compile(r"(?i)^(?:ggd|regio|mireb)")),
    ("WK", re.compile(r"(?i)^wijk")),
    ("BU", re.compile(r"(?i)^buurt")),
)
DIGITS = {"GM": 4, "GG": 4, "WK": 6, "BU": 8}

Kind = Literal["figure", "count", "other_breakdown", "other_subject", "unknown", "contradiction"]


@dataclass(frozen=True)
class Meaning:
    """What a variable stands for.

    figure: a percentage, of people of `ages` (None: of all adults). count: weighted people who
    gave `answer`. unknown: about loneliness, under a code that metrics.yaml does not list.
    """

    kind: Kind
    indicator: str = ""
    ages: AgeBounds | None = None
    answer: str = ""


def read_variable(code: str, *, label: str, data_type: str, vocabulary: Vocabulary) -> Meaning:
    """Recognise a variable by its code; the breakdown is in its suffix and in its label."""
    known = {c.upper(): i for i, n in vocabulary.indicators.items() for c in n.ggd_codes}
    base = next((one for one in known if _belongs(code, one)), None)
    if base is None:
        return Meaning("unknown" if _is_lonely(code, label=label, known=known) else "other_subject")
    suffix, indicator = code[len(base) :].strip("_").lower(), known[base]
    is_share = data_type.lower() == "percentage"
    if re.fullmatch("[0-9]", suffix) and not is_share:
        return Meaning("count", indicator, answer=suffix)
    brackets = LAST_BRACKETS.search(label)
    told = brackets[1] if brackets and not ABOUT_THE_SCALE.search(brackets[1]) else ""
    by_code, by_label = read_ages(suffix), read_ages(told)
    if by_code and by_label and by_code != by_label:
        return Meaning("contradiction", indicator)
    is_all = suffix in SHARE_SUFFIXES or (suffix == "1" and is_share)
    if by_code or by_label or (is_all and (not told or TOTAL.match(told))):
        return Meaning("figure", indicator, by_code or by_label)
    return Meaning("other_breakdown", indicator)


def _belongs(code: str, base: str) -> bool:
    """Whether a code is the base itself or one of its breakdowns."""
    return code.upper() == base or code.upper().startswith(f"{base}_")


def _is_lonely(code: str, *, label: str, known: Mapping[str, str]) -> bool:
    """Whether an unlisted variable is about loneliness, by its label or its family of codes."""
    if _belongs(code, CLASSES):
        return False
    families = {one[:FAMILY_LETTERS] for one in known}
    return code.upper()[:FAMILY_LETTERS] in families or LONELY_WORD in label.lower()


def read_ages(text: str) -> AgeBounds | None:
    """Read the ages in a suffix or label: `18-24`, `lft_65_74`, `65 jaar en ouder`, `85+`."""
    if span := SPAN.search(text.lower()):
        return AgeBounds(int(span[1]), int(span[2]))
    if start := FROM.search(text.lower()):
        return AgeBounds(int(start[1]), None)
    return None


def read_breakdown(labels: tuple[str, ...]) -> tuple[bool, AgeBounds | None]:
    """Read the items of all dimensions: whether they say nothing but ages, and which ages."""
    told = [label for label in labels if label and not TOTAL.match(label)]
    ages = [read_ages(label) for label in told]
    if len(ages) > 1 or None in ages:
        return False, None
    return True, ages[0] if ages else None


def age_group(ages: AgeBounds | None, *, year: int, vocabulary: Vocabulary) -> str | None:
    """Find the age group with these bounds; without bounds, all adults of that year's survey."""
    wanted = ages or AgeBounds(18 if year >= FIRST_YEAR_FROM_18 else 19, None)
    groups = vocabulary.age_groups
    return next((name for name, bounds in groups.items() if bounds == wanted), None)


def region_code(level: str, area: str, *, names: Mapping[str, str]) -> str | None:
    """Make the code of a region from its level and its number, name or code; None if unclear."""
    if WELL_FORMED.fullmatch(area):
        return area
    prefix = next((one for one, pattern in LEVELS if pattern.search(level)), None)
    if prefix == "NL":
        return "NL01"
    if prefix is None or not area:
        return None
    if area.isascii() and area.isdigit() and len(area) <= DIGITS[prefix]:
        return f"{prefix}{area.zfill(DIGITS[prefix])}"
    wanted = letters(area)
    named = [c for c, name in names.items() if c[:2] == prefix and letters(name) == wanted]
    return named[0] if len(named) == 1 else None
