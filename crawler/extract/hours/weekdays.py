"""Weekdays that a clause names."""

from itertools import pairwise

from crawler.extract.automaton import Hit
from crawler.extract.sentences import Clause
from uphill.vocabulary import Day

_DAYS = {f"day_{day.value.lower()}": day for day in Day}
_WEEK = tuple(Day)
_NAMES = (*_DAYS, "weekdays", "weekend")
_NAMED = frozenset(_NAMES)
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
_DASHES = frozenset("–—-")


def days_in(clause: Clause, begin: int = 0, end: int | None = None) -> tuple[Day, ...]:
    """Weekdays that tokens ``begin`` to ``end`` (exclusive) name; none where they say daily or nothing."""
    found = named_days(clause, begin, end)
    return found if len(found) < len(_WEEK) else ()


def named_days(clause: Clause, begin: int = 0, end: int | None = None) -> tuple[Day, ...]:
    if clause.lacks(_NAMED):
        return ()
    stop = len(clause.tokens) if end is None else end
    named = sorted(
        (hit.first, hit.last, day)
        for name, day in _DAYS.items()
        for hit in clause.hits.get(name, ())
        if begin <= hit.first and hit.last < stop and not _is_a_word(clause, hit)
    )
    found: set[Day] = set()
    for (_, last, day), (first, _, following) in pairwise(named):
        if 0 < first - last <= 3 and _connects_days(clause, last + 1, first):
            begin_at, end_at = _WEEK.index(day), _WEEK.index(following)
            found |= {_WEEK[i % 7] for i in range(begin_at, end_at + 1 if end_at >= begin_at else end_at + 8)}
    found |= {day for _, _, day in named}
    for name, group in (("weekdays", _WEEK[:5]), ("weekend", _WEEK[5:])):
        if any(begin <= hit.first and hit.last < stop for hit in clause.hits.get(name, ())):
            found |= set(group)
    if _are_left_out(clause, begin, stop):
        found = set(_WEEK) - found
    elif _are_included(clause):
        return ()
    return tuple(day for day in _WEEK if day in found)


def _are_left_out(clause: Clause, begin: int, stop: int) -> bool:
    """As in "every night but Friday"."""
    named = [hit.first for hit in clause.hits_of(*_NAMES) if begin <= hit.first < stop]
    all_days = [hit.last for hit in clause.hits_of("daily", "every_day")]
    return any(
        hit.last + 1 == min(named, default=-1) and min(all_days, default=hit.first) < hit.first
        for hit in clause.hits.get("except_day", ())
    )


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
    return bool(words & {"-", "–", "—", "to", "through", "thru", "bis", "au", "a", "al", "alla", "à"})


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
    if clause.lacks(_NAMED):
        return False
    known = clause.tokens_of(*_DAYS, "weekdays", "weekend", "daily", "until", "period")
    words = [i for i, token in enumerate(clause.tokens) if not (token.is_mark or token.fold in _EVERY)]
    return known.issuperset(words)
