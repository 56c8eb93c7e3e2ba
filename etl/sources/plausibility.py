"""Whether a figure can be true: range, interval, unit, and what deserves a second look."""

from __future__ import annotations

import re

import numpy as np

from etl.sources.base import Vocabulary
from etl.sources.codes import NoteCode, RefusalCode, Remark, remark
from etl.sources.ledger import KEY, Codes, Ledger, Mask, Numbers, Rows

LARGEST_SAMPLE = 20_000_000
"""More people than the Netherlands has."""
LARGEST_ERROR = 50.0
"""Standard error in points of a single answer where half say yes: no percentage has a larger."""
JUMP_PP = 10.0
FAR_FROM_COUNTRY_PP = 25.0
FAR_OUT = 3.0
"""Tukey's outer fence, in interquartile ranges."""
SMALLEST_SPREAD = 20
"""Regions from which a spread is worth the name."""
ENOUGH_FOR_A_COLUMN = 3
FIGURE = ("region_code", "indicator", "age_group", "year", "series_id", "edition")
"""What names a figure, in the order in which an example is sought."""
COLUMNS = (
    ((), 1),
    (("indicator",), ENOUGH_FOR_A_COLUMN),
    (("indicator", "year"), ENOUGH_FOR_A_COLUMN),
)
"""What is one column of a file and series, beside these two, and from how many values on."""

FORMULA = re.compile(r"^\s*(?:[=@\uff1d\uff20]|[+\-][^,;]*[(|!])")
MARKUP = re.compile(
    r"<[A-Za-z/!?]|javascript:|\]\(|&#|[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]"
)


def check_texts(ledger: Ledger) -> None:
    """Reject rows whose name, source or note holds a formula, markup or hidden characters."""
    for column in ("region_name", "source_ref", "note"):
        texts = ledger.columns.word(column)
        formula = texts.where(lambda text: bool(FORMULA.search(text)))
        markup = texts.where(lambda text: bool(MARKUP.search(text)))
        ledger.reject(formula, RefusalCode.FORMULA_IN_TEXT, column=column)
        ledger.reject(markup & ~formula, RefusalCode.MARKUP_IN_TEXT, column=column)


def check_units(ledger: Ledger) -> Mask:
    """Stop at a whole column of fractions, or of percentages times ten, and mark its rows.

    A column is what a file gives for a series, or (from three values on) for one indicator of it,
    in one wave or in all. A sign such as -1 or 9999 is no figure, and hides no fractions.
    """
    value = ledger.columns.number("value")
    known = np.flatnonzero(~np.isnan(value))
    stopped = np.zeros(len(value), bool)
    if not (((value > 0) & (value < 1)) | (value > 100)).any():
        return stopped  # of a whole country nothing is sorted for this
    for names, enough in COLUMNS:
        key = ledger.columns.key("file", "series_id", *names)[known]
        for rows in _groups(key, known):
            if stopped[rows].any():
                continue
            figures = rows[(value[rows] >= 0) & (value[rows] <= 100)]
            if len(figures) >= enough and _are_fractions(value[figures]):
                stopped[figures] = True
                _stop_unit(ledger, figures, what="fractions")
            elif len(rows) >= max(enough, 2) and _are_tenfold(value[rows]):
                stopped[rows] = True
                _stop_unit(ledger, rows, what="ten times a percentage")
    return stopped


def _are_fractions(values: Numbers) -> bool:
    return bool(values.max() <= 1 and ((values > 0) & (values < 1)).any())


def _are_tenfold(values: Numbers) -> bool:
    return bool(values.min() > 100 and values.max() <= 1000)


def _stop_unit(ledger: Ledger, rows: Rows, *, what: str) -> None:
    value = ledger.columns.number("value")
    example = f"only {what}, such as {value[rows[0]]:g}"
    ledger.stop(
        rows,
        column="value",
        found=lambda _: example,
        expected=lambda _: "percentages from 0 to 100",
        remedy=lambda _: "Convert the whole column to percentages, margins and steps included.",
    )


def check_ranges(ledger: Ledger) -> None:
    """Reject impossible values, errors, steps and sample sizes."""
    number = ledger.columns.number
    with np.errstate(invalid="ignore"):
        ledger.reject(_outside(number("value")), RefusalCode.VALUE_OUT_OF_RANGE)
        error, step = number("standard_error"), number("rounding_step")
        impossible = (error <= 0) | (error > LARGEST_ERROR)
        ledger.reject(impossible, RefusalCode.IMPOSSIBLE_ERROR)
        ledger.reject((step <= 0) | (step > 100), RefusalCode.IMPOSSIBLE_STEP)
        size = number("sample_size")
        ledger.reject((size < 0) | (size > LARGEST_SAMPLE), RefusalCode.IMPOSSIBLE_SAMPLE)


def check_intervals(ledger: Ledger) -> None:
    """Reject an interval that is half, reversed, of no width, out of range or beside its value."""
    number = ledger.columns.number
    value, lower, upper = number("value"), number("ci_lower"), number("ci_upper")
    none, both = np.isnan(lower) & np.isnan(upper), ~np.isnan(lower) & ~np.isnan(upper)
    with np.errstate(invalid="ignore"):
        reasons = (
            (~none & ~both, RefusalCode.HALF_INTERVAL),
            (both & (lower > upper), RefusalCode.REVERSED_INTERVAL),
            (both & (lower == upper), RefusalCode.INTERVAL_WITHOUT_WIDTH),
            (_outside(lower) | _outside(upper), RefusalCode.LIMIT_OUT_OF_RANGE),
            (~none & np.isnan(value), RefusalCode.INTERVAL_WITHOUT_VALUE),
            (
                both & (lower < upper) & ((value < lower) | (value > upper)),
                RefusalCode.OUTSIDE_INTERVAL,
            ),
        )
    for mask, reason in reasons:
        ledger.reject(mask, reason)


def _outside(values: Numbers) -> Mask:
    """Mark what is no percentage; call within errstate(invalid="ignore")."""
    return (values < 0) | (values > 100)


def check_parts(ledger: Ledger, *, vocabulary: Vocabulary, other_unit: Mask) -> None:
    """Stop where a part (severely lonely) is above its whole (lonely) for the same key.

    Figures in another unit, which were stopped at already, are above or below for that reason.
    """
    columns, indicator = ledger.columns, ledger.columns.word("indicator")
    key = columns.key("file", "series_id", "edition", "region_code", "age_group", "year")
    value = columns.number("value")
    usable = ledger.accepted() & ~np.isnan(value) & ~other_unit
    for part, names in vocabulary.indicators.items():
        if names.part_of is None or part not in indicator.words:
            continue
        parts = np.flatnonzero(usable & indicator.where(lambda word, part=part: word == part))  # type: ignore[misc]
        wholes = np.flatnonzero(
            usable & indicator.where(lambda word, whole=names.part_of: word == whole)  # type: ignore[misc]
        )
        match = _matching(key[parts], key[wholes])
        parts, match = parts[match >= 0], wholes[match[match >= 0]]
        above = value[parts] > value[match]
        whole_of = dict(zip(parts[above].tolist(), match[above].tolist(), strict=True))
        ledger.stop(
            parts[above],
            column="value",
            found=lambda i, of=whole_of, part=part: (  # type: ignore[misc]
                f"{part} {value[i]:g} above {vocabulary.indicators[part].part_of} {value[of[i]]:g}"
            ),
            expected=lambda _, part=part: (  # type: ignore[misc]
                f"{part} at most {vocabulary.indicators[part].part_of}, of which it is a part"
            ),
            remedy=lambda _: "Correct the figures: two columns may have changed places.",
        )


def _matching(wanted: Codes, offered: Codes) -> Codes:
    """Position in `offered` of each key that is wanted; -1 where there is none."""
    if not len(offered) or not len(wanted):
        return np.full(len(wanted), -1, np.int64)
    highest = int(max(wanted.max(), offered.max()))
    if highest < len(wanted) + len(offered):  # close together: a list of places is read at once
        place_of = np.full(highest + 1, -1, np.int64)
        place_of[offered[::-1]] = np.arange(len(offered))[::-1]
        return place_of[wanted]
    order = np.argsort(offered, kind="stable")
    place = np.minimum(np.searchsorted(offered[order], wanted), len(offered) - 1)
    return np.where(offered[order][place] == wanted, order[place], -1)


def note_margins(ledger: Ledger) -> None:
    """Say once per file and series that its figures cannot be tested."""
    number, series = ledger.columns.number, ledger.columns.word("series_id")
    bare = ~np.isnan(number("value")) & ledger.accepted()
    for name in ("ci_lower", "standard_error", "sample_size"):
        bare &= np.isnan(number(name))
    for code, series_id in enumerate(series.words):
        rows = np.flatnonzero(bare & (series.codes == code))
        said = remark(NoteCode.NO_MARGINS, series=series_id or "")
        ledger.note(rows, lambda _, said=said: said)  # type: ignore[misc]


def note_jumps(ledger: Ledger) -> None:
    """Ask for a second look where successive waves differ by more than ten points."""
    columns = ledger.columns
    value = columns.number("value")
    rows = np.flatnonzero(ledger.accepted() & ~np.isnan(value))
    key = columns.key(*KEY)
    rows = rows[np.argsort(key[rows], kind="stable")]  # the year comes last in it
    same = np.diff(key[rows] // max(len(columns.year.words), 1)) == 0
    step = np.abs(np.diff(value[rows]))
    jumps = rows[1:][same & (step > JUMP_PP + 1e-9)]
    former = dict(zip(rows[1:].tolist(), rows[:-1].tolist(), strict=True)) if len(jumps) else {}

    def said(of_file: Rows) -> Remark:
        sizes = np.array([abs(value[i] - value[former[i]]) for i in of_file.tolist()])
        largest = columns.first_by_word(of_file[sizes == sizes.max()], *FIGURE)
        before, after = float(value[former[largest]]), float(value[largest])
        figure = _figure(ledger, largest)
        return remark(NoteCode.JUMP_BETWEEN_WAVES, **figure, before=before, after=after)

    ledger.note(jumps, said)


def note_outliers(ledger: Ledger) -> None:
    """Ask for a second look at values far from those of the other regions or of the country."""
    columns, value = ledger.columns, ledger.columns.number("value")
    region = columns.word("region_code")
    usable = ledger.accepted() & ~np.isnan(value)
    key = columns.key("file", "series_id", "edition", "indicator", "age_group", "year")
    far: list[Rows] = []
    for level in ("GG", "GM", "WK", "BU"):
        rows = np.flatnonzero(usable & region.where(lambda code, of=level: code.startswith(of)))  # type: ignore[misc]
        far += [_far_out(value, group) for group in _groups(key[rows], rows)]
    country = np.flatnonzero(usable & region.where(lambda code: code == "NL01"))
    rows = np.flatnonzero(usable)
    match = _matching(key[rows], key[country])
    compared, of = rows[match >= 0], country[match[match >= 0]]
    far.append(compared[np.abs(value[compared] - value[of]) > FAR_FROM_COUNTRY_PP])

    def said(of_file: Rows) -> Remark:
        first = columns.first_by_word(of_file, *FIGURE)
        figure = _figure(ledger, first)
        return remark(NoteCode.FAR_FROM_OTHERS, **figure, value=float(value[first]))

    is_far = np.zeros(len(columns), bool)
    is_far[np.concatenate(far)] = True
    ledger.note(np.flatnonzero(is_far), said)


def _far_out(value: Numbers, rows: Rows) -> Rows:
    """Rows beyond the outer fences of their group."""
    if len(rows) < SMALLEST_SPREAD:
        return rows[:0]
    low, high = np.percentile(value[rows], [25, 75])
    margin = FAR_OUT * (high - low)
    return rows[(value[rows] < low - margin) | (value[rows] > high + margin)]


def _groups(key: Codes, rows: Rows) -> list[Rows]:
    """Split rows by their key."""
    if not len(rows):
        return []
    if key.min() == key.max():
        return [rows]
    narrow = key.astype(np.min_scalar_type(key.max()))  # of few bits are sorted many times sooner
    order = np.argsort(narrow, kind="stable")
    starts = np.flatnonzero(np.diff(key[order])) + 1
    return np.split(rows[order], starts)


def _figure(ledger: Ledger, index: int) -> dict[str, str]:
    """Name a figure: GM0060, lonely, 65+, 2016."""
    columns = ledger.columns
    names = {"region": "region_code", "indicator": "indicator", "age_group": "age_group"}
    words = {fact: columns.word(name).at(index) for fact, name in names.items()}
    return {**words, "year": f"{columns.number('year')[index]:.0f}"}
