"""What was announced of the resort and of its routes, told no longer than it holds."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from uphill.evidence import ROUTE_STATUS
from uphill.fact_words import fact_elements, route_words
from uphill.vocabulary import Status
from uphill.wording import value_words

if (
    TYPE_CHECKING
):  # the write side fills in when a status expires; it need not know the answers of the read side
    from uphill.search.answers import Proof, ResortPage

STATUS_HOLDS = timedelta(hours=12)
"""How long an announced status is told as what holds now, at most."""


def status_expires(seen_at: datetime, timezone: str | None) -> datetime:
    """When a status that a page last stated at ``seen_at`` (aware) stops to be told as what holds now, in UTC.

    At the end of the resort's local day (``timezone``: IANA name) or 12 h after it was seen, whichever is
    earlier; without a zone after 12 h. The status is expired from that moment on, itself included.
    """
    holds_until = seen_at.astimezone(UTC) + STATUS_HOLDS
    if timezone is None:
        return holds_until
    zone = ZoneInfo(timezone)
    following = seen_at.astimezone(zone).date() + timedelta(days=1)
    return min(holds_until, datetime.combine(following, time(), zone).astimezone(UTC))


def holds(seen_at: datetime, now: datetime) -> bool:
    """Whether a status that was last seen at ``seen_at`` may be told as what holds now."""
    return now - seen_at <= STATUS_HOLDS


def status_words(status: Status, seen_at: datetime, now: datetime) -> str:
    """``open``, or ``not known (last seen open)``."""
    words = value_words("status", status)
    return words if holds(seen_at, now) else f"not known (last seen {words})"


def elements_now(page: ResortPage, name: str, now: datetime) -> list[str]:
    """The fact's elements in words as :func:`~uphill.fact_words.fact_elements`, old statuses told as old."""
    policy, provenance = page.policy, page.provenance
    if provenance is None:
        return fact_elements(policy, name)
    if name == "status" and policy.status is not Status.UNKNOWN:
        return [status_words(policy.status, page.status_seen_at or provenance.first_seen, now)]
    if name == "routes":
        seen = [_seen_at(page, at) or provenance.first_seen for at in range(len(policy.routes))]
        return [
            route_words(route, old=not holds(seen_at, now))
            for route, seen_at in zip(policy.routes, seen, strict=True)
        ]
    return fact_elements(policy, name)


def route_proof(page: ResortPage, at: int) -> Proof | None:
    """Where the status of the route at ``at`` is from: a status page, or the policy page itself."""
    proofs = (*page.evidence.get(ROUTE_STATUS, ()), *page.evidence.get("routes", ()))
    return next((proof for proof in proofs if proof.position == at), None)


def _seen_at(page: ResortPage, at: int) -> datetime | None:
    proof = route_proof(page, at)
    return proof.seen_at if proof is not None else None
