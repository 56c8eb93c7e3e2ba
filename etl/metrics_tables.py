"""metrics.yaml as tables, with the columns of the mart that each of them becomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from etl.metrics_columns import COLUMNS
from etl.metrics_models import Metrics
from etl.metrics_texts import both, text_rows
from etl.municipality_models import Item, Municipality, Target
from etl.promises import Promise, baseline_year, fit, promise_in_force

Row = Mapping[str, Any]


def as_tables(metrics: Metrics) -> dict[str, pa.Table]:
    """Make every table that metrics.yaml fills; a column without a value is null."""
    rows: dict[str, Iterable[Row]] = {
        "metrics_series": _series(metrics),
        "metrics_editions": _editions(metrics),
        "metrics_waves": _waves(metrics),
        "metrics_breaks": _breaks(metrics),
        "metrics_indicators": _indicators(metrics),
        "metrics_age_groups": _age_groups(metrics),
        "metrics_texts": text_rows(metrics),
        "metrics_municipalities": _municipalities(metrics),
        "metrics_targets": _targets(metrics),
        "metrics_target_series": _target_series(metrics),
        "metrics_plans": _plans(metrics),
    }
    return {name: _table(rows[name], columns) for name, columns in COLUMNS.items()}


def _table(rows: Iterable[Row], columns: Mapping[str, pa.DataType]) -> pa.Table:
    listed = list(rows)
    arrays = {
        name: pa.array([row.get(name) for row in listed], type=kind)
        for name, kind in columns.items()
    }
    return pa.table(arrays, schema=pa.schema(list(columns.items())))


def _series(metrics: Metrics) -> Iterator[Row]:
    for order, (series_id, series) in enumerate(metrics.series.items()):
        yield {"series_id": series_id, "sort_order": order, **dict(series)}


def _editions(metrics: Metrics) -> Iterator[Row]:
    for series_id, series in metrics.series.items():
        for rank, edition in enumerate(series.editions):
            yield {"series_id": series_id, "edition": edition, "newest_rank": rank}


def _waves(metrics: Metrics) -> Iterator[Row]:
    for year, wave in sorted(metrics.waves.items()):
        yield {"year": year, "exceptional": wave.exceptional}


def _breaks(metrics: Metrics) -> list[Row]:
    """One row per break and indicator; an indicator that the file does not define falls out."""
    rows = [
        {
            "break_id": f"break-{position + 1}",
            "series_id": a_break.series,
            "indicator": indicator,
            "year_before": a_break.between[0],
            "year_after": a_break.between[1],
            "severity": a_break.severity,
        }
        for position, a_break in enumerate(metrics.comparability.breaks)
        for indicator in (metrics.indicators if a_break.indicators is None else a_break.indicators)
        if indicator in metrics.indicators
    ]
    return sorted(rows, key=lambda row: (row["series_id"], row["indicator"], row["year_before"]))


def _indicators(metrics: Metrics) -> Iterator[Row]:
    for order, (name, indicator) in enumerate(metrics.indicators.items()):
        yield {"indicator": name, "sort_order": order, **dict(indicator)}


def _age_groups(metrics: Metrics) -> Iterator[Row]:
    for order, (name, group) in enumerate(metrics.age_groups.items()):
        yield {"age_group": name, "sort_order": order, **dict(group)}


def _municipalities(metrics: Metrics) -> Iterator[Row]:
    for code, municipality in metrics.municipalities.items():
        yield {"region_code": code, "ggd_region_code": municipality.ggd_region}


def _all_targets(metrics: Metrics) -> Iterator[tuple[str, Municipality, Target]]:
    for code, municipality in metrics.municipalities.items():
        for target in municipality.targets:
            yield code, municipality, target


def _targets(metrics: Metrics) -> Iterator[Row]:
    for order, (code, municipality, target) in enumerate(_all_targets(metrics)):
        baseline, year = target.baseline, baseline_year(target)
        yield {
            "target_id": target.id,
            "region_code": code,
            "sort_order": order,
            "indicator": target.indicator,
            "age_group": target.age_group,
            "kind": target.kind,
            "baseline_stated": baseline.value if baseline else None,
            "baseline_year": year,
            "baseline_year_assumed": bool(year and baseline and baseline.year is None),
            "plan_start": municipality.plan.start if municipality.plan else None,
            "quote": target.quote,
            "source": target.source or (municipality.plan.source if municipality.plan else None),
            **_promise_columns(promise_in_force(target)),
        }


def _promise_columns(promise: Promise) -> Row:
    columns: dict[str, Any] = {}
    for prefix, block in (("", promise.current), ("former_", promise.former)):
        if block is not None:
            change = block.change_pct if block.change_pp is None else block.change_pp
            columns[f"{prefix}target_value"] = block.value
            columns[f"{prefix}target_change"] = change
            columns[f"{prefix}target_year"] = block.year
    if promise.revision is not None:
        columns |= {"decided": promise.revision.decided, "decision": promise.revision.decision}
    return columns


def _target_series(metrics: Metrics) -> Iterator[Row]:
    near = metrics.comparability.near_age_groups
    for _, _, target in _all_targets(metrics):
        for position, measure in enumerate(target.measured_by):
            group = measure.age_group or target.age_group or ""
            yield {
                "target_id": target.id,
                "series_id": measure.series,
                "indicator": target.indicator,
                "age_group": group,
                "position": position,
                "role": "measured_by",
                "fit": fit(group, of_target=target.age_group or "", near=near),
            }
        for position, figure in enumerate(target.figures):
            yield {
                "target_id": target.id,
                "series_id": figure.series,
                "indicator": figure.indicator,
                "age_group": figure.age_group,
                "position": position,
                "role": "shown_beside",
                "fit": "not_applicable",
            }


def _plans(metrics: Metrics) -> Iterator[Row]:
    for code, municipality in metrics.municipalities.items():
        for row in (*_plan(municipality), *_approach(municipality)):
            yield {"region_code": code, **row}
    for code, notes in metrics.notes.items():
        newest_first = sorted(notes, key=lambda note: note.date, reverse=True)
        for position, note in enumerate(newest_first):
            words = {"nl": note.text, "en": note.text_en}
            for language, text in words.items():
                if text is not None:
                    yield {
                        "region_code": code,
                        "item_kind": "note",
                        "item_id": f"note-{len(notes) - position}",
                        "language": language,
                        "position": position,
                        "text": text,
                        "noted_on": note.date,
                        "about": note.about,
                    }


def _plan(municipality: Municipality) -> Iterator[Row]:
    plan = municipality.plan
    if plan is not None:
        years = "–".join(str(year) for year in (plan.start, plan.end) if year)
        title = dict(plan.title) if plan.title else both(f"Plan {years}".strip())
        for language, text in title.items():
            yield {
                **_item("plan", "plan", 0, language, text),
                "start_year": plan.start,
                "end_year": plan.end,
                "source": plan.source,
            }
    if municipality.coalition is not None:
        for language, text in municipality.coalition:
            yield _item("coalition", "coalition", 0, language, text)


def _approach(municipality: Municipality) -> Iterator[Row]:
    approach = municipality.approach
    if approach is None:
        return
    partners = tuple(Item(nl=name, en=name) for name in approach.partners)
    for kind, items in (
        ("aim", approach.aims),
        ("pillar", approach.pillars),
        ("building_block", approach.building_blocks),
        ("meeting", approach.meetings),
        ("partner", partners),
    ):
        for position, item in enumerate(items):
            for language, text in both(item.nl, item.en).items():
                name = item.id or f"{kind}#{position + 1}"  # no id may hold a #
                yield _item(kind, name, position, language, text)


def _item(kind: str, name: str, position: int, language: str, text: str) -> dict[str, Any]:
    return {
        "item_kind": kind,
        "item_id": name,
        "position": position,
        "language": language,
        "text": text,
    }
