"""Folders of an installation, all below two roots that the command line can move."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Paths:
    """Where metrics, figures and the published warehouse are."""

    metrics: Path = Path("metrics.yaml")
    data: Path = Path("data")
    warehouse: Path = Path("data/warehouse")

    @property
    def regions(self) -> Path:
        """Codes, names and levels of all regions."""
        return self.data / "regions.csv"

    @property
    def quoted_figures(self) -> Path:
        """Figures that plans and press quote; optional."""
        return self.data / "quoted_figures.csv"

    @property
    def figures(self) -> Path:
        """Published figures shipped with the project."""
        return self.data / "figures"

    @property
    def raw(self) -> Path:
        """Downloads as delivered, each folder with its manifest."""
        return self.data / "raw"

    @property
    def notes(self) -> Path:
        """Notes of coalitions beside their aims; optional."""
        return self.data / "notes.yaml"
