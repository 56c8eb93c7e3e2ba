"""The seam of the statistics: published tables in, verdicts and all they rest on out."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pyarrow as pa
import pyarrow.compute as pc

from etl.assessment_notes import note_flags
from etl.assessment_rows import assessment_rows, row_keys, rows_without_figures
from etl.breakdown import breakdown_table
from etl.calibration import calibration_table
from etl.comparability import Break
from etl.comparisons import comparison_table
from etl.crosswalk import crosswalk_table
from etl.figure_index import index_figures
from etl.picks import pick_waves
from etl.sensitivity import (
    Variant,
    is_rounding_sensitive,
    judge_variants,
    sensitivity_table,
)
from etl.tracks import lay_tracks
from etl.verdict_notes import joined_notes
from etl.verdicts import Judged, judge_picks


@dataclass(frozen=True)
class Assessed:
    """Tables with the columns of the marts of the same names."""

    assessments: pa.Table
    sensitivity: pa.Table
    comparisons: pa.Table
    age_breakdown: pa.Table
    calibration: pa.Table
    crosswalk: pa.Table

    def tables(self) -> dict[str, pa.Table]:
        """Each table under the name that the marts read it by."""
        return {f"computed_{field.name}": getattr(self, field.name) for field in fields(self)}


def assess(
    *,
    targets: pa.Table,
    target_series: pa.Table,
    estimates: pa.Table,
    series: pa.Table,
    editions: pa.Table,
    breaks: pa.Table,
    waves: pa.Table,
    regions: pa.Table,
    age_groups: pa.Table,
    indicators: pa.Table,
) -> Assessed:
    """Assess every target on every series it is measured by, at every wave (docs: method).

    All tables have the columns of the marts of their names, `estimates` with standard errors.
    """
    listed = [Break(**row) for row in breaks.drop_columns("break_id").to_pylist()]
    in_play = figures_in_play(estimates, targets=targets, regions=regions)
    index = index_figures(in_play, editions=editions)
    facts = track_facts(
        targets, target_series=target_series, series=series, regions=regions, indicators=indicators
    )
    tracks = lay_tracks(facts, index=index, breaks=listed, waves=waves, editions=editions)
    judged = judge_picks(pick_waves(tracks))
    variants = judge_variants(judged)
    keys = row_keys(judged.picks)
    without = rows_without_figures(targets, judged=keys["target_id"])
    assessments = pa.concat_tables([judged_rows(judged, variants=variants), without])
    directions = zip(*(indicators[name].to_pylist() for name in DIRECTION), strict=True)
    return Assessed(
        assessments=assessments,
        sensitivity=sensitivity_table(judged, variants=variants, keys=keys),
        comparisons=comparison_table(judged.picks, evidence=judged.evidence, keys=keys),
        age_breakdown=breakdown_table(judged, age_groups=age_groups, keys=keys),
        calibration=calibration_table(index, breaks=listed, regions=regions, indicators=indicators),
        crosswalk=crosswalk_table(
            assessments, estimates=in_play, targets=targets, directions=dict(directions)
        ),
    )


DIRECTION = ("indicator", "direction")


def figures_in_play(estimates: pa.Table, *, targets: pa.Table, regions: pa.Table) -> pa.Table:
    """Figures that a verdict can rest on: not those of the many neighbourhoods without a target."""
    local = pc.is_in(regions["region_level"], value_set=pa.array(LOCAL_LEVELS))
    known = regions.filter(pc.invert(local))["region_code"].combine_chunks()
    codes = pa.concat_arrays([known, targets["region_code"].combine_chunks().cast(known.type)])
    return estimates.filter(pc.is_in(estimates["region_code"], value_set=codes))


LOCAL_LEVELS = ("district", "neighbourhood")


def judged_rows(judged: Judged, *, variants: list[Variant]) -> pa.Table:
    """Rows of marts.assessments with what the variants say of them."""
    return assessment_rows(
        judged,
        notes=joined_notes(note_flags(judged, variants=variants)),
        rounding_sensitive=is_rounding_sensitive(judged, variants=variants),
    )


def track_facts(
    targets: pa.Table,
    *,
    target_series: pa.Table,
    series: pa.Table,
    regions: pa.Table,
    indicators: pa.Table,
) -> pa.Table:
    """One row per target and series it may be measured by, in order, with what is known of both.

    `indicator` and `age_group` are those of the series; aims in words are judged on nothing.
    """
    measured = target_series.filter(pc.equal(target_series["role"], "measured_by"))
    row = pc.index_in(measured["target_id"], value_set=targets["target_id"])
    measured = measured.filter(pc.is_valid(row))
    chosen = targets.take(row.drop_null())
    table = measured.select(["target_id", "series_id", "indicator", "age_group", "position", "fit"])
    for name in TARGET_FACTS:
        table = table.append_column(name, chosen[name])
    of_series = series.take(pc.index_in(table["series_id"], value_set=series["series_id"]))
    for name in ("method", "design_effect", "typical_sample_size"):
        table = table.append_column(name, of_series[name])
    of_region = pc.index_in(table["region_code"], value_set=regions["region_code"])
    table = table.append_column("ggd_region_code", regions["ggd_region_code"].take(of_region))
    of_indicator = pc.index_in(table["indicator"], value_set=indicators["indicator"])
    table = table.append_column("direction", indicators["direction"].take(of_indicator))
    table = table.filter(pc.not_equal(table["kind"], "qualitative"))
    return table.sort_by([("target_id", "ascending"), ("position", "ascending")]).combine_chunks()


TARGET_FACTS = (
    *("region_code", "kind", "plan_start"),
    *("baseline_stated", "baseline_year", "baseline_year_assumed"),
    *("target_value", "target_change", "target_year"),
    *("former_target_value", "former_target_change", "former_target_year", "decided"),
)
"""Columns of a target that its verdict rests on."""
