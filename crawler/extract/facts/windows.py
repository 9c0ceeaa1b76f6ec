"""Times at which uphill travel is allowed."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from pydantic import ValidationError

from crawler.extract.claims import UNDER_HEADING, Claim, Settled, Strength
from crawler.extract.document import Document
from crawler.extract.hours.closed import (
    beside_a_state,
    closed_then,
    is_banned_in_passing,
    is_called_off,
    is_labelled_closed,
)
from crawler.extract.hours.closeddays import closed_days
from crawler.extract.hours.closings import opens_at_closing
from crawler.extract.hours.columns import banned_beside, bans_another, cells_under_hours, closed_elsewhere
from crawler.extract.hours.descents import is_of_the_descent
from crawler.extract.hours.grounds import Ground, Told, forbids, ground, plain
from crawler.extract.hours.liftlines import without_the_lifts
from crawler.extract.hours.lines import Lines, goes_on
from crawler.extract.hours.moments import moments
from crawler.extract.hours.operations import is_opening_heading, phases
from crawler.extract.hours.otherdays import OtherDays
from crawler.extract.hours.others import others
from crawler.extract.hours.outside import lies_outside
from crawler.extract.hours.overnight import Closing
from crawler.extract.hours.pairs import paired, settled_by
from crawler.extract.hours.roundtheclock import is_round_the_clock
from crawler.extract.hours.settling import (
    AFTER_CLOSING,
    CLOSED,
    CLOSED_DAYS,
    DEADLINE,
    LAST_START,
    OPEN,
    UNTOLD_END,
    settled_hours,
)
from crawler.extract.hours.sharedtables import is_of_another_row, shared_tables
from crawler.extract.hours.spans import spans_of
from crawler.extract.hours.times import Span, ends_label
from crawler.extract.hours.weekdays import days_in, days_left_out, is_days_only
from crawler.extract.once import once
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
from uphill.policy import Window

FIELD = "windows"
NEEDS = ("routes",)

_LEAD = 6
"""Tokens between "the last ascent" and its time."""
_CARD = 2
"""Lines of a card: hours, and the weekdays behind them."""
_EXCEPTED = 6
"""Tokens behind "except" in which the days that it excepts stand."""
_BARE = 2
"""Tokens of the question "When?"."""
_BEFORE_SPAN = 3
"""Tokens between "except" and the hours that it excepts."""


def claims(document: Document) -> Iterator[Claim]:
    """Values are Windows; the condition tells open hours, closed hours, deadlines and last starts."""
    before: Scoped | None = None
    closing = Closing()
    lines, others_days = Lines(), OtherDays()
    read: list[tuple[Scoped, list[Told]]] = []
    for scoped in document.sentences:
        if lines.skips(scoped):
            continue
        follows = goes_on(before, scoped) or lines.of_ways
        asked = before is not None and _asks_when(before)
        above, before = before, scoped
        if scoped.sentence.asks or (asked and above is not None and above.whole.has("forbid", "closed")):
            continue  # "When is skinning not allowed?" above "8:30 to 16:30"
        yield from _told_outright(scoped)
        found = lines.read(scoped, [] if cells_under_hours(scoped) else spans_of(scoped))
        found = others_days.read(scoped, found)
        told = [
            Told(
                _owner(clause, scoped),
                scoped,
                span,
                follows,
                lines.labelled or asked or (clause.first("open") == 0 and lines.behind_a_route),
                clause.tokens[span.first].start,
            )
            for clause, span in found
        ]
        told = closing.begins(scoped, told)
        read.append((scoped, told))
        if not told and (days := closed_days(scoped, above)):
            yield _claim(Window(days=days), scoped, CLOSED_DAYS)
    tables, shared = _tables(read), shared_tables(scoped for scoped, _ in read)
    own = [(scoped, [one for one in told if not is_of_another_row(one, shared)]) for scoped, told in read]
    read = list(_with_days_behind(without_the_lifts(own)))
    for (scoped, told), following in zip_longest(read, read[1:]):
        near = [(scoped, told)]
        if following is not None and following[0].sentence.block is scoped.sentence.block:
            near.append(following)
        both = paired(scoped, following[0]) if following is not None else None
        if both is not None and (window := _window(both)):
            yield _claim(window, scoped, OPEN)
            continue
        if not told:
            if opens_at_closing(scoped):
                yield _claim(Window(start="lift_close"), scoped, AFTER_CLOSING)
            continue
        settled = settled_by(told, [one for _, more in near[1:] for one in more])
        yield from _told(settled, tables, _cut_short(settled, near))


def _told_outright(scoped: Scoped) -> Iterator[Claim]:
    """Of "24 hours a day", and of cells below columns of hours."""
    if is_round_the_clock(scoped):
        yield _claim(Window(), scoped, OPEN)
    for cell in cells_under_hours(scoped):
        if cell.open:
            yield _claim(Window(start=cell.start, end=cell.end), scoped, OPEN)


def _asks_when(scoped: Scoped) -> bool:
    """As in "When can I skin?" above "5:00 to 8:30 AM"."""
    bare = scoped.scope is Scope.EXPLICIT and len(scoped.whole.tokens) <= _BARE  # "When?"
    return scoped.sentence.asks and scoped.whole.has("when_heading") and (bare or scoped.whole.travels)


def _with_days_behind(
    read: Sequence[tuple[Scoped, list[Told]]],
) -> Iterator[tuple[Scoped, list[Told]]]:
    """The hours of a card take the weekdays on the line behind them: "16:30 to 20:00", "Thursday and Friday"."""
    lines = Counter(scoped.sentence.block.headings for scoped, _ in read)
    before: tuple[int, ...] | None = None
    for (scoped, told), following in zip_longest(read, read[1:]):
        above = scoped.sentence.block.headings
        begins, before = above != before, above
        behind = following[0] if following is not None else scoped
        alone = len(told) == 1 and not told[0].span.days and bool(above) and not scoped.sentence.block.row
        card = alone and begins and lines[above] == _CARD and behind.sentence.block.headings == above
        days = days_in(behind.whole) if card and is_days_only(behind.whole) else ()
        yield scoped, [replace(one, span=replace(one.span, days=days)) for one in told] if days else told


def _tables(read: Sequence[tuple[Scoped, Sequence[Told]]]) -> set[object]:
    """What stands above tables and lists of times of which some line names hours of going up: all are such hours."""
    tables: set[object] = set()
    for scoped, told in read:
        named = any(ground(one) > Ground.LINE and _kind(one) == OPEN for one in told)
        # as in "Daily from 9 to 16:30. … Outside these hours the pistes are closed to skinners"
        elsewhen = _is_under_opening(scoped) and scoped.whole.travels and scoped.whole.has("afterwards")
        timed = scoped.heading is not None and scoped.heading.first("when_heading") == 0
        if elsewhen or (named and (scoped.sentence.block.row or timed or _is_under_opening(scoped))):
            tables.add(scoped.sentence.block.headings)
    return tables


def _is_under_opening(scoped: Scoped) -> bool:
    """Whether "Opening hours" stands above it, which may be the resort's."""
    return scoped.heading is not None and is_opening_heading(scoped.heading)


def _told(told: Sequence[Told], sections: set[object], cut_short: Sequence[Told]) -> Iterator[Claim]:
    """The claims of one sentence; ``sections`` are those in which hours of going up were named before."""
    named = any(not others(one) and ground(one) > Ground.LINE for one in told)
    for one in told:
        span, above = one.span, one.scoped.sentence.block.headings
        kind = _kind(one) or (OPEN if _goes_on_from_hours(one, sections) else None)
        if kind == CLOSED and days_left_out(one.scoped.whole):
            span = replace(span, days=())  # on the days that are spared it may be open at other hours as well
        window = Window(end=span.start) if kind == LAST_START and span.open_ended == "end" else _window(span)
        if kind and window:
            sure = named or above in sections
            claim = _claim(window, one.scoped, kind, Strength.PLAIN if sure else Strength.IMPLIED)
            yield (
                replace(claim, why=f"{UNTOLD_END}{claim.why}")
                if any(one is cut for cut in cut_short)
                else claim
            )
        if kind == OPEN and window and _ends_at_a_last_start(one):
            yield _claim(Window(end=window.end), one.scoped, LAST_START)
        if kind == OPEN:
            sections.add(one.scoped.sentence.block)
        if kind == OPEN and ground(one) > Ground.LINE:
            sections.add(above)


def _ends_at_a_last_start(told: Told) -> bool:
    """As in "7:00 to 16:00 (last ascent)"."""
    whole, end = told.scoped.whole, _end(told)
    behind = [whole.tokens[hit.first].start for hit in whole.hits_of("last_start", "start_limit")]
    bracketed = (whole.text[end:at].strip() == "(" for at in behind if at > end)
    return told.span.end[0].isdigit() and any(bracketed)


def _goes_on_from_hours(told: Told, sections: Collection[object]) -> bool:
    """Whether it is days and hours alone, which nothing but the hours before them tells the topic of.

    As a row does among rows, or "On Thursdays also 18:00 to 22:30." behind "Hours: 7:00 to 18:00.".
    """
    block = told.scoped.sentence.block
    row = (block.row or _is_under_opening(told.scoped)) and block.headings in sections
    bare = plain(told) and not told.span.open_ended and not others(told) and not told.scoped.whole.verdicts
    return bare and (row or block in sections)


def _cut_short(told: Sequence[Told], near: Sequence[tuple[Scoped, Sequence[Told]]]) -> list[Told]:
    """Hours that name no end beside a clock time that nothing understands, and which may be it."""
    endless = [one for one in told if one.span.open_ended == "end"]
    unread = endless and any(_is_unread(scoped, known, own=scoped is near[0][0]) for scoped, known in near)
    return endless if unread else []


def _is_unread(scoped: Scoped, told: Sequence[Told], *, own: bool) -> bool:
    """Whether a clock time of the sentence is neither part of hours nor those of somebody else."""
    if scoped.sentence.asks or (not own and scoped.whole.has("machines", "facility", "date")):
        return False
    for clause in scoped.clauses:
        for moment in moments(clause):
            at = clause.tokens[moment.first].start
            # "from half past four, 4:30 pm, on" names one time twice
            known = [t for t in told if t.at <= at < _end(t) or str(moment) in (t.span.start, t.span.end)]
            if moment.event is None and moment.sure and not any(_kind(t) or others(t) for t in known):
                return True
    return False


def _end(told: Told) -> int:
    """Where the span ends in the text; hours in brackets stand in another clause than the one they belong to."""
    first, last = told.span.first, told.span.last
    parts = (told.clause, *told.scoped.clauses, told.scoped.whole)
    own = (c for c in parts if last < len(c.tokens) and c.tokens[first].start == told.at)
    return next((clause.tokens[last].end for clause in own), told.at + 1)


def _owner(clause: Clause, scoped: Scoped) -> Clause:
    """The clause that hours in brackets belong to: "closed for grooming (17:00 to 21:00)"."""
    at = scoped.clauses.index(clause) if clause in scoped.clauses else 0
    bracketed = clause.text[scoped.clauses[0].start : clause.start].rstrip().endswith("(")
    own = clause.verdicts or clause.travels or clause.has("deadline", "start_limit", "last_start")
    return scoped.clauses[at - 1] if at and bracketed and not own else clause


def _claim(window: Window, scoped: Scoped, kind: str, strength: Strength = Strength.PLAIN) -> Claim:
    operations = any(head.has("outside_ops", "during_ops") for head in scoped.headings)
    headed = scoped.heading_phase is not None and operations and not scoped.whole.travels
    headed = headed or _holds_outside_alone(scoped.whole)
    return Claim(
        FIELD,
        window,
        scoped.sentence.start,
        scoped.sentence.end,
        strength,
        f"{kind} hours{UNDER_HEADING if headed else ''}",
        kind,
    )


def _holds_outside_alone(whole: Clause) -> bool:
    """As "8 to 21" in "When the lift is closed, the hill is open to skinners from 8 to 21"."""
    named = [hit.first for hit in whole.hits.get("outside_ops", ())]
    told = bool(named) and named[0] <= 1 and phases(whole) == {"outside"}
    return told and whole.first("if_strict") == 0 and not whole.has("too", "even")


def _window(span: Span) -> Window | None:
    try:
        return Window(days=span.days, start=span.start, end=span.end)
    except ValidationError:
        return None


@once
def _is_empty_from_then(told: Told) -> bool:
    """As in "After the last chair all must be off the mountain"."""
    clause = told.clause
    told_free = clause.tokens_of("deadline")  # "the pistes have to be free"
    permits = any(verdict.kind == "permit" and verdict.at not in told_free for verdict in clause.verdicts)
    binds = bool(clause.kinds & {"must", "forbid"}) and not permits and len(moments(clause)) == 1
    ends = told.span.open_ended == "end" and clause.has("deadline")
    return ends and (binds or told.span.start == "lift_close")


def _kind(told: Told) -> str | None:
    """What the span is the time of, if it is of uphill travel."""
    if others(told) or is_called_off(told) or is_of_the_descent(told):
        return None
    if _is_empty_from_then(told):
        return None
    limit = _limit(told)
    if limit or ground(told) is Ground.NONE:
        return limit
    span = told.span
    outside = lies_outside(told)
    if beside_a_state(told):
        return None
    if not closed_elsewhere(told) and _is_of_closed_hours(told) != outside:
        # closed "around the clock" leaves no hours
        return None if (span.start, span.end) == ("00:00", "24:00") else CLOSED
    return OPEN


def _is_of_closed_hours(told: Told) -> bool:
    closed = _is_excepted(told) or is_labelled_closed(told) or is_banned_in_passing(told) or closed_then(told)
    return closed or (_bans(told) and not bans_another(told)) or banned_beside(told)


def _bans(told: Told) -> bool:
    """Whether it bans going up in the hours, and not after them: "16:30 to 22:00, thereafter a ban holds"."""
    clause, end = told.clause, told.span.last
    # "… until 22:00, on the other evenings the slopes are closed", and not "after 22:00 and on the other evenings"
    elsewhen = clause.hits_of("other_times", "at_other_times")
    anew = [hit for hit in elsewhen if any(t.fold == "," for t in clause.tokens[end + 1 : hit.first])]
    then = sorted(hit.first for hit in (*clause.hits.get("afterwards", ()), *anew) if hit.first > end)
    late = bool(then) and all(v.at > then[0] for v in clause.verdicts if v.kind == "forbid")
    return (forbids(clause) or _spares_days(told)) and not late


def _spares_days(told: Told) -> bool:
    """As in "Closed from 17:00 to 7:00, except on Tuesdays": the exception names days, and stands behind the hours."""
    clause, end = told.clause, told.span.last
    excepts = [hit.last for hit in clause.hits.get("except", ()) if hit.first > end]
    banned = any(v.kind == "forbid" and v.at < excepts[0] for v in clause.verdicts) if excepts else False
    return banned and bool(days_in(clause, excepts[0] + 1, excepts[0] + _EXCEPTED))


def _limit(told: Told) -> str | None:
    """Whether the time is one by which all have set out, or are off the hill."""
    clause, span = told.clause, told.span
    ends = span.open_ended == "start"
    if ends and clause.has("start_limit"):
        # "Do not start before 5:00" closes the time until then
        return CLOSED if _is_denied(clause) else LAST_START
    # as in: no starts after 15:30; the last ascent may begin at 15:30
    denied = clause.has("start_limit") and _is_denied(clause)
    if span.open_ended == "end" and (denied or _follows(clause, span, "last_start")):
        return LAST_START
    return DEADLINE if ends and (clause.has("deadline") or ends_label(clause, span.first)) else None


def _is_denied(clause: Clause) -> bool:
    """Whether it denies a start: "no later than", "no earlier than" deny none."""
    bounds = clause.hits_of("before", "after")
    return any(not any(n.within(b) and b.last > b.first for b in bounds) for n in clause.hits.get("neg", ()))


def _follows(clause: Clause, span: Span, concept: str) -> bool:
    return any(0 < span.first - hit.last <= _LEAD for hit in clause.hits.get(concept, ()))


def _is_excepted(told: Told) -> bool:
    """As in "Allowed at all times, except from 22:00 to 5:00"."""
    excepts = told.clause.hits.get("except", ())
    days = {hit.first for hit in told.clause.hits.get("except_day", ())} if told.span.days else set()
    near = any(0 < told.span.first - hit.last <= _BEFORE_SPAN and hit.first not in days for hit in excepts)
    # as in "Open 24/7, except while the groomers are out (16:00 to 22:00)"
    always = told.scoped.whole.has("round_the_clock", "every_time")
    near = near or (always and any(told.clause.tokens[hit.last].end < told.at for hit in excepts))
    kinds = told.scoped.sentence.kinds
    return near and "permit" in kinds and "forbid" not in kinds


def settle(claims: Sequence[Claim], settled: Mapping[str, Settled]) -> Settled:
    """The hours told of uphill travel; where those are of routes, or none, the hours of all routes."""
    told, of_routes = settled_hours(claims), _of_routes(settled["routes"].claims)
    # a table of routes of whose rows some were read tells those of the others
    part = all(any(_is_within(hours.value, one.value) for one in of_routes) for hours in told.claims)
    return settled_hours(of_routes) if part else told


def _is_within(hours: Window, others: Window) -> bool:
    """Whether they are the same hours, on some of the same days."""
    same = (hours.start, hours.end) == (others.start, others.end)
    return same and (not others.days or (bool(hours.days) and set(hours.days) <= set(others.days)))


def _of_routes(routes: Sequence[Claim]) -> list[Claim]:
    return [
        replace(route, field=FIELD, value=window, why="the hours of a route", condition=OPEN)
        for route in routes
        for window in route.value.windows
        if window.end != "24:00"  # as of "lights from dusk on", in the line of a route
    ]
