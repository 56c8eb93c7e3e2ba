"""Columns of the tables that metrics.yaml becomes."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

STRING, SHORT, INTEGER, DOUBLE = pa.string(), pa.int16(), pa.int32(), pa.float64()
BOOLEAN, DAY = pa.bool_(), pa.date32()

COLUMNS: Mapping[str, Mapping[str, pa.DataType]] = {
    "metrics_series": {
        "series_id": STRING,
        "sort_order": INTEGER,
        "producer": STRING,
        "method": STRING,
        "scale": STRING,
        "licence": STRING,
        "design_effect": DOUBLE,
        "typical_sample_size": INTEGER,
    },
    "metrics_editions": {"series_id": STRING, "edition": STRING, "newest_rank": INTEGER},
    "metrics_waves": {"year": SHORT, "exceptional": BOOLEAN},
    "metrics_breaks": {
        "break_id": STRING,
        "series_id": STRING,
        "indicator": STRING,
        "year_before": SHORT,
        "year_after": SHORT,
        "severity": STRING,
    },
    "metrics_indicators": {
        "indicator": STRING,
        "sort_order": INTEGER,
        "direction": STRING,
        "unit": STRING,
        "scale": STRING,
        "part_of": STRING,
    },
    "metrics_age_groups": {
        "age_group": STRING,
        "sort_order": INTEGER,
        "min_age": SHORT,
        "max_age": SHORT,
    },
    "metrics_texts": {
        "subject": STRING,
        "subject_id": STRING,
        "field": STRING,
        "language": STRING,
        "text": STRING,
    },
    "metrics_municipalities": {"region_code": STRING, "ggd_region_code": STRING},
    "metrics_targets": {
        "target_id": STRING,
        "region_code": STRING,
        "sort_order": INTEGER,
        "indicator": STRING,
        "age_group": STRING,
        "kind": STRING,
        "baseline_stated": DOUBLE,
        "baseline_year": SHORT,
        "baseline_year_assumed": BOOLEAN,
        "target_value": DOUBLE,
        "target_change": DOUBLE,
        "target_year": SHORT,
        "plan_start": SHORT,
        "former_target_value": DOUBLE,
        "former_target_change": DOUBLE,
        "former_target_year": SHORT,
        "decided": DAY,
        "decision": STRING,
        "quote": STRING,
        "source": STRING,
    },
    "metrics_target_series": {
        "target_id": STRING,
        "series_id": STRING,
        "indicator": STRING,
        "age_group": STRING,
        "position": INTEGER,
        "role": STRING,
        "fit": STRING,
    },
    "metrics_plans": {
        "region_code": STRING,
        "item_kind": STRING,
        "item_id": STRING,
        "language": STRING,
        "position": INTEGER,
        "text": STRING,
        "start_year": SHORT,
        "end_year": SHORT,
        "noted_on": DAY,
        "about": STRING,
        "source": STRING,
    },
}
"""Table to its columns; the meaning of each stands in etl/sql/marts/<table>.sql."""
