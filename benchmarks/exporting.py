"""`python -m benchmarks.exporting [MUNICIPALITIES]`: how long files take, and whether memory grows.

One chart as PNG and SVG, cold (the browser starts) and warm; the whole set of the municipalities
with targets; then tables, workbook and paper for so many municipalities (342 is the country), with
the time and the processor time per municipality in every tenth of the run, and the memory: the
highest after a municipality, which says how large its paper was, and what is held after a
collection, which says whether anything grows.
"""

from __future__ import annotations

import gc
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from dashboard import browser, chart_files
from dashboard.data import current_build, warehouse_folder
from dashboard.dossier import Dossier, gather, over_time
from dashboard.export_command import dossiers, run_export
from dashboard.export_files import FORMATS, File, Order
from dashboard.i18n import Words
from dashboard.queries import frame
from dashboard.theme import LIGHT

COUNTRY = 342
WITHOUT_BROWSER = ("pdf", "csv", "xlsx", "parquet")
PARTS = 10


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Print how long the block took."""
    start = time.perf_counter()
    yield
    print(f"{name:<44} {time.perf_counter() - start:8.2f} s", flush=True)


def memory() -> float:
    """Memory of this process now, MB; the highest ever where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def one_chart() -> None:
    """A chart in each format: the first starts the browser, then the median of five."""
    words = Words("nl")
    dossier = gather(current_build(warehouse_folder()).load, municipality="GM1783", language="nl")
    assert dossier is not None
    chart = over_time(dossier.stories[0], build_id=dossier.build_id, words=words, theme=LIGHT)
    assert chart is not None
    for kind in ("png", "svg"):
        browser.close()
        with timed(f"{kind}, cold"):
            chart_files.WRITERS[kind][2](chart, words=words)
    for kind, (_, _, write) in chart_files.WRITERS.items():
        taken = []
        for _ in range(5):
            start = time.perf_counter()
            write(chart, words=words)
            taken.append(time.perf_counter() - start)
        print(f"{kind + ', warm':<44} {sorted(taken)[2]:8.2f} s", flush=True)


def whole_set() -> None:
    """Everything about every municipality with targets, as the command line makes it."""
    with tempfile.TemporaryDirectory() as out, timed("all formats, municipalities with targets"):
        assert run_export(["--all", "--format", "all", "--out", out]) == 0


def country(count: int) -> None:
    """Papers and tables of so many municipalities: time per municipality, and memory."""
    file, known = known_municipalities()
    codes = (known * (count // len(known) + 1))[:count]
    found = dossiers(file, codes, language="nl")
    started = memory()
    for number, part in enumerate(parts_of(codes), start=1):
        start, worked = time.perf_counter(), time.process_time()
        highest = max(written(dossier) for dossier in islice(found, len(part)))
        each = (time.perf_counter() - start) / len(part)
        work = (time.process_time() - worked) / len(part)
        gc.collect()
        print(
            f"part {number:>2}: {len(part):>3} municipalities, {each:.2f} s each"
            f" ({work:.2f} s of the processor without the browser),"
            f" {memory():.0f} MB held, {highest:.0f} MB at the highest",
            flush=True,
        )
    print(f"memory at start {started:.0f} MB, at end {memory():.0f} MB")


def known_municipalities() -> tuple[Path, list[str]]:
    """The published file, which nobody keeps open, and the municipalities in it."""
    build = current_build(warehouse_folder())
    known = build.load(frame.municipalities)["region_code"]
    return build.warehouse.file, [str(code) for code in known]


def written(dossier: Dossier) -> float:
    """Make the paper and the tables of a municipality; memory after it, MB."""
    order = Order(dossier, Words("nl"))
    for kind in WITHOUT_BROWSER:
        assert all(isinstance(made, File) for made in FORMATS[kind](order))
    return memory()


def parts_of(codes: Sequence[str]) -> list[Sequence[str]]:
    """The codes in ten parts of about the same length."""
    size = max(1, -(-len(codes) // PARTS))
    return [codes[start : start + size] for start in range(0, len(codes), size)]


def main(arguments: Sequence[str]) -> None:
    """Run all three."""
    one_chart()
    whole_set()
    country(int(arguments[0]) if arguments else COUNTRY)


if __name__ == "__main__":
    main(sys.argv[1:])
