"""What can go wrong for a user, said so that the user can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import category

_HIDDEN = ("Cc", "Cf", "Cs")
"""Unicode categories of control, format and surrogate characters."""


def visible(text: str) -> str:
    """Return a text with hidden characters written out: what others wrote may steer a terminal."""
    return "".join(
        ascii(character)[1:-1]
        if category(character) in _HIDDEN and character != "\n"
        else character
        for character in text
    )


@dataclass(frozen=True)
class Problem:
    """One thing to mend: where it is, what was found, what was expected, what to do."""

    where: str
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        where, found, expected, remedy = map(
            visible, (self.where, self.found, self.expected, self.remedy)
        )
        return f"{where}\n    found     {found}\n    expected  {expected}\n    to do     {remedy}"


class DoelmonitorError(Exception):
    """An error with a message for the user; `exit_status` is what the command line returns."""

    exit_status = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class InputError(DoelmonitorError):
    """A file that the user gave is wrong: nothing is published, the previous build stays."""

    exit_status = 2


class MetricsError(InputError):
    """metrics.yaml (or a notes file beside it) does not say what it must."""


class SourceError(InputError):
    """A file with figures does not hold what it must."""


class CheckError(InputError):
    """The figures contradict each other or themselves, so the draft is not published."""


class NetworkError(DoelmonitorError):
    """The service of a producer did not answer as it should; what was loaded stays in use."""


class WarehouseError(DoelmonitorError):
    """The published file is missing, damaged, of another version, or held by another build."""
