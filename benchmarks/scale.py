"""From one municipality's worth of figures to the whole country: build time, memory, page times.

The national set has 18,310 regions, five waves, three age groups and four indicators with bounds,
and six targets for each of 342 municipalities. The figures are made up; they come through the
real way: fetched from a server on the loopback that speaks StatLine's OData, then built.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load_client import visiting
from benchmarks.load_servers import ROOT, dashboards
from dashboard.navigation import PAGES
from tests.servers.odata import served
from tests.servers.statline_tables import Region, table_50150

ALL_REGIONS = 18_310
ALL_MUNICIPALITIES = 342
PROMISES = {"lonely": (45, 38), "severely_lonely": (11, 8)}
"""Indicator to baseline and target in percent."""
AGES = ("18+", "18-64", "65+")


@dataclass(frozen=True)
class Cost:
    """What a command cost."""

    seconds: float
    peak_mb: float


def cost_of(*arguments: str) -> Cost:
    """Run a command of the pipeline to its end; return its time and its largest memory."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments[0]} ended with {process.returncode}")
    return Cost(time.perf_counter() - start, usage.ru_maxrss * 1024 / 1e6)


def municipalities(count: int) -> dict[str, str]:
    """Return that many municipalities of the country, code to name; Westland among them."""
    with (ROOT / "data" / "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["region_level"] == "municipality"]
    existing = {
        row["region_code"]: row["region_name"] for row in rows if row["exists_in_2024"] == "yes"
    }
    first = {"GM1783": existing.pop("GM1783")}
    return first | dict(list(existing.items())[: count - 1])


def regions(count: int, *, within: dict[str, str]) -> list[Region]:
    """Return the country, its municipalities, and neighbourhoods up to a number of regions."""
    found = [Region("NL01", "Nederland")]
    found += [Region(code, name, code) for code, name in within.items()]
    codes = list(within)
    for number in range(count - len(found)):
        municipality = codes[number % len(codes)]
        code = f"BU{municipality[2:]}{number // len(codes):04d}"
        found.append(Region(code, f"Buurt {number}", municipality))
    return found


def metrics_for(within: dict[str, str]) -> str:
    """Return metrics.yaml with six targets for each municipality."""
    shipped = (ROOT / "metrics.yaml").read_text(encoding="utf-8")
    lines = [shipped.split("\nmunicipalities:\n")[0], "", "municipalities:"]
    for code, name in within.items():
        quoted = name.replace('"', "")
        lines += [f"  {code}:", f'    name: "{quoted}"', "    targets:"]
        for indicator, (baseline, target) in PROMISES.items():
            for age in AGES:
                lines += [
                    f"      - id: {code}-{indicator.replace('_', '-')}-{AGES.index(age)}".lower(),
                    "        kind: level",
                    f"        indicator: {indicator}",
                    f'        age_group: "{age}"',
                    f"        baseline: {{value: {baseline}, year: 2016}}",
                    f"        target: {{value: {target}, year: 2028}}",
                    f'        measured_by: [{{series: rivm_smap, age_group: "{age}"}}]',
                    '        source: "Verzonnen, om te meten"',
                ]
    return "\n".join(lines) + "\n"


def prepare(folder: Path, *, count: int) -> Cost:
    """Fill a data folder with so many regions through the real fetch; return what that cost."""
    within = municipalities(max(count * ALL_MUNICIPALITIES // ALL_REGIONS, 2))
    data = folder / "data"
    data.mkdir(parents=True)
    shutil.copy(ROOT / "data" / "regions.csv", data)
    (folder / "metrics.yaml").write_text(metrics_for(within), encoding="utf-8")
    with served(table_50150(regions=regions(count, within=within))) as service:
        return cost_of(
            *("fetch", "--table", "50150NED", "--regions", "neighbourhoods"),
            *("--base-url", service.base_url, "--data", str(data)),
            *("--metrics", str(folder / "metrics.yaml")),
        )


async def page_seconds(address: str) -> dict[str, tuple[float, float]]:
    """Return per page the first time and the median of the next five, in seconds."""
    found = {}
    async with visiting(address) as visitor:
        await visitor.open("", {})
        for page in PAGES:
            runs = [await visitor.open(page.path, {"gemeente": "GM1783"}) for _ in range(6)]
            if wrong := [name for run in runs for name in run.exceptions()]:
                raise RuntimeError(f"/{page.path} shows {wrong}")
            first, *next_times = (run.seconds for run in runs)
            found[page.name] = (first, statistics.median(next_times))
    return found


def measure(count: int, *, folder: Path) -> dict[str, tuple[float, float]]:
    """Measure one size, print its line, and return the times of its pages."""
    fetched = prepare(folder, count=count)
    warehouse = folder / "warehouse"
    built = cost_of(
        *("build", "--data", str(folder / "data"), "--warehouse", str(warehouse)),
        *("--metrics", str(folder / "metrics.yaml")),
    )
    size = max(file.stat().st_size for file in warehouse.glob("goals-*.duckdb")) / 1e6
    with dashboards(warehouse) as (server,):
        pages = asyncio.run(page_seconds(server.address))
        shown = server.memory_mb()
    print(
        f"| {count:,} | {count * 60:,} | {fetched.seconds:.1f} | {fetched.peak_mb:.0f} |"
        f" {built.seconds:.1f} | {built.peak_mb:.0f} | {size:.0f} | {shown:.0f} |",
        flush=True,
    )
    return pages


def main() -> None:
    """Print a table over sizes, and the times of the pages on the smallest and the largest."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--regions", type=int, nargs="+", default=[500, 2_000, 6_000, ALL_REGIONS])
    options = parser.parse_args()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    print(
        "| regions | figures | fetch s | fetch MB | build s | build MB | file MB | dashboard MB |"
    )
    print("|--:|--:|--:|--:|--:|--:|--:|--:|")
    pages = {}
    with tempfile.TemporaryDirectory() as name:
        for count in options.regions:
            pages[count] = measure(count, folder=Path(name) / str(count))
            shutil.rmtree(Path(name) / str(count))
    print("\n| page | " + " | ".join(f"{count:,}: first / next s" for count in pages) + " |")
    print("|---|" + "--:|" * len(pages))
    for page in PAGES:
        times = [pages[count][page.name] for count in pages]
        print(f"| {page.name} | " + " | ".join(f"{a:.3f} / {b:.3f}" for a, b in times) + " |")


if __name__ == "__main__":
    main()
