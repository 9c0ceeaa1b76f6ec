"""URL ⇄ Query: every state of the search is an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import Flask, g, url_for
from werkzeug.datastructures import MultiDict

from uphill.asking import place_named
from uphill.errors import BadFilter
from uphill.language import N_, current_language
from uphill.language import gettext as _
from uphill.search import Query, Sort
from webapp.names import known_names

SORTS = {
    Sort.RELEVANCE: N_("Best match"),
    Sort.POLICY: N_("Policy known"),
    Sort.NAME: N_("Name"),
    Sort.REGION: N_("Region"),
    Sort.FRESHNESS: N_("Last checked"),
    Sort.DISTANCE: N_("Distance"),
    Sort.PRICE: N_("Price"),
}
_NEAREST = N_("Nearest")


def sorts_of(query: Query) -> dict[Sort, str]:
    """The orders that make a difference for ``query``; the first is the one that needs not be asked for."""
    default, same = (SORTS[Sort.POLICY], Sort.POLICY) if query.near is None else (_NEAREST, Sort.DISTANCE)
    first = SORTS[Sort.RELEVANCE] if query.text else default
    useless = set() if query.text else {same}
    useless |= {Sort.DISTANCE} if query.near is None else set()
    return {
        sort: _(first if sort is Sort.RELEVANCE else words)
        for sort, words in SORTS.items()
        if sort not in useless
    }


class View(StrEnum):
    """How results are shown: a parameter of the page (``view``), not of the search."""

    LIST = "list"
    TABLE = "table"
    MAP = "map"


VIEWS = {View.LIST: N_("List"), View.TABLE: N_("Table"), View.MAP: N_("Map")}


def keep_view(args: MultiDict[str, str]) -> MultiDict[str, str]:
    """The other parameters; all addresses of searches that the request makes keep its view. Raises BadFilter."""
    others = MultiDict(args)
    asked = [word for word in others.poplist("view") if word]
    if asked and asked[-1] not in tuple(View):
        allowed = ", ".join(View)
        raise BadFilter(
            "view",
            _(
                "Results can’t be shown as %(word)s. Try one of: %(allowed)s.",
                word=asked[-1][:20],
                allowed=allowed,
            ),
            tuple(View),
        )
    g.view = View(asked[-1]) if asked else View.LIST
    return others


def current_view() -> View:
    view: View = g.get("view", View.LIST)
    return view


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter: its words, and the address of the same search without it."""

    words: str
    url: str


def attach(app: Flask) -> None:
    app.add_template_global(search_url)
    app.add_template_global(page_url)


def query_from(args: MultiDict[str, str]) -> Query:
    """The query of an address; a form sends empty fields too, and a place may be a name. Raises BadFilter."""
    values = args.to_dict(flat=False)
    near = next((word for word in reversed(values.get("near", ())) if word.strip()), "")
    if near:
        values["near"] = [_place(near)]
    return Query.parse(values)


def names_a_place(args: MultiDict[str, str]) -> bool:
    """Whether the place is written as a name, not in degrees as addresses have it."""
    near = args.get("near", "").lstrip("- ")
    return bool(near) and not near[0].isdigit()


def _place(near: str) -> str:
    if near.lstrip("- ")[:1].isdigit():
        return near
    return place_named(near, known_names(), current_language()).value


def regions_in(args: MultiDict[str, str]) -> tuple[str, ...]:
    """The codes of regions and countries that are given, wrong ones included."""
    return tuple(code.strip().upper() for text in args.getlist("region") for code in text.split(","))


def search_url(
    query: Query, endpoint: str = "search.index", *, view: View | None = None, external: bool = False
) -> str:
    """The address of ``query``; that of the page in the view of the request, or in another ``view``."""
    values: dict[str, list[str]] = {}
    for name, value in query.parameters():
        values.setdefault(name, []).append(value)
    if endpoint == "search.index" and (shown := view or current_view()) is not View.LIST:
        values["view"] = [shown]
    arguments: Mapping[str, Any] = values
    return url_for(endpoint, _external=external, **arguments)


def page_url(query: Query, page: int) -> str:
    return search_url(query.model_copy(update={"page": page}))


def chosen(query: Query) -> dict[str, tuple[str, ...]]:
    """The values that narrow ``query``, by parameter; the text first."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in query.narrowing():
        found[name] = (*found.get(name, ()), value)
    return found


def chips(query: Query) -> tuple[Chip, ...]:
    """One chip for the text and one for each value chosen."""
    return tuple(
        Chip(query.sentence_of(name, value), search_url(query.without(name, value)))
        for name, value in query.narrowing()
    )
