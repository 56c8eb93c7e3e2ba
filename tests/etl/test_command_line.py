"""What the command line returns when it is stopped, and when something else goes wrong."""

from __future__ import annotations

import argparse
import threading
from _thread import interrupt_main

import duckdb
import pytest

from etl import __main__ as command_line


def test_a_stop_during_a_query_is_a_stop(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def long(_: argparse.Namespace) -> int:
        threading.Timer(0.2, interrupt_main).start()
        duckdb.connect().execute("select sum(hash(range)) from range(3_000_000_000)").fetchall()
        return 0

    monkeypatch.setattr(command_line, "_build", long)
    assert command_line.main(["build"]) == 130
    assert capsys.readouterr().err == "Stopped. What was there before stays in use.\n"


def test_a_fault_of_ours_is_not_taken_for_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(_: argparse.Namespace) -> int:
        raise RuntimeError("a fault")

    monkeypatch.setattr(command_line, "_build", faulty)
    with pytest.raises(RuntimeError, match="a fault"):
        command_line.main(["build"])
