"""Single values of strict YAML: what a word without quotes means, and which texts are refused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from etl.findings import quoted

PLAIN_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,14})")
PLAIN_DECIMAL = re.compile(r"-?(?:0|[1-9]\d{0,14})\.\d{1,17}")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
MUNICIPALITY_NUMBER = re.compile(r"\d{4}")
SURPRISES = (
    (re.compile(r"(?i)y|yes|n|no|on|off|true|false"), "which YAML reads as true or false"),
    (re.compile(r"(?i)null"), "which YAML reads as nothing"),
    (re.compile(r"[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?"), "which YAML reads as minutes"),
    (re.compile(r"[-+]?0[\d_]+"), "which YAML reads as an octal number"),
    (
        re.compile(
            r"[-+]?(?:0x[\da-fA-F_]+|0b[01_]+|0o[0-7_]+|\.(?:inf|Inf|INF|nan|NaN|NAN)"
            r"|\d[\d_]*\.?[\d_]*(?:[eE][-+]?\d+)?|\.\d[\d_]*(?:[eE][-+]?\d+)?)"
        ),
        "which YAML reads as a number in another notation",
    ),
    (re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?"), "which YAML reads as a moment in time"),
    (re.compile(r"<<|="), "which has a meaning of its own in YAML"),
)
"""Plain words and figures that YAML 1.1 does not read as they look."""

HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
"""Control characters, invisible ones, and those that turn the direction of writing."""

FORMULA = re.compile(r"\s*(?:[=@＝＠]|[+\-＋－](?=[^\s\d.,]))")
MARKUP = re.compile(r"<\s*[A-Za-z/!?]|&#?\w+;|\]\s*\(|(?i:javascript:)")


@dataclass(frozen=True)
class Refusal:
    """Why a single value is refused."""

    found: str
    expected: str
    remedy: str


def plain_value(text: str) -> object:
    """Read a value without quotes: nothing, true or false, a number, a day, text, or a Refusal."""
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if PLAIN_INTEGER.fullmatch(text):
        return int(text)
    if PLAIN_DECIMAL.fullmatch(text):
        return float(text)
    if ISO_DATE.fullmatch(text):
        return _day(text)
    for pattern, reading in SURPRISES:
        if pattern.fullmatch(text):
            found = f"{quoted(text)} without quotes, {reading}"
            remedy = f'write "{text[:40]}" with quotes if it is text'
            if MUNICIPALITY_NUMBER.fullmatch(text):
                remedy += f"; the code of a municipality is GM{text}"
            return Refusal(found, "text in quotes, or a plain number", remedy)
    return text_value(text)


def text_value(text: str) -> str | Refusal:
    """Read text in composed Unicode; a formula, markup or a hidden character is a Refusal."""
    composed = unicodedata.normalize("NFC", text)
    if hidden := HIDDEN.search(composed):
        found = f"{quoted(composed)}, which holds the hidden character U+{ord(hidden[0]):04X}"
        return Refusal(found, "visible text", "remove it")
    if FORMULA.match(composed):
        found = f"{quoted(composed)}, which a spreadsheet reads as a formula"
        return Refusal(found, "plain text", "let it begin with a letter or a figure")
    if MARKUP.search(composed):
        found = f"{quoted(composed)}, which holds markup"
        return Refusal(found, "plain text", "write it without < >, & codes or links")
    return composed


def _day(text: str) -> date | Refusal:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Refusal(quoted(text), "a day that exists", "write year-month-day")
