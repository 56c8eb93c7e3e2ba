"""How each phrase of an assessment is made: numbers and years in words, sides, directions.

A phrase takes the facts it stands among and gives None where its value is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from dashboard.assessed import (
    ADULTS,
    decimals,
    difference_decimals,
    is_indicative,
    target_value,
)
from dashboard.rows import number, optional, text, year

if TYPE_CHECKING:
    from dashboard.facts import Facts


def share(facts: Facts) -> str:
    """What the figure is: "het aandeel mensen die zich eenzaam voelen (65 jaar en ouder)".

    All adults go without saying; without words for the people counted it is "het cijfer".
    """
    people = optional(facts.row, "indicator_people")
    age = None if optional(facts.row, "age_group") in ADULTS else facts.get("series_age")
    phrase = (
        facts.words("sentences.subject.figure")
        if people is None
        else facts.words("sentences.subject.share", people=people)
    )
    return phrase if age is None else facts.words("sentences.subject.aged", share=phrase, age=age)


def apart(facts: Facts, column: str, *, plain: str) -> str | None:
    """`column` in percent, with more decimals where it would read the same as the latest value."""
    value, latest = number(facts.row, column), number(facts.row, "latest_value")
    if value is None or latest is None or value == latest or plain != facts["latest"]:
        return plain
    return facts.words.format_pct(value, decimals=2)


def target(facts: Facts) -> str | None:
    """Target as the plan states it: 4%."""
    value = target_value(facts.row)
    return None if value is None else facts.words.format_stated_pct(value)


def path(facts: Facts) -> str | None:
    """Straight line to the target at this wave, told apart from the latest value."""
    plain = facts.pct("path_value", max(1, decimals(facts.row, "latest")))
    return None if plain is None else apart(facts, "path_value", plain=plain)


def forecast(facts: Facts) -> str | None:
    """Forecast from the waves before the plan, told apart from the latest value."""
    plain = facts.pct("forecast_value", max(1, decimals(facts.row, "latest")))
    return None if plain is None else apart(facts, "forecast_value", plain=plain)


def dated(facts: Facts, key: str) -> str | None:
    """Text about the target, with its year where it has one; None without a target."""
    stated, target_year = target(facts), year(facts.row, "target_year")
    if stated is None:
        return None
    if target_year is None:
        return facts.words(f"sentences.{key}.undated", target=stated)
    return facts.words(f"sentences.{key}.dated", target=stated, year=target_year)


def goal(facts: Facts) -> str | None:
    """The target as a phrase: "het doel van 4% in 2028", "het doel van hoogstens 8%"."""
    if facts.row["kind"] != "maintain":
        return dated(facts, "goal.plain")
    bound = "at_most" if facts.row["direction"] == "decrease" else "at_least"
    return dated(facts, f"goal.{bound}")


def side(facts: Facts, column: str) -> str | None:
    """Where the latest value stands seen from `column`: onder, boven, precies op."""
    value, latest = number(facts.row, column), number(facts.row, "latest_value")
    if value is None or latest is None:
        return None
    where = "at" if latest == value else ("above" if latest > value else "below")
    return facts.words(f"sentences.side.{where}")


def directed(name: str) -> Callable[[Facts], str | None]:
    """Phrase that depends on whether lower or higher is better."""

    def phrase(facts: Facts) -> str | None:
        direction = text(facts.row, "direction")
        return direction and facts.words(f"sentences.direction.{direction}.{name}")

    return phrase


def by_move(fall: str, rise: str) -> Callable[[Facts], str | None]:
    """Phrase for the way the figure went since the baseline; None where it did not move."""

    def phrase(facts: Facts) -> str | None:
        change = number(facts.row, "change_pp")
        return facts.words(f"sentences.moved.{fall if change < 0 else rise}") if change else None

    return phrase


def moved(facts: Facts) -> str | None:
    """From baseline to latest, as a verb: "ging van … naar …", or "was … en …"."""
    known = all(name in facts for name in ("baseline", "baseline_year", "latest", "latest_year"))
    if not known:
        return None
    return facts.say("moved.stayed" if facts["baseline"] == facts["latest"] else "moved.went")


def by_method(group: str) -> Callable[[Facts], str | None]:
    """Phrase that says how firm a figure is: of a survey, or of a model."""

    def phrase(facts: Facts) -> str | None:
        kind = "model" if is_indicative(facts.row) else "survey"
        return facts.words.fill(f"sentences.{group}.{kind}", {"year": facts.get("latest_year", "")})

    return phrase


def a_year(column: str) -> Callable[[Facts], str | None]:
    """Year in `column`."""

    def phrase(facts: Facts) -> str | None:
        value = year(facts.row, column)
        return None if value is None else facts.words.format_year(value)

    return phrase


def a_text(column: str) -> Callable[[Facts], str | None]:
    """Text in `column`."""
    return lambda facts: text(facts.row, column)


def from_to(facts: Facts) -> str | None:
    """From baseline to latest: "van 8,3% in 2016 naar 5,1% in 2020"."""
    return None if moved(facts) is None else facts.say("moved.from_to")


def change(facts: Facts) -> str | None:
    """Size of the change since the baseline: 1,3 procentpunt."""
    value = number(facts.row, "change_pp")
    digits = difference_decimals(facts.row)
    return None if value is None else facts.words.format_pp(value, decimals=digits)


def a_pace(column: str) -> Callable[[Facts], str | None]:
    """Size of a change per year: 0,4 procentpunt."""

    def phrase(facts: Facts) -> str | None:
        value = number(facts.row, column)
        return None if value is None else facts.words.format_pp(value)

    return phrase


def way(column: str) -> Callable[[Facts], str | None]:
    """Which way a change per year goes: omlaag, omhoog; None where it stands still."""

    def phrase(facts: Facts) -> str | None:
        value = number(facts.row, column)
        return facts.words(f"sentences.moved.{'down' if value < 0 else 'up'}") if value else None

    return phrase


def respondents(facts: Facts) -> str | None:
    """Respondents needed, in full."""
    value = number(facts.row, "respondents_needed")
    return None if value is None else facts.words.format_number(value)


def stated(facts: Facts) -> str | None:
    """Baseline as the plan states it."""
    value = number(facts.row, "baseline_stated")
    return None if value is None else facts.words.format_stated_pct(value)


def assumed_year(facts: Facts) -> str | None:
    """Baseline year that the plan does not state and that is assumed."""
    told = optional(facts.row, "baseline_year_stated") or year(facts.row, "baseline_year")
    return None if told is None else facts.words.format_year(told)


PHRASES: Mapping[str, Callable[[Facts], str | None]] = {
    "share": share,
    "region": a_text("region_name"),
    "indicator": a_text("indicator_label"),
    "age": a_text("age_label"),
    "series_age": a_text("series_age_label"),
    "producer": a_text("producer"),
    "latest": lambda facts: facts.pct("latest_value", decimals(facts.row, "latest")),
    "baseline": lambda facts: facts.pct("baseline_value", decimals(facts.row, "baseline")),
    "latest_year": a_year("latest_year"),
    "baseline_year": a_year("baseline_year"),
    "target_year": a_year("target_year"),
    "plan_start": a_year("plan_start"),
    "target": target,
    "path": path,
    "forecast": forecast,
    "goal": goal,
    "goal_is": lambda facts: dated(facts, "goal_is"),
    "change": change,
    "lower": lambda facts: facts.pct("ci_lower", decimals(facts.row, "latest")),
    "upper": lambda facts: facts.pct("ci_upper", decimals(facts.row, "latest")),
    "stated": stated,
    "assumed_year": assumed_year,
    "required": a_pace("required_pp_per_year"),
    "required_way": way("required_pp_per_year"),
    "observed": a_pace("observed_pp_per_year"),
    "observed_way": way("observed_pp_per_year"),
    "detectable": a_pace("detectable_change_pp"),
    "detectable_80": a_pace("detectable_change_80_pp"),
    "respondents": respondents,
    "from_to": from_to,
    "moved": moved,
    "direction_moved": by_move("fallen", "risen"),
    "a_move": by_move("a_fall", "a_rise"),
    "target_side": lambda facts: side(facts, "target_value"),
    "forecast_side": lambda facts: side(facts, "forecast_value"),
    "past": directed("past"),
    "short": directed("short"),
    "better": directed("better"),
    "worse": directed("worse"),
    "earlier_worse": directed("earlier_worse"),
    "a_better": directed("a_better"),
    "firmly": by_method("certainty"),
    "wave": by_method("wave"),
}
"""How each phrase is made; the name with a capital gives the phrase with a capital."""
