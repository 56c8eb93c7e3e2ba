from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from etl import draft
from etl.draft import Draft, content_hash


def test_the_content_hash_covers_values_and_not_the_order_of_rows() -> None:
    def digest(rows: str) -> str:
        building = Draft(None)
        building.connection.execute("create table marts.figures (region varchar, value double)")
        building.connection.execute(f"insert into marts.figures values {rows}")
        return content_hash(building)

    original = digest("('GM1783', 8.3), ('GM0160', 6.8)")

    assert digest("('GM0160', 6.8), ('GM1783', 8.3)") == original
    assert digest("('GM1783', 8.4), ('GM0160', 6.8)") != original
    assert digest("('GM1783', 8.3), ('GM0160', null)") != original
    assert digest("('GM1783', 8.3), ('GM0160', 6.8), ('GM0160', 6.8)") != original


def test_the_content_hash_covers_what_a_file_held_and_not_when_it_came_or_its_bytes() -> None:
    def digest(retrieved_at: str, sha256: str, figures: int) -> str:
        building = Draft(None)
        building.connection.execute(
            "create table marts.sources (retrieved_at date, sha256 varchar, figures integer)"
        )
        building.connection.execute(
            "insert into marts.sources values (?, ?, ?)", [retrieved_at, sha256, figures]
        )
        return content_hash(building)

    original = digest("2026-01-01", "abc", 9)

    assert digest("2026-02-02", "abc", 9) == original
    assert digest("2026-01-01", "abd", 9) == original
    assert digest("2026-01-01", "abc", 8) != original


def test_the_content_hash_tells_every_number_from_its_neighbour_and_no_zero_from_another() -> None:
    def digest(value: str) -> str:
        building = Draft(None)
        building.connection.execute("create table marts.figures (value double)")
        building.connection.execute(f"insert into marts.figures values ({value}::double)")
        return content_hash(building)

    assert digest("0.1 + 0.2") != digest("0.3")
    assert digest("-0.0") == digest("0.0")
    assert digest("null") != digest("0.0")
    assert digest("'nan'") != digest("null")


def test_a_key_that_is_made_last_refuses_a_row_that_stands_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "figures.sql").write_text(
        "create table marts.figures (region varchar not null);"
        "comment on table marts.figures is 'Figures; one a region';"
        "insert into marts.figures select * from given;"
        "alter table marts.figures add primary key (region);"
    )
    monkeypatch.setattr(draft, "SQL", tmp_path)
    building = Draft(None)
    building.declare(["figures"])
    building.connection.execute("create temp table given as select 'GM1783' as region")
    building.fill(["figures"])
    building.fill(["figures"])  # nothing keeps the second one out yet
    with pytest.raises(duckdb.ConstraintException, match="duplicate"):
        building.seal(["figures"])
    building.connection.execute("delete from marts.figures")
    building.fill(["figures"])
    building.seal(["figures"])
    with pytest.raises(duckdb.ConstraintException, match="GM1783"):
        building.fill(["figures"])
