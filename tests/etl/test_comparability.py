"""Breaks between waves, and the edition that all waves of an assessment come from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.comparability import SEVERITIES, Break, crosses, newest_edition, severities

YEARS = np.array([[2012, 2016, 2020, 2024]])


def words(
    anchor: int, *breaks: Break, flagged: tuple[int, ...] = (), years: np.ndarray = YEARS
) -> list[str]:
    found = severities(
        years,
        anchor=np.array([anchor]),
        applies=[(np.array([True]), one) for one in breaks],
        flagged=np.isin(years, flagged),
    )
    return [SEVERITIES[place] for place in found[0]]


def between(before: int, after: int, severity: str) -> Break:
    return Break("survey", "lonely", before, after, severity)


MINOR, MAJOR = between(2016, 2020, "minor"), between(2016, 2020, "major")


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        (2012, ["same", "same", "major", "major"]),
        (2016, ["same", "same", "major", "major"]),
        (2020, ["major", "major", "same", "same"]),
    ],
)
def test_a_break_divides_the_waves_on_either_side(anchor: int, expected: list[str]) -> None:
    assert words(anchor, MAJOR) == expected


def test_the_worst_of_several_breaks_counts() -> None:
    found = words(2012, MINOR, between(2020, 2024, "major"))

    assert found == ["same", "same", "minor", "major"]
    assert words(2012, MAJOR, MINOR) == words(2012, MINOR, MAJOR)


def test_a_wave_inside_a_break_is_comparable_with_neither_side() -> None:
    years = np.array([[2016, 2018, 2020]])

    assert words(2016, MAJOR, years=years) == ["same", "major", "major"]
    assert words(2018, MAJOR, years=years) == ["major", "same", "major"]


def test_a_wave_that_its_producer_flags_is_cut_off_from_what_was_before() -> None:
    assert words(2012, flagged=(2020,)) == ["same", "same", "major", "major"]
    assert words(2020, flagged=(2020,)) == ["major", "major", "same", "same"]


def test_a_listed_break_says_how_bad_a_flagged_one_is() -> None:
    assert words(2012, MINOR, flagged=(2020,)) == ["same", "same", "minor", "minor"]
    assert words(2012, MINOR, flagged=(2024,)) == ["same", "same", "minor", "major"]


def test_a_listed_break_speaks_for_its_own_series_alone() -> None:
    both = np.repeat(YEARS, 2, axis=0)

    found = severities(
        both,
        anchor=np.array([2012, 2012]),
        applies=[(np.array([True, False]), MINOR)],
        flagged=both == 2020,
    )

    assert [[SEVERITIES[place] for place in row] for row in found] == [
        ["same", "same", "minor", "minor"],
        ["same", "same", "major", "major"],
    ]


@settings(deadline=None)
@given(
    one=st.integers(2000, 2040),
    other=st.integers(2000, 2040),
    start=st.integers(2000, 2039),
    length=st.integers(1, 8),
)
def test_a_break_lies_between_two_waves_whichever_comes_first(
    one: int, other: int, start: int, length: int
) -> None:
    years = {"year_before": start, "year_after": start + length}

    forth = crosses(np.array([one]), anchor=np.array([other]), **years)
    back = crosses(np.array([other]), anchor=np.array([one]), **years)
    assert forth[0] == back[0]
    if max(one, other) <= start or min(one, other) >= start + length:
        assert not forth[0]


def edition(*figures: tuple[int, bool, bool]) -> int:
    """Figures of one owner: rank, whether it is the baseline wave, whether it has a value."""
    rank, baseline, value = (np.array(part) for part in zip(*figures, strict=True))
    found = newest_edition(
        rank,
        owner=np.zeros(len(rank), dtype=np.int64),
        owners=1,
        holds_baseline=baseline.astype(bool),
        has_value=value.astype(bool),
    )
    return int(found[0])


def test_the_newest_edition_that_holds_the_baseline_is_chosen() -> None:
    assert edition((0, True, True), (1, True, True)) == 0
    assert edition((0, False, True), (1, True, True), (2, True, True)) == 1


def test_a_suppressed_baseline_is_not_held() -> None:
    assert edition((0, True, False), (0, False, True), (1, True, True)) == 1


def test_where_none_holds_the_baseline_the_newest_with_a_figure_is_chosen() -> None:
    assert edition((0, False, False), (1, False, True), (2, False, True)) == 1
    assert edition((0, True, False)) == -1
