"""Columns of a table: what the header row says above a cell of a data row."""

from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

_BAR = "|"


def column_of(scoped: Scoped, offset: int) -> tuple[Clause, int, int] | None:
    """The header row as a clause, and the tokens (first, past the last) of its cell above ``offset``.

    Counted from the right, since an empty corner cell leaves no trace in the text.
    """
    if not scoped.sentence.block.row:
        return None
    # a row that names a group of rows may stand between
    head = next((h for h in scoped.headings if any(token.fold == _BAR for token in h.tokens)), None)
    if head is None:
        return None
    bars = [index for index, token in enumerate(head.tokens) if token.fold == _BAR]
    right = sum(token.fold == _BAR and token.start > offset for token in scoped.whole.tokens)
    edges = [-1, *bars, len(head.tokens)]
    cell = len(edges) - 2 - right
    return (head, edges[cell] + 1, edges[cell + 1]) if cell >= 0 else None
