"""A wrong setting in words: what is wrong, where it is written, what to write instead."""

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from uphill.setting_sources import Origin

_KINDS = {int: "a whole number", float: "a number", bool: "true or false", str: "text"}
_SECRET_LISTS = {"urls"}
_A_LIST = ' is no list; write one, such as ["…"].'
_FAULTS = {
    "missing": " is missing; write it as a list.",
    "too_short": " is empty; name at least one.",
    "extra_forbidden": " is not known there; correct its name or leave it out.",
    "tuple_type": _A_LIST,
    "string_type": " has an element that is no text; write it in quotes.",
    "model_type": " is no table; write [[notify]] above its keys.",
}


def sentences(
    errors: Sequence[ErrorDetails], fields: Mapping[str, FieldInfo], origins: Mapping[str, Origin]
) -> list[str]:
    """One for each of the errors that pydantic found."""
    places = [error["loc"] for error in errors]
    return [
        _sentence(error, fields[str(error["loc"][0])], origins[str(error["loc"][0])])
        for error in errors
        # A list whose only element is wrong is no empty one, though pydantic says that too.
        if error["type"] != "too_short" or places.count(error["loc"]) == len(_within(error["loc"], places))
    ]


def _within(place: tuple[int | str, ...], places: Sequence[tuple[int | str, ...]]) -> list[object]:
    return [each for each in places if each[: len(place)] == place]


def without_password(text: str) -> str:
    """A URL (or what was meant as one) with its password and whatever is secret in its query hidden."""
    text = re.sub(r"(?i)([?&][^=&]*(?:pass|secret|token|key)[^=&]*=)[^&]*", r"\1***", text)
    login, at, place = text.rpartition("@")
    scheme, slashes, who = login.rpartition("://") if "://" in login else ("", "", login)
    user, colon, _ = who.partition(":")
    return f"{scheme}{slashes}{user}{':***' if colon else ''}{at}{place}" if at else text


def _sentence(error: ErrorDetails, field: FieldInfo, origin: Origin) -> str:
    name, *inner = error["loc"]
    if inner:
        return f"{_place(str(name), inner)} in {origin.where}{_inner_fault(error, inner)}"
    if error["type"] == "tuple_type":
        return f"{name} in {origin.where} is no list of tables; write [[{name}]] above the keys of each."
    value = without_password(repr(error["input"]))
    if error["type"] == "value_error":
        return f"{origin.naming(str(name))} is {value}: {_own_words(error)}."
    return f"{origin.naming(str(name))} is {value}; give it {wanted(field)}."


def wanted(field: FieldInfo) -> str:
    """What a setting takes: ``a whole number from 0 to 65535``, ``a number of at least 0``."""
    kind = _kind(field.annotation)
    limits = {
        name: bound
        for limit in field.metadata
        for name in ("ge", "gt", "le", "lt")
        if (bound := getattr(limit, name, None)) is not None
    }
    match limits:
        case {"ge": least, "le": most}:
            return f"{kind} from {least} to {most}"
        case {"ge": least}:
            return f"{kind} of at least {least}"
        case {"gt": above, "le": most}:
            return f"{kind} above {above}, {most} at most"
        case {"gt": above}:
            return f"{kind} above {above}"
        case {"le": most}:
            return f"{kind} of at most {most}"
    return kind


def _kind(annotation: Any) -> str:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return "one of " + ", ".join(str(member.value) for member in annotation)
    return _KINDS.get(annotation, "a value of another kind")


def _place(name: str, inner: list[int | str]) -> str:
    """``on of the 2nd [[notify]]``."""
    number, *keys = inner
    if not isinstance(number, int):
        return ".".join(map(str, (name, *inner)))
    table = f"The {_ordinal(number + 1)} [[{name}]]"
    return f"{keys[0]} of {table[0].lower()}{table[1:]}" if keys else table


def _inner_fault(error: ErrorDetails, inner: list[int | str]) -> str:
    """What is wrong with a key of a table, or with the table."""
    own = _own_words(error)
    if error["type"] == "value_error" and len(inner) == 1:
        return f" {own}."
    if error["type"] == "value_error" and inner[1] in _SECRET_LISTS:
        return f" has one (number {int(inner[2]) + 1}) which {own}."
    if error["type"] == "value_error":
        return f" has {error['input']!r}, which {own}."
    if error["type"] == "enum":
        return f" has {error['input']!r}; it takes {error['ctx']['expected']}."
    return _FAULTS.get(error["type"], f" can't be used: {own}.")


def _own_words(error: ErrorDetails) -> str:
    return str(error.get("ctx", {}).get("error", error["msg"]))


def _ordinal(number: int) -> str:
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in {11, 12, 13} else "th"
    return f"{number}{suffix}"
