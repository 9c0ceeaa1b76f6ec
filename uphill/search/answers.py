"""What the read side answers with: frozen values that the pages, the API and the command line share."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, computed_field

from uphill.causes import Doubt
from uphill.evidence import ROUTE_STATUS
from uphill.language import gettext
from uphill.outcomes import Change, Outcome
from uphill.policy import Policy
from uphill.recording.change_log import ChangeEntry
from uphill.vocabulary import Origin, SourceKind, Status
from uphill.words.verdict import verdict


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Freshness(StrEnum):
    """How far a policy can be relied on: ``LISTED`` was taken from a list and never checked by us.

    ``STALE`` was not confirmed for too long: 30 days in the resort's season, 90 outside it.
    """

    CHECKED = "checked"
    STALE = "stale"
    LISTED = "listed"
    NONE = "none"


class ResortFacts(_Answer):
    """Who and where a resort is. Elevations in metres, coordinates in degrees (WGS 84)."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str = Field(description="ISO 3166-1 alpha-2")
    country_name: str
    region: str = Field(description="ISO 3166-2, first level")
    region_name: str
    locality: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    timezone: str | None = Field(None, description="IANA name")
    base_m: int | None = None
    summit_m: int | None = None
    website: str | None = None
    pass_network: str | None = None


class Provenance(_Answer):
    """Where a policy comes from and how old it is.

    ``as_of`` is the date of a baseline's source as written there (2021, 2024/25, …). A baseline policy was
    never checked by us, so it has no ``last_confirmed``.
    """

    origin: Origin
    source_url: str
    source_kind: SourceKind
    lang: str | None = None
    as_of: str | None = None
    first_seen: datetime
    last_confirmed: datetime | None = None
    superseded_at: datetime | None = None
    freshness: Freshness
    in_season: bool = Field(default=True, description="whether it is winter at the resort")


class VisitNote(_Answer):
    """How our last try to read the resort's own pages ended; ``reason`` is a sentence."""

    finished_at: datetime
    outcome: Outcome
    reason: str
    change: Change
    pages: int


class Announcement(_Answer):
    """A status that a page announced for the moment, of the resort or of the route at ``position``.

    From ``until`` on it is not known any more (``holds`` is false), and the policy says ``unknown``; so too where
    nobody knows until when.
    """

    position: int | None = None
    status: Status
    seen_at: datetime
    until: datetime | None
    holds: bool
    source_url: str


class Pending(_Answer):
    """What the last visits found and was not believed at once: the page changed, which is being verified."""

    doubt: Doubt
    reason: str = Field(description="why it was not believed, as a sentence without its full stop")
    source_url: str | None = None
    since: datetime
    last_seen: datetime


class Listing(_Answer):
    """A resort as a search shows it. Without a policy every fact is unknown and ``provenance`` empty.

    A status that has expired is ``unknown`` in ``policy``; ``announced`` tells what was seen last.
    """

    resort: ResortFacts
    policy: Policy
    provenance: Provenance | None = None
    status_seen_at: datetime | None = Field(
        None, description="when the page that announces the status was last known to say so"
    )
    announced: Announcement | None = None
    routes_announced: tuple[Announcement, ...] = ()
    pending: Pending | None = None
    last_visit: VisitNote | None = None
    distance_km: float | None = Field(None, description="from the place searched around, as the crow flies")
    open_then: str | None = Field(
        None, description="by the stated hours at the time asked for: open, or possibly, where lifts decide"
    )

    @computed_field(description="one sentence, made from the facts")  # type: ignore[prop-decorator]
    @property
    def verdict(self) -> str:
        """In the language in force: listings are kept in memory for the readers of all of them."""
        return gettext("No policy is known yet.") if self.provenance is None else verdict(self.policy)


class Proof(_Answer):
    """Why one fact is believed: the quote and its page, or the list it was taken from.

    ``position`` counts the elements of a list fact from 0; ``seen_at`` is when the page was last
    known to say so. A ``pinned`` fact was set by a curator, who took it from the page.
    """

    position: int = 0
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    source_url: str
    source_kind: SourceKind
    as_of: str | None = None
    seen_at: datetime | None = None
    pinned: bool = False


class SourceNote(_Answer):
    """One page of the resort that is known, and how the last fetch of it ended."""

    url: str
    kind: SourceKind
    last_checked: datetime | None = None
    last_outcome: Outcome | None = None
    reason: str | None = None
    next_due: datetime | None = None


class FactChange(_Answer):
    """One fact of a policy that differs from the version before; values as words of the vocabulary."""

    field: str
    old: str
    new: str


class PolicyRevision(_Answer):
    """A version in the history of a policy, newest first, with what it changed."""

    provenance: Provenance
    policy: Policy
    changes: tuple[FactChange, ...] = ()


class Proposal(_Answer):
    """What a change that waits would make of the policy; without a ``policy`` there would be none any more."""

    policy: Policy | None
    changes: tuple[FactChange, ...]
    evidence: dict[str, tuple[Proof, ...]] = {}


class PinNote(_Answer):
    """A fact that a curator set, over whatever the resort's pages say. Values as JSON, ``null`` where not stated.

    ``until`` is the last day on which it holds, by the resort's calendar. ``read`` is what the pages were last
    read to say, ``contradicted`` whether that is something else, ``readings`` the words that say so.
    """

    field: str
    value: Any
    source_url: str
    note: str
    pinned_at: datetime
    until: date | None = None
    read: Any = None
    read_at: datetime | None = None
    contradicted: bool = False
    readings: tuple[Proof, ...] = ()


class ResortPage(Listing):
    """Everything known of one resort. ``evidence`` maps each known fact to why it is believed.

    Beside the facts it has ``route_status``: what status pages told of the routes, by their ``position``.
    ``stale_facts`` were not confirmed for too long, though other facts of the policy may have been. ``pins`` maps
    the facts that a curator set to how.
    """

    evidence: dict[str, tuple[Proof, ...]] = {}
    stale_facts: tuple[str, ...] = ()
    pins: dict[str, PinNote] = {}
    proposal: Proposal | None = None
    changes: tuple[ChangeEntry, ...] = Field((), description="the newest of the change log")
    history: tuple[PolicyRevision, ...] = ()
    sources: tuple[SourceNote, ...] = ()
    visits: tuple[VisitNote, ...] = ()

    def proofs_of(self, name: str) -> tuple[Proof, ...]:
        """Why a fact is believed; the routes by what is told of their statuses too."""
        told_of_routes = self.evidence.get(ROUTE_STATUS, ()) if name == "routes" else ()
        return self.evidence.get(name, ()) + told_of_routes


class FacetCount(_Answer):
    """How many resorts a value of a filter would show, under the other filters."""

    value: str
    label: str
    count: int
    selected: bool = False


class RegionCount(_Answer):
    """A region with its number of resorts, and how many of them have a known policy."""

    code: str
    name: str
    country: str
    country_name: str
    resorts: int
    with_policy: int


class Correction(_Answer):
    """Nothing holds the text that was ``asked`` for: what holds the nearest words, ``shown``, was found instead."""

    asked: str
    shown: str

    @property
    def sentence(self) -> str:
        return gettext("Nothing for “%(asked)s”; shown: %(shown)s", asked=self.asked, shown=self.shown)


class Results(_Answer):
    """One page of a search: ``total`` counts all that match, ``facets`` maps a filter to its values."""

    total: int
    page: int
    pages: int
    listings: tuple[Listing, ...]
    facets: dict[str, tuple[FacetCount, ...]]
    correction: Correction | None = None
    remarks: tuple[str, ...] = Field((), description="what has to be known to read the results right")
