"""Downloads are used only when they are exactly what was downloaded, and lie where they must."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.definitions import accept_changed, read_accepted, remember_definitions
from etl.errors import SourceError
from etl.snapshots import present_manifest, read_manifest, read_part, write_atomically
from tests.etl.statline import fetch_from, read_fetched
from tests.servers.odata import served
from tests.servers.statline_tables import table_50150

TABLE = Path("raw/rivm_smap/50150NED")


def page_of(data: Path, name: str = "UntypedDataSet-2016JJ00-0001.json") -> Path:
    """Return a page of the download."""
    (page,) = data.rglob(name)
    return page


def refusal(data: Path) -> str:
    """Read, expect a refusal, and return its message with all four parts."""
    with pytest.raises(SourceError) as stopped:
        read_fetched(data)
    for problem in stopped.value.problems:
        assert all((problem.where, problem.found, problem.expected, problem.remedy))
        assert str(data) not in problem.where
    assert stopped.value.exit_status == 2
    return str(stopped.value)


def change_manifest(data: Path, change: Callable[[dict], object]) -> None:
    """Rewrite the manifest."""
    path = data / TABLE / "manifest.json"
    content = json.loads(path.read_bytes())
    change(content)
    path.write_text(json.dumps(content))


def test_a_page_with_another_figure_in_it_is_refused(data: Path) -> None:
    page = page_of(data)
    page.write_bytes(page.read_bytes().replace(b'"    4', b'"    3', 1))
    message = refusal(data)
    assert f"{TABLE.as_posix()}/" in message
    assert "UntypedDataSet-2016JJ00-0001.json" in message
    assert "checksum" in message
    assert "python -m etl fetch" in message


def test_every_damaged_page_is_named_at_once(data: Path) -> None:
    for wave in ("2012JJ00", "2024JJ00"):
        page_of(data, f"UntypedDataSet-{wave}-0001.json").write_bytes(b"<html>Onderhoud</html>")
    message = refusal(data)
    assert "UntypedDataSet-2012JJ00-0001.json" in message
    assert "UntypedDataSet-2024JJ00-0001.json" in message


def test_a_page_that_was_cut_off_or_removed_is_refused(data: Path) -> None:
    page = page_of(data)
    page.write_bytes(page.read_bytes()[:-1])
    assert "checksum" in refusal(data)
    page.unlink()
    assert "no such file" in refusal(data)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(place=st.integers(0, 10_000), byte=st.integers(0, 255), draw=st.data())
def test_no_changed_byte_gets_through(
    fetched: Path, place: int, byte: int, draw: st.DataObject
) -> None:
    manifest = read_manifest(fetched / TABLE / "manifest.json", data=fetched)
    part = draw.draw(st.sampled_from(manifest.parts))
    path = fetched / TABLE / part.path
    content = path.read_bytes()
    changed = bytearray(content)
    changed[place % len(content)] = byte
    try:
        path.write_bytes(bytes(changed))
        if bytes(changed) == content:
            assert read_part(part, folder=fetched / TABLE, data=fetched) == content
        else:
            with pytest.raises(SourceError, match="checksum"):
                read_part(part, folder=fetched / TABLE, data=fetched)
    finally:
        path.write_bytes(content)


@pytest.mark.parametrize(
    "path",
    [
        "../../../../secret.json",
        "/etc/passwd",
        "x/../../../y.json",
        "C:\\secret",
        "..\\x",
        "",
        "\0",
    ],
)
def test_a_path_out_of_the_folder_is_refused(path: str, data: Path) -> None:
    (data.parent / "secret.json").write_text('{"value": []}')
    change_manifest(data, lambda m: m["parts"][-1].update(path=path))
    assert "without .." in refusal(data)


def test_a_page_that_is_a_link_to_itself_is_refused(data: Path) -> None:
    page = page_of(data)
    page.unlink()
    page.symlink_to(page)
    assert "no such file" in refusal(data)


def test_a_folder_in_the_place_of_the_manifest_is_refused(data: Path) -> None:
    manifest = data / TABLE / "manifest.json"
    manifest.unlink()
    manifest.mkdir()
    assert "manifest.json\n    found     not a plain file" in refusal(data)


def test_a_link_out_of_the_folder_is_refused(data: Path) -> None:
    page = page_of(data)
    outside = data.parent / "outside.json"
    outside.write_bytes(page.read_bytes())
    page.unlink()
    page.symlink_to(outside)
    assert "a link to another folder" in refusal(data)


def test_a_table_folder_that_is_a_link_out_of_the_data_is_refused(data: Path) -> None:
    outside = data.parent / "50150NED"
    shutil.move(data / TABLE, outside)
    (data / TABLE).symlink_to(outside)
    assert "a link to another folder" in refusal(data)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"[]",
        b"null",
        b'{"format": 2}',
        b'{"format": 1}',
        b'{"format": 1, "parts": 3}',
        b"\xff\xfe",
        b"9" * 5000,
        b"[" * 100_000,
    ],
)
def test_a_manifest_that_is_not_one_is_refused(content: bytes, data: Path) -> None:
    (data / TABLE / "manifest.json").write_bytes(content)
    assert "raw/rivm_smap/50150NED/manifest.json" in refusal(data)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rows", "360"),
        ("rows", 6_000_000),
        ("series_id", "rivm_young_adults"),
        ("table_id", "50120NED"),
        ("title", None),
        ("parts", [{"path": "x"}]),
        ("definitions", {"lonely": "x"}),
        ("retrieved_at", "yesterday"),
    ],
)
def test_a_manifest_with_a_wrong_field_is_refused(field: str, value: object, data: Path) -> None:
    change_manifest(data, lambda m: m.update({field: value}))
    assert "manifest.json" in refusal(data)


def test_a_page_left_out_of_the_manifest_is_noticed_by_its_rows(data: Path) -> None:
    change_manifest(data, lambda m: m["parts"].pop())
    message = refusal(data)
    assert "288 rows" in message
    assert "360" in message


def test_a_page_listed_twice_is_noticed(data: Path) -> None:
    def twice(manifest: dict) -> None:
        manifest["parts"].append(manifest["parts"][-1])

    change_manifest(data, twice)
    assert "432 rows" in refusal(data)


def test_an_unfinished_download_does_not_show(data: Path) -> None:
    (data / TABLE / "manifest.json").unlink()
    assert len(read_fetched(data).figures) == 0


def test_a_damaged_download_is_not_present_for_fetch(data: Path) -> None:
    assert present_manifest("rivm_smap", "50150NED", data=data) is not None
    page_of(data).write_bytes(b"{}")
    assert present_manifest("rivm_smap", "50150NED", data=data) is None


def test_fetch_mends_a_damaged_download(data: Path) -> None:
    page_of(data).write_bytes(b"{}")
    with served(table_50150()) as service:
        report = fetch_from(service, data, table="50150NED")
    assert report.tables[0].outcome == "fetched"
    assert len(read_fetched(data).figures) == 8 * 3 * (3 * 5 + 4)


def test_writing_leaves_the_old_document_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "document.json"
    write_atomically(path, b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert [p.name for p in path.parent.iterdir()] == ["document.json"]


def test_a_full_disk_is_named_with_its_file_and_leaves_the_old_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "document.json"
    write_atomically(path, b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left on device") as error:
        write_atomically(path, b"new")
    assert error.value.filename == str(path)
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["document.json"]


def test_a_definition_is_changed_only_by_the_indicator_that_was_accepted(tmp_path: Path) -> None:
    def remember(date: str, accept: str | None, **definitions: str) -> dict[str, str]:
        if accept is not None:
            accept_changed(
                definitions, indicators=[accept], table_id="50150NED", data=tmp_path, date=date
            )
        remember_definitions(definitions, table_id="50150NED", data=tmp_path, date=date)
        return {
            indicator: f"{row.definition} {row.date}"
            for (_, indicator), row in read_accepted(tmp_path).items()
        }

    first = remember("2024", None, lonely="a", severely_lonely="b")
    assert first == {"lonely": "a 2024", "severely_lonely": "b 2024"}
    second = remember("2025", "lonely", lonely="c", severely_lonely="d")
    assert second == {"lonely": "c 2025", "severely_lonely": "b 2024"}


@pytest.mark.parametrize("content", ["", "[]", '{"definitions": [{"x": 1}]}'])
def test_a_damaged_list_of_definitions_is_refused(content: str, data: Path) -> None:
    (data / "accepted_definitions.json").write_text(content)
    assert "accepted_definitions.json" in refusal(data)


def test_a_download_with_another_definition_than_was_accepted_is_refused(data: Path) -> None:
    path = data / "accepted_definitions.json"
    path.write_text(path.read_text().replace("score 9 t/m 11", "score 8 t/m 11"))
    message = refusal(data)
    assert "definition of severely_lonely" in message
    assert "--accept-definition severely_lonely" in message
