"""The JSON Schema of a policy, from its models, told in words (``policy_words.toml``)."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from uphill.policy import Policy
from uphill.vocabulary import Day, Event

DIALECT = "https://json-schema.org/draft/2020-12/schema"
POLICY_PATH = "/schema/policy/v1.json"
PUBLISHED_PATH = "/schema/published/v1.json"
UNKNOWN = "the source does not say; it never means no"

_DAY = f"({'|'.join(Day)})"
_MOMENT = f"(([01][0-9]|2[0-3]):[0-5][0-9]|24:00|{'|'.join(Event)})"
WINDOW: dict[str, Any] = {
    "type": "string",
    "title": "Window",
    "description": "[DAYS ]FROM-TO. Days as in OpenStreetMap's opening_hours: Mo, Tu, We, Th, Fr, Sa, Su, as a list "
    "or a range; without days it is every day. FROM and TO are HH:MM by the resort's clock (an end before the start "
    "is on the next day), or one of dawn, sunrise, sunset, dusk, lift_open (when the lifts open) and lift_close.",
    "pattern": rf"^({_DAY}([-,]{_DAY})* )?{_MOMENT}-{_MOMENT}$",
    "examples": ["05:00-08:30", "Mo-Fr 05:00-lift_open", "Sa,Su 17:00-21:00"],
}


def policy_schema(address: str) -> dict[str, Any]:
    """JSON Schema 2020-12 of a policy, its ``$id`` being ``address``."""
    schema = Policy.model_json_schema(mode="serialization")
    definitions = schema.pop("$defs")
    told = described({"Policy": schema, **definitions})
    policy = told.pop("Policy")
    head = {"$schema": DIALECT, "$id": address, "title": "Uphill policy"}
    about = {
        "description": "One ski resort's rules for going up its slopes under one's own power. A fact that is left out, "
        "unknown, null or an empty list is not stated; it never means no."
    }
    return {
        **head,
        **about,
        **{key: value for key, value in policy.items() if key not in head | about},
        "$defs": told,
    }


def described(definitions: dict[str, Any]) -> dict[str, Any]:
    """``definitions`` (of a schema made by pydantic) with words at those that a policy is made of."""
    words = policy_words()
    found = {name: _plain(schema) for name, schema in definitions.items()}
    for name, schema in found.items():
        if name == "Policy":
            found[name] = _with_words(schema, words["facts"])
        elif name in words["parts"]:
            found[name] = _with_words(schema, words["parts"][name])
        elif name in words["values"]:
            found[name] = _with_meanings(schema, words["values"][name])
        elif name == "Window":
            found[name] = WINDOW
    return found


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """Its description, a docstring, as Markdown."""
    said = schema.get("description")
    return schema if said is None else {**schema, "description": said.replace("``", "`").replace("\n", " ")}


@cache
def policy_words() -> dict[str, Any]:
    """The file of words: ``facts``, ``parts`` by model, and ``values`` by enum."""
    return tomllib.loads(files("uphill").joinpath("policy_words.toml").read_text(encoding="utf-8"))


def _with_words(schema: dict[str, Any], words: dict[str, Any]) -> dict[str, Any]:
    properties = {}
    for name, property_ in schema["properties"].items():
        told = dict(words[name])
        pattern = told.pop("pattern", None)
        said = {key: value for key, value in property_.items() if key not in {"title", "description"}}
        if pattern is not None:
            said = _with_pattern(said, pattern)
        properties[name] = {**told, **said}
    return {**schema, "properties": properties}


def _with_pattern(schema: dict[str, Any], pattern: str) -> dict[str, Any]:
    """A text, or one of several types of which one is a text, that is of this form."""
    if "anyOf" in schema:
        return {**schema, "anyOf": [_with_pattern(each, pattern) for each in schema["anyOf"]]}
    return {**schema, "pattern": pattern} if schema.get("type") == "string" else schema


def _with_meanings(schema: dict[str, Any], meanings: dict[str, str]) -> dict[str, Any]:
    known = {**meanings, "unknown": UNKNOWN}
    told = [{"const": value, "description": known[value]} for value in schema["enum"]]
    return {**schema, "oneOf": told}
