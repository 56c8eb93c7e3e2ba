"""Lists beside each other with which a visitor chooses what a page is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import streamlit as st

from dashboard import compare_parts, components, selection, subject
from dashboard.address import MOST_COMPARED, Parameter, Selection
from dashboard.i18n import Words
from dashboard.rows import Row

FEWEST_COLUMNS = 3
"""Columns that one list alone stands in, so that it does not take the whole width."""

STAYING = ("onderwerp", "leeftijd")
"""What stays as shown when another list changes. A year does not: the newest is shown of each."""


def show_choices(
    offered: Mapping[str, Mapping[str, str]],
    *,
    shown: Mapping[str, str],
    chosen: Selection,
    words: Words,
) -> None:
    """Show a list per parameter of the address, with what the page shows; none in a meeting.

    `offered`: per parameter the values with their words. A list with one value is left out.
    """
    lists = {name: options for name, options in offered.items() if len(options) > 1}
    staying = {name: shown[name] for name in STAYING if name in lists}
    if chosen.meeting or not lists:
        return
    with st.container(key="choices"):
        columns = st.columns(max(len(lists), FEWEST_COLUMNS))
        for column, (name, options) in zip(columns, lists.items(), strict=False):
            with column:
                selection.choose(
                    cast(Parameter, name),
                    label=words(f"pages.choices.{name}"),
                    options=options,
                    chosen=shown[name],
                    placeholder=words(f"pages.choices.{name}"),
                    beside=staying,
                )


def show_subject(offered: Sequence[Row], *, shown: Row, chosen: Selection, words: Words) -> None:
    """Show the lists of subjects, age groups and years of `offered` (dashboard.subject).

    Below them, that the address asks for what is not there, where it does.
    """
    show_choices(
        {
            "onderwerp": subject.indicators(offered),
            "leeftijd": subject.age_groups(offered, shown=shown),
            "jaar": subject.years(offered, shown=shown, words=words),
        },
        shown={
            "onderwerp": shown["indicator"],
            "leeftijd": shown["age_group"],
            "jaar": str(shown["year"]),
        },
        chosen=chosen,
        words=words,
    )
    show_passed_over(shown, wanted=chosen.wanted(), words=words)


def show_passed_over(shown: Row, *, wanted: Mapping[str, object], words: Words) -> None:
    """Say so where the address asks for figures that are not there, and what is shown instead."""
    if not subject.agrees(shown, wanted=wanted):
        instead = ", ".join(subject.in_words(shown, words).values())
        components.show_notice(words("pages.choices.not_there", shown=instead))


def show_filters(
    offered: Mapping[str, Mapping[str, str]],
    *,
    used: Mapping[str, str],
    chosen: Selection,
    words: Words,
) -> None:
    """Show a list per parameter that may be left open: nothing in the address, "" in `used`."""
    every = words("pages.choices.all")
    show_choices(
        {name: {"": every, **options} for name, options in offered.items()},
        shown=used,
        chosen=chosen,
        words=words,
    )


def show_beside(names: Mapping[str, str], *, chosen: Selection, words: Words) -> None:
    """Show which other municipalities stand beside ours, and a list to put one more there.

    `names`: of all municipalities by code. None of it in a meeting.
    """
    if chosen.meeting:
        return
    others = {code: name for code, name in names.items() if code != chosen.municipality}
    beside = [code for code in chosen.compare if code in others]
    with st.container(key="beside-choices"):
        if len(beside) < MOST_COMPARED:
            selection.choose_another(
                "vergelijk",
                label=words("pages.compare.choose"),
                options=others,
                chosen=beside,
                placeholder=words("pages.compare.choose_placeholder"),
            )
        components.show(compare_parts.put_beside(beside, names=others, chosen=chosen, words=words))
