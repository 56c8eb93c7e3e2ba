"""docs/method.md is true to the code: its codes and the numbers of its worked examples."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from etl.detectable import detectable
from etl.estimation import standard_errors
from etl.evidence import Evidence
from etl.progress import judge
from etl.verdict_codes import CODES

METHOD = re.sub(
    r"\s+", " ", (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")
)
"""The document without its line ends, so that a sentence may run on."""


def in_document(text: str) -> bool:
    return text in METHOD.replace("> ", "")


def survey(value: float, *, sample_size: float) -> np.ndarray:
    unknown = np.array([np.nan])
    return standard_errors(
        np.array([value]),
        ci_lower=unknown,
        ci_upper=unknown,
        standard_error=unknown,
        sample_size=np.array([sample_size]),
        rounding_step=np.array([1.0]),
        design_effect=np.array([1.5]),
    ).logit_standard_error


def westland(*, sample_size: float) -> Evidence:
    """8% in 2016, 6% in 2024, goal 4% in 2028, both waves equally large."""
    unknown, no, one = np.array([np.nan]), np.array([False]), np.ones(1)
    return Evidence(
        sign=one,
        baseline_year=2016 * one,
        baseline_value=8 * one,
        baseline_error=survey(8, sample_size=sample_size),
        baseline_step=one,
        latest_year=2024 * one,
        latest_value=6 * one,
        latest_error=survey(6, sample_size=sample_size),
        latest_step=one,
        target_value=4 * one,
        target_year=2028 * one,
        earlier_best=unknown,
        earlier_bar=unknown,
        judged_year=unknown,
        judged_value=unknown,
        allows_path=~no,
        no_target=no,
        not_comparable=no,
    )


def minus(number: float) -> str:
    return f"{number:.2f}".replace("-", "−")


@pytest.mark.parametrize("code", CODES)
def test_every_verdict_code_is_explained(code):
    assert f"`{code}`" in METHOD


def test_the_worked_example_of_a_survey_of_400_is_what_the_code_gives():
    verdicts = judge(westland(sample_size=400))
    tests = verdicts.tests
    assert CODES[verdicts.code[0]] == "undetermined"
    assert in_document(f"`s_b = {survey(8, sample_size=400)[0]:.3f}`")
    assert in_document(f"`s_y = {survey(6, sample_size=400)[0]:.3f}`")
    assert in_document(f"`z_change = {minus(tests.z_change[0])}`, p = 0.81")
    assert in_document(f"`z_path = {minus(tests.z_path[0])}`, p = 0.33")
    assert in_document(f"`z_target = {minus(tests.z_target[0])}`: not reached, within the margin")


def test_the_worked_example_of_a_survey_of_1500_is_what_the_code_gives():
    tests = judge(westland(sample_size=1500)).tests
    assert in_document(f"`z_change = {minus(tests.z_change[0])}`, an indication")
    assert in_document(f"`z_target = {minus(tests.z_target[0])}`: shown not to be at the target")


def test_the_detectable_change_of_the_example_is_what_the_code_gives():
    found = detectable(
        baseline=np.array([8.0]),
        baseline_error=survey(8, sample_size=400),
        latest=np.array([6.0]),
        latest_error=survey(6, sample_size=400),
        latest_sample_size=np.array([400.0]),
        target=np.array([4.0]),
        sign=np.ones(1),
        design_effect=np.array([1.5]),
        typical_sample_size=np.array([np.nan]),
    )
    assert in_document(f"a fall of {found.change_pp[0]:.1f} points or more")
    assert in_document(f"with 80% power {found.change_80_pp[0]:.1f}")
    assert in_document(f"About {round(found.respondents_needed[0], -1):.0f} respondents per wave")
