"""`build` on the shipped figures against DuckDB alone reading the same CSV files.

Whole processes, alternated so that noise of the machine falls on both; the ratio of medians counts.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 9
ROOT = Path(__file__).parents[1]
DUCKDB_ALONE = """
import sys, duckdb
target, *files = sys.argv[1:]
with duckdb.connect(target) as connection:
    for number, file in enumerate(files):
        connection.execute(f"create table figures_{number} as from read_csv(?)", [file])
"""


def seconds(command: list[str]) -> float:
    """Run a command to its end; return how long it took."""
    start = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Print the medians and their ratio."""
    files = sorted([*ROOT.glob("data/figures/*.csv"), *ROOT.glob("data/*.csv")])
    ours, alone = [], []
    with tempfile.TemporaryDirectory() as folder:
        for run in range(RUNS):
            warehouse = str(Path(folder) / f"warehouse-{run}")
            ours.append(seconds([sys.executable, "-m", "etl", "build", "--warehouse", warehouse]))
            target = str(Path(folder) / f"alone-{run}.duckdb")
            alone.append(seconds([sys.executable, "-c", DUCKDB_ALONE, target, *map(str, files)]))
    ratio = statistics.median(ours) / statistics.median(alone)
    print(
        f"build          {statistics.median(ours):.3f} s (median of {RUNS}, best {min(ours):.3f})"
    )
    print(f"DuckDB alone   {statistics.median(alone):.3f} s (best {min(alone):.3f})")
    print(f"ratio          {ratio:.2f} (target ≤ 4)")


if __name__ == "__main__":
    main()
