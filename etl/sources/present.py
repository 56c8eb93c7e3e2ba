"""Which kinds of sources a data folder may hold; a reader is loaded only where there is work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from etl.sources.base import Source
from etl.sources.delivery import INBOX
from etl.sources.published import PublishedFigures

RAW = "raw"


def sources_in(data: Path) -> Iterator[Source]:
    """Yield a reader for each kind of source that can have files below the data folder.

    The readers of tables and workbooks take a tenth of a build of the shipped figures to load.
    """
    if any((data / RAW).glob("*")):
        from etl.sources.rivm_statline import RivmStatline

        yield RivmStatline()
    if has_deliveries(data):
        from etl.sources.ggd_swing import GgdSwing
        from etl.sources.portal import Portal

        yield Portal()
        yield GgdSwing()
    yield PublishedFigures()


def has_deliveries(data: Path) -> bool:
    """Whether somebody dropped anything in the inbox; hidden files are the system's own."""
    return any(not path.name.startswith(".") for path in (data / INBOX).glob("*"))
