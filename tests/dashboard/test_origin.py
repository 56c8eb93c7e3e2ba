"""File names and provenance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.i18n import Words
from dashboard.origin import build_day, file_stem, licence_of, slug


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("'s-Gravenhage", "s-gravenhage"),
        ("Nuenen, Gerwen en Nederwetten", "nuenen-gerwen-en-nederwetten"),
        ("Súdwest-Fryslân", "sudwest-fryslan"),
        ("65+", "65"),
        ("../../etc/passwd", "etc-passwd"),
        ("", ""),
    ],
)
def test_a_name_is_plain_letters_digits_and_hyphens(text: str, name: str) -> None:
    assert slug(text) == name


@given(st.text())
def test_no_text_makes_a_name_that_a_system_refuses(text: str) -> None:
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug(text).startswith("-")


def test_what_another_part_says_already_is_left_out() -> None:
    parts = ("Westland", "westland-severely-lonely-50090NED", "50090NED")
    stem = file_stem(*parts, day="2026-11-22", language="nl")
    assert stem == "westland-severely-lonely-50090ned-2026-11-22-nl"


def test_a_part_that_only_begins_like_another_stays() -> None:
    assert file_stem("Ede", "edelstenen", day="d", language="nl") == "ede-edelstenen-d-nl"


@pytest.mark.parametrize(
    ("build_id", "day"),
    [("20261122-001547-d62969c7", "2026-11-22"), ("handmade", "handmade")],
)
def test_a_file_has_the_day_of_its_build(build_id: str, day: str) -> None:
    assert build_day(build_id) == day


def test_licences_are_told_once_and_in_words() -> None:
    given_licences = ["CC BY 4.0", "as stated per figure", "CC BY 4.0", None]
    assert licence_of(given_licences, words=Words("nl")) == (
        "CC BY 4.0 en zie de vindplaats bij elk cijfer"
    )
