"""Hours whose start and end are told apart: in two sentences, or in two lines with a label each."""

from collections.abc import Sequence
from dataclasses import replace

from crawler.extract.hours.grounds import Told
from crawler.extract.hours.moments import Moment, moments
from crawler.extract.hours.times import Span, started
from crawler.extract.languages import of_all
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_ANDS = of_all("joiners") | {"&"}
_LINE = 10
"""Tokens of a line such as "Earliest start: 5:00 am"."""
_LABEL = 2
"""Token at which the label of such a line begins at the latest."""


def settled_by(told: Sequence[Told], following: Sequence[Told]) -> list[Told]:
    """Hours that start at "5", by the end that the same or the next sentence tells."""
    ends = [one for one in (*told, *following) if one.span.open_ended == "start"]
    return [_settled(one, [end for end in ends if not _ends_other_hours(end, one)]) for one in told]


def _settled(told: Told, ends: Sequence[Told]) -> Told:
    if not (ends and told.span.or_start):
        return told
    return replace(told, span=replace(told.span, start=started(told.span, ends[0].span)))


def _ends_other_hours(end: Told, begin: Told) -> bool:
    """As 9:30 does in "before 9:30 and after 4:15", where it is behind the "and" that others begin."""
    between = end.clause.tokens[end.span.last + 1 : begin.span.first] if end.clause is begin.clause else ()
    return any(token.fold in _ANDS for token in between)


def paired(one: Scoped, other: Scoped) -> Span | None:
    """The span of "Earliest start | 5:00 am" over "Latest finish | 8:00 pm", in the tokens of the first line."""
    if Scope.EXPLICIT not in (one.scope, other.scope) or one.sentence.block is other.sentence.block:
        return None
    start, end = _labelled(one.whole, "column_from"), _labelled(other.whole, "column_until")
    if start is None or end is None or str(start) == str(end):
        return None
    return Span(str(start), str(end), start.first, start.last)


def _labelled(line: Clause, label: str) -> Moment | None:
    """The one time of a line that holds a label and hardly more."""
    if not 0 <= line.first(label) <= _LABEL:
        return None
    found = [moment for moment in moments(line) if moment.sure]
    labelled = any(token.fold in ":|" for token in line.tokens)
    others = line.has("facility", "other_topic", "machines", "obtain", "dog", "lift_hours", "price_word")
    short = (len(line.tokens) <= _LINE and not line.has("until", "before")) or label == "column_until"
    return found[0] if len(found) == 1 and labelled and short and not others else None
