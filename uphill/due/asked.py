"""Which of a resort's pages are asked for by themselves; what else is known of it only guides a look around."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from uphill.outcomes import Outcome
from uphill.vocabulary import SourceKind

MAX_STATUS_PAGES = 2


class Page(Protocol):
    """A row of a page, whole or in part."""

    @property
    def url(self) -> Any: ...
    @property
    def kind(self) -> Any: ...
    @property
    def last_outcome(self) -> Any: ...


P = TypeVar("P", bound=Page)


@dataclass(frozen=True, slots=True)
class Asked(Generic[P]):
    """The pages where the policy is looked for, the home page where the policy has no other page, the status pages, and
    the document that the resort publishes. Each has its own time.
    """

    policies: tuple[P, ...]
    home: P | None
    statuses: tuple[P, ...]
    published: P | None = None

    @property
    def all(self) -> tuple[P, ...]:
        others = (page for page in (self.home, self.published) if page is not None)
        return (*self.policies, *others, *self.statuses)


def asked_pages(pages: Sequence[P], website: str | None) -> Asked[P]:
    """Of all pages known of a resort, oldest first, those that are asked for.

    The page of the resort that a baseline names counts as its policy page until a visit has found the real one;
    without a website, so do pages that held no policy when they were last read.
    """

    def of(kind: SourceKind) -> tuple[P, ...]:
        return tuple(page for page in pages if page.kind is kind)

    found = of(SourceKind.POLICY)
    home = None if found else next((page for page in of(SourceKind.HOME) if page.url == website), None)
    published = next((page for page in of(SourceKind.PUBLISHED) if is_there(page)), None)
    has_policy = (
        bool(found) or published is not None or (home is not None and home.last_outcome is Outcome.POLICY)
    )
    hoped = of(SourceKind.RESORT) or (() if website else of(SourceKind.NO_POLICY))
    statuses = of(SourceKind.STATUS)[:MAX_STATUS_PAGES] if has_policy else ()
    return Asked(found or hoped, home, statuses, published)


def is_there(page: Page) -> bool:
    """Whether a document was published when the place for it was last looked at; where it failed, it may have been."""
    return page.last_outcome is not None and page.last_outcome is not Outcome.NO_POLICY
