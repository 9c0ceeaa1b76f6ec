"""Rows into answers: the only place where tables and answer models meet."""

from datetime import datetime, timedelta

from uphill.changes import fact_changes
from uphill.db import PolicyEvidence, PolicyVersion, Resort, Source, Visit
from uphill.outcomes import OUTCOME_SENTENCES, Outcome
from uphill.policy import Policy
from uphill.regions import country_name, country_of
from uphill.search.answers import (
    Freshness,
    Listing,
    PolicyRevision,
    Proof,
    Provenance,
    ResortFacts,
    SourceNote,
    VisitNote,
)
from uphill.store import policy_of
from uphill.vocabulary import Origin
from uphill.wording import verdict

STALE_AFTER = timedelta(days=30)
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


def provenance(version: PolicyVersion, now: datetime) -> Provenance:
    return Provenance(
        origin=version.origin,
        source_url=version.source.url,
        source_kind=version.source.kind,
        lang=version.lang,
        as_of=version.as_of,
        first_seen=version.first_seen,
        last_confirmed=version.last_confirmed if version.origin is Origin.CRAWL else None,
        superseded_at=version.superseded_at,
        freshness=freshness(version, now),
    )


def freshness(version: PolicyVersion, now: datetime) -> Freshness:
    if version.origin is Origin.BASELINE:
        return Freshness.LISTED
    return Freshness.STALE if now - version.last_confirmed > STALE_AFTER else Freshness.CHECKED


def listing(
    resort: Resort,
    version: PolicyVersion | None,
    status_seen_at: datetime | None,
    visit: VisitNote | None,
    now: datetime,
) -> Listing:
    policy = policy_of(version) if version is not None else Policy()
    return Listing(
        resort=resort_facts(resort),
        verdict=verdict(policy) if version is not None else "No policy is known yet.",
        policy=policy,
        provenance=provenance(version, now) if version is not None else None,
        status_seen_at=status_seen_at,
        last_visit=visit,
    )


def proof(row: PolicyEvidence, version: PolicyVersion) -> Proof:
    return Proof(
        position=row.position,
        quote=row.quote,
        start=row.start,
        end=row.end,
        source_url=row.source.url,
        source_kind=row.source.kind,
        as_of=version.as_of,
        seen_at=row.snapshot.seen_at if row.snapshot is not None else None,
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


def revisions(versions: list[PolicyVersion], now: datetime) -> tuple[PolicyRevision, ...]:
    """The history of a policy, newest first, each with what it changed of the one before."""
    policies = [policy_of(version) for version in versions]
    befores: list[Policy | None] = [*policies, None][1:]
    return tuple(
        PolicyRevision(
            provenance=provenance(version, now),
            policy=policy,
            changes=fact_changes(before, policy) if before is not None else (),
        )
        for version, policy, before in zip(versions, policies, befores, strict=True)
    )
