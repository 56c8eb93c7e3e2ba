"""Phrases of one assessment that sentences are put together from.

Every phrase is formatted from a stored value; nothing is calculated here. A phrase whose value is
missing does not exist, so a sentence that needs it fails instead of reading "nan%".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dashboard.i18n import Words, decimals_of, sentence_case
from dashboard.rows import Row, number, optional, text, year

ADULTS = ("18+", "19+")
"""Age groups that go without saying: all adults."""

SHOWN = 1.959964
"""Size of z from which a difference counts as shown (two-sided 95%)."""


def is_indicative(row: Row) -> bool:
    """Whether the figures are model estimates: an indication, drawn as an outlined badge."""
    return optional(row, "method") == "model"


def is_shown(row: Row, column: str) -> bool:
    """Whether the test in `column` (a z) shows a difference, either way."""
    z = number(row, column)
    return z is not None and abs(z) >= SHOWN


def decimals(row: Row, column: str) -> int:
    """Decimals with which the baseline or latest value was published."""
    step = optional(row, f"{column}_rounding_step")
    return decimals_of(None if step is None else float(step))


def difference_decimals(row: Row) -> int:
    """Decimals of a difference of both values: the finer of the two."""
    return max(decimals(row, "latest"), decimals(row, "baseline"))


class Facts(Mapping[str, str]):
    """Phrases of `row` in one language, each made when a sentence asks for it."""

    def __init__(self, row: Row, words: Words) -> None:
        self.row = row
        self.words = words

    def __getitem__(self, name: str) -> str:
        phrase = self._phrase(name)
        if phrase is None:
            raise KeyError(name)
        return phrase

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._phrase(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(name for name in PHRASES if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _phrase(self, name: str) -> str | None:
        if name in PHRASES:
            return PHRASES[name](self)
        lowered = name[:1].lower() + name[1:]
        phrase = PHRASES[lowered](self) if name != lowered and lowered in PHRASES else None
        return sentence_case(phrase) if phrase else None

    def say(self, key: str) -> str:
        """Text of `key` below `sentences`, filled with these phrases."""
        return self.words.fill(f"sentences.{key}", self)

    def pct(self, column: str, digits: int) -> str | None:
        """Percentage in `column`, None where it is missing."""
        value = number(self.row, column)
        return None if value is None else self.words.format_pct(value, decimals=digits)


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


def target_value(row: Row) -> float | None:
    """Target in percent: as judged, else as fixed in the plan; None without a number."""
    judged = number(row, "target_value")
    return optional(row, "target_value_stated") if judged is None else judged


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
    "firmly": by_method("certainty"),
    "wave": by_method("wave"),
}
"""How each phrase is made; the name with a capital gives the phrase with a capital."""
