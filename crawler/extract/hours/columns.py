"""Tables whose columns are hours and whose rows are ways up: "Before 9", "9 to 5", "After 5" over "yes", "no"."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extract.columns import cells
from crawler.extract.hours.times import Span, spans
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_BAR = "|"
_LEAST = 2
"""Columns of hours that make such a table."""
_OTHERS = ("dog", "facility", "lift_hours", "price_word", "rental", "lights")


@dataclass(frozen=True, slots=True)
class Cell:
    """The hours at the head of a cell's column, and whether the cell leaves them open."""

    start: str
    end: str
    open: bool


def cells_under_hours(scoped: Scoped) -> tuple[Cell, ...]:
    """The row's cells below columns of hours; none where the row stands in no such table."""
    whole = scoped.whole
    if not scoped.sentence.block.row or scoped.sentence.block.level or scoped.scope is not Scope.EXPLICIT:
        return ()
    head = next((h for h in scoped.headings if any(token.fold == _BAR for token in h.tokens)), None)
    if head is None or whole.has(*_OTHERS):
        return ()
    columns, row = cells(head), cells(whole)
    hours = [next(_spans_in(spans(head), *part), None) for part in columns]
    if len(columns) != len(row) or sum(span is not None for span in hours) < _LEAST:
        return ()
    return tuple(
        cell
        for span, part in zip(hours, row, strict=True)
        if span is not None and (cell := _cell(whole, span, *part)) is not None
    )


def _cell(whole: Clause, above: Span, begin: int, past: int) -> Cell | None:
    bans = _has(whole, begin, past, "forbid", "closed", "answer_no", "neg")
    permits = _has(whole, begin, past, "permit", "open", "answer_yes")
    if bans == permits:
        return Cell(above.start, above.end, open=False) if bans else None
    own = next((s for s in _spans_in(spans(whole), begin, past) if s.open_ended == "start"), None)
    return Cell(above.start, own.end if own is not None and permits else above.end, open=permits)


def _has(whole: Clause, begin: int, past: int, *concepts: str) -> bool:
    return any(begin <= hit.first and hit.last < past for hit in whole.hits_of(*concepts))


def _spans_in(found: list[Span], begin: int, past: int) -> Iterator[Span]:
    return (span for span in found if begin <= span.first and span.last < past)
