"""Hours told for dogs."""

from crawler.extract.hours.operations import phases
from crawler.extract.hours.times import spans
from crawler.extract.hours.weekdays import days_in
from crawler.extract.languages import of_all
from crawler.extract.sentences import Clause

_HOURS = 24
_JOINERS = of_all("joiners")
_BESIDE = 2
_LABEL = 3
"""Tokens before the mark of a label."""


def names_hours(clause: Clause) -> bool:
    """Whether hours are told, be it without a word for the half of the day: "before 8 and after 4"."""
    if clause.has("date") and clause.rules("forbid"):
        return False  # "Leave Fido at home between Nov. 15 and closing day"
    return bool(spans(clause)) or (clause.numbered and _names_bare_hours(clause))


def _names_bare_hours(clause: Clause) -> bool:
    return any(
        _is_hour(clause, hit.last + 1)
        for hit in clause.hits_of("before", "after")
        if hit.last + 1 < len(clause.tokens)
    )


def _is_hour(clause: Clause, at: int) -> bool:
    number = clause.tokens[at].fold
    if not number.isdigit() or not 0 < int(number) <= _HOURS:
        return False
    following = clause.tokens[at + 1] if at + 1 < len(clause.tokens) else None
    return following is None or following.is_mark or following.fold in _JOINERS


def is_label_of_times(whole: Clause) -> bool:
    """As in "Dogs: not during operating hours", "Dogs: before 7:30 and after 4:30"."""
    marks = [index for index, token in enumerate(whole.tokens[: _LABEL + 1]) if token.fold in ":|?"]
    if not marks or whole.has("leash", "no_leash"):
        return False
    first = marks[0] + 1
    told = any(
        hit.first == first for hit in whole.hits_of("neg", "before", "after", "during_ops", "outside_ops")
    )
    return told and bool(days_in(whole) or phases(whole) or names_hours(whole))


def is_of_a_part_of_day(clause: Clause) -> bool:
    """As in "only in the morning", "in the evening only"."""
    return any(clause.near("only", part, _BESIDE) for part in ("ante", "post", "evening_event"))
