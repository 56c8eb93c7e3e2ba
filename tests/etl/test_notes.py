from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.errors import MetricsError
from etl.metrics import read_metrics
from etl.metrics_tables import as_tables
from tests.etl.reading import REAL, ROOT


def note_rows(text: str, folder: Path) -> list[dict[str, Any]]:
    (folder / "notes.yaml").write_text(text, encoding="utf-8")
    metrics = read_metrics(REAL, notes=folder / "notes.yaml")
    plans = as_tables(metrics)["metrics_plans"].to_pylist()
    return [row for row in plans if row["item_kind"] == "note"]


def refused(text: str, folder: Path) -> list[str]:
    with pytest.raises(MetricsError) as raised:
        note_rows(text, folder)
    return [str(problem) for problem in raised.value.problems]


def test_the_shipped_file_explains_itself_and_holds_no_notes() -> None:
    metrics = read_metrics(REAL, notes=ROOT / "data" / "notes.yaml")
    assert metrics.notes == {}


def test_without_a_notes_file_there_are_no_notes(tmp_path: Path) -> None:
    assert read_metrics(REAL, notes=tmp_path / "none.yaml").notes == {}


def test_the_example_in_the_shipped_file_is_right_once_its_marks_are_removed(
    tmp_path: Path,
) -> None:
    lines = (ROOT / "data" / "notes.yaml").read_text(encoding="utf-8").splitlines()
    first = lines.index("# GM1783:")
    example = [line[2:] for line in lines[first : first + 6]]
    assert len(note_rows("\n".join(example), tmp_path)) == 3


def test_notes_stand_newest_first_with_their_day_and_subject(tmp_path: Path) -> None:
    rows = note_rows(
        "GM1783:\n"
        '  - {date: 2025-06-01, about: contact, text: "Eerste"}\n'
        '  - {date: 2026-03-12, about: westland-65-plus, text: "Tweede", text_en: "Second"}\n',
        tmp_path,
    )
    found = [(r["position"], r["noted_on"], r["about"], r["language"], r["text"]) for r in rows]
    assert found == [
        (0, date(2026, 3, 12), "westland-65-plus", "nl", "Tweede"),
        (0, date(2026, 3, 12), "westland-65-plus", "en", "Second"),
        (1, date(2025, 6, 1), "contact", "nl", "Eerste"),
    ]
    assert len({(r["item_id"], r["language"]) for r in rows}) == 3


def test_the_older_note_keeps_its_id_when_one_is_added(tmp_path: Path) -> None:
    first = 'GM1783:\n  - {date: 2025-06-01, text: "Eerste"}\n'
    (before,) = note_rows(first, tmp_path)
    after = note_rows(first + '  - {date: 2026-03-12, text: "Tweede"}\n', tmp_path)
    assert {row["text"]: row["item_id"] for row in after}["Eerste"] == before["item_id"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (
            "GM1783:\n  - {date: 2026-03-12, about: contct, text: a}\n",
            2,
            'nearest is "contact"',
        ),
        ("GM1738:\n  - {date: 2026-03-12, text: a}\n", 1, 'nearest is "GM1783"'),
        ("GM1783:\n  - {date: 12-03-2026, text: a}\n", 2, "year-month-day"),
        ("GM1783:\n  - {date: 2026-02-30, text: a}\n", 2, "a day that exists"),
        ("GM1783:\n  - {date: 2026-03-12, tekst: a}\n", 2, 'nearest is "text"'),
        ("GM1783:\n  - {date: 2026-03-12, text: '<b>a</b>'}\n", 2, "markup"),
        ("GM1783:\n  - {date: 2026-03-12, text: no}\n", 2, "true or false"),
        ("- 2026-03-12\n", 1, "a list or a single value"),
    ],
)
def test_a_bad_note_is_refused_with_its_line(
    text: str, line: int, said: str, tmp_path: Path
) -> None:
    found = refused(text, tmp_path)
    assert any(f"notes.yaml, line {line}" in one and said in one for one in found), found
