"""Hours beside the word "closed": are they when it is closed, or what a closed route's hours would be?"""

from crawler.extract.columns import cells, column_of
from crawler.extract.hours.grounds import Told
from crawler.extract.hours.linewords import LITTLE

_LABEL = 6
"""Tokens before the word "closed" in "Uphill closed hours: …"."""
_LIFTS = ("outside_ops", "lift_close", "during_ops")
_LEADS = ("from", "between", "oclock", "bounded", "when_heading", "hours_label", "daily")
"""What may stand between the word and its hours: "closed during the hours of 8:30 to 16:30"."""


def closed_then(told: Told) -> bool:
    """As in "Skinning: closed 8:30 to 16:30": the word stands right before the hours."""
    clause, first = told.clause, told.span.first
    if clause.has("open", "permit"):
        return False
    lead = clause.tokens_of(*_LEADS)
    return any(
        hit.last < first
        and all(i in lead or clause.tokens[i].fold in LITTLE for i in range(hit.last + 1, first))
        for hit in clause.hits.get("closed", ())
    )


def beside_a_state(told: Told) -> bool:
    """As in a row "Skinning | Closed | 8:30 to 16:30" below no header, which may mean either."""
    row, whole = told.scoped.sentence.block.row, told.scoped.whole
    if not row or column_of(told.scoped, told.at) is not None:
        return False
    alone = {(hit.first, hit.last + 1) for hit in whole.hits.get("closed", ())}
    return any(cell in alone for cell in cells(whole))


def is_called_off(told: Told) -> bool:
    """As in "The tour evening on Wednesday, 17 to 22, is cancelled", and not "In bad weather it is cancelled"."""
    whole = told.scoped.whole
    return whole.has("called_off") and not whole.has("if", "if_strict", "refund")


def is_labelled_closed(told: Told) -> bool:
    """As in "Uphill closed hours: 22:00 to 5:00"."""
    clause = told.clause.lead or told.clause
    before = [
        hit
        for hit in clause.hits.get("closed", ())
        if clause is not told.clause or (hit.last < told.span.first and hit.first <= _LABEL)
    ]
    row, labels = told.scoped.sentence.block.row, clause.has("when_heading")
    # as the times of "The maintenance closure runs from 16 to 22 o'clock"
    times = clause.hits_of("outside_ops", "lift_close", "during_ops")
    loose = [hit for hit in before if not hit.within_any(times)]
    if _is_headed_closed(told) and not told.clause.has("open", "permit"):
        return True
    opens = clause.has("permit", "open") or told.clause.rules("permit")
    if loose and told.goes_on and not clause.travels and not opens:
        return True
    # as in a row "Pistensperre, 17:00 bis 7:00 Uhr, keine Ausnahmen"
    headed = row and told.scoped.whole.first("closed") == 0 and not told.scoped.whole.has("open")
    return (
        (headed or (bool(before) and (labels or row)))
        and not clause.has("open")
        and told.clause.kinds <= {"forbid"}
    )


def _is_headed_closed(told: Told) -> bool:
    """As below "Uphill closure hours", "When is skinning not allowed?"."""
    head = told.scoped.heading
    if head is None or not head.has("when_heading") or head.has("open", "permit", "only", "except", "before"):
        return False
    closes = [hit for hit in head.hits_of("closed", "forbid") if not hit.within_any(head.hits_of(*_LIFTS))]
    return bool(closes) and not (told.clause.verdicts or told.clause.travels)


def is_banned_in_passing(told: Told) -> bool:
    """As in "Grooming (no uphill): 16:00 to 22:00": it bans going up, and behind that are hours alone."""
    clause, parts = told.clause, told.scoped.clauses
    if clause.verdicts or clause.travels or clause.has("only") or told.scoped.sentence.kinds != {"forbid"}:
        return False
    before = [part for part in parts if part.end <= clause.start]
    return bool(before) and before[-1].travels and before[-1].rules("forbid") and not before[-1].numbered
