"""What the crawler hands over after it has been to a resort, and what it is told before it goes."""

from dataclasses import dataclass
from datetime import date, datetime

from uphill.outcomes import Outcome
from uphill.reading import Reading
from uphill.vocabulary import SourceKind


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page of the resort that earlier visits have met, with what a conditional request needs.

    One that is not ``due`` is known to the visit, and not asked for; one that ``needs_browser`` showed what it says
    only with JavaScript.
    """

    url: str
    kind: SourceKind
    etag: str | None = None
    last_modified: str | None = None
    due: bool = True
    needs_browser: bool = False
    there: bool = True
    """Whether there was a document when it was last asked for; false for the place where one may be published."""


@dataclass(frozen=True, slots=True)
class Target:
    """A resort to visit. ``pages`` holds its known policy and status pages, those without a policy, and its document.

    ``looks_around`` is false where the home page is to be left alone for now: only known pages are asked for.
    """

    slug: str
    name: str
    website: str | None
    pages: tuple[KnownPage, ...] = ()
    looks_around: bool = True
    other_names: tuple[str, ...] = ()
    timezone: str | None = None

    @property
    def partial(self) -> bool:
        """Whether only status pages are due: neither a policy page, nor a look around where none is known."""
        policies = self.known(SourceKind.POLICY)
        stated = (*policies, *(page for page in self.known(SourceKind.PUBLISHED) if page.there))
        full = any(page.due for page in stated) or (not policies and self.looks_around)
        return not full and any(page.due for page in self.known(SourceKind.STATUS))

    def known(self, kind: SourceKind) -> tuple[KnownPage, ...]:
        return tuple(page for page in self.pages if page.kind is kind)


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """One fetch: of ``requested_url``, which after redirects was ``url``; ``fetched_at`` is aware.

    ``kind`` is what the page turned out to be. ``body``, ``text`` and ``reading`` are set where the page
    holds facts (a policy, or a status row); ``text`` is what the reading's offsets point into. ``platform``
    names what the page was built with, where it shows. ``retry_at`` (aware) is when a busy site asked to be
    asked again, by ``Retry-After``. Of a published document, ``valid_until`` is the last day of its rules, and what
    it announces ends at ``announced_until`` (aware).
    """

    requested_url: str
    url: str
    kind: SourceKind
    outcome: Outcome
    fetched_at: datetime
    http_status: int | None = None
    detail: str = ""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body: bytes = b""
    text: str = ""
    reading: Reading | None = None
    platform: str | None = None
    needs_browser: bool = False
    retry_at: datetime | None = None
    valid_until: date | None = None
    announced_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ResortVisit:
    """A whole visit: every fetch of it in order, and how it ended. Recorded in one transaction.

    ``published`` is the look for the document that the resort may publish itself, which comes before all pages; None
    where it was not looked for. No policy on it means that there is none, or none in force.

    A ``partial`` one asked for status pages alone: it says nothing of the policy, neither that it still stands
    nor that it is gone.
    """

    slug: str
    started_at: datetime
    finished_at: datetime
    outcome: Outcome
    pages: tuple[FetchedPage, ...] = ()
    detail: str = ""
    partial: bool = False
    published: FetchedPage | None = None

    @property
    def fetched(self) -> tuple[FetchedPage, ...]:
        """The document and the pages."""
        return self.pages if self.published is None else (self.published, *self.pages)
