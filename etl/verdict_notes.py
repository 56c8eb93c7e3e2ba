"""Notes beside a verdict: codes that the dashboard makes sentences of, and what each means."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from etl.estimation import Codes, Flags

NOTES: Mapping[str, str] = {
    "age_near": "The series has another adult threshold (18 or 19) than the target",
    "awaiting_final": "No comparable wave in or after the target year yet: a running verdict",
    "baseline_at_target": "The comparable baseline is at or past the target: no path",
    "baseline_matters": "Judged against the baseline as stated, the code would be another",
    "baseline_suppressed": "The figure of the baseline year is suppressed in this edition",
    "baseline_year_assumed": "The plan states no year for its baseline; this year is assumed",
    "break_flagged": "The producer flags a break at a wave after the baseline",
    "break_minor": "A minor break lies between the waves compared",
    "country_not_tested": "The country has no standard error for these waves",
    "exceptional_wave": "The baseline or latest wave is outside the regular rhythm",
    "figures_before_baseline": "The newest figure is from before the baseline year",
    "indicative": "The trend before the plan rests on two waves",
    "judged_after_target_year": "The target year lies between waves: the first one after it judges",
    "met_late": "The first wave in or after the target year was short of it; a later one is not",
    "model": "A model estimate: successive waves are not independent, so change is a hint",
    "newer_not_comparable": "Newer waves than the latest exist that may not be compared with it",
    "newer_suppressed": "A newer wave is suppressed for this municipality",
    "older_edition": "A newer edition has figures, and none for the baseline wave",
    "provisional": "The baseline or latest figure is provisional",
    "reached_before": "An earlier wave, from the baseline on, was at or past the target",
    "sample_size_assumed": "A standard error comes from n and an assumed design effect",
    "sample_too_small": "Under 50 respondents, or a margin wider than 30 points: not tested",
    "target_at_limit": "The target on this series is 0 or 100, which a survey can never show",
    "target_year_unknown": "The plan states no target year: no pace",
    "unreliable": "The producer calls the baseline or latest figure unreliable",
}
"""Every note code with its meaning, in alphabetical order."""


def joined_notes(flags: Mapping[str, Flags]) -> pa.Array:
    """Codes of the notes that are true, per assessment: alphabetical, separated by commas."""
    unknown = set(flags) - set(NOTES)
    if unknown:
        raise KeyError(f"notes without a meaning: {sorted(unknown)}")
    names = sorted(flags)
    size = len(next(iter(flags.values())))
    mask: Codes = np.zeros(size, dtype=np.int64)
    for place, name in enumerate(names):
        mask |= flags[name].astype(np.int64) << place
    combinations, which = np.unique(mask, return_inverse=True)
    texts = [
        ",".join(name for place, name in enumerate(names) if combination >> place & 1)
        for combination in combinations.tolist()
    ]
    return pa.array(texts, pa.string()).take(pa.array(which))
