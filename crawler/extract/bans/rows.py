"""Bans in the rows of a table that tells of several days, mountains or routes."""

from crawler.extract.columns import cells, is_row
from crawler.extract.document import Document
from crawler.extract.hours.weekdays import days_in
from crawler.extract.once import once
from crawler.extract.scoped import Scoped

_OF_PARTS = ("resort_column", "route_noun", "route_heading", "special_place")


def is_of_one_row(scoped: Scoped, document: Document) -> bool:
    """Whether a row tells of one of them, as "Monday | closed" does beside "Tuesday | 17:00 to 21:00"."""
    if not scoped.sentence.block.row or not is_row(scoped.whole):
        return False
    if scoped.sentence.block.headings not in _tables_with_permissions(document):
        return False
    begin, end = cells(scoped.whole)[0]
    head = next((h for h in scoped.headings if is_row(h)), None)
    first, past = cells(head)[0] if head is not None else (0, 0)
    named = head is not None and any(first <= hit.first < past for hit in head.hits_of(*_OF_PARTS))
    return named or bool(days_in(scoped.whole, begin, end))


@once
def _tables_with_permissions(document: Document) -> frozenset[tuple[int, ...]]:
    """What stands above rows of which some ban nothing."""
    rows = (s.sentence for s in document.sentences if s.sentence.block.row and not s.sentence.block.level)
    return frozenset(row.block.headings for row in rows if "forbid" not in row.kinds)
