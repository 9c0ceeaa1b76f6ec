"""The change log: each fact that changed, when, why, and the words that prove it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from uphill.causes import Cause
from uphill.db.base import Base, WordType
from uphill.db.places import Resort
from uphill.db.policies import PolicyVersion
from uphill.db.sources import Source


class LoggedChange(Base):
    """One fact of one resort's policy that changed. ``old`` and ``new`` are JSON, ``None`` where not stated."""

    __tablename__ = "fact_changes"
    __table_args__ = (Index("ix_fact_changes_resort_id_at", "resort_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resort_id: Mapped[int] = mapped_column(ForeignKey("resorts.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(index=True)
    field: Mapped[str] = mapped_column(String(32))
    old: Mapped[str | None]
    new: Mapped[str | None]
    cause: Mapped[Cause] = mapped_column(WordType(Cause))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id"), index=True)
    quote: Mapped[str | None]
    policy_id: Mapped[int | None] = mapped_column(ForeignKey("policies.id", ondelete="CASCADE"), index=True)

    resort: Mapped[Resort] = relationship()
    source: Mapped[Source | None] = relationship()
    policy: Mapped[PolicyVersion | None] = relationship()
