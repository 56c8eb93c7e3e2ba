"""Drawing a chart again for a file: the same data and words, other colours and another size.

A page draws a chart for the screen that it sees. A file has a white background and a size of its
own, so it is drawn anew by the same function: there is one definition of each chart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial, wraps
from typing import Any, ParamSpec, cast

from dashboard.chart_frame import Caption, Chart

Given = ParamSpec("Given")
OF_THE_SCREEN = ("theme", "frame")
"""What a file chooses for itself."""


def redrawable(draw: Callable[Given, Chart]) -> Callable[Given, Chart]:
    """Make the charts that `draw` gives able to be drawn again, with `chart.again`."""

    @wraps(draw)
    def remembered(*given: Given.args, **named: Given.kwargs) -> Chart:
        kept: dict[str, Any] = {k: v for k, v in named.items() if k not in OF_THE_SCREEN}
        return replace(
            draw(*given, **named),
            caption=cast(Caption, named["caption"]),
            again=partial(remembered, *given, **kept),
        )

    return remembered
