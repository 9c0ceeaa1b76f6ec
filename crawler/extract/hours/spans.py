"""The spans of time that a sentence names, with the weekdays told for them elsewhere in it or above it."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from crawler.extract.columns import column_of
from crawler.extract.hours.moments import TIMED, moments
from crawler.extract.hours.times import Span, after_closing, spans
from crawler.extract.hours.weekdays import days_in, days_left_out
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Day

_ENDS = 2
_BRACKETED = 4
"""Words of a time in brackets."""
_LABEL = 2
"""Tokens from a label that ends in a colon to its time."""


def spans_of(scoped: Scoped) -> list[tuple[Clause, Span]]:
    """The sentence's spans; weekdays told elsewhere in it, or in its heading, hold for all that have none."""
    if not (scoped.whole.numbered or scoped.speaks_of(TIMED)):
        return []
    found = _on_their_days(scoped)
    left_out = set(days_left_out(scoped.whole)) if found else ()
    return [(c, replace(s, days=_less(s.days, left_out))) for c, s in found] if left_out else found


def _less(days: tuple[Day, ...], left_out: Collection[Day]) -> tuple[Day, ...]:
    return tuple(day for day in days or Day if day not in left_out) or days


def _on_their_days(scoped: Scoped) -> list[tuple[Clause, Span]]:
    found = list(_of_clauses(scoped)) or _in_columns(scoped) or _labelled(scoped)
    if not found or any(span.days for _, span in found):
        return [(clause, _with_further_days(scoped, clause, span)) for clause, span in found]
    above = [_days_above(scoped, clause.tokens[span.first].start) for clause, span in found]
    if any(above):
        told = [(c, replace(span, days=days)) for (c, span), days in zip(found, above, strict=True)]
        return _merged(told) if len(told) > 1 else told
    if scoped.whole.has("daily"):
        return found
    head = scoped.heading
    # "Uphill access opens Saturday" is of one day, and no weekday of hours
    headed = days_in(head) if head is not None else ()
    headed = () if head is not None and len(headed) == 1 and head.has("open") and head.travels else headed
    days = days_in(scoped.whole) or headed
    return [(clause, replace(span, days=days)) for clause, span in found] if days else found


def _merged(found: list[tuple[Clause, Span]]) -> list[tuple[Clause, Span]]:
    """Of "6–8 | 6–8 | closed" under weekdays: the same hours once, with all of their days."""
    days: dict[tuple[str, str], set[Day]] = {}
    for _, span in found:
        days.setdefault((span.start, span.end), set()).update(span.days)
    out: dict[tuple[str, str], tuple[Clause, Span]] = {}
    for clause, span in found:
        key = span.start, span.end
        told = tuple(day for day in Day if day in days[key])
        out.setdefault(key, (clause, replace(span, days=told if len(told) < len(Day) else ())))
    return list(out.values())


def _with_further_days(scoped: Scoped, clause: Clause, span: Span) -> Span:
    """The span with the days that go on in the next clause: "on Tuesdays, and Thursdays" may be two."""
    at = next((i for i, one in enumerate(scoped.clauses) if one is clause), -1)
    if not span.days or not 0 <= at < len(scoped.clauses) - 1:
        return span
    following = scoped.clauses[at + 1]
    end = len(clause.tokens)
    ends = any(days_in(clause, index, end) for index in (end - 1, end - 2) if index >= 0)
    begins = days_in(following, 0, 1)
    if not ends or not begins or spans(following):
        return span
    return replace(span, days=tuple(day for day in Day if day in {*span.days, *begins}))


def _of_clauses(scoped: Scoped) -> Iterator[tuple[Clause, Span]]:
    """The spans of its clauses; "After the lifts close" in one clause begins what ends in a later one."""
    closing: str | None = None
    daily: Span | None = None
    for clause in scoped.clauses:
        found = spans(clause)
        labelled = _days_of_label(clause)
        for span in found:
            told = replace(span, days=labelled) if labelled else span
            if span.open_ended == "start" and closing is not None:
                told = replace(told, start=closing)
            elif daily is not None and _begins_alike(daily, told, clause):
                told = replace(told, start=daily.start, open_ended="")
            each_day = clause.has("daily", "every_day") and not (told.days or told.open_ended)
            daily = told if each_day else daily
            yield clause, told
        if found:
            closing = None
        elif closing is not None:
            closing = _told_in_brackets(clause) or closing
        elif (event := after_closing(clause, moments(clause))) is not None:
            closing = str(event)


def _begins_alike(daily: Span, span: Span, clause: Clause) -> bool:
    """As in "Daily from 8:00 to 17:00; Wednesdays until 22:00"."""
    later = span.open_ended == "start" and bool(span.days) and daily.start[0].isdigit()
    if span.open_ended == "start" and span.days and clause.text[max(clause.start - 1, 0)] == "(":
        return daily.start[0].isdigit() and daily.start < span.end  # "6 to 9 (until 8 on Sundays)"
    own = clause.has(
        "deadline", "evening_event", "additional"
    )  # "on Tuesdays in the evening until 22:00, too"
    return later and daily.end < span.end and not clause.rules("forbid") and not own


def _told_in_brackets(clause: Clause) -> str | None:
    """The time of "after the slopes close (at 17:00)", a clause of its own."""
    clocks = [str(one) for one in moments(clause) if one.sure and one.event is None]
    bracketed = clause.text[max(clause.start - 1, 0)] == "(" and clause.length <= _BRACKETED
    return clocks[0] if bracketed and len(clocks) == 1 else None


def _days_of_label(clause: Clause) -> tuple[Day, ...]:
    """As of "Sun – Thurs: 7 to 21; Fri & Sat: 7 to 22": what stands behind the hours of a label is the next one's."""
    label = clause.lead
    if label is None:
        return ()
    told = spans(label)
    return days_in(label, told[-1].last + 1 if told else 0)


def _in_columns(scoped: Scoped) -> list[tuple[Clause, Span]]:
    """Of "Monday | 6:00 AM | 8:00 AM" under "Days | From | Until"."""
    head, row = scoped.heading, scoped.whole
    if not scoped.sentence.block.row or head is None or not head.all("column_from", "column_until"):
        return []
    found = [moment for moment in moments(row) if moment.sure]
    if len(found) > _ENDS:
        found = [moment for moment in found if moment.event is None]  # "Opening day to March | 5:00 | 8:15"
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
