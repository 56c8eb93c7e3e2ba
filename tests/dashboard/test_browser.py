"""The browser that draws: found by name, missed with advice, shared by threads, replaced."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from plotly import graph_objects as go

from dashboard import browser
from dashboard.browser import BrowserMissingError
from tests.browser.install import NAMES

pytestmark = pytest.mark.xdist_group("drawing")


def figure(title: str) -> go.Figure:
    """A small figure that says its title."""
    return go.Figure(layout={"width": 300, "height": 200, "title": {"text": title}})


def test_every_name_that_the_installer_knows_is_looked_for() -> None:
    assert set(NAMES) <= set(browser.NAMES)


@pytest.mark.parametrize("variable", ["BROWSER_PATH", "CHROME_PATH", "CHROME"])
def test_the_environment_may_name_the_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    program = tmp_path / "my-browser"
    program.touch()
    monkeypatch.setenv(variable, str(program))
    assert browser.find_browser() == str(program)


def test_the_first_name_on_the_path_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "msedge"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser.find_browser() == str(program)


def test_a_missing_browser_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    browser.close()
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    with pytest.raises(BrowserMissingError, match="apt-get install chromium") as told:
        browser.draw(figure("x"), kind="svg")
    assert "BROWSER_PATH" in str(told.value)


def test_threads_that_draw_at_once_each_get_their_own_drawing() -> None:
    names = [f"nummer {number}" for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        drawings = list(pool.map(lambda name: browser.draw(figure(name), kind="svg"), names))
    for name, drawing in zip(names, drawings, strict=True):
        assert f">{name}<".encode() in drawing
        assert drawing.count(b"nummer") == 1


def test_a_browser_that_was_ended_is_replaced() -> None:
    browser.draw(figure("eerst"), kind="svg")
    (running,) = browser._running
    os.killpg(running._kaleido.subprocess.pid, signal.SIGKILL)
    left_behind = Path(running._kaleido._browser_impl.tmp_dir.path)
    assert left_behind.is_dir()
    assert b">daarna<" in browser.draw(figure("daarna"), kind="svg")
    assert not left_behind.exists()


def test_nothing_is_loaded_from_elsewhere() -> None:
    browser.draw(figure("x"), kind="svg")
    (running,) = browser._running
    command = Path(f"/proc/{running._kaleido.subprocess.pid}/cmdline").read_bytes().decode()
    assert f"--proxy-server={browser.NOWHERE}" in command
    page = Path(running._kaleido._html_tmp_dir.path, "index.html").read_text()
    assert "http" not in page.replace("https://www.w3.org", "")
