"""Standard errors: agreement with what agencies publish, and every edge of the rules."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.estimation import (
    StandardErrors,
    normal_probability,
    percentage,
    read_inside,
    standard_errors,
    wilson_interval,
)

CASES = Path(__file__).parents[1] / "cases"
INCONSISTENT_AT_THE_SOURCE = ("PA-03", "2020")


def read_cases(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def errors_of(
    value: float,
    *,
    interval: tuple[float, float] = (np.nan, np.nan),
    error: float = np.nan,
    n: float = np.nan,
    step: float = 0.1,
    design_effect: float = 1.5,
) -> StandardErrors:
    return standard_errors(
        np.array([value]),
        ci_lower=np.array([interval[0]]),
        ci_upper=np.array([interval[1]]),
        standard_error=np.array([error]),
        sample_size=np.array([n]),
        rounding_step=np.array([step]),
        design_effect=np.array([design_effect]),
    )


@pytest.mark.parametrize("case", read_cases("wilson_interval.csv"), ids=lambda case: case["area"])
def test_wilson_limits_are_those_of_public_health_england(case: dict[str, str]) -> None:
    value, size = float(case["numerator"]), float(case["denominator"])

    lower, upper = wilson_interval(np.array([100 * value / size]), sample_size=np.array([size]))

    assert lower[0] / 100 == pytest.approx(float(case["lower95"]), abs=1e-8)
    assert upper[0] / 100 == pytest.approx(float(case["upper95"]), abs=1e-8)


@pytest.mark.parametrize(
    "case",
    [
        case
        for case in read_cases("interval_to_standard_error.csv")
        if (case["code"], case["year"]) != INCONSISTENT_AT_THE_SOURCE
    ],
    ids=lambda case: f"{case['code']} {case['year']}",
)
def test_an_interval_gives_the_standard_error_that_was_published(case: dict[str, str]) -> None:
    value = float(case["value"])
    found = errors_of(value, interval=(float(case["ci_low"]), float(case["ci_high"])), step=1e-6)

    points = found.logit_standard_error[0] * value * (100 - value) / 100
    assert points == pytest.approx(float(case["se"]), abs=0.026)


def test_one_published_case_contradicts_itself() -> None:
    found = errors_of(29.3, interval=(28.6, 29.9), step=1e-6)

    assert abs(found.logit_standard_error[0] * 29.3 * 70.7 / 100 - 0.366) > 0.026


@pytest.mark.parametrize(
    ("given", "method", "expected"),
    [
        # (1/100) / (0.4 * 0.6), then 0.1 / 100 / sqrt(12) / 0.24 beside it
        ({"error": 1.0, "interval": (30.0, 50.0), "n": 500}, "published", 0.0416840),
        # (ln(42/58) - ln(38/62)) / 3.919928
        ({"interval": (38.0, 42.0), "n": 500}, "interval", 0.0425624),
        # Wilson with n / 1.5 = 400: half width 2 asinh(1.959964 / (2 sqrt(96))) on the logit scale
        ({"n": 600}, "sample_size", 0.1018993),
        ({}, "none", np.nan),
        # limits the wrong way round or equal, a negative error: nothing that applies
        ({"interval": (40.0, 40.0), "n": 600}, "sample_size", 0.1018993),
        ({"error": 0.0, "interval": (38.0, 42.0)}, "interval", 0.0425624),
        ({"interval": (38.0, np.nan)}, "none", np.nan),
        ({"n": 0}, "none", np.nan),
    ],
)
def test_the_first_that_applies_gives_the_standard_error(
    given: dict[str, float], method: str, expected: float
) -> None:
    found = errors_of(40.0, **given)  # type: ignore[arg-type]

    assert found.se_method[0] == method
    assert found.logit_standard_error[0] == pytest.approx(expected, abs=2e-6, nan_ok=True)


def test_rounding_to_whole_percents_adds_its_own_error() -> None:
    found = errors_of(8.0, error=1.0, step=1.0)

    # hypot(0.01 / 0.0736, 0.01 / sqrt(12) / 0.0736)
    assert found.logit_standard_error[0] == pytest.approx(0.1414173, abs=1e-6)


def test_a_value_printed_as_nought_is_read_half_a_step_inside_with_half_a_step_of_rounding() -> (
    None
):
    found = errors_of(0.0, error=0.2, step=1.0)

    # p = 0.5%: 0.002 / 0.004975 and 0.005 / sqrt(12) / 0.004975
    assert found.logit_standard_error[0] == pytest.approx(0.495767, abs=1e-5)
    assert found.margin_lower[0] == 0.0
    mirrored = errors_of(100.0, error=0.2, step=1.0)
    assert mirrored.logit_standard_error[0] == pytest.approx(0.495767, abs=1e-5)
    assert mirrored.margin_upper[0] == 100.0


def test_a_limit_printed_as_nought_is_read_half_a_step_inside() -> None:
    found = errors_of(1.0, interval=(0.0, 3.0), step=1.0)

    # lower limit 0.5: (ln(3/97) - ln(0.5/99.5)) / 3.919928 = 0.463582; a whole step of rounding
    assert found.logit_standard_error[0] == pytest.approx(0.547662, abs=1e-5)
    assert (found.margin_lower[0], found.margin_upper[0]) == (0.0, 3.0)


def test_a_limit_printed_finer_than_the_value_is_read_as_printed() -> None:
    found = errors_of(1.0, interval=(0.3, 3.0), step=1.0)

    # (ln(3/97) - ln(0.3/99.7)) / 3.919928 = 0.594409, and 0.01 / sqrt(12) / 0.0099
    assert found.logit_standard_error[0] == pytest.approx(0.662078, abs=1e-5)
    from_above = errors_of(99.0, interval=(97.0, 99.7), step=1.0)
    assert from_above.logit_standard_error[0] == pytest.approx(0.662078, abs=1e-5)


def test_limits_that_leave_no_width_inside_are_no_interval() -> None:
    found = errors_of(0.0, interval=(0.0, 0.4), step=1.0)

    assert found.se_method[0] == "none"


def test_a_sample_without_any_lonely_person_still_has_a_margin() -> None:
    found = errors_of(0.0, n=900, step=0.1)

    assert found.se_method[0] == "sample_size"
    assert 0.3 < found.margin_upper[0] < 1.5


@pytest.mark.parametrize(
    ("n", "suppressed", "too_small", "method"),
    [
        (29, True, False, "none"),
        (30, False, True, "none"),
        (49, False, True, "none"),
        (50, False, False, "sample_size"),
    ],
)
def test_few_respondents_suppress_a_figure_or_leave_it_untested(
    n: int, suppressed: bool, too_small: bool, method: str
) -> None:
    found = errors_of(40.0, n=n)

    assert (found.suppressed[0], found.too_small[0]) == (suppressed, too_small)
    assert found.se_method[0] == method
    assert np.isnan(found.logit_standard_error[0]) == (method == "none")


def test_few_respondents_count_also_where_an_interval_is_published() -> None:
    small = errors_of(40.0, n=49, interval=(30.0, 50.0))
    gone = errors_of(40.0, n=29, interval=(30.0, 50.0))

    assert small.se_method[0] == gone.se_method[0] == "none"
    assert (small.margin_lower[0], small.margin_upper[0]) == (30.0, 50.0)
    assert np.isnan(gone.margin_lower[0])


@pytest.mark.parametrize(
    ("given", "tested"),
    [
        # 30.0 as decimals; as binary numbers just below, just above and exactly
        ({"interval": (25.3, 55.3)}, True),
        ({"interval": (18.2, 48.2)}, True),
        ({"interval": (18.0, 48.0)}, True),
        ({"interval": (25.3, 55.4)}, False),
        ({"interval": (25.3, 55.4), "error": 2.0}, False),
        ({"error": 7.65}, True),
        ({"error": 7.66}, False),
    ],
)
def test_a_margin_wider_than_thirty_points_is_shown_and_not_tested(
    given: dict[str, float], tested: bool
) -> None:
    found = errors_of(40.0, **given)  # type: ignore[arg-type]

    assert (found.se_method[0] != "none") == tested
    assert found.too_small[0] == (not tested)


def test_the_margin_to_show_is_the_published_one_else_that_of_the_standard_error() -> None:
    published = errors_of(40.0, error=1.0, interval=(30.0, 50.0))
    computed = errors_of(40.0, error=1.0)
    nothing = errors_of(40.0)

    assert (published.margin_lower[0], published.margin_upper[0]) == (30.0, 50.0)
    # logit -0.405465 -+ 1.959964 * 0.041684
    assert computed.margin_lower[0] == pytest.approx(38.0558, abs=1e-3)
    assert computed.margin_upper[0] == pytest.approx(41.9765, abs=1e-3)
    assert np.isnan(nothing.margin_lower[0])


def test_a_figure_that_is_missing_has_nothing() -> None:
    found = errors_of(np.nan, n=20, error=1.0)

    assert found.se_method[0] == "none"
    assert not found.suppressed[0]
    assert np.isnan(found.margin_upper[0])
    of_no_value = errors_of(np.nan, interval=(30.0, 50.0))
    assert np.isnan([of_no_value.margin_lower[0], of_no_value.margin_upper[0]]).all()


def test_normal_probabilities_are_those_of_the_tables() -> None:
    found = normal_probability(np.array([0.0, 1.2815515655446004, -1.959964, np.nan]))

    assert found == pytest.approx([0.5, 0.9, 0.025, np.nan], abs=1e-6, nan_ok=True)


@settings(deadline=None)
@given(
    value=st.floats(0, 100),
    n=st.integers(50, 5_000),
    step=st.sampled_from([0.1, 1.0]),
    effect=st.floats(1, 3),
)
def test_a_printed_value_lies_within_its_own_margin(
    value: float, n: int, step: float, effect: float
) -> None:
    printed = round(value / step) * step
    found = errors_of(min(printed, 100.0), n=n, step=step, design_effect=effect)

    assert 0 <= found.margin_lower[0] <= min(printed, 100.0) <= found.margin_upper[0] <= 100


@settings(deadline=None)
@given(value=st.floats(0.1, 99.9), n=st.integers(50, 5_000), more=st.integers(1, 5_000))
def test_more_respondents_never_give_a_larger_error(value: float, n: int, more: int) -> None:
    small, large = errors_of(value, n=n), errors_of(value, n=n + more)

    assert large.logit_standard_error[0] < small.logit_standard_error[0]


@settings(deadline=None)
@given(value=st.floats(0, 100), n=st.integers(50, 5_000))
def test_errors_are_the_same_seen_from_the_other_side(value: float, n: int) -> None:
    one, other = errors_of(value, n=n), errors_of(100 - value, n=n)

    assert one.logit_standard_error[0] == pytest.approx(other.logit_standard_error[0], rel=1e-6)


def test_logits_and_percentages_undo_each_other() -> None:
    inside = read_inside(np.array([0.0, 8.3, 100.0]), rounding_step=np.array([1.0, 0.1, 0.1]))

    assert inside == pytest.approx([0.5, 8.3, 99.95])
    assert percentage(np.log(inside / (100 - inside))) == pytest.approx(inside)
