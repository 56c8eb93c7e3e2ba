"""Downloads as delivered, each folder with a manifest: written once, verified before every use."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, Literal, NoReturn

from etl.errors import Problem, SourceError

Regions = Literal["municipalities", "neighbourhoods"]

MANIFEST = "manifest.json"
FIGURES = "UntypedDataSet"
"""The entity that holds the figures: as text, so that signs are told from blanks."""

FORMAT = 1
MAX_FILE_BYTES = 200_000_000
MAX_ROWS = 5_000_000
MAX_MANIFEST_BYTES = 16_000_000
NOT_IN_PATHS = "\\:\0"


@dataclass(frozen=True)
class Part:
    """One downloaded document: `path` below the folder of the manifest, `rows` its records.

    `columns_sha256`: checksum of the file beside it with its columns, as they were read when it
    came; empty where there is none.
    """

    path: str
    entity: str
    partition: str
    url: str
    retrieved_at: str
    sha256: str
    bytes: int
    rows: int
    columns_sha256: str = ""


@dataclass(frozen=True)
class Definition:
    """What the producer says a topic measures, as delivered."""

    key: str
    title: str
    definition: str
    decimals: int | None


@dataclass(frozen=True)
class Manifest:
    """One complete download of a table; times are ISO 8601 in UTC."""

    series_id: str
    table_id: str
    title: str
    modified: str
    metadata_modified: str
    licence: str | None
    url: str
    retrieved_at: str
    regions: Regions
    rows: int
    rows_counted_by_service: bool
    definitions: Mapping[str, Definition]
    parts: tuple[Part, ...]

    def parts_of(self, entity: str) -> tuple[Part, ...]:
        """Return the pages of one entity in the order in which they were delivered."""
        return tuple(part for part in self.parts if part.entity == entity)


def sha256_of(content: bytes) -> str:
    """Return the checksum of a document, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def write_atomically(path: Path, content: bytes) -> None:
    """Put a document in place in one step, so that a reader sees the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.part")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        error.filename = str(path)  # a full disk does not say which file it had no room for
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make a download visible to `build`, in one step."""
    text = json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1, ensure_ascii=False)
    write_atomically(folder / MANIFEST, text.encode())


def read_manifest(path: Path, *, data: Path) -> Manifest:
    """Read the manifest of one table; SourceError where it is not one or lies elsewhere."""
    where = path.relative_to(data).as_posix()
    _require_inside(path, folder=data, where=where)
    if not path.is_file():
        _refuse(where, found="not a plain file", expected="a manifest written by `fetch`")
    if path.stat().st_size > MAX_MANIFEST_BYTES:
        _refuse(where, found=f"{path.stat().st_size:,} bytes", expected="at most 16 MB")
    try:
        content = json.loads(path.read_bytes())
        manifest = _parsed(content)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        _refuse(where, found=f"not a manifest: {error}", expected="a manifest written by `fetch`")
    if path.parent.parts[-2:] != (manifest.series_id, manifest.table_id):
        _refuse(
            where,
            found=f"a manifest of {manifest.series_id}/{manifest.table_id}",
            expected=f"one of {'/'.join(path.parent.parts[-2:])}, the folder it lies in",
        )
    listed = sum(part.rows for part in manifest.parts_of(FIGURES))
    if listed != manifest.rows:
        _refuse(where, found=f"pages of {listed:,} rows", expected=f"{manifest.rows:,} rows")
    if manifest.rows > MAX_ROWS:
        _refuse(where, found=f"{manifest.rows:,} rows", expected=f"at most {MAX_ROWS:,} rows")
    return manifest


def present_manifest(series_id: str, table_id: str, *, data: Path) -> Manifest | None:
    """Return the manifest of a download whose files are all there; None for any other."""
    path = data / "raw" / series_id / table_id / MANIFEST
    if not path.exists():
        return None
    try:
        manifest = read_manifest(path, data=data)
        files = [_path_inside(p.path, folder=path.parent, where=p.path) for p in manifest.parts]
    except SourceError:
        return None
    sizes = [file.stat().st_size if file.is_file() else None for file in files]
    return manifest if sizes == [part.bytes for part in manifest.parts] else None


def _parsed(content: Mapping[str, Any]) -> Manifest:
    """Return a manifest from its JSON; ValueError, TypeError or KeyError where it is not one."""
    if content.get("format") != FORMAT:
        raise ValueError(f"format {content.get('format')!r}")
    given = {field.name: content[field.name] for field in fields(Manifest)}
    given["definitions"] = {
        indicator: Definition(**definition)
        for indicator, definition in content["definitions"].items()
    }
    given["parts"] = tuple(Part(**part) for part in content["parts"])
    manifest = Manifest(**given)
    _require_types(manifest, numbers=("rows",), texts=("series_id", "table_id", "title", "url"))
    _require_types(manifest, numbers=(), texts=("modified", "metadata_modified", "retrieved_at"))
    datetime.fromisoformat(manifest.retrieved_at)
    for part in manifest.parts:
        _require_types(part, numbers=("bytes", "rows"), texts=("path", "entity", "sha256"))
        _require_types(part, numbers=(), texts=("columns_sha256",))
    return manifest


def _require_types(record: object, *, numbers: tuple[str, ...], texts: tuple[str, ...]) -> None:
    """Raise TypeError where a field of a manifest has another type than it must."""
    for name in numbers:
        if type(getattr(record, name)) is not int:
            raise TypeError(f"{name} is {getattr(record, name)!r}")
    for name in texts:
        if not isinstance(getattr(record, name), str):
            raise TypeError(f"{name} is {getattr(record, name)!r}")


def read_part(part: Part, *, folder: Path, data: Path) -> bytes:
    """Return a document exactly as it was downloaded; SourceError where it changed or moved."""
    where = (folder.relative_to(data) / part.path).as_posix()
    path = _path_inside(part.path, folder=folder, where=where)
    if not path.is_file():
        _refuse(where, found="no such file", expected="the page that the manifest lists")
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        _refuse(where, found=f"{size:,} bytes", expected=f"at most {MAX_FILE_BYTES:,} bytes")
    content = path.read_bytes()
    checksum = sha256_of(content)
    if checksum != part.sha256:
        _refuse(
            where,
            found=f"{len(content):,} bytes with checksum {checksum[:12]}…",
            expected=f"{part.bytes:,} bytes with checksum {part.sha256[:12]}…, as downloaded",
        )
    return content


def read_columns(part: Part, *, folder: Path) -> bytes | None:
    """Return the columns beside a document that `read_part` found unchanged.

    None where there are none, or other ones than were written: the document has them too.
    """
    path = columns_path(folder / part.path)
    if not part.columns_sha256 or not path.is_file() or path.is_symlink():
        return None
    content = path.read_bytes()
    return content if sha256_of(content) == part.columns_sha256 else None


def columns_path(page: Path) -> Path:
    """Return where the columns of a page are kept."""
    return page.with_suffix(".arrow")


def _path_inside(name: str, *, folder: Path, where: str) -> Path:
    """Return a listed path; SourceError where it leads out of the folder."""
    pure = PurePosixPath(name)
    is_odd = any(sign in name for sign in NOT_IN_PATHS)
    if not name or pure.is_absolute() or ".." in pure.parts or is_odd:
        _refuse(where, found=f"the path {name!r}", expected="a path below the folder, without ..")
    path = folder / pure
    _require_inside(path, folder=folder, where=where)
    return path


def _require_inside(path: Path, *, folder: Path, where: str) -> None:
    """Raise SourceError where a link leads out of the folder."""
    target = Path(os.path.realpath(path))  # unlike resolve(), no error at a link to itself
    if not target.is_relative_to(os.path.realpath(folder)):
        _refuse(where, found="a link to another folder", expected=f"a file below {folder.name}/")


def _refuse(where: str, *, found: str, expected: str) -> NoReturn:
    remedy = "remove this table's folder below data/raw and run `python -m etl fetch` again"
    raise SourceError(Problem(where=where, found=found, expected=expected, remedy=remedy))
