"""Words and numbers in Dutch and English.

A text is asked for by its key; a missing key or placeholder is an error and never a fallback to
the other language. Numbers are rounded for the eye only, half up and on their decimal digits, so
that 2.25 published to the hundredth reads 2,3 in both languages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

LANGUAGES = ("nl", "en")
"""Languages of the dashboard, the default first."""

LOCALES = Path(__file__).parent / "locales"
MINUS = "\u2212"


class LocaleError(LookupError):
    """A text, a placeholder or a language that does not exist: a mistake in the program."""


class _LocaleLoader(yaml.CBaseLoader):
    """Reads every leaf as a string and refuses a key that is given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Mapping of `node`; LocaleError where a key occurs twice."""
        keys = [key.value for key, _ in node.value]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            line = node.start_mark.line + 1
            raise LocaleError(f"{node.start_mark.name}, group at line {line}: twice {twice}")
        return super().construct_mapping(node, deep=deep)


@lru_cache
def read_locale(language: str) -> Mapping[str, str]:
    """All texts of `language` by dotted key; LocaleError for another language or shape."""
    if language not in LANGUAGES:
        raise LocaleError(f"language {language!r}: expected one of {', '.join(LANGUAGES)}")
    return _read_leaves(LOCALES / f"{language}.yaml")


@lru_cache
def read_codebook(language: str) -> Mapping[str, str]:
    """What columns mean in a language that the tables themselves do not speak, by dotted name."""
    return _read_leaves(LOCALES / f"codebook.{language}.yaml")


def _read_leaves(file: Path) -> dict[str, str]:
    with file.open(encoding="utf-8") as stream:
        return dict(_leaves("", yaml.load(stream, _LocaleLoader)))  # noqa: S506 - base loader


def _leaves(prefix: str, node: object) -> Iterable[tuple[str, str]]:
    if isinstance(node, str):
        yield prefix, node
        return
    if not isinstance(node, dict):
        raise LocaleError(f"{prefix or 'locale'}: expected a group or a text, found {type(node)}")
    for key, child in node.items():
        yield from _leaves(f"{prefix}.{key}" if prefix else key, child)


def placeholders(template: str) -> tuple[str, ...]:
    """Names in braces in `template`, in order; LocaleError where one is not a plain name."""
    names = []
    for _, name, spec, conversion in Formatter().parse(template):
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise LocaleError(f"{template!r}: a placeholder is a plain name in braces")
        names.append(name)
    return tuple(names)


def decimals_of(rounding_step: float | None) -> int:
    """Decimals of a figure published to `rounding_step` points; one where the step is unknown."""
    if rounding_step is None or rounding_step != rounding_step:
        return 1
    exponent = Decimal(repr(float(rounding_step))).normalize().as_tuple().exponent
    return max(0, -int(exponent))


def rounded(value: float, *, decimals: int) -> Decimal:
    """`value` to so many decimals, half away from zero on its decimal digits; never minus zero."""
    exact = Decimal(repr(float(value)))
    if not exact.is_finite():
        raise LocaleError(f"{value} is no number to show; ask for missing values first")
    result = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result


class Words:
    """Texts and number formats of one language.

    `words("pages.overview.title", name="Westland")` gives the text with its placeholders filled.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = read_locale(language)

    def __call__(self, key: str, **values: object) -> str:
        """Text of `key`; LocaleError where the key, or a placeholder or value, has no partner."""
        needed = set(placeholders(self.template(key)))
        if superfluous := sorted(set(values) - needed):
            raise LocaleError(f"{key} ({self.language}) has no placeholder {superfluous}")
        return self.fill(key, values)

    def template(self, key: str) -> str:
        """Text of `key` with its placeholders still in it; LocaleError where there is none."""
        if key not in self._texts:
            raise LocaleError(f"no text {key!r} in {self.language}.yaml")
        return self._texts[key]

    def fill(self, key: str, facts: Mapping[str, object]) -> str:
        """Text of `key` with the facts it names; LocaleError where a fact is missing.

        `facts` may hold more than the text needs, and may compute them when they are asked for.
        """
        template = self.template(key)
        filled = {}
        for name in placeholders(template):
            value = facts.get(name)
            if value is None:
                raise LocaleError(f"{key} ({self.language}) needs {name!r}, which is missing")
            filled[name] = value
        return template.format_map(filled)

    def has(self, key: str) -> bool:
        """Whether `key` is a text (not a group)."""
        return key in self._texts

    def section(self, group: str) -> dict[str, str]:
        """Texts directly below `group`, by their last key; LocaleError where there are none."""
        start = f"{group}."
        found = {
            key.removeprefix(start): text
            for key, text in self._texts.items()
            if key.startswith(start) and "." not in key.removeprefix(start)
        }
        if not found:
            raise LocaleError(f"no group {group!r} in {self.language}.yaml")
        return found

    def format_number(self, value: float, *, decimals: int = 0) -> str:
        """Number with the language's decimal mark and thousands, and a true minus sign."""
        plain = f"{abs(rounded(value, decimals=decimals)):,f}"
        marks = {",": self("formats.thousands"), ".": self("formats.decimal")}
        digits = "".join(marks.get(sign, sign) for sign in plain)
        return f"{MINUS}{digits}" if rounded(value, decimals=decimals) < 0 else digits

    def format_pct(self, value: float, *, decimals: int = 1) -> str:
        """Percentage as published: 8.0 with one decimal reads 8,0%."""
        return f"{self.format_number(value, decimals=decimals)}%"

    def format_stated_pct(self, value: float) -> str:
        """Percentage as a plan states it: 8%, 36,5%; at most two decimals."""
        return self.format_pct(value, decimals=stated_decimals(value))

    def format_pp(self, value: float, *, decimals: int = 1) -> str:
        """Size of a difference in percentage points, without a sign: 1,3 procentpunt.

        A difference that would read 0,0 but is not zero reads "minder dan 0,1 procentpunt".
        """
        size = abs(value)
        if size and rounded(size, decimals=decimals) == 0:
            least = self.format_number(10.0**-decimals, decimals=decimals)
            return self("formats.pp_less_than", number=least)
        digits = self.format_number(size, decimals=decimals)
        return self("formats.pp_one" if digits == "1" else "formats.pp", number=digits)

    def format_change(self, value: float, *, decimals: int = 1) -> str:
        """Difference in words: 1,3 procentpunt hoger, 1,3 procentpunt lager, even hoog."""
        if value == 0:
            return self("formats.equal")
        key = "formats.higher" if value > 0 else "formats.lower"
        return self(key, size=self.format_pp(value, decimals=decimals))

    def format_interval(self, lower: float, upper: float, *, decimals: int = 1) -> str:
        """95% margin in percent: 6,1% tot 9,9%."""
        low, high = (self.format_pct(limit, decimals=decimals) for limit in (lower, upper))
        return self("formats.interval", lower=low, upper=high)

    def format_year(self, year: float) -> str:
        """Year in full, without a thousands mark."""
        return str(int(year))

    def format_years(self, years: Iterable[float]) -> str:
        """Years in order, each once: 2012, 2016 en 2020."""
        return self.format_list(self.format_year(year) for year in sorted(set(years)))

    def format_year_range(self, first: float, last: float) -> str:
        """Span of years: 2012–2020; one year where both are the same."""
        start, end = self.format_year(first), self.format_year(last)
        return start if start == end else f"{start}–{end}"

    def format_date(self, date: dt.date) -> str:
        """Date in words: 13 mei 2022, 13 May 2022."""
        month = self(f"formats.months.{date.month}")
        return self("formats.date", day=date.day, month=month, year=date.year)

    def format_list(self, items: Iterable[str]) -> str:
        """Items as one phrase: a, b en c."""
        parts = list(items)
        if len(parts) < 2:
            return "".join(parts)
        return self("formats.list", head=", ".join(parts[:-1]), last=parts[-1])


def stated_decimals(value: float) -> int:
    """Fewest decimals, at most two, that show `value` to the hundredth: 8.0 → 0, 36.5 → 1."""
    exponent = rounded(value, decimals=2).normalize().as_tuple().exponent
    return max(0, -int(exponent))


def sentence_case(words: str) -> str:
    """Phrase with its first letter as a capital: the rest is left alone."""
    return words[:1].upper() + words[1:]
