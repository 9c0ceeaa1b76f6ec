"""Hours of "all other days": of those weekdays that no hours before them name."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from crawler.extract.hours.times import Span
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Day

_TIMES = frozenset(["times", "time", "hours", "zeiten", "heures", "orari"])
"""Other times may be those of the same days: "At all other times until 9 pm"."""
_Found = list[tuple[Clause, Span]]


class OtherDays:
    """The weekdays that a section has told hours of so far; its sentences are to be given in their order."""

    def __init__(self) -> None:
        self._section: tuple[Clause, ...] | None = None
        self._days: set[Day] = set()

    def read(self, scoped: Scoped, found: _Found) -> _Found:
        if scoped.headings != self._section:
            self._section, self._days = scoped.headings, set()
        told = list(self._told(scoped, found))
        self._days.update(day for _, span in told for day in span.days)
        return told

    def _told(self, scoped: Scoped, found: _Found) -> Iterator[tuple[Clause, Span]]:
        known = set(self._days)
        end = scoped.sentence.start
        for clause, span in found:
            begin = clause.tokens[span.first].start
            if _names_others(scoped, end, begin) and (days := _others(known)):
                yield clause, replace(span, days=days)
            else:
                known.update(span.days)
                yield clause, span
            end = clause.tokens[min(span.last, len(clause.tokens) - 1)].end


def _names_others(scoped: Scoped, since: int, until: int) -> bool:
    """Whether "on all other days" stands there, of what is not closed then."""
    whole = scoped.whole
    if whole.rules("forbid") or whole.has("closed"):
        return False
    return any(
        since <= whole.tokens[hit.first].start < until and whole.tokens[hit.last].fold not in _TIMES
        for hit in whole.hits.get("other_times", ())
    )


def _others(known: Collection[Day]) -> tuple[Day, ...]:
    return tuple(day for day in Day if day not in known) if known else ()
