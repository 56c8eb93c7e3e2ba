"""The verdict under another reading of the same figures, and what that says about the verdict."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from etl.estimation import Codes, Flags
from etl.picks import choose
from etl.verdict_codes import CHANGES, CODES, COLOURS, LEVELS, PACES, SHOWN
from etl.verdicts import WITH_NUMBER, Judged, Reading, judge_picks

SHOWN_TRENDS = ("trend_turned", "trend_broken", "trend_with_country")


@dataclass(frozen=True)
class Variant:
    """A variant of some assessments: their rows among all, and how they are judged then."""

    name: str
    rows: Codes
    judged: Judged


def judge_variants(judged: Judged) -> list[Variant]:
    """Judge every assessment again under each variant that concerns it.

    The stated baseline keeps the standard error of the comparable one; both published values move
    by half a rounding step together, and a trend target's earlier waves with them. Without the
    exceptional waves the verdict at such a wave is that of the last regular one before it.
    """
    picks = judged.picks
    has_number = picks.tracks.is_one_of("kind", *WITH_NUMBER)[picks.track]
    stated = has_number & (picks.baseline >= 0) & ~np.isnan(picks.of_target("baseline_stated"))
    former = has_number & picks.tracks.is_revised[picks.track]
    all_rows = np.ones(len(picks), dtype=bool)
    readings = (
        ("stated_baseline", stated, Reading(stated_baseline=True)),
        ("former_target", former, Reading(former_target=True)),
        ("rounding_up", all_rows, Reading(shift=0.5)),
        ("rounding_down", all_rows, Reading(shift=-0.5)),
    )
    variants = []
    for name, concerned, reading in readings:
        rows = np.flatnonzero(concerned)
        known = judged.evidence if concerned is all_rows else None
        chosen = picks.take(rows)
        variants.append(Variant(name, rows, judge_picks(chosen, reading=reading, gathered=known)))
    return [*variants, _without_exceptional_waves(judged)]


def _without_exceptional_waves(judged: Judged) -> Variant:
    picks, tracks = judged.picks, judged.picks.tracks
    places = np.arange(tracks.figure.shape[1])
    is_trend = tracks.is_one_of("kind", "trend")[picks.track]
    first = np.where(is_trend, 0, np.where(picks.baseline < 0, picks.latest, picks.baseline))
    in_play = (places >= first[:, np.newaxis]) & (places <= picks.as_of[:, np.newaxis])
    in_play &= tracks.exceptional[picks.track] & tracks.published[picks.track]
    rows = np.flatnonzero(in_play.any(axis=1))
    usable = tracks.published & ~tracks.exceptional
    chosen = choose(tracks, track=picks.track[rows], as_of=picks.as_of[rows], usable=usable)
    left = np.flatnonzero(chosen.latest >= 0)
    return Variant("without_exceptional_waves", rows[left], judge_picks(chosen.take(left)))


def changes_code(judged: Judged, *, variant: Variant) -> Flags:
    """Whether the variant has another code, per row of the variant."""
    result: Flags = variant.judged.verdicts.code != judged.verdicts.code[variant.rows]
    return result


def is_rounding_sensitive(judged: Judged, *, variants: list[Variant]) -> Flags:
    """Half a rounding step moves the value across the target, or loses a claim that is shown.

    Claims: level met or not met, change improved or worsened, behind at z_path <= -1.96, and a
    trend that turned, broke or moved with the country.
    """
    result = np.zeros(len(judged.picks), dtype=bool)
    before = _claims(judged)
    for variant in variants:
        if variant.name in ("rounding_up", "rounding_down"):
            side = variant.judged.verdicts.reached != judged.verdicts.reached[variant.rows]
            after = _claims(variant.judged)
            lost = (before[variant.rows] >= 0) & (after != before[variant.rows])
            result[variant.rows] |= side | lost.any(axis=1)
    return result


def _claims(judged: Judged) -> Codes:
    """Shown claims per assessment, one column each; -1 where nothing is shown."""
    verdicts = judged.verdicts
    columns = (
        _kept(verdicts.level, [LEVELS.index("met"), LEVELS.index("not_met")]),
        _kept(verdicts.change, [CHANGES.index("improved"), CHANGES.index("worsened")]),
        np.where(verdicts.tests.z_path <= -SHOWN, PACES.index("behind"), -1),
        _kept(verdicts.code, [CODES.index(name) for name in SHOWN_TRENDS]),
    )
    return np.stack(columns, axis=1)


def _kept(places: Codes, claims: list[int]) -> Codes:
    return np.where(np.isin(places, claims), places, -1)


def sensitivity_table(judged: Judged, *, variants: list[Variant], keys: pa.Table) -> pa.Table:
    """Rows of marts.sensitivity: one per assessment and variant that concerns it."""
    parts = []
    for variant in variants:
        verdicts, evidence = variant.judged.verdicts, variant.judged.evidence
        picks = variant.judged.picks
        shown = picks.tracks.index.value[picks.figure(picks.latest)]
        latest = np.where(np.isnan(evidence.latest_value), shown, evidence.latest_value)
        columns: dict[str, object] = {
            "variant": pa.array([variant.name] * len(variant.rows), pa.string()),
            "code": words(verdicts.code, CODES),
            "level": words(verdicts.level, LEVELS),
            "change": words(verdicts.change, CHANGES),
            "pace": words(verdicts.pace, PACES),
            "colour": words(verdicts.colour, COLOURS),
            "changes_verdict": changes_code(judged, variant=variant),
            "baseline_value": evidence.baseline_value,
            "baseline_year": evidence.baseline_year,
            "latest_value": latest,
            "latest_year": evidence.latest_year,
            "target_value": variant.judged.target_value,
            "target_year": variant.judged.target_year,
        }
        part = keys.take(pa.array(variant.rows))
        for name, column in columns.items():
            part = part.append_column(name, pa.array(column, from_pandas=True))
        parts.append(part.cast(SENSITIVITY_SCHEMA))
    return pa.concat_tables(parts)


def words(places: Codes, names: tuple[str, ...]) -> pa.Array:
    """Words of places in a list of words."""
    return pa.array(names, pa.string()).take(pa.array(places))


SENSITIVITY_SCHEMA = pa.schema(
    [
        *[(name, pa.string()) for name in ("target_id", "series_id")],
        ("as_of_year", pa.int16()),
        *[(name, pa.string()) for name in ("variant", "code", "level", "change", "pace")],
        *[("colour", pa.string()), ("changes_verdict", pa.bool_())],
        *[("baseline_value", pa.float64()), ("baseline_year", pa.int16())],
        *[("latest_value", pa.float64()), ("latest_year", pa.int16())],
        *[("target_value", pa.float64()), ("target_year", pa.int16())],
    ]
)
