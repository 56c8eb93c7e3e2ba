"""The HTML document around every page."""

from __future__ import annotations

import re

import pytest

from dashboard import document
from dashboard.document import document_language


@pytest.mark.parametrize(
    ("query", "language"),
    [
        (b"", "nl"),
        (b"taal=en", "en"),
        (b"gemeente=GM1783&taal=en", "en"),
        (b"taal=nl", "nl"),
        (b"taal=de", "nl"),
        (b"taal=en&taal=en", "nl"),
        (b"taal=" + b"x" * 100_000, "nl"),
        (b"&".join([b"a=1"] * 5_000), "nl"),
        (b"\xff\xfe=%FF", "nl"),
    ],
)
def test_the_document_speaks_the_language_of_its_address(query: bytes, language: str) -> None:
    assert document_language(query) == language


@pytest.mark.parametrize(
    ("language", "title"), [("nl", "Doelmonitor eenzaamheid"), ("en", "Loneliness target monitor")]
)
def test_nothing_of_the_framework_is_left_to_read(language: str, title: str) -> None:
    text = document.document(language).decode()
    seen = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    assert f'<html lang="{language}">' in seen
    assert f"<title>{title}</title>" in seen
    assert seen.count("<title>") == 1
    words = re.sub(r"<(link|script)[^>]*>", "", seen)
    assert "streamlit" not in words.lower()
    assert "favicon.png" not in seen
    assert "service-desc" not in seen
    assert re.findall(r"<script(?![^>]*\bsrc=)", seen) == []


def test_our_style_script_and_icon_are_asked_by_a_name_that_changes_with_them() -> None:
    text = document.document("nl").decode()
    for name in ("icon.svg", "page.css", "page.js"):
        assert f"./assets/{name}?{document.fingerprint(name)}" in text


def test_a_document_that_changed_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    changed = tmp_path / "index.html"
    changed.write_text('<html lang="en"><head></head></html>')
    monkeypatch.setattr(document, "FRAMEWORK_DOCUMENT", changed)
    with pytest.raises(ValueError, match="not once"):
        document.document.__wrapped__("nl")
