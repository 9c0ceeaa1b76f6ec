"""Messages that wait to be sent, and what became of them."""

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from uphill.db.base import Base

_WAITING = text("delivered_at IS NULL AND given_up_at IS NULL")


class Notification(Base):
    """One message to one subscription. ``event_key`` names the event, so that it is told once."""

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("subscription", "event_key"),
        Index("ix_notifications_waiting", "next_try_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription: Mapped[str] = mapped_column(String(64))
    event: Mapped[str] = mapped_column(String(24))
    event_key: Mapped[str] = mapped_column(String(120))
    subject: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    last_error: Mapped[str | None]
    delivered_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
