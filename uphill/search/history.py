"""A resort's policy through time: each version with its proof, from when until when it held, and why it came."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from uphill.causes import Cause
from uphill.db import LoggedChange, PolicyVersion
from uphill.db.store import policy_of
from uphill.policy import Policy
from uphill.search.announcements import announced, sightings
from uphill.search.answers import FactChange, Proof, Provenance
from uphill.search.directory import LOAD_LISTS
from uphill.search.evidence import evidence_of
from uphill.search.fact_changes import fact_changes
from uphill.search.reading import provenance
from uphill.search.resort import resort_of
from uphill.words.verdict import verdict


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Version(_Told):
    """One version of a policy, as it was stated; of the one in force, statuses that have expired are unknown.

    ``changes`` are what it states otherwise than the version before.
    """

    id: int
    since: datetime = Field(description="when it took effect here")
    until: datetime | None = Field(description="when another took its place; null while it is in force")
    causes: tuple[Cause, ...] = Field(description="why it came: empty for one that was taken from a list")
    verdict: str = Field(description="one sentence, made from the facts")
    policy: Policy
    evidence: dict[str, tuple[Proof, ...]]
    changes: tuple[FactChange, ...]
    provenance: Provenance


class History(_Told):
    """Versions of a resort's policy, newest first; ``cursor`` leads to those before."""

    resort: str = Field(description="the resort's slug")
    versions: tuple[Version, ...]
    cursor: str | None = None


def history(session: Session, slug: str, now: datetime, *, size: int, before: int | None = None) -> History:
    """``size`` versions at most, those older than the one with the id ``before``. Raises NotFound."""
    resort = resort_of(session, slug)
    query = select(PolicyVersion).where(
        PolicyVersion.resort_id == resort.id, PolicyVersion.proposed.is_(False)
    )
    if before is not None:
        query = query.where(PolicyVersion.id < before)
    newest = query.order_by(PolicyVersion.id.desc()).limit(size + 1).options(*LOAD_LISTS)
    found = list(session.scalars(newest))
    shown, causes = found[:size], _causes(session, [version.id for version in found[:size]])
    seen = sightings(session, [version.id for version in shown if version.superseded_at is None])
    told = []
    for at, version in enumerate(shown):
        policy = stated = policy_of(version)
        earlier = policy_of(found[at + 1]) if at + 1 < len(found) else None
        if version.superseded_at is None:
            policy = announced(version, seen.get(version.id, ()), resort.timezone, now).policy
        told.append(
            Version(
                id=version.id,
                since=version.first_seen,
                until=version.superseded_at,
                causes=causes.get(version.id, ()),
                verdict=verdict(policy),
                policy=policy,
                evidence=evidence_of(session, version),
                changes=fact_changes(earlier, stated) if earlier is not None else (),
                provenance=provenance(version, resort, now),
            )
        )
    return History(
        resort=resort.slug,
        versions=tuple(told),
        cursor=str(shown[-1].id) if len(found) > size else None,
    )


def _causes(session: Session, ids: Collection[int]) -> dict[int, tuple[Cause, ...]]:
    rows = session.execute(
        select(LoggedChange.policy_id, LoggedChange.cause)
        .where(LoggedChange.policy_id.in_(ids))
        .distinct()
        .order_by(LoggedChange.policy_id, LoggedChange.cause)
    )
    found: dict[int, tuple[Cause, ...]] = defaultdict(tuple)
    for version, cause in rows:
        if version is not None:
            found[version] += (cause,)
    return found
