"""What a survey could have shown: the smallest change, and how many must be asked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.detectable import (
    Z_POWER_80,
    detectable,
    effective_sample_size,
    needed_sample_size,
    smallest_change,
)
from etl.verdict_codes import SHOWN


def smallest(baseline: float, error: float, size: float, *, z: float = SHOWN) -> float:
    found = smallest_change(
        np.array([baseline]),
        baseline_error=np.array([error]),
        sample_size=np.array([size]),
        sign=np.array([1.0]),
        z=z,
    )
    return float(found[0])


def z_of(baseline: float, error: float, size: float, fall: float) -> float:
    """z_change of a next wave that is `fall` points lower, its error taken at its own value."""
    latest = (baseline - fall) / 100
    start = baseline / 100
    distance = np.log(start / (1 - start)) - np.log(latest / (1 - latest))
    return float(distance / np.sqrt(error**2 + 1 / (size * latest * (1 - latest))))


@settings(max_examples=200, deadline=None)
@given(
    baseline=st.floats(1, 99),
    error=st.floats(0.01, 0.5),
    size=st.floats(20, 5_000),
    z=st.sampled_from([SHOWN, SHOWN + Z_POWER_80]),
)
def test_the_smallest_change_is_just_shown_and_no_smaller_one_is(
    baseline: float, error: float, size: float, z: float
) -> None:
    found = smallest(baseline, error, size, z=z)
    falls = baseline * np.linspace(0.001, 0.999, 999)
    shown = np.array([z_of(baseline, error, size, fall) >= z for fall in falls])

    if np.isnan(found):
        assert not shown.any()
    else:
        assert z_of(baseline, error, size, found) == pytest.approx(z, abs=1e-6)
        assert not shown[falls < found - 1e-9].any()


def test_forty_of_four_hundred_can_show_what_a_table_says() -> None:
    # solved by bisection beside the program: from 45% with n = 400 on both sides
    error = float(1 / np.sqrt(400 * 0.45 * 0.55))

    low, high = 0.0, 20.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if z_of(45, error, 400, middle) < 1.96 else (low, middle)
    assert smallest(45, error, 400) == pytest.approx(low, abs=1e-8)
    assert 6.7 < low < 7.0


def test_too_few_respondents_can_show_no_change_at_all() -> None:
    assert np.isnan(smallest(3.0, 1.2, 20))


def test_a_rise_is_as_detectable_as_its_mirror_image() -> None:
    rise = smallest_change(
        np.array([55.0]),
        baseline_error=np.array([0.1]),
        sample_size=np.array([400.0]),
        sign=np.array([-1.0]),
        z=SHOWN,
    )

    assert rise[0] == pytest.approx(smallest(45.0, 0.1, 400))


def test_the_effective_size_is_that_of_the_known_error() -> None:
    # 1 / (0.1² * 0.24)
    found = effective_sample_size(np.array([40.0]), error=np.array([0.1]))

    assert found[0] == pytest.approx(416.667, abs=1e-3)


def test_halving_eight_percent_needs_574_independent_respondents() -> None:
    # (1.96 + 0.8416)² (1 / 0.0736 + 1 / 0.0384) / (2.442347 - 3.178054)²
    found = needed_sample_size(np.array([8.0]), target=np.array([4.0]))

    assert found[0] == pytest.approx(574.6, abs=0.3)


def all_of(**changed: float) -> dict[str, float]:
    known = {
        "baseline": 8.0,
        "baseline_error": 0.2,
        "latest": 7.0,
        "latest_error": 0.2,
        "latest_sample_size": np.nan,
        "target": 4.0,
        "sign": 1.0,
        "design_effect": 1.5,
        "typical_sample_size": np.nan,
        **changed,
    }
    found = detectable(**{name: np.array([number]) for name, number in known.items()})
    return {
        "change": float(found.change_pp[0]),
        "change_80": float(found.change_80_pp[0]),
        "needed": float(found.respondents_needed[0]),
        "assumed": float(found.is_assumed[0]),
    }


def test_respondents_are_counted_with_the_design_effect_of_the_series() -> None:
    # 574.6 * 1.5, rounded up
    assert all_of()["needed"] == pytest.approx(862, abs=1)


def test_a_wave_with_a_known_size_tells_what_its_respondents_count_for() -> None:
    # effective 1 / (0.04 * 0.0651) = 384.02 of 768.05 asked: each counts for half
    assert all_of(latest_sample_size=768.05)["needed"] == pytest.approx(1150, abs=1)


@pytest.mark.parametrize("missing", ["baseline_error", "latest_error"])
def test_one_error_missing_leaves_no_answer_without_a_planned_size(missing: str) -> None:
    found = all_of(**{missing: np.nan})

    assert np.isnan(found["change"])
    assert np.isnan(found["needed"])
    assert not found["assumed"]
    assumed = all_of(**{missing: np.nan, "typical_sample_size": 600.0})
    assert assumed["change"] > 0
    assert assumed["assumed"]


def test_a_promise_that_is_kept_already_needs_no_respondents() -> None:
    found = all_of(target=np.nan)

    assert np.isnan(found["needed"])
    assert found["change"] > 0
