"""A table that was fetched, and a copy of it for each test that damages one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.etl.statline import fetch_from
from tests.servers.odata import served
from tests.servers.statline_tables import table_50150


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fetch one table, for tests that take a copy of it."""
    data = tmp_path_factory.mktemp("fetched")
    with served(table_50150()) as service:
        fetch_from(service, data, table="50150NED")
    return data


@pytest.fixture
def data(fetched: Path, tmp_path: Path) -> Path:
    """Return a copy of the download, to damage."""
    return Path(shutil.copytree(fetched, tmp_path / "data"))
