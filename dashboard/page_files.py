"""Files that pages offer, from the choices that decide them; `data.keep` gathers each only once."""

from __future__ import annotations

from dashboard import dossier, export_tables, exports
from dashboard.data import load
from dashboard.dossier import Dossier
from dashboard.exports import Download
from dashboard.i18n import Words


def gathered(*, municipality: str, language: str) -> Dossier | None:
    """Return all that is known of a municipality."""
    return dossier.gather(load, municipality=municipality, language=language)


def files(*, municipality: str, language: str) -> dict[str, list[Download]]:
    """Return the files for a meeting, with figures, verdicts and codebook, to cite, by name."""
    found, words = gathered(municipality=municipality, language=language), Words(language)
    if found is None:
        return {}
    tables = {
        "figures": export_tables.figures_table,
        "verdicts": export_tables.verdicts_table,
        "codebook": export_tables.codebook_table,
    }
    sheets = {"figures": "figures", "verdicts": "verdicts", "codebook": "table"}
    written = {
        name: exports.table_downloads(
            table(found, words=words), words=words, sources=found.sources, sheet=sheets[name]
        )
        for name, table in tables.items()
        if name != "verdicts" or len(found.verdicts)
    }
    return {
        "meeting": exports.meeting_downloads(found, words=words),
        **written,
        "references": exports.reference_downloads(found, words=words),
    }
