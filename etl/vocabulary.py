"""The names that sources need to recognise figures, taken from metrics.yaml and regions.csv."""

from __future__ import annotations

from collections.abc import Mapping

from etl.metrics_models import Metrics
from etl.metrics_texts import both
from etl.sources.base import AgeBounds, IndicatorNames, SeriesFacts, Vocabulary


def vocabulary(metrics: Metrics, region_names: Mapping[str, str]) -> Vocabulary:
    """Gather what sources may know of metrics.yaml; labels are the Dutch ones."""
    return Vocabulary(
        indicators={
            name: IndicatorNames(
                indicator=name,
                scale=indicator.scale,
                part_of=indicator.part_of,
                source_names=indicator.source_names,
                ggd_codes=indicator.ggd_codes,
            )
            for name, indicator in metrics.indicators.items()
        },
        age_groups={
            name: AgeBounds(min_age=group.min_age, max_age=group.max_age)
            for name, group in metrics.age_groups.items()
        },
        series={name: _series_facts(name, metrics) for name in metrics.series},
        region_names=region_names,
    )


def _series_facts(name: str, metrics: Metrics) -> SeriesFacts:
    series = metrics.series[name]
    label = dict(series.label) if series.label else both(name)
    return SeriesFacts(
        series_id=name,
        label=label["nl"],
        producer=series.producer,
        method=series.method,
        scale=series.scale,
        licence=series.licence,
        min_age=series.min_age,
        editions=series.editions,
        titles=series.titles,
        file_keys=series.file_keys,
    )
