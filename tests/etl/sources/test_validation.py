"""The shared rules on tables of any source: what a source may add, and how much is told."""

from __future__ import annotations

import time

import numpy as np
import pyarrow as pa

from etl.sources.base import FIGURE_SCHEMA
from etl.sources.validation import Known, validate
from tests.etl.sources.figure_files import VOCABULARY, table

BARE = {"ci_lower": None, "ci_upper": None}


def test_districts_that_a_table_names_are_known_regions() -> None:
    figures = table({"region_code": "WK016001", "region_name": "Centrum"})
    known = Known(regions={"WK016001": "Centrum"})
    alone = validate(figures, vocabulary=VOCABULARY)
    assert [row.reason for row in alone.rejections] == ["region code not in data/regions.csv"]
    named = validate(figures, vocabulary=VOCABULARY, known=known)
    assert named.figures.num_rows == 1
    assert named.rejections == ()


def test_neighbourhoods_may_share_a_name_with_a_municipality() -> None:
    figures = table({"region_code": "BU01600101", "region_name": "Westland"})
    known = Known(regions={"BU01600101": "Westland-Noord"})
    checked = validate(figures, vocabulary=VOCABULARY, known=known)
    assert checked.problems == ()
    assert any("spelled differently" in note.detail for note in checked.notes)


def test_an_edition_that_a_source_found_itself_is_accepted_for_that_series_only() -> None:
    figures = table(
        {"series_id": "rivm_smap", "edition": "50160NED"},
        {"series_id": "ggd_monitor", "edition": "50160NED"},
    )
    known = Known(editions={"rivm_smap": ["50160NED"]})
    checked = validate(figures, vocabulary=VOCABULARY, known=known)
    assert [problem.where for problem in checked.problems] == ["a.csv, row 3, column edition"]


def test_no_wave_is_later_than_the_year_in_which_its_own_file_was_retrieved() -> None:
    figures = table({"file": "old", "year": 2022}, {"file": "new", "year": 2022})
    known = Known(retrieved_years={"old": 2021}, current_year=2026)
    checked = validate(figures, vocabulary=VOCABULARY, known=known)
    assert [problem.where for problem in checked.problems] == ["old, row 2, column year"]
    assert "up to 2021" in checked.problems[0].expected


def test_every_row_is_accounted_for_once() -> None:
    figures = table(
        {"year": 2012},
        {"year": 2012},
        {"year": 2016, "value": -1.0, **BARE},
        {"region_code": "GM9999"},
        {"year": 2020},
    )
    checked = validate(figures, vocabulary=VOCABULARY)
    fixed = sum(note.count for note in checked.notes if note.kind == "fixed")
    assert checked.figures["row"].to_pylist() == [2, 6]
    assert [row.row for row in checked.rejections] == [5, 4]
    assert fixed == 1


def test_a_rejected_row_is_told_as_it_was_delivered() -> None:
    figures = table({"value": 101.5, "note": "a note", "sample_size": 12, **BARE})
    (rejection,) = validate(figures, vocabulary=VOCABULARY).rejections
    assert rejection.source == "a.csv"
    assert rejection.region_code == "GM0160"
    assert rejection.raw == (
        "ggd_monitor,published,GM0160,,lonely,18+,2020,101.5,0.1,,,,12,normal,report,a note"
    )


def test_a_row_with_two_faults_is_told_with_both() -> None:
    figures = table({"value": 101.0, "note": "<b>", **BARE})
    reasons = [row.reason for row in validate(figures, vocabulary=VOCABULARY).rejections]
    assert reasons == ["markup or hidden characters in note", "value below 0 or above 100"]


def test_many_wrong_words_are_listed_up_to_twenty_and_then_counted() -> None:
    figures = table(*({"indicator": f"word{n}", "year": 2020} for n in range(50)))
    problems = validate(figures, vocabulary=VOCABULARY).problems
    assert len(problems) == 21
    assert problems[-1].found == "30 more rows like these"


def test_no_figures_are_no_problem() -> None:
    checked = validate(FIGURE_SCHEMA.empty_table(), vocabulary=VOCABULARY)
    assert (checked.figures.num_rows, checked.problems, checked.notes) == (0, (), ())


def test_half_a_million_figures_take_seconds_and_not_minutes() -> None:
    regions = [f"BU{number:08d}" for number in range(20_000)]
    years = np.tile(np.arange(2000, 2025, dtype=np.int16), len(regions))
    size = len(years)
    good = table({}).to_pylist()[0]
    columns = {
        name: pa.repeat(pa.scalar(good[name], FIGURE_SCHEMA.field(name).type), size)
        for name in FIGURE_SCHEMA.names
    }
    columns |= {
        "region_code": pa.array(np.repeat(regions, 25)),
        "year": pa.array(years),
        "row": pa.array(np.arange(2, size + 2)),
    }
    known = Known(regions=dict.fromkeys(regions, "a neighbourhood"))
    start = time.perf_counter()
    checked = validate(pa.table(columns, schema=FIGURE_SCHEMA), vocabulary=VOCABULARY, known=known)
    assert checked.figures.num_rows == 500_000
    assert checked.problems == ()
    assert time.perf_counter() - start < 20
