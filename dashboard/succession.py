"""A new build is made ready before visitors move to it: asked and drawn what the last one was.

Without this, everybody who has a page open when a build is published waits for the same queries at
the same time. Visitors stay with the build they see until the next one can answer as quickly.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from dashboard import data
from dashboard.data import Build
from dashboard.warehouse import WarehouseProblem

SECONDS_BETWEEN_LOOKS = 0.5
LONGEST_PREPARATION_SECONDS = 20
MOST_QUESTIONS = 400
MOST_CHARTS = 60
"""Of what was asked and drawn, the newest; the others wait until somebody asks."""


@contextmanager
def watched(folder: Path) -> Iterator[None]:
    """Make the builds ready that are published in a folder, until the block ends."""
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(folder, stop), daemon=True, name="succession")
    watcher.start()
    try:
        yield
    finally:
        stop.set()
        watcher.join()


def _watch(folder: Path, stop: threading.Event) -> None:
    """Look again and again; however this ends, visitors then move to a new build at once."""
    try:
        while not stop.wait(SECONDS_BETWEEN_LOOKS):
            make_ready(folder)
    finally:
        data.admit(folder, None)


def make_ready(folder: Path) -> None:
    """Let visitors in to the build that the pointer names, after it was made ready for them.

    A build that cannot be read lets them in too: they are shown the last good one, with a notice.
    """
    try:
        file = data.pointed_file(folder)
    except WarehouseProblem:
        data.admit(folder, None)
        return
    before = data.admitted(folder)
    if before is not None and before != file:
        _prepare(file, before=before)
    data.admit(folder, file)


def _prepare(file: Path, *, before: Path) -> None:
    """Ask a build what was asked of the one before, and draw what was drawn; the newest first."""
    deadline = time.monotonic() + LONGEST_PREPARATION_SECONDS
    try:
        known, build = data.build_of(before), data.pin(data.build_of(file))
        for work in _work(build, known=known):
            start = time.monotonic()
            if start > deadline:
                return
            work()
            # half of the time is for the visitors who are here
            time.sleep(time.monotonic() - start)
    except WarehouseProblem:
        return


def _work(build: Build, *, known: Build) -> Iterator[Callable[[], object]]:
    """Yield what there is to do for a build, from what is known of the one before."""
    for question in known.asked()[:MOST_QUESTIONS]:
        yield partial(build.answer, question)
    for make, parameters in known.kept()[:MOST_CHARTS]:
        yield partial(_make_if_possible, build, make, dict(parameters))


def _make_if_possible(
    build: Build, make: Callable[..., object], parameters: dict[str, Hashable]
) -> None:
    """Make a chart of a build; what it is of may be gone, then no page asks for it either."""
    with suppress(LookupError, StopIteration):
        build.keep(make, **parameters)
