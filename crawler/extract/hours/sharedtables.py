"""Tables in which one row is of going up, and the others are of lifts, houses and the like."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from crawler.extract.hours.grounds import Told, plain
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

_LABEL = 4
"""Tokens of a row's label such as "Uphill access"."""


def shared_tables(rows: Iterable[Scoped]) -> set[tuple[int, ...]]:
    """What stands above tables in which a row is labelled "Uphill"."""
    return {
        scoped.sentence.block.headings
        for scoped in rows
        if scoped.sentence.block.row and 0 < _end(scoped.whole) <= _LABEL and _is_of_travel(scoped.whole)
    }


def is_of_another_row(told: Told, shared: AbstractSet[tuple[int, ...]]) -> bool:
    """Whether the hours stand in such a table, in a row that names neither days nor ways up."""
    row = told.scoped.sentence.block.row and told.scoped.sentence.block.headings in shared
    return row and not (plain(told) or told.scoped.whole.has("uphill", "ascend", "route_noun"))


def _is_of_travel(row: Clause) -> bool:
    return any(hit.last < _end(row) for hit in row.hits_of("uphill", "ascend"))


def _end(row: Clause) -> int:
    """Index of the mark behind the row's label, or 0."""
    return next((i for i, token in enumerate(row.tokens) if token.fold == "|"), 0)
