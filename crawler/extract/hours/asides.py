"""Hours that a sentence on going up tells of somebody else in passing: "from 5 to 8:30, while the lifts run 9 to 4"."""

from collections.abc import Sequence

from crawler.extract.automaton import Hit
from crawler.extract.hours.grounds import Told
from crawler.extract.hours.moments import moments
from crawler.extract.tagger import Token

_THINGS = (
    *("facility", "counter", "lift_hours", "other_topic", "machines", "obtain", "park", "price_word"),
    *("other_place", "dog", "patrol_service", "race_news"),
)
_OWN = (
    *("uphill", "ascend", "route_noun", "uphill_route", "designated_route", "slopes", "you", "only"),
    *("deadline", "start_limit", "last_start", "outside_ops", "both_phases", "when_heading_uphill"),
    *("stay_on_route", "evening_event", "except"),
)
_OPENINGS = ("lift_hours", "during_ops", "lift_open", "facility")
"""What holds words that mean something else alone: the "run" of "the lifts run" is no way up."""
_BOUNDS = frozenset(",;():–—|")


def of_an_aside(told: Told) -> bool:
    """Whether the part between marks that the hours stand in names another thing, beside hours in other parts."""
    whole = told.scoped.whole
    if whole.lacks(_THINGS):
        return False
    tokens = whole.tokens
    first = next((i for i, token in enumerate(tokens) if token.start >= told.at), len(tokens))
    last = first + told.span.last - told.span.first
    past = last + 1
    begin = _begin(tokens, first)
    if begin and tokens[begin - 1].fold == ":":
        begin = _begin(tokens, begin - 1)  # the label of "(lifts: 9 to 4)"
    while past < len(tokens) and tokens[past].fold not in _BOUNDS:
        past += 1
    beside = [moment for moment in moments(whole) if moment.last < begin or moment.first >= past]
    if not beside:
        return False
    part = range(begin, past)
    hours = range(first, last + 1)  # "from 6 until the lifts open" names the lifts, and is of nobody else
    things = [hit for hit in whole.hits_of(*_THINGS) if _lies(hit, part) and hit.first not in hours]
    openings = whole.hits_of(*_OPENINGS)
    own = [hit for hit in whole.hits_of(*_OWN) if _lies(hit, part) and not hit.within_any(openings)]
    return bool(things) and not own


def _begin(tokens: Sequence[Token], at: int) -> int:
    while at and tokens[at - 1].fold not in _BOUNDS:
        at -= 1
    return at


def _lies(hit: Hit, part: range) -> bool:
    return hit.first in part and hit.last in part


def is_of_no_charge(told: Told) -> bool:
    """As in "There is no charge to skin before 9", "You need no pass before 8:30", which ban nobody later."""
    clause = told.clause
    waived = clause.rules("need_not") and clause.has("any_pass_word")
    return (
        bool(told.span.open_ended)
        and (clause.has("free") or waived)
        and not clause.kinds & {"permit", "forbid"}
    )
