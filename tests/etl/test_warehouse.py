from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from etl import warehouse
from etl.errors import WarehouseError

DAY = 24 * 60 * 60
HOLDING = """
import sys, pathlib
from etl import warehouse
with warehouse.locked(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def a_build(folder: Path, *, build_id: str, value: int = 1) -> warehouse.Published:
    with warehouse.locked(folder), warehouse.draft(folder) as building:
        building.connection.execute("create table marts.figures (value integer)")
        building.connection.execute("insert into marts.figures values (?)", [value])
        return warehouse.publish(building, folder, build_id=build_id)


def made_days_ago(build: warehouse.Published, *, days: float) -> None:
    moment = time.time() - days * DAY
    os.utime(build.file, (moment, moment))


def test_the_pointer_names_the_newest_build(tmp_path: Path) -> None:
    a_build(tmp_path, build_id="first")
    a_build(tmp_path, build_id="second")

    assert json.loads((tmp_path / "current.json").read_text()) == {
        "file": "goals-second.duckdb",
        "build_id": "second",
    }


def test_a_reader_of_the_old_build_goes_on_while_a_new_one_is_published(tmp_path: Path) -> None:
    first = a_build(tmp_path, build_id="first", value=1)
    with duckdb.connect(str(first.file), read_only=True) as reader:
        second = a_build(tmp_path, build_id="second", value=2)

        assert reader.execute("select value from marts.figures").fetchall() == [(1,)]
    assert warehouse.read(second, "select value from marts.figures") == [(2,)]


def test_a_draft_that_fails_leaves_the_build_in_use_and_no_file_behind(tmp_path: Path) -> None:
    a_build(tmp_path, build_id="first")

    def fail_half_way() -> None:
        with warehouse.locked(tmp_path), warehouse.draft(tmp_path) as building:
            building.connection.execute("create table marts.figures (value integer)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()

    in_use = warehouse.current(tmp_path)
    assert in_use is not None
    assert in_use.build_id == "first"
    assert list(tmp_path.glob("*.tmp*")) == []


def test_leftovers_of_a_killed_build_are_removed_by_the_next(tmp_path: Path) -> None:
    (tmp_path / "draft.duckdb.tmp").write_bytes(b"half a file")
    (tmp_path / "draft.duckdb.tmp.wal").write_bytes(b"half a log")

    a_build(tmp_path, build_id="first")

    assert list(tmp_path.glob("*.tmp*")) == []


def test_three_builds_are_kept_and_every_one_younger_than_a_day(tmp_path: Path) -> None:
    for number, age in enumerate([9, 8, 7, 0.5]):
        made_days_ago(a_build(tmp_path, build_id=f"build-{number}"), days=age)

    a_build(tmp_path, build_id="build-4")

    assert [build.build_id for build in warehouse.builds(tmp_path)] == [
        "build-4",
        "build-3",
        "build-2",
    ]
    for number in range(5, 9):
        a_build(tmp_path, build_id=f"build-{number}")
    assert len(warehouse.builds(tmp_path)) == 6  # four of today, build-4 and build-3


def test_rollback_points_to_the_build_before_and_publishing_keeps_what_is_in_use(
    tmp_path: Path,
) -> None:
    for number, age in enumerate([4, 3, 2]):
        made_days_ago(a_build(tmp_path, build_id=f"build-{number}"), days=age)

    assert warehouse.rollback(tmp_path, build_id=None).build_id == "build-1"
    assert warehouse.rollback(tmp_path, build_id=None).build_id == "build-0"
    in_use = warehouse.current(tmp_path)
    assert in_use is not None
    assert in_use.build_id == "build-0"


def test_rollback_to_a_build_that_is_gone_says_which_ones_are_kept(tmp_path: Path) -> None:
    a_build(tmp_path, build_id="first")

    with pytest.raises(WarehouseError, match="one of: first"):
        warehouse.rollback(tmp_path, build_id="never-made")


def test_a_damaged_pointer_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    a_build(tmp_path, build_id="first")
    (tmp_path / "current.json").write_text("{")

    with pytest.raises(WarehouseError, match="etl rollback"):
        warehouse.current(tmp_path)


def test_a_second_build_says_who_holds_the_folder(tmp_path: Path) -> None:
    holding = subprocess.Popen(
        [
            sys.executable,
            "-c",
            HOLDING,
            str(tmp_path),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holding:
        assert holding.stdout is not None
        assert holding.stdout.readline() == "held\n"
        with (
            pytest.raises(WarehouseError, match=f"process {holding.pid} since"),
            warehouse.locked(tmp_path, wait_seconds=0.1),
        ):
            raise AssertionError("the folder was given to two builds")
        holding.kill()

    with warehouse.locked(tmp_path, wait_seconds=5):
        pass  # a killed process does not keep the lock


def test_a_build_is_named_after_its_moment_and_content_and_never_takes_a_taken_name(
    tmp_path: Path,
) -> None:
    moment = datetime(2026, 3, 14, 9, 26, 53)  # noqa: DTZ001 - build moments are UTC without a zone
    first = warehouse.new_build_id(tmp_path, built_at=moment, digest="abcdef0123")
    (tmp_path / f"goals-{first}.duckdb").touch()
    second = warehouse.new_build_id(tmp_path, built_at=moment, digest="abcdef0123")

    assert first == "20260314-092653-abcdef01"
    assert second == "20260314-092653-abcdef01-2"


@pytest.mark.parametrize("kind", [duckdb.IOException, duckdb.FatalException])
def test_a_full_disk_is_told_as_such_and_leaves_no_draft(
    tmp_path: Path, kind: type[duckdb.Error]
) -> None:
    with (
        pytest.raises(WarehouseError, match="no space left on the disk") as told,
        warehouse.draft(tmp_path),
    ):
        raise kind('Could not write file "draft.duckdb.tmp": No space left on device')

    assert told.value.exit_status == 1
    assert list(tmp_path.iterdir()) == []


def test_another_failure_of_the_database_is_not_told_as_a_full_disk(tmp_path: Path) -> None:
    with pytest.raises(duckdb.IOException, match="damaged"), warehouse.draft(tmp_path):
        raise duckdb.IOException("the file is damaged")
