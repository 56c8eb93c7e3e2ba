"""How long assessing takes beside NumPy's own time for the same z-statistics, and how it grows.

Run: python -m benchmarks.assessing

The yardstick computes nothing but the three z-statistics, and their probabilities, with NumPy on
arrays of the same size. `judge` is all tests and verdict codes on columns. `verdicts` goes from
published tables to verdicts: look-up of figures, choice of edition, comparability, judging.
`assess` is everything that a build stores: also notes, five variants of every verdict, country
and region, age groups, calibration and the rules of others.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable

import numpy as np
import pyarrow as pa

from etl.assessment import assess, track_facts
from etl.estimation import standard_errors
from etl.figure_index import index_figures
from etl.picks import pick_waves
from etl.progress import judge
from etl.tracks import lay_tracks
from etl.verdicts import Judged, judge_picks

YEARS = (2012, 2016, 2020, 2022, 2024)
TARGETS = (1_000, 5_000, 10_000, 20_000)
REPEATS = 5
SEED = 20_240_501

Tables = dict[str, pa.Table]


def made_up(targets: int) -> Tables:
    """Figures of as many municipalities as there are targets, at five waves, and the country."""
    random = np.random.default_rng(SEED)
    codes = [f"GM{number:05d}" for number in range(targets)]
    regions = np.repeat(np.array([*codes, "NL01"], dtype=object), len(YEARS))
    year = np.tile(np.array(YEARS, dtype=np.int16), targets + 1)
    value = np.round(random.uniform(5.0, 60.0, len(year)), 1)
    size = random.integers(200, 3_000, len(year)).astype(np.float64)
    nothing = np.full(len(year), np.nan)
    step = np.full(len(year), 0.1)
    found = standard_errors(
        value,
        ci_lower=nothing,
        ci_upper=nothing,
        standard_error=nothing,
        sample_size=size,
        rounding_step=step,
        design_effect=np.full(len(year), 1.5),
    )
    ids = [f"target-{number:05d}" for number in range(targets)]
    none = pa.nulls(targets, pa.float64())
    no_year = pa.nulls(targets, pa.int16())
    constant = {"series_id": "survey", "edition": "one", "indicator": "lonely", "age_group": "18+"}
    return {
        "estimates": pa.table(
            {
                **{name: pa.array([word] * len(year)) for name, word in constant.items()},
                "region_code": pa.array(regions),
                "year": year,
                "value": value,
                **dict.fromkeys(
                    ("ci_lower", "ci_upper", "standard_error"), pa.nulls(len(year), pa.float64())
                ),
                "se_method": pa.array(found.se_method),
                "logit_standard_error": pa.array(found.logit_standard_error, from_pandas=True),
                "margin_lower": found.margin_lower,
                "margin_upper": found.margin_upper,
                "sample_size": size,
                "rounding_step": step,
                "obs_status": pa.array(["normal"] * len(year)),
            }
        ),
        "targets": pa.table(
            {
                "target_id": ids,
                "region_code": codes,
                "indicator": ["lonely"] * targets,
                "age_group": ["18+"] * targets,
                "kind": ["level"] * targets,
                "baseline_stated": none,
                "baseline_year": pa.array([2012] * targets, pa.int16()),
                "baseline_year_assumed": [False] * targets,
                "target_value": np.round(random.uniform(5.0, 40.0, targets)),
                "target_change": none,
                "target_year": pa.array([2028] * targets, pa.int16()),
                "plan_start": no_year,
                "former_target_value": none,
                "former_target_change": none,
                "former_target_year": no_year,
                "decided": pa.nulls(targets, pa.date32()),
            }
        ),
        "target_series": pa.table(
            {
                "target_id": ids,
                "series_id": ["survey"] * targets,
                "indicator": ["lonely"] * targets,
                "age_group": ["18+"] * targets,
                "position": [0] * targets,
                "role": ["measured_by"] * targets,
                "fit": ["same"] * targets,
            }
        ),
        "series": pa.table(
            {
                "series_id": ["survey"],
                "method": ["survey"],
                "design_effect": [1.5],
                "typical_sample_size": pa.array([None], pa.int32()),
            }
        ),
        "editions": pa.table({"series_id": ["survey"], "edition": ["one"], "newest_rank": [0]}),
        "breaks": pa.table(
            {
                "break_id": ["threshold"],
                "series_id": ["survey"],
                "indicator": ["lonely"],
                "year_before": [2016],
                "year_after": [2020],
                "severity": ["minor"],
            }
        ),
        "waves": pa.table(
            {
                "series_id": ["survey"] * len(YEARS),
                "edition": ["one"] * len(YEARS),
                "year": list(YEARS),
                "exceptional": [year == 2022 for year in YEARS],
            }
        ),
        "regions": pa.table(
            {
                "region_code": [*codes, "NL01"],
                "region_level": [*(["municipality"] * targets), "country"],
                "ggd_region_code": pa.nulls(targets + 1, pa.string()),
            }
        ),
        "age_groups": pa.table(
            {
                "age_group": ["18+"],
                "min_age": pa.array([18], pa.int16()),
                "max_age": pa.array([None], pa.int16()),
            }
        ),
        "indicators": pa.table({"indicator": ["lonely"], "direction": ["decrease"]}),
    }


def yardstick(columns: dict[str, np.ndarray]) -> None:
    """z of change, target and path, and their probabilities, with nothing around them."""
    b, y, t, g = (np.log(columns[name] / (100.0 - columns[name])) for name in "bytg")
    s_b, s_y, f = columns["s_b"], columns["s_y"], columns["f"]
    b_pct, g_pct = columns["b"], columns["g"]
    s_g = (1.0 - f) * b_pct * (100.0 - b_pct) / (g_pct * (100.0 - g_pct)) * s_b
    for z in (
        (b - y) / np.sqrt(s_b**2 + s_y**2),
        (t - y) / s_y,
        (g - y) / np.sqrt(s_y**2 + s_g**2),
    ):
        scaled = (z / -math.sqrt(2.0)).tolist()
        np.fromiter(map(math.erfc, scaled), dtype=np.float64, count=len(scaled))


def arrays(rows: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng(SEED)
    percentages = {name: random.uniform(5.0, 60.0, rows) for name in "bytg"}
    errors = {name: random.uniform(0.05, 0.2, rows) for name in ("s_b", "s_y")}
    return {**percentages, **errors, "f": random.uniform(0.1, 0.9, rows)}


def best_of(work: Callable[[], object]) -> float:
    """Shortest of several runs, in seconds."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def verdicts(tables: Tables) -> Judged:
    """From published tables to a verdict per target and wave."""
    index = index_figures(tables["estimates"], editions=tables["editions"])
    named = ("target_series", "series", "regions", "indicators")
    facts = track_facts(tables["targets"], **{name: tables[name] for name in named})
    tracks = lay_tracks(
        facts, index=index, breaks=[], waves=tables["waves"], editions=tables["editions"]
    )
    return judge_picks(pick_waves(tracks))


def measure(targets: int) -> dict[str, float]:
    """Shortest times in seconds for a number of targets."""
    tables = made_up(targets)
    columns = arrays(targets * len(YEARS))
    judged = verdicts(tables)
    return {
        "targets": targets,
        "rows": len(judged.picks),
        "numpy": best_of(lambda: yardstick(columns)),
        "judge": best_of(lambda: judge(judged.evidence)),
        "verdicts": best_of(lambda: verdicts(tables)),
        "assess": best_of(lambda: assess(**tables)),
    }


STEPS = ("judge", "verdicts", "assess")


def main() -> None:
    rows = [measure(targets) for targets in TARGETS]
    heads = ("targets", "rows", "numpy ms", *(head for step in STEPS for head in (step, "x")))
    print("".join(f"{head:>10}" for head in heads))
    for row in rows:
        numbers = [row["numpy"] * 1e3]
        for step in STEPS:
            numbers += [row[step] * 1e3, row[step] / row["numpy"]]
        cells = [f"{row['targets']:>10}{row['rows']:>10}", *(f"{one:>10.1f}" for one in numbers)]
        print("".join(cells))
    factor = TARGETS[-1] / TARGETS[0]
    for step in STEPS:
        growth = rows[-1][step] / rows[0][step]
        print(f"{step}: {growth:.1f} times the time for {factor:.0f} times the targets")
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
