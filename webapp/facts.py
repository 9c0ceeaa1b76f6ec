"""A resort's facts as its page shows them: every fact, stated or not, with its proof beneath."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from uphill.announced import elements_now, holds, status_words
from uphill.policy import Policy
from uphill.search.answers import Freshness, Listing, Proof, ResortPage
from uphill.vocabulary import Cost, Origin, SourceKind, Status
from uphill.wording import NOT_STATED, each_once, label
from webapp.formats import seen_words

GROUPS: dict[str, tuple[str, ...]] = {
    "When": ("access", "season", "during_operations", "outside_operations", "windows"),
    "Pass and price": ("pass_required", "pass_accepts", "pass_cost", "prices", "pass_url"),
    "Before you start": (
        "waiver",
        "waiver_url",
        "check_in",
        "avalanche_gear",
        "lights",
        "reflective",
        "parking",
    ),
    "Who may come along": ("minors", "dogs", "snowshoes", "foot", "bikes"),
    "On the hill": ("designated_routes_only", "routes", "descent", "patrol", "penalty"),
    "Now, and whom to ask": ("status", "status_url", "hotline"),
}
"""All facts, in the order of the questions that people ask."""

_ERRANDS = {"status_url": "Check today’s status", "waiver_url": "Sign the waiver"}


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact: its value in words (several for a list), and why it is believed.

    ``errand`` is set where the value is an address to go to: what one does there.
    """

    name: str
    label: str
    words: tuple[str, ...]
    stated: bool
    proofs: tuple[Proof, ...]
    errand: str = ""


@dataclass(frozen=True, slots=True)
class Now:
    """What is announced for now. ``seen_at`` is set where a status was ever seen; ``fresh`` while it holds."""

    words: str
    status: Status
    seen_at: datetime | None = None
    seen: str = ""
    source_url: str | None = None
    fresh: bool = False


def fact_groups(
    page: ResortPage, now: datetime, apart: Collection[str] = ()
) -> dict[str, tuple[FactRow, ...]]:
    """All facts but those that the page shows ``apart`` from the others."""
    return {
        title: tuple(fact_row(page, name, now) for name in names if name not in apart)
        for title, names in GROUPS.items()
    }


def fact_row(page: ResortPage, name: str, now: datetime) -> FactRow:
    stated = name in page.policy.known()
    words = tuple(elements_now(page, name, now)) if stated else (NOT_STATED,)
    proofs = each_once(page.proofs_of(name))
    return FactRow(name, label(name), words, stated, proofs, errand(page.policy, name) if stated else "")


def errand(policy: Policy, name: str) -> str:
    """What one does at the address that the fact ``name`` holds; empty for all other facts."""
    if name == "pass_url":
        return "Buy the pass" if policy.pass_cost is Cost.PAID or policy.prices else "Get the pass"
    return _ERRANDS.get(name, "")


def errands(page: ResortPage) -> tuple[tuple[str, str], ...]:
    """What there is to do before one starts, with its address.

    Where the policy names no status page, it is the one that we found.
    """
    found = next((source.url for source in page.sources if source.kind is SourceKind.STATUS), None)
    urls = {
        "status_url": page.policy.status_url or found,
        "waiver_url": page.policy.waiver_url,
        "pass_url": page.policy.pass_url,
    }
    return tuple((errand(page.policy, name), url) for name, url in urls.items() if url is not None)


def now_of(listing: Listing, now: datetime, proofs: Sequence[Proof] = ()) -> Now:
    """The status announced for now, on the page of its ``proofs`` if given.

    One that is too old is said to be unknown, with when it was last seen.
    """
    proof = next(iter(proofs), None)
    return announced(listing.policy.status, listing, now, listing.status_seen_at, proof)


def announced(
    status: Status, listing: Listing, now: datetime, seen_at: datetime | None, proof: Proof | None
) -> Now:
    """A status of the resort or of one of its routes, as it was when it was last seen."""
    provenance = listing.provenance
    # A baseline is a list of standing rules: it never tells how things are today.
    if provenance is None or provenance.origin is Origin.BASELINE or status is Status.UNKNOWN:
        return Now(NOT_STATED, Status.UNKNOWN)
    seen_at = seen_at or provenance.first_seen
    seen = seen_words(seen_at, now, listing.resort.timezone)
    source_url = proof.source_url if proof else provenance.source_url
    words, fresh = status_words(status, seen_at, now), holds(seen_at, now)
    return Now(words, status if fresh else Status.UNKNOWN, seen_at, seen, source_url, fresh)


def is_old(page: ResortPage) -> bool:
    """Whether the policy should be read with doubt."""
    return page.provenance is not None and page.provenance.freshness is not Freshness.CHECKED
