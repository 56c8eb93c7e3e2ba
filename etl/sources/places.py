"""Files below the data folder: found, kept inside it, and read only up to a size."""

from __future__ import annotations

import os
from pathlib import Path

from etl.errors import Problem, SourceError
from etl.snapshots import MAX_FILE_BYTES, MAX_ROWS

SMALLER = "Deliver the figures in several smaller files."


def below(path: Path, *, data: Path) -> str:
    """Name a file as a path below the data folder."""
    return path.relative_to(data).as_posix() if path.is_relative_to(data) else path.name


def files_in(folder: Path, *, suffix: str) -> list[Path]:
    """Files of a folder by name; hidden files of editors and systems hold no figures."""
    if not folder.is_dir():
        return []
    found = (path for path in folder.iterdir() if path.suffix.lower() == suffix)
    return sorted(path for path in found if not path.name.startswith((".", "~$")))


def is_plain(path: Path, *, data: Path) -> bool:
    """Whether a path is a file of its own inside the data folder."""
    return _target(path).is_relative_to(_target(data)) and path.is_file() and _has_plain_name(path)


def _target(path: Path) -> Path:
    """Where a path leads in the end; a link to itself leads nowhere, and is where it is."""
    return Path(os.path.realpath(path))


def _has_plain_name(path: Path) -> bool:
    """Whether a name is text: one in another encoding cannot be stored as the name of a source."""
    return not any("\ud800" <= letter <= "\udfff" for letter in path.name)


def check_place(path: Path, *, data: Path) -> None:
    """Refuse what is no plain file inside the data folder, or too large to be one of figures."""
    file = below(path, data=data)
    if not _has_plain_name(path):
        where = file.encode("ascii", "backslashreplace").decode()
        remedy = "Rename the file, with letters and figures."
        raise refused(where, "a name in another encoding", "a name in UTF-8", remedy)
    if not _target(path).is_relative_to(_target(data)):
        raise refused(
            file,
            f"a link or path to {_target(path)}",
            f"a file inside {data}",
            "Put the file itself in the folder, not a link to it.",
        )
    if not path.is_file():
        raise refused(file, "not a plain file", "a file", "Remove it from the folder.")
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        found = f"{size / 1e6:,.1f} MB"
        raise refused(file, found, f"at most {MAX_FILE_BYTES / 1e6:,.0f} MB", SMALLER)


def read_bytes(path: Path, *, data: Path) -> bytes:
    """Read a file of figures whole, unless it lies elsewhere, is too large or has too many rows."""
    check_place(path, data=data)
    parts, rows = [], 0
    with path.open("rb") as stream:
        while part := stream.read(1 << 20):
            parts.append(part)
            rows += part.count(b"\n")
            if rows > MAX_ROWS:
                found = f"more than {MAX_ROWS:,} rows"
                raise refused(below(path, data=data), found, f"at most {MAX_ROWS:,} rows", SMALLER)
    return b"".join(parts)


def refused(where: str, found: str, expected: str, remedy: str) -> SourceError:
    """Make the error for one thing to mend."""
    return SourceError(Problem(where, found, expected, remedy))
