"""What was announced for the moment, by when it was seen; and the policy without what has expired."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from uphill.announced import status_expires
from uphill.db import PolicyEvidence, PolicyVersion, Snapshot, Source
from uphill.db.store import policy_of
from uphill.evidence import ROUTE_STATUS
from uphill.policy import Policy
from uphill.search.answers import Announcement
from uphill.vocabulary import Origin, Status

_TOLD_BY = ("status", ROUTE_STATUS, "routes")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A page that told a status, the resort's or that of the route at ``position``, and when it last did.

    ``until`` is set where the page says itself how long it holds.
    """

    field: str
    position: int
    source_url: str
    seen_at: datetime | None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Announced:
    """A policy in which what has expired is unknown, and what was announced, expired or not."""

    policy: Policy
    status: Announcement | None
    routes: tuple[Announcement, ...]


def sightings(session: Session, policy_ids: Collection[int]) -> dict[int, list[Sighting]]:
    """What tells statuses, by policy; a status page's word on a route before the policy page's."""
    rows = session.execute(
        select(
            PolicyEvidence.policy_id,
            PolicyEvidence.field,
            PolicyEvidence.position,
            Source.url,
            Source.announced_until,
            Snapshot.fetched_at,
            Snapshot.last_seen,
        )
        .join(PolicyEvidence.source)
        .outerjoin(PolicyEvidence.snapshot)
        .where(PolicyEvidence.policy_id.in_(policy_ids), PolicyEvidence.field.in_(_TOLD_BY))
        .order_by(PolicyEvidence.id)
    )
    found: dict[int, list[Sighting]] = {}
    for row in rows:
        seen_at = row.last_seen or row.fetched_at
        seen = Sighting(row.field, row.position, row.url, seen_at, row.announced_until)
        found.setdefault(row.policy_id, []).append(seen)
    for seen_of_one in found.values():
        seen_of_one.sort(key=lambda sighting: sighting.field != ROUTE_STATUS)
    return found


def announced(
    version: PolicyVersion, seen: Iterable[Sighting], timezone: str | None, now: datetime
) -> Announced:
    """The statuses of ``version`` at ``now``.

    A baseline is a list of standing rules: it announces nothing, but what a curator has set over it.
    """
    policy, seen = policy_of(version), list(seen)
    if version.origin is Origin.BASELINE:
        policy = _without(policy, range(len(policy.routes)), status=version.status_until is None)
    status = None
    if policy.status is not Status.UNKNOWN:
        by = next((one for one in seen if one.field == "status"), None)
        status = _announcement(None, policy.status, version, by, version.status_until, now)
    routes = []
    for at, route in enumerate(policy.routes):
        if route.status is not Status.UNKNOWN:
            by = next((one for one in seen if one.field != "status" and one.position == at), None)
            until = status_expires(_seen_at(by, version), timezone)
            until = min(until, by.until) if by is not None and by.until is not None else until
            routes.append(_announcement(at, route.status, version, by, until, now))
    over = [one.position for one in routes if not one.holds and one.position is not None]
    shown = _without(policy, over, status=status is not None and not status.holds)
    return Announced(shown, status, tuple(routes))


def _announcement(
    position: int | None,
    status: Status,
    version: PolicyVersion,
    by: Sighting | None,
    until: datetime | None,
    now: datetime,
) -> Announcement:
    return Announcement(
        position=position,
        status=status,
        seen_at=_seen_at(by, version),
        until=until,
        holds=until is not None and now < until,  # as the search has it: see StatusFilter
        source_url=by.source_url if by is not None else version.source.url,
    )


def _seen_at(by: Sighting | None, version: PolicyVersion) -> datetime:
    return (by.seen_at if by is not None else None) or version.first_seen


def _without(policy: Policy, routes: Collection[int], *, status: bool) -> Policy:
    """``policy`` with the statuses of ``routes``, and its own if told so, unknown."""
    changed: dict[str, object] = {"status": Status.UNKNOWN} if status else {}
    if routes:
        changed["routes"] = tuple(
            route.model_copy(update={"status": Status.UNKNOWN}) if at in routes else route
            for at, route in enumerate(policy.routes)
        )
    return policy.model_copy(update=changed) if changed else policy
