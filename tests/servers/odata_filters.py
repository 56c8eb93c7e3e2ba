"""The part of the OData v3 filter language that the service is asked in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

_TOKEN = re.compile(r"\s*('(?:[^']|'')*'|[A-Za-z_]\w*|[(),])")


class FilterError(ValueError):
    """A filter that the service does not understand."""


def rows_matching(
    text: str, *, dimensions: Mapping[str, Sequence[str]], codes: Mapping[str, np.ndarray]
) -> np.ndarray:
    """Return which rows a filter keeps; comparing needs the padding, startswith does not."""
    parser = _Parser(text, dimensions=dimensions, codes=codes)
    mask = parser.either()
    if parser.tokens:
        raise FilterError(f"'{parser.tokens[0]}' is not expected")
    return mask


class _Parser:
    def __init__(
        self, text: str, *, dimensions: Mapping[str, Sequence[str]], codes: Mapping[str, np.ndarray]
    ) -> None:
        self.tokens = _TOKEN.findall(text)
        if "".join(self.tokens) != re.sub(r"\s+(?=(?:[^']*'[^']*')*[^']*$)", "", text):
            raise FilterError(f"cannot read {text}")
        self.dimensions = dimensions
        self.codes = codes

    def take(self, expected: str | None = None) -> str:
        if not self.tokens or (expected is not None and self.tokens[0] != expected):
            raise FilterError(f"{expected or 'something'} is missing")
        return self.tokens.pop(0)

    def either(self) -> np.ndarray:
        mask = self.both()
        while self.tokens and self.tokens[0] == "or":
            self.take()
            mask = mask | self.both()
        return mask

    def both(self) -> np.ndarray:
        mask = self.one()
        while self.tokens and self.tokens[0] == "and":
            self.take()
            mask = mask & self.one()
        return mask

    def one(self) -> np.ndarray:
        word = self.take()
        if word == "(":
            mask = self.either()
            self.take(")")
            return mask
        if word in ("startswith", "substringof"):
            self.take("(")
            first, _, second = self.take(), self.take(","), self.take()
            self.take(")")
            if word == "startswith":
                name, part = first, second
                return self.where(name, lambda code: code.startswith(_text(part)))
            name, part = second, first
            return self.where(name, lambda code: _text(part) in code)
        self.take("eq")
        wanted = _text(self.take())
        return self.where(word, lambda code: code == wanted)

    def where(self, name: str, test: object) -> np.ndarray:
        if name not in self.dimensions:
            raise FilterError(f"no property {name}")
        kept = np.array([test(code) for code in self.dimensions[name]])  # type: ignore[operator]
        return kept[self.codes[name]]


def _text(token: str) -> str:
    if not token.startswith("'"):
        raise FilterError(f"{token} is not a text")
    return token[1:-1].replace("''", "'")
