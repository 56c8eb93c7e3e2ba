"""The pages that exist, in the order of who comes: coalition, alderman, analyst."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

VIEWS = Path(__file__).parent / "views"


@dataclass(frozen=True)
class PageEntry:
    """One page: its path in the address, its file in views/, its words under pages.<name>."""

    name: str
    path: str

    @property
    def file(self) -> Path:
        """Script of the page."""
        return VIEWS / f"{self.name}.py"


PAGES = (
    PageEntry("overview", ""),
    PageEntry("target", "doel"),
    PageEntry("age_groups", "leeftijdsgroepen"),
    PageEntry("compare", "vergelijken"),
    PageEntry("neighbourhoods", "wijken-en-buurten"),
    PageEntry("other_figure", "ander-cijfer"),
    PageEntry("approach", "aanpak"),
    PageEntry("data_export", "gegevens"),
    PageEntry("about", "over-de-cijfers"),
)
"""Adding a page: a file in views/, a line here at its place, words in both locales."""
