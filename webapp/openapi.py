"""The API's description: schemas as the models are written out, parameters from the search filters."""

from typing import Any

from apiflask import APIFlask
from pydantic.json_schema import models_json_schema

from uphill.licence import ATTRIBUTION, LICENCE_NAME, LICENCE_URL
from uphill.search.filters import FILTERS
from uphill.search.parameters import AMOUNT, MAX_PAGE, MAX_SIZE, MAX_TEXT, Opening
from uphill.search.places import DEFAULT_KM, MAX_KM
from uphill.search.query import PRICES
from webapp.errors import ApiError
from webapp.params import SORTS
from webapp.views.api import ChangesDocument, RegionsDocument, ResortDocument, ResultsDocument

_REFERENCE = "#/components/schemas/{model}"
_DOCUMENTS = (ResultsDocument, ResortDocument, ChangesDocument, RegionsDocument, ApiError)


def attach(app: APIFlask) -> None:
    app.config["OPENAPI_VERSION"] = "3.1.0"
    app.config["AUTO_404_RESPONSE"] = False
    app.config["INFO"] = {
        "description": f"Uphill-access policies of ski resorts. Data: {ATTRIBUTION}.",
        "license": {"name": LICENCE_NAME, "url": LICENCE_URL},
    }
    app.config["SERVERS"] = [{"url": "/"}]
    app.spec_processor(_complete)


def _complete(spec: dict[Any, Any] | str) -> dict[Any, Any] | str:
    if isinstance(spec, str):  # YAML, which is not served
        return spec
    # APIFlask describes models as they are read in; a window, say, is written out as one text.
    _, schemas = models_json_schema(
        [(model, "serialization") for model in _DOCUMENTS], ref_template=_REFERENCE
    )
    # It refers to errors, which are ours, by the name of its own.
    errors = {"HTTPError": {"$ref": _REFERENCE.format(model=ApiError.__name__)}}
    spec["components"] = {"schemas": schemas["$defs"] | errors}
    spec["paths"]["/api/v1/resorts"]["get"]["parameters"] = _parameters()
    spec["paths"]["/api/v1/changes"]["get"]["parameters"] = _change_parameters()
    return spec


def _parameters() -> list[dict[str, Any]]:
    text = {"type": "string"}
    return [
        _parameter(
            "text",
            "Words of names, places, regions, routes and quoted rules; the last may be the beginning of one. "
            "Where nothing holds them, `correction` tells what was searched for instead",
            text | {"maxLength": MAX_TEXT},
        ),
        _listed("region", "Countries (ISO 3166-1) or states (ISO 3166-2)", text),
        *(_listed(name, each.label, text | {"enum": list(each.values)}) for name, each in FILTERS.items()),
        _parameter("near", "Latitude and longitude in degrees, 39.74,-104.99; a name may follow", text),
        _parameter(
            "km",
            "How far around `near`",
            {"type": "integer", "minimum": 1, "maximum": MAX_KM, "default": DEFAULT_KM},
        ),
        _parameter(
            "at",
            "Open at this time by each resort's clock, 2026-11-28T06:00, at most 13 days ahead",
            text | {"pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$"},
        ),
        _listed("open", "How sure that is; without `at`, now", text | {"enum": list(Opening)}),
        *(
            _parameter(
                name, f"The most that {lasting} may cost; needs `currency`", text | {"pattern": AMOUNT}
            )
            for name, lasting in PRICES.items()
        ),
        _parameter(
            "currency", "ISO 4217: prices in this one alone are compared", text | {"pattern": "^[A-Za-z]{3}$"}
        ),
        _parameter("sort", "Order of the resorts", text | {"enum": list(SORTS)}),
        _parameter("page", "Page of the results, from 1", _whole_number(MAX_PAGE)),
        _parameter("size", "Resorts a page", _whole_number(MAX_SIZE)),
    ]


def _whole_number(most: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": most}


def _change_parameters() -> list[dict[str, Any]]:
    text = {"type": "string"}
    return [
        _parameter("since", "A day or a time (ISO 8601); UTC where it names no zone", text),
        _parameter("region", "A country (ISO 3166-1) or a state (ISO 3166-2)", text),
        _parameter("resort", "A resort's slug", text),
        _parameter("size", "Changes a page", _whole_number(MAX_SIZE)),
        _parameter("cursor", "Where the page before ended", text),
    ]


def _listed(name: str, description: str, item: dict[str, Any]) -> dict[str, Any]:
    """A parameter that may be given several times; its values widen the search."""
    parameter = _parameter(name, description, {"type": "array", "items": item})
    return parameter | {"style": "form", "explode": True}


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
