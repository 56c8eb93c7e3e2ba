"""Damaged figure files are refused with a place, or read without a wrong figure: nothing else."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.errors import SourceError
from etl.sources.base import FIGURE_COLUMNS, FIGURE_SCHEMA, Loaded, Vocabulary
from etl.sources.ggd_swing import GgdSwing
from etl.sources.lists import read_quoted_figures, read_regions
from etl.sources.published import PublishedFigures
from tests.etl.sources.figure_files import VOCABULARY, YEAR_OF_THE_TESTS, line, text
from tests.etl.sources.swing_files import cube_workbook, import_workbook

DATA = Path(__file__).parents[2] / "data"
KEY = ("series_id", "edition", "region_code", "indicator", "age_group", "year")
FUZZ = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

GOOD = text(
    *(
        line(year=year, indicator=indicator, value=value, ci_lower="", ci_upper="", note=note)
        for year, indicator, value, note in (
            (2012, "lonely", "36.1", "één"),
            (2016, "lonely", "37.2", '"a, b"'),
            (2020, "lonely", "41.0", ""),
            (2012, "severely_lonely", "6.1", ""),
            (2016, "severely_lonely", "6.8", ""),
            (2020, "severely_lonely", "8.7", "c"),
        )
    ),
    line(region_code="NL01", value="43.4", ci_lower="43.1", ci_upper="43.7"),
).encode()

CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "0", "-1", "1e9", "NA", "null", "NaN", "Inf", "38,0", "1.234,5", "22-mei", ".",
         "-", "x", "*", "**", "-99996", "160", "GM0160", "GM9999", "2023/2024", "=1+1", "<b>",
         "\u202e", "\ufeff", '"', "'", "\x00", "\ufffd", "18+", "youth", "lonely_6item", "school",
         "suppressed", "1" * 500, "0.38", "380", "100", "100.0000000001", "-0", "38.5*"]
    ),
    st.text(max_size=8),
    st.floats().map(str),
    st.integers().map(str),
)  # fmt: skip


def read(content: bytes, *, vocabulary: Vocabulary = VOCABULARY) -> Loaded | SourceError:
    """Read one file; anything but figures or a SourceError is a failure of the test."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        path = data / "figures" / "a.csv"
        path.parent.mkdir()
        path.write_bytes(content)
        try:
            source = PublishedFigures(current_year=YEAR_OF_THE_TESTS)
            return source.read([path], data=data, vocabulary=vocabulary)
        except SourceError as error:
            return error


def check_message(error: SourceError, *, file: str = "figures/a.csv") -> None:
    """Every problem names its file and says all four things."""
    assert error.problems
    for problem in error.problems:
        assert problem.where.startswith(file)
        assert problem.expected
        assert problem.remedy


def values(loaded: Loaded) -> dict[tuple[object, ...], object]:
    return {tuple(f[name] for name in KEY): f["value"] for f in loaded.figures.to_pylist()}


def _original() -> dict[tuple[object, ...], object]:
    loaded = read(GOOD)
    assert isinstance(loaded, Loaded)
    return values(loaded)


ORIGINAL = _original()


def check_soundness(loaded: Loaded) -> None:
    """What holds for every delivery, whatever the file was."""
    assert loaded.figures.schema == FIGURE_SCHEMA
    for figure in loaded.figures.to_pylist():
        assert all(figure[name] is not None for name in (*KEY, "rounding_step", "source_ref"))
        assert figure["value"] is None or 0 <= figure["value"] <= 100
        none = figure["obs_status"] in ("suppressed", "missing", "not_applicable")
        assert (figure["value"] is None) is none
        assert figure["region_code"] in VOCABULARY.region_names
        assert 2000 <= figure["year"] <= YEAR_OF_THE_TESTS
    assert len(values(loaded)) == loaded.figures.num_rows


@FUZZ
@given(
    place=st.integers(0, len(GOOD) - 1),
    length=st.integers(0, 12),
    replacement=st.binary(max_size=6),
)
def test_changed_bytes_are_refused_or_read_soundly(
    place: int, length: int, replacement: bytes
) -> None:
    outcome = read(GOOD[:place] + replacement + GOOD[place + length :])
    if isinstance(outcome, SourceError):
        check_message(outcome)
    else:
        check_soundness(outcome)


@FUZZ
@given(length=st.integers(0, len(GOOD) - 1))
def test_a_file_that_is_cut_off_never_gives_another_value(length: int) -> None:
    outcome = read(GOOD[:length])
    if isinstance(outcome, SourceError):
        check_message(outcome)
        return
    whole_rows = GOOD[:length].count(b"\n") - 1
    assert outcome.figures.num_rows in (whole_rows, whole_rows + 1)
    assert values(outcome).items() <= ORIGINAL.items()


@FUZZ
@given(content=st.binary(max_size=300))
def test_any_bytes_at_all_are_refused_or_read_soundly(content: bytes) -> None:
    outcome = read(content)
    if isinstance(outcome, SourceError):
        check_message(outcome)
    else:
        check_soundness(outcome)


@FUZZ
@given(
    row=st.integers(1, 7),
    column=st.integers(0, len(FIGURE_COLUMNS) - 1),
    cell=CELLS,
)
def test_a_changed_cell_leaves_all_other_figures_as_they_are(
    row: int, column: int, cell: str
) -> None:
    rows = list(csv.reader(io.StringIO(GOOD.decode())))
    rows[row][column] = cell
    content = io.StringIO()
    csv.writer(content, lineterminator="\n").writerows(rows)
    outcome = read(content.getvalue().encode("utf-8", "surrogatepass"))
    if isinstance(outcome, SourceError):
        check_message(outcome)
        return
    check_soundness(outcome)
    others = {f["row"]: f["value"] for f in outcome.figures.to_pylist() if f["row"] != row + 1}
    before = dict(enumerate(ORIGINAL.values(), start=2))
    assert others == {number: value for number, value in before.items() if number != row + 1}
    rejected = [one.row for one in outcome.rejections]
    assert set(rejected) <= {row + 1}
    assert outcome.figures.num_rows + len(set(rejected)) == 7


@FUZZ
@given(order=st.permutations(range(len(FIGURE_COLUMNS))), rows=st.permutations(range(1, 8)))
def test_the_order_of_columns_and_rows_changes_no_figure(order: list[int], rows: list[int]) -> None:
    cells = list(csv.reader(io.StringIO(GOOD.decode())))
    moved = [[cells[row][column] for column in order] for row in (0, *rows)]
    content = io.StringIO()
    csv.writer(content, lineterminator="\n").writerows(moved)
    outcome = read(content.getvalue().encode())
    assert isinstance(outcome, Loaded)
    assert values(outcome) == ORIGINAL


@FUZZ
@given(
    columns=st.lists(st.sampled_from(FIGURE_COLUMNS), unique=True, min_size=1, max_size=3),
)
def test_columns_that_are_left_out_are_named(columns: list[str]) -> None:
    cells = list(csv.DictReader(io.StringIO(GOOD.decode())))
    kept = [name for name in FIGURE_COLUMNS if name not in columns]
    content = io.StringIO()
    writer = csv.DictWriter(content, kept, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(cells)
    outcome = read(content.getvalue().encode())
    needed = [name for name in columns if name != "region_name"]
    assert isinstance(outcome, SourceError) is bool(needed)
    if isinstance(outcome, SourceError):
        assert {f"no column {name}" for name in needed} == {p.found for p in outcome.problems}


@FUZZ
@given(
    name=st.sampled_from(["regions.csv", "quoted_figures.csv"]),
    place=st.floats(0, 1, exclude_max=True),
    length=st.integers(0, 8),
    replacement=st.binary(max_size=4),
)
def test_changed_lists_are_refused_or_read(
    name: str, place: float, length: int, replacement: bytes
) -> None:
    original = (DATA / name).read_bytes()[:2000].rpartition(b"\n")[0]
    start = int(place * len(original))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(original[:start] + replacement + original[start + length :])
        try:
            if name == "regions.csv":
                read_regions(path, data=path.parent)
            else:
                read_quoted_figures(path, data=path.parent, vocabulary=VOCABULARY)
        except SourceError as error:
            check_message(error, file=name)


def _workbook(kind: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        if kind == "import":
            path = import_workbook(Path(folder), (2022, "gemeente", 160, "GGEES217", 41.5))
        else:
            path = cube_workbook(Path(folder), (2022, "gemeente", 160, 1, 41.5, 480))
        return path.read_bytes()


WORKBOOKS = {kind: _workbook(kind) for kind in ("import", "cube")}
SWING_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "GGEES217", "GGEES299", "41,5", "=1+1", "gemeente", "Hardenberg", "#N/A"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), max_size=8),
)


def read_workbook(data: Path) -> Loaded | SourceError:
    source = GgdSwing(current_year=YEAR_OF_THE_TESTS)
    try:
        return source.read(sorted((data / "inbox").iterdir()), data=data, vocabulary=VOCABULARY)
    except SourceError as error:
        return error


@FUZZ
@given(
    kind=st.sampled_from(sorted(WORKBOOKS)),
    place=st.floats(0, 1, exclude_max=True),
    length=st.integers(0, 40),
    replacement=st.binary(max_size=8),
)
def test_workbooks_with_changed_bytes_are_refused_or_read_soundly(
    kind: str, place: float, length: int, replacement: bytes
) -> None:
    content = WORKBOOKS[kind]
    start = int(place * len(content))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inbox" / "a.xlsx"
        path.parent.mkdir()
        path.write_bytes(content[:start] + replacement + content[start + length :])
        GgdSwing().find(Path(folder))
        outcome = read_workbook(Path(folder))
    if isinstance(outcome, SourceError):
        check_message(outcome, file="inbox/a.xlsx")
    else:
        check_soundness(outcome)
        assert set(outcome.figures["value"].to_pylist()) <= {41.5}


@settings(FUZZ, max_examples=60)
@given(cells=st.lists(st.tuples(*[SWING_CELLS] * 6), min_size=1, max_size=3))
def test_workbooks_with_any_cells_are_refused_or_read_soundly(
    cells: list[tuple[object, ...]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        import_workbook(Path(folder), *(row[:5] for row in cells))
        cube_workbook(Path(folder), *cells)
        outcome = read_workbook(Path(folder))
    if isinstance(outcome, SourceError):
        check_message(outcome, file="inbox/")
    else:
        check_soundness(outcome)
