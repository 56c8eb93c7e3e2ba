"""Laws of the verdict: lower is never worse, mirrors agree, a wider margin never claims more."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.estimation import Floats, binomial_share, logit, normal_probability
from etl.evidence import Evidence, signed_logit
from etl.progress import Z_90, Verdicts, judge
from etl.verdict_codes import CHANGES, CODES, COLOURS, LEVELS, PACES, SHOWN

GRID = 60


@st.composite
def evidence(draw: st.DrawFn, *, tested: bool = True) -> Evidence:
    """One assessment with any history; the latest value and error are to be varied."""
    step = draw(st.sampled_from([0.1, 1.0]))

    def value() -> float:
        return round(draw(st.integers(1, round(99 / step))) * step, 1)

    def error(of: float) -> float:
        size = draw(st.floats(40, 5_000))
        return float(1 / np.sqrt(size * of * (100 - of) / 10_000))

    baseline, latest, goal = value(), value(), value()
    known = st.booleans() if not tested else st.just(True)
    years = draw(st.sampled_from([(2012, 2016, 2020), (2016, 2020, 2028), (2016, 2024, 2020)]))
    has_year = draw(st.booleans())
    judged = draw(st.sampled_from([np.nan, years[1], years[1] - 2]))
    if not has_year or years[1] < years[2]:
        judged = np.nan
    earlier = draw(st.one_of(st.none(), st.just(value())))
    bar = np.nan if earlier is None else float(logit(np.array(earlier))) + SHOWN * error(earlier)
    numbers = {
        "sign": 1.0,
        "baseline_year": years[0],
        "baseline_value": baseline,
        "baseline_error": error(baseline) if draw(known) else np.nan,
        "baseline_step": step,
        "latest_year": years[1],
        "latest_value": latest,
        "latest_error": error(latest) if draw(known) else np.nan,
        "latest_step": step,
        "target_value": goal,
        "target_year": years[2] if has_year else np.nan,
        "earlier_best": np.nan if earlier is None else earlier,
        "earlier_bar": bar,
        "judged_year": judged,
        "judged_value": earlier if earlier is not None else value(),
    }
    flags = {"allows_path": draw(st.booleans()), "no_target": False, "not_comparable": False}
    return Evidence(
        **{name: np.array([number], dtype=float) for name, number in numbers.items()},
        **{name: np.array([flag]) for name, flag in flags.items()},
    )


def varied(one: Evidence, **arrays: Floats) -> Evidence:
    """The assessment repeated, with some numbers of its own for every repeat."""
    size = len(next(iter(arrays.values())))
    repeated = {field.name: np.repeat(getattr(one, field.name), size) for field in fields(one)}
    return Evidence(**{**repeated, **arrays})


RANKS = {
    "level": (LEVELS, ("not_met", "not_met_within_margin", "met_within_margin", "met")),
    "level_untested": (LEVELS, ("not_met_untested", "met_untested")),
    "change": (CHANGES, ("worsened", "none_shown", "improved")),
    "pace": (PACES, ("behind", "unclear", "on_track")),
    "pace_untested": (PACES, ("untested_behind", "untested_on_track")),
    "colour": (COLOURS, ("orange", "grey", "blue")),
}


def rank(found: Verdicts, name: str) -> Floats:
    """How good each verdict is; NaN where the word is not one of those ranked."""
    words, order = RANKS[name]
    places = getattr(found, name.removesuffix("_untested"))
    table = np.array([order.index(word) if word in order else np.nan for word in words])
    return table[places]


@settings(max_examples=150, deadline=None)
@given(evidence(tested=False))
def test_a_lower_latest_value_is_never_worse(one: Evidence) -> None:
    step = float(one.latest_step[0])
    lower = np.round(np.linspace(99, 1, GRID) / step) * step

    found = judge(varied(one, latest_value=lower))

    for name in RANKS:
        places = rank(found, name)
        places = places[~np.isnan(places)]
        assert (np.diff(places) >= 0).all(), name


@settings(max_examples=150, deadline=None)
@given(evidence())
def test_a_wider_margin_of_the_latest_wave_never_claims_more(one: Evidence) -> None:
    wider = np.append(float(one.latest_error[0]) * np.geomspace(0.2, 8, GRID), np.nan)

    found = judge(varied(one, latest_error=wider))

    claims = {
        "met": found.level == LEVELS.index("met"),
        "not met": found.level == LEVELS.index("not_met"),
        "improved": found.change == CHANGES.index("improved"),
        "worsened": found.change == CHANGES.index("worsened"),
        "on track": found.pace == PACES.index("on_track"),
        "behind": found.pace == PACES.index("behind"),
        "shown behind": found.tests.z_path <= -SHOWN,
    }
    for name, claimed in claims.items():
        assert (np.diff(claimed.astype(int)) <= 0).all(), name


@settings(max_examples=200, deadline=None)
@given(evidence(tested=False))
def test_mirrored_figures_get_the_mirrored_verdict(one: Evidence) -> None:
    mirrored = replace(
        one,
        sign=-one.sign,
        **{
            name: 100 - getattr(one, name)
            for name in ("baseline_value", "latest_value", "target_value", "judged_value")
        },
        earlier_best=one.earlier_best - 100,
    )

    first, second = judge(one), judge(mirrored)

    for name in ("code", "level", "change", "pace", "colour", "reached", "reached_before"):
        assert getattr(first, name)[0] == getattr(second, name)[0], name
    assert first.tests.z_change == pytest.approx(second.tests.z_change, abs=1e-9, nan_ok=True)
    assert first.tests.z_path == pytest.approx(second.tests.z_path, abs=1e-9, nan_ok=True)


@settings(max_examples=200, deadline=None)
@given(evidence(tested=False))
def test_code_and_parts_never_contradict_each_other(one: Evidence) -> None:
    found = judge(one)
    code, level = CODES[found.code[0]], LEVELS[found.level[0]]
    change, pace, colour = CHANGES[found.change[0]], PACES[found.pace[0]], COLOURS[found.colour[0]]

    assert code.startswith("met") == level.startswith("met")
    if code.startswith("missed"):
        assert level == code.replace("missed", "not_met")
    if code.startswith("improved"):
        assert change == "improved"
    if code.startswith("unchanged") or code == "undetermined":
        assert change == "none_shown"
    if code == "worsened":
        assert change == "worsened"
    if code.endswith("_on_track"):
        assert pace.endswith("on_track")
    if code.endswith("_behind"):
        assert pace.endswith("behind")
    if "untested" in code:
        assert colour == "grey"
    assert not code.startswith("trend_")


def one_assessment(**numbers: float) -> Evidence:
    """45% in 2016 to 41% in 2020 for 40% in 2028, errors of one point, whole tenths."""
    known = {
        "sign": 1.0,
        "baseline_year": 2016,
        "baseline_value": 45.0,
        "baseline_error": 0.04,
        "baseline_step": 0.1,
        "latest_year": 2020,
        "latest_value": 41.0,
        "latest_error": 0.04,
        "latest_step": 0.1,
        "target_value": 40.0,
        "target_year": 2028,
        "earlier_best": np.nan,
        "earlier_bar": np.nan,
        "judged_year": np.nan,
        "judged_value": np.nan,
        **numbers,
    }
    flags = {"allows_path": True, "no_target": False, "not_comparable": False}
    return Evidence(
        **{name: np.array([number], dtype=float) for name, number in known.items()},
        **{name: np.array([flag]) for name, flag in flags.items()},
    )


def test_the_three_tests_are_those_of_the_method() -> None:
    tests = judge(one_assessment()).tests

    # lg 45 = -0.2006707, lg 41 = -0.3639654, lg 40 = -0.4054651
    assert tests.z_change[0] == pytest.approx(0.1632947 / (0.04 * np.sqrt(2)), abs=1e-5)
    assert tests.z_target[0] == pytest.approx(-0.0414997 / 0.04, abs=1e-5)
    # a third of the way: 43.333 with lg -0.2682640 and 2/3 * 0.2475 / 0.2455556 * 0.04 = 0.0268778
    assert tests.path_value[0] == pytest.approx(43.3333, abs=1e-4)
    assert tests.z_path[0] == pytest.approx(0.0957014 / np.hypot(0.04, 0.0268778), abs=1e-4)


def test_the_error_of_the_path_shrinks_to_nothing_at_the_target_year() -> None:
    early, late = (
        judge(one_assessment(latest_year=year, latest_value=44.0)).tests.z_path[0]
        for year in (2017, 2027)
    )
    path = np.array([45 - 5 / 12, 45 - 55 / 12])
    share = binomial_share(path)
    errors = np.array([11 / 12, 1 / 12]) * 0.2475 / share * 0.04
    expected = (logit(path) - logit(np.array([44.0, 44.0]))) / np.hypot(0.04, errors)

    assert [early, late] == pytest.approx(list(expected))


@pytest.mark.parametrize(
    ("z", "change"),
    [(1.959, "none_shown"), (1.961, "improved"), (-1.959, "none_shown"), (-1.961, "worsened")],
)
def test_a_change_is_shown_from_1_96(z: float, change: str) -> None:
    distance = float(
        signed_logit(np.array([45.0]), step=np.array([0.1]), sign=np.array([1.0]))[0]
        - signed_logit(np.array([41.0]), step=np.array([0.1]), sign=np.array([1.0]))[0]
    )
    error = distance / abs(z)
    values = {"baseline_value": 45.0, "latest_value": 41.0}
    if z < 0:
        values = {"baseline_value": 41.0, "latest_value": 45.0}

    found = judge(one_assessment(baseline_error=0.0, latest_error=error, **values))

    assert CHANGES[found.change[0]] == change


@pytest.mark.parametrize(
    ("p", "pace"), [(0.901, "on_track"), (0.899, "unclear"), (0.101, "unclear"), (0.099, "behind")]
)
def test_pace_turns_at_ninety_and_ten_percent(p: float, pace: str) -> None:
    from statistics import NormalDist

    z = NormalDist().inv_cdf(p)
    latest = 41.0 if z > 0 else 45.0
    path = float(logit(np.array([45 - 5 / 3]))[0])
    error = (path - float(logit(np.array([latest]))[0])) / z

    found = judge(one_assessment(baseline_error=0.0, latest_error=error, latest_value=latest))

    assert PACES[found.pace[0]] == pace
    assert normal_probability(found.tests.z_path)[0] == pytest.approx(p, abs=1e-6)


def test_ninety_percent_is_at_its_z() -> None:
    assert normal_probability(np.array([Z_90]))[0] == pytest.approx(0.9, abs=1e-12)


@pytest.mark.parametrize(
    ("latest", "colour"),
    [
        # z_path -1.80: behind at 90%, yet not shown
        (45.5, "grey"),
        # z_path -3.00
        (46.9, "orange"),
    ],
)
def test_behind_is_orange_only_where_it_is_shown(latest: float, colour: str) -> None:
    found = judge(one_assessment(latest_value=latest))

    assert CODES[found.code[0]] == "unchanged_behind"
    assert COLOURS[found.colour[0]] == colour


def test_improved_but_behind_is_not_blue() -> None:
    found = judge(one_assessment(latest_value=41.9, target_value=30.0, latest_error=0.04))

    assert CODES[found.code[0]] == "improved_behind"
    assert COLOURS[found.colour[0]] == "grey"


def test_improved_and_missed_is_not_blue() -> None:
    found = judge(one_assessment(target_year=2020, judged_year=2020, judged_value=41.0))

    assert CODES[found.code[0]] == "missed_within_margin"
    assert CHANGES[found.change[0]] == "improved"
    assert COLOURS[found.colour[0]] == "grey"


LOGIT_40, LOGIT_41 = -0.4054651, -0.3639654


@pytest.mark.parametrize(
    ("latest", "target", "z", "level"),
    [
        (40.0, 41.0, 1.9601, "met"),
        (40.0, 41.0, 1.9599, "met_within_margin"),
        (41.0, 40.0, -1.9599, "not_met_within_margin"),
        (41.0, 40.0, -1.9601, "not_met"),
    ],
)
def test_a_level_is_shown_from_1_96(latest: float, target: float, z: float, level: str) -> None:
    error = (LOGIT_41 - LOGIT_40) / abs(z)

    found = judge(one_assessment(latest_value=latest, target_value=target, latest_error=error))

    assert LEVELS[found.level[0]] == level
    assert found.tests.z_target[0] == pytest.approx(z, abs=1e-5)


@pytest.mark.parametrize(
    ("sign", "baseline", "points", "latest"),
    [(1.0, 31.2, -0.1, 31.1), (-1.0, 31.1, 1.2, 32.3)],
)
def test_a_target_in_points_is_reached_by_the_same_number_on_paper(
    sign: float, baseline: float, points: float, latest: float
) -> None:
    promised = baseline + points
    assert sign * latest > sign * promised  # as binary numbers

    found = judge(
        one_assessment(
            sign=sign, baseline_value=baseline, latest_value=latest, target_value=promised
        )
    )

    assert found.reached[0]
    assert LEVELS[found.level[0]] == "met_within_margin"


@pytest.mark.parametrize("target", [0.0, 100.0])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_target_of_0_or_100_is_never_tested_nor_shown_met_before(
    sign: float, target: float
) -> None:
    found = judge(one_assessment(sign=sign, target_value=target, earlier_bar=-3.0))

    assert np.isnan(found.tests.z_target[0])
    assert LEVELS[found.level[0]] in ("met_within_margin", "not_met_within_margin")
    assert CODES[found.code[0]] != "lost"


@pytest.mark.parametrize(
    ("steps", "change"), [((1.0, 0.1), "none_shown"), ((0.1, 1.0), "none_shown"), ((0.1,) * 2, "")]
)
def test_a_change_of_no_more_than_the_coarser_step_is_not_shown(
    steps: tuple[float, float], change: str
) -> None:
    found = judge(
        one_assessment(
            baseline_value=42.0,
            latest_value=41.0,
            baseline_error=0.001,
            latest_error=0.001,
            baseline_step=steps[0],
            latest_step=steps[1],
        )
    )

    assert CHANGES[found.change[0]] == (change or "improved")


@pytest.mark.parametrize(
    "numbers",
    [
        {"latest_year": 2028},
        {"latest_year": 2016},
        {"target_value": 45.0},
        {"target_value": 46.0},
        {"target_year": np.nan},
        {"baseline_value": np.nan},
    ],
)
def test_no_path_at_its_ends_nor_from_a_baseline_that_is_at_the_target(
    numbers: dict[str, float],
) -> None:
    found = judge(one_assessment(**numbers))

    assert np.isnan(found.tests.path_value[0])
    assert PACES[found.pace[0]] == "not_applicable"


@pytest.mark.parametrize(("z", "code"), [(1.9601, "lost"), (1.9599, "worsened")])
def test_a_baseline_counts_as_met_before_from_1_96(z: float, code: str) -> None:
    error = (LOGIT_41 - LOGIT_40) / z

    found = judge(
        one_assessment(
            baseline_value=40.0, target_value=41.0, baseline_error=error, latest_value=50.0
        )
    )

    assert CODES[found.code[0]] == code


@pytest.mark.parametrize(
    ("latest", "code"), [(41.0, "around_target"), (44.0, "lost"), (39.0, "met_within_margin")]
)
def test_a_target_that_was_met_is_lost_only_where_that_is_shown(latest: float, code: str) -> None:
    # 37% before, shown below 40%; z_target of 41% is -1.04, of 44% -4.11
    found = judge(one_assessment(latest_value=latest, earlier_best=37.0, earlier_bar=-0.45))

    assert CODES[found.code[0]] == code
    assert found.reached_before[0] == (latest > 40.0)


def test_a_latest_wave_that_is_read_otherwise_judges_as_it_is_read() -> None:
    # the wave of the target year was printed as 40, and a reading half a step up is tried
    printed = one_assessment(latest_value=40.0, target_year=2020, judged_year=2020)
    as_printed = judge(replace(printed, judged_value=np.array([40.0])))
    read_higher = judge(
        replace(printed, judged_value=np.array([40.0]), latest_value=np.array([40.5]))
    )

    assert CODES[as_printed.code[0]] == "met_within_margin"
    assert CODES[read_higher.code[0]] == "missed_within_margin"
    assert not as_printed.met_late[0]


@pytest.mark.parametrize("first", [39.0, 41.0])
def test_the_first_wave_after_the_target_year_decides_whether_it_was_met_late(first: float) -> None:
    found = judge(
        one_assessment(
            latest_year=2022,
            latest_value=39.0,
            target_year=2020,
            judged_year=2020,
            judged_value=first,
        )
    )

    assert found.met_late[0] == (first > 40.0)


def test_figures_without_a_target_say_so_at_the_baseline_too() -> None:
    found = judge(replace(one_assessment(latest_year=2016), no_target=np.array([True])))

    assert CODES[found.code[0]] == "no_target"
