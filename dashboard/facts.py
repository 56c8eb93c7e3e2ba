"""Phrases of one assessment that sentences are put together from.

Every phrase is formatted from a stored value; nothing is calculated here. A phrase whose value is
missing does not exist, so a sentence that needs it fails instead of reading "nan%".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dashboard.i18n import Words, sentence_case
from dashboard.phrases import PHRASES
from dashboard.rows import Row, number


class Facts(Mapping[str, str]):
    """Phrases of `row` in one language, each made when a sentence asks for it.

    `more` are phrases that the row does not hold, such as the name of another place. A name with a
    capital gives the phrase with a capital.
    """

    row: Row
    words: Words

    def __init__(self, row: Row, words: Words, *, more: Mapping[str, str] | None = None) -> None:
        self.row = row
        self.words = words
        self.more = more or {}

    def __getitem__(self, name: str) -> str:
        phrase = self._phrase(name)
        if phrase is None:
            raise KeyError(name)
        return phrase

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._phrase(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(name for name in (*self.more, *PHRASES) if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _phrase(self, name: str) -> str | None:
        if name in self.more:
            return self.more[name]
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
