"""A new build answers what the one before was asked, before a visitor moves to it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dashboard import data, succession
from tests.dashboard.test_data import numbers, publish

asked: list[tuple[str, int]] = []


def noted(cursor: duckdb.DuckDBPyConnection, *, first: int) -> pd.DataFrame:
    """Answer, and note which build was asked what."""
    frame = numbers(cursor, first=first, last=first)
    asked.append((frame["build_id"].iloc[0], first))
    return frame


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Point the dashboard to a folder of its own, with one build."""
    folder = tmp_path / "warehouse"
    monkeypatch.setenv("DOELMONITOR_WAREHOUSE", str(folder))
    asked.clear()
    publish(folder, "first")
    succession.make_ready(folder)
    yield folder
    data.admit(folder, None)


def test_visitors_stay_until_the_next_build_is_ready(folder: Path) -> None:
    publish(folder, "second")
    assert data.pin_build().build_id == "first"
    assert data.pin_build().is_older is False

    succession.make_ready(folder)
    assert data.pin_build().build_id == "second"


def test_the_next_build_was_asked_what_the_one_before_was_asked(folder: Path) -> None:
    data.pin_build()
    for first in (5, 7):
        data.load(noted, first=first)
    publish(folder, "second")
    succession.make_ready(folder)
    assert asked == [("first", 5), ("first", 7), ("second", 7), ("second", 5)]  # newest first

    data.pin_build()
    assert data.load(noted, first=5)["build_id"].tolist() == ["second"]
    assert len(asked) == 4


def test_what_was_drawn_is_drawn_of_the_next_build_and_what_cannot_be_is_left(
    folder: Path,
) -> None:
    drawn = []

    def draw(*, first: int) -> str:
        frame = data.load(numbers, first=first, last=first)
        if first == 9 and frame["build_id"].iloc[0] == "second":
            raise IndexError("gone")
        drawn.append((frame["build_id"].iloc[0], first))
        return f"drawing of {first}"

    data.pin_build()
    for first in (9, 5):
        data.keep(draw, first=first)
    publish(folder, "second")
    succession.make_ready(folder)

    assert drawn == [("first", 9), ("first", 5), ("second", 5)]
    assert data.pin_build().build_id == "second"
    assert data.keep(draw, first=5) == "drawing of 5"
    assert len(drawn) == 3


def test_preparation_ends_in_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data.pin_build()
    data.load(noted, first=5)
    monkeypatch.setattr(succession, "LONGEST_PREPARATION_SECONDS", -1)
    publish(folder, "second")
    succession.make_ready(folder)
    assert data.pin_build().build_id == "second"
    assert asked == [("first", 5)]


def test_a_damaged_successor_is_passed_over_with_a_notice(folder: Path) -> None:
    data.pin_build()
    publish(folder, "second").write_bytes(b"not a database")
    succession.make_ready(folder)
    build = data.pin_build()
    assert (build.build_id, build.is_older) == ("first", True)

    publish(folder, "third")
    succession.make_ready(folder)
    build = data.pin_build()
    assert (build.build_id, build.is_older) == ("third", False)


def test_a_lost_pointer_lets_visitors_follow_the_usual_way(folder: Path) -> None:
    data.pin_build()
    (folder / "current.json").unlink()
    succession.make_ready(folder)
    assert data.pin_build().is_older is True
    publish(folder, "second")
    assert data.pin_build().build_id == "second"


def test_a_watched_folder_lets_visitors_in_by_itself_and_follows_the_pointer_afterwards(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(succession, "SECONDS_BETWEEN_LOOKS", 0.01)
    with succession.watched(folder):
        publish(folder, "second")
        _wait(lambda: data.pin_build().build_id == "second")
    publish(folder, "third")
    assert data.pin_build().build_id == "third"


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
