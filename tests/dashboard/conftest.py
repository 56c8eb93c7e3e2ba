"""A build whose figures have margins, for what must show them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from streamlit.testing.v1 import app_test

from dashboard import browser
from etl import pipeline
from etl.paths import Paths
from tests.conftest import ROOT
from tests.dashboard.exported import build_with_margins


@pytest.fixture(scope="session")
def warehouse_with_margins(shared_folder: Path) -> Path:
    """Build once for all workers."""
    folder = shared_folder / "margins"
    with FileLock(shared_folder / "margins.lock"):
        if not (folder / "warehouse" / "current.json").exists():
            return build_with_margins(folder)
    return folder / "warehouse"


@pytest.fixture(scope="session", autouse=True)
def no_folder_is_left() -> Iterator[None]:
    """Stop the browser that draws, and remove the folder that Streamlit makes for its tests."""
    yield
    browser.close()
    app_test.TMP_DIR.cleanup()


@pytest.fixture(scope="session")
def demo(shared_folder: Path) -> Path:
    """Build the practice town once for all workers."""
    folder = shared_folder / "demo"
    data = ROOT / "data" / "demo"
    with FileLock(shared_folder / "demo.lock"):
        if not (folder / "current.json").exists():
            pipeline.build(Paths(metrics=data / "metrics.yaml", data=data, warehouse=folder))
    return folder
