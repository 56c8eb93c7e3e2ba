"""Change per age group: groups that do not overlap, corrected after Holm."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.breakdown import disjoint_groups, holm, two_sided_p
from tests.etl.promised import Row, World, assessed, target, with_error

INF = math.inf


def test_holm_gives_the_textbook_values() -> None:
    # smallest times 3, next times 2, and never below the one before
    found = holm(np.array([[0.01, 0.04, 0.03], [0.04, np.nan, 0.03], [0.9, 0.8, 0.7]]))

    assert found[0] == pytest.approx([0.03, 0.06, 0.06])
    assert found[1] == pytest.approx([0.06, np.nan, 0.06], nan_ok=True)
    assert found[2] == pytest.approx([1.0, 1.0, 1.0])


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_holm_never_lowers_a_p_value_and_keeps_their_order(p: list[float]) -> None:
    corrected = holm(np.array([p]))[0]

    assert (corrected >= np.array(p)).all()
    assert (corrected <= 1).all()
    assert (np.diff(corrected[np.argsort(p)]) >= 0).all()


def test_p_values_are_two_sided() -> None:
    assert two_sided_p(np.array([[1.959964, -1.959964]]))[0] == pytest.approx([0.05, 0.05])


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ([(18, INF), (18, 64), (65, INF)], [1, 2]),
        ([(18, INF), (65, INF)], [1]),
        ([(18, 64), (19, 64), (65, INF)], [1, 2]),
        ([(18, 64), (65, 74), (75, INF), (65, INF)], [0, 1, 2]),
        ([(18, INF)], [0]),
    ],
)
def test_groups_never_overlap(ranges: list[tuple[float, float]], expected: list[int]) -> None:
    there = [True] * len(ranges)

    assert disjoint_groups(ranges, complete=there, present=there) == expected


def test_groups_with_both_waves_come_first() -> None:
    ranges = [(18.0, 64.0), (19.0, 64.0), (65.0, INF)]

    found = disjoint_groups(ranges, complete=[True, False, False], present=[True] * 3)

    assert found == [0, 2]


def ages(group: str, *values: tuple[int, float], error: float | None = 1.0) -> list[Row]:
    return [with_error(year, value, error, age_group=group) for year, value in values]  # type: ignore[arg-type]


def rows(figures: list[Row], **more: object) -> dict[str, Row]:
    world = World(figures, [target(target_value=40.0, **more)])
    return {row["age_group"]: row for row in assessed(world).age_breakdown.to_pylist()}


ADULTS = ages("18+", (2016, 45.0), (2020, 42.0))


def test_a_change_that_alone_is_shown_can_fall_to_the_correction() -> None:
    # 45.0 to 42.0 with errors of one point: z 2.11, p 0.035, twice that after Holm
    old, young = ages("65+", (2016, 45.0), (2020, 42.0)), ages("18-64", (2016, 45.0), (2020, 44.5))
    found = rows([*ADULTS, *young, *old])

    assert set(found) == {"18-64", "65+"}
    assert found["65+"]["z_change"] == pytest.approx(2.115, abs=0.01)
    assert found["65+"]["p_value"] == pytest.approx(0.0345, abs=0.001)
    assert found["65+"]["p_value_holm"] == pytest.approx(2 * found["65+"]["p_value"])
    assert found["65+"]["change"] == "none_shown"
    assert {row["groups_tested"] for row in found.values()} == {2}


def test_a_larger_change_survives_the_correction_in_its_own_direction() -> None:
    found = rows(
        [
            *ADULTS,
            *ages("65+", (2016, 45.0), (2020, 40.0)),
            *ages("18-64", (2016, 45.0), (2020, 50.0)),
        ]
    )

    assert {name: row["change"] for name, row in found.items()} == {
        "65+": "improved",
        "18-64": "worsened",
    }


def test_only_what_is_tested_counts_for_the_correction() -> None:
    found = rows(
        [
            *ADULTS,
            *ages("65+", (2016, 45.0), (2020, 42.0)),
            *ages("18-64", (2016, 45.0), (2020, 44.5), error=None),
        ]
    )

    assert found["18-64"]["change"] == "untested"
    assert found["65+"]["p_value_holm"] == found["65+"]["p_value"]
    assert found["65+"]["change"] == "improved"
    assert found["65+"]["groups_tested"] == 1


def test_a_group_without_the_newest_wave_is_shown_as_such_and_never_derived() -> None:
    found = rows([*ADULTS, *ages("65+", (2016, 45.0), (2020, 42.0)), *ages("18-64", (2016, 41.0))])

    assert (found["18-64"]["baseline_value"], found["18-64"]["latest_value"]) == (41.0, None)
    assert found["18-64"]["change"] == "not_applicable"


def test_a_group_without_the_baseline_wave_has_none() -> None:
    old = ages("65+", (2016, 45.0), (2020, 42.0))
    found = rows([*old, *ages("18-64", (2020, 42.0))], age_group="65+")

    assert found["18-64"]["change"] == "no_baseline"
    assert found["65+"]["change"] == "improved"


def test_the_targets_own_group_alone_is_no_breakdown() -> None:
    assert rows(ADULTS) == {}


def test_nothing_is_broken_down_without_a_change() -> None:
    assert rows([*ages("18+", (2016, 45.0)), *ages("65+", (2016, 45.0))]) == {}
