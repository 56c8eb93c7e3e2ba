"""Figures in use become estimates: each with its standard error and the margin to show."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.estimation import standard_errors

MEASURES = ("value", "ci_lower", "ci_upper", "standard_error")


def add_standard_errors(figures: pa.Table) -> pa.Table:
    """Return the figures with `se_method`, `logit_standard_error` and the margin to show.

    A figure of fewer than 30 respondents is suppressed: its value goes, its status says why.
    """
    numbers = {
        name: figures[name].cast(pa.float64()).to_numpy(zero_copy_only=False)
        for name in (*MEASURES, "sample_size", "rounding_step", "design_effect")
    }
    errors = standard_errors(numbers.pop("value"), **numbers)
    status = pc.if_else(pa.array(errors.suppressed), "suppressed", figures["obs_status"])
    estimates = _without_values(figures, hidden=pa.array(errors.suppressed))
    estimates = estimates.set_column(
        estimates.schema.get_field_index("obs_status"), "obs_status", status
    )
    for name in ("logit_standard_error", "margin_lower", "margin_upper"):
        estimates = estimates.append_column(name, pa.array(getattr(errors, name), from_pandas=True))
    return estimates.append_column(
        "se_method", pa.array(errors.se_method.astype(str)).dictionary_encode()
    )


def _without_values(figures: pa.Table, *, hidden: pa.Array) -> pa.Table:
    """Take the measured numbers out of the rows that must not be shown."""
    if not np.any(hidden.to_numpy(zero_copy_only=False)):
        return figures
    for name in MEASURES:
        column = pc.if_else(hidden, pa.scalar(None, pa.float64()), figures[name])
        figures = figures.set_column(figures.schema.get_field_index(name), name, column)
    return figures
