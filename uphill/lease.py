"""Leases: what one process at a time may do, on one machine or many, kept in the database.

An owner renews its leases every :data:`HEARTBEAT`. One that died, or lost the database, renews no more, and its
leases expire :data:`LEASE` after its last heartbeat; whoever asks first then has them. The clocks of the machines
that share a database must agree to well within ``LEASE - HEARTBEAT``.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from uphill.db import Lease, writing
from uphill.db.failures import in_short

logger = logging.getLogger(__name__)

HEARTBEAT = timedelta(seconds=20)
LEASE = timedelta(seconds=75)

SCHEDULER = "scheduler"
CRAWL = "crawl"
"""A crawl of all resorts, or of all that are due."""

_HOST_LETTERS = 64
_ROWS_A_STATEMENT = 500  # each has five parameters, and SQLite takes 32,766


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a lease, and since when. ``owner`` is ``host:pid:start``."""

    owner: str
    since: datetime

    def __str__(self) -> str:
        return f"{self.owner.rpartition(':')[0]} since {self.since:%Y-%m-%d %H:%M:%S} UTC"


def owner_name(started: datetime, part: str = "") -> str:
    """``host:pid:start``: no two processes have the same, nor has one that comes after this one under its pid.

    Parts of a process that must keep each other out (jobs of one worker) each give a ``part`` of their own.
    """
    host = socket.gethostname()[:_HOST_LETTERS]
    return f"{host}:{os.getpid()}:{started.timestamp():.3f}{part}"


def take(
    sessions: sessionmaker[Session], name: str, owner: str, now: datetime, for_: timedelta = LEASE
) -> bool:
    """Whether ``owner`` has the lease now: it was free, or expired, or the owner's own already."""
    return bool(take_all(sessions, (name,), owner, now, for_))


def take_all(
    sessions: sessionmaker[Session],
    names: Iterable[str],
    owner: str,
    now: datetime,
    for_: timedelta = LEASE,
) -> set[str]:
    """Those of ``names`` that ``owner`` has now; the others are held by somebody else. One transaction."""
    wanted = sorted(set(names))  # in one order, so that two who want the same never wait for each other
    got: set[str] = set()
    if not wanted:
        return got
    with writing(sessions) as session:
        insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        for start in range(0, len(wanted), _ROWS_A_STATEMENT):
            rows = [
                {
                    "name": name,
                    "owner": owner,
                    "taken_at": now,
                    "heartbeat_at": now,
                    "expires_at": now + for_,
                }
                for name in wanted[start : start + _ROWS_A_STATEMENT]
            ]
            statement = insert(Lease).values(rows)
            new = statement.excluded
            statement = statement.on_conflict_do_update(
                index_elements=[Lease.name],
                set_={
                    "owner": new.owner,
                    "taken_at": case((Lease.owner == owner, Lease.taken_at), else_=new.taken_at),
                    "heartbeat_at": new.heartbeat_at,
                    "expires_at": new.expires_at,
                },
                where=or_(Lease.expires_at <= now, Lease.owner == owner),
            )
            got.update(session.scalars(statement.returning(Lease.name)))
    return got


def renew(
    sessions: sessionmaker[Session], name: str, owner: str, now: datetime, for_: timedelta = LEASE
) -> bool:
    """Whether ``owner`` still has the lease, which then lasts on. Never takes one that another has."""
    return bool(renew_all(sessions, (name,), owner, now, for_))


def renew_all(
    sessions: sessionmaker[Session],
    names: Iterable[str],
    owner: str,
    now: datetime,
    for_: timedelta = LEASE,
) -> set[str]:
    """Those of ``names`` that ``owner`` still has. One that expired and that nobody else took is still its."""
    wanted = sorted(set(names))
    kept: set[str] = set()
    if not wanted:
        return kept
    with writing(sessions) as session:
        for start in range(0, len(wanted), _ROWS_A_STATEMENT):
            statement = (
                update(Lease)
                .where(Lease.name.in_(wanted[start : start + _ROWS_A_STATEMENT]), Lease.owner == owner)
                .values(heartbeat_at=now, expires_at=now + for_)
                .returning(Lease.name)
                .execution_options(synchronize_session=False)
            )
            kept.update(session.scalars(statement))
    return kept


def release(sessions: sessionmaker[Session], owner: str, names: Iterable[str]) -> None:
    """Give leases back; those of ``names`` that others have stay theirs."""
    with writing(sessions) as session:
        session.execute(delete(Lease).where(Lease.owner == owner, Lease.name.in_(list(names))))


def holder(session: Session, name: str, now: datetime) -> Holder | None:
    """Who has the lease; None where it is free or expired."""
    lease = session.get(Lease, name, populate_existing=True)
    return None if lease is None or lease.expires_at <= now else Holder(lease.owner, lease.taken_at)


def held_by(session: Session, owner: str, now: datetime) -> set[str]:
    """Names of the leases that ``owner`` has."""
    return set(session.scalars(select(Lease.name).where(Lease.owner == owner, Lease.expires_at > now)))


@contextmanager
def kept_alive(
    sessions: sessionmaker[Session],
    names: Iterable[str],
    owner: str,
    clock: Callable[[], datetime],
    *,
    every: timedelta = HEARTBEAT,
    for_: timedelta = LEASE,
    lost: Callable[[set[str]], None] | None = None,
) -> Iterator[None]:
    """Renew taken leases while the block runs, from a thread; give them back at its end.

    ``lost`` is told of leases that another has taken meanwhile, once each, in that thread.
    """
    taken = tuple(names)
    held = set(taken)
    over = threading.Event()

    def beat() -> None:
        while held and not over.wait(every.total_seconds()):
            try:
                gone = held - renew_all(sessions, held, owner, clock(), for_)
            except SQLAlchemyError as error:  # tried again at the next beat; a lease outlives two that fail
                logger.warning("A heartbeat failed: %s", in_short(error))
                continue
            held.difference_update(gone)
            if gone and lost is not None:
                lost(gone)

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        try:
            release(sessions, owner, taken)
        except SQLAlchemyError as error:
            logger.warning("A lease could not be given back, it expires: %s", in_short(error))
