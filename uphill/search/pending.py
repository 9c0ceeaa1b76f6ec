"""What waits to be verified: for which resorts, and what it would make of their policies."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from uphill.db import PendingChange, PolicyVersion
from uphill.db.store import policy_of
from uphill.policy import Policy
from uphill.search.answers import Proposal
from uphill.search.evidence import evidence_of
from uphill.search.fact_changes import fact_changes
from uphill.stated import without_announced


def pending_changes(session: Session, resort_ids: Collection[int]) -> dict[int, PendingChange]:
    """The undecided change of each resort that has one."""
    waiting = select(PendingChange).where(
        PendingChange.resort_id.in_(resort_ids), PendingChange.decided_at.is_(None)
    )
    return {
        change.resort_id: change
        for change in session.scalars(waiting.options(joinedload(PendingChange.source)))
    }


def proposal(
    session: Session, version: PolicyVersion | None, current: Policy, pinned: Collection[str]
) -> Proposal:
    """What the proposed ``version`` would change of what is shown as current; without one, all of it would go.

    What is announced for the day never waits, and facts that are ``pinned`` stay as they are.
    """
    policy = without_announced(policy_of(version)) if version is not None else None
    changes = fact_changes(without_announced(current), policy or Policy())
    return Proposal(
        policy=policy,
        changes=tuple(change for change in changes if change.field not in pinned),
        evidence=evidence_of(session, version) if version is not None else {},
    )
