"""A build in the making: marts in a file that nobody reads yet, staging in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

SQL = Path(__file__).parent / "sql"
LEAST_MEMORY_MB = 384
MEMORY_MB_PER_MILLION_ROWS = 320
ROWS_FOR_ONE_THREAD = 100_000
NOT_CONTENT = {"history": None, "build": None, "sources": ("retrieved_at",)}
"""Outside the content hash, whole tables or columns: names and moments are not content."""


class Draft:
    """A build in the making: marts in a file that nobody reads yet, staging in memory."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.connection = duckdb.connect(str(file) if file else ":memory:")
        self.connection.execute("attach ':memory:' as staging")
        self.connection.execute("set threads = 1")
        self.connection.execute("create schema marts")

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
            declaring = [
                query
                for relation in relations
                for query in _statements(cursor, relation).before_rows
            ]
            _in_one_transaction(cursor, declaring)

    def fill(self, relations: Iterable[str]) -> None:
        """Insert the rows of declared relations, all in one transaction."""
        filling = [
            query
            for relation in relations
            for query in _statements(self.connection, relation).rows_and_after
        ]
        _in_one_transaction(self.connection, filling)

    def query(self, sql: str) -> pa.Table:
        """Return the rows of a query as an Arrow table."""
        return self.connection.sql(sql).to_arrow_table()

    def close(self) -> None:
        """Write everything to the file and let go of it."""
        if self.file:
            self.connection.execute("checkpoint")
        self.connection.close()


class _Statements(NamedTuple):
    """The statements of a relation: what can be done before there are rows, and the rest."""

    before_rows: list[str]
    rows_and_after: list[str]


def _statements(connection: duckdb.DuckDBPyConnection, relation: str) -> _Statements:
    """Read the SQL file of one relation; a relation that is filled elsewhere has no rows in it."""
    statements = connection.extract_statements(
        (SQL / f"{relation}.sql").read_text(encoding="utf-8")
    )
    queries = [statement.query for statement in statements]
    inserts = [statement.type == duckdb.StatementType.INSERT for statement in statements]
    first = inserts.index(True) if any(inserts) else len(queries)
    return _Statements(queries[:first], queries[first:])


def _in_one_transaction(connection: duckdb.DuckDBPyConnection, queries: Iterable[str]) -> None:
    """Run queries in one call: after each call a thread has to wait for its turn."""
    connection.execute("; ".join(["begin", *queries, "commit"]))


def content_hash(building: Draft) -> str:
    """Return the SHA-256 of the logical content of all published tables, in whatever row order.

    Each row has a digest; their exclusive or and their sum do not depend on order, and the two
    together tell a row that stands twice from one that does not. Sorting the digests instead would
    hold a million of them in memory.
    """
    columns = building.connection.execute(
        "select table_name, list(column_name order by column_index) from duckdb_columns()"
        " where schema_name = 'marts' group by table_name order by table_name"
    ).fetchall()
    digests = [
        _digest_of_rows(table, names=[name for name in names if name not in left_out])
        for table, names in columns
        if (left_out := NOT_CONTENT.get(table, ())) is not None
    ]
    # one query: the many small tables cost more to plan than to read
    found = building.connection.execute(" union all ".join(digests) + " order by all").fetchall()
    return hashlib.sha256(repr(found).encode()).hexdigest()


def _digest_of_rows(table: str, *, names: Iterable[str]) -> str:
    """Return the query for the count of a table's rows and for what their digests come to."""
    # the names are our own; the marks cannot stand in a text that was read from a file
    cells = ", ".join(f"coalesce({name}::varchar, chr(30))" for name in names)
    rows = f"select md5_number(concat_ws(chr(31), {cells})) as digest from marts.{table}"  # noqa: S608
    combined = "count(*), bit_xor(digest), sum((digest & 4294967295)::bigint)"
    return f"select '{table}' as name, {combined} from ({rows})"  # noqa: S608
