"""What keeps crawls in step: who holds what, which site is to be left alone, and the days to come."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from uphill.db.base import Base
from uphill.db.places import Resort


class Lease(Base):
    """A thing that one process at a time may do. It is free again once ``expires_at`` is past."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(255), primary_key=True)
    owner: Mapped[str] = mapped_column(String(120))
    taken_at: Mapped[datetime]
    heartbeat_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class SiteRest(Base):
    """A site that asked to be left alone until ``until`` (Retry-After)."""

    __tablename__ = "site_rests"

    site: Mapped[str] = mapped_column(String(255), primary_key=True)
    until: Mapped[datetime] = mapped_column(index=True)
    reason: Mapped[str]


class OpenInterval(Base):
    """A span of the coming days in which a resort's windows allow going up, in UTC.

    ``sure`` is false where the span hinges on the lifts' hours, which nobody states.
    """

    __tablename__ = "open_intervals"
    __table_args__ = (Index("ix_open_intervals_starts_at_ends_at", "starts_at", "ends_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resort_id: Mapped[int] = mapped_column(ForeignKey("resorts.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    sure: Mapped[bool]

    resort: Mapped[Resort] = relationship()
