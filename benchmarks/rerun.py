"""A rerun of a page against a stock Streamlit page with one Plotly chart and one table.

Both are run by Streamlit's own test runner, without a browser, in turns in one process, after the
first load; so the figure is the work of the script and what it sends, on this machine, now.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parent.parent
APP = ROOT / "dashboard" / "app.py"
ROUNDS = 60
TARGET = 1.0

STOCK = """
import pandas as pd
import plotly.express as px
import streamlit as st

st.title("Stock page")
frame = pd.DataFrame({"year": [2012, 2016, 2020] * 2, "region": ["NL"] * 3 + ["Westland"] * 3,
                      "value": [39.1, 43.0, 47.0, 36.0, 40.6, 45.4]})
st.plotly_chart(px.line(frame, x="year", y="value", color="region", markers=True))
st.dataframe(frame)
"""
"""What one writes first: no cache, no frame around it, no words in two languages."""


def stock_page() -> AppTest:
    """Open the stock page, once."""
    return AppTest.from_string(STOCK, default_timeout=60).run()


def our_page(view: str) -> AppTest:
    """Open one of our pages on Westland, once."""
    page = AppTest.from_file(str(APP), default_timeout=60)
    page.query_params["gemeente"] = "GM1783"
    page.run()
    if view != "overview":
        page.switch_page(f"views/{view}.py").run()
    if page.exception:
        raise RuntimeError(f"{view}: {page.exception[0].message}")
    return page


def seconds(page: AppTest) -> float:
    """Time one rerun."""
    start = time.perf_counter()
    page.run()
    return time.perf_counter() - start


def measure(views: tuple[str, ...] = ("overview", "target", "age_groups", "about")) -> None:
    """Print the median rerun of each page, and its ratio to the stock page."""
    pages = {"stock": stock_page(), **{view: our_page(view) for view in views}}
    times: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(ROUNDS):  # in turns, so that a busy machine is busy for all
        for name, page in pages.items():
            times[name].append(seconds(page))
    stock = statistics.median(times["stock"])
    print(f"{'page':<12}{'median ms':>10}{'p95 ms':>8}{'ratio':>7}   target ratio ≤ {TARGET:g}")
    for name, measured in times.items():
        middle = statistics.median(measured)
        late = statistics.quantiles(measured, n=20)[-1]
        print(f"{name:<12}{middle * 1000:>10.1f}{late * 1000:>8.1f}{middle / stock:>7.2f}")


def main() -> int:
    """Build the shipped figures into a folder of its own, unless one is given, and measure."""
    if "DOELMONITOR_WAREHOUSE" in os.environ:
        measure()
        return 0
    from etl import pipeline
    from etl.paths import Paths

    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder)
        pipeline.build(
            Paths(metrics=ROOT / "metrics.yaml", data=ROOT / "data", warehouse=warehouse)
        )
        os.environ["DOELMONITOR_WAREHOUSE"] = str(warehouse)
        measure()
    return 0


if __name__ == "__main__":
    sys.exit(main())
