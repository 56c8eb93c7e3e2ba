"""The result of the simulation as tables: printed, in docs/method.md, and as a CSV file."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

Columns = Sequence[tuple[int, str]]
"""Sample size and name of the design, a column each."""

DOCUMENT = Path(__file__).parents[1] / "docs" / "method.md"
RESULTS = Path(__file__).with_name("simulation.csv")
MARKERS = ("<!-- simulation: start -->", "<!-- simulation: end -->")


@dataclass(frozen=True)
class Rate:
    """Share of runs in which a rule makes a claim at least once, percent."""

    rule: str
    sample_size: int
    truth: str
    design: str
    progress_pct: float
    behind_pct: float


TABLES = (
    ("Progress claimed although nothing changed, % of runs", "no change", "progress_pct"),
    ("Behind claimed exactly on the path, % of runs", "on the path", "behind_pct"),
    (
        "Progress claimed exactly on the path, where it is real, % of runs",
        "on the path",
        "progress_pct",
    ),
)


def as_markdown(rates: Sequence[Rate], *, columns: Columns) -> str:
    """The three tables: rows are rules, columns designs within sample sizes."""
    return "\n\n".join(
        f"**{title}**\n\n"
        + _table([rate for rate in rates if rate.truth == truth], claim=claim, columns=columns)
        for title, truth, claim in TABLES
    )


def _table(rates: Sequence[Rate], *, claim: str, columns: Columns) -> str:
    cells = {
        (rate.rule, rate.sample_size, rate.design): f"{getattr(rate, claim):.1f}" for rate in rates
    }
    head = "| rule | " + " | ".join(f"{name}, n = {size:,}" for size, name in columns) + " |"
    lines = [head, "|---|" + "---:|" * len(columns)]
    for rule in dict.fromkeys(rate.rule for rate in rates):
        row = [cells.get((rule, size, name), "–") for size, name in columns]
        lines.append(f"| {rule} | " + " | ".join(row) + " |")
    return "\n".join(lines)


def write(rates: Sequence[Rate], *, columns: Columns) -> None:
    """Put the tables between the markers of docs/method.md, and every rate into a CSV file."""
    start, end = MARKERS
    text = DOCUMENT.read_text(encoding="utf-8")
    found = re.compile(re.escape(start) + ".*?" + re.escape(end), re.DOTALL)
    if not found.search(text):
        raise SystemExit(f"{DOCUMENT} has no {start} … {end} to write between")
    filled = f"{start}\n\n{as_markdown(rates, columns=columns)}\n\n{end}"
    DOCUMENT.write_text(found.sub(lambda _: filled, text), encoding="utf-8")
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(Rate.__dataclass_fields__))
        writer.writeheader()
        writer.writerows(asdict(rate) for rate in rates)
