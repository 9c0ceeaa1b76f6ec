"""Whether this process is the one that may do what is scheduled, found out anew at each heartbeat."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from uphill.db.failures import in_short
from uphill.lease import HEARTBEAT, LEASE, Holder, holder, release, renew, take


class Turn(StrEnum):
    """What a heartbeat brought."""

    TAKEN = "taken"
    KEPT = "kept"
    LOST = "lost"
    WAITING = "waiting"
    AWAY = "away"


class Tenure:
    """The lease ``name``, as its owner sees it. ``other`` is who has it, ``trouble`` why the database is away.

    Without the database a lease is given up one heartbeat before it expires: by then nothing of its owner's may
    run any more, since another will take it.
    """

    def __init__(
        self, sessions: sessionmaker[Session], name: str, owner: str, lease: timedelta = LEASE
    ) -> None:
        self._sessions = sessions
        self._name = name
        self._owner = owner
        self._lease = lease
        self._until: datetime | None = None
        self.heartbeat = lease * (HEARTBEAT / LEASE)
        self.other: Holder | None = None
        self.trouble = ""

    @property
    def holds(self) -> bool:
        return self._until is not None

    def beat(self, now: datetime) -> Turn:
        try:
            return self._ask(now)
        except SQLAlchemyError as error:
            self.trouble = in_short(error)
            if self._until is not None and now + self.heartbeat >= self._until:
                self._until = None
                return Turn.LOST
            return Turn.AWAY

    def _ask(self, now: datetime) -> Turn:
        held = self.holds
        mine = (renew if held else take)(self._sessions, self._name, self._owner, now, self._lease)
        self.trouble = ""
        self._until = now + self._lease if mine else None
        if mine:
            self.other = None
            return Turn.KEPT if held else Turn.TAKEN
        with self._sessions() as session:
            self.other = holder(session, self._name, now)
        return Turn.LOST if held else Turn.WAITING

    def end(self) -> None:
        """Give the lease back. Raises SQLAlchemyError where the database is away; it expires then."""
        if self.holds:
            release(self._sessions, self._owner, (self._name,))
            self._until = None
