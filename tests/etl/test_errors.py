"""How a problem reads, whatever the texts in it hold."""

from __future__ import annotations

import pytest

from etl.errors import InputError, Problem, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Súdwest-Fryslân, 45\u00a0% “eenzaam”", "Súdwest-Fryslân, 45\u00a0% “eenzaam”"),
        ("two\nlines", "two\nlines"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\u202egnorw", "\\u202egnorw"),
        ("GM\u200b1783\ud800", "GM\\u200b1783\\ud800"),
    ],
)
def test_what_is_hidden_is_written_out_and_nothing_else(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_no_part_of_a_problem_can_steer_a_terminal() -> None:
    error = InputError(Problem("a\x1b[2J", "b\x1b[2J", "c\x1b[2J", "d\x1b[2J"))
    assert "\x1b" not in str(error)
    assert str(error).count("\\x1b[2J") == 4
