from __future__ import annotations

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


def test_the_content_hash_does_not_cover_when_a_file_was_retrieved_but_what_it_held() -> None:
    def digest(retrieved_at: str, sha256: str) -> str:
        building = Draft(None)
        building.connection.execute(
            "create table marts.sources (retrieved_at date, sha256 varchar)"
        )
        building.connection.execute(
            "insert into marts.sources values (?, ?)", [retrieved_at, sha256]
        )
        return content_hash(building)

    assert digest("2026-01-01", "abc") == digest("2026-02-02", "abc")
    assert digest("2026-01-01", "abc") != digest("2026-01-01", "abd")
