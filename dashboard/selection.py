"""The address as the only memory: reading it at the start of a run, and widgets that change it.

The session state holds no more than the widgets need; no other module touches it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.address import (
    BELONGS_TO_MUNICIPALITY,
    Known,
    Parameter,
    Selection,
    parse,
)

_CURRENT = "selection"
DUTCH_TIME = ZoneInfo("Europe/Amsterdam")


def read(*, known: Known, default: str | None) -> Selection:
    """Read the address of this run; once, by the frame, before any page."""
    address = {name: st.query_params.get_all(name) for name in st.query_params}
    selection = parse(address, known=known, default=default, today=dutch_today())
    st.session_state[_CURRENT] = selection
    return selection


def dutch_today() -> date:
    """Return the day that it is in the Netherlands, wherever the server stands."""
    return datetime.now(DUTCH_TIME).date()


def current() -> Selection:
    """Return the selection of this run, for the pages."""
    return cast(Selection, st.session_state[_CURRENT])


def choose(
    parameter: Parameter,
    *,
    label: str,
    options: Mapping[str, str],
    chosen: str | None,
    placeholder: str,
    key: str = "",
    beside: Mapping[str, str] | None = None,
) -> None:
    """Show a list of options (value to words); what is chosen goes into the address.

    Show it with the value that the page uses, and read the value from the selection: the run after
    a choice has it there. `key` tells two lists for one parameter apart. `beside`: other parameters
    with what the page shows, which a choice here writes down too, so that they stay.
    """
    key = f"choice_{parameter}_{key}"
    st.session_state[key] = chosen
    st.selectbox(
        label,
        list(options),
        # no option is the first one: a visitor who goes back before the page is complete would
        # be taken to have chosen it
        index=None,
        required=True,
        key=key,
        format_func=options.__getitem__,
        placeholder=placeholder,
        filter_mode="contains",
        on_change=_choice_to_address,
        args=(parameter, key, beside),
    )


def choose_another(
    parameter: Parameter,
    *,
    label: str,
    options: Mapping[str, str],
    chosen: Sequence[str],
    placeholder: str,
) -> None:
    """Show a list from which one more option joins those that were chosen already.

    Those are shown, and taken away, elsewhere: the list itself stands open again after a choice.
    """
    key = f"choice_{parameter}"
    st.session_state[key] = None
    st.selectbox(
        label,
        [value for value in options if value not in chosen],
        index=None,
        key=key,
        format_func=options.__getitem__,
        placeholder=placeholder,
        filter_mode="contains",
        on_change=_another_to_address,
        args=(parameter, key, chosen),
    )


def _another_to_address(parameter: Parameter, key: str, chosen: Sequence[str]) -> None:
    value = st.session_state[key]
    if value is not None:
        st.query_params.from_dict({**current().query(), parameter: ",".join([*chosen, value])})


def _choice_to_address(
    parameter: Parameter, key: str, beside: Mapping[str, str] | None = None
) -> None:
    value = st.session_state[key]
    if value is None:
        return
    query = {**current().query(), **(beside or {})}
    if parameter == "gemeente":
        query = {name: kept for name, kept in query.items() if name not in BELONGS_TO_MUNICIPALITY}
    query[parameter] = value
    st.query_params.from_dict({name: kept for name, kept in query.items() if kept})
