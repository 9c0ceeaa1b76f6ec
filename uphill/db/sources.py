"""The pages that facts come from, and what they said when they were read."""

import zlib
from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from uphill.db.base import Base, WordType
from uphill.db.places import Resort
from uphill.outcomes import Outcome
from uphill.vocabulary import SourceKind


class Source(Base):
    """A URL of a resort. ``failures`` counts the fetches that failed since one last worked.

    ``site`` is the registrable domain, ``platform`` what the page was built with as far as it shows, ``changed_at``
    when its facts were last found changed, ``last_success`` when a fetch last brought an answer. Of a document that
    the resort publishes, ``valid_until`` is the last day of its rules, and what it announces ends ``announced_until``.
    """

    __tablename__ = "sources"
    __table_args__ = (UniqueConstraint("resort_id", "url"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resort_id: Mapped[int] = mapped_column(ForeignKey("resorts.id", ondelete="CASCADE"), index=True)
    url: Mapped[str]
    kind: Mapped[SourceKind] = mapped_column(WordType(SourceKind), index=True)
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    last_checked: Mapped[datetime | None]
    last_outcome: Mapped[Outcome | None] = mapped_column(WordType(Outcome))
    last_http_status: Mapped[int | None]
    last_detail: Mapped[str | None]
    failures: Mapped[int] = mapped_column(default=0)
    next_due: Mapped[datetime | None] = mapped_column(index=True)
    site: Mapped[str] = mapped_column(String(255), index=True, default="", server_default="")
    platform: Mapped[str | None] = mapped_column(String(40))
    needs_browser: Mapped[bool] = mapped_column(default=False, server_default=false())
    changed_at: Mapped[datetime | None]
    last_success: Mapped[datetime | None]
    valid_until: Mapped[date | None]
    announced_until: Mapped[datetime | None]

    resort: Mapped[Resort] = relationship()


class Snapshot(Base):
    """A page as fetched, with the text that evidence points into; kept only when the text changed.

    ``last_seen`` is set once the same text was read again, or the site said that nothing had changed.
    """

    __tablename__ = "snapshots"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), index=True)
    fetched_at: Mapped[datetime]
    last_seen: Mapped[datetime | None]
    content_type: Mapped[str | None] = mapped_column(String(120))
    text_hash: Mapped[str] = mapped_column(String(64))
    body_zlib: Mapped[bytes] = mapped_column(LargeBinary)
    text_zlib: Mapped[bytes] = mapped_column(LargeBinary)

    source: Mapped[Source] = relationship()

    @property
    def seen_at(self) -> datetime:
        """When the page was last known to say this."""
        return self.last_seen or self.fetched_at

    @property
    def text(self) -> str:
        return zlib.decompress(self.text_zlib).decode()

    @property
    def body(self) -> bytes:
        return zlib.decompress(self.body_zlib)
