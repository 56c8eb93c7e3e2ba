"""The frame around every page: choices, navigation, notices, the foot with its links."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from dashboard import approach_parts, components, markup, selection
from dashboard.address import Known, Selection
from dashboard.data import Build, keep, load, rows
from dashboard.i18n import Words
from dashboard.markup import Markup
from dashboard.navigation import PAGES
from dashboard.queries import frame as queries
from dashboard.queries import neighbourhoods, provenance
from dashboard.rows import optional

OTHER_LANGUAGE = {"nl": ("en", "English"), "en": ("nl", "Nederlands")}
"""Each language names the other in that language's own word."""

ABOUT = "over-de-cijfers"


def known() -> Known:
    """Return what an address may name in this build."""
    return keep(_known)


def _known() -> Known:
    targets = load(queries.targets)
    return Known(
        municipalities=frozenset(load(queries.municipalities)["region_code"]),
        targets=dict(zip(targets["target_id"], targets["region_code"], strict=True)),
        age_groups=frozenset(load(queries.age_groups, language="nl")["age_group"]),
        series=frozenset(load(queries.series, language="nl")["series_id"]),
        indicators=frozenset(load(queries.indicators)["indicator"]),
        years=frozenset(int(year) for year in load(queries.years)["year"]),
    )


def site(language: str) -> dict[str, str]:
    """Return the words of the installation: name, report_error_address, help_label, help_url …"""
    return keep(_site, language=language)


def _site(*, language: str) -> dict[str, str]:
    texts = load(queries.texts, subject="site", language=language)
    return {
        field: text
        for field, text in zip(texts["field"], texts["text"], strict=True)
        # the build checks addresses; what is no web address never becomes a link here either
        if not field.endswith("_url") or text.startswith("https://")
    }


def default_municipality() -> str | None:
    """Return the municipality that an address without one shows, if the installation sets it."""
    return site("nl").get("default_municipality")


def warm_up(language: str) -> None:
    """Ask what every page asks in a language, so that no visitor waits for it."""
    known()
    site(language)
    load(queries.build)
    load(queries.editions_in_use, municipality=None, language=language)


def municipality_names() -> dict[str, str]:
    """Return the municipalities to choose from, code to name; those with targets first."""
    return keep(_municipality_names)


def _municipality_names() -> dict[str, str]:
    frame = load(queries.municipalities)
    return dict(zip(frame["region_code"], frame["region_name"], strict=True))


def show_attribution(municipality: str, *, words: Words) -> None:
    """Say, where a plan does not name its municipality, why it is taken to be its plan."""
    texts = rows(queries.texts, subject="municipality", language=words.language)
    said = approach_parts.attribution(texts, municipality=municipality)
    if said:
        st.html(markup.paragraph(said, class_="dm-small"))


def site_name(words: Words) -> str:
    """Return the name of this installation, or the product's own."""
    return site(words.language).get("name") or words("pages.frame.site_name")


def name_tab(page_name: str, *, chosen: Selection, words: Words, subject: str = "") -> None:
    """Say in the browser's tab: municipality, subject of the page if it has several, page, site."""
    place = municipality_names()[chosen.municipality] if chosen.municipality else ""
    parts = [place, subject, words(f"pages.{page_name}.title"), site_name(words)]
    st.set_page_config(page_title=" – ".join(filter(None, parts)), layout="wide")


def show_sidebar(*, here: str, chosen: Selection, words: Words) -> None:
    """Show the name of the site, the municipality, the pages and the switches."""
    with st.sidebar:
        st.html(f'<p class="dm-brand">{escape(site_name(words))}</p>')
        if not chosen.meeting:
            show_municipality_choice(chosen=chosen, words=words)
        st.html(_page_list(chosen=chosen, words=words))
        st.html(
            _switches(here, chosen=chosen, words=words)
            + _freshness(chosen.municipality, words=words)
        )


def _page_list(*, chosen: Selection, words: Words) -> Markup:
    """Return the links to all pages in their order; page.js marks the one that is open.

    It says the same on every page, so that it stays as it is, and the keyboard where it was, when
    another one is opened.
    """
    shown = [
        entry
        for entry in PAGES
        if entry.name != "neighbourhoods" or has_neighbourhoods(chosen.municipality)
    ]
    links = (
        markup.link(words(f"pages.{entry.name}.title"), chosen.link(entry.path)) for entry in shown
    )
    items = markup.joined(markup.element("li", link) for link in links)
    return markup.element(
        "nav",
        markup.element("ul", items),
        class_="dm-pages",
        aria_label=words("pages.frame.pages"),
    )


def has_neighbourhoods(municipality: str | None) -> bool:
    """Whether this build has figures of districts or neighbourhoods of a municipality."""
    return municipality in set(load(neighbourhoods.municipalities)["region_code"])


def show_municipality_choice(*, chosen: Selection, words: Words, key: str = "side") -> None:
    """Show the list of municipalities; what is chosen goes into the address."""
    selection.choose(
        "gemeente",
        key=key,
        label=words("pages.frame.municipality"),
        options=municipality_names(),
        chosen=chosen.municipality,
        placeholder=words("pages.frame.choose_municipality"),
    )


def show_municipality_needed(title: str, *, chosen: Selection, words: Words) -> None:
    """Show a page that cannot do without a municipality: its title and the list to choose from."""
    st.html(f'<header class="dm-title"><h1>{escape(title)}</h1></header>')
    show_municipality_choice(chosen=chosen, words=words, key="needed")


def _switches(here: str, *, chosen: Selection, words: Words) -> str:
    """Language and meeting mode: links that reload, so that the document's language is right."""
    language, name = OTHER_LANGUAGE[chosen.language]
    meeting = words("pages.frame.meeting_off" if chosen.meeting else "pages.frame.meeting_on")
    return (
        f'<ul class="dm-switches">'
        f'<li><a href="{escape(chosen.link(here, language=language))}" lang="{language}"'
        f' hreflang="{language}">{name}</a></li>'
        f'<li><a href="{escape(chosen.link(here, meeting=not chosen.meeting))}">'
        f"{escape(meeting)}</a></li></ul>"
    )


def _freshness(municipality: str | None, *, words: Words) -> str:
    """Newest year, edition and build: what a visitor needs to know of the age of all this."""
    (build,) = rows(queries.build)
    lines = [
        words(
            "pages.frame.figures_until",
            year=words.format_year(series["latest_year"]),
            series=series["label"],
            edition=series["edition"],
        )
        for series in rows(
            queries.editions_in_use, municipality=municipality, language=words.language
        )
        if optional(series, "latest_year") is not None
    ]
    lines.append(words("pages.frame.build", build=build["build_id"]))
    return '<p class="dm-freshness">' + "<br>".join(escape(line) for line in lines) + "</p>"


def show_notices(build: Build, *, chosen: Selection, words: Words) -> None:
    """Say, above the page, what the visitor should know of the address, the build, the figures."""
    told = {
        "refused": chosen.refused,
        "older_build": build.is_older,
        "demo": bool(rows(queries.build)[0]["is_demo"]),
    }
    said = [words(f"pages.frame.{name}") for name, applies in told.items() if applies]
    refused_rows = (
        rows(provenance.rejected_of_region, region_code=chosen.municipality)
        if chosen.municipality
        else []
    )
    if refused_rows:
        said.append(words("pages.frame.refused_rows", count=len(refused_rows)))
    for notice in said:
        st.html(markup.element("p", markup.text(notice), class_="dm-notice", role="status"))


def show_foot(*, here: str, chosen: Selection, words: Words) -> None:
    """Show the link of this view, help, what figures cannot say, links, and the build."""
    components.show_address(chosen.link(here), words=words)
    texts = site(words.language)
    links = [
        (chosen.link(ABOUT) + f"#{anchor}", words(f"pages.frame.{anchor}"))
        for anchor in ("colofon", "privacy", "toegankelijkheid")
    ]
    if "privacy_url" in texts:
        links[1] = (texts["privacy_url"], links[1][1])
    if "report_error_address" in texts:
        links.append((report_address(texts), words("pages.frame.report_error")))
    items = "".join(f'<li><a href="{escape(to)}">{escape(label)}</a></li>' for to, label in links)
    st.html(
        f'<footer class="dm-foot">{_help(texts, words=words)}'
        f"<p>{escape(words('pages.frame.no_cause'))}</p>"
        f"<ul>{items}</ul>{_freshness(chosen.municipality, words=words)}</footer>"
    )


def _help(texts: Mapping[str, str], *, words: Words) -> str:
    """Return the line that says where people find help."""
    if "help_url" not in texts:
        return f"<p>{escape(words('pages.frame.help_general'))}</p>"
    link = f'<a href="{escape(texts["help_url"])}">{escape(texts["help_label"])}</a>'
    return f'<p class="dm-help">{link}</p>'


def publisher_line(words: Words) -> Markup:
    """Return who publishes this installation and which build it shows."""
    publisher = site(words.language).get("publisher")
    named = words("pages.frame.publisher", name=publisher) if publisher else None
    (build,) = rows(queries.build)
    lines = [named, words("pages.frame.build", build=build["build_id"])]
    return markup.joined(markup.paragraph(line) for line in lines if line)


def report_address(texts: Mapping[str, str]) -> str:
    """Return the link for reporting an error: a web address, or mail."""
    address = texts["report_error_address"]
    return address if address.startswith("https://") else f"mailto:{address}"
