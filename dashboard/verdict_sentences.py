"""The verdict in words: one sentence per code, three short answers, a badge and a chart title."""

from __future__ import annotations

from typing import Literal, NamedTuple, cast

from dashboard.assessed import is_indicative, is_shown
from dashboard.facts import Facts
from dashboard.i18n import Words
from dashboard.rows import Row, number, year

Colour = Literal["blue", "orange", "grey"]

INDICATION = 0.90
"""Probability from which a change that is not shown is called an indication."""

WITHOUT_CLAIM = frozenset(
    {
        *("qualitative", "no_data", "awaiting_measurement", "no_target", "baseline_only"),
        *("not_comparable", "untested", "undetermined", "unchanged"),
        *("trend_untested", "trend_not_shown"),
    }
)
"""Codes that say nothing of how a figure stands: no "(schatting)" where it comes from a model."""

ICONS = {
    "qualitative": "≡",
    "no_data": "–",
    "awaiting_measurement": "…",
    "trend_untested": "?",
    "trend_turned": "◆",
    "trend_broken": "◆",
    "trend_with_country": "◊",
    "trend_slowed": "◊",
    "trend_not_shown": "◊",
    "no_target": "–",
    "baseline_only": "…",
    "not_comparable": "≠",
    "met": "●",
    "met_within_margin": "≈",
    "met_untested": "?",
    "missed": "■",
    "missed_within_margin": "≈",
    "missed_untested": "?",
    "no_baseline": "?",
    "lost": "■",
    "around_target": "≈",
    "untested_on_track": "?",
    "untested_behind": "?",
    "untested": "?",
    "worsened": "◄",
    "improved_on_track": "►",
    "improved_pace_unclear": "►",
    "improved_behind": "►",
    "improved": "►",
    "unchanged_behind": "○",
    "undetermined": "○",
    "unchanged": "○",
}
"""Shape per code, from a set that every font has: ► towards the target, ◄ away from it."""

BEHIND = "▼"
"""Shape of a pace that is shown to be behind, whatever the change."""


class Badge(NamedTuple):
    """A verdict at a glance: a shape, words, and the key of its colour in the theme."""

    icon: str
    words: str
    colour: Colour


def variant(row: Row) -> str | None:
    """Which of the texts of a code fits: how sure its pace is, or which level it judges."""
    code = row["code"]
    if code in ("improved_on_track", "improved_behind", "unchanged_behind"):
        return "shown" if is_shown(row, "z_path") else "hint"
    if code == "no_baseline":
        return "trend" if row["kind"] == "trend" else tested_level(row)
    return None


def verdict_key(row: Row, words: Words, *, group: str) -> str:
    """Key of the text of the row's code below `group`, in the variant that fits."""
    plain = f"{group}.{tested_code(row)}"
    return plain if words.has(f"sentences.{plain}") else f"{plain}.{variant(row)}"


def verdict_sentence(row: Row, words: Words) -> str:
    """The verdict in one sentence with its numbers; a second one says what to know of the figure.

    The second sentence stands only where the figure is a model estimate, or where its age group is
    near the target's and not the same.
    """
    facts = Facts(row, words)
    if row["code"] == "no_data":
        return facts.say("verdict.no_data." + ("with_target" if "goal" in facts else "plain"))
    sentences = [facts.say(verdict_key(row, words, group="verdict")), qualifier(row, words)]
    return " ".join(sentence for sentence in sentences if sentence)


def qualifier(row: Row, words: Words) -> str:
    """What to know of the figure in one sentence: model, other age group; empty where nothing."""
    if row["code"] in ("qualitative", "no_data"):
        return ""
    near = row["fit"] == "near"
    if is_indicative(row):
        return Facts(row, words).say("qualifier.model_near" if near else "qualifier.model")
    return Facts(row, words).say("qualifier.near") if near else ""


def circumstance(row: Row) -> str:
    """Why a question does not apply: the kind of the target, or else what is lacking."""
    code, kind = str(row["code"]), row["kind"]
    if code in ("qualitative", "no_data", "no_target"):
        return code
    return "trend" if kind == "trend" else "other"


def tested_level(row: Row) -> str:
    """Level as it may be said: a target that cannot be tested (0% or 100%) has no margin."""
    level = str(row["level"])
    is_untestable = level.endswith("_within_margin") and number(row, "z_target") is None
    return level.replace("_within_margin", "_untested") if is_untestable else level


def tested_code(row: Row) -> str:
    """Verdict code as it may be said, for the same reason."""
    code = str(row["code"])
    is_untestable = code.endswith("_within_margin") and number(row, "z_target") is None
    return code.replace("_within_margin", "_untested") if is_untestable else code


def level_answer(row: Row, words: Words) -> str:
    """Answer to "Doel gehaald?" with its certainty, without a full stop."""
    level = tested_level(row)
    key = f"level.{level}"
    if level == "not_applicable":
        key = f"{key}.{circumstance(row)}"
    return Facts(row, words).say(key)


def change_answer(row: Row, words: Words) -> str:
    """Answer to "Echt veranderd?": shown, not shown (perhaps an indication) or not testable."""
    change = row["change"]
    own, key = f"change.by_code.{row['code']}", f"change.{change}"
    if words.has(f"sentences.{own}"):
        key = own
    elif change == "no_baseline" and row["kind"] == "trend":
        key = "change.no_baseline_trend"
    elif change == "none_shown":
        key = f"{key}.{'hint' if is_indication(row) else 'plain'}"
    return Facts(row, words).say(key)


def is_indication(row: Row) -> bool:
    """Whether a change that is not shown leans clearly one way (p ≥ 0.90 or ≤ 0.10)."""
    p, change = number(row, "p_improved"), number(row, "change_pp")
    return p is not None and bool(change) and max(p, 1 - p) >= INDICATION


def pace_answer(row: Row, words: Words) -> str:
    """Answer to "Snel genoeg?": ahead of or short of the line to the target, or why not judged."""
    pace = row["pace"]
    key = f"pace.{pace}"
    if pace in ("on_track", "behind"):
        firm = is_shown(row, "z_path") and not is_indicative(row)
        key = f"{key}.{'shown' if firm else 'hint'}"
    elif pace == "not_applicable":
        key = f"{key}.{pace_circumstance(row)}"
    return Facts(row, words).say(key)


def pace_circumstance(row: Row) -> str:
    """Why the pace is not judged: the first reason that holds."""
    target_year, latest_year = year(row, "target_year"), year(row, "latest_year") or 0
    reasons = {
        circumstance(row): circumstance(row) != "other",
        "maintain": row["kind"] == "maintain",
        "reached": str(row["level"]).startswith("met"),
        "over": target_year is not None and latest_year >= target_year,
        "no_target_year": target_year is None,
        "baseline_only": row["code"] == "baseline_only",
        "no_baseline": row["change"] == "no_baseline",
        "not_comparable": row["change"] == "not_comparable",
    }
    return next((reason for reason, holds in reasons.items() if holds), "other")


def needs_hedge(row: Row) -> bool:
    """Whether a badge or title has to say that its figure is a model estimate."""
    return is_indicative(row) and row["code"] not in WITHOUT_CLAIM


def icon(row: Row) -> str:
    """Shape of the badge: never the same for a verdict that is shown good and one shown bad."""
    return BEHIND if behind_is_shown(row) else ICONS[tested_code(row)]


def behind_is_shown(row: Row) -> bool:
    """Whether the code says behind, and the test against the path shows it."""
    return str(row["code"]) in ("improved_behind", "unchanged_behind") and is_shown(row, "z_path")


def badge(row: Row, words: Words) -> Badge:
    """Shape, at most five words, and colour key of the verdict."""
    label = Facts(row, words).say(verdict_key(row, words, group="badge"))
    if needs_hedge(row):
        label = words("sentences.badge.model", words=label)
    return Badge(icon=icon(row), words=label, colour=cast(Colour, row["colour"]))
