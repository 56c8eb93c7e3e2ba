"""Parts that several pages show: titles, notices, badges, charts with their table, tables.

Markup is made here and nowhere else; every text that goes into it is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from dashboard.i18n import LANGUAGES, Words
from dashboard.markup import Markup

BUILD_COMMAND = "python -m etl build"


def show_warehouse_problem(reason: str) -> None:
    """Say in both languages that no build can be shown, and what to run; no path, no trace."""
    st.set_page_config(page_title=Words("nl")("pages.frame.site_name"), layout="centered")
    for language in LANGUAGES:
        words = Words(language)
        tag = "h1" if language == LANGUAGES[0] else "h2"
        st.html(
            f'<section class="dm-problem" lang="{language}">'
            f"<{tag}>{escape(words('pages.problem.title'))}</{tag}>"
            f"<p>{escape(words(f'pages.problem.{reason}'))}</p>"
            f"<p>{escape(words('pages.problem.to_do'))}</p><pre>{BUILD_COMMAND}</pre></section>"
        )


def show(piece: Markup) -> None:
    """Show markup that was made by `dashboard.markup`; drawings in it are kept."""
    st.markdown(piece, unsafe_allow_html=True)


def show_title(title: str, *, above: str | None = None, below: str | None = None) -> None:
    """Show the one h1 of the page, with a small line above it and one below."""
    kicker = f'<p class="dm-kicker">{escape(above)}</p>' if above else ""
    lead = f'<p class="dm-lead">{escape(below)}</p>' if below else ""
    st.html(f'<header class="dm-title">{kicker}<h1>{escape(title)}</h1>{lead}</header>')


def show_heading(text: str, *, anchor: str | None = None) -> None:
    """Show an h2; with an anchor it can be linked to."""
    identity = f' id="{escape(anchor)}"' if anchor else ""
    st.html(f'<h2 class="dm-heading"{identity}>{escape(text)}</h2>')


def show_table(
    rows: Sequence[Mapping[str, str]], *, columns: Mapping[str, str], caption: str
) -> None:
    """Show ready texts as a table; the first column names the row.

    `columns`: key in the rows to the words of its header.
    """
    st.html(table_markup(rows, columns=columns, caption=caption))


def table_markup(
    rows: Sequence[Mapping[str, str]], *, columns: Mapping[str, str], caption: str
) -> str:
    """Return a table with headers for its columns and rows, in a frame that scrolls by itself."""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in columns.values())
    body = "".join(_table_row([row[key] for key in columns]) for row in rows)
    return (
        f'<div class="dm-table" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _table_row(cells: Sequence[str]) -> str:
    first, *others = (escape(cell) for cell in cells)
    return f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{c}</td>" for c in others) + "</tr>"
