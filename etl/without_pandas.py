"""Keeps pandas out of the command line's process.

PyArrow imports pandas at its first conversion of a Python list, only to learn whether the list is
one of pandas' own. The ETL has no pandas objects, and the import would take a quarter of a build.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType


class _Absent(MetaPathFinder):
    """Answers an import of pandas as if it were not installed."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError("the ETL runs without pandas", name=fullname)


def keep_pandas_out() -> None:
    """Make `import pandas` fail in this process, unless it is loaded already."""
    sys.meta_path.insert(0, _Absent())
