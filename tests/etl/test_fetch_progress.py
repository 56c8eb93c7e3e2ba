"""What a person at a terminal sees while a table comes in, and that nobody else sees anything."""

from __future__ import annotations

import io
import sys
import time

import pytest

from etl.fetch_progress import shown_progress


class Screen(io.StringIO):
    """A terminal that keeps what was written to it."""

    def isatty(self) -> bool:
        return True


def watched(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Let somebody watch from now on."""
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    return screen


def test_a_terminal_shows_rows_of_how_many_and_rows_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = watched(monkeypatch)
    with shown_progress("rivm_smap 50150NED", rows=4000, is_shown=True) as on_page:
        for _ in range(4):
            time.sleep(0.02)
            on_page(1000)
    for part in ("rivm_smap 50150NED", "4000/4000", " rows/s"):
        assert part in screen.getvalue()


def test_nothing_is_shown_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress("rivm_smap 50150NED", rows=4000, is_shown=True) as on_page:
        on_page(1000)
    assert capsys.readouterr() == ("", "")


def test_nothing_is_shown_where_nobody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = watched(monkeypatch)
    with shown_progress("rivm_smap 50150NED", rows=None, is_shown=False) as on_page:
        on_page(1000)
    assert screen.getvalue() == ""
