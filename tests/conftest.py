"""What tests share: the real build of the shipped figures, and the dashboard as it is started."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, expect

from tests.browser.visit import browsing
from tests.serving import Dashboard, serving

ROOT = Path(__file__).parent.parent
SHIPPED = ("regions.csv", "quoted_figures.csv", "figures")

expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a folder that all workers of this run share, and no other run."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def warehouse(shared_folder: Path) -> Path:
    """Build the shipped figures with the real pipeline, once for all workers.

    Only what is shipped: what this machine fetched or dropped in the inbox changes no test.
    """
    from etl import pipeline
    from etl.paths import Paths

    folder = shared_folder / "shipped"
    with FileLock(shared_folder / "shipped.lock"):
        if not (folder / "ready").exists():
            _copy_shipped(folder / "data")
            paths = Paths(
                metrics=ROOT / "metrics.yaml",
                data=folder / "data",
                warehouse=folder / "warehouse",
            )
            pipeline.build(paths)
            (folder / "ready").touch()
    return folder / "warehouse"


def _copy_shipped(data: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    for name in SHIPPED:
        source = ROOT / "data" / name
        if source.is_dir():
            shutil.copytree(source, data / name, dirs_exist_ok=True)
        else:
            shutil.copy(source, data / name)


@pytest.fixture(scope="session")
def dashboard(warehouse: Path) -> Iterator[Dashboard]:
    """Start the dashboard on the shipped figures, as its command line does."""
    with serving(warehouse) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Run one headless browser for all tests of a worker: two at once refuse each other."""
    with browsing() as running:
        yield running
