"""The change of the country and of the GGD region beside that of the municipality."""

from __future__ import annotations

import pytest

from tests.etl.promised import Row, World, assessed, target, with_error

OWN = [with_error(2016, 45.0, 1.0), with_error(2020, 41.0, 1.0)]


def nation(*values: tuple[int, float], region: str = "NL01") -> list[Row]:
    return [with_error(year, value, 0.2, region_code=region) for year, value in values]


def rows(world: World) -> dict[tuple[int, str], Row]:
    found = assessed(world).comparisons.to_pylist()
    return {(row["as_of_year"], row["comparator"]): row for row in found}


def test_country_and_region_stand_beside_a_change() -> None:
    figures = [
        *OWN,
        *nation((2016, 43.4), (2020, 46.0)),
        *nation((2016, 48.0), (2020, 47.0), region="GG7014"),
    ]
    found = rows(World(figures))

    assert set(found) == {(2020, "country"), (2020, "ggd_region")}
    country = found[(2020, "country")]
    assert (country["region_code"], country["change_pp"]) == ("NL01", 2.6)
    # own: -0.2006707 + 0.3639654; country: lg 43.4 = -0.2655500, lg 46 = -0.1603427
    assert country["difference_logit"] == pytest.approx(0.1632947 + 0.1052073, abs=1e-6)
    # errors 0.040404, 0.041339 and 0.008142, 0.008052, rounding 0.0011-0.0012 beside each
    assert country["z_difference"] == pytest.approx(4.55, abs=0.01)
    assert country["z_change"] == pytest.approx(-9.10, abs=0.02)
    assert found[(2020, "ggd_region")]["region_code"] == "GG7014"


def test_a_missing_margin_leaves_the_difference_without_a_test() -> None:
    bare = [{**row, "standard_error": None} for row in nation((2016, 43.4), (2020, 46.0))]
    found = rows(World([*OWN, *bare]))[(2020, "country")]

    assert found["difference_logit"] is not None
    assert found["z_difference"] is found["z_change"] is found["change_ci_lower"] is None


@pytest.mark.parametrize(
    "figures",
    [
        nation((2016, 43.4)),
        nation((2016, 43.4), (2024, 46.0)),
        [{**row, "edition": "old"} for row in nation((2016, 43.4), (2020, 46.0))],
        [{**row, "age_group": "65+"} for row in nation((2016, 43.4), (2020, 46.0))],
    ],
)
def test_other_waves_editions_or_ages_are_never_set_beside_it(figures: list[Row]) -> None:
    world = World([*OWN, *figures], editions={"survey": ["published", "old"]})

    assert rows(world) == {}


def test_a_target_of_the_country_is_not_compared_with_itself() -> None:
    figures = nation((2016, 43.4), (2020, 46.0))
    world = World(figures, [target(region_code="NL01", target_value=40.0)])

    assert rows(world) == {}


def test_the_sign_is_better_for_the_municipality_also_where_higher_is_better() -> None:
    figures = [with_error(2016, 55.0, 1.0), with_error(2020, 59.0, 1.0)]
    world = World(
        [*figures, *nation((2016, 56.6), (2020, 54.0))],
        [target(target_value=60.0)],
        direction="increase",
    )

    assert rows(world)[(2020, "country")]["difference_logit"] == pytest.approx(0.268502, abs=1e-5)
