"""The HTML document around the pages: its language, title, icon, and our style and script.

Streamlit ships one English document for every address. It is rewritten once per language; a
document that no longer looks as expected stops the start instead of going out half translated.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import parse_qsl

import streamlit

from dashboard.i18n import LANGUAGES, Words

STATIC = Path(__file__).parent / "static"
FRAMEWORK_DOCUMENT = Path(streamlit.__file__).parent / "static" / "index.html"
MOST_PARAMETERS = 100

REWRITES = (
    ('<html lang="en">', '<html lang="{language}">'),
    (r"<title>[^<]*</title>", "<title>{title}</title>\n    {head}"),
    (r'<link rel="shortcut icon"[^>]*/>', ""),
    (r"<!--\s+Machine-readable pointer.*?-->\s*<link rel=\"service-desc\"[^>]*/>", ""),
    (r"<!-- initialize window.prerenderReady.*?</script>", ""),
    (r"<noscript>.*?</noscript>", "<noscript><p>{without_script}</p></noscript>"),
)
"""What is looked for in the framework's document, and what comes in its place; each once."""

HEAD = """<meta name="description" content="{description}" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="./assets/icon.svg?{icon}" type="image/svg+xml" />
    <link rel="stylesheet" href="./assets/page.css?{style}" />
    <script defer src="./assets/page.js?{script}"></script>
    {parts}"""

PARTS = ("Html", "purify.es", "Selectbox", "Autocomplete")
"""Scripts of the framework that every page needs but that it asks for late, one after the other."""


def document_language(query: bytes) -> str:
    """Return the language that an address asks for: Dutch unless it says `taal=en`, once."""
    try:
        fields = parse_qsl(query.decode("latin-1"), max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return LANGUAGES[0]
    asked = [value for name, value in fields if name == "taal"]
    return asked[0] if len(asked) == 1 and asked[0] in LANGUAGES else LANGUAGES[0]


@cache
def document(language: str) -> bytes:
    """Return the HTML document in a language."""
    words = Words(language)
    filled = {
        "language": language,
        "title": escape(words("pages.frame.site_name")),
        "without_script": escape(words("pages.frame.without_script")),
        "head": HEAD.format(
            description=escape(words("pages.frame.description")),
            icon=fingerprint("icon.svg"),
            style=fingerprint("page.css"),
            script=fingerprint("page.js"),
            parts="".join(
                f'<link rel="modulepreload" href="./static/js/{part.name}" />' for part in parts()
            ),
        ),
    }
    text = FRAMEWORK_DOCUMENT.read_text(encoding="utf-8")
    for pattern, replacement in REWRITES:
        new = replacement.format(**filled)
        text, found = re.subn(pattern, new.replace("\\", r"\\"), text, flags=re.DOTALL)
        if found != 1:
            raise ValueError(f"the framework's document has {found} times {pattern!r}, not once")
    return text.encode()


def parts() -> list[Path]:
    """Return the files of PARTS that this version of the framework has."""
    scripts = FRAMEWORK_DOCUMENT.parent / "static" / "js"
    return [file for name in PARTS for file in sorted(scripts.glob(f"{name}.*.js"))]


@cache
def not_found(language: str) -> bytes:
    """Return the document for an address that is no page."""
    words = Words(language)
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"/>'
        f'<meta name="viewport" content="width=device-width"/>'
        f"<title>{escape(words('pages.frame.not_found'))}</title>"
        f'<link rel="stylesheet" href="/assets/page.css?{fingerprint("page.css")}"/></head>'
        f'<body class="dm-plain"><main><h1>{escape(words("pages.frame.not_found"))}</h1>'
        f'<p><a href="/?taal={language}">{escape(words("pages.frame.to_start"))}</a></p>'
        f"</main></body></html>"
    ).encode()


@cache
def fingerprint(name: str) -> str:
    """Return a short mark of a file in static/, so that browsers fetch a changed one."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
