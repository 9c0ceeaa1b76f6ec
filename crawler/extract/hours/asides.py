"""Hours that a sentence on going up tells of somebody else in passing: "from 5 to 8:30, while the lifts run 9 to 4"."""

from collections.abc import Sequence

from crawler.extract.automaton import Hit
from crawler.extract.hours.grounds import Told
from crawler.extract.hours.linewords import LABELS, LITTLE
from crawler.extract.hours.moments import moments
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.tagger import Token

_OPENS = frozenset(["opens", "open", "opening", "reopens", "reopen", "resumes", "resume", "starts", "begins"])
_EACH = frozenset(["every", "each", "on"])
_KNOWN_IN_HEADINGS = (
    *(*LABELS, "hours_label", "route_noun", "route_heading", "opening_day", "closing_day", "lights"),
)
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


def stands_in_rows_of_routes(scoped: Scoped) -> bool:
    """As in "Ridge Mountain | Owl Trail | 5 to 8" below "Mountain | Route | Hours"."""
    head = scoped.heading
    told = head is not None and head.has("route_heading", "route_noun") and head.has("when_heading")
    return told and scoped.sentence.block.row and scoped.scope is Scope.EXPLICIT


def is_below_hours_of_others(told: Told) -> bool:
    """As below "Waterpark Hours": an English heading of hours, of what the lexicon does not know."""
    head, whole = told.scoped.heading, told.scoped.whole
    if head is None or head.lang != "en" or not head.has("hours_label") or head.travels:
        return False
    if (
        told.scoped.sentence.block.row
        or whole.travels
        or told.goes_on
        or told.labelled
        or told.clause.verdicts
        or whole.has("route_noun")
    ):
        return False
    known = head.tokens_of(*_KNOWN_IN_HEADINGS)
    return any(
        not (index in known or token.is_mark or token.fold[0].isdigit() or token.fold in LITTLE)
        for index, token in enumerate(head.tokens)
    )


def opens_once(told: Told) -> bool:
    """As in "The uphill route opens Friday at 6 am!", where "opens Fridays" is of every week."""
    clause, days = told.clause, told.span.days
    opens = any(t.fold in _OPENS for t in clause.tokens) and told.span.open_ended == "end"
    if clause.lang != "en" or not opens or len(days) != 1:
        return False
    own = [clause.tokens[hit.first].fold for hit in clause.hits.get(f"day_{days[0].casefold()}", ())]
    weekly = clause.has("every_day", "daily", "every_time") or any(t.fold in _EACH for t in clause.tokens)
    return bool(own) and not any(day.endswith("s") for day in own) and not weekly
