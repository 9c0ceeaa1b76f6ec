"""Why the facts of one version of a policy are believed."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from uphill.db import PolicyEvidence, PolicyVersion, Snapshot
from uphill.search.answers import Proof


def evidence_of(session: Session, version: PolicyVersion) -> dict[str, tuple[Proof, ...]]:
    """The proofs of each fact, in the order of a list's elements."""
    rows = session.scalars(
        select(PolicyEvidence)
        .filter_by(policy_id=version.id)
        .order_by(PolicyEvidence.field, PolicyEvidence.position, PolicyEvidence.id)
        .options(
            joinedload(PolicyEvidence.source),
            joinedload(PolicyEvidence.snapshot).load_only(Snapshot.fetched_at, Snapshot.last_seen),
        )
    )
    found: dict[str, tuple[Proof, ...]] = {}
    for row in rows:
        found[row.field] = (*found.get(row.field, ()), _proof(row, version))
    return found


def _proof(row: PolicyEvidence, version: PolicyVersion) -> Proof:
    return Proof(
        position=row.position,
        quote=row.quote,
        start=row.start,
        end=row.end,
        source_url=row.source.url,
        source_kind=row.source.kind,
        as_of=version.as_of,
        seen_at=row.snapshot.seen_at if row.snapshot is not None else None,
        pinned=row.pin_id is not None,
    )
