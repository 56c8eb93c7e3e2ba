"""Which definition of each indicator a person has seen, per table: a changed one stops the load."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from etl.errors import Problem, SourceError
from etl.snapshots import write_atomically

FILE = "accepted_definitions.json"


@dataclass(frozen=True)
class Accepted:
    """The definition in use of one indicator in one table, and since when (ISO 8601, UTC)."""

    table_id: str
    indicator: str
    definition: str
    date: str
    how: str


def read_accepted(data: Path) -> dict[tuple[str, str], Accepted]:
    """Return what was accepted, by table and indicator."""
    path = data / FILE
    if not path.exists():
        return {}
    try:
        rows = [Accepted(**row) for row in json.loads(path.read_bytes())["definitions"]]
    except (ValueError, TypeError, KeyError) as error:
        raise SourceError(
            Problem(
                where=FILE,
                found=f"not a list of accepted definitions: {error}",
                expected="the file that `fetch` keeps",
                remedy="put the file back from a copy, or remove it and look at every definition",
            )
        ) from error
    return {(row.table_id, row.indicator): row for row in rows}


def changed_definitions(
    delivered: Mapping[str, str], *, table_id: str, data: Path, where: str
) -> dict[str, Problem]:
    """Return a problem per indicator whose definition is not the one that was accepted."""
    accepted = read_accepted(data)
    return {
        indicator: _changed(accepted[table_id, indicator], definition, where=where)
        for indicator, definition in sorted(delivered.items())
        if (table_id, indicator) in accepted
        and _words(accepted[table_id, indicator].definition) != _words(definition)
    }


def _words(text: str) -> list[str]:
    """Split a definition in words: another line break is not another definition."""
    return text.split()


def _changed(accepted: Accepted, definition: str, *, where: str) -> Problem:
    return Problem(
        where=f"{where}, definition of {accepted.indicator}",
        found=" ".join(_words(definition)) or "an empty text",
        expected=f"{' '.join(_words(accepted.definition))} (in use since {accepted.date[:10]})",
        remedy=(
            "compare the two; if the figures still measure the same, run "
            f"`python -m etl fetch --table {accepted.table_id} "
            f"--accept-definition {accepted.indicator}`"
        ),
    )


def remember_definitions(
    delivered: Mapping[str, str], *, table_id: str, data: Path, date: str, accept: str | None
) -> None:
    """Keep the definitions of indicators seen for the first time, and the one just accepted."""
    accepted = read_accepted(data)
    before = dict(accepted)
    for indicator, definition in delivered.items():
        key = (table_id, indicator)
        if key not in accepted:
            accepted[key] = Accepted(table_id, indicator, definition, date, "first download")
        elif indicator == accept and accepted[key].definition != definition:
            accepted[key] = Accepted(table_id, indicator, definition, date, "accepted by a person")
    if accepted != before:
        rows = [asdict(accepted[key]) for key in sorted(accepted)]
        text = json.dumps({"definitions": rows}, indent=1, ensure_ascii=False)
        write_atomically(data / FILE, text.encode())
