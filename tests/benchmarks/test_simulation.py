"""The committed simulation result: what the rules give today, and what the document says."""

from __future__ import annotations

import csv

import pytest

from benchmarks.simulation import COLUMNS, study
from benchmarks.simulation_tables import DOCUMENT, MARKERS, RESULTS, Rate, as_markdown

CODE, COLOUR = "this project, verdict (code)", "this project, shown (colour)"


@pytest.fixture(scope="module")
def committed() -> list[Rate]:
    with RESULTS.open(encoding="utf-8", newline="") as file:
        return [
            Rate(
                rule=row["rule"],
                sample_size=int(row["sample_size"]),
                truth=row["truth"],
                design=row["design"],
                progress_pct=float(row["progress_pct"]),
                behind_pct=float(row["behind_pct"]),
            )
            for row in csv.DictReader(file)
        ]


def test_the_committed_result_is_what_the_rules_give_today(committed):
    # to renew it: python -m benchmarks.simulation --write
    assert study() == committed


def test_the_document_shows_the_committed_result(committed):
    start, end = MARKERS
    between = DOCUMENT.read_text(encoding="utf-8").split(start)[1].split(end)[0]
    assert between.strip() == as_markdown(committed, columns=COLUMNS)


@pytest.mark.parametrize("rule", [CODE, COLOUR])
def test_progress_on_no_change_stays_within_five_percent_at_one_wave(committed, rule):
    rates = one_wave(committed, rule=rule, truth="no change")
    assert len(rates) == 2
    assert all(rate.progress_pct <= 5 for rate in rates)


def test_behind_is_shown_on_the_path_in_at_most_three_percent_at_one_wave(committed):
    rates = one_wave(committed, rule=COLOUR, truth="on the path")
    assert len(rates) == 2
    assert all(rate.behind_pct <= 3 for rate in rates)


def one_wave(rates: list[Rate], *, rule: str, truth: str) -> list[Rate]:
    return [
        rate for rate in rates if (rate.rule, rate.truth, rate.design) == (rule, truth, "one wave")
    ]
