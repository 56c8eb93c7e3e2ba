"""Targets that want a trend broken: the line before the plan, carried on, against what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.estimation import Codes, Flags, Floats
from etl.verdict_codes import CODES, SHOWN

SLOWED = 1.28
"""z_trend from which a trend has slowed: one-sided 10%."""

FLAT = 1e-9
"""Slopes on the logit scale per year below this are level, not rising."""


@dataclass(frozen=True)
class Forecast:
    """Line through the earlier waves, at the later year: signed logits, so lower is better."""

    waves: Codes
    slope: Floats
    value: Floats
    z: Floats


def forecast(
    year: Floats,
    *,
    logits: Floats,
    errors: Floats,
    used: Flags,
    later_year: Floats,
    later_logit: Floats,
    later_error: Floats,
) -> Forecast:
    """Straight line weighted by known variances, against the later wave (method, section 6).

    Arrays of earlier waves are (assessments, waves), `used` says which count. The variance of the
    line is multiplied by the Birge factor max(1, Q/df) (Birge 1932) where df > 0. With a standard
    error missing all waves weigh the same and there is no z.
    """
    waves = used.sum(axis=1)
    tested = ~np.isnan(np.where(used, errors, 0.0)).any(axis=1) & ~np.isnan(later_error)
    spread = np.where(used & tested[:, np.newaxis], errors, 1.0)
    weight = np.where(used, 1.0 / spread**2, 0.0)
    logits, year = np.where(used, logits, 0.0), np.where(used, year, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        total = weight.sum(axis=1)
        mean_year = (weight * year).sum(axis=1) / total
        mean = (weight * logits).sum(axis=1) / total
        away = np.where(used, year - mean_year[:, np.newaxis], 0.0)
        spread_years = (weight * away**2).sum(axis=1)
        slope = (weight * away * logits).sum(axis=1) / spread_years
        residual = logits - mean[:, np.newaxis] - slope[:, np.newaxis] * away
        q = np.where(used, weight * residual**2, 0.0).sum(axis=1)
        freedom = waves - 2
        birge = np.where(freedom > 0, np.maximum(1.0, q / np.maximum(freedom, 1)), 1.0)
        distance = later_year - mean_year
        variance = birge * (1.0 / total + distance**2 / spread_years) + later_error**2
        value = np.where(waves >= 2, mean + slope * distance, np.nan)
        z = np.where(tested, (value - later_logit) / np.sqrt(variance), np.nan)
    return Forecast(waves=waves, slope=slope, value=value, z=z)


def trend_codes(
    *,
    before: Codes,
    has_later: Flags,
    not_comparable: Flags,
    slope: Floats,
    z_trend: Floats,
    z_trend_country: Floats,
    fall_shown: Flags,
    z_difference: Floats,
) -> Codes:
    """Verdict code of trend targets, as places in CODES; the first that matches.

    `before`: waves up to the plan's start. With two of them nothing above `trend_slowed` is said,
    and that only where its own condition holds. No country figure with a standard error at every
    wave used: the country part is not shown.
    """
    enough = before >= 3
    turned = enough & (slope > FLAT) & fall_shown
    broken = enough & (z_trend >= SHOWN)
    matches = {
        "no_baseline": before < 2,
        "not_comparable": not_comparable,
        "awaiting_measurement": ~has_later,
        "trend_untested": np.isnan(z_trend),
        "trend_turned": turned & (z_difference >= SHOWN),
        "trend_broken": broken & (z_trend_country >= SHOWN),
        "trend_with_country": turned | broken,
        "trend_slowed": z_trend >= SLOWED,
    }
    codes = [CODES.index(name) for name in matches]
    return np.select(list(matches.values()), codes, default=CODES.index("trend_not_shown"))
