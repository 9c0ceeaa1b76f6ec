"""What came of one fetch."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from uphill.outcomes import Outcome
from uphill.recording.visit import FetchedPage
from uphill.vocabulary import SourceKind


@dataclass(frozen=True, slots=True)
class Fetch:
    """What came of asking for ``requested_url``: ``failure`` is None where ``body`` is a page to read.

    A body that is no page is there too (sitemaps are such). ``failure`` is ``UNCHANGED`` for a 304: there is
    no body, and nothing is wrong. ``rendered`` is what a browser made of the page.
    """

    requested_url: str
    url: str
    fetched_at: datetime
    failure: Outcome | None = None
    detail: str = ""
    http_status: int | None = None
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    retry_at: datetime | None = None
    rendered: bool = False
    body: bytes = field(default=b"", repr=False)

    def page(self, kind: SourceKind, outcome: Outcome, **more: Any) -> FetchedPage:
        """The fetch as it is handed over; the body goes along only where ``more`` names it."""
        return FetchedPage(
            requested_url=self.requested_url,
            url=self.url,
            kind=kind,
            outcome=outcome,
            fetched_at=self.fetched_at,
            http_status=self.http_status,
            content_type=self.content_type,
            etag=self.etag,
            last_modified=self.last_modified,
            retry_at=self.retry_at,
            needs_browser=self.rendered,
            **{"detail": self.detail, **more},
        )
