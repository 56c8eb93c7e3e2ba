"""A new build is made ready before visitors move to it: it answers what the one before was asked.

Without this, everybody who has a page open when a build is published waits for the same queries at
the same time. Visitors stay with the build they see until the next one can answer as quickly.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard import data
from dashboard.warehouse import WarehouseProblem

SECONDS_BETWEEN_LOOKS = 0.5
LONGEST_PREPARATION_SECONDS = 20
MOST_QUESTIONS = 400
"""Of what was asked, the newest; the others are asked again when somebody does."""


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
        _ask_again(file, before=before)
    data.admit(folder, file)


def _ask_again(file: Path, *, before: Path) -> None:
    """Ask a build what was asked of the one before, the newest questions first."""
    deadline = time.monotonic() + LONGEST_PREPARATION_SECONDS
    try:
        build = data.build_of(file)
        for question in data.build_of(before).asked()[:MOST_QUESTIONS]:
            if time.monotonic() > deadline:
                return
            build.answer(question)
    except WarehouseProblem:
        return
