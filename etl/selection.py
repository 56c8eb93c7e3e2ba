"""Walking through plain data along a path, whatever is or is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from etl.findings import Location


def select(data: object, path: str) -> Iterator[tuple[Location, object]]:
    """Walk a path with `*` for every name or position; what is not there is passed over."""
    found: list[tuple[Location, object]] = [((), data)]
    for step in path.split("."):
        found = [
            ((*location, key), inner)
            for location, value in found
            for key, inner in _children(value)
            if step in ("*", key)
        ]
    yield from found


def _children(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)
