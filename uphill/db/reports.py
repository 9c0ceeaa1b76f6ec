"""What readers say is wrong, and the secret by which the forms for it are signed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from uphill.db.base import Base, WordType
from uphill.db.curation import Pin
from uphill.db.places import Resort

_OPEN = text("decided_at IS NULL")


class Verdict(StrEnum):
    """How an operator decided a report."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class Report(Base):
    """A fact that readers say is wrong; without a ``field`` it is about the resort as a whole.

    ``said`` is what the directory said then, ``value`` what they say is right, both JSON as in a policy's dump:
    ``said`` is ``None`` where it was not stated, ``value`` where they can't say. ``digest`` is the same for reports
    that say the same: of those one row is open, and ``times`` counts them. ``contact`` is deleted when it is decided.
    """

    __tablename__ = "reports"
    __table_args__ = (
        Index(
            "uq_reports_open",
            "resort_id",
            "digest",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_reports_waiting", "first_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resort_id: Mapped[int] = mapped_column(ForeignKey("resorts.id", ondelete="CASCADE"))
    field: Mapped[str | None] = mapped_column(String(32))
    said: Mapped[str | None]
    value: Mapped[str | None]
    source_url: Mapped[str | None]
    note: Mapped[str]
    contact: Mapped[str | None]
    digest: Mapped[str] = mapped_column(String(32))
    times: Mapped[int] = mapped_column(default=1)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    verdict: Mapped[Verdict | None] = mapped_column(WordType(Verdict))
    decided_note: Mapped[str | None]
    pin_id: Mapped[int | None] = mapped_column(ForeignKey("pins.id", ondelete="SET NULL"), index=True)

    resort: Mapped[Resort] = relationship()
    pin: Mapped[Pin | None] = relationship()


class SiteKey(Base):
    """A secret of the site, made once and shared by all processes that serve it; ``name`` tells what for."""

    __tablename__ = "site_keys"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    secret: Mapped[str] = mapped_column(String(128))
    made_at: Mapped[datetime]
