"""Sums that are no price of one day, season or visit: ends of a range, cards of several visits, shares given on."""

from collections.abc import Sequence
from itertools import pairwise

from crawler.extract.sentences import Clause
from crawler.extract.tagger import Token

_TO = frozenset(["a", "ad", "to", "bis", "à", "-", "–"])
_NEAR = 3
_LEADS, _FAR = 1, 8
"""Tokens before a share that a sentence begins with, and from it to the verb that gives it on."""
_VISITS = frozenset(
    ["ingressi", "salite", "risalite", "entries", "visits", "eintritte", "aufstiege", "entrées", "montées"]
)


def ends_a_range(before: Sequence[Token]) -> bool:
    """As the second sum of "a fine of € 100 to € 150" does, by the words between: it is of what the first is."""
    return len(before) == 1 and before[0].fold in _TO


def is_of_several_visits(before: Sequence[Token]) -> bool:
    """As in "10 entries € 50", by the words before the sum."""
    return any(
        one.fold.isdigit() and int(one.fold) > 1 and other.fold in _VISITS
        for one, other in pairwise(before[-_NEAR:])
    )


def is_given_on(whole: Clause, at: int, past: int) -> bool:
    """As in "$10 of each pass sold goes to the rescue team", by the words right beside the sum's tokens."""
    told = whole.hits.get("given_on", ())
    if at <= _LEADS and any(0 < hit.first - past <= _FAR for hit in told) and whole.lang != "en":
        return True  # "2 Euro jedes Tourentickets gehen an die Bergrettung"
    return any(hit.covers(past) or hit.last + 1 == at for hit in told)
