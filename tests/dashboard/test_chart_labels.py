"""Laws of label placing and of stacking dots."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.chart_labels import leaning, spread, text_width, wrap, wrap_evenly
from dashboard.swarm import stacked

sizes = st.lists(st.floats(5, 40), min_size=1, max_size=6)


def test_labels_that_do_not_touch_stay_where_they_are() -> None:
    assert spread([10.0, 50.0], sizes=[20, 20], low=0, high=100) == [10.0, 50.0]


def test_two_labels_on_one_spot_move_apart_equally() -> None:
    assert spread([50.0, 50.0], sizes=[20, 20], low=0, high=100) == [40.0, 60.0]


def test_a_label_at_the_edge_moves_inside_and_pushes_its_neighbour() -> None:
    assert spread([95.0, 99.0], sizes=[20, 20], low=0, high=100) == [70.0, 90.0]


def test_two_labels_whose_rooms_touch_lean_to_where_they_meet() -> None:
    rooms = [20.0, 20.0]
    moved = spread([50.0, 50.0], sizes=rooms, low=0, high=100)
    assert [leaning(each, moved=moved, sizes=rooms) for each in moved] == ["right", "left"]
    assert leaning(10.0, moved=[10.0, 90.0], sizes=rooms) == "center"


@settings(max_examples=60, deadline=None)
@given(data=st.data(), lengths=sizes)
def test_labels_never_overlap_keep_their_order_and_stay_inside(
    data: st.DataObject, lengths: list[float]
) -> None:
    wanted = [data.draw(st.floats(0, 300)) for _ in lengths]
    moved = spread(wanted, sizes=lengths, low=0, high=300)
    placed = sorted(zip(wanted, range(len(wanted)), moved, lengths, strict=True))
    for (_, _, first, a), (_, _, second, b) in pairwise(placed):
        assert second - first >= (a + b) / 2 - 1e-6
    assert min(m - s / 2 for m, s in zip(moved, lengths, strict=True)) >= -1e-6
    assert max(m + s / 2 for m, s in zip(moved, lengths, strict=True)) <= 300 + 1e-6


def test_lines_break_between_words_and_lose_none() -> None:
    text = "Bron: Gezondheidsmonitor Volwassenen en Ouderen 2020, GGD'en, CBS en RIVM"
    lines = wrap(text, width=200, size=12)
    assert " ".join(lines) == text
    assert all(text_width(line, size=12) <= 200 for line in lines)
    assert len(lines) > 1


def test_a_word_that_is_too_long_keeps_a_line_to_itself() -> None:
    assert wrap("een gezondheidsmonitoronderzoek", width=60, size=12) == [
        "een",
        "gezondheidsmonitoronderzoek",
    ]


def test_a_few_words_in_brackets_stay_together_and_many_do_not() -> None:
    assert wrap("Sterk sociaal eenzaam (6 uitspraken)", width=220, size=12)[1:] == [
        "(6 uitspraken)"
    ]
    source = wrap("RIVM (RIVM StatLine 50090NED; bewerking: dit dashboard).", width=170, size=12)
    assert source[0].startswith("RIVM (RIVM")


def test_a_title_breaks_into_lines_of_about_one_length() -> None:
    title = "Sterk eenzaam door de jaren heen"
    assert wrap(title, width=250, size=14, bold=True)[-1] == "heen"
    assert wrap_evenly(title, width=250, size=14, bold=True) == [
        "Sterk eenzaam",
        "door de jaren heen",
    ]
    assert wrap_evenly(title, width=900, size=14) == [title]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 200), min_size=1, max_size=30))
def test_stacked_dots_never_hide_each_other_and_never_move_across(places: list[float]) -> None:
    heights = stacked(places, diameters=[6.0] * len(places))
    assert heights[0] == 3.0
    for i, first in enumerate(places):
        assert heights[i] >= 3.0
        for j in range(i):
            apart = (first - places[j]) ** 2 + (heights[i] - heights[j]) ** 2
            assert apart >= 36 - 1e-3


def test_the_same_dots_make_the_same_picture() -> None:
    places = [40.0, 41.5, 40.2, 40.0, 47.0]
    diameters = [8.0, 6.0, 6.0, 6.0, 6.0]
    assert stacked(places, diameters=diameters) == stacked(places, diameters=diameters)
    assert stacked([10.0, 50.0], diameters=[8.0, 6.0]) == [4.0, 3.0]
