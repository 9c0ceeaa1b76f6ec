"""Bans of the pistes alone, beside a way that is made for the climb."""

from crawler.extract.automaton import Hit
from crawler.extract.document import Document
from crawler.extract.hours.times import spans
from crawler.extract.once import once
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_WAYS = frozenset(["uphill_route", "designated_route", "designated", "stay_on_route"])
"""Words for ways made for the climb, or told for it."""
_OTHERS = (
    "dog",
    "snowshoe",
    "foot",
    "bike",
    "without",
    "except",
    "bounded",
    "closed",
    "after",
    "outside_ops",
)
_BESIDE = 2
"""Tokens from the pistes to what they are for."""
_AWAY = ("backcountry", "elsewhere", "off_resort", "guided", "neg", "other_place")


@once
def offers_a_way(document: Document) -> bool:
    """Whether the page tells of a way of its own by which one may climb, or is that of a park for it."""
    if any(scoped.sentence.block.level == 1 and _names_ways(scoped.whole) for scoped in document.sentences):
        return True
    return any(
        scoped.scope is Scope.EXPLICIT
        and not scoped.sentence.asks
        and (any(_offers(clause) for clause in scoped.clauses) or _offers_in_parts(scoped))
        for scoped in document.telling(_WAYS)
    )


def _names_ways(title: Clause) -> bool:
    """As "Skitourenpark", "Unsere Aufstiegsspuren", the title of a page."""
    return title.has("tour_park", "uphill_route") and not title.has("neg", "closed", "forbid", "without")


def _offers_in_parts(scoped: Scoped) -> bool:
    """As in "A track of its own – open at any time"."""
    return scoped.sentence.kinds == {"permit"} and _offers(scoped.whole)


def _offers(clause: Clause) -> bool:
    told = clause.rules("permit") or clause.has("stay_on_route", "designated_route")
    return told and clause.has(*_WAYS) and not clause.rules("forbid") and not clause.has(*_AWAY)


def bans_the_pistes(clause: Clause) -> bool:
    """As in "Climbing on the pistes is not permitted", at no hours and for nobody in particular."""
    climbs = clause.has("uphill", "ascend") and not spans(clause) and not clause.has(*_OTHERS)
    # the way down is no part of "le piste da discesa"
    climbs = climbs and all(_is_of_pistes(clause, hit) for hit in clause.hits.get("downhill", ()))
    return climbs and clause.rules("forbid") and clause.has("slopes")


def _is_of_pistes(clause: Clause, down: Hit) -> bool:
    return any(0 < down.first - hit.last <= _BESIDE for hit in clause.hits.get("slopes", ()))
