"""Command line of the ETL: fetch, build, check, status, rollback, template."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from etl.errors import DoelmonitorError
from etl.paths import Paths
from etl.quick_start import keep_collector_out, keep_pandas_out

INTERRUPTED = "Query interrupted"
"""How DuckDB tells that somebody pressed Ctrl+C during a query."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 done, 2 the user's input is wrong, 1 anything else, 130 Ctrl+C."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except DoelmonitorError as error:
        count = len(error.problems)
        print(f"{count} problem{'s' if count != 1 else ''}:\n{error}", file=sys.stderr)
        return error.exit_status
    except OSError as error:
        print(f"{error.filename or 'the system'}: {error.strerror or error}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, RuntimeError) as stop:
        if isinstance(stop, RuntimeError) and str(stop) != INTERRUPTED:
            raise
        print("Stopped. What was there before stays in use.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m etl", description="Published figures and targets in, verdicts out."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (_add_fetch, _add_build, _add_check, _add_status, _add_rollback, _add_template):
        add(commands)
    return parser


def _folders(command: argparse.ArgumentParser, *names: str) -> None:
    """Add the options that move the roots of an installation."""
    defaults = Paths()
    if "metrics" in names:
        command.add_argument("--metrics", type=Path, default=defaults.metrics, metavar="FILE")
    if "data" in names:
        command.add_argument("--data", type=Path, default=defaults.data, metavar="DIR")
    if "warehouse" in names:
        command.add_argument("--warehouse", type=Path, default=None, metavar="DIR")


def _paths(options: argparse.Namespace) -> Paths:
    given = {name: getattr(options, name, None) for name in ("metrics", "data", "warehouse")}
    return Paths(**{name: path for name, path in given.items() if path is not None})


def _add_fetch(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "fetch", help="download figures; the only step that needs a network"
    )
    _folders(command, "metrics", "data")
    command.add_argument("--series", metavar="ID", help="only this series of metrics.yaml")
    command.add_argument("--table", metavar="ID", help="this table, not the newest of the series")
    command.add_argument(
        "--regions",
        choices=("municipalities", "neighbourhoods"),
        help="default: as in the last fetch of the table, else municipalities",
    )
    command.add_argument("--base-url", metavar="URL", help="scheme and host of the service")
    command.add_argument(
        "--accept-definition",
        metavar="INDICATOR",
        action="append",
        default=[],
        help="accept the changed definition; may be given more than once",
    )
    command.set_defaults(command=_fetch)


def _add_build(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("build", help="publish figures and verdicts")
    _folders(command, "metrics", "data", "warehouse")
    command.set_defaults(command=_build)


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("check", help="validate everything, write nothing")
    _folders(command, "metrics", "data")
    command.set_defaults(command=_check)


def _add_status(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("status", help="what is loaded, how old, what comes next")
    _folders(command, "warehouse")
    command.add_argument(
        "--max-age", type=float, metavar="DAYS", help="exit with status 1 when the build is older"
    )
    command.set_defaults(command=_status)


def _add_rollback(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("rollback", help="point back to a kept build")
    _folders(command, "warehouse")
    command.add_argument("build_id", nargs="?", metavar="BUILD_ID")
    command.set_defaults(command=_rollback)


def _add_template(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("template", help="an empty file with an example and a codebook")
    command.add_argument("kind", choices=("ggd",))
    command.add_argument("--out", type=Path, default=Path(), metavar="DIR")
    _folders(command, "metrics", "data")
    command.set_defaults(command=_template)


# Each command imports what it needs: building must not wait for a network library to load.


def _fetch(options: argparse.Namespace) -> int:
    from etl.fetch import fetch_command

    return fetch_command(options, paths=_paths(options))


def _build(options: argparse.Namespace) -> int:
    from etl.pipeline import build
    from etl.report import format_build

    print(format_build(build(_paths(options))))
    return 0


def _check(options: argparse.Namespace) -> int:
    from etl.pipeline import check
    from etl.report import format_build

    print(format_build(check(_paths(options))))
    return 0


def _status(options: argparse.Namespace) -> int:
    from etl.report import status

    text, is_fresh = status(_paths(options).warehouse, max_age_days=options.max_age)
    print(text)
    return 0 if is_fresh else 1


def _rollback(options: argparse.Namespace) -> int:
    from etl.warehouse import rollback

    chosen = rollback(_paths(options).warehouse, build_id=options.build_id)
    print(f"In use again: {chosen.build_id}")
    return 0


def _template(options: argparse.Namespace) -> int:
    from etl.template import write_template

    for file in write_template(options.out, paths=_paths(options)):
        print(file)
    return 0


if __name__ == "__main__":
    keep_pandas_out()
    keep_collector_out()
    sys.exit(main())
