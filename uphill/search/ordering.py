"""The order of what was found; all orders end with the names."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from uphill.regions import country_of
from uphill.search.bits import first, mask_of, positions
from uphill.search.index import Index
from uphill.search.matching import Matched
from uphill.search.parameters import Sort
from uphill.search.prices import PERIODS, cheapest, free


def ordered(matched: Matched, sort: Sort) -> Iterator[int]:
    """The positions of all that was found."""
    return _ORDERS[sort](matched, matched.found)


def _by_name(matched: Matched, found: int) -> Iterator[int]:
    del matched
    return positions(found)


def _by_policy(matched: Matched, found: int) -> Iterator[int]:
    known = matched.index.with_policy
    return chain(positions(found & known), positions(found & ~known))


def _by_region(matched: Matched, found: int) -> Iterator[int]:
    resorts = matched.index.resorts
    regions = [(mask & found, code) for code, mask in matched.index.sets["region"].items() if mask & found]
    named = [(country_of(code), resorts[first(mask)].region_name, mask) for mask, code in regions]
    return chain.from_iterable(positions(mask) for *_, mask in sorted(named))


def _by_freshness(matched: Matched, found: int) -> Iterator[int]:
    """Ours by when they were last confirmed, then those of lists by their dates, then the others."""
    index = matched.index
    listed = index.having("freshness", ("listed",)) & found
    ours = index.with_policy & found & ~listed
    return chain(
        _newest_first(index, ours, lambda policy: policy.last_confirmed),
        _newest_first(index, listed, lambda policy: policy.as_of or ""),
        positions(found & ~index.with_policy),
    )


def _newest_first(index: Index, mask: int, age: Callable[[Any], Any]) -> Iterable[int]:
    # A sort in reverse keeps those that are equal in the order of their names.
    return sorted(positions(mask), key=lambda at: age(index.resorts[at].policy), reverse=True)


def _by_distance(matched: Matched, found: int) -> Iterator[int]:
    """Without a place to measure from, as those with a known policy first."""
    if matched.distances is None:
        return _by_policy(matched, found)
    distances = matched.distances
    return iter(sorted(positions(found), key=lambda at: distances[at]))


def _by_price(matched: Matched, found: int) -> Iterator[int]:
    """Free ones, then by the price of a day or visit; those of the currency asked for before others, each apart."""
    index, wanted, periods = matched.index, matched.query.currency, PERIODS["price_max"]
    without_cost = free(index) & found
    stated = index.having("prices", ("stated",)) & found & ~without_cost
    prices = {}
    for at in positions(stated):
        least = cheapest(index.resorts[at], periods, wanted) or cheapest(index.resorts[at], periods, None)
        if least is not None:
            prices[at] = (least[1] != wanted, least[1], least[0])
    rest = found & ~without_cost & ~mask_of(prices, len(index.resorts))
    return chain(positions(without_cost), sorted(prices, key=prices.__getitem__), positions(rest))


def _by_relevance(matched: Matched, found: int) -> Iterator[int]:
    """Those that bear the name first, then those with a known policy, each by distance where a place was named."""
    texts, resorts, distances = matched.texts, matched.index.resorts, matched.distances or {}
    if texts is None:
        return _by_distance(matched, found)
    known = matched.index.with_policy

    def fit(at: int) -> tuple[int, bool, float]:
        return texts.rank(resorts[at]), not known >> at & 1, distances.get(at, 0)

    return iter(sorted(positions(found), key=fit))


_ORDERS: dict[Sort, Callable[[Matched, int], Iterator[int]]] = {
    Sort.RELEVANCE: _by_relevance,
    Sort.POLICY: _by_policy,
    Sort.NAME: _by_name,
    Sort.REGION: _by_region,
    Sort.FRESHNESS: _by_freshness,
    Sort.DISTANCE: _by_distance,
    Sort.PRICE: _by_price,
}
