"""Columns of a table: what the header row says above a cell of a data row."""

from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

_BAR = "|"


def column_of(scoped: Scoped, offset: int) -> tuple[Clause, int, int] | None:
    """The header row as a clause, and the tokens (first, past the last) of its cell above ``offset``.

    Counted from the right, since an empty corner cell leaves no trace in the text.
    """
    head = scoped.heading
    if head is None or not scoped.sentence.block.row:
        return None
    bars = [index for index, token in enumerate(head.tokens) if token.fold == _BAR]
    if not bars:
        return None
    right = sum(token.fold == _BAR and token.start > offset for token in scoped.whole.tokens)
    edges = [-1, *bars, len(head.tokens)]
    cell = len(edges) - 2 - right
    return (head, edges[cell] + 1, edges[cell + 1]) if cell >= 0 else None
