"""Figures become estimates: each with its standard error and the margin to show."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.estimation import Floats, standard_errors

MEASURES = ("value", "ci_lower", "ci_upper", "standard_error")


def add_standard_errors(figures: pa.Table, *, series: pa.Table) -> pa.Table:
    """Return the figures with `se_method`, `logit_standard_error` and the margin to show.

    `series` gives the `design_effect` of each `series_id`. A figure of fewer than 30 respondents
    is suppressed: its value goes, its status says why.
    """
    numbers = {
        name: figures[name].cast(pa.float64()).to_numpy(zero_copy_only=False)
        for name in (*MEASURES, "sample_size", "rounding_step")
    }
    effects = _design_effects(figures["series_id"], series=series)
    errors = standard_errors(numbers.pop("value"), **numbers, design_effect=effects)
    estimates = _suppressed(figures, hidden=errors.suppressed)
    for name in ("logit_standard_error", "margin_lower", "margin_upper"):
        estimates = estimates.append_column(name, pa.array(getattr(errors, name), from_pandas=True))
    return estimates.append_column("se_method", pa.array(errors.se_method, pa.string()))


def _design_effects(series_id: pa.ChunkedArray, *, series: pa.Table) -> Floats:
    """Return the design effect of each figure's series."""
    stated = (series[name].to_pylist() for name in ("series_id", "design_effect"))
    effect_of = dict(zip(*stated, strict=True))
    codes = series_id.combine_chunks()
    effects = np.array([effect_of[word] for word in codes.dictionary.to_pylist()], dtype=float)
    chosen: Floats = effects[codes.indices.to_numpy()]
    return chosen


def _suppressed(figures: pa.Table, *, hidden: np.ndarray) -> pa.Table:
    """Take the measured numbers out of the rows that must not be shown, and say so."""
    if not hidden.any():
        return figures
    mask = pa.array(hidden)
    for name in MEASURES:
        column = pc.if_else(mask, pa.scalar(None, pa.float64()), figures[name])
        figures = figures.set_column(figures.schema.get_field_index(name), name, column)
    status = pc.if_else(mask, "suppressed", figures["obs_status"].cast(pa.string()))
    return figures.set_column(figures.schema.get_field_index("obs_status"), "obs_status", status)
