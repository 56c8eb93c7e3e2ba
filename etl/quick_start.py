"""What lets a command start and end quickly."""

from __future__ import annotations

import gc
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
    """Make `import pandas` fail in this process, unless it is loaded already.

    PyArrow imports pandas at its first conversion of a Python list, only to learn whether the list
    is one of pandas' own. The ETL has no pandas objects, and the import would take a quarter of a
    build.
    """
    sys.meta_path.insert(0, _Absent())


def keep_collector_out() -> None:
    """Leave garbage in cycles where it is: a command ends before there is much of it.

    What a command loads all stays; to look through it again and again takes a tenth of a build.
    Figures are in Arrow and DuckDB, which the collector does not know of.
    """
    gc.disable()
