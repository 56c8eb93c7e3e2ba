"""Tracks: a target on one series, with all waves of the one edition it is judged on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.comparability import MAJOR, Break, newest_edition, severities
from etl.estimation import Codes, Flags, Floats
from etl.figure_index import STATUSES, FigureIndex


@dataclass(frozen=True)
class Tracks:
    """One entry per target and series that has figures; waves in order of year on the second axis.

    `facts` holds one row per track: the target, its series and what is known of both. `figure`
    is the row of each wave in the index, -1 where there are fewer waves. `anchor` is the wave of
    the baseline (trend: the last one before the plan), -1 without one.
    """

    index: FigureIndex
    facts: pa.Table
    subject: Codes
    rank: Codes
    is_older_edition: Flags
    sign: Floats
    figure: Codes
    anchor: Codes
    severity: Codes
    exceptional: Flags

    def __len__(self) -> int:
        return len(self.subject)

    @property
    def year(self) -> Codes:
        """Year of each wave; -1 where there is none."""
        return self.index.year[self.figure]

    @property
    def published(self) -> Flags:
        """Waves with a value: neither suppressed nor missing."""
        return ~np.isnan(self.index.value[self.figure])

    def numbers(self, name: str) -> Floats:
        """A number of the target or series per track, NaN where there is none."""
        return np.asarray(self.facts[name].cast(pa.float64()).to_numpy(), dtype=np.float64)

    @property
    def is_revised(self) -> Flags:
        """Tracks of a target that was another before; one to hold a baseline had no number."""
        former = ("former_target_value", "former_target_change", "former_target_year", "decided")
        known = [pc.is_valid(self.facts[name]).to_numpy() for name in former]
        return np.asarray(np.any(known, axis=0), dtype=bool)

    def is_one_of(self, name: str, *words: str) -> Flags:
        """Tracks whose word under `name` is one of these."""
        found = pc.is_in(self.facts[name], value_set=pa.array(words))
        return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def lay_tracks(
    facts: pa.Table,
    *,
    index: FigureIndex,
    breaks: list[Break],
    waves: pa.Table,
    editions: pa.Table,
) -> Tracks:
    """Choose the edition of each target and series, and line up its waves.

    `facts`: one row per target and series it may be measured by; those without a published figure
    are left out.
    """
    named = ("series_id", "indicator", "age_group", "region_code")
    subject = index.subjects(**{name: facts[name] for name in named})
    rank, owner, row = _choose_editions(facts, index=index, subject=subject)
    kept = np.flatnonzero(rank >= 0)
    facts = facts.take(pa.array(kept))
    figure = _padded(np.searchsorted(kept, owner), row=row, owners=len(kept))
    newest = _newest_ranks(index, subject=subject[kept])
    year = index.year[figure]
    anchor = _anchors(facts, year=year, published=~np.isnan(index.value[figure]))
    base = year[np.arange(len(kept)), np.where(anchor < 0, _last(figure, index), anchor)]
    return Tracks(
        index=index,
        facts=facts,
        subject=subject[kept],
        rank=rank[kept],
        is_older_edition=rank[kept] > newest,
        sign=np.where(pc.equal(facts["direction"], "increase").to_numpy(), -1.0, 1.0),
        figure=figure,
        anchor=anchor,
        severity=severities(
            year,
            anchor=base,
            applies=[(_applies(facts, one), one) for one in breaks],
            flagged=index.status[figure] == STATUSES.index("break"),
        ),
        exceptional=_exceptional(facts, rank=rank[kept], year=year, waves=waves, editions=editions),
    )


def _choose_editions(
    facts: pa.Table, *, index: FigureIndex, subject: Codes
) -> tuple[Codes, Codes, Codes]:
    """Edition of each track, and its figures: the track and row of each, ordered by year."""
    owner, row = index.rows_of(subject)
    baseline = pc.fill_null(facts["baseline_year"].cast(pa.int64()), 0).to_numpy()
    baseline = np.where(pc.equal(facts["kind"], "trend").to_numpy(), 0, baseline)
    rank = newest_edition(
        index.rank[row],
        owner=owner,
        owners=len(subject),
        holds_baseline=index.year[row] == baseline[owner],
        has_value=~np.isnan(index.value[row]),
    )
    used = index.rank[row] == rank[owner]
    return rank, owner[used], row[used]


def _padded(owner: Codes, *, row: Codes, owners: int) -> Codes:
    """Rows per owner (owners, most waves), -1 behind the last one."""
    count = np.bincount(owner, minlength=owners)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    result = np.full((owners, max(int(count.max(initial=0)), 1)), -1)
    result[owner, place] = row
    return result


def _newest_ranks(index: FigureIndex, *, subject: Codes) -> Codes:
    """Rank of the newest edition that publishes a figure of each subject."""
    owner, row = index.rows_of(subject)
    return newest_edition(
        index.rank[row],
        owner=owner,
        owners=len(subject),
        holds_baseline=np.zeros(len(row), dtype=bool),
        has_value=~np.isnan(index.value[row]),
    )


def _anchors(facts: pa.Table, *, year: Codes, published: Flags) -> Codes:
    """Place of the baseline wave; of a trend target, the last wave up to the plan's start."""
    is_trend = pc.equal(facts["kind"], "trend").to_numpy()
    start = pc.fill_null(facts["plan_start"].cast(pa.int64()), 0).to_numpy()
    baseline = pc.fill_null(facts["baseline_year"].cast(pa.int64()), 0).to_numpy()
    before = published & (year <= start[:, np.newaxis])
    at = published & (year == baseline[:, np.newaxis])
    return last_place(np.where(is_trend[:, np.newaxis], before, at))


def last_place(flags: Flags) -> Codes:
    """Place of the last true flag of each row; -1 where there is none."""
    result = np.full(len(flags), -1)
    # waves are few and rows many: a loop over the waves is the fast direction
    for place in range(flags.shape[1]):
        result[flags[:, place]] = place
    return result


def first_place(flags: Flags) -> Codes:
    """Place of the first true flag of each row; -1 where there is none."""
    from_the_end = last_place(flags[:, ::-1])
    return np.where(from_the_end < 0, -1, flags.shape[1] - 1 - from_the_end)


def comparable(severity: Codes, *, published: Flags) -> Flags:
    """Published waves without a major break between them and the baseline."""
    result: Flags = published & (severity < MAJOR)
    return result


def _last(figure: Codes, index: FigureIndex) -> Codes:
    return last_place(~np.isnan(index.value[figure]))


def _applies(facts: pa.Table, one: Break) -> Flags:
    same_series = pc.equal(facts["series_id"], one.series_id)
    found = pc.and_(same_series, pc.equal(facts["indicator"], one.indicator))
    return np.asarray(found.to_numpy(), dtype=bool)


def _exceptional(
    facts: pa.Table, *, rank: Codes, year: Codes, waves: pa.Table, editions: pa.Table
) -> Flags:
    """Waves outside the regular rhythm, such as the corona wave of 2022."""
    result = np.zeros(year.shape, dtype=bool)
    ranks = {
        (row["series_id"], row["edition"]): row["newest_rank"]
        for row in editions.select(["series_id", "edition", "newest_rank"]).to_pylist()
    }
    for wave in waves.filter(waves["exceptional"]).to_pylist():
        of_series = pc.equal(facts["series_id"], wave["series_id"]).to_numpy()
        of_edition = of_series & (rank == ranks[(wave["series_id"], wave["edition"])])
        result |= of_edition[:, np.newaxis] & (year == wave["year"])
    return result
