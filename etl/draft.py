"""A build in the making: marts in a file that nobody reads yet, staging in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

SQL = Path(__file__).parent / "sql"
LEAST_MEMORY_MB = 384
MEMORY_MB_PER_MILLION_ROWS = 320
ROWS_FOR_ONE_THREAD = 100_000
NOT_CONTENT = {"history": None, "build": None, "sources": ("retrieved_at", "sha256")}
"""Outside the content hash, whole tables or columns: names, moments and the bytes of a file are not
content. What a file held stands in the other tables; its bytes also say in what order."""


class Draft:
    """A build in the making: marts in a file that nobody reads yet, staging in memory."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.connection = duckdb.connect(str(file) if file else ":memory:")
        self.connection.execute("attach ':memory:' as staging")
        self.connection.execute("set threads = 1")
        self.connection.execute("create schema marts")
        self._statements: dict[str, _Statements] = {}

    def register(self, tables: Mapping[str, pa.Table]) -> None:
        """Make Arrow tables readable from SQL under their names."""
        for name, table in tables.items():
            self.connection.register(name, table)

    def scale_to(self, *, rows: int) -> None:
        """Give DuckDB the memory and the threads that so many rows need.

        Beyond the memory it spills to disk; the keys of all rows must fit, so it grows with them.
        With a whole country of neighbourhoods, a million figures, the process stays below 1 GiB.
        Few rows are done sooner by one thread than by several that wait for each other.
        """
        limit = max(LEAST_MEMORY_MB, MEMORY_MB_PER_MILLION_ROWS * rows // 1_000_000)
        self.connection.execute(f"set memory_limit = '{limit}MB'")
        if rows > ROWS_FOR_ONE_THREAD:
            self.connection.execute("reset threads")

    def release(self, name: str) -> None:
        """Forget a registered table, so that its memory can be used again."""
        self.connection.unregister(name)

    def run(self, relation: str, parameters: Mapping[str, object] | None = None) -> None:
        """Run the SQL file of one relation, such as `staging/figures`."""
        statements = (SQL / f"{relation}.sql").read_text(encoding="utf-8")
        self.connection.execute(statements, parameters)

    def declare(self, relations: Iterable[str]) -> None:
        """Make the empty tables of relations, with their comments.

        On a cursor of its own, so that another thread can do it while this one reads files; all in
        one transaction, for a commit for each comment would take longer.
        """
        with self.connection.cursor() as cursor:
            self._run_part(relations, attrgetter("before_rows"), connection=cursor)

    def fill(self, relations: Iterable[str]) -> None:
        """Insert the rows of declared relations, all in one transaction."""
        self._run_part(relations, attrgetter("rows"), connection=self.connection)

    def seal(self, relations: Iterable[str]) -> None:
        """Add the keys that filled relations leave for last: made at once they take half the time.

        On a cursor of its own, so that other threads can read these relations meanwhile.
        """
        with self.connection.cursor() as cursor:
            self._run_part(relations, attrgetter("after_rows"), connection=cursor)

    def _run_part(
        self,
        relations: Iterable[str],
        part: Callable[[_Statements], list[str]],
        *,
        connection: duckdb.DuckDBPyConnection,
    ) -> None:
        """Run one part of the statements of relations, which are taken apart once."""
        queries: list[str] = []
        for relation in relations:
            if relation not in self._statements:
                self._statements[relation] = _statements(connection, relation)
            queries += part(self._statements[relation])
        _in_one_transaction(connection, queries)

    def query(self, sql: str) -> pa.Table:
        """Return the rows of a query as an Arrow table."""
        return self.connection.sql(sql).to_arrow_table()

    def close(self) -> None:
        """Write everything to the file and let go of it."""
        if self.file:
            self.connection.execute("checkpoint")
        self.connection.close()


class _Statements(NamedTuple):
    """The statements of a relation: before there are rows, the insert, and what comes after it."""

    before_rows: list[str]
    rows: list[str]
    after_rows: list[str]


def _statements(connection: duckdb.DuckDBPyConnection, relation: str) -> _Statements:
    """Read the SQL file of one relation; a relation that is filled elsewhere has no rows in it."""
    statements = connection.extract_statements(
        (SQL / f"{relation}.sql").read_text(encoding="utf-8")
    )
    queries = [statement.query for statement in statements]
    inserts = [n for n, each in enumerate(statements) if each.type == duckdb.StatementType.INSERT]
    first, end = (inserts[0], inserts[-1] + 1) if inserts else (len(queries), len(queries))
    return _Statements(queries[:first], queries[first:end], queries[end:])


def _in_one_transaction(connection: duckdb.DuckDBPyConnection, queries: Iterable[str]) -> None:
    """Run queries in one call: after each call a thread has to wait for its turn."""
    connection.execute("; ".join(["begin", *queries, "commit"]))


def content_hash(building: Draft) -> str:
    """Return the SHA-256 of the logical content of all published tables, in whatever row order.

    Each row has a digest; their exclusive or and their sum do not depend on order, and the two
    together tell a row that stands twice from one that does not. Sorting the digests instead would
    hold a million of them in memory.
    """
    cursor = building.connection.cursor()
    columns = cursor.execute(
        "select table_name, list([column_name, data_type] order by column_index)"
        " from duckdb_columns() where schema_name = 'marts' group by table_name order by table_name"
    ).fetchall()
    digests = [
        _digest_of_rows(table, types={name: kind for name, kind in types if name not in left_out})
        for table, types in columns
        if (left_out := NOT_CONTENT.get(table, ())) is not None
    ]
    # one query: the many small tables cost more to plan than to read
    found = cursor.execute(" union all ".join(digests) + " order by all").fetchall()
    return hashlib.sha256(repr(found).encode()).hexdigest()


def _digest_of_rows(table: str, *, types: Mapping[str, str]) -> str:
    """Return the query for the count of a table's rows and for what their digests come to."""
    # the names are our own; the marks cannot stand in a text that was read from a file
    cells = ", ".join(f"coalesce({_as_text(*each)}, chr(30))" for each in types.items())
    rows = f"select md5_number(concat_ws(chr(31), {cells})) as digest from marts.{table}"  # noqa: S608
    combined = "count(*), bit_xor(digest), sum((digest & 4294967295)::bigint)"
    return f"select '{table}' as name, {combined} from ({rows})"  # noqa: S608


def _as_text(name: str, kind: str) -> str:
    """Return the expression for a cell as text; a double by its bits, which take half the time.

    Adding nothing makes the zero that is written -0 the same as the other.
    """
    return f"({name} + 0)::bit::bigint::varchar" if kind == "DOUBLE" else f"{name}::varchar"
