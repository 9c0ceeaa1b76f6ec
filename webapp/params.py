"""URL ⇄ Query: every state of the search is an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, url_for
from werkzeug.datastructures import MultiDict

from uphill.search import Query, Sort
from uphill.search.filters import FILTERS

SORTS = {
    Sort.RELEVANCE: "Best match",
    Sort.POLICY: "Policy known",
    Sort.NAME: "Name",
    Sort.REGION: "Region",
    Sort.FRESHNESS: "Last checked",
    Sort.DISTANCE: "Distance",
    Sort.PRICE: "Price",
}


def sorts_of(query: Query) -> dict[Sort, str]:
    """The orders that make a difference for ``query``; the first is the one that needs not be asked for."""
    default = SORTS[Sort.POLICY] if query.near is None else "Nearest"
    first = SORTS[Sort.RELEVANCE] if query.text else default
    same = {"Nearest": Sort.DISTANCE, SORTS[Sort.POLICY]: Sort.POLICY}.get(first)
    useless = {same} if query.near is not None else {same, Sort.DISTANCE}
    return {
        sort: first if sort is Sort.RELEVANCE else words
        for sort, words in SORTS.items()
        if sort not in useless
    }


def kept(query: Query) -> list[tuple[str, str]]:
    """What a form that shows text, region and filters has to carry on unseen."""
    shown = {"text", "region", "page", *FILTERS}
    return [(name, value) for name, value in query.parameters() if name not in shown]


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter: its words, and the address of the same search without it."""

    words: str
    url: str


def attach(app: Flask) -> None:
    app.add_template_global(search_url)
    app.add_template_global(page_url)


def query_from(args: MultiDict[str, str]) -> Query:
    """The query of an address; a form sends empty fields too. Raises BadFilter."""
    return Query.parse(args.to_dict(flat=False))


def search_url(query: Query, endpoint: str = "search.index") -> str:
    """The address of ``query``."""
    values: dict[str, list[str]] = {}
    for name, value in query.parameters():
        values.setdefault(name, []).append(value)
    arguments: Mapping[str, Any] = values
    return url_for(endpoint, **arguments)


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
