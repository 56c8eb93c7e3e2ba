"""Progress of long work at the console; silent where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

STEPS = ("Reading", "Ranking", "Judging", "Writing", "Checking", "Publishing")


@contextmanager
def progress_of_steps() -> Iterator[Callable[[str], None]]:
    """Yield a function that says which of STEPS begins; a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<10}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(STEPS[0], total=len(STEPS))
        yield lambda step: bar.update(task, description=step, completed=STEPS.index(step))
