"""The two layouts of Swing workbooks, turned into one list of observations.

An import workbook has one row per figure and names the variable in the row; a cube workbook has
one column per variable and one row per combination of dimensions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.errors import Problem, SourceError
from etl.sources.workbooks import Row, Sheets

IMPORT_COLUMNS = ("periode", "gebiedsniveau", "gebied", "naam", "waarde")
DEFINITION_COLUMNS = ("col", "type")
PERIOD, LEVEL, AREA = "period", "geolevel", "geoitem"
DIMENSION, VARIABLE = "dim", "var"
TYPES = (PERIOD, LEVEL, AREA, DIMENSION, VARIABLE)
UNWEIGHTED = "n_ongewogen"
UNWEIGHTED_SUFFIX = "_ong"
DATA_SHEET = "data"


@dataclass(frozen=True)
class Variable:
    """What the workbook says of a variable; blank where it does not."""

    code: str
    label: str = ""
    data_type: str = ""
    round_off: object = None
    threshold: object = None
    source: str = ""


@dataclass(frozen=True)
class Observation:
    """One row of the data: where, when, for whom, and the value of each variable.

    `breakdown`: labels of the items of the dimensions. `row`: the header is row 1.
    """

    row: int
    period: object
    level: object
    area: object
    breakdown: tuple[str, ...]
    values: dict[str, object]
    sample_size: object = None


@dataclass(frozen=True)
class Delivery:
    """A workbook in either layout; `unread` are columns of the data that nothing is known of."""

    variables: dict[str, Variable]
    observations: Sequence[Observation]
    unread: tuple[str, ...] = ()


def is_import(sheets: Sheets) -> bool:
    """Whether a sheet has the columns of an import workbook."""
    return _sheet_with(sheets, IMPORT_COLUMNS) is not None


def is_cube(sheets: Sheets) -> bool:
    """Whether a sheet defines the columns of a data sheet."""
    return _sheet_with(sheets, DEFINITION_COLUMNS) is not None and DATA_SHEET in _by_name(sheets)


def read_layout(sheets: Sheets, *, file: str) -> Delivery:
    """Read a workbook in the layout that it has."""
    read = _read_import if is_import(sheets) else _read_cube
    return read(sheets, file=file)


def _read_import(sheets: Sheets, *, file: str) -> Delivery:
    names = _sheets_with(sheets, IMPORT_COLUMNS)
    if len(names) > 1:
        found = f"figures on more than one sheet: {', '.join(names)[:200]}"
        remedy = "Remove the sheets that are not meant, hidden ones too."
        raise SourceError(Problem(file, found, "one sheet with figures", remedy))
    header, rows = _table(sheets[names[0]])
    _check_header(header, where=f"{file}, sheet {names[0]}")
    place = {column: header.index(column) for column in IMPORT_COLUMNS}
    observations = [
        Observation(
            row=number,
            period=cells[place["periode"]],
            level=cells[place["gebiedsniveau"]],
            area=cells[place["gebied"]],
            breakdown=(),
            values={text(cells[place["naam"]]): cells[place["waarde"]]},
        )
        for number, cells in rows
    ]
    unread = tuple(name for name in header if name and name not in IMPORT_COLUMNS)
    return Delivery(_variables(sheets), observations, unread)


def _check_header(header: Sequence[str], *, where: str) -> None:
    """Refuse a column that stands there twice: which of the two is meant cannot be told."""
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        found, remedy = f"twice: {', '.join(twice)}", "Remove or rename one."
        raise SourceError(Problem(f"{where}, row 1", found, "every column once", remedy))


def _read_cube(sheets: Sheets, *, file: str) -> Delivery:
    header, rows = _table(_by_name(sheets)[DATA_SHEET])
    _check_header(header, where=f"{file}, sheet Data")
    types = _column_types(sheets, header=header, file=file)
    labels = {code: _labels(sheets, code) for code, kind in types.items() if kind == DIMENSION}
    place = {code: header.index(code) for code in types}
    only = {kind: code for code, kind in types.items()}
    variables = [code for code, kind in types.items() if kind == VARIABLE and not _is_count(code)]
    sizes = [code for code, kind in types.items() if kind == VARIABLE and _is_count(code)]
    observations = [
        Observation(
            row=number,
            period=cells[place[only[PERIOD]]],
            level=cells[place[only[LEVEL]]],
            area=cells[place[only[AREA]]],
            breakdown=tuple(
                labels[code].get(text(cells[place[code]]), text(cells[place[code]]))
                for code in labels
            ),
            values={code: cells[place[code]] for code in variables},
            sample_size=cells[place[sizes[0]]] if sizes else None,
        )
        for number, cells in rows
    ]
    unread = tuple(name for name in header if name and name not in types)
    return Delivery(_variables(sheets), observations, unread)


def _column_types(sheets: Sheets, *, header: list[str], file: str) -> dict[str, str]:
    """Type of each column of the data sheet, which its definition names or lists in order."""
    definition, rows = _table(sheets[_sheet_with(sheets, DEFINITION_COLUMNS) or ""])
    name, kind = definition.index("col"), definition.index("type")
    defined = [(text(cells[name]).lower(), text(cells[kind]).lower()) for _, cells in rows]
    in_order = len(defined) == len(header)
    types: dict[str, str] = {}
    for position, (code, of) in enumerate(defined):
        if code in header:
            types[code] = of
        elif in_order:
            types[header[position]] = of
    missing = [of for of in (PERIOD, LEVEL, AREA, VARIABLE) if of not in types.values()]
    if missing:
        raise SourceError(
            Problem(
                f"{file}, sheets Data and Data_def",
                f"no column of type {', '.join(missing)} that both sheets have",
                "columns of type period, geolevel, geoitem and var in both sheets",
                "Export the cube again from Swing, with its definition.",
            )
        )
    _check_types(types, sheets=sheets, header=header, file=file)
    return types


def _check_types(
    types: Mapping[str, str], *, sheets: Sheets, header: Sequence[str], file: str
) -> None:
    """Refuse a dimension that is not defined as one: its items would pass for the total."""
    unclear = {name: f"type {of or 'blank'}" for name, of in types.items() if of not in TYPES}
    unclear |= {
        name: "no definition" for name in header if name not in types and _labels(sheets, name)
    }
    if unclear:
        told = ", ".join(f"{name} ({why})" for name, why in unclear.items())
        remedy = "Export the cube again from Swing, with its definition."
        where, expected = f"{file}, sheet Data_def", f"each column with a type: {', '.join(TYPES)}"
        raise SourceError(Problem(where, f"the columns {told[:200]}", expected, remedy))


def _is_count(code: str) -> bool:
    return code == UNWEIGHTED or code.endswith(UNWEIGHTED_SUFFIX)


def _labels(sheets: Sheets, dimension: str) -> dict[str, str]:
    """Names of the items of a dimension by their code, from the sheet of its name."""
    rows = _by_name(sheets).get(dimension, ())
    header, items = _table(rows)
    if "itemcode" not in header or "naam" not in header:
        return {}
    code, name = header.index("itemcode"), header.index("naam")
    return {text(cells[code]): text(cells[name]) for _, cells in items}


def _variables(sheets: Sheets) -> dict[str, Variable]:
    """What the sheet of indicators, or of metadata, says of each code."""
    sheet = _sheet_with(sheets, ("indicator code",))
    header, rows = _table(sheets[sheet] if sheet else ())

    def cell(cells: Row, column: str) -> object:
        return cells[header.index(column)] if column in header else None

    found = {}
    for _, cells in rows:
        code = text(cell(cells, "indicator code"))
        found[code.lower()] = Variable(
            code=code,
            label=text(cell(cells, "description")) or text(cell(cells, "name")),
            data_type=text(cell(cells, "data type")),
            round_off=cell(cells, "roundoff"),
            threshold=_number(cell(cells, "threshold value")),
            source=text(cell(cells, "source")),
        )
    return found


def _number(cell: object) -> object:
    """Return a whole number that is kept as text as a number, and any other cell as it is."""
    told = text(cell)
    return int(told) if told.isascii() and told.isdigit() else cell


def _sheet_with(sheets: Sheets, columns: Sequence[str]) -> str | None:
    """Name of the first sheet whose header has these columns."""
    return next(iter(_sheets_with(sheets, columns)), None)


def _sheets_with(sheets: Sheets, columns: Sequence[str]) -> list[str]:
    """Names of the sheets whose header has these columns."""
    wanted = set(columns)
    return [
        name
        for name, rows in sheets.items()
        if rows and wanted <= {text(cell).lower() for cell in rows[0]}
    ]


def _by_name(sheets: Sheets) -> dict[str, Sequence[Row]]:
    return {name.strip().lower(): rows for name, rows in sheets.items()}


def _table(rows: Sequence[Row]) -> tuple[list[str], list[tuple[int, Row]]]:
    """Header in lower case, and the rows that hold anything, padded, with their numbers."""
    if not rows:
        return [], []
    header = [text(cell).lower() for cell in rows[0]]
    filled = [
        (number, (*cells, *(None,) * (len(header) - len(cells))))
        for number, cells in enumerate(rows[1:], start=2)
        if any(cell not in (None, "") for cell in cells)
    ]
    return header, filled


def text(cell: object) -> str:
    """Return a cell as text; a whole number that Excel keeps as 160.0 is 160."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
