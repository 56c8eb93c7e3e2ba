"""A browser on this machine that draws charts into files, without any network.

Plotly's own program draws its charts, so a picture in a file is the picture on the screen. It runs
in a Chrome-family browser; where there is none, `BrowserMissingError` says what to install.
"""

from __future__ import annotations

import asyncio
import atexit
import base64
import logging
import os
import shutil
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from plotly import graph_objects as go

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("msedge", "microsoft-edge", "microsoft-edge-stable", "brave-browser", "vivaldi"),
)
"""Names under which a browser is looked for, in this order."""

VARIABLES = ("BROWSER_PATH", "CHROME_PATH", "CHROME")
"""Environment variables that may name the program, in this order."""

SECONDS = 60
"""After so long a drawing has failed; the first one starts the browser."""

CLOSING_SECONDS = 5
"""After so long a browser that does not close is left to the system."""

NOWHERE = "127.0.0.1:9"
"""Proxy that never answers: whatever a figure asks for, nothing is fetched."""


PRINTING = {
    "printBackground": True,
    "preferCSSPageSize": True,
    "generateTaggedPDF": True,
    "generateDocumentOutline": False,
    **dict.fromkeys(("marginTop", "marginBottom", "marginLeft", "marginRight"), 0),
}
"""Page as its style says, with its structure and alternative texts."""


class BrowserMissingError(Exception):
    """No Chrome-family browser was found on this machine."""

    def __init__(self) -> None:
        super().__init__(
            "No Chrome-family browser found on this machine: charts as PNG, SVG and PDF need one. "
            "Install Chromium, Chrome or Edge (Debian, Ubuntu: apt-get install chromium), or name "
            f"the program in the environment variable {VARIABLES[0]}."
        )


class DrawingError(Exception):
    """The browser was found but did not draw."""


FAILURES = (DrawingError, RuntimeError, OSError)
"""What a browser that stopped, or a page that failed in it, raises."""


def find_browser() -> str | None:
    """Path of a Chrome-family browser: as the environment says, on the path, or installed."""
    for variable in VARIABLES:
        if named := os.environ.get(variable):
            return named if Path(named).is_file() else None
    on_path = (shutil.which(name) for name in NAMES)
    return next(filter(None, on_path), None) or _installed()


def _installed() -> str | None:
    """A browser that is not on the path, as on Windows and macOS."""
    from choreographer.browsers.chromium import Chromium

    found: str | None = Chromium.find_browser(skip_local=False)
    return found


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


class Browser:
    """One running browser, drawing one figure after another for whoever asks.

    It has a thread and an event loop of its own. kaleido's own shared server hands results of
    concurrent callers to each other; here each caller waits for its own.
    """

    def __init__(self, program: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        with ExitStack() as undone:
            undone.callback(self._stop)
            self._kaleido = self._wait(self._opened(program))
            undone.pop_all()

    def draw(self, figure: go.Figure, *, kind: str, scale: float) -> bytes:
        """Draw a figure at its own size: `kind` png or svg; `scale` pixels per unit."""
        spec = figure.to_dict()
        size = {name: spec["layout"][name] for name in ("width", "height")}
        drawing = self._kaleido.calc_fig(spec, opts={"format": kind, "scale": scale, **size})
        drawn: bytes = self._wait(drawing)
        return drawn

    def print_page(self, page: str) -> bytes:
        """Print an HTML page that needs nothing from elsewhere as a tagged PDF."""
        printed: bytes = self._wait(self._printed(page))
        return printed

    async def _printed(self, page: str) -> bytes:
        tab = await self._kaleido.create_tab("about:blank")
        try:
            tree = await _told(tab, "Page.getFrameTree")
            frame = tree["frameTree"]["frame"]["id"]
            await _told(tab, "Page.setDocumentContent", frameId=frame, html=page)
            paper = await _told(tab, "Page.printToPDF", **PRINTING)
        finally:
            await self._kaleido.close_tab(tab.target_id)
        return base64.b64decode(paper["data"])

    def close(self) -> None:
        """Stop the browser."""
        self._wait(self._kaleido.close())
        self._stop()

    def abandon(self) -> None:
        """Let go of a browser that no longer answers, and of the folders it leaves behind."""
        closing = asyncio.wait_for(self._kaleido.close(), CLOSING_SECONDS)
        with suppress(*FAILURES):
            self._wait(closing)
        self._stop()

    def _stop(self) -> None:
        asyncio.run_coroutine_threadsafe(_all_others_cancelled(), self._loop).result(SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(SECONDS)
        self._loop.close()

    def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        try:
            return asyncio.run_coroutine_threadsafe(work, self._loop).result(SECONDS)
        except TimeoutError as late:
            raise DrawingError(f"the browser did not answer within {SECONDS} seconds") from late
        except CancelledError as ended:
            raise DrawingError("the browser was ended while it was asked") from ended

    async def _opened(self, program: str) -> Any:
        # loading it takes half a second, which only who draws should wait for
        import kaleido

        logging.getLogger("choreographer").setLevel(logging.ERROR)
        logging.getLogger("kaleido").setLevel(logging.ERROR)
        drawing = kaleido.Kaleido(
            path=program,
            mathjax=False,
            enable_sandbox=not _is_root(),
            proxy_server=NOWHERE,
            timeout=SECONDS,
        )
        await drawing.open()
        return drawing


async def _all_others_cancelled() -> None:
    """End what still waits on a browser that is gone."""
    waiting = asyncio.all_tasks() - {asyncio.current_task()}
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


async def _told(tab: Any, command: str, **parameters: Any) -> dict[str, Any]:
    """What the browser answers to a command of its DevTools protocol."""
    answer = await tab.send_command(command, params=parameters)
    if "error" in answer:
        raise DrawingError(f"{command}: {answer['error'].get('message')}")
    result: dict[str, Any] = answer["result"]
    return result


_lock = threading.Lock()
_running: list[Browser] = []


def draw(figure: go.Figure, *, kind: str, scale: float = 1.0) -> bytes:
    """Draw a figure as png or svg with the browser of this process.

    Raises BrowserMissingError where there is none, DrawingError where it fails twice.
    """
    return _with_browser(lambda browser: browser.draw(figure, kind=kind, scale=scale))


def print_page(page: str) -> bytes:
    """Print an HTML page as PDF with the browser of this process; raises as `draw` does."""
    return _with_browser(lambda browser: browser.print_page(page))


def close() -> None:
    """Stop the browser of this process, if it runs."""
    with _lock:
        while _running:
            _running.pop().close()


def _with_browser(work: Callable[[Browser], bytes]) -> bytes:
    """Do the work, a second time with a fresh browser where the first was ended from outside."""
    with _lock:
        try:
            return work(_browser())
        except FAILURES:
            while _running:
                _running.pop().abandon()
        try:
            return work(_browser())
        except FAILURES as failure:
            raise DrawingError(f"the browser could not draw: {failure}") from failure


def _browser() -> Browser:
    """The browser of this process, which starts at the first drawing."""
    if not _running:
        program = find_browser()
        if program is None:
            raise BrowserMissingError
        _running.append(Browser(program))
        atexit.register(close)
    return _running[0]
