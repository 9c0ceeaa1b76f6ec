"""What is announced for now, over a policy: by its status pages, or as it was last seen.

A status page decides ``status`` and the routes' statuses, and nothing else. What it tells of a route is
proved apart from what the policy page says of it, under :data:`~uphill.evidence.ROUTE_STATUS`.
"""

from collections.abc import Collection
from dataclasses import replace

from uphill.db.proofs import quoted, quotes_of
from uphill.evidence import ROUTE_STATUS, Evidence
from uphill.policy import Policy
from uphill.reading import Reading
from uphill.stated import Quoted, Stated, without_announced
from uphill.vocabulary import Status

ANNOUNCED = ("status", ROUTE_STATUS)


def as_it_was(standing: Stated, read_again: Collection[int]) -> Stated:
    """What stands, less the statuses told by the sources ``read_again``."""
    kept = tuple(
        each
        for each in standing.quotes
        if each.field not in ANNOUNCED or each.source_id not in read_again or each.quote is None
    )
    policy = standing.policy
    gone = {(each.field, each.position) for each in standing.quotes}
    gone -= {(each.field, each.position) for each in kept}
    if ("status", 0) in gone:
        policy = policy.model_copy(update={"status": Status.UNKNOWN})
    unknown = {position: Status.UNKNOWN for field, position in gone if field == ROUTE_STATUS}
    return Stated(_with_routes(policy, unknown), kept)


def with_last_status(stated: Stated, standing: Stated, read_again: Collection[int] = ()) -> Stated:
    """A failed fetch erases nothing: what only a page that was not ``read_again`` told stays, with its own date."""
    last = [each for each in standing.quotes if each.field in ANNOUNCED and each.source_id not in read_again]
    policy, quotes = stated.policy, list(stated.quotes)
    if policy.status is Status.UNKNOWN and (status := [each for each in last if each.field == "status"]):
        policy = policy.model_copy(update={"status": standing.policy.status})
        quotes += status
    names = {_key(route.name): at for at, route in enumerate(policy.routes)}
    statuses: dict[int, Status] = {}
    for each in last:
        if each.field != ROUTE_STATUS:
            continue
        route = standing.policy.routes[each.position]
        at = names.get(_key(route.name))
        if at is not None and policy.routes[at].status is Status.UNKNOWN:
            statuses[at] = route.status
            quotes.append(replace(each, position=at))
    return Stated(_with_routes(policy, statuses), tuple(quotes))


def with_status(stated: Stated, reading: Reading, source_id: int) -> Stated:
    """What a status page tells, in the place of what was known before."""
    policy, quotes = stated.policy, list(stated.quotes)
    if reading.policy.status is not Status.UNKNOWN:
        policy = policy.model_copy(update={"status": reading.policy.status})
        quotes = [each for each in quotes if each.field != "status"]
        quotes += quotes_of(reading, source_id, {"status"})
    told = _told_of_routes(reading)
    found = {at: told[_key(route.name)] for at, route in enumerate(policy.routes) if _key(route.name) in told}
    quotes = [each for each in quotes if each.field != ROUTE_STATUS or each.position not in found]
    quotes += [quoted(ROUTE_STATUS, at, quote, source_id) for at, (_, quote) in found.items()]
    return Stated(_with_routes(policy, {at: status for at, (status, _) in found.items()}), tuple(quotes))


def with_closure(stated: Stated, reading: Reading, source_id: int) -> Stated:
    """Of a page that is not believed yet, its word that going up is closed: it is the safe one."""
    if reading.policy.status is not Status.CLOSED:
        return stated
    quotes = tuple(each for each in stated.quotes if each.field != "status")
    return Stated(
        stated.policy.model_copy(update={"status": Status.CLOSED}),
        quotes + quotes_of(reading, source_id, {"status"}),
    )


def standing_part(stated: Stated) -> Stated:
    """What was stated, without what was announced for the day."""
    kept: tuple[Quoted, ...] = tuple(each for each in stated.quotes if each.field not in ANNOUNCED)
    return Stated(without_announced(stated.policy), kept)


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
