"""A published build in which every text that a producer or an editor wrote tries to be markup."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb

HOSTILE = (
    "<script>window.hacked=1</script>"
    '<img src=x onerror="window.hacked=2"><svg onload="window.hacked=3"></svg>'
    "<iframe srcdoc='<script>parent.hacked=4</script>'></iframe>"
    "<style>*</style><meta http-equiv=refresh content=0>"
    "</p></td></div></section>"
    '" onmouseover="window.hacked=5" autofocus onfocus="window.hacked=6" x="'
    "[click](javascript:window.hacked=7) ![x](http://127.0.0.1:9/leak.png) `code` $x^2$ :red[y]"
)
WRITTEN = {
    "regions": ("region_name",),
    "texts": ("text",),
    "targets": ("quote", "source", "decision"),
    "estimates": ("note", "source_ref"),
    "plans": ("text", "source"),
    "quoted_figures": ("survey", "note", "source"),
    "series": ("producer", "licence"),
    "sources": ("title", "producer", "licence", "file"),
    "load_report": ("source", "detail"),
    "rejected_rows": ("source", "reason", "raw"),
    "corrections": ("source", "former_source"),
}
"""Columns that hold somebody's words; all others hold codes, which the build checks."""

LINKS = ("help_url", "privacy_url", "report_error_address")
"""Texts that become the address of a link."""


def hostile_copy(warehouse: Path, folder: Path) -> Path:
    """Copy the build in use to a folder and make its texts hostile."""
    pointer = json.loads((warehouse / "current.json").read_text())
    folder.mkdir(parents=True)
    shutil.copy(warehouse / pointer["file"], folder / pointer["file"])
    with duckdb.connect(str(folder / pointer["file"])) as connection:
        for table, columns in WRITTEN.items():
            for column in columns:
                connection.execute(
                    f"update marts.{table} set {column} = {column} || ? where {column} is not null",
                    [HOSTILE],
                )
        # a municipality of choice is a code, and addresses of links are tried as such
        connection.execute("delete from marts.texts where field = 'default_municipality'")
        for field in LINKS:
            connection.execute("delete from marts.texts where field = ?", [field])
            for language in ("nl", "en"):
                connection.execute(
                    "insert into marts.texts (subject, subject_id, field, language, text)"
                    " values ('site', 'site', ?, ?, 'javascript:window.hacked=8')",
                    [field, language],
                )
    (folder / "current.json").write_text(json.dumps(pointer))
    return folder
