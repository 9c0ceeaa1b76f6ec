"""Spans of time that a clause names, and the weekdays that they hold for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from crawler.extract.automaton import Hit
from crawler.extract.hours.moments import DASHES, Moment, behind_brackets, connects, moments
from crawler.extract.hours.weekdays import days_in, named_days
from crawler.extract.languages import of_all
from crawler.extract.once import once
from crawler.extract.sentences import Clause
from uphill.vocabulary import Day, Event

_LEAD = 4
"""Tokens from "before" or "after" to its time."""
_NAMED = 2
"""Tokens from "end of the descent" to its time."""
_LABEL = 6
"""Tokens of a label such as "All off the hill"."""
_AFTER_COMMA = 3
"""Tokens from a comma to an "until" that still goes on with the span before it."""
_EARLIEST_EVENING = 180
"""Minutes from which an hour of twelve may be one of an evening."""
_EARLIEST_START = "04:00"
"""Before which nobody means the morning."""
_BETWEEN = 4
"""Tokens between the halves of "after 17:30, until 22:00"."""
_OVERNIGHT = 10
"""Tokens between the evening's beginning and the morning's end."""
_EVENING, _MORNING = "16:00", "09:30"
"""When an evening begins at the earliest, and a morning that ends it at the latest."""


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
    or_start: str = ""
    """The start by the other half of the day, where the words tell none."""


def started(opening: Span, ending: Span) -> str:
    """When hours start that end as told: "We open at 5. Be down by 8:30" is of the morning."""
    early, late, end = opening.or_start, opening.start, ending.end
    return early if early >= _EARLIEST_START and end[0].isdigit() and early < end < late else late


def _ends_first(ending: Span, opening: Span) -> bool:
    """As in "closes at 22:00 and reopens at 4:00", where "closes at 8:30 and reopens at 16:30" is two spans."""
    sides = (ending.open_ended, opening.open_ended) == ("start", "end")
    return sides and ending.start == "00:00" and opening.start < ending.end and ending.end[0].isdigit()


@once
def spans(clause: Clause) -> list[Span]:
    """The spans of time that a clause names, in its order."""
    found = moments(clause)
    if not found:
        return []
    closing = after_closing(clause, found)
    out: list[Span] = []
    index = 0
    while index < len(found):
        one = found[index]
        other = found[index + 1] if index + 1 < len(found) else None
        if other is not None and _is_told_in_passing(clause, one, other):
            span = _at_an_event(clause, one, other, found[index - 1].last if index else -1)
            out += [span] if span else []
            closing = None if span else closing
            index += 2
            continue
        joined = other is not None and _is_range(clause, one, other, found[index - 1].last if index else -1)
        span = (
            _range(clause, one, other)
            if joined and other
            else _single(clause, one, found[index - 1].last if index else -1)
        )
        if span is None and out and _goes_on_with_days(clause, out[-1], one):
            end, start = (
                (str(one), out[-1].start) if out[-1].open_ended == "start" else (out[-1].end, str(one))
            )
            span = replace(out[-1], start=start, end=end, first=one.first, last=one.last, or_start="")
        if span is not None and closing and span.open_ended == "start" and closing.last < span.first:
            span = Span(str(closing), span.end, closing.first, span.last)
        if span is not None:
            out.append(span)
            closing = None
        index += 2 if joined else 1
        if span is not None and not joined and other is not None and _tells_when(clause, one, other):
            index += 1  # "by the time the lifts open at 9"
        if joined and other and index < len(found) and _tells_when(clause, other, found[index]):
            index += 1
    return list(_with_days(clause, _merged(clause, out)))


def _is_told_in_passing(clause: Clause, event: Moment, clock: Moment) -> bool:
    """As in "before the lifts open at 9", and not as "from the closing to 22:00", which is a span."""
    usual = event.event is not None and clock.minutes in _USUAL.get(event.event, ())
    return usual and clause.tokens[clock.first - 1].fold in _CLOCKED and _tells_when(clause, event, clock)


_CLOCKED = frozenset(["at", "um", "à", "alle", "ore"])


def _at_an_event(clause: Clause, event: Moment, clock: Moment, since: int) -> Span | None:
    """As "before the lifts open at 9", which tells when that is: the time is that of the clock."""
    told = replace(clock, first=event.first)
    limited = clause.has("deadline", "start_limit")
    return _single(clause, told, since) or (_single(clause, clock, event.last) if limited else None)


def _goes_on_with_days(clause: Clause, before: Span, one: Moment) -> bool:
    """As 8 does in "off the hill by 9 a.m. weekdays and 8 a.m. weekends"."""
    joined = any(token.fold in _ANDS for token in clause.tokens[before.last + 1 : one.first])
    days = named_days(clause, before.last + 1, one.first) and named_days(clause, one.last + 1)
    return bool(before.open_ended and one.sure and one.event is None and joined and days)


_ANDS = of_all("joiners") | {","}


def _tells_when(clause: Clause, event: Moment, clock: Moment) -> bool:
    """As in "until the lifts open at 9": the clock time of the lifts' event, and no hours of its own."""
    at = any(
        (hit.first, hit.last) == (event.last + 1, clock.first - 1) for hit in clause.hits.get("oclock", ())
    )
    return event.event in _LIFTS and clock.event is None and at


def after_closing(clause: Clause, found: Sequence[Moment]) -> Moment | None:
    """The first moment, where it is "after the lifts close": the start of what is told to end later."""
    one = found[0] if found else None
    if one is None or one.event is not Event.LIFT_CLOSE:
        return None
    inside = any(hit.first == one.first for hit in clause.hits.get("after", ()))  # "After close, until 23:00"
    # as in "When the lifts close, skinning is allowed until 22:00"
    begins = any(hit.first == 0 and one.first - hit.last <= 1 for hit in clause.hits.get("upon", ()))
    then = begins and not clause.rules("forbid")
    return (
        one if then or inside or _lead(clause, one, -1, "after") > _lead(clause, one, -1, "before") else None
    )


def _ends_overnight(clause: Clause, opening: Span, ending: Span) -> bool:
    """As in "Begins at 17:30 and ends at 7:00 the next morning", where "after 17:30 and before 7:00" is two spans."""
    late = opening.start[0].isdigit() and opening.start >= _EVENING
    early = ending.end[0].isdigit() and ending.end <= _MORNING
    ends = clause.hits_of("column_until", "deadline")
    between = any(opening.last < hit.first <= ending.first for hit in ends)
    return late and early and between and ending.first - opening.last <= _OVERNIGHT


def _merged(clause: Clause, found: list[Span]) -> list[Span]:
    """As in "After 17:30, until 22:00" is one span."""
    out: list[Span] = []
    for span in found:
        last = out[-1] if out else None
        opens = last is not None and last.open_ended == "end" and span.open_ended == "start"
        start = started(last, span) if last is not None else ""
        if last is not None and opens and span.first - last.last <= _BETWEEN and start < span.end:
            out[-1] = Span(start, span.end, last.first, span.last)
        elif last is not None and opens and _ends_overnight(clause, last, span):
            out[-1] = Span(last.start, span.end, last.first, span.last)
        elif last is not None and _ends_first(last, span):
            out[-1] = Span(span.start, last.end, last.first, span.last)
        else:
            out.append(span)
    return out


def _is_range(clause: Clause, one: Moment, other: Moment, since: int) -> bool:
    gap = range(behind_brackets(clause, one.last + 1, other.first), other.first)
    if not connects(clause, gap.start, gap.stop):
        return False
    after_again = any(h.first in gap for h in clause.hits_of("after", "before") if _strict(clause, h))
    if after_again:
        return False
    ands = {"and", "und", "et", "e", "ed", "y", "or", "oder", "ou", "o"}
    texts = {clause.tokens[i].fold for i in gap}
    if _anew(clause, gap):
        return False
    if texts & ands and not texts & DASHES:
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
    if days_in(clause, comma + 1, gap.stop):
        return True  # "from 17:00, Friday to Sunday from 18:00"
    if any(comma < hit.first < gap.stop for hit in clause.hits_of("downhill", "descend")):
        return True  # "ascent until 20:30, descent until 22:00"
    untils = [hit.first for hit in clause.hits.get("until", ()) if comma < hit.first and hit.last in gap]
    return bool(untils) and min(untils) - comma > _AFTER_COMMA


def _strict(clause: Clause, hit: Hit) -> bool:
    """Whether the word can only mean before or after, and not "until" or "from"."""
    places = {(h.first, h.last) for h in clause.hits_of("until", "from")}
    return (hit.first, hit.last) not in places


def _range(clause: Clause, one: Moment, other: Moment) -> Span | None:
    start, end = one, other
    if not start.event and not end.event:
        start, end = _halves(_of_evening(clause, start), end)
    elif not start.event and not start.half and start.minutes < 240:
        start = _later(start)
    elif not end.event and not end.half and start.event in (Event.SUNRISE, Event.DAWN) and end.minutes < 300:
        end = _later(end)
    if end.minutes == 0 and not end.event:
        end = Moment(end.first, end.last, minutes=1440)
    if start.minutes == 1440:
        start = Moment(start.first, start.last, minutes=0)
    overnight = (start.event, end.event) == (Event.LIFT_CLOSE, Event.LIFT_OPEN) and clause.has("offset")
    if str(start) == str(end) or (start.event in _LIFTS and end.event in _LIFTS and not overnight):
        return None
    usual = not end.event and any(start.event is event and end.minutes in w for event, w in _USUAL.items())
    if usual or (_tells_when(clause, start, end) and _is_told_alone(clause, start)):
        return None  # "Ouverture des remontées à 9h" tells when they open
    return Span(str(start), str(end), one.first, other.last)


def _is_told_alone(clause: Clause, event: Moment) -> bool:
    """As the slopes' closing in "Closing of the slopes at 22:00", which begins the sentence with no "from"."""
    leads = clause.hits_of("from", "after", "between", "since_date")
    return event.first <= 1 and not any(hit.first <= event.first for hit in leads) and clause.first("neg") < 0


_LIFTS = (Event.LIFT_OPEN, Event.LIFT_CLOSE)
_USUAL = {Event.LIFT_OPEN: range(6 * 60, 12 * 60), Event.LIFT_CLOSE: range(12 * 60, 17 * 60 + 31)}
"""Minutes of the day at which lifts open, and close."""


def _of_evening(clause: Clause, moment: Moment) -> Moment:
    """As the hours of "On Wednesday evenings from six until nine", which tell no half of the day."""
    label = clause.lead  # "Evening skinning: Tuesdays from six to eight"
    evening = clause.has("evening_event") or (label is not None and label.has("evening_event"))
    evening = evening and not clause.has("ante") and not (label is not None and label.has("ante"))
    if moment.half or moment.event or not evening or not _EARLIEST_EVENING <= moment.minutes < 720:
        return moment
    return replace(_later(moment), half=True)


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
        first = not any(other.event is None and other.last < one.first for other in moments(clause))
        named = any(0 < one.first - hit.last <= _NAMED for hit in clause.hits.get("deadline", ()))
        told = (first or named) and clause.has("deadline", "start_limit") and _at(clause, one)
        if not (last or told or ends_label(clause, one.first)):
            return None
        lead["before"] = (one.first - 1, 1)  # "at 8:30 everyone is off the hill"
    if lead["before"] >= lead["after"]:
        settled = one if one.half or one.event or one.minutes >= 240 else _later(one)
        end = "24:00" if str(settled) == "00:00" else str(settled)
        return None if end == "24:00" else Span("00:00", end, one.first, one.last, open_ended="start")
    settled = one if one.half or one.event or one.minutes >= 480 else _later(one)
    if settled.minutes in (0, 1440) or _ends_untold(clause, one):
        return None
    other = str(one) if settled is not one else ""
    return Span(str(settled), "24:00", one.first, one.last, open_ended="end", or_start=other)


def _ends_untold(clause: Clause, start: Moment) -> bool:
    """As in "from 6 am until the cats come out": the hours end, but at no time that is known."""
    begun = [m.first for m in moments(clause) if m.first > start.last]
    return any(
        start.last < end.first <= start.last + _NAMED
        and not any(0 < first - end.last <= _LEAD for first in begun)
        for end in clause.hits.get("lasting_until", ())
    )


def ends_label(clause: Clause, first: int) -> bool:
    """Whether the time at token ``first`` follows a label such as "All off the hill:"."""
    lead = clause.lead
    leads = first == 0 or any(
        hit.first == 0 and hit.last + 1 == first for hit in clause.hits.get("oclock", ())
    )
    return lead is not None and leads and lead.has("deadline") and len(lead.tokens) <= _LABEL


_NO_LEAD = (-1, 0)


def _lead(clause: Clause, one: Moment, since: int, name: str) -> tuple[int, int]:
    """Where the word before the moment ends, and how long it is: "no earlier than" outweighs "earlier than"."""
    found = (
        (hit.last, hit.last - hit.first + 1)
        for hit in clause.hits.get(name, ())
        if since < hit.last < one.first
        and one.first - hit.last <= _LEAD
        and not _names_who(clause, hit.last, one.first)
    )
    return max(found, default=_NO_LEAD)


def _names_who(clause: Clause, by: int, first: int) -> bool:
    """As the "by" of "checked by ski patrol at 7:30", with the time at token ``first``."""
    between = clause.tokens[by + 1 : first]
    own = clause.tokens[by].fold == "by" and bool(between) and between[-1].fold == "at"
    return own and any(token.fold not in _SLACK for token in between)


_SLACK = frozenset(["at", "about", "around", "no", "later", "than", "latest", "the"])


def _at(clause: Clause, moment: Moment) -> bool:
    colon = moment.first > 0 and clause.tokens[moment.first - 1].fold == ":"
    return colon or any(hit.last == moment.first - 1 for hit in clause.hits.get("oclock", ()))


def _with_days(clause: Clause, found: list[Span]) -> Iterator[Span]:
    if not found:
        return
    anywhere = named_days(clause)
    daily = any(hit.last < found[0].first for hit in clause.hits.get("daily", ()))
    leads = daily or bool(named_days(clause, 0, found[0].first))
    if len(found) > 1 and anywhere and not leads and not named_days(clause, found[-1].last + 1):
        yield from _with_days_between(clause, found)
        return
    shared: tuple[Day, ...] = ()
    for index, span in enumerate(found):
        days = anywhere
        if len(found) > 1 and anywhere:
            following = found[index + 1].first if index + 1 < len(found) else None
            before = days_in(clause, found[index - 1].last + 1 if index else 0, span.first)
            # weekdays that lead hold until others are named; such that follow belong to the span before them
            days = (before or shared) if leads else days_in(clause, span.last + 1, following) or anywhere
            shared = days
        yield replace(span, days=days)


def _with_days_between(clause: Clause, found: list[Span]) -> Iterator[Span]:
    """As in "8 to 16:30, on Fridays until 21:00": the days hold for what follows them, which begins as the first do."""
    first = found[0]
    days: tuple[Day, ...] = ()
    yield first
    for before, span in pairwise(found):
        days = days_in(clause, before.last + 1, span.first) or days
        later = days and span.open_ended == "start" and not first.open_ended and first.start < span.end
        start = first.start if later else span.start
        yield replace(span, days=days, start=start, open_ended="" if later else span.open_ended)
