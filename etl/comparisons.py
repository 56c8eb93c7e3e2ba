"""The change of the country and of the GGD region over the same waves, beside each change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from etl.changes import Change, measure_change
from etl.estimation import Codes, Floats
from etl.evidence import Evidence, signed_logit
from etl.picks import Picks

COUNTRY = "NL01"
"""Region code of the Netherlands."""

COMPARATORS = ("country", "ggd_region")


@dataclass(frozen=True)
class Comparison:
    """One entry per assessment; figures of the other region, NaN where it has none."""

    baseline: Codes
    latest: Codes
    change: Change
    difference: Floats
    z: Floats


def comparator_codes(picks: Picks, *, comparator: str) -> pa.Array:
    """Region code of the comparator per track; null where unknown or the region itself."""
    facts = picks.tracks.facts
    own = facts["region_code"].to_pylist()
    if comparator == "country":
        others: list[str | None] = [COUNTRY] * len(own)
    else:
        others = facts["ggd_region_code"].to_pylist()
    known = [None if other == region else other for other, region in zip(others, own, strict=True)]
    return pa.array(known, pa.string())


def comparator_subjects(picks: Picks, *, comparator: str) -> Codes:
    """Subject of the comparator's figures per track, -1 where it has none in this series."""
    facts = picks.tracks.facts
    return picks.tracks.index.subjects(
        series_id=facts["series_id"],
        indicator=facts["indicator"],
        age_group=facts["age_group"],
        region_code=comparator_codes(picks, comparator=comparator),
    )


def compare(picks: Picks, *, evidence: Evidence, comparator: str) -> Comparison:
    """Compare changes on the logit scale, in the same series, edition and waves.

    `difference` is the change of the municipality minus that of the other, positive is better for
    the municipality; its z takes the four figures as independent and is NaN where a standard
    error is missing. The municipality is part of the other: that makes the z too small, not large.
    """
    index, e = picks.tracks.index, evidence
    subject = comparator_subjects(picks, comparator=comparator)[picks.track]
    rank = picks.tracks.rank[picks.track]
    has_change = (e.latest_year > e.baseline_year) & ~np.isnan(e.latest_value)
    baseline, latest = (
        np.where(
            has_change, index.find(subject, rank=rank, year=np.nan_to_num(year).astype(int)), -1
        )
        for year in (e.baseline_year, e.latest_year)
    )
    change = measure_change(index, baseline=baseline, latest=latest, sign=e.sign)
    own = signed_logit(e.baseline_value, step=e.baseline_step, sign=e.sign)
    own = own - signed_logit(e.latest_value, step=e.latest_step, sign=e.sign)
    difference = own - change.improvement
    error = np.hypot(np.hypot(e.baseline_error, e.latest_error), change.error)
    return Comparison(baseline, latest, change, difference, difference / error)


def comparison_table(picks: Picks, *, evidence: Evidence, keys: pa.Table) -> pa.Table:
    """Rows of marts.comparisons: assessments with a change that the comparator has as well."""
    index = picks.tracks.index
    parts = []
    for comparator in COMPARATORS:
        found = compare(picks, evidence=evidence, comparator=comparator)
        rows = np.flatnonzero(~np.isnan(found.change.pp))
        codes = comparator_codes(picks, comparator=comparator)
        columns = {
            "comparator": pa.array([comparator] * len(rows), pa.string()),
            "region_code": codes.take(pa.array(picks.track[rows])),
            "baseline_value": index.value[found.baseline[rows]],
            "baseline_year": index.year[found.baseline[rows]],
            "latest_value": index.value[found.latest[rows]],
            "latest_year": index.year[found.latest[rows]],
            "change_pp": found.change.pp[rows],
            "change_ci_lower": found.change.ci_lower[rows],
            "change_ci_upper": found.change.ci_upper[rows],
            "z_change": found.change.z[rows],
            "difference_logit": found.difference[rows],
            "z_difference": found.z[rows],
        }
        part = keys.take(pa.array(rows))
        for name, column in columns.items():
            part = part.append_column(name, pa.array(column, from_pandas=True))
        parts.append(part)
    return pa.concat_tables(parts).cast(COMPARISON_SCHEMA)


COMPARISON_SCHEMA = pa.schema(
    [
        *[(name, pa.string()) for name in ("target_id", "series_id")],
        ("as_of_year", pa.int16()),
        *[(name, pa.string()) for name in ("comparator", "region_code")],
        *[("baseline_value", pa.float64()), ("baseline_year", pa.int16())],
        *[("latest_value", pa.float64()), ("latest_year", pa.int16())],
        *[(f"change_{name}", pa.float64()) for name in ("pp", "ci_lower", "ci_upper")],
        *[(name, pa.float64()) for name in ("z_change", "difference_logit", "z_difference")],
    ]
)
