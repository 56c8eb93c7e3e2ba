"""The read path: one build per run, many threads, nothing but the published file."""

from __future__ import annotations

import json
import threading
import weakref
from _thread import interrupt_main
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dashboard import data, warehouse
from dashboard.i18n import Words


def publish(folder: Path, build_id: str, *, version: int = warehouse.CONTRACT_VERSION) -> Path:
    """Write a small build the way the pipeline publishes: a file of its own, then the pointer."""
    folder.mkdir(exist_ok=True)
    file = folder / f"goals-{build_id}.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.build as select ? as build_id, ?::integer as contract_version",
            [build_id, version],
        )
        connection.execute(
            "create table marts.estimates as select ? as build_id, range::integer as number,"
            " repeat('x', 900) as filling from range(2000)",
            [build_id],
        )
    pointer = folder / "current.json.tmp"
    pointer.write_text(json.dumps({"file": file.name, "build_id": build_id}))
    pointer.replace(folder / "current.json")
    return file


def numbers(cursor: duckdb.DuckDBPyConnection, *, first: int, last: int) -> pd.DataFrame:
    """Ask rows that tell which build and which question they belong to."""
    return cursor.execute(
        "select build_id, number from marts.estimates where number between ? and ? order by number",
        [first, last],
    ).df()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the dashboard to a folder of its own."""
    monkeypatch.setenv("DOELMONITOR_WAREHOUSE", str(tmp_path / "warehouse"))
    return tmp_path / "warehouse"


def test_the_pointer_chooses_the_build(folder: Path) -> None:
    publish(folder, "first")
    publish(folder, "second")
    assert data.pin_build().build_id == "second"
    assert data.load(numbers, first=3, last=4)["number"].tolist() == [3, 4]
    assert set(data.load(numbers, first=3, last=4)["build_id"]) == {"second"}


def test_a_run_stays_with_its_build_when_newer_ones_are_published(folder: Path) -> None:
    publish(folder, "first")
    data.pin_build()
    for newer in ("second", "third", "fourth"):  # more than are kept open
        publish(folder, newer)
        with ThreadPoolExecutor(1) as another_visitor:
            assert another_visitor.submit(data.pin_build).result().build_id == newer
    assert set(data.load(numbers, first=0, last=1)["build_id"]) == {"first"}
    data.pin_build()
    assert set(data.load(numbers, first=0, last=1)["build_id"]) == {"fourth"}


def test_many_threads_get_their_own_rows_while_builds_are_published(folder: Path) -> None:
    publish(folder, "build0")
    stop = threading.Event()

    def visit(visitor: int) -> list[str]:
        wrong = []
        for step in range(60):
            build = data.pin_build()
            first = (visitor * 61 + step) % 1900
            frame = data.load(numbers, first=first, last=first + 9)
            if frame["number"].tolist() != list(range(first, first + 10)):
                wrong.append(f"rows of {first}: {frame['number'].tolist()}")
            if set(frame["build_id"]) != {build.build_id}:
                wrong.append(f"{build.build_id} shows {set(frame['build_id'])}")
        return wrong

    def keep_publishing() -> None:
        number = 1
        while not stop.is_set():
            publish(folder, f"build{number}")
            number += 1

    publisher = threading.Thread(target=keep_publishing)
    publisher.start()
    with ThreadPoolExecutor(12) as visitors:
        wrong = [line for lines in visitors.map(visit, range(12)) for line in lines]
    stop.set()
    publisher.join()
    assert wrong == []
    assert data.pin_build().build_id != "build0"


def test_a_result_is_asked_once_per_build(folder: Path) -> None:
    asked = []

    def counting(cursor: duckdb.DuckDBPyConnection, *, first: int) -> pd.DataFrame:
        asked.append(first)
        return numbers(cursor, first=first, last=first)

    publish(folder, "first")
    for first in (7, 7, 8, 7):
        data.pin_build()
        data.load(counting, first=first)
    publish(folder, "second")
    data.pin_build()
    data.load(counting, first=7)
    assert asked == [7, 8, 7]


def test_two_queries_with_the_same_parameters_are_two_results(folder: Path) -> None:
    def another(cursor: duckdb.DuckDBPyConnection, *, first: int, last: int) -> pd.DataFrame:
        return cursor.execute("select ? + ? as total", [first, last]).df()

    publish(folder, "first")
    data.pin_build()
    assert data.load(numbers, first=1, last=2).columns.tolist() == ["build_id", "number"]
    assert data.load(another, first=1, last=2)["total"].tolist() == [3]


def test_changing_a_result_changes_nothing_for_the_next_visitor(folder: Path) -> None:
    publish(folder, "first")
    data.pin_build()
    frame = data.load(numbers, first=1, last=2)
    frame.loc[0, "number"] = 99
    frame["extra"] = 1
    assert data.load(numbers, first=1, last=2)["number"].tolist() == [1, 2]
    assert "extra" not in data.load(numbers, first=1, last=2)


def test_results_do_not_grow_without_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warehouse, "KEPT_RESULTS", 3)
    publish(folder, "first")
    build = data.pin_build()
    for first in range(10):
        data.load(numbers, first=first, last=first)
    assert len(build.warehouse.results) == 3


def test_a_chart_is_made_once_per_build_and_parameters(folder: Path) -> None:
    made = []

    def chart(*, first: int) -> list[int]:
        made.append(first)
        return data.load(numbers, first=first, last=first + 1)["number"].tolist()

    publish(folder, "first")
    data.pin_build()
    assert data.keep(chart, first=1) == data.keep(chart, first=1) == [1, 2]
    assert data.keep(chart, first=5) == [5, 6]
    publish(folder, "second")
    data.pin_build()
    assert data.keep(chart, first=1) == [1, 2]
    assert made == [1, 5, 1]


def test_a_chart_is_drawn_once_for_the_same_rows_words_and_look(folder: Path) -> None:
    drawings = []

    def draw(frame: pd.DataFrame, *, words: Words, look: str) -> list[str]:
        drawings.append((len(frame), words.language, look))
        return [f"drawing {len(drawings)}"]

    publish(folder, "first")
    data.pin_build()
    for last, language, look in [
        *((2, "nl", "light"), (2, "nl", "light"), (3, "nl", "light")),
        *((2, "en", "light"), (2, "nl", "dark"), (2, "nl", "light")),
    ]:
        frame = data.load(numbers, first=1, last=last)
        data.drawn(draw, frame, words=Words(language), look=look)

    assert drawings == [
        (2, "nl", "light"),
        (3, "nl", "light"),
        (2, "en", "light"),
        (2, "nl", "dark"),
    ]


def test_a_replaced_build_is_closed_when_nobody_reads_it_any_more(folder: Path) -> None:
    publish(folder, "first")
    first = weakref.ref(data.pin_build().warehouse)
    publish(folder, "second")
    data.pin_build()
    assert first() is not None
    for newer in ("third", "fourth"):
        publish(folder, newer)
        data.pin_build()
    assert first() is None


def test_a_stop_during_a_query_is_a_stop(folder: Path) -> None:
    def long(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
        threading.Timer(0.2, interrupt_main).start()
        return cursor.execute("select sum(hash(range)) from range(3_000_000_000)").df()

    publish(folder, "first")
    with pytest.raises(KeyboardInterrupt):
        data.pin_build().ask(long)


def test_what_no_run_reads_can_be_closed(folder: Path) -> None:
    publish(folder, "first")
    unread = weakref.ref(data.current_build(folder).warehouse)
    assert unread() is not None
    data.close_unread()
    assert unread() is None


def test_what_a_run_reads_stays_open(folder: Path) -> None:
    publish(folder, "first")
    read = data.pin_build()
    data.close_unread()
    assert read.ask(numbers, first=3, last=4)["number"].tolist() == [3, 4]


@pytest.mark.parametrize(
    "statement",
    [
        "copy (select 1) to '{folder}/leak.csv'",
        "attach '{folder}/other.duckdb'",
        "select * from read_csv('/etc/hostname')",
        "select * from read_text('/etc/hostname')",
        "select * from glob('/etc/*')",
        "create table marts.extra as select 1",
        "delete from marts.estimates",
        "drop table marts.estimates",
        "export database '{folder}/all'",
        "set threads = 8",
        "set memory_limit = '64GB'",
        "set enable_external_access = true",
        "reset lock_configuration",
        "install httpfs",
        "load httpfs",
    ],
)
def test_nothing_but_reading_the_published_tables_is_possible(folder: Path, statement: str) -> None:
    publish(folder, "first")
    cursor = data.pin_build().cursor
    with pytest.raises(duckdb.Error):
        cursor.execute(statement.format(folder=folder)).fetchall()
    assert cursor.execute("select count(*) from marts.estimates").fetchall() == [(2000,)]


def test_without_a_warehouse_there_is_a_reason_and_no_path(folder: Path) -> None:
    with pytest.raises(data.WarehouseProblem) as problem:
        data.pin_build()
    assert problem.value.reason == "missing"
    assert str(folder) not in str(problem.value)


@pytest.mark.parametrize(
    "pointer",
    [
        "",
        "not json",
        "[]",
        '{"build_id": "first"}',
        '{"file": 7}',
        '{"file": "../goals-first.duckdb"}',
        '{"file": "/etc/passwd"}',
        '{"file": "goals-a/../../goals-first.duckdb"}',
    ],
)
def test_a_pointer_that_names_no_build_beside_it_is_damaged(folder: Path, pointer: str) -> None:
    folder.mkdir()
    (folder / "current.json").write_text(pointer)
    with pytest.raises(data.WarehouseProblem) as problem:
        data.pin_build()
    assert problem.value.reason == "damaged"


def test_another_contract_is_told_apart(folder: Path) -> None:
    publish(folder, "first", version=warehouse.CONTRACT_VERSION + 1)
    with pytest.raises(data.WarehouseProblem) as problem:
        data.pin_build()
    assert problem.value.reason == "other_version"


@pytest.mark.parametrize("kept_share", [0.0, 0.3, 0.7, 0.99])
def test_a_file_cut_off_anywhere_is_damaged(folder: Path, kept_share: float) -> None:
    file = publish(folder, "first")
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * kept_share)])
    with pytest.raises(data.WarehouseProblem) as problem:
        data.pin_build()
    assert problem.value.reason == "damaged"


def test_the_last_good_build_stands_in_for_a_damaged_one(folder: Path) -> None:
    publish(folder, "first")
    publish(folder, "second").write_bytes(b"not a database")
    build = data.pin_build()
    assert (build.build_id, build.is_older) == ("first", True)
    assert set(data.load(numbers, first=0, last=1)["build_id"]) == {"first"}


def test_the_build_in_use_survives_the_loss_of_the_folder(folder: Path) -> None:
    publish(folder, "first")
    assert data.pin_build().is_older is False
    for file in folder.iterdir():
        file.unlink()
    build = data.pin_build()
    assert (build.build_id, build.is_older) == ("first", True)


def test_a_repaired_build_comes_back_by_itself(folder: Path) -> None:
    publish(folder, "first")
    publish(folder, "second").write_bytes(b"")
    assert data.pin_build().build_id == "first"
    publish(folder, "third")
    build = data.pin_build()
    assert (build.build_id, build.is_older) == ("third", False)
