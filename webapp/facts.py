"""A resort's facts as its page shows them: every fact, stated or not, with its proof beneath."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from uphill.fact_words import fact_elements
from uphill.search.answers import Freshness, Listing, Proof, ResortPage
from uphill.vocabulary import Origin, Status
from uphill.wording import NOT_STATED, each_once, label, value_words
from webapp.formats import seen_words

GROUPS: dict[str, tuple[str, ...]] = {
    "When": ("access", "during_operations", "outside_operations", "windows"),
    "Pass and price": ("pass_required", "pass_accepts", "pass_cost", "prices"),
    "Rules": ("waiver", "check_in", "dogs", "lights", "snowshoes", "foot", "bikes"),
    "Where": ("designated_routes_only", "routes"),
    "Now, and whom to ask": ("status", "hotline"),
}
"""All facts, in the order of the questions that people ask."""

STATUS_HOLDS = timedelta(hours=12)
"""How long an announced status is shown as what holds now."""


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact: its value in words (several for a list), and why it is believed."""

    name: str
    label: str
    words: tuple[str, ...]
    stated: bool
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Now:
    """What is announced for now. ``seen_at`` is set where a status was ever seen; ``fresh`` while it holds."""

    words: str
    status: Status
    seen_at: datetime | None = None
    seen: str = ""
    source_url: str | None = None
    fresh: bool = False


def fact_groups(page: ResortPage) -> dict[str, tuple[FactRow, ...]]:
    known = page.policy.known()
    return {
        title: tuple(_row(page, name, stated=name in known) for name in names)
        for title, names in GROUPS.items()
    }


def now_of(listing: Listing, now: datetime, proofs: Sequence[Proof] = ()) -> Now:
    """The status announced for now, by its ``proofs`` if given.

    One that is too old is said to be unknown, with when it was last seen.
    """
    provenance, status = listing.provenance, listing.policy.status
    # A baseline is a list of standing rules: it never tells how things are today.
    if provenance is None or provenance.origin is Origin.BASELINE or status is Status.UNKNOWN:
        return Now(NOT_STATED, Status.UNKNOWN)
    proof = next(iter(proofs), None)
    seen_at = (proof and proof.seen_at) or provenance.last_confirmed or provenance.first_seen
    seen = seen_words(seen_at, now, listing.resort.timezone)
    source_url = proof.source_url if proof else provenance.source_url
    words = value_words("status", status)
    if now - seen_at <= STATUS_HOLDS:
        return Now(words, status, seen_at, seen, source_url, fresh=True)
    return Now(f"not known (last seen {words})", Status.UNKNOWN, seen_at, seen, source_url)


def is_old(page: ResortPage) -> bool:
    """Whether the policy should be read with doubt."""
    return page.provenance is not None and page.provenance.freshness is not Freshness.CHECKED


def _row(page: ResortPage, name: str, *, stated: bool) -> FactRow:
    words = tuple(fact_elements(page.policy, name)) if stated else (NOT_STATED,)
    return FactRow(name, label(name), words, stated, each_once(page.evidence.get(name, ())))
