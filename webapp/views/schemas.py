"""The formats of the data as JSON Schema, at addresses that stay."""

from apiflask import APIBlueprint
from flask import Response, url_for
from flask.json import dumps

from uphill.policy_schema import POLICY_PATH, PUBLISHED_PATH, policy_schema
from uphill.published.schema import published_schema

endpoints = APIBlueprint("schemas", __name__, enable_openapi=False)

_MIMETYPE = "application/schema+json"
_A_WEEK = 7 * 24 * 3600


@endpoints.get(POLICY_PATH)
def policy() -> Response:
    return _answer(policy_schema(_address("policy")))


@endpoints.get(PUBLISHED_PATH)
def published() -> Response:
    return _answer(published_schema(_address("published"), _address("policy")))


def _address(name: str) -> str:
    return url_for(f"schemas.{name}", _external=True)


def _answer(schema: dict[str, object]) -> Response:
    response = Response(dumps(schema, indent=1, sort_keys=False, ensure_ascii=False), mimetype=_MIMETYPE)
    response.headers["Cache-Control"] = f"public, max-age={_A_WEEK}"
    return response
