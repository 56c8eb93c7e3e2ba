"""`python -m dashboard export`: charts, tables, papers and slides of municipalities as files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.data import (
    Build,
    WarehouseProblem,
    build_of,
    close_unread,
    current_build,
    warehouse_folder,
)
from dashboard.dossier import Dossier, gather
from dashboard.export_files import FORMATS, Made, Missing, Order
from dashboard.i18n import LANGUAGES, Words
from dashboard.queries import frame
from dashboard.slides import TemplateError

WRITTEN, FAILED, WRONG_REQUEST = 0, 1, 2
AT_A_TIME = 25
"""Municipalities that are asked of a build before its file is closed and opened again."""


class RequestError(Exception):
    """What was asked for does not exist; the message says what does."""


@dataclass(frozen=True)
class Run:
    """What a run writes about; it keeps no file open."""

    file: Path
    """The published file."""
    build_id: str
    codes: list[str]
    """Municipalities."""


@dataclass
class Outcome:
    """How many files were written, and why others were not."""

    names: set[str] = field(default_factory=set)
    """Names of the files; that of the codebook comes with every municipality."""
    missing: dict[str, None] = field(default_factory=dict)
    """Reasons, each once."""


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    command = argparse.ArgumentParser(
        prog="python -m dashboard export",
        description="Write charts, figures, meeting papers and slides of a municipality to files.",
    )
    whose = command.add_mutually_exclusive_group(required=True)
    whose.add_argument(
        "--municipality", metavar="CODE", action="append", help="such as GM1783; may be repeated"
    )
    whose.add_argument("--all", action="store_true", help="every municipality with targets")
    command.add_argument(
        "--format",
        choices=[*FORMATS, "all"],
        action="append",
        required=True,
        help="may be repeated; pdf is the meeting paper, chart-pdf the charts, all is everything",
    )
    command.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    command.add_argument("--out", metavar="DIR", type=Path, required=True, help="folder to fill")
    command.add_argument("--warehouse", metavar="DIR", type=Path, help="folder with the builds")
    command.add_argument(
        "--template", metavar="FILE", type=Path, help="PPTX file whose look the slides take"
    )
    return command


def run_export(arguments: Sequence[str]) -> int:
    """Write what is asked for; return 0 all written, 2 the request is wrong, 1 anything else."""
    options = parser().parse_args(arguments)
    try:
        run = _run(current_build(options.warehouse or warehouse_folder()), options)
        outcome = _write_all(run, options)
    except (RequestError, TemplateError) as wrong:
        return _told(str(wrong), status=WRONG_REQUEST)
    except WarehouseProblem as problem:
        words = Words(options.language)
        said = words(f"pages.problem.{problem.reason}")
        return _told(f"{said} (python -m etl build)", status=WRONG_REQUEST)
    except OSError as refused:
        return _told(f"Could not write: {refused}", status=FAILED)
    except KeyboardInterrupt:
        return _told(f"Stopped. Every file in {options.out} is whole.", status=FAILED)
    print(f"{len(outcome.names)} files in {options.out} (build {run.build_id})")
    return _told(*outcome.missing, status=FAILED if outcome.missing else WRITTEN)


def _told(*problems: str, status: int) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    return status


def _run(build: Build, options: argparse.Namespace) -> Run:
    return Run(build.warehouse.file, build.build_id, _codes(build, options))


def _codes(build: Build, options: argparse.Namespace) -> list[str]:
    """Codes of the municipalities asked for; RequestError names those that are none."""
    known = build.load(frame.municipalities)
    if options.all:
        return [str(code) for code in known.loc[known["has_targets"], "region_code"]]
    unknown = [code for code in options.municipality if code not in set(known["region_code"])]
    if unknown:
        some = known.head(4)
        examples = ", ".join(some["region_code"] + " " + some["region_name"])
        raise RequestError(
            f"No figures or targets of {', '.join(unknown)}: expected the code of a municipality, "
            f"such as {examples}."
        )
    return list(dict.fromkeys(options.municipality))


def _write_all(run: Run, options: argparse.Namespace) -> Outcome:
    """Write every municipality, one after the other."""
    options.out.mkdir(parents=True, exist_ok=True)
    outcome = Outcome()
    kinds = FORMATS if "all" in options.format else dict.fromkeys(options.format)
    found = dossiers(run.file, run.codes, language=options.language)
    for dossier in _with_progress(found, total=len(run.codes)):
        order = Order(dossier, Words(options.language), options.template)
        for kind in kinds:
            _write(FORMATS[kind](order), options.out, outcome=outcome)
    return outcome


def dossiers(file: Path, codes: Sequence[str], *, language: str) -> Iterator[Dossier]:
    """Dossiers of municipalities from a published file, which is opened again every so many.

    With an open file DuckDB keeps a note of every piece of memory that its queries gave back, some
    0.1 MB per municipality until there are 40; closing the file lets go of them.
    """
    for start in range(0, len(codes), AT_A_TIME):
        close_unread()
        yield from _gathered(build_of(file), codes[start : start + AT_A_TIME], language=language)


def _gathered(build: Build, codes: Sequence[str], *, language: str) -> Iterator[Dossier]:
    for code in codes:
        dossier = gather(build.ask, municipality=code, language=language)
        if dossier is None:
            raise RequestError(f"{code} is no municipality")
        yield dossier


def _write(made: Made, folder: Path, *, outcome: Outcome) -> None:
    """Write files as they are made; what the machine lacks is told, the rest still written."""
    for each in made:
        if isinstance(each, Missing):
            outcome.missing[each.reason] = None
        else:
            _save(folder / each.name, each.content)
            outcome.names.add(each.name)


def _save(file: Path, content: bytes) -> None:
    """Write a file whole or not at all: a full disk or a stop halfway leaves what was there."""
    draft = file.with_name(f".{file.name}.part")
    try:
        draft.write_bytes(content)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _with_progress(found: Iterator[Dossier], *, total: int) -> Iterator[Dossier]:
    """The dossiers, with a progress bar where somebody watches."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(
        found, "Exporting", total=total, console=console, disable=not console.is_terminal
    )
