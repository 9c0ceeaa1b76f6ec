"""Moments of time that a clause names: clock times, in figures or words, the sun's and the lifts' events."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.extract.automaton import Hit
from crawler.extract.hours.spelledtimes import SPOKEN, signalled, spoken
from crawler.extract.languages import language
from crawler.extract.once import once
from crawler.extract.sentences import Clause
from uphill.vocabulary import Event

_CLOCK = re.compile(
    r"(?<![\d$€£.,:/])(?<!\$ )(\d{1,2})(?![.,'’]\d{3}(?!\d))"
    r"(?:(?P<sep>\s?[hH]\s?|[:.,])(?P<min>\d{2})(?!\d))?"
    r"(?P<mer>\s?(?:[aApP]\.?\s?[mM]\b\.?|[apAP]\b(?!\.\w)))?"
    r"(?P<uhr>\s?(?:[uU]hr|[hH](?:eures?)?\b|o['’]clock))?"
    r"(?![\d%])(?!\s?(?:/|€|\$|£|[eE]uro|CHF|EUR|USD|CAD|km|m\b|cm|mm|ft|feet|inch|min|Min|hours?|hrs|hour|or[ae]\b|years?|ans|Jahre|anni|days?|%|th\b|st\b|nd\b|rd\b|st\b|°))"
)
_BEHIND = 3
"""Tokens from "closes to" to those who go up."""
_LABEL = 4
"""Tokens of a label such as "Morning skinning:"."""
_SUN: dict[str, Event] = {
    "sunrise": Event.SUNRISE, "sunset": Event.SUNSET, "dawn": Event.DAWN, "dusk": Event.DUSK,
    "lift_open": Event.LIFT_OPEN, "lift_close": Event.LIFT_CLOSE,
}  # fmt: skip
TIMED = frozenset([*_SUN, "noon", "midnight", *SPOKEN])
"""Concepts that tell a time without a figure."""
_OFFSET = 3
"""Tokens between "30 minutes before" and the event that it counts from."""


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


@once
def moments(clause: Clause) -> list[Moment]:
    found = [] if clause.lacks(TIMED) else list(_named(clause))
    if clause.numbered:
        found += _signalled(clause)
        found += _clock(clause)
    if not found:
        return []
    found.sort(key=lambda m: (m.first, -m.last))
    apart: list[Moment] = []
    for moment in found:
        if apart and _explains(clause, apart[-1], moment):
            apart[-1] = replace(moment, first=apart[-1].first)
        elif not apart or moment.first > apart[-1].last:
            apart.append(moment)
    known = [m for i, m in enumerate(apart) if m.sure or _vouched(clause, apart, i)]
    return [m for i, m in enumerate(known) if not (i and _comments(clause, known[i - 1], m))]


def _comments(clause: Clause, clock: Moment, event: Moment) -> bool:
    """As the lifts do in "from 7 (before the lifts open) to 15"."""
    if event.event not in _LIFTS or clock.event is not None:
        return False
    opens = clause.tokens[clock.last + 1 : event.first]
    shut = next((t.fold for t in clause.tokens[event.last + 1 :] if t.fold in "()"), "")
    goes_on = any(token.fold == ")" for token in clause.tokens[event.last + 1 : -1])
    return bool(opens) and opens[0].fold == "(" and shut == ")" and goes_on


_LIFTS = (Event.LIFT_OPEN, Event.LIFT_CLOSE)


def _named(clause: Clause) -> Iterator[Moment]:
    for name, event in _SUN.items():
        for hit in clause.hits.get(name, ()):
            lifts_run = name.startswith("lift") and hit.within_any(clause.hits.get("during_ops", ()))
            if not (lifts_run or _is_of_climbers(clause, hit) or _is_a_place(clause, hit)):
                yield Moment(_offset(clause, hit), hit.last, event=event)
    for name, minutes in (("noon", 720), ("midnight", 1440)):
        for hit in clause.hits.get(name, ()):
            yield Moment(hit.first, hit.last, minutes=minutes)
    yield from _spelled(clause)


def _is_of_climbers(clause: Clause, event: Hit) -> bool:
    """As "ultima salita alle 15", "opens to uphill traffic", "closes to skinners": no event of the lifts."""
    travel = [hit.first for hit in clause.hits_of("uphill", "ascend")]
    if event.overlaps_any(clause.hits.get("opening_day", ())):
        return True  # "Evenings, opening day to Feb. 28 | 16:45 to 21:00"
    return any(
        event.overlaps(other)
        for other in clause.hits_of("last_start", "open_to", "closed_to")
        if other.concept != "closed_to" or any(0 < first - other.last <= _BEHIND for first in travel)
    )


def _is_a_place(clause: Clause, event: Hit) -> bool:
    """As in "the Sunrise side of the village", "Sunset Ridge"; German writes every noun with a capital."""
    behind = clause.tokens[event.last + 1 : event.last + 2]
    word = clause.text[clause.tokens[event.last].start : clause.tokens[event.last].end]
    if clause.lang == "de" or event.first < event.last or not behind or not word.istitle():
        return False
    if behind[0].fold in _PLACES:
        return True
    named = clause.text[behind[0].start : behind[0].end].istitle() and len(behind[0].fold) >= _NAME
    bound = clause.hits_of("until", "before", "after", "between", "during_ops", "outside_ops", "uphill")
    return named and event.first > 0 and not any(hit.covers(event.last + 1) for hit in bound)


_PLACES = frozenset("side lodge lot chair lift quad express base ridge bowl run trail basin peak".split())  # noqa: SIM905
_NAME = 4
"""Letters of the shortest second word of a place's name."""


def _explains(clause: Clause, event: Moment, clock: Moment) -> bool:
    """As in "after the lifts close (16:30)": the clock time of the event before it."""
    before = clock.first - 1
    at = any(hit.first == before == hit.last for hit in clause.hits.get("oclock", ()))
    between = [token.fold for token in clause.tokens[event.last + 1 : before if at else clock.first]]
    behind = [token.fold for token in clause.tokens[clock.last + 1 : clock.last + 2]]
    bracketed = (between, behind) == (["("], [")"])
    bound = any(hit.covers(before) for hit in clause.hits_of("until", "before", "after", "between"))
    named = between == [","] and at and not bound
    return event.event is not None and clock.event is None and (bracketed or named)


def _offset(clause: Clause, event: Hit) -> int:
    """First token of the event with its offset ("30 minutes before sunrise" counts as sunrise)."""
    others = [hit for hit in clause.hits_of(*_SUN) if hit.last < event.first]
    for hit in clause.hits.get("offset", ()):
        between = any(hit.last < other.first for other in others)
        if hit.first < event.first and event.first - hit.last <= _OFFSET and not between:
            return hit.first
    return event.first


def _spelled(clause: Clause) -> Iterator[Moment]:
    for one in spoken(clause):
        part = {"a": "ante", "p": "post"}.get(one.meridiem) or _part_of_day(clause, one.first, one.last)
        minutes = one.minutes + (720 if part == "post" and one.minutes < 720 else 0)
        yield Moment(one.first, one.last, minutes=minutes, sure=one.sure, half=part is not None)


def _signalled(clause: Clause) -> Iterator[Moment]:
    for first, last, minutes in signalled(clause):
        yield Moment(first, last, minutes=minutes)


def _clock(clause: Clause) -> Iterator[Moment]:
    starts: list[int] = []
    for match in _CLOCK.finditer(clause.text, clause.start, clause.end):
        starts = starts or [token[1] for token in clause.tokens]
        first = bisect_left(starts, match.start())
        if first == len(starts) or starts[first] != match.start():
            continue
        meridiem = (match["mer"] or "").strip().lower()[:1]
        end = match.end()
        if (
            meridiem == "a"
            and not match["mer"].strip().lower().startswith(("am", "a."))
            and not language(clause.lang).half_day_clock
        ):
            meridiem, end = "", match.start("mer")  # "dalle 18 a mezzanotte"
        last = bisect_left(starts, end) - 1
        hour, minute = int(match[1]), int(match["min"] or 0)
        if hour > 24 or minute > 59:
            continue
        separator = (match["sep"] or "").strip()
        if not _separates(clause, separator, first, meridiem=bool(match["mer"])):
            continue
        written = bool(separator or meridiem or match["uhr"])
        if not written and (_is_of_date(clause, first, last) or _is_of_a_run(clause, first, last)):
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


def _is_of_a_run(clause: Clause, first: int, last: int) -> bool:
    """As in "Piste 2 (Talabfahrt) bis 22 Uhr": the number of a run, whose name stands behind it."""
    behind = clause.tokens[last + 1].fold if last + 1 < len(clause.tokens) else ""
    return behind == "(" and any(hit.last == first - 1 for hit in clause.hits.get("route_noun", ()))


def _separates(clause: Clause, separator: str, first: int, *, meridiem: bool) -> bool:
    """Whether hours and minutes may be parted so: "17.30", and "8,30" after "dalle ore", which is a sum otherwise."""
    if separator not in (".", ","):
        return True
    dotted = language(clause.lang).dotted_times
    if separator == ".":
        return dotted or meridiem
    return dotted and any(hit.last == first - 1 for hit in clause.hits.get("oclock", ()))


def _is_of_date(clause: Clause, first: int, last: int) -> bool:
    """As in "9 janvier", "January 9": a bare number beside a month is a day of it."""
    return any(0 < hit.first - last <= 2 or hit.last == first - 1 for hit in clause.hits.get("date", ()))


def _part_of_day(clause: Clause, first: int, last: int) -> str | None:
    """As in "in the morning", "abends" right after a time."""
    for part in ("ante", "post"):
        if any(
            0 < hit.first - last <= 2 and not _is_parted(clause, last, hit)
            for hit in clause.hits.get(part, ())
        ):
            return part
    # the part of the day may stand first, as in "in the evening from 4:30"
    post = language(clause.lang).half_day_clock and any(
        0 < first - hit.last <= 2 for hit in clause.hits_of("post", "evening_event")
    )
    return "post" if post else None


def _is_parted(clause: Clause, last: int, hit: Hit) -> bool:
    """As in "bis 8.30 Uhr und abends": the part of the day is that of the next hours."""
    between = {token.fold for token in clause.tokens[last + 1 : hit.first]}
    return bool(between & {*language(clause.lang).joiners, ",", "|"})


def _vouched(clause: Clause, found: Sequence[Moment], index: int) -> bool:
    """Whether a bare number is a time: a connector before it, and a time or range beside it."""
    one = found[index]
    if one.last > one.first:
        return False
    beside = [found[i] for i in (index - 1, index + 1) if 0 <= i < len(found)]
    if any(_adjoin(clause, min(one, o, key=_place), max(one, o, key=_place)) for o in beside):
        return True
    if any(_is_joined(clause, other, one) for other in beside):
        return True
    return any(0 < one.first - hit.last <= 1 for hit in clause.hits.get("oclock", ()))


def _is_joined(clause: Clause, other: Moment, one: Moment) -> bool:
    """As the 4 of "before 8:30 and after 4": a word of time right before it, and an "and" before that."""
    led = {hit.first for hit in clause.hits_of("before", "after", "until") if hit.last == one.first - 1}
    joined = (
        other.last + 1 < one.first and clause.tokens[other.last + 1].fold in language(clause.lang).joiners
    )
    behind = clause.tokens[one.last + 1 : one.last + 2]
    ends = not behind or behind[0].is_mark
    return other.sure and joined and other.last + 2 in led and ends


def _place(moment: Moment) -> int:
    return moment.first


def _adjoin(clause: Clause, one: Moment, other: Moment) -> bool:
    between = clause.tokens[one.last + 1 : other.first]
    small = 0 < len(between) <= 5
    return (
        small
        and connects(clause, one.last + 1, other.first)
        and (one.sure or other.sure or _led(clause, one))
    )


def _led(clause: Clause, moment: Moment) -> bool:
    before = clause.tokens[moment.first - 1].fold if moment.first else ""
    labels = ("from", "ante", "post", "evening_event", "when_heading") if before in _LABEL_ENDS else ("from",)
    return _is_labelled(clause, moment) or any(
        0 < moment.first - hit.last <= 2 for hit in clause.hits_of(*labels)
    )


_LABEL_ENDS = frozenset(":,|")


def _is_labelled(clause: Clause, moment: Moment) -> bool:
    """As in "Morning skinning: 6-8"."""
    parted = moment.first and clause.tokens[moment.first - 1].fold == ":"
    return (
        bool(parted)
        and moment.first <= _LABEL
        and clause.has("ante", "post", "evening_event", "when_heading")
    )


DASHES = frozenset("–—-")


def behind_brackets(clause: Clause, begin: int, end: int) -> int:
    """``begin``, or the token behind the brackets that open there: "from 7 (before the lifts open) to 15"."""
    gap = clause.tokens[begin:end]
    closing = next((i for i, token in enumerate(gap) if token.fold == ")"), -1)
    return begin + closing + 1 if gap and gap[0].fold == "(" else begin


def connects(clause: Clause, begin: int, end: int) -> bool:
    """Whether tokens ``begin`` to ``end`` (exclusive) say "to" and nothing else of weight."""
    gap = clause.tokens[begin:end]
    if any(token.fold in DASHES for token in gap):
        return len(gap) <= 5
    return (
        any(begin <= hit.first and hit.last < end for hit in clause.hits.get("until", ())) and len(gap) <= 7
    )
