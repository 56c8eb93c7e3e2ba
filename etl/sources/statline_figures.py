"""Rows of a StatLine table to figures: value and bounds joined into one estimate."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from etl.errors import Problem
from etl.sources.base import FIGURE_SCHEMA, REGION_CODE, WORDS
from etl.sources.codes import NoteCode, Remark, remark
from etl.sources.statline_columns import (
    NORMAL,
    NOT_APPLICABLE,
    STATUSES,
    Cells,
    Column,
    Indices,
    Numbers,
    Records,
    coded_column,
    read_cells,
    unknown_texts,
)
from etl.sources.statline_grid import Grid, arrange
from etl.sources.statline_layout import Layout
from etl.sources.statline_names import LOWER, MARGINS, UPPER, VALUE, Topic, is_code

THREADS = 2
_REGION = re.compile(REGION_CODE)


@dataclass(frozen=True)
class Assembled:
    """Figures in FIGURE_SCHEMA, counts of what was mended or missed, what stops the load."""

    figures: pa.Table
    noted: Mapping[Remark, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def assemble(records: Records, *, layout: Layout) -> Assembled:
    """Turn rows into one figure per region, age group, year and indicator, or into problems.

    A topic that is null for every region of an age group and period was not measured: no figure.
    Columns are read, and values and bounds looked up, a few at a time.
    """
    with ThreadPoolExecutor(THREADS) as pool:
        delivered = [records.columns[name] for name in layout.columns]
        columns = dict(zip(layout.columns, pool.map(coded_column, delivered), strict=True))
        dimensions = {name: columns[name] for name in layout.dimensions}
        problems = _unknown_codes(dimensions, layout=layout, records=records)

        keys = [topic.key for topic in layout.topics]
        read = [pool.submit(read_cells, columns[key], name=key, records=records) for key in keys]
        figures_of = {key: one.result()[0] for key, one in zip(keys, read, strict=True)}
        problems += [problem for one in read for problem in one.result()[1]]
        if problems:
            return Assembled(FIGURE_SCHEMA.empty_table(), problems=tuple(problems))
        grid, problems = arrange(dimensions, figures_of=figures_of, layout=layout, records=records)
        if problems:
            return Assembled(FIGURE_SCHEMA.empty_table(), problems=tuple(problems))

        figures, halves = _figures(figures_of, grid=grid, layout=layout, pool=pool)
    noted = {
        remark(NoteCode.CODES_STRIPPED): dimensions[layout.region].padded,
        remark(NoteCode.REPEATED_ROWS): grid.doubled,
        remark(NoteCode.ONE_BOUND): halves,
        **{
            remark(NoteCode.OTHER_BREAKDOWN, breakdown=name): count
            for name, count in grid.left_out.items()
        },
    }
    return Assembled(_of_file(figures, file=records.file), noted=_counted(noted))


def _of_file(figures: pa.Table, *, file: str) -> pa.Table:
    """Return figures with the file that they come from."""
    named = figures.append_column("file", _word(file, len(figures)))
    return named.select(FIGURE_SCHEMA.names).cast(FIGURE_SCHEMA)


def _counted(counts: Mapping[Remark, int]) -> dict[Remark, int]:
    return {what: count for what, count in counts.items() if count}


def _unknown_codes(
    dimensions: Mapping[str, Column], *, layout: Layout, records: Records
) -> list[Problem]:
    """Check the codes of every dimension; beside a total there may be other groups."""
    ages = (*layout.age_groups, *layout.ignored_ages)
    known = {
        layout.region: (_is_region, f"a code such as GM1783 ({REGION_CODE})"),
        layout.margin: (MARGINS.__contains__, f"one of {', '.join(MARGINS)}"),
        layout.period: (layout.years.__contains__, _one_of_periods(layout.years)),
        layout.age: (ages.__contains__, f"one of {', '.join(ages)}"),
    }
    problems = []
    for name, (is_known, expected) in known.items():
        if name is not None:
            problems += unknown_texts(
                dimensions[name], name=name, is_known=is_known, expected=expected, records=records
            )
    for name, total in layout.totals.items():
        problems += unknown_texts(
            dimensions[name],
            name=name,
            is_known=is_code,
            expected=f"the total {total}, or the code of another group",
            records=records,
        )
    return problems


def _one_of_periods(years: Mapping[str, int]) -> str:
    return f"one of {', '.join(years)}" if years else "a year such as 2016JJ00"


def _is_region(text: str) -> bool:
    return _REGION.fullmatch(text) is not None


def _figures(
    figures_of: Mapping[str, Cells], *, grid: Grid, layout: Layout, pool: ThreadPoolExecutor
) -> tuple[pa.Table, int]:
    """Return the figures of all topics, region by region, and how many have one bound only."""
    topics = sorted(layout.topics, key=lambda topic: topic.indicator)
    cells = [figures_of[topic.key] for topic in topics]
    places = _measured(cells, grid=grid)
    region, topic, slot = np.nonzero(places)

    def numbers(kind: int) -> Numbers:
        rows = grid.table(kind)
        found = [np.where(rows >= 0, each.values[rows], np.nan) for each in cells]
        return np.stack(found, axis=1)[places]

    value, lower, upper = pool.map(numbers, (VALUE, LOWER, UPPER))
    rows = grid.table(VALUE)
    statuses = np.stack([each.statuses[rows] for each in cells], axis=1)[places]
    rows = rows[region, slot]
    half = np.isnan(lower) != np.isnan(upper)
    without = np.isnan(value) | np.isnan(lower) | np.isnan(upper)
    steps = [_rounding_step(topic, cells=each) for topic, each in zip(topics, cells, strict=True)]
    columns = {
        **_keys(region, slot, grid=grid, layout=layout),
        "indicator": _taken([topic.indicator for topic in topics], topic),
        "value": pa.array(value, mask=np.isnan(value)),
        "rounding_step": pa.array(np.array(steps)[topic]),
        "ci_lower": pa.array(lower, mask=without),
        "ci_upper": pa.array(upper, mask=without),
        "standard_error": pa.nulls(len(rows), pa.float64()),
        "sample_size": pa.nulls(len(rows), pa.int64()),
        "obs_status": _statuses(statuses, slot=slot, grid=grid, layout=layout),
        "note": pa.nulls(len(rows), WORDS),
        "row": pa.array(rows + 2),
    }
    return pa.table(columns), int((half & ~np.isnan(value)).sum())


def _measured(cells: Sequence[Cells], *, grid: Grid) -> npt.NDArray[np.bool_]:
    """Mark, per region, topic and slot, the figures that the table gives or says to be missing.

    Where a topic is not applicable in every region of a slot, it was not measured there.
    """
    rows = grid.table(VALUE)
    given = rows >= 0
    measured = [
        ((each.statuses[rows] != NOT_APPLICABLE) & given).any(axis=0, keepdims=True)
        for each in cells
    ]
    return np.stack([given & slots for slots in measured], axis=1)


def _rounding_step(topic: Topic, *, cells: Cells) -> float:
    """Return the distance between two published values, from the declared or used decimals."""
    decimals = max(topic.decimals or 0, cells.decimals)
    return float(f"1e-{decimals}")


def _keys(region: Indices, slot: Indices, *, grid: Grid, layout: Layout) -> dict[str, pa.Array]:
    """Return series, edition, region, age group, year and source of every figure."""
    age, period = slot // len(grid.periods), slot % len(grid.periods)
    age_groups = [layout.age_groups.get(code, layout.fixed_age) for code in grid.ages]
    years = [layout.years.get(code, layout.fixed_year) for code in grid.periods]
    names = [layout.region_names.get(code) for code in grid.regions]
    source = f"{layout.series.producer or ''} StatLine {layout.table_id}".strip()
    return {
        "series_id": _word(layout.series.series_id, len(region)),
        "edition": _word(layout.table_id, len(region)),
        "region_code": _taken(grid.regions, region),
        "region_name": _taken(names, region),
        "age_group": _taken(age_groups, age),
        "year": pa.array(np.array(years, dtype=np.int16)[period]),
        "source_ref": _word(source, len(region)),
    }


def _statuses(statuses: Indices, *, slot: Indices, grid: Grid, layout: Layout) -> pa.Array:
    """Return obs_status per figure: that of its cell, or that of its whole period."""
    names = list(STATUSES)
    of_period = [layout.provisional.get(code, STATUSES[NORMAL]) for code in grid.periods]
    period_status = np.array([names.index(name) for name in of_period])[slot % len(grid.periods)]
    return _taken(names, np.where(statuses == NORMAL, period_status, statuses))


def _word(text: str, count: int) -> pa.DictionaryArray:
    """Return a column that says the same in every row."""
    return pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int32()), count), [text])


def _taken(texts: Sequence[str | None], numbers: Indices) -> pa.DictionaryArray:
    """Return a column with the text of each number."""
    words = pa.array(texts, pa.string()).dictionary_encode()
    indices = words.indices.fill_null(-1).to_numpy()[numbers]
    return pa.DictionaryArray.from_arrays(pa.array(indices, mask=indices < 0), words.dictionary)
