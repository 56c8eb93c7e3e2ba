"""A small country for tests: figures and one or more targets, as the tables that are assessed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from etl.assessment import Assessed, assess
from etl.estimation import standard_errors

Row = dict[str, Any]

FIGURE = pa.schema(
    [
        *[(name, pa.string()) for name in ("series_id", "edition", "region_code")],
        *[(name, pa.string()) for name in ("indicator", "age_group")],
        ("year", pa.int16()),
        *[(name, pa.float64()) for name in ("value", "ci_lower", "ci_upper", "standard_error")],
        *[("se_method", pa.string()), ("logit_standard_error", pa.float64())],
        *[("margin_lower", pa.float64()), ("margin_upper", pa.float64())],
        *[("sample_size", pa.int64()), ("rounding_step", pa.float64())],
        ("obs_status", pa.string()),
    ]
)

TARGET = pa.schema(
    [
        *[("target_id", pa.string()), ("region_code", pa.string()), ("sort_order", pa.int32())],
        *[(name, pa.string()) for name in ("indicator", "age_group", "kind")],
        *[("baseline_stated", pa.float64()), ("baseline_year", pa.int16())],
        ("baseline_year_assumed", pa.bool_()),
        *[("target_value", pa.float64()), ("target_change", pa.float64())],
        *[("target_year", pa.int16()), ("plan_start", pa.int16())],
        *[("former_target_value", pa.float64()), ("former_target_change", pa.float64())],
        *[("former_target_year", pa.int16()), ("decided", pa.date32())],
    ]
)

MEASURED = pa.schema(
    [
        *[(name, pa.string()) for name in ("target_id", "series_id", "indicator", "age_group")],
        *[("position", pa.int32()), ("role", pa.string()), ("fit", pa.string())],
    ]
)

BREAK = pa.schema(
    [
        *[(name, pa.string()) for name in ("break_id", "series_id", "indicator")],
        *[("year_before", pa.int16()), ("year_after", pa.int16()), ("severity", pa.string())],
    ]
)

REGION = pa.schema(
    [(name, pa.string()) for name in ("region_code", "region_level", "ggd_region_code")]
)

AGE_GROUP = pa.schema(
    [("age_group", pa.string()), ("min_age", pa.int16()), ("max_age", pa.int16())]
)

AGES = (
    *(("18+", 18, None), ("19+", 19, None), ("18-64", 18, 64), ("19-64", 19, 64)),
    *(("65+", 65, None), ("youth", None, None)),
)

DEFAULT_REGIONS = (
    ("NL01", "country", None),
    ("GG7014", "ggd_region", None),
    ("GM1783", "municipality", "GG7014"),
    ("GM0160", "municipality", None),
    ("GM0397", "municipality", None),
)


def figure(year: int, value: float | None, **more: Any) -> Row:
    """A published figure: Westland, lonely, 18+, survey, one edition, unless told otherwise."""
    return {
        "series_id": "survey",
        "edition": "published",
        "region_code": "GM1783",
        "indicator": "lonely",
        "age_group": "18+",
        "year": year,
        "value": value,
        "rounding_step": 0.1,
        "obs_status": "normal" if value is not None else "suppressed",
        **more,
    }


def with_error(year: int, value: float, error: float, **more: Any) -> Row:
    """A figure with a published standard error in points."""
    return figure(year, value, standard_error=error, **more)


def target(kind: str = "level", **more: Any) -> Row:
    """A target: lonely, 18+, Westland, by 2028, from 2016, unless told otherwise."""
    return {
        "target_id": "aim",
        "region_code": "GM1783",
        "sort_order": 0,
        "indicator": "lonely",
        "age_group": "18+",
        "kind": kind,
        "baseline_year": 2016,
        "baseline_year_assumed": False,
        "target_year": 2028,
        **more,
    }


@dataclass
class World:
    """Everything that is assessed; lists of rows with only the fields that matter."""

    figures: list[Row]
    targets: list[Row] = field(default_factory=lambda: [target(target_value=40.0)])
    measured_by: list[Row] | None = None
    breaks: list[Row] = field(default_factory=list)
    editions: dict[str, list[str]] = field(default_factory=lambda: {"survey": ["published"]})
    exceptional: tuple[int, ...] = ()
    methods: dict[str, str] = field(default_factory=dict)
    design_effect: float = 1.5
    typical_sample_size: int | None = None
    direction: str = "decrease"
    regions: tuple[tuple[str, str, str | None], ...] = DEFAULT_REGIONS


def estimates_of(figures: list[Row], *, design_effect: float = 1.5) -> pa.Table:
    """Figures with the standard errors that the pipeline gives them."""

    def column(name: str) -> np.ndarray:
        return np.array([row.get(name) for row in figures], dtype=float)

    names = ("ci_lower", "ci_upper", "standard_error", "sample_size", "rounding_step")
    found = standard_errors(
        column("value"),
        **{name: column(name) for name in names},
        design_effect=np.full(len(figures), design_effect),
    )
    rows = []
    for place, row in enumerate(figures):
        error = float(found.logit_standard_error[place])
        margins = float(found.margin_lower[place]), float(found.margin_upper[place])
        rows.append(
            {
                **row,
                "logit_standard_error": None if np.isnan(error) else error,
                "se_method": found.se_method[place],
                "margin_lower": None if np.isnan(margins[0]) else margins[0],
                "margin_upper": None if np.isnan(margins[1]) else margins[1],
            }
        )
    return pa.Table.from_pylist(rows, schema=FIGURE)


def tables_of(world: World) -> dict[str, pa.Table]:
    """The arguments of `assess`."""
    measured = world.measured_by
    if measured is None:
        measured = [
            {"target_id": one["target_id"], "series_id": series}
            for one in world.targets
            if one["kind"] != "qualitative"
            for series in world.editions
        ]
    by_target = {one["target_id"]: one for one in world.targets}
    measured = [
        {
            "indicator": by_target[row["target_id"]]["indicator"],
            "age_group": by_target[row["target_id"]]["age_group"],
            "position": place,
            "role": "measured_by",
            "fit": "same",
            **row,
        }
        for place, row in enumerate(measured)
    ]
    keys = {(row["series_id"], row["edition"], row["year"]) for row in world.figures}
    series = list(world.editions)
    return {
        "targets": pa.Table.from_pylist(world.targets, schema=TARGET),
        "target_series": pa.Table.from_pylist(measured, schema=MEASURED),
        "estimates": estimates_of(world.figures, design_effect=world.design_effect),
        "series": pa.table(
            {
                "series_id": series,
                "method": [world.methods.get(name, "survey") for name in series],
                "design_effect": [world.design_effect] * len(series),
                "typical_sample_size": pa.array(
                    [world.typical_sample_size] * len(series), pa.int32()
                ),
            }
        ),
        "editions": pa.table(
            {
                "series_id": [name for name in series for _ in world.editions[name]],
                "edition": [one for name in series for one in world.editions[name]],
                "newest_rank": [
                    rank for name in series for rank in range(len(world.editions[name]))
                ],
            }
        ),
        "breaks": pa.Table.from_pylist(world.breaks, schema=BREAK),
        "waves": pa.table(
            {
                "series_id": [key[0] for key in sorted(keys)],
                "edition": [key[1] for key in sorted(keys)],
                "year": [key[2] for key in sorted(keys)],
                "exceptional": pa.array(
                    [key[2] in world.exceptional for key in sorted(keys)], pa.bool_()
                ),
            }
        ),
        "regions": pa.Table.from_pylist(
            [dict(zip(REGION.names, row, strict=True)) for row in world.regions], schema=REGION
        ),
        "age_groups": pa.Table.from_pylist(
            [dict(zip(AGE_GROUP.names, row, strict=True)) for row in AGES], schema=AGE_GROUP
        ),
        "indicators": pa.table(
            {
                "indicator": ["lonely", "severely_lonely"],
                "direction": [world.direction, world.direction],
            }
        ),
    }


def assessed(world: World) -> Assessed:
    """Assess the whole world."""
    return assess(**tables_of(world))


def verdicts(world: World) -> dict[int, Row]:
    """Assessments of a world with one target and one series, per wave."""
    return {row["as_of_year"]: row for row in assessed(world).assessments.to_pylist()}


def verdict(world: World) -> Row:
    """The verdict in use: headline series, newest wave."""
    rows = assessed(world).assessments.to_pylist()
    (row,) = (row for row in rows if row["is_headline"] and row["is_current"])
    return row


def notes(row: Row) -> set[str]:
    """Note codes of an assessment."""
    return set(filter(None, row["notes"].split(",")))
