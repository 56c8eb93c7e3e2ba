"""Files in data/inbox that no source recognises: said plainly, because somebody wants them read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from etl.errors import Problem, SourceError
from etl.sources.delimited import read_sheet
from etl.sources.delivery import INBOX
from etl.sources.places import below, check_place, read_bytes
from etl.sources.workbooks import Row, read_workbook

EXPECTED = (
    "a CSV in the layout that `python -m etl template ggd` writes, a Swing workbook, "
    "or a download of a RIVM table"
)
REMEDY = "Bring it in one of these layouts, or take it out of the inbox."


def explain_unclaimed(data: Path, *, claimed: Collection[Path]) -> list[Problem]:
    """One problem for each file in the inbox that no source claimed."""
    inbox = data / INBOX
    if not inbox.is_dir():
        return []
    names = {path.name for path in claimed if path.is_relative_to(inbox)}
    files = sorted(path for path in inbox.iterdir() if path.name not in names)
    return [_problem(path, data=data) for path in files if not path.name.startswith((".", "~$"))]


def _problem(path: Path, *, data: Path) -> Problem:
    """Say what is wrong with a file, as exactly as it can be seen."""
    file = below(path, data=data)
    try:
        return Problem(file, _found(path, data=data), EXPECTED, REMEDY)
    except SourceError as error:
        return error.problems[0]


def _found(path: Path, *, data: Path) -> str:
    file = below(path, data=data)
    if path.is_dir():
        return "a folder"
    check_place(path, data=data)
    if path.suffix.lower() == ".xlsx":
        sheets = read_workbook(path, file=file, rows=1)
        told = (f"{name} ({_first_cells(rows)})" for name, rows in sheets.items())
        return f"a workbook with sheets {', '.join(told)[:300]}"
    if path.suffix.lower() == ".json":
        is_page = read_bytes(path, data=data).lstrip().startswith(b"<")
        return "a web page" if is_page else "JSON without the columns of a table"
    if path.suffix.lower() == ".csv":
        cells = read_sheet(read_bytes(path, data=data), file=file).cells
        return f"columns {', '.join(cells.column_names)[:200]}"
    return f"a file of another kind ({path.suffix or 'no extension'})"


def _first_cells(rows: Sequence[Row]) -> str:
    """Return what the first row of a sheet says, where the names of columns should be."""
    cells = [str(cell) for cell in (rows[0] if rows else ()) if cell is not None]
    return ", ".join(cells)[:120] or "nothing on its first row"
