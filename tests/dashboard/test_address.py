"""The address as the only memory: what it may say, and what it gets when it says something else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.address import PARAMETERS, Known, Selection, parse

KNOWN = Known(
    municipalities=frozenset({"GM1783", "GM0160", "GM0397", "GM0489", "GM0518"}),
    targets={"westland-65-plus": "GM1783", "heemstede-trend": "GM0397"},
    age_groups=frozenset({"18+", "65+"}),
    series=frozenset({"rivm_smap", "ggd_monitor"}),
    indicators=frozenset({"lonely", "severely_lonely"}),
    years=frozenset({2016, 2020}),
)


def read(**address: str) -> Selection:
    """Parse an address in which every parameter stands once."""
    return parse({name: [value] for name, value in address.items()}, known=KNOWN)


def test_an_empty_address_is_the_chooser_in_dutch() -> None:
    assert parse({}, known=KNOWN) == Selection(municipality=None, language="nl", refused=False)


def test_an_installation_may_open_with_its_own_municipality() -> None:
    assert parse({}, known=KNOWN, default="GM0160").municipality == "GM0160"
    asked = parse({"gemeente": ["GM1783"]}, known=KNOWN, default="GM0160")
    assert asked.municipality == "GM1783"
    wrong = parse({"gemeente": ["GM9999"]}, known=KNOWN, default="GM0160")
    assert (wrong.municipality, wrong.refused) == (None, True)


def test_every_parameter_is_read() -> None:
    selection = read(
        gemeente="GM1783",
        doel="westland-65-plus",
        taal="en",
        weergave="overleg",
        onderwerp="lonely",
        leeftijd="65+",
        jaar="2020",
        reeks="ggd_monitor",
        vergelijk="GM0160,GM0397",
        sinds="2026-05-31",
    )
    assert selection == Selection(
        municipality="GM1783",
        target="westland-65-plus",
        language="en",
        meeting=True,
        indicator="lonely",
        age_group="65+",
        year=2020,
        series="ggd_monitor",
        compare=("GM0160", "GM0397"),
        since=dt.date(2026, 5, 31),
        refused=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gemeente", "GM9999"),
        ("gemeente", "gm1783"),
        ("gemeente", ""),
        ("gemeente", "' or 1=1 --"),
        ("gemeente", "<script>alert(1)</script>"),
        ("gemeente", "x" * 100_000),
        ("doel", "no-such-target"),
        ("taal", "de"),
        ("taal", "NL"),
        ("weergave", "groot"),
        ("leeftijd", "12-18"),
        ("onderwerp", "happy"),
        ("jaar", "2019"),
        ("jaar", "02020"),
        ("jaar", "2020.0"),
        ("reeks", "marts.build; drop table marts.build"),
        ("vergelijk", "GM0160,GM9999"),
        ("vergelijk", ",".join(["GM0160"] * 30_000)),
        ("sinds", "31-05-2026"),
        ("sinds", "2026-02-30"),
        ("sinds", "20260531"),
        ("sinds", "1066-10-14"),
        ("municipality", "GM1783"),
    ],
)
def test_what_is_not_known_gives_the_default_view_and_a_notice(name: str, value: str) -> None:
    assert parse({name: [value]}, known=KNOWN) == Selection(refused=True)


@pytest.mark.parametrize(("today", "known"), [("2026-05-30", False), ("2026-05-31", True)])
def test_a_day_that_has_not_been_is_refused(today: str, known: bool) -> None:
    asked = {"sinds": ["2026-05-31"]}
    selection = parse(asked, known=KNOWN, today=dt.date.fromisoformat(today))
    assert (selection.since is not None, selection.refused) == (known, not known)


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_repeated_parameter_is_refused(name: str) -> None:
    values = {"gemeente": "GM1783", "doel": "westland-65-plus", "taal": "en"}
    value = values.get(name, "overleg")
    assert parse({name: [value, value]}, known=KNOWN) == Selection(refused=True)


@pytest.mark.parametrize(("length", "refused"), [(120, False), (121, True)])
def test_a_value_longer_than_any_of_ours_is_refused(length: int, refused: bool) -> None:
    series = "x" * length
    selection = parse({"reeks": [series]}, known=replace(KNOWN, series=frozenset({series})))
    assert (selection.series is None, selection.refused) == (refused, refused)


def test_a_known_part_stays_when_another_part_is_refused() -> None:
    selection = read(gemeente="GM1783", leeftijd="12-18", taal="en")
    assert (selection.municipality, selection.age_group, selection.language) == (
        "GM1783",
        None,
        "en",
    )
    assert selection.refused


def test_a_target_brings_its_municipality() -> None:
    assert read(doel="heemstede-trend").municipality == "GM0397"


def test_a_target_of_another_municipality_is_refused() -> None:
    selection = read(doel="heemstede-trend", gemeente="GM1783")
    assert (selection.municipality, selection.target, selection.refused) == ("GM1783", None, True)


def test_compared_municipalities_are_named_once_and_at_most_six() -> None:
    assert read(vergelijk="GM0160,GM0160").compare == ("GM0160",)
    many = frozenset(f"GM{number:04}" for number in range(10))
    known = Known(municipalities=many, targets={}, age_groups=frozenset(), series=frozenset())
    seven = parse({"vergelijk": [",".join(sorted(many)[:7])]}, known=known)
    assert (seven.compare, seven.refused) == ((), True)
    six = parse({"vergelijk": [",".join(sorted(many)[:6])]}, known=known)
    assert (len(six.compare), six.refused) == (6, False)


selections = st.builds(
    Selection,
    municipality=st.just("GM1783"),
    target=st.sampled_from([None, "westland-65-plus"]),
    language=st.sampled_from(["nl", "en"]),
    meeting=st.booleans(),
    indicator=st.sampled_from([None, "lonely"]),
    age_group=st.sampled_from([None, "18+", "65+"]),
    year=st.sampled_from([None, 2016]),
    series=st.sampled_from([None, "rivm_smap"]),
    compare=st.lists(st.sampled_from(["GM0160", "GM0397"]), unique=True).map(tuple),
    since=st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
)


@settings(max_examples=100)
@given(selections)
def test_every_link_reopens_exactly_the_view_it_was_made_from(selection: Selection) -> None:
    link = urlsplit(selection.link("doel"))
    assert link.path == "/doel"
    assert parse(parse_qs(link.query), known=KNOWN) == selection


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(PARAMETERS) | st.text(max_size=8),
        st.lists(st.text(max_size=30), max_size=3),
        max_size=5,
    )
)
def test_no_address_says_more_than_is_known(address: dict[str, list[str]]) -> None:
    selection = parse(address, known=KNOWN)
    assert selection.municipality in {None, *KNOWN.municipalities}
    assert selection.target in {None, *KNOWN.targets}
    assert selection.language in {"nl", "en"}
    assert selection.age_group in {None, *KNOWN.age_groups}
    assert selection.series in {None, *KNOWN.series}
    assert set(selection.compare) <= KNOWN.municipalities


def test_a_link_changes_only_what_it_is_asked_to() -> None:
    selection = Selection(municipality="GM1783", target="westland-65-plus", language="en")
    assert selection.link("", target=None) == "/?gemeente=GM1783&taal=en"
    assert selection.link("doel", language="nl") == (
        "/doel?gemeente=GM1783&doel=westland-65-plus&taal=nl"
    )
    assert selection.target == "westland-65-plus"
