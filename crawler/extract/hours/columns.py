"""Tables of hours and of what holds in them.

Columns of hours over rows of ways up ("Before 9", "9 to 5" over "yes", "no"), rows of hours beside a verdict
("9 to 5 | not allowed"), columns of weekdays.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extract.columns import cells, column_of
from crawler.extract.hours.grounds import Told
from crawler.extract.hours.linewords import LITTLE
from crawler.extract.hours.times import Span, spans
from crawler.extract.hours.weekdays import NAMED_DAYS
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_BAR = "|"
_LEAST = 2
"""Columns of hours that make such a table."""
_PAIR = 2
"""Cells of a row that is hours and their verdict."""
_BANS = ("forbid", "closed", "answer_no", "neg")
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


def banned_beside(told: Told) -> bool:
    """As in a row "8:30 to 16:30 | not allowed", or "8:30 to 16:30 | no" below "Time | Uphill travel"."""
    scoped, whole = told.scoped, told.scoped.whole
    if not scoped.sentence.block.row or scoped.sentence.block.level or scoped.scope is not Scope.EXPLICIT:
        return False
    parts = cells(whole)
    at = _index_at(whole, told.at)
    others = [part for part in parts if not part[0] <= at < part[1]]
    return any(_is_ban(whole, part) and _rules_travel(scoped, part, len(parts)) for part in others)


def _index_at(whole: Clause, offset: int) -> int:
    return next(
        (index for index, token in enumerate(whole.tokens) if token.start >= offset), len(whole.tokens)
    )


def _is_ban(whole: Clause, part: tuple[int, int]) -> bool:
    known = whole.tokens_of(*_BANS, "uphill", "ascend")
    bare = all(i in known or whole.tokens[i].is_mark or whole.tokens[i].fold in LITTLE for i in range(*part))
    return bare and _has(whole, *part, *_BANS)


def _rules_travel(scoped: Scoped, part: tuple[int, int], width: int) -> bool:
    """Whether the cell's column is of going up; where no header tells, whether it is all that the row says."""
    whole = scoped.whole
    above = column_of(scoped, whole.tokens[part[0]].start)
    if above is None:
        return width == _PAIR and _has(whole, *part, "forbid")
    head, begin, past = above
    return _has(head, begin, past, "uphill", "ascend", "access_word") and not _has(
        head, begin, past, *_OTHERS, "status_word", "any_pass_word", "snowshoe", "foot"
    )


def bans_another(told: Told) -> bool:
    """As in a row "Ridge Route | 5:00 to 8:30 | not allowed" below "Route | Hours | Dogs"."""
    scoped, whole = told.scoped, told.scoped.whole
    if column_of(scoped, told.at) is None:
        return False
    at, bans = _index_at(whole, told.at), whole.hits_of("forbid", "closed")
    parts = [part for part in cells(whole) if any(part[0] <= hit.first < part[1] for hit in bans)]
    return bool(parts) and all(not part[0] <= at < part[1] and _is_of_others(scoped, part) for part in parts)


def _is_of_others(scoped: Scoped, part: tuple[int, int]) -> bool:
    above = column_of(scoped, scoped.whole.tokens[part[0]].start)
    return above is not None and _has(*above, *_OTHERS, "snowshoe", "foot", "bike", "waiver", "any_pass_word")


def closed_elsewhere(told: Told) -> bool:
    """As in a row "closed | 17 to 21 | closed" below weekdays: what stands in the cells of other days."""
    scoped, whole = told.scoped, told.scoped.whole
    above = column_of(scoped, told.at)
    if above is None or len(above[0].hits_of(*NAMED_DAYS)) < _LEAST:
        return False
    at = _index_at(whole, told.at)
    begin, past = next((part for part in cells(whole) if part[0] <= at < part[1]), (0, 0))
    return not _has(whole, begin, past, *_BANS)
