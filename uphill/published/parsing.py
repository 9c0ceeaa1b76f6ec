"""The document's bytes as JSON, and its resorts in it."""

import json
from collections.abc import Mapping
from typing import Any

from uphill.errors import BadInput
from uphill.published.document import MAX_RESORTS
from uphill.published.values import TWICE

MAX_BYTES = 256 * 1024
_DEEPEST = 12


def parsed(body: bytes) -> dict[str, Any]:
    if len(body) > MAX_BYTES:
        raise BadInput(f"The document has {len(body):,} bytes; at most {MAX_BYTES:,} are read.")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"The document is not UTF-8: byte {error.start + 1} can't be read. Save it as UTF-8."
        ) from error
    try:
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise BadInput(
            f"The document is not JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        ) from error
    except RecursionError as error:
        raise BadInput("The document is nested too deeply.") from error
    except ValueError as error:  # a number of thousands of digits
        raise BadInput("The document holds a number that can't be read.") from error
    if _is_deep(document):
        raise BadInput("The document is nested too deeply.")
    if not isinstance(document, dict):
        raise BadInput('The document must be a JSON object: {"resort": {…}}.')
    return document


def _is_deep(value: Any) -> bool:
    layer = [value]
    for _ in range(_DEEPEST):
        layer = [
            inner
            for each in layer
            for inner in (each.values() if isinstance(each, dict) else each if isinstance(each, list) else ())
        ]
    return bool(layer)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        found[name] = TWICE if name in found else value
    return found


def _no_number(word: str) -> Any:
    raise json.JSONDecodeError(f"{word} is no number of JSON", word, 0)


def resorts_in(document: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    one, several = document.get("resort"), document.get("resorts")
    if (one is None) == (several is None):
        raise BadInput("The document must hold either 'resort', an object, or 'resorts', a list of them.")
    if several is None:
        return [("resort", _object(one, "resort"))]
    if not isinstance(several, list) or not several:
        raise BadInput("'resorts' must be a list of at least one resort.")
    if len(several) > MAX_RESORTS:
        raise BadInput(f"'resorts' holds {len(several)} resorts; at most {MAX_RESORTS} are read.")
    return [(f"resorts[{at}]", _object(raw, f"resorts[{at}]")) for at, raw in enumerate(several)]


def _object(raw: Any, place: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise BadInput(f"{place} must be an object such as {{'name': …, 'policy': {{…}}}}.")
    return raw
