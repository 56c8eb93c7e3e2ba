"""What is loaded before the first visitor comes: modules, words, the build, one chart."""

from __future__ import annotations

# the pages load these when they are first shown; here they are loaded before anybody waits
from dashboard import components, data, exports, frame, page_charts
from dashboard.i18n import LANGUAGES, Words
from dashboard.queries import frame as queries
from dashboard.theme import LIGHT, WIDE


def warm_up() -> None:
    """Open the build and ask what every page asks; without a build there is nothing to warm."""
    try:
        data.pin_build()
    except data.WarehouseProblem:
        return
    for language in LANGUAGES:
        frame.warm_up(language)
        _draw(language)


def _draw(language: str) -> None:
    """Draw one chart: the first takes long, as Plotly loads its parts when they are used."""
    for target in data.rows(queries.targets)[:1]:
        chart = data.keep(
            page_charts.target_over_time,
            target_id=target["target_id"],
            language=language,
            theme=LIGHT,
            frame=WIDE,
        )
        if chart is not None:
            components.table_twin(chart, words=Words(language))
            exports.chart_downloads(chart, words=Words(language))
