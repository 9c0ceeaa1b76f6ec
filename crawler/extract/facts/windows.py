"""Times at which uphill travel is allowed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pydantic import ValidationError

from crawler.extract.claims import UNDER_HEADING, UNSTATED, Claim, Settled, Strength
from crawler.extract.columns import column_of
from crawler.extract.document import Document, Scope, Scoped
from crawler.extract.page import Block, Region
from crawler.extract.sentences import Clause
from crawler.extract.times import Span, days_in, moments, spans
from uphill.policy import Window
from uphill.vocabulary import Day

FIELD = "windows"
NEEDS: tuple[str, ...] = ()

_OTHERS_HOURS = (
    "dog",
    "bike",
    "lights",
    "machines",
    "obtain",
    "trailhead",
    "price_word",
    "call",
    "announce",
    "duration",
    "race_news",
)
_OPEN, _CLOSED, _DEADLINE, _LAST_START = "open", "closed", "deadline", "last start"
_PARTS = ("ante", "post", "evening_event")
_BARE = 14
"""Tokens of a line that holds hardly more than hours."""
_ENDS = 2
_BEFORE_SPAN = 3
"""Tokens between "except" and the hours that it excepts."""
_NEAR = 120
"""How many minutes a deadline may lie from the end of the hours that it ends."""


def claims(document: Document) -> Iterator[Claim]:
    """Values are Windows; the condition tells open hours, closed hours, deadlines and last starts."""
    before: Scoped | None = None
    # of "Days | Monday, Friday", for the row of hours below it; of "Skin with us on Fridays!", for what follows
    days_before: tuple[tuple[Day, ...], Block | None] = ((), None)
    for scoped in document.main:
        goes_on = (
            before is not None and before.sentence.block is scoped.sentence.block and before.whole.travels
        )
        before = scoped
        if scoped.sentence.asks:
            continue
        if (
            scoped.whole.has("round_the_clock")
            and scoped.named
            and scoped.whole.has("uphill", "ascend")
            and not scoped.whole.has("obtain", "machines")
            and not any(_forbids(c) for c in scoped.clauses if c.has("round_the_clock"))
        ):
            yield _claim(Window(), scoped, _OPEN)
        found = _spans(scoped)
        if not found:
            block = scoped.sentence.block
            told = days_in(scoped.whole) if block.row or block.listed or scoped.whole.travels else ()
            days_before = (told, block)
        elif not any(s.days for _, s in found) and _goes_on(days_before[1], scoped.sentence.block):
            found = [(clause, replace(span, days=days_before[0])) for clause, span in found]
        for clause, span in found:
            kind = _kind(_owner(clause, scoped), scoped, span, goes_on=goes_on)
            window = (
                Window(end=span.start) if kind == _LAST_START and span.open_ended == "end" else _window(span)
            )
            if kind and window:
                yield _claim(window, scoped, kind)


def _owner(clause: Clause, scoped: Scoped) -> Clause:
    """The clause that hours in brackets belong to: "closed for grooming (17:00 to 21:00)"."""
    at = scoped.clauses.index(clause) if clause in scoped.clauses else 0
    bracketed = clause.text[: clause.start].rstrip().endswith("(")
    return (
        scoped.clauses[at - 1] if at and bracketed and not clause.verdicts and not clause.travels else clause
    )


def _goes_on(before: Block | None, block: Block) -> bool:
    listed = before is not None and ((before.row and block.row) or (before.listed and block.listed))
    return before is block or listed


def _spans(scoped: Scoped) -> list[tuple[Clause, Span]]:
    """The sentence's spans; weekdays told elsewhere in it, or in its heading, hold for all that have none."""
    found = [(clause, span) for clause in scoped.clauses for span in spans(clause)] or _in_columns(scoped)
    if any(span.days for _, span in found):
        return found
    above = [_days_above(scoped, clause.tokens[span.first].start) for clause, span in found]
    if any(above):
        return [(c, replace(span, days=days)) for (c, span), days in zip(found, above, strict=True)]
    days = days_in(scoped.whole) or (days_in(scoped.heading) if scoped.heading else ())
    return [(clause, replace(span, days=days)) for clause, span in found] if days else found


def _in_columns(scoped: Scoped) -> list[tuple[Clause, Span]]:
    """Of "Monday | 6:00 AM | 8:00 AM" under "Days | From | Until"."""
    head, row = scoped.heading, scoped.whole
    if not scoped.sentence.block.row or head is None or not head.all("column_from", "column_until"):
        return []
    found = [moment for moment in moments(row) if moment.sure]
    if len(found) != _ENDS:
        return []
    one, other = found
    return [(row, Span(str(one), str(other), one.first, other.last))] if str(one) != str(other) else []


def _days_above(scoped: Scoped, offset: int) -> tuple[Day, ...]:
    """Weekdays at the head of the column that the span stands in."""
    above = column_of(scoped, offset)
    return days_in(*above) if above is not None else ()


def _claim(window: Window, scoped: Scoped, kind: str) -> Claim:
    headed = scoped.heading_phase is not None and not scoped.whole.travels
    return Claim(
        FIELD,
        window,
        scoped.sentence.start,
        scoped.sentence.end,
        Strength.PLAIN,
        f"{kind} hours{UNDER_HEADING if headed else ''}",
        kind,
    )


def _window(span: Span) -> Window | None:
    try:
        return Window(days=span.days, start=span.start, end=span.end)
    except ValidationError:
        return None


def _kind(clause: Clause, scoped: Scoped, span: Span, *, goes_on: bool) -> str | None:  # noqa: PLR0911 - one return a rule, in their order
    """What the span is the time of, if it is of uphill travel."""
    if _is_others(clause, scoped):
        return None
    ends = span.open_ended == "start"
    if span.open_ended == "end" and clause.has("start_limit") and clause.has("neg"):
        return _LAST_START
    if ends and clause.has("start_limit"):
        return _LAST_START
    if ends and clause.has("deadline"):
        return _DEADLINE
    # "It is possible until 8:45" after a sentence on going up
    if not _about(clause, scoped) and not (goes_on and (clause.has("permit") or days_in(clause))):
        return None
    if _forbids(clause) or _is_excepted(clause, scoped, span):
        # closed "around the clock" leaves no hours
        return None if (span.start, span.end) == ("00:00", "24:00") else _CLOSED
    return _OPEN


def _is_excepted(clause: Clause, scoped: Scoped, span: Span) -> bool:
    """As in "Allowed at all times, except from 22:00 to 5:00"."""
    near = any(0 < span.first - hit.last <= _BEFORE_SPAN for hit in clause.hits.get("except", ()))
    return near and "permit" in scoped.sentence.kinds and "forbid" not in scoped.sentence.kinds


def _about(clause: Clause, scoped: Scoped) -> bool:
    """Whether the clause, its sentence or its heading says that these are hours of going up."""
    if clause.travels or scoped.whole.travels or scoped.headed("when_heading") or scoped.heading_phase:
        return True
    if scoped.sentence.block.row and any(head.has("when_heading") for head in scoped.headings[1:2]):
        return True  # the heading above the header row
    if clause.has("slopes") and _forbids(clause):
        return True
    return (clause.has("you") and clause.rules("permit")) or _is_own(clause, scoped)


def _is_own(clause: Clause, scoped: Scoped) -> bool:
    """Whether hours without a word on going up are labelled, or stand in a section, as hours of it."""
    own = scoped.scope is Scope.EXPLICIT and not clause.has("other_topic", "lift_hours", "downhill")
    on_route = scoped.whole.has("route_noun") and (clause.has("you") or clause.rules("permit"))
    if own and (on_route or clause.all("slopes", "you")):
        return True  # "The trail is yours from 5 to 8:30", under a heading on going up
    if own and any(scoped.whole.first(part) == 0 for part in _PARTS) and len(scoped.whole.tokens) <= _BARE:
        return True  # "Morning: 5:00 to 8:30"
    labelled = 0 <= scoped.whole.first("when_heading") <= 1
    told = labelled or (clause.has("when_heading") and len(clause.tokens) <= _BARE)
    return (
        told and scoped.sentence.block.region is Region.MAIN and not clause.has("lift_hours", "other_topic")
    )


def _forbids(clause: Clause) -> bool:
    kinds = {v.kind for v in clause.verdicts}
    return (
        "forbid" in kinds
        and not (kinds == {"forbid", "permit"} and clause.has("only"))
        and not clause.has("except", "without")
    )


def _is_others(clause: Clause, scoped: Scoped) -> bool:  # noqa: PLR0911 - one return a rule, in their order
    """Whether the hours are those of lifts, offices, dogs and the like."""
    if clause.has(*_OTHERS_HOURS) and not (
        clause.travels
        and (clause.rules("permit") or (clause.rules("forbid") and not clause.has("if_strict")))
        and not clause.has("dog", "bike", "lights", "obtain", "announce", "trailhead", "duration")
    ):
        return True
    labelled = 0 <= scoped.whole.first("when_heading") <= 1
    if clause.has("date") and not clause.has("uphill", "ascend") and not labelled:
        return True
    if clause.first("if_strict") == 0 and not clause.travels:
        return True  # "If you pull in before 9:00, use the lower lot"
    topics = clause.hits.get("other_topic", ())
    named = clause.has("uphill", "ascend")
    if any(t.first <= 2 for t in topics) and not clause.travels and not clause.has("when_heading_uphill"):
        return True
    if scoped.whole.has("dog") and not named:
        return True
    operates = (
        clause.has("during_ops", "lift_hours")
        and not clause.has("outside_ops")
        and not clause.has("uphill")
        and not (named and clause.verdicts)
    )
    if scoped.whole.has("obtain") and not (clause.travels and clause.has("permit", "forbid")):
        return True
    return operates or (clause.has("downhill") and not named and not clause.has("deadline"))


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    """Open hours, ended by last starts and deadlines; closed hours only where no open ones are told."""
    hours = _distinct(_joined([c for c in claims if c.condition == _OPEN]))
    if not hours:
        hours = _between_closed(claims) or _distinct(
            [replace(c, value=w) for c in claims if c.condition == _CLOSED if (w := _complement(c.value))]
        )
    for kind in (_DEADLINE, _LAST_START):
        ends = [c for c in claims if c.condition == kind]
        hours = _distinct(_ended(hours, ends, wide=kind == _LAST_START))
    if not hours:
        return UNSTATED
    return Settled(tuple(c.value for c in hours), tuple(hours))


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
        return [] if wide else [c for c in ends[:1] if "lift" not in c.value.end]
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
            near = (
                stop is None or abs(stop - limit) <= _NEAR or (claim.value.end == "24:00" and len(out) == 1)
            )
            begin = _minutes(claim.value.start)
            if (
                near
                and (begin is None or begin < limit)
                and (wide or stop is not None or claim.value.end == "lift_open")
            ):
                window = _window_or(claim.value, end.value.end)
                out[index] = replace(claim, value=window)
    return out


def _window_or(window: Window, end: str) -> Window:
    try:
        return Window(days=window.days, start=window.start, end=end)
    except ValidationError:
        return window


def _minutes(moment: str) -> int | None:
    return int(moment[:2]) * 60 + int(moment[3:]) if moment[0].isdigit() else None
