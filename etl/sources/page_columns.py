"""The text columns of a page: read from its JSON by Arrow, kept beside it, and read back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pyarrow as pa

PAGE = "page_sha256"


def read_document(content: bytes, *, columns: Sequence[str], texts: Sequence[str] = ()) -> pa.Table:
    """Return a page as Arrow reads it: its records as `value`, and `texts` beside them.

    pa.ArrowInvalid where it is no JSON, or holds something else than text under these names. What
    is not there reads as null.
    """
    import pyarrow.json as pa_json  # only loaded where there is a page to read

    record = pa.struct([(name, pa.string()) for name in columns])
    fields = [("value", pa.list_(record)), *((name, pa.string()) for name in texts)]
    return pa_json.read_json(
        pa.BufferReader(content),
        read_options=pa_json.ReadOptions(block_size=len(content) + 1, use_threads=False),
        parse_options=pa_json.ParseOptions(
            explicit_schema=pa.schema(fields), unexpected_field_behavior="ignore"
        ),
    )


def columns_of(records: pa.StructArray, *, columns: Sequence[str]) -> pa.Table:
    """Return the columns of records, each different text once."""
    return pa.Table.from_arrays(
        [records.field(number).dictionary_encode() for number in range(len(columns))],
        names=list(columns),
    )


def to_bytes(columns: pa.Table, *, page_sha256: str) -> bytes:
    """Return columns as an Arrow stream that says from which page they were read."""
    table = columns.replace_schema_metadata({PAGE: page_sha256})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def from_bytes(content: bytes, *, columns: Collection[str], page_sha256: str) -> pa.Table | None:
    """Return columns from an Arrow stream; None where it lacks one, or is of another page."""
    table = pa.ipc.open_stream(content).read_all()
    is_of_page = (table.schema.metadata or {}).get(PAGE.encode()) == page_sha256.encode()
    if not is_of_page or not set(columns) <= set(table.column_names):
        return None
    return table.select(list(columns)).replace_schema_metadata(None)
