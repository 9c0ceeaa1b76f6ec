"""Resorts as a table shows them: a line each, to be compared at a glance."""

from collections.abc import Iterable
from dataclasses import dataclass

from uphill.cost import season_cost_words, visit_words
from uphill.language import N_
from uphill.language import gettext as _
from uphill.search import Query, Sort
from uphill.words.wording import value_words
from webapp.cards import Card, accepted
from webapp.params import search_url


@dataclass(frozen=True, slots=True)
class Column:
    """``url`` leads to the same results in the order of the column; empty where they have none of it.

    ``order`` is ``ascending`` or ``descending`` where that is the order in force.
    """

    name: str
    words: str
    url: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """``cells`` hold the words of the facts by their column, empty where no source states them."""

    card: Card
    cells: dict[str, str]


_COLUMNS = {
    "resort": N_("Resort"),
    "access": N_("Access"),
    "when": N_("When"),
    "pass": N_("Pass"),
    "day": N_("Price of a day"),
    "season": N_("Price of a season"),
    "dogs": N_("Dogs"),
    "waiver": N_("Waiver"),
    "now": N_("Now"),
    "checked": N_("Checked"),
}
FACTS = ("when", "pass", "day", "season", "dogs", "waiver")
_SORTS = {
    "resort": (Sort.NAME, "ascending"),
    "day": (Sort.PRICE, "ascending"),
    "checked": (Sort.FRESHNESS, "descending"),
}


def columns_of(query: Query) -> tuple[Column, ...]:
    return tuple(_column(name, _(words), query) for name, words in _COLUMNS.items())


def _column(name: str, words: str, query: Query) -> Column:
    if name not in _SORTS:
        return Column(name, words)
    sort, order = _SORTS[name]
    url = search_url(query.model_copy(update={"sort": sort, "page": 1}))
    return Column(name, words, url, order if query.sort is sort else "")


def rows_of(cards: Iterable[Card]) -> tuple[Row, ...]:
    return tuple(Row(card, _cells(card)) for card in cards)


def _cells(card: Card) -> dict[str, str]:
    policy = card.listing.policy
    when = next((glance.words for glance in card.glances if glance.name == "when"), "")
    cells = {
        "when": when,
        "day": visit_words(policy),
        "season": season_cost_words(policy),
    }
    for column, fact in (("pass", "pass_required"), ("dogs", "dogs"), ("waiver", "waiver")):
        value = getattr(policy, fact)
        cells[column] = "" if value == "unknown" else value_words(fact, value)
    cells["pass"] = ", ".join(part for part in (cells["pass"], *accepted(policy)) if part)
    return cells
