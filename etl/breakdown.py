"""Change per age group over the waves of an assessment, corrected for how many are tested."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.changes import Change, measure_change
from etl.estimation import Codes, Flags, Floats, normal_probability
from etl.picks import Picks
from etl.sensitivity import words
from etl.verdict_codes import CHANGES, SHOWN
from etl.verdicts import Judged

LEVEL_OF_TEST = 0.05
"""Two-sided chance of calling a change where there is none, over all groups together."""

AgeRange = tuple[float, float]
"""Youngest and oldest age of a group in years."""


def two_sided_p(z: Floats) -> Floats:
    """Two-sided p-value of a standard normal z; NaN stays NaN."""
    known = ~np.isnan(z)
    result = np.full(z.shape, np.nan)
    result[known] = 2.0 * normal_probability(-np.abs(z[known]))
    return result


def holm(p: Floats) -> Floats:
    """p-values corrected after Holm (1979) within each row; NaN is not tested and not counted."""
    order = np.argsort(p, axis=1)
    ordered = np.take_along_axis(p, order, axis=1)
    tested = (~np.isnan(p)).sum(axis=1, keepdims=True)
    factor = tested - np.arange(p.shape[1])
    scaled = np.where(np.isnan(ordered), -np.inf, ordered * factor)
    raised = np.minimum(np.maximum.accumulate(scaled, axis=1), 1.0)
    raised = np.where(np.isnan(ordered), np.nan, raised)
    result = np.empty_like(p)
    np.put_along_axis(result, order, raised, axis=1)
    return result


def disjoint_groups(
    ranges: list[AgeRange], *, complete: list[bool], present: list[bool]
) -> list[int]:
    """Places of age groups that do not overlap, as many as fit.

    Groups with figures in both waves (`complete`) come before those with one (`present`); within
    these the group that ends first, and of those the narrowest. So 18-64 and 65+, never 18+.
    """
    chosen: list[int] = []
    places = sorted(range(len(ranges)), key=lambda at: (ranges[at][1], -ranges[at][0]))
    for eligible in (complete, present):
        for at in places:
            youngest, oldest = ranges[at]
            apart = all(
                oldest < ranges[other][0] or youngest > ranges[other][1] for other in chosen
            )
            if eligible[at] and apart and at not in chosen:
                chosen.append(at)
    return sorted(chosen)


def breakdown_table(judged: Judged, *, age_groups: pa.Table, keys: pa.Table) -> pa.Table:
    """Rows of marts.age_breakdown: disjoint age groups of the same series, edition and region.

    Groups without bounds cannot be told apart and are left out, as is a breakdown that would hold
    nothing but the target's own group. Only assessments with a baseline and a later wave.
    """
    picks, evidence = judged.picks, judged.evidence
    names, ranges = _ranges(age_groups)
    rows = np.flatnonzero((evidence.latest_year > evidence.baseline_year) & ~picks.not_comparable)
    if not len(rows) or not names:
        return BREAKDOWN_SCHEMA.empty_table()
    picked = picks.take(rows)
    change, has = _changes(picked, names=names)
    shown = _chosen(picked, names=names, ranges=ranges, has=has)
    p = two_sided_p(np.where(shown, change.z, np.nan))
    corrected = holm(p)
    picked_rows = at, group = np.nonzero(shown)
    index, (baseline, latest) = picks.tracks.index, has
    columns: dict[str, object] = {
        "age_group": pa.array(names, pa.string()).take(pa.array(group)),
        "baseline_value": index.value[baseline[picked_rows]],
        "baseline_year": evidence.baseline_year[rows[at]],
        "latest_value": index.value[latest[picked_rows]],
        "latest_year": evidence.latest_year[rows[at]],
        "change_pp": change.pp[picked_rows],
        "change_ci_lower": change.ci_lower[picked_rows],
        "change_ci_upper": change.ci_upper[picked_rows],
        "z_change": change.z[picked_rows],
        "p_value": p[picked_rows],
        "p_value_holm": corrected[picked_rows],
        "groups_tested": (~np.isnan(p)).sum(axis=1)[at],
        "change": words(_words_of(change, corrected, index.value, has)[picked_rows], CHANGES),
    }
    table = keys.take(pa.array(rows[at]))
    for name, column in columns.items():
        table = table.append_column(name, pa.array(column, from_pandas=True))
    return table.cast(BREAKDOWN_SCHEMA)


def _ranges(age_groups: pa.Table) -> tuple[list[str], list[AgeRange]]:
    """Groups with a known youngest age, and their ages; no oldest age is without an end."""
    bounded = [row for row in age_groups.to_pylist() if row["min_age"] is not None]
    ranges = [
        (float(row["min_age"]), math.inf if row["max_age"] is None else float(row["max_age"]))
        for row in bounded
    ]
    return [row["age_group"] for row in bounded], ranges


def _changes(picks: Picks, *, names: list[str]) -> tuple[Change, tuple[Codes, Codes]]:
    """Change per assessment and age group (rows, groups), and the rows of both figures."""
    index, facts = picks.tracks.index, picks.tracks.facts
    rank = picks.tracks.rank[picks.track]
    years = picks.year(picks.baseline).astype(int), picks.year(picks.latest).astype(int)
    found: tuple[list[Codes], list[Codes]] = ([], [])
    for name in names:
        subject = index.subjects(
            series_id=facts["series_id"],
            indicator=facts["indicator"],
            age_group=pa.array([name] * len(facts), pa.string()),
            region_code=facts["region_code"],
        )[picks.track]
        for place, year in enumerate(years):
            found[place].append(index.find(subject, rank=rank, year=year))
    baseline, latest = np.stack(found[0], axis=1), np.stack(found[1], axis=1)
    sign = picks.sign[:, np.newaxis]
    return measure_change(index, baseline=baseline, latest=latest, sign=sign), (baseline, latest)


def _chosen(
    picks: Picks, *, names: list[str], ranges: list[AgeRange], has: tuple[Codes, Codes]
) -> Flags:
    """Which groups an assessment shows; worked out once per pattern of figures that exist."""
    exists = [~np.isnan(picks.tracks.index.value[rows]) for rows in has]
    _, first, which = np.unique(_numbered(exists), return_index=True, return_inverse=True)
    shown = np.zeros((len(first), len(names)), dtype=bool)
    for number, row in enumerate(first):
        both, any_wave = exists[0][row] & exists[1][row], exists[0][row] | exists[1][row]
        groups = disjoint_groups(ranges, complete=both.tolist(), present=any_wave.tolist())
        shown[number, groups] = True
    result = shown[which]
    own = picks.tracks.facts["age_group"]
    own_place = pc.fill_null(pc.index_in(own, value_set=pa.array(names)), -1).to_numpy()
    place = own_place[picks.track]
    alone = (result.sum(axis=1) == 1) & (place >= 0)
    alone &= result[np.arange(len(place)), np.maximum(place, 0)]
    result[alone] = False
    return result


def _numbered(exists: list[Flags]) -> Codes:
    """A number per row that is the same for rows with the same flags."""
    result = np.zeros(len(exists[0]), dtype=np.int64)
    for flags in exists:
        for column in flags.T:
            _, result = np.unique(2 * result + column, return_inverse=True)
    return result


def _words_of(change: Change, corrected: Floats, value: Floats, has: tuple[Codes, Codes]) -> Codes:
    """What is shown per group after the correction, as places in CHANGES."""
    without_latest = np.isnan(value[has[1]])
    without_baseline = np.isnan(value[has[0]])
    shown = (corrected <= LEVEL_OF_TEST) & (np.abs(change.z) >= SHOWN) & change.is_large
    conditions = [
        without_latest,
        without_baseline,
        np.isnan(change.z),
        shown & (change.z > 0.0),
        shown,
    ]
    return np.select(conditions, [6, 4, 3, 0, 2], default=1)


BREAKDOWN_SCHEMA = pa.schema(
    [
        *[(name, pa.string()) for name in ("target_id", "series_id")],
        ("as_of_year", pa.int16()),
        ("age_group", pa.string()),
        *[("baseline_value", pa.float64()), ("baseline_year", pa.int16())],
        *[("latest_value", pa.float64()), ("latest_year", pa.int16())],
        *[(f"change_{name}", pa.float64()) for name in ("pp", "ci_lower", "ci_upper")],
        *[(name, pa.float64()) for name in ("z_change", "p_value", "p_value_holm")],
        *[("groups_tested", pa.int32()), ("change", pa.string())],
    ]
)
