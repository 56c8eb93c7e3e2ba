"""What can be said of a delivery, each under a stable code that other languages can tell too.

The sentences here are for the console and for analysts; a page that is read in another language
has its own sentence per code, filled from the same facts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from string import Formatter
from typing import Literal

Kind = Literal["loaded", "fixed", "warned", "refused"]
Fact = str | float


class Code(Enum):
    """A kind of remark: what it is, and its English sentence with names of facts in braces."""

    def __init__(self, kind: Kind, english: str) -> None:
        self.kind = kind
        self.english = english
        self.needs = frozenset(name for _, name, _, _ in Formatter().parse(english) if name)

    @property
    def code(self) -> str:
        """The code as published, such as `no_margins`."""
        return self.name.lower()


class NoteCode(Code):
    """What the load report says of a file: loaded, fixed or warned about."""

    FIGURES = "loaded", "figures"
    TABLE_ROWS = "loaded", "rows of {table}, {title}"
    SPACES_REMOVED = "fixed", "spaces around the text of a cell removed"
    EMPTY_ROWS = "fixed", "empty rows left out"
    BYTE_ORDER_MARK = "fixed", "byte order mark at the start of the file removed"
    WINDOWS_ENCODING = "fixed", "read as Windows-1252, the encoding of Dutch Excel"
    DUTCH_EXCEL = "fixed", "read as Dutch Excel: semicolon, decimal comma"
    SIGNS_READ = "fixed", "signs for 'no figure' (. x - -99996) read as a status, never as 0"
    BLANKS_READ = "fixed", "blank values with a status that has a value read as missing"
    REPEATED_FIGURES = "fixed", "figures given twice with the same value, kept once"
    REPEATED_ROWS = "fixed", "rows delivered twice with the same figures, kept once"
    NAMES_RECOGNISED = "fixed", "names with other spaces, capitals or Unicode form recognised"
    CODES_STRIPPED = "fixed", "region codes with spaces around them, stripped"
    COLUMN_RECOGNISED = "fixed", "column recognised by name and title: {column} = {indicator}"
    AREAS_READ = "fixed", "areas given by number or name, read as codes of CBS"
    BELOW_THRESHOLD = "fixed", "fewer respondents than the threshold: read as suppressed"
    NO_FIGURES = "warned", "no figures in it"
    INVENTED_FIGURES = "warned", "figures of the example in the template, which are invented"
    UNREAD_COLUMNS = "warned", "columns that are not read: {columns}"
    UNNAMED_SOURCE = "warned", "figures without a source_ref: the file is named as their source"
    OTHER_SPELLING = "warned", "names spelled differently, such as {given!r} for {official!r}"
    NO_MARGINS = "warned", "{series}: no margins, so changes in these figures are not tested"
    JUMP_BETWEEN_WAVES = (
        "warned",
        (
            "changes of more than 10 points between two waves, the largest: {region} {indicator} "
            "{age_group} {year}, from {before:g} to {after:g}"
        ),
    )
    FAR_FROM_OTHERS = (
        "warned",
        (
            "values far outside the range of the country, such as {region} {indicator} "
            "{age_group} {year}: {value:g}"
        ),
    )
    ONE_BOUND = "warned", "figures with one bound only, shown without an interval"
    TABLE_WITHOUT_BOUNDS = "warned", "the table has no bounds: its figures cannot be tested"
    TABLE_WITHOUT_COUNTRY = "warned", "the table has no figures of the country to compare with"
    OTHER_AGES = "warned", "age group not in metrics.yaml, not loaded: {ages}"
    OTHER_PERIODS = "warned", "period that is not one year, not loaded: {periods}"
    OTHER_BREAKDOWN = "warned", "breakdown not loaded: {breakdown}"
    OTHER_SUBJECTS = "warned", "figures about other subjects, not loaded"
    FEW_RESPONDENTS = "warned", "figures on fewer than 50 respondents, against the agreement"
    UNUSED_BREAK = (
        "warned",
        "comparability.breaks names {name}, which is not an indicator of this file",
    )
    UNUSED_NEAR_GROUP = (
        "warned",
        "comparability.near_age_groups names {name}, which is not an age group of this file",
    )


class RefusalCode(Code):
    """Why a row is refused."""

    UNKNOWN_REGION = "refused", "region code not in data/regions.csv"
    UNCLEAR_AREA = "refused", "level or area not recognised"
    FORMULA_IN_TEXT = "refused", "a formula in {column}"
    MARKUP_IN_TEXT = "refused", "markup or hidden characters in {column}"
    UNSAFE_TEXT = "refused", "a formula or markup in a text"
    SIGN_WITHOUT_FIGURE = "refused", "a sign for a provisional figure, but no figure"
    VALUE_OUT_OF_RANGE = "refused", "value below 0 or above 100"
    IMPOSSIBLE_ERROR = "refused", "standard error of 0 or less, or above 50 points"
    IMPOSSIBLE_STEP = "refused", "rounding step of 0 or less, or above 100"
    IMPOSSIBLE_SAMPLE = "refused", "impossible number of respondents"
    HALF_INTERVAL = "refused", "only one limit of the interval"
    REVERSED_INTERVAL = "refused", "lower limit above upper limit"
    INTERVAL_WITHOUT_WIDTH = "refused", "interval without width"
    LIMIT_OUT_OF_RANGE = "refused", "limit below 0 or above 100"
    INTERVAL_WITHOUT_VALUE = "refused", "an interval without a value"
    OUTSIDE_INTERVAL = "refused", "value outside interval"


@dataclass(frozen=True)
class Remark:
    """One thing that is said: its code, and the facts that its sentence needs, in their order."""

    of: NoteCode | RefusalCode
    facts: tuple[tuple[str, Fact], ...] = ()

    def __post_init__(self) -> None:
        if (given := {name for name, _ in self.facts}) != self.of.needs:
            raise TypeError(f"{self.of.code} needs {sorted(self.of.needs)}, got {sorted(given)}")

    @cached_property
    def english(self) -> str:
        """The sentence for the console."""
        return self.of.english.format_map(dict(self.facts))

    @cached_property
    def json(self) -> str:
        """The facts as one flat object of texts and numbers, its names in alphabetical order."""
        return json.dumps(dict(self.facts), ensure_ascii=False, sort_keys=True, allow_nan=False)


def remark(of: NoteCode | RefusalCode, **facts: Fact) -> Remark:
    """Say something of a delivery; TypeError where the facts are not those that it needs."""
    return Remark(of, tuple(facts.items()))
