"""Which column of a StatLine table holds what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.sources.base import SeriesFacts
from etl.sources.statline_names import Topic


@dataclass(frozen=True)
class Layout:
    """Which column of a table holds what, and what its codes mean.

    `age_groups` and `years` list the codes to keep, `ignored_ages` those to leave out; `totals`
    are further dimensions with the code of their total; `fixed_year` and `fixed_age` stand for a
    dimension that a table has not; `provisional` gives the obs_status of periods that have one.
    """

    series: SeriesFacts
    table_id: str
    region: str
    topics: tuple[Topic, ...]
    margin: str | None = None
    period: str | None = None
    years: Mapping[str, int] = field(default_factory=dict)
    provisional: Mapping[str, str] = field(default_factory=dict)
    fixed_year: int | None = None
    age: str | None = None
    age_groups: Mapping[str, str] = field(default_factory=dict)
    ignored_ages: tuple[str, ...] = ()
    fixed_age: str | None = None
    totals: Mapping[str, str] = field(default_factory=dict)
    region_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Names of the columns with codes."""
        names = (self.region, self.period, self.age, self.margin)
        return (*(name for name in names if name is not None), *self.totals)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all columns that are read."""
        return (*self.dimensions, *(topic.key for topic in self.topics))
