"""What happened, as rows of messages that wait: one for each event and each URL that is to be told of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, sessionmaker

from uphill.db import Notification, writing
from uphill.notify.changes import region_messages, resort_messages
from uphill.notify.message import Message
from uphill.notify.reports import report_messages
from uphill.notify.state import health_messages, run_messages
from uphill.subscription import Notify, Topic, address

LOOKS_BACK = timedelta(days=7)
"""How much of what happened is told after a pause."""
OVERLAP = timedelta(hours=1)
"""What is read anew each time: a change is dated before its transaction can be seen."""
SUBSCRIBED = "subscribed"
"""Event of a row that is not sent: it says since when a URL is told (``created_at``), up to when (``next_try_at``)."""


@dataclass(frozen=True, slots=True)
class _Span:
    subscribed: datetime
    begin: datetime
    end: datetime


def enqueue(sessions: sessionmaker[Session], config: Sequence[Notify], now: datetime) -> int:
    """Rows for what happened since each URL was subscribed, at most a week back; how many are new.

    A second time changes nothing: the key of an event is unique for each URL.
    """
    queued = 0
    for subscription in config:
        for name in dict.fromkeys(map(address, subscription.urls)):
            with sessions() as session:
                span = _span(session, name, now)
                messages = list(_messages(session, subscription, name, span))
            with writing(sessions) as session:
                _insert(session, name, SUBSCRIBED, SUBSCRIBED, now, delivered_at=now)
                queued += sum(
                    _insert(
                        session,
                        name,
                        message.topic,
                        f"{message.topic}:{message.key}",
                        now,
                        subject=message.subject,
                        body=message.body,
                    )
                    for message in messages
                )
                session.execute(update(Notification).where(*_mark(name)).values(next_try_at=now))
    return queued


def _mark(name: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (Notification.subscription == name, Notification.event_key == SUBSCRIBED)


def _span(session: Session, name: str, now: datetime) -> _Span:
    """What is to be read: for a URL that is new, nothing of the past."""
    mark = session.scalars(select(Notification).where(*_mark(name))).one_or_none()
    if mark is None:
        return _Span(now, now, now)
    return _Span(mark.created_at, max(mark.created_at, mark.next_try_at - OVERLAP, now - LOOKS_BACK), now)


def _messages(session: Session, subscription: Notify, name: str, span: _Span) -> Iterator[Message]:
    for topic in dict.fromkeys(subscription.on):
        told = _told(session, name, topic, span)
        match topic:
            case Topic.RUN_FAILED:
                yield from run_messages(session, span.begin, span.end, told)
            case Topic.RESORT_CHANGED:
                yield from resort_messages(session, subscription.resorts, span.begin, told)
            case Topic.REGION_CHANGED:
                yield from region_messages(
                    session, subscription.regions, (span.begin, span.end), told, subscribed=span.subscribed
                )
            case Topic.UNHEALTHY:
                yield from health_messages(session, span.end, told)
            case Topic.REPORT:
                yield from report_messages(session, span.begin, told)


def _told(session: Session, name: str, topic: Topic, span: _Span) -> set[str]:
    """Keys of the topic's events that have a row already; no row is older than its event."""
    keys = session.scalars(
        select(Notification.event_key).where(
            Notification.subscription == name,
            Notification.event == topic,
            Notification.created_at > span.begin - 2 * timedelta(days=1),
        )
    )
    return {key.removeprefix(f"{topic}:") for key in keys}


def _insert(
    session: Session,
    name: str,
    event: str,
    key: str,
    now: datetime,
    *,
    subject: str = "",
    body: str = "",
    delivered_at: datetime | None = None,
) -> bool:
    """Whether the row is new; one that is there already stays as it is."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(Notification).values(
        subscription=name,
        event=event,
        event_key=key,
        subject=subject,
        body=body,
        created_at=now,
        tries=0,
        next_try_at=now,
        delivered_at=delivered_at,
    )
    added = session.scalars(row.on_conflict_do_nothing().returning(Notification.id))
    return added.first() is not None
