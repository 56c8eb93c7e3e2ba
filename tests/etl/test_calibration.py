"""The check on the margins: z_change over all municipalities, per pair of waves."""

from __future__ import annotations

import pytest

from tests.etl.promised import DEFAULT_REGIONS, Row, World, assessed, target, with_error


def figures(region: str, *values: tuple[int, float], **more: object) -> list[Row]:
    return [with_error(year, value, 1.0, region_code=region, **more) for year, value in values]


def rows(world: World) -> dict[tuple[int, int], Row]:
    found = assessed(world).calibration.to_pylist()
    return {(row["year_before"], row["year_after"]): row for row in found}


def test_mean_and_spread_are_those_of_the_z_values() -> None:
    world = World(
        [
            *figures("GM1783", (2016, 45.0), (2020, 41.0)),
            *figures("GM0160", (2016, 45.0), (2020, 49.0)),
        ]
    )
    row = rows(world)[(2016, 2020)]

    # z 2.8237 and -2.8241
    assert row["regions"] == 2
    assert row["mean_z"] == pytest.approx(-0.0002, abs=1e-3)
    assert row["sd_z"] == pytest.approx(2.8239 * 2**0.5, abs=1e-3)


def test_country_ggd_region_and_figures_without_a_margin_do_not_count() -> None:
    bare = [
        {**row, "standard_error": None} for row in figures("GM0397", (2016, 45.0), (2020, 30.0))
    ]
    world = World(
        [
            *figures("GM1783", (2016, 45.0), (2020, 41.0)),
            *figures("GM0160", (2016, 45.0), (2020, 41.0)),
            *figures("NL01", (2016, 45.0), (2020, 60.0)),
            *figures("GG7014", (2016, 45.0), (2020, 60.0)),
            *bare,
        ]
    )
    row = rows(world)[(2016, 2020)]

    assert (row["regions"], row["sd_z"]) == (2, pytest.approx(0.0, abs=1e-9))
    assert row["mean_z"] == pytest.approx(2.8237, abs=1e-3)


def test_one_municipality_is_no_distribution() -> None:
    assert rows(World(figures("GM1783", (2016, 45.0), (2020, 41.0)))) == {}


def test_waves_follow_each_other_and_none_is_skipped() -> None:
    world = World(
        [
            *figures("GM1783", (2012, 45.0), (2016, 44.0), (2020, 41.0)),
            *figures("GM0160", (2012, 45.0), (2016, 43.0), (2020, 42.0)),
            *figures("GM0397", (2012, 45.0), (2020, 42.0)),
        ]
    )
    found = rows(world)

    assert set(found) == {(2012, 2016), (2016, 2020)}
    assert {row["regions"] for row in found.values()} == {2}


def test_editions_and_age_groups_are_kept_apart() -> None:
    world = World(
        [
            *figures("GM1783", (2016, 45.0), (2020, 41.0)),
            *figures("GM0160", (2016, 45.0), (2020, 41.0), age_group="65+"),
            *figures("GM0397", (2016, 45.0), (2020, 41.0), edition="old"),
        ],
        editions={"survey": ["published", "old"]},
    )

    assert rows(world) == {}


def test_a_pair_across_a_major_break_is_no_change() -> None:
    cut = {
        "break_id": "one",
        "series_id": "survey",
        "indicator": "lonely",
        "year_before": 2016,
        "year_after": 2020,
        "severity": "major",
    }
    both = [
        *figures("GM1783", (2012, 46.0), (2016, 45.0), (2020, 41.0)),
        *figures("GM0160", (2012, 46.0), (2016, 45.0), (2020, 41.0)),
    ]

    assert set(rows(World(both, breaks=[cut]))) == {(2012, 2016)}
    assert set(rows(World(both, breaks=[{**cut, "severity": "minor"}]))) == {
        (2012, 2016),
        (2016, 2020),
    }


def test_better_is_positive_where_higher_is_better() -> None:
    both = [
        *figures("GM1783", (2016, 55.0), (2020, 59.0)),
        *figures("GM0160", (2016, 55.0), (2020, 59.0)),
    ]
    world = World(both, [target(target_value=60.0)], direction="increase", regions=DEFAULT_REGIONS)

    assert rows(world)[(2016, 2020)]["mean_z"] == pytest.approx(2.8237, abs=1e-3)
