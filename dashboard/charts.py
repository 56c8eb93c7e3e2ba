"""Charts: pure functions of data and words, each with its table twin and text alternative."""

from dashboard.age_charts import MixedScalesError, baseline_now_target, now_against_target
from dashboard.chart_frame import Caption, Chart
from dashboard.distribution_chart import distribution
from dashboard.panels_chart import small_multiples
from dashboard.place_charts import comparison, figures_side_by_side, neighbourhoods
from dashboard.time_chart import progress_over_time

__all__ = [
    "Caption",
    "Chart",
    "MixedScalesError",
    "baseline_now_target",
    "comparison",
    "distribution",
    "figures_side_by_side",
    "neighbourhoods",
    "now_against_target",
    "progress_over_time",
    "small_multiples",
]
