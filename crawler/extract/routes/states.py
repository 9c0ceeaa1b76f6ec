"""What a list's entry tells of its route now, and its hours."""

from crawler.extract.columns import column_of, is_row
from crawler.extract.hours.times import spans
from crawler.extract.hours.weekdays import days_in
from crawler.extract.routes.names import Name
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause
from uphill.policy import Window
from uphill.vocabulary import Status

_STATUS_IN_ROW = 30
_STATUS_WITHIN = 12
"""Tokens of an entry that may hold a status."""


_STATES = frozenset(["open", "closed"])
_OTHERS = ("duration", "lift_hours", "downhill", "facility", "lodging", "other_topic")
_LEVELS = ("level_easy", "level_intermediate", "level_difficult", "level_expert")


def state(clause: Clause, since: int = -1) -> Status | None:
    if clause.lacks(_STATES):
        return None
    levels = clause.hits_of(*_LEVELS)  # "Morning Star – 1.2 miles, green"
    opened, closed = (
        any(hit.first > since and not hit.within_any(levels) for hit in clause.hits.get(c, ()))
        for c in ("open", "closed")
    )
    in_row = is_row(clause)
    opened = opened and not _tells_hours(clause)
    if opened == closed or len(clause.tokens) > (_STATUS_IN_ROW if in_row else _STATUS_WITHIN):
        return None
    return Status.OPEN if opened else Status.CLOSED


def _tells_hours(clause: Clause) -> bool:
    """As in "Open 7:00 to 16:00", which is no state."""
    behind = (
        [clause.tokens[hit.last + 1 : hit.last + 2] for hit in clause.hits["open"]]
        if clause.has("open")
        else []
    )
    return any(after and after[0].fold[0].isdigit() for after in behind)


def status_of(scoped: Scoped, name: Name) -> Status:
    """What an entry tells of its route's state, behind the name and a mark."""
    marked = any(t.fold in ":|–—-(" for t in scoped.whole.tokens[name.last + 1 :])
    return (state(scoped.whole, name.last) if marked else None) or Status.UNKNOWN


def windows_of(scoped: Scoped) -> tuple[Window, ...]:
    """The hours that an entry gives its route."""
    whole = scoped.whole
    if whole.has("duration", "dog", "lift_hours") or whole.rules("forbid") or whole.has("closed"):
        return ()
    if whole.has("round_the_clock"):
        return (Window(),)
    days = days_in(whole)
    told = [
        span
        for clause in scoped.clauses
        for span in spans(clause)
        if not _is_others_column(scoped, clause.tokens[span.first].start)
    ]
    found = [
        Window(days=days if len(told) == 1 else span.days or days, start=span.start, end=span.end)
        for span in told
    ]
    return tuple({str(window): window for window in found}.values())


def _is_others_column(scoped: Scoped, offset: int) -> bool:
    above = column_of(scoped, offset)
    if above is None:
        return False
    head, begin, end = above
    return any(
        begin <= h.first < end
        for h in head.hits_of("duration", "lift_hours", "downhill", "facility", "lodging", "other_topic")
    )
