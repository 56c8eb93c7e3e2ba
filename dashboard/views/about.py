"""Page under construction."""

from __future__ import annotations

from dashboard import components, selection
from dashboard.i18n import Words

words = Words(selection.current().language)
components.show_title(words("pages.about.title"))
