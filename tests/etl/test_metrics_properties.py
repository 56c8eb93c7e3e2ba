"""Whatever a person does to metrics.yaml, the answer is its content or a list of problems."""

from __future__ import annotations

import string
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import MetricsError
from etl.metrics import read_metrics
from etl.metrics_tables import as_tables
from tests.etl.reading import REAL, ROOT, SMALL

SQL = ROOT / "etl" / "sql" / "marts"
MARTS = ("series", "breaks", "indicators", "age_groups", "texts", "targets")
MARTS += ("target_series", "plans")
LINES = REAL.read_text(encoding="utf-8").splitlines(keepends=True)
TOKENS = st.sampled_from(
    [*("no", "0160", "12:30", "8%", "null", "~", "[]", "{}", "- ", ": ", "\t", "&a ", "*a", "<<: "),
     *("!!int ", "'", '"', "|", ">", "#", "---\n", "…", "=1+1", "<b>", "2024-13-01", "1e999", "-0")]
)  # fmt: skip
WORDS = st.one_of(TOKENS, st.text(string.printable, max_size=6), st.text(max_size=4))


def publish(tables: Mapping[str, pa.Table]) -> None:
    """Insert into the published tables, which have keys and checks of their own."""
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        for mart in MARTS:
            connection.register(f"metrics_{mart}", tables[f"metrics_{mart}"])
            connection.execute((SQL / f"{mart}.sql").read_text(encoding="utf-8"))


def survives(content: str | bytes, *, is_published: bool = False) -> None:
    """Read, and where that works make the tables; the only error there may be is ours."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "metrics.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        refusal = None
        try:
            tables = as_tables(read_metrics(path))
            if is_published:
                publish(tables)
        except MetricsError as error:
            refusal = error
    if refusal is not None:
        assert refusal.problems
        assert all(problem.found and problem.expected for problem in refusal.problems)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_dropping_or_doubling_lines_is_survived(data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        count = data.draw(st.integers(1, 4))
        if data.draw(st.booleans()):
            del lines[at : at + count]
        else:
            lines[at:at] = lines[at : at + count]
    survives("".join(lines), is_published=True)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_garbling_a_place_is_survived(data: st.DataObject) -> None:
    text = "".join(LINES)
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 12))
    survives(text[:at] + data.draw(WORDS) + text[at + cut :])


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_replacing_a_value_is_survived(data: st.DataObject) -> None:
    lines = SMALL.splitlines(keepends=True)
    at = data.draw(st.integers(0, len(lines) - 1))
    key = lines[at].split(":")[0]
    lines[at] = f"{key}: {data.draw(WORDS)}\n"
    survives("".join(lines), is_published=True)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_are_survived(content: bytes) -> None:
    survives(content)
    survives(content.decode("latin-1"))
