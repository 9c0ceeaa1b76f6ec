"""The API's description: schemas as the models are written out, parameters from the search filters."""

from collections.abc import Iterator
from functools import partial
from inspect import getdoc
from typing import Any

from apiflask import APIFlask
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from uphill.licence import ATTRIBUTION, LICENCE_NAME, LICENCE_URL
from uphill.policy_schema import described
from uphill.published import MINIMAL
from webapp.errors import ApiError
from webapp.views.api.documents import DOCUMENTS
from webapp.views.api.parameters import PARAMETERS

_PREFIX = "/api/v1"
_REFERENCE = "#/components/schemas/{model}"
_ERRORS: dict[str, str] = {
    "400": "A parameter or a value that is not taken; `message` says which, and what to do",
    "406": "Something other than JSON was asked for",
    "414": "The address is too long",
    "429": "Too much was asked from one network address; `Retry-After` says how long to wait",
    "500": "The site failed; the failure was logged",
}
_NOT_FOUND = {"404": "There is no such resort or region; `message` says what is near"}
_MORE_ERRORS: dict[str, dict[str, str]] = {
    "/resorts/{slug}": _NOT_FOUND,
    "/resorts/{slug}/history": _NOT_FOUND,
    "/regions/{code}": _NOT_FOUND,
    "/changes": _NOT_FOUND,
    "/check": {"413": "The document is too large", "415": "The document was not sent as JSON"},
}
_HEADERS = {
    "ETag": "Tells this answer apart from others; sent back as `If-None-Match` it saves sending the same again",
    "Last-Modified": "Since when this answer is as it is, where that is known",
    "Link": "The licence, and the next page as `rel=next`",
}


def attach(app: APIFlask) -> None:
    app.config["OPENAPI_VERSION"] = "3.1.0"
    app.config["AUTO_404_RESPONSE"] = False
    app.config["INFO"] = {
        "description": f"Uphill-access policies of ski resorts. Data: {ATTRIBUTION}.",
        "license": {"name": LICENCE_NAME, "url": LICENCE_URL},
    }
    app.config["SERVERS"] = [{"url": "/"}]
    app.spec_processor(partial(_complete, app))


def _complete(app: APIFlask, spec: dict[Any, Any] | str) -> dict[Any, Any] | str:
    if isinstance(spec, str):  # YAML, which is not served
        return spec
    # APIFlask describes models as they are read in; a window, say, is written out as one text.
    documents: tuple[type[BaseModel], ...] = (*DOCUMENTS, ApiError)
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [(each, "serialization") for each in documents]
    _, schemas = models_json_schema(models, ref_template=_REFERENCE)
    spec["components"] = {"schemas": described(schemas["$defs"])}
    operations = spec["paths"]
    spec["paths"] = {
        f"{_PREFIX}{path}": operations.pop(f"{_PREFIX}{path}") for path in PARAMETERS
    } | operations
    docs = {view._spec["operation_id"]: getdoc(view) for view in _views(app)}  # noqa: SLF001 - APIFlask's
    for path, parameters in PARAMETERS.items():
        for method, operation in spec["paths"][f"{_PREFIX}{path}"].items():
            operation["description"] = docs[operation["operationId"]]
            operation["parameters"] = [each.told() for each in parameters]
            _tell_answers(operation, path, method)
            if method == "post":
                operation["requestBody"] = _document()
    return spec


def _views(app: APIFlask) -> Iterator[Any]:
    return (view for view in app.view_functions.values() if "operation_id" in getattr(view, "_spec", {}))


def _tell_answers(operation: dict[str, Any], path: str, method: str) -> None:
    """All the ways in which an endpoint may answer."""
    answers = {"200": operation["responses"]["200"]}
    told = {name: {"description": text, "schema": {"type": "string"}} for name, text in _HEADERS.items()}
    if method == "get":
        answers["200"]["headers"] = told
        answers["304"] = {"description": "Nothing changed since the answer that the client has"}
    reference = {"$ref": _REFERENCE.format(model=ApiError.__name__)}
    for status, description in (_ERRORS | _MORE_ERRORS.get(path, {})).items():
        answers[status] = {"description": description, "content": {"application/json": {"schema": reference}}}
    operation["responses"] = dict(sorted(answers.items()))


def _document() -> dict[str, Any]:
    """Any JSON is taken, and told what is wrong with it."""
    content = {"application/json": {"schema": {"type": "object"}, "example": MINIMAL}}
    return {"required": True, "description": "The document, as it would be published", "content": content}
