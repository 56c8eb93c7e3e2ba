"""Which notes stand beside each assessment."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow.compute as pc

from etl.estimation import SE_METHODS, Codes, Flags
from etl.figure_index import STATUSES
from etl.picks import Picks
from etl.sensitivity import Variant, changes_code
from etl.tracks import last_place
from etl.verdict_codes import CODES
from etl.verdicts import TREND_CODES, WITH_NUMBER, Judged

PROVISIONAL = [STATUSES.index("provisional"), STATUSES.index("revised_provisional")]
UNRELIABLE = [STATUSES.index("unreliable")]
BREAK = STATUSES.index("break")
ASSUMED = SE_METHODS.index("sample_size")


def note_flags(judged: Judged, *, variants: list[Variant]) -> Mapping[str, Flags]:
    """Per note code, the assessments it stands beside."""
    return {
        **_of_target(judged),
        **_of_verdict(judged, variants=variants),
        **_of_figures(judged.picks),
        **_of_waves(judged.picks),
        **_of_trend(judged),
    }


def is_newest(picks: Picks) -> Flags:
    """Whether an assessment is at the newest published wave of its track."""
    result: Flags = picks.as_of == last_place(picks.tracks.published)[picks.track]
    return result


def _of_target(judged: Judged) -> Mapping[str, Flags]:
    picks, target, year = judged.picks, judged.target_value, judged.target_year
    has_number = picks.tracks.is_one_of("kind", *WITH_NUMBER)[picks.track]
    is_trend = picks.tracks.is_one_of("kind", "trend")[picks.track]
    assumed = pc.fill_null(picks.tracks.facts["baseline_year_assumed"], False)
    return {
        "age_near": picks.tracks.is_one_of("fit", "near")[picks.track],
        "baseline_year_assumed": ~is_trend & assumed.to_numpy()[picks.track],
        "model": picks.tracks.is_one_of("method", "model")[picks.track],
        "target_at_limit": (target <= 0.0) | (target >= 100.0),
        "target_year_unknown": has_number & np.isnan(year),
    }


def _of_verdict(judged: Judged, *, variants: list[Variant]) -> Mapping[str, Flags]:
    picks, evidence, verdicts = judged.picks, judged.evidence, judged.verdicts
    expected = ~np.isnan(judged.target_value) & ~np.isnan(judged.target_year)
    is_trend = picks.tracks.is_one_of("kind", "trend")[picks.track]
    matters = np.zeros(len(picks), dtype=bool)
    for variant in variants:
        if variant.name == "stated_baseline":
            matters[variant.rows] = changes_code(judged, variant=variant)
    return {
        "awaiting_final": expected & ~verdicts.final & ~picks.not_comparable,
        "baseline_at_target": verdicts.baseline_at_target,
        "baseline_matters": matters,
        "figures_before_baseline": ~is_trend
        & (evidence.latest_year < picks.of_target("baseline_year")),
        "judged_after_target_year": verdicts.final & (evidence.judged_year > evidence.target_year),
        "met_late": verdicts.met_late,
        "reached_before": verdicts.reached_before,
    }


def _of_figures(picks: Picks) -> Mapping[str, Flags]:
    """What is to be known of the figure of the baseline or of the latest wave."""
    index = picks.tracks.index
    used = [picks.figure(picks.baseline), picks.figure(picks.latest)]
    at = [(picks.baseline, picks.baseline >= 0), (picks.latest, picks.latest >= 0)]
    exceptional = [known & picks.tracks.exceptional[picks.track, place] for place, known in at]
    return {
        "exceptional_wave": exceptional[0] | exceptional[1],
        "provisional": _any(used, lambda row: np.isin(index.status[row], PROVISIONAL)),
        "sample_size_assumed": _any(used, lambda row: index.method[row] == ASSUMED),
        "sample_too_small": _any(used, lambda row: index.too_small[row]),
        "unreliable": _any(used, lambda row: np.isin(index.status[row], UNRELIABLE)),
    }


def _of_waves(picks: Picks) -> Mapping[str, Flags]:
    """What is to be known of the other waves of the track."""
    tracks, index = picks.tracks, picks.tracks.index
    places = np.arange(tracks.figure.shape[1])
    figure = tracks.figure[picks.track]
    has_baseline = picks.baseline >= 0
    flagged = (index.status[figure] == BREAK) & (places > picks.baseline[:, np.newaxis])
    flagged &= (places <= picks.as_of[:, np.newaxis]) & has_baseline[:, np.newaxis]
    suppressed = index.suppressed[figure]
    newer = (suppressed & (places > picks.as_of[:, np.newaxis])).any(axis=1)
    baseline_year = picks.of_target("baseline_year")[:, np.newaxis]
    gone = (suppressed & (tracks.year[picks.track] == baseline_year)).any(axis=1)
    gone &= ~tracks.is_one_of("kind", "trend")[picks.track]
    minor = tracks.severity[picks.track, picks.latest] == 1
    return {
        "baseline_suppressed": gone & ~has_baseline,
        "break_flagged": flagged.any(axis=1),
        "break_minor": minor & has_baseline & ~picks.not_comparable,
        "newer_not_comparable": (picks.as_of > picks.latest) & has_baseline,
        "newer_suppressed": newer & is_newest(picks),
        "older_edition": tracks.is_older_edition[picks.track],
    }


def _of_trend(judged: Judged) -> Mapping[str, Flags]:
    trend, code = judged.trend, judged.verdicts.code
    told = np.isin(code, [CODES.index(name) for name in TREND_CODES])
    return {
        "country_not_tested": ~np.isnan(trend.z)
        & (np.isnan(trend.z_country) | np.isnan(trend.z_difference)),
        "indicative": told & (trend.before == 2),
    }


def _any(rows: list[Codes], holds: Callable[[Codes], Flags]) -> Flags:
    result: Flags = np.logical_or.reduce([holds(row) for row in rows])
    return result
