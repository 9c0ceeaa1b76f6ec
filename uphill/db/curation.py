"""What people decide: changes that wait to be verified, and facts that a curator has set."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from uphill.causes import Decision, Doubt
from uphill.db.base import Base, WordType
from uphill.db.places import Resort
from uphill.db.policies import PolicyVersion
from uphill.db.sources import Snapshot, Source

_UNDECIDED = text("decided_at IS NULL")
_IN_FORCE = text("ended_at IS NULL")


class PendingChange(Base):
    """What a visit found and was not believed at once; one at most waits for each resort.

    ``policy_id`` is the proposed version; without one the proposal is that the resort has no policy any more.
    """

    __tablename__ = "pending_changes"
    __table_args__ = (
        Index(
            "uq_pending_changes_undecided",
            "resort_id",
            unique=True,
            sqlite_where=_UNDECIDED,
            postgresql_where=_UNDECIDED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resort_id: Mapped[int] = mapped_column(ForeignKey("resorts.id", ondelete="CASCADE"))
    doubt: Mapped[Doubt] = mapped_column(WordType(Doubt))
    detail: Mapped[str]
    policy_id: Mapped[int | None] = mapped_column(ForeignKey("policies.id", ondelete="CASCADE"), index=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id"), index=True)
    since: Mapped[datetime] = mapped_column(index=True)
    last_seen: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decision: Mapped[Decision | None] = mapped_column(WordType(Decision))
    note: Mapped[str | None]

    resort: Mapped[Resort] = relationship()
    policy: Mapped[PolicyVersion | None] = relationship()
    source: Mapped[Source | None] = relationship()


class Pin(Base):
    """A fact that a curator set, with its source; in force until ``until`` (the resort's local date), or ended.

    ``value`` is JSON as in a policy's dump. ``read_value`` is what the resort's pages were last read to say of the
    fact (JSON; ``None``: not stated), with the proof of it: it takes the pin's place when that ends.
    """

    __tablename__ = "pins"
    __table_args__ = (
        Index(
            "uq_pins_in_force",
            "resort_id",
            "field",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resort_id: Mapped[int] = mapped_column(ForeignKey("resorts.id", ondelete="CASCADE"))
    field: Mapped[str] = mapped_column(String(32))
    value: Mapped[str]
    source_url: Mapped[str]
    note: Mapped[str]
    until: Mapped[date | None]
    pinned_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    read_value: Mapped[str | None]
    read_at: Mapped[datetime | None]

    resort: Mapped[Resort] = relationship()
    readings: Mapped[list["PinReading"]] = relationship(
        cascade="all, delete-orphan", order_by="PinReading.position"
    )


class PinReading(Base):
    """A quote by which the pages prove ``read_value`` of a pin."""

    __tablename__ = "pin_readings"

    id: Mapped[int] = mapped_column(primary_key=True)
    pin_id: Mapped[int] = mapped_column(ForeignKey("pins.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"), index=True)
    quote: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]

    source: Mapped[Source] = relationship()
    snapshot: Mapped[Snapshot] = relationship()
