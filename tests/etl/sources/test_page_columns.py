"""Columns kept beside a page; whatever becomes of them, the figures are those of the page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from etl.sources import statline_pages
from etl.sources.base import Loaded
from etl.sources.page_columns import from_bytes, to_bytes
from tests.etl.statline import read_fetched

COLUMNS = pa.table({"Perioden": ["2016JJ00", "2016JJ00"], "Eenzaam_25": ["    45.8", None]})


def kept(data: Path) -> list[Path]:
    """Return the files with columns."""
    found = sorted(data.rglob("UntypedDataSet-*.arrow"))
    assert len(found) == len(list(data.rglob("UntypedDataSet-*.json"))) > 1
    return found


def no_page_is_read(content: bytes, *, columns: object) -> pa.Table:
    raise AssertionError("a page was read although its columns are kept")


def rows_of(loaded: Loaded) -> list[dict[str, object]]:
    return loaded.figures.to_pylist()


def test_columns_come_back_as_they_were_given_and_in_the_order_asked() -> None:
    content = to_bytes(COLUMNS, page_sha256="abc")
    asked = from_bytes(content, columns=["Eenzaam_25", "Perioden"], page_sha256="abc")
    assert asked is not None
    assert asked.column_names == ["Eenzaam_25", "Perioden"]
    assert asked.to_pydict() == COLUMNS.to_pydict()


def test_columns_of_another_page_and_columns_that_are_not_all_there_do_not_count() -> None:
    content = to_bytes(COLUMNS, page_sha256="abc")
    assert from_bytes(content, columns=["Perioden"], page_sha256="abd") is None
    assert from_bytes(content, columns=["Perioden", "Marges"], page_sha256="abc") is None


def test_a_page_whose_columns_are_kept_is_not_read_again(
    data: Path, fetched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in kept(data):
        path.unlink()
    from_pages = rows_of(read_fetched(data))
    monkeypatch.setattr(statline_pages, "page_table", no_page_is_read)
    assert rows_of(read_fetched(fetched)) == from_pages


def _cut_off(data: Path) -> None:
    for path in kept(data):
        path.write_bytes(path.read_bytes()[:-40])


def _changed(data: Path) -> None:
    for path in kept(data):
        path.write_bytes(path.read_bytes().replace(b"    4", b"    3", 1))


def _of_another_page(data: Path) -> None:
    """Give every page the columns of the first, with checksums that say that this is right."""
    files = kept(data)
    content = files[0].read_bytes()
    (manifest,) = data.rglob("manifest.json")
    stated = json.loads(manifest.read_bytes())
    for part in stated["parts"]:
        if part["columns_sha256"]:
            part["columns_sha256"] = hashlib.sha256(content).hexdigest()
    manifest.write_text(json.dumps(stated))
    for path in files:
        path.write_bytes(content)


def _of_before_columns_were_kept(data: Path) -> None:
    (manifest,) = data.rglob("manifest.json")
    stated = json.loads(manifest.read_bytes())
    for part in stated["parts"]:
        del part["columns_sha256"]
    manifest.write_text(json.dumps(stated))


@pytest.mark.parametrize(
    "damage", [_cut_off, _changed, _of_another_page, _of_before_columns_were_kept]
)
def test_damaged_columns_change_no_figure(
    damage: Callable[[Path], None], data: Path, fetched: Path
) -> None:
    damage(data)
    assert rows_of(read_fetched(data)) == rows_of(read_fetched(fetched))
