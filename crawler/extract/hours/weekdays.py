"""Weekdays that a clause names."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from crawler.extract.automaton import Hit
from crawler.extract.daynames import DAYS
from crawler.extract.hours.moments import moments
from crawler.extract.once import once
from crawler.extract.sentences import Clause
from uphill.vocabulary import Day

_WEEK = tuple(Day)
_NAMES = (*DAYS, "weekdays", "weekend")
NAMED_DAYS = frozenset(_NAMES)
_BESIDE_DAYS = (
    *_NAMES,
    "from",
    "until",
    "between",
    "before",
    "after",
    "oclock",
    "ante",
    "post",
    "evening_event",
)
"""What may follow a weekday of two letters."""
_LETTERS = 2
_NEXT = 3
"""Tokens from "except" to its day, and from one day of a list to the next."""
_OWN_HOURS = 8
"""Tokens from the days that are excepted, or from what is allowed on them, to hours of their own."""
_PART = 10
"""Tokens of a part that bans days."""
_DASHES = frozenset("–—-")


def days_in(clause: Clause, begin: int = 0, end: int | None = None) -> tuple[Day, ...]:
    """Weekdays that tokens ``begin`` to ``end`` (exclusive) name; none where they say daily or nothing."""
    found = named_days(clause, begin, end)
    return found if len(found) < len(_WEEK) else ()


def named_days(clause: Clause, begin: int = 0, end: int | None = None) -> tuple[Day, ...]:
    """Those of "every night but Friday" are all the others."""
    if clause.lacks(NAMED_DAYS):
        return ()
    stop = len(clause.tokens) if end is None else end
    spared = _spared(clause)
    left_out = spared.intersection(range(begin, stop))
    found = _days_of(clause, {*range(begin, stop)} - spared)
    if left_out:
        found = (found or set(_WEEK)) - _days_of(clause, left_out)
    elif _are_included(clause):
        return ()
    return tuple(day for day in _WEEK if day in found)


def days_left_out(clause: Clause) -> tuple[Day, ...]:
    """Weekdays that it excepts: "from 5 to 8:30, except Sundays"."""
    found = _days_of(clause, _spared(clause)) if clause.has(*_EXCEPTING) else ()
    return tuple(day for day in _WEEK if day in found)


def _days_of(clause: Clause, places: AbstractSet[int]) -> set[Day]:
    """The weekdays that tokens at these places name."""
    named = sorted(
        (hit.first, hit.last, day)
        for name, day in DAYS.items()
        for hit in clause.hits.get(name, ())
        if hit.first in places and hit.last in places and not _is_a_word(clause, hit)
    )
    found: set[Day] = set()
    for (_, last, day), (first, _, following) in pairwise(named):
        if 0 < first - last <= _NEXT and _connects_days(clause, last + 1, first):
            begin_at, end_at = _WEEK.index(day), _WEEK.index(following)
            found |= {_WEEK[i % 7] for i in range(begin_at, end_at + 1 if end_at >= begin_at else end_at + 8)}
    found |= {day for _, _, day in named}
    for name, group in (("weekdays", _WEEK[:5]), ("weekend", _WEEK[5:])):
        if any(hit.first in places and hit.last in places for hit in clause.hits.get(name, ())):
            found |= set(group)
    return found


@once
def _spared(clause: Clause) -> frozenset[int]:
    """Tokens of the weekdays that it excepts, and that have no hours of their own: "except Fridays until 22:00"."""
    if clause.lacks(_EXCEPTING) or clause.lacks(NAMED_DAYS):
        return frozenset()
    named = sorted({(hit.first, hit.last) for hit in clause.hits_of(*_NAMES)})
    spared = {*_behind_except(clause, named), *_before_excepted(clause, named)}
    for part in _banned_parts(clause, [first for first, _ in named]):
        spared.update(part)
    return frozenset(spared)


def _behind_except(clause: Clause, named: Sequence[tuple[int, int]]) -> Iterator[int]:
    """As in "except Sundays", "closed on Mondays and Tuesdays"."""
    for hit in (*clause.hits.get("except_day", ()), *_closed_beside_hours(clause)):
        last = hit.last
        for first, end in named:
            if 0 < first - last <= _NEXT and _goes_on_listing(clause, last + 1, first):
                last = end
        if not _have_hours(clause, hit, last):
            yield from range(hit.last + 1, last + 1)


def _before_excepted(clause: Clause, named: Sequence[tuple[int, int]]) -> Iterator[int]:
    """As in "Sundays excepted", "Mondays closed"."""
    for hit in (*clause.hits.get("days_excepted", ()), *_closed_beside_hours(clause)):
        first = hit.first
        for begin, end in reversed(named):
            if 0 < first - end <= _NEXT and _goes_on_listing(clause, end + 1, first):
                first = begin
        if not _have_hours(clause, hit, hit.last):
            yield from range(first, hit.first)


def _closed_beside_hours(clause: Clause) -> tuple[Hit, ...]:
    """Not as in "From 22:00 on the piste is closed on Thursdays, too": those are the hours of the closure."""
    times = [(one.first, one.last) for one in moments(clause)]
    if _tells_when_it_closes(clause):
        return ()
    return tuple(
        hit
        for hit in clause.hits.get("closed", ())
        if times and all(_is_parted(clause, hit, first, last) for first, last in times)
    )


def _tells_when_it_closes(clause: Clause) -> bool:
    """As in "After 21:30, the slopes are closed on Thursdays, too", which spares no day."""
    ends = len(moments(clause)) == 1 and clause.has("after", "from")
    return ends and clause.has("slopes", "route_noun") and not clause.has("permit", "open")


def _is_parted(clause: Clause, hit: Hit, first: int, last: int) -> bool:
    between = clause.tokens[last + 1 : hit.first] if last < hit.first else clause.tokens[hit.last + 1 : first]
    return any(token.is_mark for token in between)


def _banned_parts(clause: Clause, named: Sequence[int]) -> Iterator[range]:
    """What stands between marks behind hours and bans some days: "from 5 to 8:30, no skinning on Saturdays"."""
    bans = [hit.first for hit in clause.hits_of("forbid", "neg", "closed")]
    times = moments(clause) if bans else []
    told = [moment.first for moment in times]
    if not told or _tells_when_it_closes(clause):
        return
    within = {index for one in times for index in range(one.first, one.last + 1)}  # "22:00"
    parting = (i for i, t in enumerate(clause.tokens) if t.fold in _PARTING and i not in within)
    marks = [-1, *parting, len(clause.tokens)]
    for mark, past in pairwise(marks):
        part = range(mark + 1, past)
        days = any(at in part for at in named) and any(at in part for at in bans)
        if not days or len(part) > _PART or min(told) > mark or any(mark < at < past for at in told):
            continue
        ends = past == len(clause.tokens) or clause.tokens[past].fold != ","
        others = any(hit.first in part for hit in clause.hits_of(*_NOT_ALL_DAY))
        if (ends or max(told) < mark) and not others:
            yield part


def bans_days_alone(clause: Clause, at: int) -> bool:
    """Whether the ban at the token is of weekdays, beside hours that hold on the others."""
    return at in _spared(clause)


def _goes_on_listing(clause: Clause, begin: int, end: int) -> bool:
    """Whether nothing but what joins weekdays stands between: "Mondays and Tuesdays", "on Sundays"."""
    gap = clause.tokens[begin:end]
    return all(t.fold in _EVERY or t.fold in _RANGES or t.fold in _BETWEEN_DAYS for t in gap)


def _have_hours(clause: Clause, hit: Hit, last: int) -> bool:
    """Whether hours follow the days that are excepted, and other hours, or a ban, stand before: "but Fri 17 to 21"."""
    found = moments(clause)
    opens = [v.at for v in clause.verdicts if v.kind == "permit" and v.at > last]
    near = (min(opens) if opens else last) + _OWN_HOURS
    behind = (m.first for m in found if last < m.first <= near)
    own = any(not any(t.fold in _STOPS for t in clause.tokens[last + 1 : at]) for at in behind)
    # "closed, except Wednesdays: 18:00 to 22:00" has them in the next clause
    own = own or (
        last + 1 == len(clause.tokens) and clause.text[clause.end : clause.end + 2].lstrip()[:1] == ":"
    )
    before = hit.concept == "closed" or any(m.last < hit.first for m in found)
    return own and (before or any(v.kind == "forbid" and v.at < hit.first for v in clause.verdicts))


def _are_included(clause: Clause) -> bool:
    """As in "always, Sundays included", which is no word of Sundays alone."""
    included = {hit.first for hit in clause.hits.get("included", ())}
    return bool(included) and all(hit.last + 1 in included for hit in clause.hits_of(*_NAMES))


def _is_a_word(clause: Clause, hit: Hit) -> bool:
    """As "so" is in "so dass", "So können Sie": letters that are also a weekday's, with another word behind them."""
    token = clause.tokens[hit.first]
    if hit.last > hit.first or len(token.fold) > _LETTERS or hit.last + 1 >= len(clause.tokens):
        return False
    follows = clause.tokens[hit.last + 1]
    named = hit.first > 0 and clause.text[token.start].isupper()
    joins = any(following.first == hit.last + 1 for following in clause.hits_of(*_BESIDE_DAYS))
    return follows.fold.isalpha() and not (named or joins)


def _connects_days(clause: Clause, begin: int, end: int) -> bool:
    gap = clause.text[clause.tokens[begin - 1].end : clause.tokens[end].start]
    if gap.strip(" .") in _DASHES:
        return True
    words = {token.fold for token in clause.tokens[begin:end]}
    return not words.isdisjoint(_RANGES)


_RANGES = frozenset(["-", "–", "—", "to", "through", "thru", "bis", "au", "a", "al", "alla", "à"])
_BETWEEN_DAYS = frozenset(
    [*(",", "/", "&", "or", "oder", "ou", "o", "e", "et", "the", "den", "dem", "der", "an", "von", "im"),
     *("du", "des", "il", "la", "lo", "l'", "i", "gli", "nel", "nei", "di", "del", "della", "in", "for")]
)  # fmt: skip
_STOPS = frozenset(";)|.")
_EXCEPTING = ("except_day", "days_excepted", "closed", "forbid", "neg")
_PARTING = frozenset(",;:()–—|")
_NOT_ALL_DAY = (
    "during_ops",
    "outside_ops",
    "evening_event",
    "ante",
    "post",
    "except",
    "only",
    "dog",
    "then_time",
)


_EVERY = frozenset(
    [
        "every",
        "each",
        "all",
        "on",
        "and",
        "jeden",
        "jede",
        "jedes",
        "alle",
        "am",
        "und",
        "tous",
        "toutes",
        "les",
        "le",
    ]
)
"""Words beside weekdays that tell nothing else."""


def is_days_only(clause: Clause) -> bool:
    """Whether it is a line such as "Monday – Thursday" or "Weekends", for the hours on the next line."""
    if clause.lacks(NAMED_DAYS):
        return False
    known = clause.tokens_of(*DAYS, "weekdays", "weekend", "daily", "until", "period")
    words = [i for i, token in enumerate(clause.tokens) if not (token.is_mark or token.fold in _EVERY)]
    return known.issuperset(words)
