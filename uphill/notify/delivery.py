"""The rows that wait, sent: each is tried three times, and what could not be sent stays visible.

A row is claimed before it is sent, so that of two processes one sends it. One that was killed while it sent may have
sent what is then sent again; nothing is lost.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, sessionmaker

from uphill.db import Notification, writing
from uphill.notify.message import SendFailed
from uphill.notify.queue import SUBSCRIBED, enqueue
from uphill.settings import Settings
from uphill.subscription import Notify, address

logger = logging.getLogger(__name__)

WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(minutes=10))
"""How long after each try the next may follow, or it is given up where its process did not come back."""
TRIES = len(WAITS)
KEPT = timedelta(days=90)
A_PASS = 200
_OPEN = (Notification.delivered_at.is_(None), Notification.given_up_at.is_(None))

Send = Callable[[str, str, str], None]
"""Sends to a URL a subject and a body. Raises SendFailed with the reason."""


@dataclass
class Delivered:
    """How a pass went, in messages; one that is given up is counted as failed too."""

    queued: int = 0
    sent: int = 0
    failed: int = 0
    given_up: int = 0


def notify_due(
    sessions: sessionmaker[Session], settings: Settings, now: datetime, send: Send | None = None
) -> Delivered:
    """Queue what happened, send what is due, forget what is old; by as many processes and as often as one likes.

    Raises nothing for a message that fails: that is logged, and kept in its row.
    """
    queued = enqueue(sessions, settings.notify, now)
    done = deliver(sessions, settings.notify, now, send)
    done.queued = queued
    prune(sessions, now)
    return done


def deliver(
    sessions: sessionmaker[Session], config: Sequence[Notify], now: datetime, send: Send | None = None
) -> Delivered:
    """Send what is due, the oldest first. A URL that fails is left alone until the next pass."""
    urls = {address(url): url for subscription in config for url in subscription.urls}
    done = Delivered()
    failing: set[str] = set()
    began = time.monotonic()
    for row in _due(sessions, list(urls), now):
        at = now + timedelta(seconds=time.monotonic() - began)  # a pass may outlast the wait after a try
        if row.tries >= TRIES:
            _give_up(sessions, row, at, done, row.last_error or "the process ended while it was sent")
        elif row.subscription not in failing and _claim(sessions, row, at):
            try:
                (send or _by_apprise())(urls[row.subscription], row.subject, row.body)
            except SendFailed as error:
                failing.add(row.subscription)
                _failed(sessions, row, at, done, str(error))
            else:
                done.sent += 1
                _set(sessions, row, delivered_at=at, last_error=None)
    return done


def prune(sessions: sessionmaker[Session], now: datetime) -> int:
    """Delete messages three months old, sent or not; how many. None of their events would be told anew."""
    old = (Notification.created_at < now - KEPT, Notification.event != SUBSCRIBED)
    with sessions() as session:
        count = session.scalar(select(func.count()).where(*old)) or 0
    if count:
        with writing(sessions) as session:
            session.execute(delete(Notification).where(*old))
    return count


def given_up(session: Session, since: datetime) -> Sequence[Notification]:
    """The messages that could not be sent, the newest first."""
    return session.scalars(
        select(Notification).where(Notification.given_up_at >= since).order_by(Notification.id.desc())
    ).all()


def _by_apprise() -> Send:
    # Apprise takes a quarter of a second to import, and mostly there is nothing to send.
    from uphill.notify.sending import send  # noqa: PLC0415

    return send


def _due(sessions: sessionmaker[Session], names: Sequence[str], now: datetime) -> Sequence[Notification]:
    """Rows of URLs that this process knows: another one's settings may have others."""
    with sessions() as session:
        return session.scalars(
            select(Notification)
            .where(*_OPEN, Notification.next_try_at <= now, Notification.subscription.in_(names))
            .order_by(Notification.next_try_at, Notification.id)
            .limit(A_PASS)
        ).all()


def _claim(sessions: sessionmaker[Session], row: Notification, now: datetime) -> bool:
    """Whether this process is the one to send it; the try counts from here."""
    with writing(sessions) as session:
        claimed = session.scalars(
            update(Notification)
            .where(Notification.id == row.id, Notification.tries == row.tries, *_OPEN)
            .values(tries=row.tries + 1, next_try_at=now + WAITS[row.tries])
            .returning(Notification.id)
            .execution_options(synchronize_session=False)
        )
        return claimed.first() is not None


def _failed(
    sessions: sessionmaker[Session], row: Notification, now: datetime, done: Delivered, reason: str
) -> None:
    tries = row.tries + 1
    done.failed += 1
    logger.warning(
        "Message %d (%s) to %s failed, try %d: %s", row.id, row.event, row.subscription, tries, reason
    )
    if tries >= TRIES:
        _give_up(sessions, row, now, done, reason)
    else:
        _set(sessions, row, last_error=reason)


def _give_up(
    sessions: sessionmaker[Session], row: Notification, now: datetime, done: Delivered, reason: str
) -> None:
    done.given_up += 1
    logger.error("Message %d (%s) to %s is given up: %s", row.id, row.event, row.subscription, reason)
    _set(sessions, row, given_up_at=now, last_error=reason)


def _set(sessions: sessionmaker[Session], row: Notification, **values: object) -> None:
    with writing(sessions) as session:
        session.execute(
            update(Notification)
            .where(Notification.id == row.id)
            .values(**values)
            .execution_options(synchronize_session=False)
        )
