"""Command line of the dashboard: serve | export."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    commands = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    chosen = commands.add_subparsers(dest="command", required=True)
    serve = chosen.add_parser("serve", help="show the dashboard in a browser")
    serve.add_argument("--port", type=int, help="port to listen on (first free one from 8501)")
    serve.add_argument("--no-browser", action="store_true", help="do not open a browser")
    serve.add_argument("--warehouse", metavar="DIR", help="folder with the published builds")
    chosen.add_parser("export", help="write charts, figures and papers to files", add_help=False)
    return commands


def main(arguments: Sequence[str]) -> int:
    """Run one command; return its exit status."""
    if arguments[:1] == ["export"]:
        from dashboard.export_command import run_export

        return run_export(arguments[1:])
    options = parser().parse_args(arguments)
    if options.warehouse:
        os.environ["DOELMONITOR_WAREHOUSE"] = options.warehouse
    # the server loads Streamlit, which an export does not need
    from dashboard.server import PortTakenError, serve

    try:
        serve(port=options.port, open_browser=not options.no_browser)
    except PortTakenError as taken:
        print(taken, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
