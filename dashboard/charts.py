"""Charts: pure functions of data and words, each with its table twin and text alternative."""

from dashboard import age_charts, distribution_chart, panels_chart, place_charts, time_chart
from dashboard.age_charts import MixedScalesError
from dashboard.chart_frame import Caption, Chart
from dashboard.redrawing import redrawable

progress_over_time = redrawable(time_chart.progress_over_time)
now_against_target = redrawable(age_charts.now_against_target)
baseline_now_target = redrawable(age_charts.baseline_now_target)
small_multiples = redrawable(panels_chart.small_multiples)
comparison = redrawable(place_charts.comparison)
distribution = redrawable(distribution_chart.distribution)
neighbourhoods = redrawable(place_charts.neighbourhoods)
figures_side_by_side = redrawable(place_charts.figures_side_by_side)

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
