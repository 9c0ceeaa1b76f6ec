"""Bans of a whole winter: "prohibited from November 1 to May 1" leaves nothing of it."""

from crawler.extract.sentences import Clause

_MONTHS = {f"month_{month}": month for month in range(1, 13)}
_AUTUMN, _SPRING = range(9, 13), range(3, 7)
_BOTH_ENDS = 3
"""Tokens from a season's first day to its last."""
_REACH = 8
"""Tokens between the months."""


def lasts_all_winter(clause: Clause) -> bool:
    """Whether it names a span from the autumn to the spring."""
    if tells_a_season(clause):
        return True
    months = sorted(
        (hit.first, month) for name, month in _MONTHS.items() for hit in clause.hits.get(name, ())
    )
    untils = [hit.first for hit in clause.hits.get("until", ())]
    if len(months) != 2:
        return False
    (first, begin), (last, end) = months
    joined = any(first < at < last for at in untils) or any(
        clause.tokens[i].fold in "–—-" for i in range(first + 1, last)
    )
    return begin in _AUTUMN and end in _SPRING and joined and last - first <= _REACH


def tells_a_season(clause: Clause) -> bool:
    """As in "from opening day to closing day"."""
    begins, ends = clause.hits.get("opening_day", ()), clause.hits.get("closing_day", ())
    return any(0 < end.first - begin.last <= _BOTH_ENDS for begin in begins for end in ends)
