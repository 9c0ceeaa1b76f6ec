"""Rows into answers: the only place where tables and answer models meet."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from uphill.causes import DOUBT_SENTENCES
from uphill.db import PendingChange, PolicyVersion, Resort, Source, Visit
from uphill.db.store import policy_of
from uphill.outcomes import OUTCOME_SENTENCES, Outcome
from uphill.policy import Policy
from uphill.regions import country_name, country_of
from uphill.search.announcements import Sighting, announced
from uphill.search.answers import (
    Listing,
    Pending,
    PolicyRevision,
    Provenance,
    ResortFacts,
    ResortPage,
    SourceNote,
    VisitNote,
)
from uphill.search.fact_changes import fact_changes
from uphill.search.freshness import (
    STALE_AFTER,
    STALE_AFTER_OUT_OF_SEASON,
    freshness,
    in_season,
)
from uphill.season import Location
from uphill.vocabulary import Origin

_FOUND = (Outcome.POLICY, Outcome.UNCHANGED)


def resort_facts(resort: Resort) -> ResortFacts:
    country = country_of(resort.region_code)
    return ResortFacts(
        slug=resort.slug,
        name=resort.name,
        aliases=tuple(alias.name for alias in resort.aliases),
        country=country,
        country_name=country_name(country),
        region=resort.region_code,
        region_name=resort.region.name,
        locality=resort.locality,
        latitude=resort.latitude,
        longitude=resort.longitude,
        timezone=resort.timezone,
        base_m=resort.base_m,
        summit_m=resort.summit_m,
        website=resort.website,
        pass_network=resort.pass_network,
    )


def provenance(version: PolicyVersion, resort: Resort, now: datetime) -> Provenance:
    return Provenance(
        origin=version.origin,
        source_url=version.source.url,
        source_kind=version.source.kind,
        lang=version.lang,
        as_of=version.as_of,
        first_seen=version.first_seen,
        last_confirmed=version.last_confirmed if version.origin is Origin.CRAWL else None,
        superseded_at=version.superseded_at,
        freshness=freshness(version, resort, now),
        in_season=in_season(resort, now),
    )


def listing(
    resort: Resort,
    version: PolicyVersion | None,
    seen: Iterable[Sighting],
    pending: PendingChange | None,
    visit: VisitNote | None,
    now: datetime,
) -> Listing:
    told = announced(version, seen, resort.timezone, now) if version is not None else None
    policy = told.policy if told is not None else Policy()
    return Listing(
        resort=resort_facts(resort),
        policy=policy,
        provenance=provenance(version, resort, now) if version is not None else None,
        status_seen_at=told.status.seen_at if told is not None and told.status is not None else None,
        announced=told.status if told is not None else None,
        routes_announced=told.routes if told is not None else (),
        pending=pending_note(pending) if pending is not None else None,
        last_visit=visit,
    )


def holds_until(shown: Listing, now: datetime) -> datetime:
    """Until when a listing stays as it is at ``now`` if nothing is written: statuses expire, and policies age."""
    resort = shown.resort
    midnight = Location(resort.region, resort.latitude, resort.timezone).next_midnight(now)
    return min((midnight, *expiries(shown, now)))


def expiries(shown: Listing, now: datetime) -> Iterator[datetime]:
    """When it may be another one from ``now`` on, midnight apart, at which seasons begin and end."""
    for status in (shown.announced, *shown.routes_announced):
        if status is not None and status.until is not None and status.until >= now:
            yield status.until
    known = shown.provenance
    confirmed = [known.last_confirmed] if known is not None and known.last_confirmed is not None else []
    if isinstance(shown, ResortPage):  # which tells of each fact whether it is old
        confirmed += [one.seen_at for of in shown.evidence.values() for one in of if one.seen_at is not None]
    for seen in set(confirmed):
        for old in (seen + STALE_AFTER, seen + STALE_AFTER_OUT_OF_SEASON):
            if old >= now:
                yield old


def pending_note(change: PendingChange) -> Pending:
    return Pending(
        doubt=change.doubt,
        reason=change.detail or DOUBT_SENTENCES[change.doubt],
        source_url=change.source.url if change.source is not None else None,
        since=change.since,
        last_seen=change.last_seen,
    )


def visit_note(visit: Visit) -> VisitNote:
    sentence = OUTCOME_SENTENCES[visit.outcome]
    return VisitNote(
        finished_at=visit.finished_at,
        outcome=visit.outcome,
        reason=f"{sentence}: {visit.detail}" if visit.detail and visit.outcome not in _FOUND else sentence,
        change=visit.change,
        pages=visit.pages,
    )


def source_note(source: Source) -> SourceNote:
    sentence = OUTCOME_SENTENCES[source.last_outcome] if source.last_outcome else None
    return SourceNote(
        url=source.url,
        kind=source.kind,
        last_checked=source.last_checked,
        last_outcome=source.last_outcome,
        reason=f"{sentence}: {source.last_detail}" if sentence and source.last_detail else sentence,
        next_due=source.next_due,
    )


def revisions(
    versions: list[PolicyVersion], shown: Policy, resort: Resort, now: datetime
) -> tuple[PolicyRevision, ...]:
    """The history of a policy, newest first, each with what it changed of the one before.

    The current version is told as it is ``shown``, without the statuses that have expired.
    """
    policies = [policy_of(version) for version in versions]
    befores: list[Policy | None] = [*policies, None][1:]
    return tuple(
        PolicyRevision(
            provenance=provenance(version, resort, now),
            policy=shown if version.superseded_at is None else policy,
            changes=fact_changes(before, policy) if before is not None else (),
        )
        for version, policy, before in zip(versions, policies, befores, strict=True)
    )
