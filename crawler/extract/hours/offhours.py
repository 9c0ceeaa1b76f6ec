"""Whether a span of time lies before the first or after the last lift of a usual day."""

from crawler.extract.hours.times import Span

_EARLY, _LATE = "09:00", "16:00"
_EARLY_EVENTS = frozenset(["sunrise", "dawn", "lift_open"])
_LATE_EVENTS = frozenset(["sunset", "dusk", "lift_close"])


def is_off_hours(span: Span) -> bool:
    """As "after 5 p.m.", "until 8:30 a.m.", "from 6 p.m. to 8 a.m."."""
    late = span.start in _LATE_EVENTS or (span.start[0].isdigit() and span.start >= _LATE)
    early = span.end in _EARLY_EVENTS or (span.end[0].isdigit() and "00:00" < span.end <= _EARLY)
    if late:
        return early or not span.end[0].isdigit() or span.end > span.start
    return early and (not span.start[0].isdigit() or span.start < _EARLY)
