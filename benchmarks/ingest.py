"""A full national table from a local server to a published warehouse, against two yardsticks.

Run: python -m benchmarks.ingest [--regions 18310] [--runs 3] [--all-columns]

Whole processes, alternated. `fetch` and `build` are the commands that a user runs. The first
yardstick is cbsodata with pandas: the same download (the same columns, unless --all-columns) and
one row per region, period, age and topic with value, lower and upper bound; it publishes nothing.
The second is DuckDB alone reading the pages that `fetch` left on disk into such a table. The
server makes up 65 columns per row; its own time counts for every client that downloads.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

ROOT = Path(__file__).parents[1]
TABLE = "50150NED"
COLUMNS = 65
PROGRAM = [sys.executable, "-m", "etl"]

WITH_PANDAS = """
import sys
import cbsodata
import pandas as pd
host, all_columns = sys.argv[1], sys.argv[2] == "True"
topics = ["Eenzaam_25", "SterkEenzaam_26", "EmotioneelEenzaam_27", "SociaalEenzaam_28"]
keys = ["Codering_3", "Perioden", "Leeftijd"]
cbsodata.options.use_https = False
select = None if all_columns else [*keys, "Marges", *topics]
frame = pd.DataFrame(cbsodata.get_data("50150NED", catalog_url=host, select=select))
long = frame.melt(id_vars=[*keys, "Marges"], value_vars=topics).dropna()
table = long.pivot(index=[*keys, "variable"], columns="Marges", values="value").reset_index()
print(len(table))
"""
DUCKDB_ALONE = """
import sys, duckdb
pages, target = sys.argv[1:]
with duckdb.connect(target) as connection:
    connection.execute('''
        create table figures as
        with records as (select unnest(value) as r from read_json($pages)),
        cells as (
            select trim(r.WijkenEnBuurten) as region, r.Perioden as period, r.Leeftijd as age,
                r.Marges as margin,
                unnest(['lonely', 'severely_lonely', 'emotionally_lonely', 'socially_lonely'])
                    as indicator,
                unnest([r.Eenzaam_25, r.SterkEenzaam_26, r.EmotioneelEenzaam_27,
                    r.SociaalEenzaam_28]) as cell
            from records
        )
        select region, period, age, indicator,
            max(try_cast(cell as double)) filter (margin = 'MW00000') as value,
            max(try_cast(cell as double)) filter (margin = 'MOG0095') as ci_lower,
            max(try_cast(cell as double)) filter (margin = 'MBG0095') as ci_upper
        from cells
        group by all
    ''', {"pages": pages})
"""


@dataclass(frozen=True)
class Run:
    """Wall-clock and processor seconds, and peak memory in MiB, of one process."""

    seconds: float
    cpu_seconds: float
    peak_mib: float


def measured(command: list[str]) -> Run:
    """Run a command to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    seconds = time.perf_counter() - start
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


@contextmanager
def server(*, regions: int) -> Iterator[str]:
    """Start the server of the tests in a process of its own, and warm its tables."""
    command = [sys.executable, "-m", "tests.servers.odata"]
    sizes = ["--regions", str(regions), "--columns", str(COLUMNS)]
    process = subprocess.Popen([*command, *sizes], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        for data_set in ("TypedDataSet", "UntypedDataSet"):
            requests.get(f"{url}/ODataFeed/odata/{TABLE}/{data_set}", timeout=60).raise_for_status()
        yield url
    finally:
        process.terminate()
        process.wait()


def data_folder(folder: Path) -> Path:
    """Return a data folder with what is shipped, and nothing fetched."""
    data = folder / "data"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    for name in ("regions.csv", "quoted_figures.csv"):
        shutil.copy(ROOT / "data" / name, data)
    shutil.copytree(ROOT / "data" / "figures", data / "figures")
    return data


def one_round(url: str, folder: Path, *, all_columns: bool) -> dict[str, Run]:
    """Measure every process once."""
    data, warehouse = data_folder(folder), folder / "warehouse"
    shutil.rmtree(warehouse, ignore_errors=True)
    (folder / "alone.duckdb").unlink(missing_ok=True)
    fetch = [*PROGRAM, "fetch", "--table", TABLE, "--regions", "neighbourhoods"]
    fetch += ["--base-url", url, "--data", str(data)]
    build = [*PROGRAM, "build", "--data", str(data), "--warehouse", str(warehouse)]
    pages = str(data / "raw" / "*" / TABLE / "*" / "UntypedDataSet-*.json")
    host = url.removeprefix("http://")
    return {
        "fetch": measured(fetch),
        "build": measured(build),
        "fetch, nothing new": measured(fetch),
        "cbsodata + pandas": measured([sys.executable, "-c", WITH_PANDAS, host, str(all_columns)]),
        "DuckDB alone": measured(
            [sys.executable, "-c", DUCKDB_ALONE, pages, str(folder / "alone.duckdb")]
        ),
    }


def report(rounds: list[dict[str, Run]]) -> str:
    """Return medians and the ratios that count."""
    median = {name: statistics.median(one[name].seconds for one in rounds) for name in rounds[0]}
    cpu = {name: statistics.median(one[name].cpu_seconds for one in rounds) for name in rounds[0]}
    peak = {name: max(one[name].peak_mib for one in rounds) for name in rounds[0]}
    lines = [
        f"{name:20} {median[name]:7.2f} s  {cpu[name]:7.2f} s cpu  {peak[name]:7.0f} MiB"
        for name in median
    ]
    ingest = median["fetch"] + median["build"]
    return "\n".join(
        [
            *lines,
            f"fetch + build / cbsodata + pandas  {ingest / median['cbsodata + pandas']:.2f}",
            f"build / DuckDB alone               {median['build'] / median['DuckDB alone']:.2f}",
            f"fetch + build / DuckDB alone       {ingest / median['DuckDB alone']:.2f}",
        ]
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--regions", type=int, default=18_310)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--all-columns", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, server(regions=options.regions) as url:
        folder = Path(name)
        rounds = [
            one_round(url, folder, all_columns=options.all_columns) for _ in range(options.runs)
        ]
    print(f"{options.regions:,} regions, {len(rounds)} runs, medians and highest peaks")
    print(report(rounds))


if __name__ == "__main__":
    main()
