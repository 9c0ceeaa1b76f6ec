"""A policy together with why each of its facts is believed, as values that belong to no table."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from uphill.evidence import ROUTE_STATUS
from uphill.policy import LIST_FACTS, Policy
from uphill.recording.differences import canonical
from uphill.vocabulary import Status

NOTHING = Policy()


@dataclass(frozen=True, slots=True)
class Quoted:
    """One proof: the words of a stored text, of a page whose text is not stored yet (no ``snapshot_id``), or none.

    Without a quote a fact was listed by its source, or pinned by a curator.
    """

    field: str
    position: int
    source_id: int
    snapshot_id: int | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    pin_id: int | None = None

    @property
    def words(self) -> str | None:
        """The quote with its white space folded: how a page breaks its lines says nothing."""
        return None if self.quote is None else " ".join(self.quote.split())


@dataclass(frozen=True, slots=True)
class Stated:
    policy: Policy = NOTHING
    quotes: tuple[Quoted, ...] = ()

    def of(self, field: str) -> tuple[Quoted, ...]:
        """The proofs of one fact; of the routes those of their statuses too."""
        fields = {field, ROUTE_STATUS} if field == "routes" else {field}
        return tuple(quoted for quoted in self.quotes if quoted.field in fields)

    def value(self, quoted: Quoted) -> Any:
        """What ``quoted`` proves: a fact, an element of a list, or a route's status."""
        if quoted.field == ROUTE_STATUS:
            return self.policy.routes[quoted.position].status
        value = getattr(self.policy, quoted.field)
        return value[quoted.position] if quoted.field in LIST_FACTS else value

    def aligned(self, like: Policy) -> "Stated":
        """The same, its lists in the order of those of ``like`` that hold the same elements."""
        stated = self
        for name in LIST_FACTS:
            order = _order(getattr(stated.policy, name), getattr(like, name))
            if order is not None:
                policy = stated.policy.model_copy(update={name: getattr(like, name)})
                quotes = tuple(_moved(quoted, name, order) for quoted in stated.quotes)
                stated = Stated(policy, quotes)
        return stated


def without_announced(policy: Policy) -> Policy:
    """The standing facts: without what was announced for the day."""
    routes = tuple(route.model_copy(update={"status": Status.UNKNOWN}) for route in policy.routes)
    return policy.model_copy(update={"status": Status.UNKNOWN, "routes": routes})


def _order(new: tuple[Any, ...], old: tuple[Any, ...]) -> list[int] | None:
    """The place in ``old`` of each element of ``new``; None where there is nothing to put in order."""
    if new == old or len(new) != len(old):
        return None
    places: dict[str, Iterator[int]] = {}
    keys = [canonical(element) for element in old]
    for key in set(keys):
        places[key] = iter([at for at, each in enumerate(keys) if each == key])
    order = [next(places.get(canonical(element), iter(())), None) for element in new]
    return None if None in order else [at for at in order if at is not None]


def _moved(quoted: Quoted, name: str, order: list[int]) -> Quoted:
    moves = quoted.field == name or (quoted.field == ROUTE_STATUS and name == "routes")
    return replace(quoted, position=order[quoted.position]) if moves else quoted
