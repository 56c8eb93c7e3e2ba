"""What is wrong in a file that a person wrote: gathered line by line, told all at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from etl.errors import Problem

SHOWN = 100
"""Most problems that one message lists; a file with more has one cause, not a hundred."""

COMPARED = 2000
"""Most valid words that an unknown one is compared with."""

LISTED = 12
"""Most valid words that one problem lists."""

Location = tuple[str | int, ...]
"""Keys and positions from the top of the file down to a value."""


@dataclass(frozen=True)
class Finding:
    """A problem and where it is: by line, or by location when the line is still to be found."""

    found: str
    expected: str
    remedy: str
    line: int | None = None
    location: Location = ()


def nearest(word: str, known: Collection[str]) -> str:
    """Say which valid word is meant, or that there is none: `nearest is "lonely"`."""
    from difflib import get_close_matches  # only needed when something is wrong

    closest = get_close_matches(word.strip()[:100], sorted(known)[:COMPARED], n=1, cutoff=0.0)
    return f'nearest is "{closest[0]}"' if closest else "none is given in this file"


def one_of(known: Collection[str]) -> str:
    """List the valid words, the first dozen of many."""
    words = sorted(known)
    more = f" … ({len(words)} in all)" if len(words) > LISTED else ""
    return ", ".join(words[:LISTED]) + more if words else "nothing: none is given in this file"


def enumerated(words: Collection[str]) -> str:
    """Name words in their order, the first dozen of many."""
    more = f" … ({len(words)} in all)" if len(words) > LISTED else ""
    return ", ".join(list(words)[:LISTED]) + more


def quoted(value: object) -> str:
    """Show a value as found, cut short and on one line."""
    text = "".join(character if character.isprintable() else "·" for character in str(value)[:81])
    return f'"{text[:80]}…"' if len(text) > 80 else f'"{text}"'


def problems_in(findings: Iterable[Finding], *, path: Path) -> list[Problem]:
    """Tell every finding of one file, each once, in the order of the lines."""
    ordered = sorted(dict.fromkeys(findings), key=lambda finding: finding.line or 0)
    problems = [
        Problem(_where(path, finding), finding.found, finding.expected, finding.remedy)
        for finding in ordered[:SHOWN]
    ]
    if len(ordered) > SHOWN:
        more = f"{len(ordered) - SHOWN} more problems"
        problems.append(Problem(str(path), more, "none", "mend those above first"))
    return problems


def _where(path: Path, finding: Finding) -> str:
    line = f"{path}, line {finding.line}" if finding.line else str(path)
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in finding.location)
    location = "".join(steps).lstrip(".")
    return f"{line} ({location[:200]})" if location else line
