"""A target on one series: which way is better, which edition, which wave is exceptional."""

from __future__ import annotations

import pyarrow.compute as pc
import pytest

from etl.assessment import assess
from tests.etl.promised import World, tables_of, target, verdicts, with_error


@pytest.mark.parametrize(
    ("direction", "code", "change", "level"),
    [
        ("decrease", "lost", "worsened", "not_met"),
        ("increase", "met", "improved", "met"),
    ],
)
def test_the_same_figures_are_better_or_worse_as_the_indicator_says(
    direction: str, code: str, change: str, level: str
) -> None:
    figures = [with_error(2016, 45.0, 1.0), with_error(2020, 60.0, 1.0)]

    row = verdicts(World(figures, [target(target_value=50.0)], direction=direction))[2020]

    assert (row["code"], row["change"], row["level"]) == (code, change, level)
    assert (row["z_change"] > 0) == (direction == "increase")
    assert row["gap_pp"] == 10.0


@pytest.mark.parametrize(("edition", "concerned"), [("old", True), ("new", False)])
def test_a_wave_is_exceptional_in_its_own_edition_alone(edition: str, concerned: bool) -> None:
    # the baseline of 2016 is in the old edition alone, so that is the one that is judged
    figures = [
        with_error(2016, 45.0, 1.0, edition="old"),
        with_error(2022, 44.0, 1.0, edition="old"),
        with_error(2022, 44.0, 1.0, edition="new"),
    ]
    tables = tables_of(
        World(figures, [target(target_value=40.0)], editions={"survey": ["new", "old"]})
    )
    waves = tables["waves"].select(["series_id", "edition", "year"])
    exceptional = pc.and_(pc.equal(waves["edition"], edition), pc.equal(waves["year"], 2022))

    found = assess(**{**tables, "waves": waves.append_column("exceptional", exceptional)})

    variants = found.sensitivity["variant"].to_pylist()
    assert ("without_exceptional_waves" in variants) == concerned
