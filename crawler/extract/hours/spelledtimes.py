"""Clock times as they are spoken or signalled: "half past eight", "halb neun", "le otto e mezza", "0500-0830"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from crawler.extract.automaton import Hit
from crawler.extract.daynames import DAYS
from crawler.extract.sentences import Clause

_FRACTIONS = {"half_past": 30, "half_to": -30, "quarter_past": 15, "quarter_to": -15}
_HOURS = {f"hour_{hour}": hour for hour in range(1, 13)}
SPOKEN = frozenset([*_FRACTIONS, *_HOURS])
"""Concepts without which no hour is told in words."""
_COUNTS = ("hour_1",)
"""Words that are articles too, and no time unless something says so."""
_TO = 7
"""Tokens from a number to the one that it reaches to."""
_BEHIND = (
    "until",
    "ante",
    "post",
    "daily",
    "weekdays",
    "weekend",
    "every_day",
    "evening_event",
    "permit",
    "forbid",
)
"""What may stand behind a bare number that is a time, where a noun would make it a count."""
_MERIDIEM = re.compile(r"\s?([ap])\.?\s?m\b\.?", re.IGNORECASE)
_SIGNALLED = re.compile(
    r"(?<![\d.,/$€-])(\d{2})([0-5]\d)\s?(?:h|hrs|hours)?\s?(?:-|–|—|to|until)\s?(\d{2})([0-5]\d)(\s?(?:hrs|hours|h)\b)?(?![\d.,/-]\d)"
)


class Spoken(NamedTuple):
    """An hour and its minutes by a clock of twelve hours, in tokens ``first`` to ``last``.

    ``meridiem`` is "a", "p" or nothing; ``sure`` is whether it can't be a mere count.
    """

    first: int
    last: int
    minutes: int
    meridiem: str
    sure: bool


def spoken(clause: Clause) -> list[Spoken]:
    """Hours told in words, and figures with a half or a quarter told in words."""
    if clause.lacks(SPOKEN):
        return []
    spans = clause.hits.get("offset", ())  # "one half hour after the lifts close" is no time of day
    fractions = sorted(
        (hit.first, hit.last, minutes)
        for name, minutes in _FRACTIONS.items()
        for hit in clause.hits.get(name, ())
        if not hit.within_any(spans)
    )
    hours = ((hit, hour) for hit, hour in _hours(clause, fractions) if not hit.within_any(spans))
    found = [one for hit, hour in hours if (one := _read(clause, hit, hour, fractions))]
    return [one for one in found if one.sure or not _dangles(clause, one, found)]


def _hours(clause: Clause, fractions: list[tuple[int, int, int]]) -> Iterator[tuple[Hit, int]]:
    for name, hour in _HOURS.items():
        for hit in clause.hits.get(name, ()):
            yield hit, hour
    for index, token in enumerate(clause.tokens if fractions else ()):
        beside = any(index in (first - 1, last + 1) for first, last, _ in fractions)
        hour = int(token.fold) if beside and token.fold.isascii() and token.fold.isdigit() else 0
        if 0 < hour < len(_HOURS) + 1:
            yield Hit("", index, index), hour


def _read(clause: Clause, hit: Hit, hour: int, fractions: list[tuple[int, int, int]]) -> Spoken | None:
    first, last = hit.first, hit.last
    named = any(o.first == last + 1 for o in clause.hits.get("hour_word", ()))
    if named:
        last += 1
    before = next((f for f in fractions if f[1] == first - 1), None)
    after = next((f for f in fractions if f[0] == last + 1), None)
    fraction = before or after
    if fraction is not None:
        first, last = min(first, fraction[0]), max(last, fraction[1])
    meridiem = _meridiem(clause, last)
    minutes = hour * 60 + (fraction[2] if fraction else 0)
    part = any(o.first == last + 1 and o.last > o.first for o in clause.hits.get("ante", ()))
    part = part or any(o.first == last + 1 and o.last > o.first for o in clause.hits.get("post", ()))
    sure = bool(
        fraction or meridiem or part or (named and _is_led(clause, first) and not _lasts(clause, last))
    )
    if not sure and (named or hit.concept in _COUNTS or not _may_end(clause, last)):
        return None
    return Spoken(first, last, minutes, meridiem, sure)


def _meridiem(clause: Clause, last: int) -> str:
    match = _MERIDIEM.match(clause.text, clause.tokens[last].end, clause.end)
    return match[1].lower() if match else ""


def _is_led(clause: Clause, first: int) -> bool:
    """Whether a word of time stands before it: "dès huit heures", and not "huit heures de montée"."""
    leads = ("oclock", "from", "until", "before", "after", "between")
    return any(hit.last == first - 1 for hit in clause.hits_of(*leads))


def _lasts(clause: Clause, last: int) -> bool:
    """Whether it is a while: "nach zwei Stunden", "deux heures avant l'ouverture"."""
    return any(hit.covers(last) for hit in clause.hits.get("offset", ()))


def _may_end(clause: Clause, last: int) -> bool:
    if last + 1 == len(clause.tokens) or clause.tokens[last + 1].is_mark:
        return True
    return any(hit.first == last + 1 for hit in clause.hits_of(*_BEHIND, *DAYS))


def _dangles(clause: Clause, one: Spoken, found: list[Spoken]) -> bool:
    """Whether it reaches to what is no time: "von zwei bis vier Personen"."""
    reaches = any(hit.first == one.last + 1 for hit in clause.hits.get("until", ()))
    return reaches and not any(0 < other.first - one.last <= _TO for other in found)


def signalled(clause: Clause) -> Iterator[tuple[int, int, int]]:
    """First and last token, and minutes, of "0500-0830"; a span of years begins with no nought."""
    if not clause.numbered:
        return
    at: dict[int, int] = {}
    found = list(_SIGNALLED.finditer(clause.text, clause.start, clause.end))
    noughts = any("0" in (match[1][0], match[3][0]) for match in found)
    for match in found:
        at = at or {token.start: index for index, token in enumerate(clause.tokens)}
        for hour, minute in ((1, 2), (3, 4)):
            first = at.get(match.start(hour))
            if first is not None and int(match[hour]) <= 24 and (noughts or match[5]):
                yield first, first, int(match[hour]) * 60 + int(match[minute])
