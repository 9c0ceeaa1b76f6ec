"""What searches go by, held in memory for each database: the index, and resorts as they were shown.

The database marks each resort that changes (see :class:`uphill.db.SearchMark`). Where anything was committed since the
last search, the next asks for the marks, and what changed is read anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from uphill.db.committed import committed_state
from uphill.search.answers import Listing
from uphill.search.index import Index
from uphill.search.known import known_resorts

_MOST_AT_ONCE = 500
"""Changed resorts that are read one by one; where there are more, all are read."""

MOST_SHOWN = 2000
"""Resorts that are kept as they were shown."""

_MARK = {
    "sqlite": sql("SELECT coalesce(max(mark), 0) + 1 FROM search_marks"),
    # All below it is committed or undone, and so seen; what is not yet is marked with this or more.
    "postgresql": sql("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"),
}
_CHANGED = sql(f"SELECT resort_id FROM search_marks WHERE mark >= :since LIMIT {_MOST_AT_ONCE + 1}")  # noqa: S608


class Shown(NamedTuple):
    """A resort as it is shown from ``since`` until ``until``, if nothing is written."""

    listing: Listing
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """The directory at one moment, ``index`` lacking nothing of what is marked below ``mark``.

    Without a ``mark`` it is what one session sees, and is not kept. ``state`` is that of the database before it was
    asked; None where nobody can tell.
    """

    index: Index
    mark: int | None = None
    state: str | None = None
    shown: dict[int, Shown] = field(default_factory=dict)

    def listing(self, resort_id: int, now: datetime) -> Listing | None:
        one = self.shown.get(resort_id)
        return one.listing if one is not None and one.since <= now < one.until else None

    def keep(self, resort_id: int, shown: Shown) -> None:
        if len(self.shown) >= MOST_SHOWN:
            self.shown.clear()
        self.shown[resort_id] = shown

    @contextmanager
    def reading(self, session: Session) -> Iterator[Session]:
        """To read what is to be kept: nothing older than ``mark``, as a transaction that is under way may see."""
        if self.mark is None:
            yield session
        else:
            with Session(session.get_bind()) as own:
                yield own


_HELD: WeakKeyDictionary[Engine, Held] = WeakKeyDictionary()
_LOCK = Lock()


def held_of(session: Session, now: datetime) -> Held:
    """The directory at ``now``: as it is committed, or with what ``session`` is about to commit where it writes."""
    engine = session.get_bind()
    if not isinstance(engine, Engine) or _writes(session):
        return Held(Index.of(known_resorts(session), now))
    with _LOCK:  # one reads, and the others have it too
        state, held = committed_state(engine), _HELD.get(engine)
        if held is None or state is None or state != held.state or not held.index.holds_at(now):
            held = _HELD[engine] = replace(_brought_up_to_date(engine, held, now), state=state)
    return held


def directory_holds_until(session: Session, now: datetime) -> datetime:
    """Until when the directory that :func:`held_of` gave holds as it is at ``now``, if nothing is written."""
    engine = session.get_bind()
    held = _HELD.get(engine) if isinstance(engine, Engine) else None
    return held.index.until if held is not None and held.index.holds_at(now) else now


def _writes(session: Session) -> bool:
    begun = session.in_transaction() and bool(session.connection().get_execution_options().get("writes"))
    return begun or bool(session.new or session.dirty or session.deleted)


def _brought_up_to_date(engine: Engine, held: Held | None, now: datetime) -> Held:
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":  # all of it at one moment, as on SQLite
            connection.execution_options(isolation_level="REPEATABLE READ")
        mark = connection.scalars(_MARK[engine.dialect.name]).one()
        if held is None or held.mark is None or mark < held.mark:  # the latter where a backup was put back
            return Held(_made_anew(connection, now), mark)
        changed = connection.scalars(_CHANGED, {"since": held.mark}).all()
        if not changed:
            return Held(held.index.at(now), mark, shown=held.shown)
        index = None
        if len(changed) <= _MOST_AT_ONCE:
            with Session(connection) as session:
                resorts = known_resorts(session, changed)
            if len(resorts) == len(changed):  # else one was deleted
                index = held.index.at(now).with_changed(resorts, now)
        if index is None:
            return Held(_made_anew(connection, now), mark)
    shown = {key: one for key, one in held.shown.copy().items() if key not in changed}
    return Held(index, mark, shown=shown)


def _made_anew(connection: Connection, now: datetime) -> Index:
    with Session(connection) as session:
        return Index.of(known_resorts(session), now)
