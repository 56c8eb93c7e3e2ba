"""Which waves of a series may be compared with which, and which edition they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from etl.estimation import Codes, Flags

SEVERITIES = ("same", "minor", "major")
"""Comparability of two waves, best first."""

MAJOR = SEVERITIES.index("major")


@dataclass(frozen=True)
class Break:
    """A change in how a series measures an indicator, between two years."""

    series_id: str
    indicator: str
    year_before: int
    year_after: int
    severity: str


def crosses(
    year: Codes, *, anchor: Codes, year_before: int | Codes, year_after: int | Codes
) -> Flags:
    """Whether a break lies between two years, in whole or, for a wave inside it, in part."""
    earlier, later = np.minimum(year, anchor), np.maximum(year, anchor)
    result: Flags = (earlier < year_after) & (later > year_before)
    return result


def severities(
    year: Codes,
    *,
    anchor: Codes,
    applies: Sequence[tuple[Flags, Break]],
    flagged: Flags,
) -> Codes:
    """Place in SEVERITIES of each wave (tracks, waves) against the wave of `anchor` (tracks).

    `applies` says to which tracks each break applies. A wave that its producer flags as a break
    (`flagged`) is cut off from what was before it, unless a listed break covers that year: then
    the listed severity holds. Nobody said that such a break is minor, so it is not compared.
    """
    worst = np.zeros(year.shape, dtype=np.int64)
    covered = np.zeros(year.shape, dtype=bool)
    base = anchor[:, np.newaxis]
    for tracks, one in applies:
        between = crosses(year, anchor=base, year_before=one.year_before, year_after=one.year_after)
        severity = np.where(between & tracks[:, np.newaxis], SEVERITIES.index(one.severity), 0)
        worst = np.maximum(worst, severity)
        inside = (year > one.year_before) & (year <= one.year_after)
        covered |= inside & tracks[:, np.newaxis]
    for wave in np.flatnonzero((flagged & ~covered).any(axis=0)):
        cut = (flagged & ~covered)[:, wave : wave + 1]
        at = year[:, wave : wave + 1]
        between = crosses(year, anchor=base, year_before=at - 1, year_after=at)
        worst = np.where(between & cut, MAJOR, worst)
    return np.where(year == base, 0, worst)


def newest_edition(
    rank: Codes, *, owner: Codes, owners: int, holds_baseline: Flags, has_value: Flags
) -> Codes:
    """Rank of the edition that each owner's waves all come from; -1 without a published figure.

    The newest (lowest rank) that holds the figure of the baseline wave; where none does, or there
    is no baseline, the newest with a figure. A wave that an edition suppresses is not held.
    """
    highest = np.iinfo(np.int64).max
    with_baseline = np.full(owners, highest)
    with_figures = np.full(owners, highest)
    holds = holds_baseline & has_value
    np.minimum.at(with_baseline, owner[holds], rank[holds])
    np.minimum.at(with_figures, owner[has_value], rank[has_value])
    chosen = np.where(with_baseline < highest, with_baseline, with_figures)
    return np.where(chosen < highest, chosen, -1)
