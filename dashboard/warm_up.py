"""What is loaded before the first visitor comes: modules, words, the build and its choices."""

from __future__ import annotations

from dashboard import data, frame
from dashboard.i18n import LANGUAGES


def warm_up() -> None:
    """Open the build and ask what every page asks; without a build there is nothing to warm."""
    try:
        data.pin_build()
    except data.WarehouseProblem:
        return
    for language in LANGUAGES:
        frame.warm_up(language)
