"""What a choice in a list does to the address."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

ADDRESS = {
    "gemeente": "GM1783",
    "doel": "aim",
    "taal": "en",
    "onderwerp": "lonely",
    "leeftijd": "65+",
    "jaar": "2020",
    "reeks": "survey",
    "vergelijk": "GM0160",
    "sinds": "2026-05-31",
}


def page() -> None:
    from dashboard import selection
    from dashboard.address import Known

    known = Known(
        municipalities=frozenset({"GM1783", "GM0160", "GM0397"}),
        targets={"aim": "GM1783"},
        age_groups=frozenset({"65+", "18+"}),
        series=frozenset({"survey"}),
        indicators=frozenset({"lonely"}),
        years=frozenset({2020}),
    )
    chosen = selection.read(known=known, default=None)
    places = {code: code for code in sorted(known.municipalities)}
    ages = {"65+": "65+", "18+": "18+"}
    labelled = {"placeholder": "kies"}
    selection.choose(
        "gemeente", label="Gemeente", options=places, chosen=chosen.municipality, **labelled
    )
    selection.choose(
        "leeftijd", label="Leeftijd", options=ages, chosen=chosen.age_group, **labelled
    )
    selection.choose_another(
        "vergelijk", label="Vergelijk", options=places, chosen=chosen.compare, **labelled
    )


@pytest.fixture
def run() -> AppTest:
    test = AppTest.from_function(page)
    for name, value in ADDRESS.items():
        test.query_params[name] = value
    return test.run()


def address(test: AppTest) -> dict[str, Any]:
    # what the browser sent is a list, what the page set is not
    given = test.query_params.items()
    return {name: value if isinstance(value, str) else value[0] for name, value in given}


def test_another_municipality_keeps_what_still_means_something(run: AppTest) -> None:
    after = address(run.selectbox[0].select("GM0397").run())

    assert after == {
        "gemeente": "GM0397",
        "taal": "en",
        "onderwerp": "lonely",
        "leeftijd": "65+",
        "jaar": "2020",
    }


def test_another_choice_changes_itself_alone(run: AppTest) -> None:
    after = address(run.selectbox[1].select("18+").run())

    assert after == {**ADDRESS, "leeftijd": "18+"}


def test_one_more_joins_those_that_were_chosen_and_the_list_stands_open_again(
    run: AppTest,
) -> None:
    assert run.selectbox[2].options == ["GM0397", "GM1783"]
    assert run.selectbox[2].value is None

    after = run.selectbox[2].select("GM0397").run()

    assert address(after) == {**ADDRESS, "vergelijk": "GM0160,GM0397"}
    assert after.selectbox[2].options == ["GM1783"]
    assert after.selectbox[2].value is None


def test_an_emptied_list_changes_nothing(run: AppTest) -> None:
    after = run.selectbox[0].set_value(None).run()

    assert address(after) == ADDRESS
    assert not after.exception
