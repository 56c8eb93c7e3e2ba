"""How often each rule claims progress where nothing changed, and "behind" exactly on the path.

`python -m benchmarks.simulation` prints the tables; `--write` also puts them into docs/method.md
and benchmarks/simulation.csv. Every run draws survey figures as a municipality would publish
them: whole percents with the 95% interval of their effective sample size.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rich.progress import track

from benchmarks.simulation_tables import Rate, as_markdown, write
from etl.crosswalk_rules import Ruling, standard_error_points
from etl.estimation import logit, standard_errors, wilson_interval
from etl.evidence import Evidence
from etl.fingertips import (
    TREND_WAVES,
    fingertips_target_interval,
    fingertips_target_value,
    fingertips_trend,
)
from etl.healthy_people import healthy_people_2020, healthy_people_2030
from etl.open_sdg import open_sdg
from etl.progress import judge
from etl.verdict_codes import CODES, COLOURS, SHOWN

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

RUNS = 10_000
SEED = 20_280
SAMPLE_SIZES = (400, 1_500)
DESIGN_EFFECT = 1.3
BASELINE, TARGET = 8.0, 4.0
STEP = 1.0
CANDIDATES = 4
"""Equal figures out of which the highest becomes the baseline, where it is picked."""


@dataclass(frozen=True)
class Design:
    """A timeline of waves between a baseline year and a target year, and what is asked of it."""

    name: str
    years: tuple[int, ...]
    target_year: int
    picked: bool

    def path(self) -> Numbers:
        """True percentage at each wave of the straight line from baseline to target."""
        elapsed = (np.array(self.years) - self.years[0]) / (self.target_year - self.years[0])
        return np.asarray(BASELINE + elapsed * (TARGET - BASELINE))


DESIGNS = (
    Design("one wave", (2020, 2024), 2028, picked=False),
    Design("any of four", (2012, 2016, 2020, 2024, 2028), 2032, picked=False),
    Design("picked baseline", (2020, 2024), 2028, picked=True),
)


@dataclass(frozen=True)
class Figures:
    """Published figures, shape (runs, waves), the baseline first; percent."""

    value: Numbers
    ci_lower: Numbers
    ci_upper: Numbers
    years: Numbers
    target_year: float


@dataclass(frozen=True)
class Claims:
    """Whether a rule claims progress or being behind, shape (runs, waves after the baseline)."""

    progress: Flags
    behind: Flags


def publish(
    truth: Numbers, *, design: Design, sample_size: int, random: np.random.Generator
) -> Figures:
    """Draw what surveys of `sample_size` would publish of the true percentages of each wave."""
    effective = sample_size / DESIGN_EFFECT
    drawn = random.binomial(round(effective), truth / 100, size=(RUNS, len(truth)))
    if design.picked:
        candidates = random.binomial(round(effective), truth[0] / 100, size=(RUNS, CANDIDATES))
        drawn[:, 0] = candidates.max(axis=1)
    value = np.round(100 * drawn / round(effective))
    lower, upper = wilson_interval(value, sample_size=np.array(effective))
    years = np.array(design.years, dtype=float)
    return Figures(value, lower, upper, years, float(design.target_year))


def ours(figures: Figures) -> dict[str, Claims]:
    """Verdicts of this project at every wave, each knowing the waves before it.

    The code is the first verdict that matches; the colour is what is shown beyond the margin. A
    `*_behind` code may be an indication (p at most 0.10) and stays grey then; a shown change whose
    value is past the target has the code `met_within_margin` and is blue.
    """
    codes, colours = [], []
    for wave in range(1, len(figures.years)):
        verdicts = judge(_evidence(figures, wave=wave))
        codes.append(np.array(CODES)[verdicts.code])
        colours.append(np.array(COLOURS)[verdicts.colour])
    code, colour = np.stack(codes, axis=1), np.stack(colours, axis=1)
    improved = np.char.startswith(code, "improved") | (code == "met")
    behind = np.char.endswith(code, "_behind") | np.isin(code, ("worsened", "lost"))
    return {
        "this project, shown (colour)": Claims(colour == "blue", colour == "orange"),
        "this project, verdict (code)": Claims(improved, behind),
    }


def _evidence(figures: Figures, *, wave: int) -> Evidence:
    runs = len(figures.value)
    errors = standard_errors(
        figures.value,
        ci_lower=figures.ci_lower,
        ci_upper=figures.ci_upper,
        standard_error=np.full_like(figures.value, np.nan),
        sample_size=np.full_like(figures.value, np.nan),
        rounding_step=np.full_like(figures.value, STEP),
        design_effect=np.ones_like(figures.value),
    ).logit_standard_error
    earlier = figures.value[:, 1:wave]
    bars = logit(np.maximum(earlier, STEP / 2)) + SHOWN * errors[:, 1:wave]
    unknown, no = np.full(runs, np.nan), np.zeros(runs, dtype=bool)
    return Evidence(
        sign=np.ones(runs),
        baseline_year=np.full(runs, figures.years[0]),
        baseline_value=figures.value[:, 0],
        baseline_error=errors[:, 0],
        baseline_step=np.full(runs, STEP),
        latest_year=np.full(runs, figures.years[wave]),
        latest_value=figures.value[:, wave],
        latest_error=errors[:, wave],
        latest_step=np.full(runs, STEP),
        target_value=np.full(runs, TARGET),
        target_year=np.full(runs, figures.target_year),
        earlier_best=earlier.min(axis=1) if wave > 1 else unknown,
        earlier_bar=bars.min(axis=1) if wave > 1 else unknown,
        judged_year=unknown,
        judged_value=unknown,
        allows_path=~no,
        no_target=no,
        not_comparable=no,
    )


def of_change(figures: Figures) -> dict[str, Claims]:
    """What both editions of Healthy People say at every wave, the older also without errors."""
    latest = figures.value[:, 1:]
    unknown, is_later = np.full_like(latest, np.nan), np.ones_like(latest, dtype=bool)
    error = standard_error_points(
        np.full_like(figures.value, np.nan), ci_lower=figures.ci_lower, ci_upper=figures.ci_upper
    )
    facts = {
        "target": np.full_like(latest, TARGET),
        "baseline": np.broadcast_to(figures.value[:, :1], latest.shape),
        "is_baseline": ~is_later,
        "lower_is_better": is_later,
    }
    errors = {
        "se_latest": error[:, 1:],
        "se_baseline": np.broadcast_to(error[:, :1], latest.shape),
    }
    no_errors = dict.fromkeys(errors, unknown)
    return {
        "Healthy People 2030": _claims(healthy_people_2030(latest, **facts, **errors)),
        "Healthy People 2020": _claims(healthy_people_2020(latest, **facts, **errors)),
        "Healthy People 2020, no standard errors": _claims(
            healthy_people_2020(latest, **facts, **no_errors)
        ),
    }


def of_level_and_growth(figures: Figures) -> dict[str, Claims]:
    """What Fingertips and Open SDG say at every wave; the trend only where there are five."""
    latest = figures.value[:, 1:]
    goal = {
        "target": np.full_like(latest, TARGET),
        "lower_is_better": np.ones_like(latest, dtype=bool),
    }
    lower, upper = figures.ci_lower, figures.ci_upper
    growth = open_sdg(
        latest,
        latest_year=np.broadcast_to(figures.years[1:], latest.shape),
        baseline=np.broadcast_to(figures.value[:, :1], latest.shape),
        baseline_year=np.full_like(latest, figures.years[0]),
        target_year=np.full_like(latest, figures.target_year),
        **goal,
    )
    claims = {
        "Fingertips goal, value": _claims(fingertips_target_value(latest, **goal)),
        "Fingertips goal, interval": _claims(
            fingertips_target_interval(lower[:, 1:], ci_upper=upper[:, 1:], **goal)
        ),
        "Open SDG": _claims(growth),
    }
    if len(figures.years) == TREND_WAVES:
        trend = fingertips_trend(figures.value, ci_lower=lower, ci_upper=upper)
        claims["Fingertips recent trend"] = _claims(trend)
    return claims


PROGRESS_WORDS = (
    *("target_met", "improving", "better", "decreasing"),
    *("target_achieved", "on_track", "acceleration_needed", "limited_progress"),
)
BEHIND_WORDS = (
    *("getting_worse", "worse", "increasing"),
    *("acceleration_needed", "limited_progress", "deterioration"),
)


def _claims(ruling: Ruling) -> Claims:
    return Claims(np.isin(ruling.status, PROGRESS_WORDS), np.isin(ruling.status, BEHIND_WORDS))


RULES: Sequence[Callable[[Figures], dict[str, Claims]]] = (ours, of_change, of_level_and_growth)

COLUMNS = tuple((size, design.name) for size in SAMPLE_SIZES for design in DESIGNS)


def study() -> list[Rate]:
    """All rates: sample sizes by designs by truths by rules."""
    settings = [
        (sample_size, design, truth)
        for sample_size in SAMPLE_SIZES
        for design in DESIGNS
        for truth in ("no change", "on the path")
    ]
    random = np.random.default_rng(SEED)
    rates = []
    for sample_size, design, truth in track(settings, description="simulating"):
        line = design.path() if truth == "on the path" else np.full(len(design.years), BASELINE)
        figures = publish(line, design=design, sample_size=sample_size, random=random)
        claims = {name: claim for rule in RULES for name, claim in rule(figures).items()}
        rates += [
            Rate(
                rule=name,
                sample_size=sample_size,
                truth=truth,
                design=design.name,
                progress_pct=_ever(claim.progress),
                behind_pct=_ever(claim.behind),
            )
            for name, claim in claims.items()
        ]
    return rates


def _ever(claimed: Flags) -> float:
    per_run = claimed.any(axis=-1) if claimed.ndim > 1 else claimed
    return round(float(100 * per_run.mean()), 1)


def main() -> None:
    """Simulate, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="into docs/method.md and the CSV")
    arguments = parser.parse_args()
    rates = study()
    print(as_markdown(rates, columns=COLUMNS))
    if arguments.write:
        write(rates, columns=COLUMNS)


if __name__ == "__main__":
    main()
