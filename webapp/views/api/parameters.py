"""The parameters of the API's endpoints, as its description tells them."""

from dataclasses import dataclass, field
from typing import Any

from uphill.search.filters import FILTERS
from uphill.search.parameters import AMOUNT, MAX_PAGE, MAX_SIZE, MAX_TEXT, Opening, Sort
from uphill.search.places import DEFAULT_KM, MAX_KM
from uphill.search.query import PRICES
from webapp.views.api.keeping import USUAL_SIZE as USUAL_SOURCES
from webapp.views.api.resorts import MOST_VERSIONS, VERSIONS

_TEXT: dict[str, Any] = {"type": "string"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """``example`` is a value that works; ``where`` it stands: ``query`` or ``path``."""

    name: str
    description: str
    schema: dict[str, Any]
    example: Any = None
    where: str = "query"
    extra: dict[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        found = {
            "name": self.name,
            "in": self.where,
            "required": self.where == "path",
            "description": self.description,
            "schema": self.schema,
        }
        return found | self.extra | ({} if self.example is None else {"example": self.example})


def _listed(name: str, description: str, item: dict[str, Any], example: Any = None) -> Parameter:
    """One that may be given several times; its values widen the search."""
    extra = {"style": "form", "explode": True}
    return Parameter(name, description, {"type": "array", "items": item}, example, extra=extra)


def _whole_number(most: int, usual: int | None = None) -> dict[str, Any]:
    found = {"type": "integer", "minimum": 1, "maximum": most}
    return found if usual is None else found | {"default": usual}


def _size(what: str, most: int, usual: int) -> Parameter:
    return Parameter("size", f"{what} a page", _whole_number(most, usual))


CURSOR = Parameter(
    "cursor", "Where the page before ended: take it, or the whole address in `next`, from there", _TEXT
)
_SLUG = Parameter("slug", "The resort's slug, as searches tell it", _TEXT, "copper-mountain", "path")
_CODE = Parameter("code", "A country (ISO 3166-1) or a state (ISO 3166-2)", _TEXT, "US-CO", "path")

_SEARCH = (
    Parameter(
        "text",
        "Words of names, places, regions, routes and quoted rules; the last may be the beginning of one. "
        "Where nothing holds them, `correction` tells what was searched for instead",
        _TEXT | {"maxLength": MAX_TEXT},
    ),
    _listed("region", "Countries (ISO 3166-1) or states (ISO 3166-2)", _TEXT, ["US-CO"]),
    *(
        _listed(
            name,
            each.label,
            _TEXT | {"enum": list(each.values)},
            ["allowed"] if name == "access" else None,
        )
        for name, each in FILTERS.items()
    ),
    Parameter(
        "near",
        "A town or a resort (`Burlington, VT`), or latitude and longitude in degrees, 39.74,-104.99",
        _TEXT,
    ),
    Parameter(
        "km",
        "How far around `near`",
        {"type": "integer", "minimum": 1, "maximum": MAX_KM, "default": DEFAULT_KM},
    ),
    Parameter(
        "at",
        "Open at this time by each resort's clock, 2026-11-28T06:00, at most 13 days ahead",
        _TEXT | {"pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$"},
    ),
    _listed("open", "How sure that is; without `at`, now", _TEXT | {"enum": list(Opening)}),
    *(
        Parameter(name, f"The most that {lasting} may cost; needs `currency`", _TEXT | {"pattern": AMOUNT})
        for name, lasting in PRICES.items()
    ),
    Parameter(
        "currency", "ISO 4217: prices in this one alone are compared", _TEXT | {"pattern": "^[A-Za-z]{3}$"}
    ),
    Parameter("sort", "Order of the resorts", _TEXT | {"enum": list(Sort), "default": Sort.RELEVANCE}),
    Parameter("page", "Page of the results, from 1; not beside `cursor`", _whole_number(MAX_PAGE)),
    Parameter("size", "Resorts a page", _whole_number(MAX_SIZE, 25), 1),
    CURSOR,
)

PARAMETERS: dict[str, tuple[Parameter, ...]] = {
    "/resorts": _SEARCH,
    "/resorts/{slug}": (_SLUG,),
    "/resorts/{slug}/history": (_SLUG, _size("Versions", MOST_VERSIONS, VERSIONS), CURSOR),
    "/changes": (
        Parameter("since", "A day or a time (ISO 8601); UTC where it names no zone", _TEXT, "2026-01-01"),
        Parameter("region", "A country (ISO 3166-1) or a state (ISO 3166-2)", _TEXT),
        Parameter("resort", "A resort's slug", _TEXT),
        _size("Changes", MAX_SIZE, 50),
        CURSOR,
    ),
    "/regions": (_size("Regions", MAX_SIZE, MAX_SIZE), CURSOR),
    "/regions/{code}": (_CODE,),
    "/coverage": (),
    "/health": (),
    "/health/sources": (_size("Pages", MAX_SIZE, USUAL_SOURCES), CURSOR),
    "/check": (),
}
"""By path, in the order in which the documentation tells them."""
