"""Times at which uphill travel is allowed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from pydantic import ValidationError

from crawler.extract.claims import UNDER_HEADING, UNSTATED, Claim, Settled, Strength
from crawler.extract.document import Document, Scope, Scoped
from crawler.extract.hourlines import Lines
from crawler.extract.hourpairs import paired, settled_by
from crawler.extract.hours import Ground, Told, forbids, ground, opens_route, under_uphill
from crawler.extract.hourspans import spans_of
from crawler.extract.moments import moments
from crawler.extract.otherhours import others
from crawler.extract.sentences import Clause
from crawler.extract.times import Span, ends_label
from uphill.policy import Window

FIELD = "windows"
NEEDS: tuple[str, ...] = ()

_OPEN, _CLOSED, _DEADLINE, _LAST_START = "open", "closed", "deadline", "last start"
_UNTOLD_END = "told without their end: "
_LEAD = 6
"""Tokens between "the last ascent" and its time."""
_BEFORE_SPAN = 3
"""Tokens between "except" and the hours that it excepts."""
_WEEKLY, _NOON = 3, 720
"""Most days of an evening that is an exception, and minutes until noon."""
_NEAR = 120
"""How many minutes a deadline may lie from the end of the hours that it ends."""


def claims(document: Document) -> Iterator[Claim]:
    """Values are Windows; the condition tells open hours, closed hours, deadlines and last starts."""
    before: Scoped | None = None
    lines = Lines()
    sections: set[tuple[int, ...]] = set()
    read: list[tuple[Scoped, list[Told]]] = []
    for scoped in document.sentences:
        if lines.skips(scoped):
            continue
        goes_on = (
            before is not None and before.sentence.block is scoped.sentence.block and before.whole.travels
        )
        before = scoped
        if scoped.sentence.asks:
            continue
        if _is_round_the_clock(scoped):
            yield _claim(Window(), scoped, _OPEN)
        found = lines.read(scoped, spans_of(scoped))
        told = [
            Told(
                _owner(clause, scoped), scoped, span, goes_on, lines.labelled, clause.tokens[span.first].start
            )
            for clause, span in found
        ]
        read.append((scoped, told))
    for (scoped, told), following in zip_longest(read, read[1:]):
        near = [(scoped, told)]
        if following is not None and following[0].sentence.block is scoped.sentence.block:
            near.append(following)
        both = paired(scoped, following[0]) if following is not None else None
        if both is not None and (window := _window(both)):
            yield _claim(window, scoped, _OPEN)
            continue
        settled = settled_by(told, [one for _, more in near[1:] for one in more])
        yield from _told(settled, sections, [one for one in settled if _is_cut_short(one, near)])


def _told(told: Sequence[Told], sections: set[tuple[int, ...]], cut_short: Sequence[Told]) -> Iterator[Claim]:
    """The claims of one sentence; ``sections`` are those in which hours of going up were named before."""
    named = any(not others(one) and ground(one) > Ground.LINE for one in told)
    for one in told:
        kind, span, above = _kind(one), one.span, one.scoped.sentence.block.headings
        window = Window(end=span.start) if kind == _LAST_START and span.open_ended == "end" else _window(span)
        if kind and window:
            sure = named or above in sections
            claim = _claim(window, one.scoped, kind, Strength.PLAIN if sure else Strength.IMPLIED)
            yield replace(claim, why=f"{_UNTOLD_END}{claim.why}") if one in cut_short else claim
        if kind == _OPEN and ground(one) > Ground.LINE:
            sections.add(above)


def _is_cut_short(told: Told, near: Sequence[tuple[Scoped, Sequence[Told]]]) -> bool:
    """Whether hours that name no end stand beside a clock time that nothing understands, and which may be it."""
    return told.span.open_ended == "end" and any(
        _is_unread(scoped, known, own=scoped is told.scoped) for scoped, known in near
    )


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


def _is_round_the_clock(scoped: Scoped) -> bool:
    """As in "Uphill access is open 24 hours", or the cell "Open 24 hours" of a table of uphill hours."""
    clauses = [clause for clause in scoped.clauses if clause.has("round_the_clock")]
    permits = any(_permits(clause) or 0 <= clause.first("when_heading") <= 1 for clause in clauses)
    named = scoped.named and scoped.whole.has("uphill", "ascend")
    named = named or (scoped.scope is Scope.EXPLICIT and any(opens_route(clause) for clause in clauses))
    others = scoped.whole.has("obtain", "machines", "call", "facility")
    return (
        permits
        and (named or (scoped.sentence.block.row and under_uphill(scoped)))
        and not (others or any(forbids(clause) for clause in clauses))
    )


def _permits(clause: Clause) -> bool:
    """Whether it permits; "within the permit area" is a noun."""
    passes = {hit.first for hit in clause.hits.get("any_pass", ())}
    return clause.rules("permit") and any(hit.first not in passes for hit in clause.hits.get("permit", ()))


def _owner(clause: Clause, scoped: Scoped) -> Clause:
    """The clause that hours in brackets belong to: "closed for grooming (17:00 to 21:00)"."""
    at = scoped.clauses.index(clause) if clause in scoped.clauses else 0
    bracketed = clause.text[: clause.start].rstrip().endswith("(")
    own = clause.verdicts or clause.travels or clause.has("deadline")
    return scoped.clauses[at - 1] if at and bracketed and not own else clause


def _claim(window: Window, scoped: Scoped, kind: str, strength: Strength = Strength.PLAIN) -> Claim:
    operations = any(head.has("outside_ops", "during_ops") for head in scoped.headings)
    headed = scoped.heading_phase is not None and operations and not scoped.whole.travels
    return Claim(
        FIELD,
        window,
        scoped.sentence.start,
        scoped.sentence.end,
        strength,
        f"{kind} hours{UNDER_HEADING if headed else ''}",
        kind,
    )


def _window(span: Span) -> Window | None:
    try:
        return Window(days=span.days, start=span.start, end=span.end)
    except ValidationError:
        return None


def _kind(told: Told) -> str | None:
    """What the span is the time of, if it is of uphill travel."""
    if others(told):
        return None
    limit = _limit(told)
    if limit or ground(told) is Ground.NONE:
        return limit
    span = told.span
    if _bans(told) or _is_excepted(told) or _is_labelled_closed(told):
        # closed "around the clock" leaves no hours
        return None if (span.start, span.end) == ("00:00", "24:00") else _CLOSED
    return _OPEN


def _bans(told: Told) -> bool:
    """Whether it bans going up in the hours, and not after them: "16:30 to 22:00, thereafter a ban holds"."""
    clause, end = told.clause, told.span.last
    then = [hit.first for hit in clause.hits.get("afterwards", ()) if hit.first > end]
    late = bool(then) and all(v.at > then[0] for v in clause.verdicts if v.kind == "forbid")
    return forbids(clause) and not late


def _limit(told: Told) -> str | None:
    """Whether the time is one by which all have set out, or are off the hill."""
    clause, span = told.clause, told.span
    ends = span.open_ended == "start"
    if ends and clause.has("start_limit"):
        # "Do not start before 5:00" closes the time until then
        return _CLOSED if _is_denied(clause) else _LAST_START
    # as in: no starts after 15:30; the last ascent may begin at 15:30
    denied = clause.has("start_limit") and clause.has("neg")
    if span.open_ended == "end" and (denied or _follows(clause, span, "last_start")):
        return _LAST_START
    return _DEADLINE if ends and (clause.has("deadline") or ends_label(clause, span.first)) else None


def _is_denied(clause: Clause) -> bool:
    """Whether it denies a start: "no later than" denies none."""
    bounds = clause.hits.get("before", ())
    return any(
        not any(b.first <= n.first and n.last <= b.last and b.last > b.first for b in bounds)
        for n in clause.hits.get("neg", ())
    )


def _follows(clause: Clause, span: Span, concept: str) -> bool:
    return any(0 < span.first - hit.last <= _LEAD for hit in clause.hits.get(concept, ()))


def _is_excepted(told: Told) -> bool:
    """As in "Allowed at all times, except from 22:00 to 5:00"."""
    excepts = told.clause.hits.get("except", ())
    days = {hit.first for hit in told.clause.hits.get("except_day", ())} if told.span.days else set()
    near = any(0 < told.span.first - hit.last <= _BEFORE_SPAN and hit.first not in days for hit in excepts)
    kinds = told.scoped.sentence.kinds
    return near and "permit" in kinds and "forbid" not in kinds


def _is_labelled_closed(told: Told) -> bool:
    """As in "Uphill closed hours: 22:00 to 5:00"."""
    clause = told.clause.lead or told.clause
    before = [
        hit
        for hit in clause.hits.get("closed", ())
        if clause is not told.clause or hit.last < told.span.first
    ]
    return bool(before) and clause.has("when_heading") and not clause.has("open") and not told.clause.verdicts


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    """Open hours, ended by last starts and deadlines; closed hours only where no open ones are told."""
    opened = [c for c in claims if c.condition == _OPEN]
    # a line that names nobody counts where no other hours are told to be those of going up
    best = max((c.strength for c in opened), default=Strength.IMPLIED)
    hours = _distinct(_joined([c for c in opened if c.strength >= best]))
    hours = [_closed_off(c, claims) for c in hours]
    if hours and all(0 < len(c.value.days) <= _WEEKLY for c in hours):
        # closed from 17:00 to 7:30, but for two evenings a week
        closed = [c for c in claims if c.condition == _CLOSED and not c.value.days]
        left = [replace(c, value=w) for c in closed if (w := _complement(c.value)) and _is_by_day(w)]
        hours = _distinct([*left, *hours])
    if not hours:
        hours = _between_closed(claims) or _distinct(
            [replace(c, value=w) for c in claims if c.condition == _CLOSED if (w := _complement(c.value))]
        )
    for kind in (_DEADLINE, _LAST_START):
        ends = [c for c in claims if c.condition == kind]
        hours = _distinct(_ended(hours, ends, wide=kind == _LAST_START))
    hours = [c for c in hours if c.value.end != "24:00" or not c.why.startswith(_UNTOLD_END)]
    hours = [c for c in hours if not _is_told_again(c.value, [other.value for other in hours])]
    if not hours:
        return UNSTATED
    return Settled(tuple(c.value for c in hours), tuple(hours))


def _is_told_again(window: Window, hours: Sequence[Window]) -> bool:
    """Whether others of them tell the end that this one leaves open: "from 16:30" and "16:30 to 21:00"."""
    if window.end == "24:00" and window.start == "00:00":
        return False
    return any(
        other.days == window.days
        and (
            (window.end == "24:00" and other.start == window.start != "00:00" and other.end != "24:00")
            or (window.start == "00:00" and other.end == window.end != "24:00" and other.start != "00:00")
        )
        for other in hours
    )


def _distinct(claims: Sequence[Claim]) -> list[Claim]:
    return list({str(claim.value): claim for claim in reversed(claims)}.values())[::-1]


def _joined(hours: Sequence[Claim]) -> list[Claim]:
    """As in "We start at 17:00. The piste is open until 21:00", which is one span."""
    out: list[Claim] = []
    for claim in hours:
        last = out[-1].value if out else None
        one = claim.value
        halves = last is not None and last.end == "24:00" and one.start == "00:00" and last.start < one.end
        if (
            last is not None
            and halves
            and last.start != "00:00"
            and one.end != "24:00"
            and one.days in ((), last.days)
        ):
            window = _window_or(last, one.end)
            out[-1] = replace(out[-1], value=window)
        else:
            out.append(claim)
    return out


def _between_closed(claims: Sequence[Claim]) -> list[Claim]:
    """As in "No uphill travel after 22:00 or before 05:00" leaves one span open."""
    closed = [c for c in claims if c.condition == _CLOSED]
    late = [c for c in closed if c.value.end == "24:00"]
    early = [c for c in closed if c.value.start == "00:00"]
    if len(closed) != 2 or len(late) != 1 or len(early) != 1:
        return []
    window = _window_or(Window(start=early[0].value.end), late[0].value.start)
    return [replace(early[0], value=window)]


def _complement(window: Window) -> Window | None:
    if "lift" in window.start + window.end:
        return None
    start = "00:00" if window.end == "24:00" else window.end
    end = "24:00" if window.start == "00:00" else window.start
    try:
        return Window(days=window.days, start=start, end=end)
    except ValidationError:
        return None


def _ended(hours: list[Claim], ends: Sequence[Claim], *, wide: bool) -> list[Claim]:
    """``hours`` with the end that a deadline or last start sets."""
    if ends and not hours:
        told = [c for c in ends[:1] if "lift" not in c.value.end and c.strength > Strength.IMPLIED]
        return [] if wide else told
    out = list(hours)
    for end in ends:
        limit = _minutes(end.value.end)
        for index, claim in enumerate(out):
            stop = _minutes(claim.value.end)
            if end.value.days and end.value.days != claim.value.days:
                continue
            if limit is None:
                if claim.value.end == "24:00":
                    out[index] = replace(claim, value=_window_or(claim.value, end.value.end))
                continue
            endless = claim.value.end == "24:00"
            alone = endless and (len(out) == 1 or (wide and _is_lone(claim, out)))
            near = stop is None or abs(stop - limit) <= _NEAR or alone
            begin = _minutes(claim.value.start)
            if (
                near
                and (begin is None or begin < limit)
                and (wide or stop is not None or claim.value.end == "lift_open")
            ):
                window = _window_or(claim.value, end.value.end)
                out[index] = replace(claim, value=window)
    return out


def _is_lone(claim: Claim, hours: Sequence[Claim]) -> bool:
    """Whether only these of the hours have no end."""
    return all(other is claim or other.value.end != "24:00" for other in hours)


def _closed_off(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """As in "Open from 8:30", where "All pistes are closed from 16:30" tells the end."""
    window: Window = claim.value
    begin = _minutes(window.start)
    if window.end != "24:00" or window.start == "00:00" or begin is None:
        return claim
    stops = [
        c.value.start
        for c in claims
        if c.condition == _CLOSED
        and not c.value.days
        and (c.value.end == "24:00" or c.value.end < c.value.start)
        if (stop := _minutes(c.value.start)) is not None and stop > begin
    ]
    return replace(claim, value=_window_or(window, min(stops))) if stops else claim


def _is_by_day(window: Window) -> bool:
    start, end = _minutes(window.start), _minutes(window.end)
    return start is not None and end is not None and 0 < start < _NOON < end


def _window_or(window: Window, end: str) -> Window:
    try:
        return Window(days=window.days, start=window.start, end=end)
    except ValidationError:
        return window


def _minutes(moment: str) -> int | None:
    return int(moment[:2]) * 60 + int(moment[3:]) if moment[0].isdigit() else None
