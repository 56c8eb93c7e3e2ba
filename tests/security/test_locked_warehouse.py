"""What a statement can do on the connection of the dashboard: read the published tables, no more.

The statements of the dashboard are fixed; this is what would happen if one were not.
"""

from __future__ import annotations

import json
import resource
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dashboard.warehouse import SETTINGS as OPENED_WITH
from dashboard.warehouse import Warehouse

READING_FILES = (
    "select * from read_csv('{secret}')",
    "select * from read_csv_auto('{secret}')",
    "select * from sniff_csv('{secret}')",
    "select * from read_text('{secret}')",
    "select * from read_blob('{secret}')",
    "select * from read_parquet('{secret}')",
    "select * from parquet_scan('{secret}')",
    "select * from parquet_metadata('{secret}')",
    "select * from read_json('{secret}')",
    "select * from read_ndjson_objects('{secret}')",
    "select * from '{secret}'",
    "from '{folder}/*.csv'",
    "select * from glob('/etc/*')",
    "import database '{folder}'",
)
NETWORK = (
    "select * from read_csv('{address}/figures.csv')",
    "select * from read_text('{address}')",
    "select * from '{address}/figures.parquet'",
    "attach '{address}/other.duckdb'",
    "copy (select 1) to '{address}/leak.csv'",
    "select * from read_parquet('s3://bucket/figures.parquet')",
    "select * from read_csv('\\\\host\\share\\figures.csv')",
    "install httpfs from '{address}'",
    "create secret (type http, bearer_token 'x')",
)
WRITING = (
    "copy (select 1) to '{folder}/leak.csv'",
    "copy marts.estimates to '{folder}/leak.parquet' (format parquet)",
    "copy marts.texts from '{secret}'",
    "export database '{folder}/all'",
    "attach '{folder}/other.duckdb'",
    "attach '{folder}/other.duckdb' as other (type sqlite)",
    "create table marts.extra as select 1",
    "create view marts.extra as select 1",
    "create schema extra",
    "insert into marts.texts select * from marts.texts",
    "update marts.estimates set value = 0",
    "delete from marts.estimates",
    "truncate marts.estimates",
    "drop table marts.estimates",
    "alter table marts.estimates add column extra integer",
    "comment on table marts.estimates is 'changed'",
)
EXTENSIONS = (
    "install httpfs",
    "install spatial from community",
    "load httpfs",
    "load '{folder}/own.duckdb_extension'",
    "update extensions",
)
SETTINGS = (
    "set threads = 64",
    "set memory_limit = '64GB'",
    "set temp_directory = '{folder}'",
    "set max_temp_directory_size = '10GB'",
    "set enable_external_access = true",
    "set allowed_directories = ['/']",
    "set allowed_paths = ['{secret}']",
    "set autoload_known_extensions = true",
    "set autoinstall_known_extensions = true",
    "set allow_community_extensions = true",
    "set allow_unsigned_extensions = true",
    "set extension_directory = '{folder}'",
    "set custom_extension_repository = '{address}'",
    "set home_directory = '{folder}'",
    "set secret_directory = '{folder}'",
    "set log_query_path = '{folder}/log.txt'",
    "set global enable_logging = true",
    "set http_proxy = '{address}'",
    "set lock_configuration = false",
    "reset lock_configuration",
    "reset memory_limit",
    "pragma threads = 64",
    "pragma enable_profiling = 'json'",
    "pragma profiling_output = '{folder}/profile.json'",
)
REFUSED = {
    "files": READING_FILES,
    "network": NETWORK,
    "writing": WRITING,
    "extensions": EXTENSIONS,
    "settings": SETTINGS,
}
STATEMENTS = [
    pytest.param(sql, id=f"{kind}: {sql}") for kind, group in REFUSED.items() for sql in group
]


@pytest.fixture(scope="module")
def opened(warehouse: Path) -> Warehouse:
    """Open the published build as the dashboard does."""
    name = json.loads((warehouse / "current.json").read_text())["file"]
    return Warehouse(warehouse / name)


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[object]]]:
    """Listen on the loopback and keep who connects."""
    called: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while True:
                try:
                    connection, caller = server.accept()
                except OSError:
                    return
                called.append(caller)
                connection.close()

        threading.Thread(target=answer, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", called
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_refused(
    statement: str,
    opened: Warehouse,
    listener: tuple[str, list[object]],
    tmp_path: Path,
) -> None:
    address, called = listener
    secret = tmp_path / "secret.csv"
    secret.write_text("who,what\nme,a secret\n")

    with pytest.raises(duckdb.Error), opened.cursor() as cursor:
        cursor.execute(statement.format(folder=tmp_path, secret=secret, address=address)).fetchall()

    assert [file.name for file in tmp_path.iterdir()] == ["secret.csv"]
    assert called == []


def test_what_was_refused_changed_nothing(opened: Warehouse) -> None:
    with opened.cursor() as cursor:
        settings = dict(
            cursor.execute(
                "select name, value from duckdb_settings() where name in (select unnest(?))",
                [[*OPENED_WITH, "temp_directory"]],
            ).fetchall()
        )
        (count,) = cursor.execute("select count(*) from marts.estimates").fetchall()[0]

    assert count == 12537
    assert settings["enable_external_access"] == "false"
    assert settings["lock_configuration"] == "true"
    assert settings["threads"] == "2"
    assert settings["max_temp_directory_size"] == "0 bytes"


def test_a_query_without_bounds_ends_at_the_memory_limit_and_writes_no_file(
    opened: Warehouse,
) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(duckdb.OutOfMemoryException), opened.cursor() as cursor:
        cursor.execute("select list(range) from range(1_000_000_000)").fetchall()

    grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown_mb < 1000  # the limit is 512 MB, and blocks are counted before they are returned
    assert not list(opened.file.parent.glob("*.tmp*"))
