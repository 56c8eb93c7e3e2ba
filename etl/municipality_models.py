"""What metrics.yaml may say of a municipality: its plan, targets, approach, and dated notes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from etl.metrics_parts import GgdRegionCode, Id, Part, Percentage, Text, Words, Year


class Baseline(Part):
    """The baseline in the words of the plan; `assumed_year` where the plan gives no year."""

    value: Percentage | None = None
    year: Year | None = None
    assumed_year: Year | None = None


class TargetValue(Part):
    """What is promised: one of value (percent), change_pp (points), change_pct (percent)."""

    value: Percentage | None = None
    change_pp: Annotated[float, Field(ge=-100, le=100)] | None = None
    change_pct: Annotated[float, Field(ge=-100, le=1000)] | None = None
    year: Year | None = None


class Revision(Part):
    """A later decision on a target; what it does not name stays as it was."""

    decided: date
    target: TargetValue
    decision: Words | None = None


class MeasuredBy(Part):
    """A series that a target is judged by; without `age_group` that of the target."""

    series: Id
    age_group: Id | None = None


class ShownFigure(Part):
    """Figures shown beside an aim, without a verdict."""

    series: Id
    indicator: Id
    age_group: Id


class Target(Part):
    """One promise; `qualitative` is an aim in words, `none` shows figures without a target."""

    id: Id
    kind: Literal["level", "change_pp", "change_pct", "maintain", "trend", "none", "qualitative"]
    indicator: Id | None = None
    age_group: Id | None = None
    baseline: Baseline | None = None
    target: TargetValue | None = None
    measured_by: tuple[MeasuredBy, ...] = ()
    figures: tuple[ShownFigure, ...] = ()
    allow_worse_than_baseline: bool = False
    revisions: tuple[Revision, ...] = ()
    label: Text | None = None
    text: Text | None = None
    explanation: Text | None = None
    quote: Words | None = None
    source: Words | None = None


class Plan(Part):
    """The plan that the targets come from."""

    title: Text | None = None
    start: Year | None = None
    end: Year | None = None
    source: Words | None = None


class Item(Part):
    """One aim, pillar, building block or meeting; `id` lets a note refer to it."""

    id: Id | None = None
    nl: Words
    en: Words


class Approach(Part):
    """What a municipality does, in its own order; partners are names of organisations."""

    aims: tuple[Item, ...] = ()
    pillars: tuple[Item, ...] = ()
    building_blocks: tuple[Item, ...] = ()
    meetings: tuple[Item, ...] = ()
    partners: tuple[Words, ...] = ()


class Municipality(Part):
    """What one municipality promised; `attributed` says why a plan is taken to be its plan."""

    name: Words | None = None
    ggd_region: GgdRegionCode | None = None
    attributed: Text | None = None
    coalition: Text | None = None
    plan: Plan | None = None
    targets: tuple[Target, ...] = ()
    approach: Approach | None = None


class Note(Part):
    """A dated note of a coalition; `about` is the id of a target, aim, pillar or building block."""

    date: date
    about: Id | None = None
    text: Words
    text_en: Words | None = None
