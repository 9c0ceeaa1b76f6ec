"""What searches go by beside the tables of facts: the words of each resort, and which resorts changed.

Both are kept by the database itself (triggers; see the migration that makes them), but for the words of the rules,
which only the program can fold: :func:`write_rules` is called where a policy becomes the current one or stops being it.
"""

from collections.abc import Iterable

from sqlalchemy import BigInteger, Integer, TableClause, Text, column, table, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from uphill.db.base import Base
from uphill.folding import fold

MOST_LETTERS = 50_000
"""Of the words of one resort's rules."""

RESORT_WORDS: TableClause = table(
    "resort_words", column("rowid", Integer), column("about", Text), column("rules", Text)
)
"""Folded words by resort id (``rowid``): ``about`` where and what it is, ``rules`` what its policy says.

A table for full-text search: FTS5's own on SQLite; one with a ``tsvector`` in ``words`` on PostgreSQL.
"""


class SearchMark(Base):
    """When a resort, its policy, its visits or what waits last changed, as a number that grows.

    What is held in memory is read anew by it.

    On SQLite it counts changes. On PostgreSQL it is the id of the transaction, so that one which was begun early and
    committed late is not missed.
    """

    __tablename__ = "search_marks"

    resort_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mark: Mapped[int] = mapped_column(BigInteger, index=True)


def write_rules(session: Session, resort_id: int, texts: Iterable[str]) -> None:
    """Make ``texts`` (names of routes, quotes) all that a resort's rules are found by."""
    words = fold("\n".join(dict.fromkeys(texts)))[:MOST_LETTERS]
    session.execute(update(RESORT_WORDS).where(RESORT_WORDS.c.rowid == resort_id).values(rules=words))
