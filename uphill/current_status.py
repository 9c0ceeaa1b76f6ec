"""What is announced for now, over a policy: by its status pages, or as it was last seen.

A status page decides ``status`` and the routes' statuses, and nothing else. What it tells of a route is
proved apart from what the policy page says of it, under :data:`~uphill.evidence.ROUTE_STATUS`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from uphill.db import PolicyEvidence, PolicyVersion
from uphill.evidence import ROUTE_STATUS, Evidence
from uphill.outcomes import Outcome
from uphill.policy import Policy
from uphill.proofs import copy_of, evidence_row, evidence_rows
from uphill.reading import Reading
from uphill.store import policy_of
from uphill.visit import FetchedPage
from uphill.visited_pages import Place
from uphill.vocabulary import Status

_ANNOUNCED = ("status", ROUTE_STATUS)


@dataclass(frozen=True, slots=True)
class Stated:
    """A policy with the evidence of its facts, in rows that belong to no version yet."""

    policy: Policy
    evidence: list[PolicyEvidence]


def as_it_was(current: PolicyVersion, pages: Iterable[FetchedPage]) -> Stated:
    """What a version states, less the statuses told by pages that were read again in this visit."""
    read_again = {
        url
        for page in pages
        if not page.outcome.failed and page.outcome is not Outcome.UNCHANGED
        for url in (page.requested_url, page.url)
    }
    kept = [
        row for row in current.evidence if row.field not in _ANNOUNCED or row.source.url not in read_again
    ]
    policy = policy_of(current)
    gone = {(row.field, row.position) for row in current.evidence}
    gone -= {(row.field, row.position) for row in kept}
    if ("status", 0) in gone:
        policy = policy.model_copy(update={"status": Status.UNKNOWN})
    unknown = {position: Status.UNKNOWN for field, position in gone if field == ROUTE_STATUS}
    return Stated(_with_routes(policy, unknown), [copy_of(row) for row in kept])


def with_last_status(stated: Stated, current: PolicyVersion, pages: Iterable[FetchedPage]) -> Stated:
    """A failed fetch erases nothing: what only the page that failed told stays, with its own date."""
    missed = {
        page.requested_url for page in pages if page.outcome.failed or page.outcome is Outcome.UNCHANGED
    }
    last = [row for row in current.evidence if row.field in _ANNOUNCED and row.source.url in missed]
    policy, evidence = stated.policy, list(stated.evidence)
    if policy.status is Status.UNKNOWN:
        status = [copy_of(row) for row in last if row.field == "status"]
        policy = policy.model_copy(update={"status": current.status}) if status else policy
        evidence += status
    names = {_key(route.name): at for at, route in enumerate(policy.routes)}
    statuses: dict[int, Status] = {}
    for row in last:
        if row.field != ROUTE_STATUS:
            continue
        route = current.routes[row.position]
        at = names.get(_key(route.name))
        if at is not None and policy.routes[at].status is Status.UNKNOWN:
            statuses[at] = route.status
            evidence.append(copy_of(row, at))
    return Stated(_with_routes(policy, statuses), evidence)


def with_status(stated: Stated, reading: Reading, place: Place) -> Stated:
    """What a status page tells, in the place of what was known before."""
    policy, evidence = stated.policy, stated.evidence
    if reading.policy.status is not Status.UNKNOWN:
        policy = policy.model_copy(update={"status": reading.policy.status})
        evidence = [row for row in evidence if row.field != "status"]
        evidence += evidence_rows(reading, place, {"status"})
    told = _told_of_routes(reading)
    found = {at: told[_key(route.name)] for at, route in enumerate(policy.routes) if _key(route.name) in told}
    evidence = [row for row in evidence if row.field != ROUTE_STATUS or row.position not in found]
    evidence += [evidence_row(ROUTE_STATUS, at, quote, place) for at, (_, quote) in found.items()]
    return Stated(_with_routes(policy, {at: status for at, (status, _) in found.items()}), evidence)


def _told_of_routes(reading: Reading) -> dict[str, tuple[Status, Evidence]]:
    """Status and quote by the route's name; a status without a quote is none."""
    quotes = reading.evidence.get("routes", ())
    return {
        _key(route.name): (route.status, quote)
        for route, quote in zip(reading.policy.routes, quotes, strict=False)
        if route.status is not Status.UNKNOWN
    }


def _with_routes(policy: Policy, statuses: dict[int, Status]) -> Policy:
    if not statuses:
        return policy
    routes = tuple(
        route.model_copy(update={"status": statuses.get(at, route.status)})
        for at, route in enumerate(policy.routes)
    )
    return policy.model_copy(update={"routes": routes})


def _key(name: str) -> str:
    return name.casefold()
