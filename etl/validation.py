"""Checking a document against its model, in the words of the person who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from etl.findings import Finding, Location, nearest, one_of, quoted
from etl.metrics_parts import GGD_REGION_CODE, MUNICIPALITY_CODE, REPORT_ADDRESS, WEB_ADDRESS
from etl.strict_yaml import REFUSED, Refused

Model = TypeVar("Model", bound=BaseModel)
NUMBER = ("a number", "write only the number: 8 or 8.5, without quotes or %, with a point")
KINDS = {
    "string_type": ("text", "put it in quotes"),
    "float_type": NUMBER,
    "int_type": ("a whole number", "write only the number, without quotes"),
    "bool_type": ("true or false", "write true or false, without quotes"),
    "date_type": ("a day as year-month-day, without quotes", "write it like 2024-05-14"),
    "model_type": ("a block of `field: value`", "put the fields below it, two spaces further"),
    "dict_type": ("a block of `name: value`", "put the names below it, two spaces further"),
    "tuple_type": ("a list", "write [one, two], or one line for each with a dash"),
    "invalid_key": ("the name of a field", "write decimals with a point, such as 8.5"),
    "string_too_long": ("a shorter text", "shorten it"),
}
"""Type of a pydantic error to what was expected and what to do."""

PATTERNS = {
    MUNICIPALITY_CODE: "a municipality code such as GM1783",
    GGD_REGION_CODE: "the code of a GGD region such as GG7014",
    WEB_ADDRESS: "an address that begins with https://",
    REPORT_ADDRESS: "an e-mail address, or an address that begins with https://",
    r"\S": "words, not spaces alone",
}
"""Pattern of a text to what it stands for."""


def validated(kind: Any, data: object) -> tuple[Any, ValidationError | None]:
    """Check plain data against a type; a value or an error, never both."""
    try:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind.model_validate(data), None
        return TypeAdapter(kind).validate_python(data), None
    except ValidationError as error:
        return None, error


def piece(model: type[Model], data: object) -> Model | None:
    """Check one part by itself, unknown fields aside, so that the rules can go on with it."""
    value, error = validated(model, data)
    if error is not None:
        unknown = [e["loc"] for e in error.errors() if e["type"] == "extra_forbidden"]
        value, _ = validated(model, _without(data, unknown))
    return value


def _without(data: object, locations: list[Location]) -> object:
    if isinstance(data, tuple):
        return tuple(
            _without(item, [loc[1:] for loc in locations if loc[0] == position])
            for position, item in enumerate(data)
        )
    if not isinstance(data, dict):
        return data
    return {
        key: _without(value, [loc[1:] for loc in locations if loc[0] == key and len(loc) > 1])
        for key, value in data.items()
        if (key,) not in locations
    }


def explained(error: ValidationError, kind: Any) -> Iterator[Finding]:
    """Turn the errors of pydantic into findings; what the reader refused is not said twice."""
    for detail in error.errors(include_url=False):
        if isinstance(detail["input"], Refused) or detail["input"] is REFUSED:
            continue
        location = tuple(step for step in detail["loc"] if step != "[key]")
        yield _explained(detail, location, kind)


def _explained(detail: Mapping[str, Any], location: Location, kind: Any) -> Finding:
    if detail["type"] == "extra_forbidden":
        fields = _fields_at(kind, location[:-1])
        found = f"the unknown field {quoted(location[-1])}"
        word = nearest(str(location[-1]), fields)
        return Finding(found, f"one of {', '.join(fields)}", f"{word}", location=location)
    if detail["type"] == "missing":
        found, expected = f"no {quoted(location[-1])}", f"a value for {quoted(location[-1])}"
        return Finding(found, expected, "add it", location=location)
    found = _shown(detail["input"])
    expected, remedy = _expectation(detail)
    if detail["type"] in ("float_type", "int_type"):
        remedy = _as_number(detail["input"]) or remedy
    is_code = location[:1] == ("municipalities",) and len(location) == 2
    if is_code and re.fullmatch(r"\d{1,4}", str(detail["input"])):
        remedy = f"write GM{detail['input']:0>4}"
    return Finding(found, expected, remedy, location=location)


def _expectation(detail: Mapping[str, Any]) -> tuple[str, str]:
    context = detail.get("ctx", {})
    if detail["type"] == "literal_error":
        words = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        return f"one of {one_of(words)}", nearest(str(detail["input"]), words)
    if detail["type"] == "string_pattern_mismatch":
        expected = PATTERNS.get(context["pattern"], "a name of letters, figures, _ + . and -")
        return expected, "correct it"
    if "ge" in context:
        return f"at least {context['ge']:g}", "correct the number"
    if "le" in context:
        return f"at most {context['le']:g}", "correct the number"
    return KINDS.get(detail["type"], (detail["msg"], "correct it"))


def _as_number(value: object) -> str | None:
    """Suggest the number that a text such as 8%, "8" or 8,5 is meant to be."""
    found = re.fullmatch(r"\s*(-?\d{1,4})(?:[.,](\d{1,4}))?\s*%?\s*", str(value))
    if found is None or not isinstance(value, str):
        return None
    return f"write {found[1]}.{found[2]}" if found[2] else f"write {found[1]}"


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"the number {str(value)[:40]}"
    if isinstance(value, date):
        return f"the day {value}"
    if isinstance(value, dict):
        return "a block of `name: value`"
    return "a list" if isinstance(value, tuple) else quoted(value)


def _fields_at(kind: Any, location: Location) -> list[str]:
    for step in location:
        kind = _inside(_bare(kind), step)
    kind = _bare(kind)
    return list(getattr(kind, "model_fields", ()))


def _inside(kind: Any, step: str | int) -> Any:
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    if get_origin(kind) is tuple:
        return get_args(kind)[0]
    return kind.model_fields[step].annotation


def _bare(kind: Any) -> Any:
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    options = [option for option in get_args(kind) if option is not type(None)]
    is_optional = get_origin(kind) is Union or type(kind).__name__ == "UnionType"
    return _bare(options[0]) if is_optional else kind
