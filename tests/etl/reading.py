"""A small metrics.yaml with its line numbers in sight, and ways to read and break it."""

from __future__ import annotations

import re
from pathlib import Path

from etl.errors import MetricsError
from etl.metrics import read_metrics

ROOT = Path(__file__).parents[2]
REAL = ROOT / "metrics.yaml"

SMALL = """\
version: 1
indicators:
  lonely:
    direction: decrease
    scale: djg_11
    label: {nl: "Eenzaam", en: "Lonely"}
  severely_lonely: {direction: decrease, scale: djg_11, part_of: lonely}
age_groups:
  "18+": {min_age: 18}
  "19+": {min_age: 19}
  "65+": {min_age: 65}
  youth:
scales:
  djg_11: {label: {nl: "11 uitspraken", en: "11 statements"}}
  djg_6: {}
series:
  rivm_smap: {method: model, scale: djg_11, editions: ["50150NED", "50090NED"]}
  ggd_monitor: {method: survey, scale: djg_11}
  young: {method: survey, scale: djg_6}
comparability:
  near_age_groups: [["18+", "19+"]]
municipalities:
  GM1783:
    name: Westland
    plan: {start: 2019}
    targets:
      - id: older
        kind: level
        indicator: lonely
        age_group: "65+"
        baseline: {value: 44, year: 2016}
        target: {value: 36, year: 2028}
        measured_by:
          - {series: rivm_smap, age_group: "65+"}
      - id: adults
        kind: change_pp
        indicator: lonely
        age_group: "18+"
        target: {change_pp: -5, year: 2028}
        measured_by: [{series: ggd_monitor, age_group: "19+"}, {series: rivm_smap}]
"""
"""Forty lines; every test that names a line names one of these."""


def changed(old: str, new: str, *, text: str = SMALL) -> str:
    """Replace what stands there exactly once, so that no test breaks another place."""
    assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
    return text.replace(old, new)


def problems(content: str | bytes, folder: Path) -> list[tuple[int, str]]:
    """Read a file that must be refused; return (line, whole text) of each problem."""
    path = folder / "metrics.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        read_metrics(path)
    except MetricsError as error:
        return [(_line(problem.where), str(problem)) for problem in error.problems]
    return []


def only_problem(content: str | bytes, folder: Path) -> tuple[int, str]:
    """Read a file that must be refused for one reason."""
    found = problems(content, folder)
    assert len(found) == 1, found
    return found[0]


def _line(where: str) -> int:
    found = re.search(r"metrics\.yaml, line (\d+)", where)
    return int(found[1]) if found else 0
