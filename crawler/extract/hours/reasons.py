"""Hours that stand for something else than the time of going up: a reason, a duty, a roster, what a price buys."""

from crawler.extract.hours.grounds import Told
from crawler.extract.passes.money import money

_SUBJECT = 4
"""Tokens within which a sentence names its subject."""


def of_a_reason(told: Told) -> bool:
    """As in "Be on your way down by three, since the sweep starts at half past three"."""
    return any(0 < hit.first < told.span.first for hit in told.clause.hits.get("cause", ()))


def of_patrol(told: Told) -> bool:
    """As in "Patrol is on duty from 8 to 5; skinning outside of that is at your own risk"."""
    clause = told.clause
    travel = [hit.first for hit in clause.hits_of("uphill", "ascend")]
    patrol = clause.first("patrol_service")
    if clause.has("patrolled") and not clause.kinds & {"permit", "forbid"} and not clause.has("only"):
        return True  # "The route is patrolled from 8:30 to 16:00"
    return 0 <= patrol <= min(_SUBJECT, *travel, told.span.first) and clause.has("served", "patrolled")


def of_price(told: Told) -> bool:
    """As in a row "Afternoon (from 1 pm) | € 8", of a list of prices."""
    sentence, whole = told.scoped.sentence, told.scoped.whole
    if not sentence.block.row or whole.has("uphill", "ascend", "uphill_pass"):
        return False
    return any(True for _ in money(whole.text, sentence.start, sentence.end, "USD"))


def of_a_duty(told: Told) -> bool:
    """As in "Uphill traffic gives way between 15:00 and 17:00", which allows nothing."""
    clause, span = told.clause, told.span
    if clause.kinds & {"permit", "forbid"}:
        return False
    duties = clause.hits.get("yields", ())
    between = (
        clause.tokens[hit.last + 1 : span.first] + clause.tokens[span.last + 1 : hit.first] for hit in duties
    )
    return any(not any(token.is_mark for token in part) for part in between)


def of_calling(told: Told) -> bool:
    """As in "For the state of the uphill routes, call the patrol: 04 79 55 51 40, from 8 to 17"."""
    whole = told.scoped.whole
    called = any(whole.tokens[hit.first].start < told.at for hit in whole.hits.get("call", ()))
    return called and not told.clause.verdicts and not told.clause.travels


def of_summer(told: Told) -> bool:
    return told.clause.has("summer") or any(head.has("summer") for head in told.scoped.headings)
