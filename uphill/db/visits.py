"""What was done: crawl runs, and the visits of resorts in them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from uphill.db.base import Base, WordType
from uphill.db.places import Resort
from uphill.outcomes import Change, Outcome
from uphill.runs import Ending, Trigger


class CrawlRun(Base):
    """One run of the crawler. ``finished_at`` and ``ending`` stay empty when the run was killed.

    ``scope`` tells what was to be crawled, in words.
    """

    __tablename__ = "crawl_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    trigger: Mapped[Trigger] = mapped_column(
        WordType(Trigger), default=Trigger.MANUAL, server_default=Trigger.MANUAL
    )
    scope: Mapped[str | None] = mapped_column(String(200))
    ending: Mapped[Ending | None] = mapped_column(WordType(Ending))
    detail: Mapped[str | None]
    planned: Mapped[int]
    visited: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    no_policy: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)


class Visit(Base):
    """One visit of one resort: its outcome, its reason, and what it changed."""

    __tablename__ = "visits"
    __table_args__ = (Index("ix_visits_resort_id_finished_at", "resort_id", "finished_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("crawl_runs.id", ondelete="CASCADE"), index=True)
    resort_id: Mapped[int] = mapped_column(ForeignKey("resorts.id", ondelete="CASCADE"))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime]
    outcome: Mapped[Outcome] = mapped_column(WordType(Outcome), index=True)
    detail: Mapped[str | None]
    change: Mapped[Change] = mapped_column(WordType(Change))
    pages: Mapped[int]
    policy_id: Mapped[int | None] = mapped_column(ForeignKey("policies.id"), index=True)

    run: Mapped[CrawlRun] = relationship()
    resort: Mapped[Resort] = relationship()
