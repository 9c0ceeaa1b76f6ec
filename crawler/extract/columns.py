"""Columns of a table: what the header row says above a cell of a data row."""

from itertools import pairwise

from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

_BAR = "|"


def is_row(clause: Clause) -> bool:
    """Whether it is made of a table's cells."""
    return any(token.fold == _BAR for token in clause.tokens)


def cells(row: Clause) -> list[tuple[int, int]]:
    """The tokens (first, past the last) of each cell of a row."""
    edges = [-1, *(index for index, token in enumerate(row.tokens) if token.fold == _BAR), len(row.tokens)]
    return [(begin + 1, end) for begin, end in pairwise(edges)]


def column_of(scoped: Scoped, offset: int) -> tuple[Clause, int, int] | None:
    """The header row as a clause, and the tokens (first, past the last) of its cell above ``offset``.

    Counted from the right, since an empty corner cell leaves no trace in the text.
    """
    if not scoped.sentence.block.row:
        return None
    # a row that names a group of rows may stand between
    head = next((h for h in scoped.headings if is_row(h)), None)
    if head is None:
        return None
    right = sum(token.fold == _BAR and token.start > offset for token in scoped.whole.tokens)
    found = cells(head)
    return (head, *found[-1 - right]) if right < len(found) else None


WAYS = frozenset(
    ["route", "routes", "routen", "aufstiegsroute", "aufstiegsspur", "itinéraire", "itinéraires", "parcours",
     "percorso", "percorsi", "tracciato", "tracciati"]
)  # fmt: skip
"""What ways up are called, and no runs down."""
_COLUMNS = 2


def has_a_column_of_ways(head: Clause) -> bool:
    """As "Mountain | Route | Hours" has."""
    row = cells(head)
    return len(row) > _COLUMNS and any(
        past - begin == 1 and head.tokens[begin].fold in WAYS for begin, past in row
    )
