"""Assessments as rows of the published table."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.assessment_notes import is_newest
from etl.changes import in_points, measure_change
from etl.comparability import SEVERITIES
from etl.detectable import Detectable, detectable
from etl.estimation import SE_METHODS, Codes, Flags, Floats, normal_probability, read_inside
from etl.picks import Picks
from etl.sensitivity import words
from etl.tracks import Tracks, comparable
from etl.verdict_codes import CHANGES, CODES, COLOURS, LEVELS, PACES
from etl.verdicts import WITH_NUMBER, Judged

Columns = dict[str, pa.Array | Floats | Flags]

ASSESSMENT_SCHEMA = pa.schema(
    [
        *[("target_id", pa.string()), ("series_id", pa.string()), ("as_of_year", pa.int16())],
        *[(name, pa.string()) for name in ("edition", "age_group", "fit")],
        *[(name, pa.bool_()) for name in ("is_headline", "is_current")],
        *[(name, pa.string()) for name in ("code", "level", "change", "pace", "colour")],
        *[("baseline_value", pa.float64()), ("baseline_year", pa.int16())],
        *[("latest_value", pa.float64()), ("latest_year", pa.int16())],
        *[(name, pa.float64()) for name in ("ci_lower", "ci_upper")],
        *[(name, pa.float64()) for name in ("baseline_ci_lower", "baseline_ci_upper")],
        *[(name, pa.string()) for name in ("baseline_se_method", "latest_se_method")],
        *[("target_value", pa.float64()), ("target_year", pa.int16())],
        *[(name, pa.float64()) for name in ("path_value", "gap_pp", "change_pp")],
        *[(name, pa.float64()) for name in ("change_ci_lower", "change_ci_upper")],
        *[(name, pa.float64()) for name in ("pct_targeted_change", "z_change", "p_improved")],
        *[(name, pa.float64()) for name in ("z_target", "p_met", "z_path", "p_on_path")],
        *[(name, pa.float64()) for name in ("z_trend", "z_trend_country", "forecast_value")],
        *[(f"{name}_pp_per_year", pa.float64()) for name in ("observed", "required")],
        *[(f"detectable_change{name}_pp", pa.float64()) for name in ("", "_80")],
        *[("respondents_needed", pa.int64()), ("detectable_is_assumed", pa.bool_())],
        *[("rounding_sensitive", pa.bool_()), ("comparability", pa.string())],
        ("notes", pa.string()),
    ]
)


def row_keys(picks: Picks) -> pa.Table:
    """Target, series and wave of every assessment."""
    facts = picks.tracks.facts.select(["target_id", "series_id"])
    table = facts.take(pa.array(picks.track))
    return table.append_column("as_of_year", pa.array(_as_of_year(picks), pa.int16()))


def _as_of_year(picks: Picks) -> Codes:
    return picks.tracks.year[picks.track, picks.as_of]


def assessment_rows(judged: Judged, *, notes: pa.Array, rounding_sensitive: Flags) -> pa.Table:
    """Rows of marts.assessments for every assessment on figures."""
    columns: Columns = {
        **_where(judged.picks),
        **_what(judged),
        **_figures(judged),
        **_distances(judged),
        **_tests(judged),
        **_detection(judged),
        "rounding_sensitive": rounding_sensitive,
        "notes": notes,
    }
    table = row_keys(judged.picks)
    for name, column in columns.items():
        table = table.append_column(name, pa.array(column, from_pandas=True))
    return table.select(ASSESSMENT_SCHEMA.names).cast(ASSESSMENT_SCHEMA)


def headline_tracks(tracks: Tracks) -> Flags:
    """The series each target is judged on first.

    The first with a baseline (trend: two waves before the plan that may be compared) and a later
    wave, comparable or not: the order is the municipality's. Else the first with figures.
    """
    published, places = tracks.published, np.arange(tracks.figure.shape[1])
    start = tracks.numbers("plan_start")[:, np.newaxis]
    fits = comparable(tracks.severity, published=published)
    before = (fits & (tracks.year <= start)).sum(axis=1)
    later = (published & (places > tracks.anchor[:, np.newaxis])).any(axis=1)
    is_trend = tracks.is_one_of("kind", "trend")
    usable = later & (tracks.anchor >= 0) & (~is_trend | (before >= 2))
    target = pc.rank(tracks.facts["target_id"].combine_chunks(), tiebreaker="dense").to_numpy()
    order = np.lexsort((np.arange(len(target)), ~usable, target))
    _, first = np.unique(target[order], return_index=True)
    result = np.zeros(len(target), dtype=bool)
    result[order[first]] = True
    return result


def _where(picks: Picks) -> Columns:
    tracks = picks.tracks
    taken = tracks.facts.select(["age_group", "fit"]).take(pa.array(picks.track))
    severity = tracks.severity[picks.track, picks.latest]
    severity = np.where(picks.not_comparable, len(SEVERITIES) - 1, severity)
    severity = np.where(picks.baseline < 0, len(SEVERITIES), severity)
    return {
        "edition": tracks.index.edition.take(pa.array(tracks.figure[picks.track, picks.as_of])),
        "age_group": taken["age_group"].combine_chunks(),
        "fit": taken["fit"].combine_chunks(),
        "is_headline": headline_tracks(tracks)[picks.track],
        "is_current": is_newest(picks),
        "comparability": words(severity, (*SEVERITIES, "not_applicable")),
    }


def _what(judged: Judged) -> Columns:
    verdicts = judged.verdicts
    return {
        "code": words(verdicts.code, CODES),
        "level": words(verdicts.level, LEVELS),
        "change": words(verdicts.change, CHANGES),
        "pace": words(verdicts.pace, PACES),
        "colour": words(verdicts.colour, COLOURS),
    }


def _figures(judged: Judged) -> Columns:
    picks, index = judged.picks, judged.picks.tracks.index
    baseline, latest = picks.figure(picks.baseline), picks.figure(picks.latest)
    methods = pa.array(SE_METHODS, pa.string())
    no_baseline = pa.array(picks.baseline < 0)
    return {
        "baseline_value": index.value[baseline],
        "baseline_year": judged.evidence.baseline_year,
        "latest_value": index.value[latest],
        "latest_year": judged.evidence.latest_year,
        "ci_lower": index.lower[latest],
        "ci_upper": index.upper[latest],
        "baseline_ci_lower": index.lower[baseline],
        "baseline_ci_upper": index.upper[baseline],
        "baseline_se_method": pc.if_else(
            no_baseline, None, methods.take(pa.array(index.method[baseline]))
        ),
        "latest_se_method": methods.take(pa.array(index.method[latest])),
        "target_value": judged.target_value,
        "target_year": judged.target_year,
    }


def _distances(judged: Judged) -> Columns:
    """Gap, change and pace in percentage points; NaN where they are not defined."""
    picks, e = judged.picks, judged.evidence
    has_change = (e.latest_year > e.baseline_year) & ~picks.not_comparable
    change = measure_change(
        picks.tracks.index,
        baseline=np.where(has_change, picks.figure(picks.baseline), -1),
        latest=np.where(has_change, picks.figure(picks.latest), -1),
        sign=e.sign,
    )
    is_maintain = picks.tracks.is_one_of("kind", "maintain")[picks.track]
    years_left = np.where(e.latest_year < e.target_year, e.target_year - e.latest_year, np.nan)
    years_gone = np.where(has_change & ~is_maintain, e.latest_year - e.baseline_year, np.nan)
    short = has_change & ~judged.verdicts.baseline_at_target
    promised = np.where(short, e.target_value - e.baseline_value, np.nan)
    return {
        "path_value": judged.verdicts.tests.path_value,
        "gap_pp": in_points(e.latest_value - e.target_value),
        "change_pp": change.pp,
        "change_ci_lower": change.ci_lower,
        "change_ci_upper": change.ci_upper,
        "pct_targeted_change": 100.0 * change.pp / promised,
        "observed_pp_per_year": change.pp / years_gone,
        "required_pp_per_year": np.where(
            is_maintain, np.nan, (e.target_value - e.latest_value) / years_left
        ),
    }


def _tests(judged: Judged) -> Columns:
    tests, trend = judged.verdicts.tests, judged.trend
    return {
        "z_change": tests.z_change,
        "p_improved": normal_probability(tests.z_change),
        "z_target": tests.z_target,
        "p_met": normal_probability(tests.z_target),
        "z_path": tests.z_path,
        "p_on_path": normal_probability(tests.z_path),
        "z_trend": trend.z,
        "z_trend_country": trend.z_country,
        "forecast_value": trend.forecast_value,
    }


def _detection(judged: Judged) -> Columns:
    found = _detectable(judged)
    return {
        "detectable_change_pp": found.change_pp,
        "detectable_change_80_pp": found.change_80_pp,
        "respondents_needed": found.respondents_needed,
        "detectable_is_assumed": found.is_assumed,
    }


def _detectable(judged: Judged) -> Detectable:
    picks, e = judged.picks, judged.evidence
    latest = picks.figure(picks.latest)
    is_inside = (e.target_value > 0.0) & (e.target_value < 100.0)
    promised = is_inside & ~judged.verdicts.baseline_at_target
    return detectable(
        baseline=read_inside(e.baseline_value, rounding_step=e.baseline_step),
        baseline_error=e.baseline_error,
        latest=read_inside(e.latest_value, rounding_step=e.latest_step),
        latest_error=e.latest_error,
        latest_sample_size=picks.tracks.index.sample_size[latest],
        target=np.where(promised, e.target_value, np.nan),
        sign=e.sign,
        design_effect=picks.of_target("design_effect"),
        typical_sample_size=picks.of_target("typical_sample_size"),
    )


def rows_without_figures(targets: pa.Table, *, judged: pa.ChunkedArray) -> pa.Table:
    """Rows of targets in words, and of targets that no series has a figure for."""
    left = targets.filter(pc.invert(pc.is_in(targets["target_id"], value_set=judged)))
    left = left.sort_by("target_id")
    rows = [_without_figures(target) for target in left.to_pylist()]
    return pa.Table.from_pylist(rows, schema=ASSESSMENT_SCHEMA)


def _without_figures(target: dict[str, object]) -> dict[str, object]:
    in_words = target["kind"] == "qualitative"
    has_number = target["kind"] in WITH_NUMBER
    no_year = has_number and target["target_year"] is None
    return {
        "target_id": target["target_id"],
        "series_id": "none",
        "as_of_year": 0,
        "is_headline": True,
        "is_current": True,
        "code": "qualitative" if in_words else "no_data",
        "target_value": target["target_value"] if has_number else None,
        "target_year": target["target_year"] if has_number else None,
        "colour": "grey",
        "detectable_is_assumed": False,
        "rounding_sensitive": False,
        "notes": "target_year_unknown" if no_year else "",
        **dict.fromkeys(("fit", "level", "change", "pace", "comparability"), "not_applicable"),
    }
