"""Moments and spans of time in a clause: clock times, the sun's and the lifts' events, weekdays."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.extract.languages import language
from crawler.extract.sentences import Clause, once_a_clause
from crawler.extract.tagger import Hit
from crawler.extract.weekdays import days_in, named_days
from uphill.vocabulary import Day, Event

_CLOCK = re.compile(
    r"(?<![\d$€£.,:/])(?<!\$ )(\d{1,2})"
    r"(?:(?P<sep>\s?[hH]\s?|[:.,])(?P<min>\d{2})(?!\d))?"
    r"(?P<mer>\s?(?:[aApP]\.?\s?[mM]\b\.?|[apAP]\b(?!\.\w)))?"
    r"(?P<uhr>\s?(?:[uU]hr|[hH](?:eures?)?\b|o['’]clock))?"
    r"(?![\d%])(?!\s?(?:/|€|\$|£|[eE]uro|CHF|EUR|USD|CAD|km|m\b|cm|mm|ft|feet|inch|min|Min|hours?|hrs|hour|years?|ans|Jahre|anni|days?|%|th\b|st\b|nd\b|rd\b|st\b|°))"
)
_DIGIT = re.compile(r"\d")
_SUN: dict[str, Event] = {
    "sunrise": Event.SUNRISE, "sunset": Event.SUNSET, "dawn": Event.DAWN, "dusk": Event.DUSK,
    "lift_open": Event.LIFT_OPEN, "lift_close": Event.LIFT_CLOSE,
}  # fmt: skip
_LEAD = 4
"""Tokens from "before" or "after" to its time."""
_OFFSET = 3
"""Tokens between "30 minutes before" and the event that it counts from."""
_AFTER_COMMA = 3
"""Tokens from a comma to an "until" that still goes on with the span before it."""
_BETWEEN = 4
"""Tokens between the halves of "after 17:30, until 22:00"."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time named by tokens ``first`` to ``last``.

    ``minutes`` since midnight, or ``event``; ``sure`` is whether it is written as a time of day, and
    ``half`` whether morning or afternoon is told (or can't be in doubt).
    """

    first: int
    last: int
    minutes: int = -1
    event: Event | None = None
    sure: bool = True
    half: bool = True

    def __str__(self) -> str:
        return self.event.value if self.event else f"{self.minutes // 60:02d}:{self.minutes % 60:02d}"


@dataclass(frozen=True, slots=True)
class Span:
    """From ``start`` to ``end`` (as a Window writes them), on ``days`` (none: every day).

    ``open_ended`` names the side that the words leave open; tokens ``first`` to ``last``.
    """

    start: str
    end: str
    first: int
    last: int
    days: tuple[Day, ...] = ()
    open_ended: str = ""


@once_a_clause
def spans(clause: Clause) -> list[Span]:
    """The spans of time that a clause names, in its order."""
    found = moments(clause)
    closing = after_closing(clause, found)
    out: list[Span] = []
    index = 0
    while index < len(found):
        one = found[index]
        other = found[index + 1] if index + 1 < len(found) else None
        joined = other is not None and _is_range(clause, one, other, found[index - 1].last if index else -1)
        span = (
            _range(one, other)
            if joined and other
            else _single(clause, one, found[index - 1].last if index else -1)
        )
        if span is not None and closing and span.open_ended == "start" and closing.last < span.first:
            span = Span(str(closing), span.end, closing.first, span.last)
        if span is not None:
            out.append(span)
            closing = None
        index += 2 if joined else 1
    return list(_with_days(clause, _merged(out)))


def after_closing(clause: Clause, found: Sequence[Moment]) -> Moment | None:
    """The first moment, where it is "after the lifts close": the start of what is told to end later."""
    one = found[0] if found else None
    if one is None or one.event is not Event.LIFT_CLOSE:
        return None
    return one if _lead(clause, one, -1, "after") > _lead(clause, one, -1, "before") else None


def _merged(found: list[Span]) -> list[Span]:
    """As in "After 17:30, until 22:00" is one span."""
    out: list[Span] = []
    for span in found:
        last = out[-1] if out else None
        opens = last is not None and last.open_ended == "end" and span.open_ended == "start"
        if last is not None and opens and span.first - last.last <= _BETWEEN and last.start < span.end:
            out[-1] = Span(last.start, span.end, last.first, span.last)
        else:
            out.append(span)
    return out


@once_a_clause
def moments(clause: Clause) -> list[Moment]:
    events = [
        Moment(_offset(clause, hit), hit.last, event=event)
        for name, event in _SUN.items()
        for hit in clause.hits.get(name, ())
        # "ultima salita alle 15", "opens to uphill traffic": neither is an event of the lifts
        if not any(
            o.first <= hit.last and hit.first <= o.last
            for concept in ("last_start", "open_to")
            for o in clause.hits.get(concept, ())
        )
    ]
    words = [Moment(h.first, h.last, minutes=720) for h in clause.hits.get("noon", ())]
    words += [Moment(h.first, h.last, minutes=1440) for h in clause.hits.get("midnight", ())]
    clock = list(_clock(clause))
    found = sorted([*events, *words, *clock], key=lambda m: (m.first, -m.last))
    apart: list[Moment] = []
    for moment in found:
        if apart and _explains(clause, apart[-1], moment):
            apart[-1] = replace(moment, first=apart[-1].first)
        elif not apart or moment.first > apart[-1].last:
            apart.append(moment)
    return [m for i, m in enumerate(apart) if m.sure or _vouched(clause, apart, i)]


def _explains(clause: Clause, event: Moment, clock: Moment) -> bool:
    """As in "after the lifts close (16:30)": the clock time of the event before it."""
    between = clause.tokens[event.last + 1 : clock.first]
    behind = clause.tokens[clock.last + 1 : clock.last + 2]
    bracketed = [token.fold for token in between] == ["("] and [t.fold for t in behind] == [")"]
    return event.event is not None and clock.event is None and bracketed


def _offset(clause: Clause, event: Hit) -> int:
    """First token of the event with its offset ("30 minutes before sunrise" counts as sunrise)."""
    others = [hit for name in _SUN for hit in clause.hits.get(name, ()) if hit.last < event.first]
    for hit in clause.hits.get("offset", ()):
        between = any(hit.last < other.first for other in others)
        if hit.first < event.first and event.first - hit.last <= _OFFSET and not between:
            return hit.first
    return event.first


def _clock(clause: Clause) -> Iterator[Moment]:
    if not _DIGIT.search(clause.text, clause.start, clause.end):
        return
    at = {token.start: i for i, token in enumerate(clause.tokens)}
    for match in _CLOCK.finditer(clause.text, clause.start, clause.end):
        first = at.get(match.start())
        if first is None:
            continue
        last = max(i for i, token in enumerate(clause.tokens) if token.start < match.end())
        hour, minute = int(match[1]), int(match["min"] or 0)
        if hour > 24 or minute > 59:
            continue
        separator = (match["sep"] or "").strip()
        if separator == "." and not language(clause.lang).dotted_times and not match["mer"]:
            continue
        # "dalle ore 8,30": a sum otherwise
        if separator == "," and not (
            language(clause.lang).dotted_times
            and any(h.last == first - 1 for h in clause.hits.get("oclock", ()))
        ):
            continue
        meridiem = (match["mer"] or "").strip().lower()[:1]
        if (
            meridiem == "a"
            and not match["mer"].strip().lower().startswith(("am", "a."))
            and not language(clause.lang).half_day_clock
        ):
            meridiem = ""
        written = bool(separator or meridiem or match["uhr"])
        if not written and _is_of_date(clause, first, last):
            continue
        if meridiem and hour <= 12:
            hour = hour % 12 + (12 if meridiem == "p" else 0)
            half = True
        else:
            part = _part_of_day(clause, first, last)
            half = not language(clause.lang).half_day_clock or hour > 12 or hour == 0 or part is not None
            written = written or part is not None
            if part == "post" and hour < 12:
                hour += 12
        yield Moment(first, last, minutes=hour * 60 + minute, sure=written, half=half)


def _is_of_date(clause: Clause, first: int, last: int) -> bool:
    """As in "9 janvier", "January 9": a bare number beside a month is a day of it."""
    return any(0 < hit.first - last <= 2 or hit.last == first - 1 for hit in clause.hits.get("date", ()))


def _part_of_day(clause: Clause, first: int, last: int) -> str | None:
    """As in "in the morning", "abends" right after a time."""
    for part in ("ante", "post"):
        if any(0 < hit.first - last <= 2 for hit in clause.hits.get(part, ())):
            return part
    # the part of the day may stand first, as in "in the evening from 4:30"
    post = language(clause.lang).half_day_clock and any(
        0 < first - hit.last <= 2 for hit in clause.hits.get("post", ())
    )
    return "post" if post else None


def _vouched(clause: Clause, found: Sequence[Moment], index: int) -> bool:
    """Whether a bare number is a time: a connector before it, and a time or range beside it."""
    one = found[index]
    if one.last > one.first:
        return False
    beside = [found[i] for i in (index - 1, index + 1) if 0 <= i < len(found)]
    if any(_adjoin(clause, min(one, o, key=_place), max(one, o, key=_place)) for o in beside):
        return True
    return any(0 < one.first - hit.last <= 1 for hit in clause.hits.get("oclock", ()))


def _place(moment: Moment) -> int:
    return moment.first


def _adjoin(clause: Clause, one: Moment, other: Moment) -> bool:
    between = clause.tokens[one.last + 1 : other.first]
    small = 0 < len(between) <= 5
    return (
        small
        and _connects(clause, one.last + 1, other.first)
        and (one.sure or other.sure or _led(clause, one))
    )


def _led(clause: Clause, moment: Moment) -> bool:
    return any(0 < moment.first - hit.last <= 2 for hit in clause.hits.get("from", ()))


_DASHES = frozenset("–—-")


def _connects(clause: Clause, begin: int, end: int) -> bool:
    """Whether tokens ``begin`` to ``end`` (exclusive) say "to" and nothing else of weight."""
    gap = clause.tokens[begin:end]
    if any(token.fold in _DASHES for token in gap):
        return len(gap) <= 5
    return (
        any(begin <= hit.first and hit.last < end for hit in clause.hits.get("until", ())) and len(gap) <= 7
    )


def _is_range(clause: Clause, one: Moment, other: Moment, since: int) -> bool:
    if not _connects(clause, one.last + 1, other.first):
        return False
    gap = range(one.last + 1, other.first)
    after_again = any(
        h.first in gap
        for name in ("after", "before")
        for h in clause.hits.get(name, ())
        if _strict(clause, h)
    )
    if after_again:
        return False
    ands = {"and", "und", "et", "e", "ed", "y", "or", "oder", "ou", "o"}
    texts = {clause.tokens[i].fold for i in gap}
    if _anew(clause, gap):
        return False
    if texts & ands and not texts & _DASHES:
        begins = [
            h
            for h in clause.hits.get("between", ())
            if since < h.first < one.first and one.first - h.last <= 4
        ]
        return bool(begins)
    return True


def _anew(clause: Clause, gap: range) -> bool:
    """As in "bis 22 Uhr, an den übrigen Tagen bis 19 Uhr": what follows the comma is a time of its own."""
    comma = max((i for i in gap if clause.tokens[i].fold == ","), default=None)
    if comma is None:
        return False
    untils = [hit.first for hit in clause.hits.get("until", ()) if comma < hit.first and hit.last in gap]
    return bool(untils) and min(untils) - comma > _AFTER_COMMA


def _strict(clause: Clause, hit: Hit) -> bool:
    """Whether the word can only mean before or after, and not "until" or "from"."""
    places = {(h.first, h.last) for name in ("until", "from") for h in clause.hits.get(name, ())}
    return (hit.first, hit.last) not in places


def _range(one: Moment, other: Moment) -> Span | None:
    start, end = one, other
    if not start.event and not end.event:
        start, end = _halves(start, end)
    elif not start.event and not start.half and start.minutes < 240:
        start = _later(start)
    elif not end.event and not end.half and start.event in (Event.SUNRISE, Event.DAWN) and end.minutes < 300:
        end = _later(end)
    if end.minutes == 0 and not end.event:
        end = Moment(end.first, end.last, minutes=1440)
    if start.minutes == 1440:
        start = Moment(start.first, start.last, minutes=0)
    if str(start) == str(end) or (start.event in _LIFTS and end.event in _LIFTS):
        return None
    return Span(str(start), str(end), one.first, other.last)


_LIFTS = (Event.LIFT_OPEN, Event.LIFT_CLOSE)


def _halves(start: Moment, end: Moment) -> tuple[Moment, Moment]:
    """Settle morning and afternoon where one or both are not told: "5 to 8:30am", "9-4"."""
    noon = 720
    if start.half and end.half:
        return start, end
    if end.half and not start.half:
        same = start.minutes % noon + (noon if end.minutes >= noon else 0)
        return Moment(start.first, start.last, same if same < end.minutes else start.minutes), end
    if start.half:
        later = end.minutes if end.minutes > start.minutes else end.minutes + noon
        return start, Moment(end.first, end.last, later)
    if end.minutes <= start.minutes:
        end = _later(end)
    return start, end


def _later(moment: Moment) -> Moment:
    return Moment(moment.first, moment.last, moment.minutes + 720)


def _single(clause: Clause, one: Moment, since: int) -> Span | None:
    """A moment with one side open: "before 9", "from 16:30"; ``None`` where nothing says which side."""
    if one.event in _LIFTS and not clause.has("deadline", "start_limit"):
        return None
    lead = {name: _lead(clause, one, since, name) for name in ("before", "after")}
    if lead["before"] == lead["after"] == _NO_LEAD:
        last = any(0 < one.first - hit.last <= 2 for hit in clause.hits.get("start_limit", ()))
        if not (last or (clause.has("deadline", "start_limit") and _at(clause, one))):
            return None
        lead["before"] = (one.first - 1, 1)  # "at 8:30 everyone is off the hill"
    if lead["before"] >= lead["after"]:
        settled = one if one.half or one.event or one.minutes >= 240 else _later(one)
        end = "24:00" if str(settled) == "00:00" else str(settled)
        return None if end == "24:00" else Span("00:00", end, one.first, one.last, open_ended="start")
    settled = one if one.half or one.event or one.minutes >= 480 else _later(one)
    if settled.minutes in (0, 1440):
        return None
    return Span(str(settled), "24:00", one.first, one.last, open_ended="end")


_NO_LEAD = (-1, 0)


def _lead(clause: Clause, one: Moment, since: int, name: str) -> tuple[int, int]:
    """Where the word before the moment ends, and how long it is: "no earlier than" outweighs "earlier than"."""
    found = (
        (hit.last, hit.last - hit.first + 1)
        for hit in clause.hits.get(name, ())
        if since < hit.last < one.first and one.first - hit.last <= _LEAD
    )
    return max(found, default=_NO_LEAD)


def _at(clause: Clause, moment: Moment) -> bool:
    return any(hit.last == moment.first - 1 for hit in clause.hits.get("oclock", ()))


def _with_days(clause: Clause, found: list[Span]) -> Iterator[Span]:
    if not found:
        return
    anywhere = named_days(clause)
    daily = any(hit.last < found[0].first for hit in clause.hits.get("daily", ()))
    leads = daily or bool(named_days(clause, 0, found[0].first))
    shared: tuple[Day, ...] = ()
    for index, span in enumerate(found):
        days = anywhere
        if len(found) > 1 and anywhere:
            following = found[index + 1].first if index + 1 < len(found) else None
            before = days_in(clause, found[index - 1].last + 1 if index else 0, span.first)
            # weekdays that lead hold until others are named; such that follow belong to the span before them
            days = (before or shared) if leads else days_in(clause, span.last + 1, following) or anywhere
            shared = days
        yield Span(span.start, span.end, span.first, span.last, days, span.open_ended)
