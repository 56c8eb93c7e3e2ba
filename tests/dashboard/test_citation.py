"""References: as text, BibTeX and CSL-JSON, without guessed years."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pandas as pd
import pytest
import yaml

from dashboard.citation import (
    Work,
    bibtex,
    citation_text,
    csl_json,
    figure_works,
    used_works,
    view_text,
    view_work,
)
from dashboard.i18n import Words
from tests.dashboard.exported import ROOT, dossier_of

TABLE = Work(
    key="rivm-smap-50090ned",
    kind="dataset",
    author="RIVM",
    title="Gezondheid per wijk & buurt {50090NED}",
    issued=None,
    accessed=dt.date(2022, 5, 13),
    edition="50090NED",
    url="https://example.org/a_b",
    licence="CC BY 4.0",
    language="nl",
)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "nl",
            (
                "RIVM (zonder jaar). Gezondheid per wijk & buurt {50090NED}. Uitgave 50090NED. "
                "CC BY 4.0. Opgehaald 13 mei 2022. https://example.org/a_b"
            ),
        ),
        (
            "en",
            (
                "RIVM (n.d.). Gezondheid per wijk & buurt {50090NED}. Edition 50090NED. "
                "CC BY 4.0. Retrieved 13 May 2022. https://example.org/a_b"
            ),
        ),
    ],
)
def test_the_text_says_what_is_known_and_guesses_nothing(language: str, text: str) -> None:
    assert citation_text(TABLE, words=Words(language)) == text


def test_a_licence_that_stands_elsewhere_begins_as_a_sentence() -> None:
    press = replace(TABLE, licence="as stated per figure", edition=None, accessed=None, url=None)
    assert citation_text(press, words=Words("nl")).endswith(". Zie de vindplaats bij elk cijfer.")


def test_bibtex_survives_what_tex_would_read() -> None:
    entry = bibtex([TABLE], words=Words("nl"))
    assert entry.startswith("@misc{rivm-smap-50090ned,\n")
    braces = r"\textbraceleft{}50090NED\textbraceright{}"
    assert rf"title = {{{{Gezondheid per wijk \& buurt {braces}}}}}," in entry
    assert "author = {{RIVM}}," in entry
    assert "urldate = {2022-05-13}," in entry
    assert "year" not in entry


@pytest.mark.parametrize("title", ["Een { alleen", "Andersom } alleen", "Schuine \\ streep {\\}"])
def test_the_fields_of_bibtex_end_where_its_braces_do(title: str) -> None:
    entry = bibtex([replace(TABLE, title=title)], words=Words("nl"))
    for line in entry.splitlines()[1:-1]:
        value = line.split(" = ", 1)[1].removesuffix(",")
        # BibTeX counts every brace, also one after a backslash
        depths = list(accumulate({"{": 1, "}": -1}.get(sign, 0) for sign in value))
        assert depths.index(0) == len(value) - 1


def test_csl_json_has_types_dates_and_no_unknowns() -> None:
    (item,) = json.loads(csl_json([TABLE], words=Words("nl")))
    assert item == {
        "id": "rivm-smap-50090ned",
        "type": "dataset",
        "author": [{"literal": "RIVM"}],
        "title": "Gezondheid per wijk & buurt {50090NED}",
        "accessed": {"date-parts": [[2022, 5, 13]]},
        "version": "50090NED",
        "URL": "https://example.org/a_b",
        "note": "CC BY 4.0",
        "language": "nl",
    }


def test_the_view_names_municipality_build_and_day(warehouse: Path) -> None:
    dossier = dossier_of(warehouse, "GM1783")
    text = view_text(dossier, words=Words("nl"), url="https://example.org/?gemeente=GM1783")
    assert "Doelen tegen eenzaamheid, Westland" in text
    assert f"Versie {dossier.build_id}" in text
    assert text.endswith(". https://example.org/?gemeente=GM1783")
    issued = view_work(dossier, words=Words("nl")).issued
    assert issued == dt.datetime.strptime(dossier.build_id[:8], "%Y%m%d").date()  # noqa: DTZ007


def test_a_build_without_a_day_in_its_name_has_no_day(warehouse: Path) -> None:
    dossier = dossier_of(warehouse, "GM1783")
    handmade = replace(dossier, build={**dossier.build, "build_id": "handmade"})
    assert view_work(handmade, words=Words("nl")).issued is None


def test_each_series_behind_the_figures_is_cited_once(warehouse: Path) -> None:
    works = used_works(dossier_of(warehouse, "GM1783"))
    assert [work.key for work in works] == [
        "ggd-monitor-published",
        "rivm-smap-50090ned",
        "rivm-young-adults-50140ned",
    ]
    assert {work.kind for work in works} == {"dataset"}


def test_figures_from_publications_have_no_edition_and_a_licence_in_words() -> None:
    work = replace(
        TABLE, author="GGD", title="GGD, vragenlijst", edition="published", url=None, accessed=None
    )
    work, words = replace(work, licence="as stated per figure"), Words("nl")
    said = "GGD (zonder jaar). GGD, vragenlijst. Zie de vindplaats bij elk cijfer."
    assert citation_text(work, words=words) == said
    (item,) = json.loads(csl_json([work], words=words))
    assert "version" not in item
    assert item["note"] == "zie de vindplaats bij elk cijfer"
    entry = bibtex([work], words=words)
    assert "edition" not in entry
    assert "as stated" not in entry


def test_figures_are_in_the_language_of_their_producers_and_the_view_in_its_own(
    warehouse: Path,
) -> None:
    dossier, words = dossier_of(warehouse, "GM1783", "en"), Words("en")
    works = [view_work(dossier, words=words), *used_works(dossier)]
    items = json.loads(csl_json(works, words=words))
    assert [item["language"] for item in items] == ["en", "nl", "nl", "nl"]
    assert bibtex(works, words=words).count("language = {dutch}") == 3


def test_a_day_of_retrieval_is_cited() -> None:
    row = {
        "series_id": "rivm_smap",
        "edition": "50150NED",
        "title": "Gezondheid per wijk en buurt",
        "producer": "RIVM",
        "licence": "CC BY 4.0",
        "url": None,
        "retrieved_at": pd.Timestamp("2026-03-04 05:06"),
    }
    (work,) = figure_works([row])
    assert work.accessed == dt.date(2026, 3, 4)
    assert work.url is None


def test_the_citation_file_of_the_project_agrees_with_its_metadata() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cited["cff-version"] == "1.2.0"
    assert cited["version"] == project["version"]
    assert cited["license"] == project["license"]
    assert cited["type"] == "software"
    assert cited["authors"]
    assert cited["message"]
    assert cited["title"]
