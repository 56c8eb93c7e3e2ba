"""Which figures a page is about: wishes that can be granted are, others are passed over."""

from __future__ import annotations

from dashboard.i18n import Words
from dashboard.subject import age_groups, indicators, pick, years

NL = Words("nl")
ORDER = {"lonely": 0, "severe": 1, "18+": 0, "65+": 2}


def offer(
    indicator: str, age_group: str, year: int, *, series: str = "model", targets: tuple = ()
) -> dict[str, object]:
    """A row of what is offered."""
    return {
        "series_id": series,
        "indicator": indicator,
        "age_group": age_group,
        "year": year,
        "targets": list(targets),
        "indicator_order": ORDER[indicator],
        "age_order": ORDER[age_group],
        "indicator_label": indicator.title(),
        "age_label": age_group,
    }


OFFERED = [
    offer("severe", "18+", 2020, targets=("first",)),
    offer("severe", "18+", 2016, targets=("first",)),
    offer("lonely", "65+", 2020, targets=("second", "third")),
    offer("lonely", "65+", 2016, targets=("second", "third")),
    offer("lonely", "18+", 2020),
    offer("lonely", "18+", 2012, series="survey"),
]


def chosen(target: str | None = None, **wanted: object) -> tuple[object, ...]:
    """Indicator, age group, series and year of what is picked."""
    wishes = {**dict.fromkeys(("indicator", "age_group", "series_id", "year")), **wanted}
    row = pick(OFFERED, wanted=wishes, target=target)
    return row["indicator"], row["age_group"], row["series_id"], row["year"]


def test_without_a_wish_the_first_is_shown() -> None:
    assert chosen() == ("severe", "18+", "model", 2020)


def test_every_wish_is_granted_where_it_can_be() -> None:
    assert chosen(indicator="lonely") == ("lonely", "65+", "model", 2020)
    assert chosen(indicator="lonely", year=2016) == ("lonely", "65+", "model", 2016)
    assert chosen(indicator="lonely", age_group="18+") == ("lonely", "18+", "model", 2020)
    assert chosen(indicator="lonely", age_group="18+", series_id="survey")[3] == 2012


def test_a_wish_that_nothing_agrees_with_is_passed_over() -> None:
    assert chosen(indicator="happy", year=2016) == ("severe", "18+", "model", 2016)
    assert chosen(indicator="severe", age_group="65+") == ("severe", "18+", "model", 2020)
    assert chosen(year=2004) == ("severe", "18+", "model", 2020)


def test_a_target_decides_unless_an_indicator_is_asked_for() -> None:
    assert chosen("third") == ("lonely", "65+", "model", 2020)
    assert chosen("third", indicator="severe") == ("severe", "18+", "model", 2020)
    assert chosen("unknown") == ("severe", "18+", "model", 2020)


def test_lists_have_their_own_order_and_hold_what_exists() -> None:
    assert list(indicators(OFFERED)) == ["lonely", "severe"]
    shown = OFFERED[2]
    assert list(age_groups(OFFERED, shown=shown)) == ["18+", "65+"]
    assert list(age_groups(OFFERED, shown=OFFERED[0])) == ["18+"]
    assert years(OFFERED, shown=shown, words=NL) == {"2020": "2020", "2016": "2016"}
    assert years(OFFERED, shown=OFFERED[5], words=NL) == {"2012": "2012"}
