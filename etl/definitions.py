"""Which definition of each indicator a person has seen, per table: a changed one stops the load."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
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


Definitions = dict[tuple[str, str], Accepted]
"""By table and indicator."""


def read_accepted(data: Path) -> Definitions:
    """Return the definitions in use."""
    return _read(data)[0]


def _read(data: Path) -> tuple[Definitions, Definitions]:
    """Return the definitions in use, and those accepted for a download that is not here yet."""
    path = data / FILE
    if not path.exists():
        return {}, {}
    try:
        content = json.loads(path.read_bytes())
        rows = [
            [Accepted(**row) for row in given]
            for given in (content["definitions"], content.get("awaited", ()))
        ]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise SourceError(
            Problem(
                where=FILE,
                found=f"not a list of accepted definitions: {error}",
                expected="the file that `fetch` keeps",
                remedy="put the file back from a copy, or remove it and look at every definition",
            )
        ) from error
    in_use, awaited = ({(row.table_id, row.indicator): row for row in some} for some in rows)
    return in_use, awaited


def _write(in_use: Definitions, awaited: Definitions, *, data: Path) -> None:
    content = {"definitions": [asdict(in_use[key]) for key in sorted(in_use)]}
    if awaited:
        content["awaited"] = [asdict(awaited[key]) for key in sorted(awaited)]
    write_atomically(data / FILE, json.dumps(content, indent=1, ensure_ascii=False).encode())


def changed_definitions(
    delivered: Mapping[str, str], *, table_id: str, data: Path, where: str
) -> dict[str, Problem]:
    """Return a problem per indicator whose definition is none that was accepted."""
    in_use, awaited = _read(data)
    return {
        indicator: _changed(in_use[table_id, indicator], definition, where=where)
        for indicator, definition in sorted(delivered.items())
        if (table_id, indicator) in in_use
        and not _is_same(in_use.get((table_id, indicator)), definition)
        and not _is_same(awaited.get((table_id, indicator)), definition)
    }


def _is_same(accepted: Accepted | None, definition: str) -> bool:
    return accepted is not None and _words(accepted.definition) == _words(definition)


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


def accept_changed(
    delivered: Mapping[str, str],
    *,
    indicators: Collection[str],
    table_id: str,
    data: Path,
    date: str,
) -> None:
    """Keep that a person accepts changed definitions, until the download that has them is here.

    So several can be accepted one after the other, while the ones in use stay in use.
    """
    in_use, awaited = _read(data)
    before = dict(awaited)
    for indicator in indicators:
        key, definition = (table_id, indicator), delivered.get(indicator)
        if definition is not None and key in in_use and not _is_same(in_use[key], definition):
            awaited[key] = Accepted(table_id, indicator, definition, date, "accepted by a person")
    if awaited != before:
        _write(in_use, awaited, data=data)


def remember_definitions(
    delivered: Mapping[str, str], *, table_id: str, data: Path, date: str
) -> None:
    """Put in use what a download has: definitions seen for the first time, and accepted ones."""
    in_use, awaited = _read(data)
    before = (dict(in_use), dict(awaited))
    for indicator, definition in delivered.items():
        key = (table_id, indicator)
        accepted = awaited.pop(key, None)
        if key not in in_use:
            in_use[key] = Accepted(table_id, indicator, definition, date, "first download")
        elif accepted is not None and _is_same(accepted, definition):
            in_use[key] = accepted
    if (in_use, awaited) != before:
        _write(in_use, awaited, data=data)
