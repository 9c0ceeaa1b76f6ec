"""What was announced of the resort and of its routes, told no longer than it holds."""

from datetime import datetime, timedelta

from uphill.evidence import ROUTE_STATUS
from uphill.fact_words import fact_elements, route_words
from uphill.search.answers import Proof, ResortPage
from uphill.vocabulary import Status
from uphill.wording import value_words

STATUS_HOLDS = timedelta(hours=12)
"""How long an announced status is told as what holds now."""


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
