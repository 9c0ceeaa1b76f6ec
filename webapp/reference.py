"""The API's documentation, out of its own description: it can't tell anything else than the API does."""

import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextvars import Context
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from werkzeug.test import Client

from webapp.views.api.parameters import PARAMETERS

_PREFIX = "/api/v1"
_MOST_KEPT = 64
_KEPT_FOR = timedelta(minutes=10)
_NOBODY = "0.0.0.0"  # noqa: S104 - whose address counts for what the page itself asks
_KEYS_SHOWN = 3
_LONG = frozenset({"facets", "evidence", "counts", "outcomes"})
"""Objects with a key for each of many things, of which a few tell how the others are."""


@dataclass(frozen=True, slots=True)
class Told:
    """A parameter: ``values`` are all that it takes, where they can be listed; ``kind`` words for what it takes."""

    name: str
    description: str
    kind: str
    values: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """One endpoint. ``address`` is an example of it, path and query; ``body`` the JSON sent with it, if any."""

    name: str
    method: str
    path: str
    summary: str
    paragraphs: tuple[str, ...]
    parameters: tuple[Told, ...]
    address: str
    statuses: tuple[tuple[str, str], ...]
    body: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """As it was ``at`` that time (aware)."""

    status: int
    text: str
    at: datetime


def operations(description: Mapping[str, Any], values: Mapping[str, str]) -> tuple[Operation, ...]:
    """All endpoints in their order; ``values`` are examples of parameters, instead of those of the description."""
    return tuple(
        _operation(method, f"{_PREFIX}{path}", told, values)
        for path in PARAMETERS
        for method, told in description["paths"][f"{_PREFIX}{path}"].items()
    )


def _operation(method: str, path: str, told: Mapping[str, Any], values: Mapping[str, str]) -> Operation:
    examples = {each["name"]: values.get(each["name"], each.get("example")) for each in told["parameters"]}
    query, address = [], path
    for each in told["parameters"]:
        if each["in"] == "path":
            address = address.replace(f"{{{each['name']}}}", str(examples[each["name"]]))
        elif (example := examples[each["name"]]) is not None:
            query += [
                (each["name"], value) for value in (example if isinstance(example, list) else [example])
            ]
    content = told.get("requestBody", {}).get("content", {}).get("application/json")
    return Operation(
        name=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        paragraphs=tuple(" ".join(part.split()) for part in told["description"].split("\n\n")),
        parameters=tuple(map(_told, told["parameters"])),
        address=f"{address}?{urlencode(query, safe=',:')}" if query else address,
        statuses=tuple((status, each["description"]) for status, each in sorted(told["responses"].items())),
        body=_as_text(content["example"]) if content is not None else "",
    )


def _told(parameter: Mapping[str, Any]) -> Told:
    schema = parameter["schema"]
    item = schema.get("items", schema)
    kind = "whole number" if item["type"] == "integer" else ""
    if "maximum" in item:
        kind += f" from {item['minimum']} to {item['maximum']:,}"
    if "default" in schema:
        kind += f", else {schema['default']}" if kind else f"else {schema['default']}"
    return Told(
        name=parameter["name"],
        description=parameter["description"],
        kind=kind,
        values=tuple(item.get("enum", ())),
        required=parameter["required"],
    )


class Examples:
    """Answers to the examples as the API gives them, shortened; each is kept for some minutes."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, ...], Answer] = OrderedDict()
        self._lock = Lock()
        self._description: dict[str, Any] = {}

    def description(self, app: Flask) -> dict[str, Any]:
        """The OpenAPI document; it stays as it is while the program runs."""
        if not self._description:
            self._description = _asked(app, "GET", f"{_PREFIX}/openapi.json", "", "http://localhost")[1]
        return self._description

    def answer(self, app: Flask, operation: Operation, base_url: str, now: datetime) -> Answer:
        key = (operation.method, operation.address, base_url)
        with self._lock:
            kept = self._kept.get(key)
        if kept is None or not timedelta(0) <= now - kept.at < _KEPT_FOR:
            status, told = _asked(app, operation.method, operation.address, operation.body, base_url)
            kept = Answer(status, _as_text(shortened(told)), now)
            with self._lock:
                self._kept[key] = kept
                self._kept.move_to_end(key)
                while len(self._kept) > _MOST_KEPT:
                    self._kept.popitem(last=False)
        return kept


def _asked(app: Flask, method: str, address: str, body: str, base_url: str) -> tuple[int, Any]:
    """Status and JSON of an answer, as somebody else would get it: in no request's context, and in English."""

    def ask() -> tuple[int, Any]:
        response = Client(app).open(
            address,
            method=method,
            base_url=base_url,
            data=body.encode() or None,
            content_type="application/json" if body else None,
            environ_overrides={"REMOTE_ADDR": _NOBODY},
        )
        return response.status_code, response.json

    return Context().run(ask)


def shortened(value: Any, name: str = "") -> Any:
    """With one element of each list, and of objects that are as long a few; what is left out is told."""
    if isinstance(value, list):
        more = [f"… {len(value) - 1} more"] if len(value) > 1 else []
        return [shortened(each) for each in value[:1]] + more
    if isinstance(value, dict):
        kept = list(value.items())
        if name in _LONG and len(kept) > _KEYS_SHOWN + 1:
            return dict(_first(kept)) | {"…": f"{len(kept) - _KEYS_SHOWN} more"}
        return {key: shortened(each, key) for key, each in kept}
    return value


def _first(items: list[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    for key, each in items[:_KEYS_SHOWN]:
        yield key, shortened(each, key)


def _as_text(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
