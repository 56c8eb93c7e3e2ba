"""Dots stacked so that none hides another: every dot keeps its exact value."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt


def stacked(places: Sequence[float], *, diameters: Sequence[float]) -> list[float]:
    """Heights in pixels of dots at these places, each as low as the ones before it allow.

    The same dots give the same picture: there is no chance in it. The first dot lies lowest.
    """
    placed: list[tuple[float, float, float]] = []
    heights = []
    for place, diameter in zip(places, diameters, strict=True):
        near = [
            (height, apart, abs(place - other))
            for other, height, size in placed
            if abs(place - other) < (apart := (size + diameter) / 2)
        ]
        lowest = diameter / 2
        candidates = sorted([lowest, *(h + sqrt(apart**2 - d**2) for h, apart, d in near)])
        height = next(
            y
            for y in candidates
            if y >= lowest and all((y - h) ** 2 + d**2 >= apart**2 - 1e-6 for h, apart, d in near)
        )
        placed.append((place, height, diameter))
        heights.append(height)
    return heights
