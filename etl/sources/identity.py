"""Whether a figure says plainly what it is: series, edition, region, indicator, age, year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping

import numpy as np

from etl.findings import nearest, one_of, quoted
from etl.sources.base import REGION_CODE, SeriesFacts, Vocabulary
from etl.sources.codes import NoteCode, RefusalCode, Remark, remark
from etl.sources.ledger import Ledger, Rows

WELL_FORMED = re.compile(REGION_CODE)
NAMED_LEVELS = ("NL", "CG", "GG", "GM")
"""Levels whose names are unique; districts and neighbourhoods share theirs."""
FIRST_YEAR = 2000
ADULT = 18
IN_METRICS = "Correct the word, or add it to metrics.yaml."


def check_words(ledger: Ledger, *, vocabulary: Vocabulary) -> None:
    """Stop at a series, indicator or age group that metrics.yaml does not know."""
    known: dict[str, Collection[str]] = {
        "series_id": vocabulary.series,
        "indicator": vocabulary.indicators,
        "age_group": vocabulary.age_groups,
    }
    for column, words in known.items():
        found = ledger.columns.word(column)
        unknown = found.where(lambda word, words=words: word not in words)  # type: ignore[misc]
        ledger.stop(
            np.flatnonzero(unknown),
            column=column,
            found=lambda i, found=found: quoted(found.at(i)),  # type: ignore[misc]
            expected=lambda _, words=words: one_of(words),  # type: ignore[misc]
            remedy=lambda i, found=found, words=words: (  # type: ignore[misc]
                f"{IN_METRICS} {nearest(found.at(i), words).capitalize()}."
            ),
        )


def check_editions(
    ledger: Ledger, *, vocabulary: Vocabulary, accepted: Mapping[str, Collection[str]]
) -> None:
    """Stop at an edition that its series does not list and its source did not find elsewhere."""
    series, edition = ledger.columns.word("series_id"), ledger.columns.word("edition")

    def listed(index: int) -> tuple[str, ...]:
        facts = vocabulary.series[series.at(index)]
        return (*facts.editions, *accepted.get(facts.series_id, ()))

    unknown = [
        index
        for index in ledger.columns.first_of_each("series_id", "edition")
        if series.at(index) in vocabulary.series and edition.at(index) not in listed(index)
    ]
    ledger.stop(
        _all_like(ledger, unknown, "series_id", "edition"),
        column="edition",
        found=lambda i: f"{quoted(edition.at(i))} in series {series.at(i)}",
        expected=lambda i: one_of(listed(i)),
        remedy=lambda i: (
            "Correct it, or list it under editions of the series in metrics.yaml. "
            f"{nearest(edition.at(i), listed(i)).capitalize()}."
        ),
    )


def check_populations(ledger: Ledger, *, vocabulary: Vocabulary) -> None:
    """Stop at figures of another scale, or of younger people, than their series is about."""
    columns = ledger.columns
    series, indicator = columns.word("series_id"), columns.word("indicator")
    age = columns.word("age_group")

    def facts(index: int) -> SeriesFacts | None:
        return vocabulary.series.get(series.at(index))

    def too_young(index: int) -> bool:
        bounds, of = vocabulary.age_groups.get(age.at(index)), facts(index)
        if bounds is None or of is None:
            return False
        # ages that nobody stated cannot be shown to be those of adults
        return of.min_age > bounds.min_age if bounds.min_age is not None else of.min_age >= ADULT

    def other_scale(index: int) -> bool:
        names, of = vocabulary.indicators.get(indicator.at(index)), facts(index)
        return bool(names and of and names.scale and of.scale and names.scale != of.scale)

    young = [i for i in ledger.columns.first_of_each("series_id", "age_group") if too_young(i)]
    ledger.stop(
        _all_like(ledger, young, "series_id", "age_group"),
        column="age_group",
        found=lambda i: f"{quoted(age.at(i))} in series {series.at(i)}",
        expected=lambda i: f"people of {vocabulary.series[series.at(i)].min_age} and over",
        remedy=lambda _: "Put figures of another population in a series of their own.",
    )
    scale = [i for i in ledger.columns.first_of_each("series_id", "indicator") if other_scale(i)]
    ledger.stop(
        _all_like(ledger, scale, "series_id", "indicator"),
        column="indicator",
        found=lambda i: (
            f"{quoted(indicator.at(i))} (scale {vocabulary.indicators[indicator.at(i)].scale})"
            f" in series {series.at(i)}"
        ),
        expected=lambda i: f"scale {vocabulary.series[series.at(i)].scale}",
        remedy=lambda _: "Put figures of another scale in a series of their own.",
    )


def check_years(ledger: Ledger, *, newest: Mapping[str, int], otherwise: int) -> None:
    """Stop at a wave before 2000, or later than the year in which its file was retrieved."""
    year, file = ledger.columns.number("year"), ledger.columns.word("file")
    by_file = np.array([newest.get(name or "", otherwise) for name in file.words] or [otherwise])
    latest = by_file[file.codes]
    with np.errstate(invalid="ignore"):
        outside = (year < FIRST_YEAR) | (year > latest)
    ledger.stop(
        np.flatnonzero(outside),
        column="year",
        found=lambda i: f"{year[i]:.0f}",
        expected=lambda i: f"a year from {FIRST_YEAR} up to {latest[i]}, when the file was made",
        remedy=lambda _: "Correct the year: a wave cannot be measured after its file was made.",
    )


def check_regions(ledger: Ledger, *, known: Mapping[str, str]) -> None:
    """Stop at a code of another form; reject a well-formed one that nobody knows."""
    code = ledger.columns.word("region_code")
    ledger.stop(
        np.flatnonzero(code.where(lambda word: not WELL_FORMED.fullmatch(word))),
        column="region_code",
        found=lambda i: quoted(code.at(i)),
        expected=lambda _: "a code such as GM0160, with its letters and leading zeros",
        remedy=lambda i: _code_remedy(code.at(i), known=known),
    )
    unknown = code.where(lambda word: bool(WELL_FORMED.fullmatch(word)) and word not in known)
    ledger.reject(unknown, RefusalCode.UNKNOWN_REGION)


def check_names(ledger: Ledger, *, known: Mapping[str, str]) -> None:
    """Stop at the name of another region; warn of another spelling; mend form and spaces."""
    code, name = ledger.columns.word("region_code"), ledger.columns.word("region_name")
    owners = {letters(known[c]): c for c in known if c[:2] in NAMED_LEVELS}
    strange, mended, taken = [], [], []
    for index in ledger.columns.first_of_each("region_code", "region_name"):
        official, given = known.get(code.at(index)), name.at(index)
        if official is None or given in ("", official):
            continue
        owner = owners.get(letters(given))
        if letters(given) == letters(official):
            mended.append(index)
        elif owner not in (None, code.at(index)) and code.at(index)[:2] in NAMED_LEVELS:
            taken.append(index)
        else:
            strange.append(index)
    ledger.stop(
        _all_like(ledger, taken, "region_code", "region_name"),
        column="region_name",
        found=lambda i: f"{quoted(name.at(i))}, the name of {owners[letters(name.at(i))]}",
        expected=lambda i: f"{known[code.at(i)]}, the name of {code.at(i)}",
        remedy=lambda _: "Correct the code or the name: one of the two belongs to another region.",
    )

    def spelled(rows: Rows) -> Remark:
        first = ledger.columns.first_by_word(rows, "region_code", "region_name")
        given, official = name.at(first)[:80], known[code.at(first)]
        return remark(NoteCode.OTHER_SPELLING, given=given, official=official)

    ledger.note(_all_like(ledger, strange, "region_code", "region_name"), spelled)
    ledger.note(
        _all_like(ledger, mended, "region_code", "region_name"),
        lambda _: remark(NoteCode.NAMES_RECOGNISED),
    )


def letters(name: str) -> str:
    """Reduce a name to its letters, so that spaces, signs and Unicode forms do not matter."""
    folded = unicodedata.normalize("NFC", name).casefold()
    return "".join(character for character in folded if character.isalpha())


def _code_remedy(code: str, *, known: Mapping[str, str]) -> str:
    digits = code.strip()
    padded = f"GM{digits.zfill(4)}" if digits.isdigit() else ""
    if padded in known:
        return f"Write {padded} if {known[padded]} is meant."
    return "Write the code of Statistics Netherlands as in data/regions.csv."


def _all_like(ledger: Ledger, examples: list[int], *names: str) -> Rows:
    """All rows with the combination of words of one of the examples."""
    if not examples:
        return np.empty(0, np.int64)
    key = ledger.columns.key(*names)
    return np.flatnonzero(np.isin(key, key[examples]))
