"""The spans of time that a sentence names, with the weekdays told for them elsewhere in it or above it."""

from collections.abc import Iterator
from dataclasses import replace

from crawler.extract.columns import column_of
from crawler.extract.moments import moments
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause
from crawler.extract.times import Span, after_closing, spans
from crawler.extract.weekdays import days_in
from uphill.vocabulary import Day

_ENDS = 2
_LABEL = 2
"""Tokens from a label that ends in a colon to its time."""


def spans_of(scoped: Scoped) -> list[tuple[Clause, Span]]:
    """The sentence's spans; weekdays told elsewhere in it, or in its heading, hold for all that have none."""
    found = list(_of_clauses(scoped)) or _in_columns(scoped) or _labelled(scoped)
    if not found or any(span.days for _, span in found):
        return found
    above = [_days_above(scoped, clause.tokens[span.first].start) for clause, span in found]
    if any(above):
        return [(c, replace(span, days=days)) for (c, span), days in zip(found, above, strict=True)]
    if scoped.whole.has("daily"):
        return found
    days = days_in(scoped.whole) or (days_in(scoped.heading) if scoped.heading else ())
    return [(clause, replace(span, days=days)) for clause, span in found] if days else found


def _of_clauses(scoped: Scoped) -> Iterator[tuple[Clause, Span]]:
    """The spans of its clauses; "After the lifts close" in one clause begins what ends in a later one."""
    closing = False
    for clause in scoped.clauses:
        found = spans(clause)
        for span in found:
            begins = closing and span.open_ended == "start"
            yield clause, replace(span, start="lift_close") if begins else span
        closing = (closing or after_closing(clause, moments(clause)) is not None) and not found


def _in_columns(scoped: Scoped) -> list[tuple[Clause, Span]]:
    """Of "Monday | 6:00 AM | 8:00 AM" under "Days | From | Until"."""
    head, row = scoped.heading, scoped.whole
    if not scoped.sentence.block.row or head is None or not head.all("column_from", "column_until"):
        return []
    found = [moment for moment in moments(row) if moment.sure]
    if len(found) != _ENDS:
        return []
    one, other = found
    return [(row, Span(str(one), str(other), one.first, other.last))] if str(one) != str(other) else []


def _labelled(scoped: Scoped) -> list[tuple[Clause, Span]]:
    """Of "Start: 17.30 Uhr, Ende: 21.30 Uhr"."""
    whole = scoped.whole
    if not whole.all("column_from", "column_until"):
        return []
    found = [moment for moment in moments(whole) if moment.sure]
    if len(found) != _ENDS:
        return []
    one, other = found
    labels = (("column_from", one), ("column_until", other))
    parted = all(
        any(
            hit.last == moment.first - _LABEL and whole.tokens[hit.last + 1].fold in ":|"
            for hit in whole.hits[name]
        )
        for name, moment in labels
    )
    return (
        [(whole, Span(str(one), str(other), one.first, other.last))]
        if parted and str(one) != str(other)
        else []
    )


def _days_above(scoped: Scoped, offset: int) -> tuple[Day, ...]:
    """Weekdays at the head of the column that the span stands in."""
    above = column_of(scoped, offset)
    return days_in(*above) if above is not None else ()
