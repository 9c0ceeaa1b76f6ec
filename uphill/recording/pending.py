"""What was found and is not believed yet: it waits for a second visit that finds the same, or for a curator."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from uphill.causes import Cause, Decision
from uphill.curating.pins import as_read, in_force
from uphill.db import PendingChange, PolicyVersion, Resort
from uphill.db.proofs import evidence_rows, quotes_in
from uphill.db.store import current_policy, policy_of, resort_to_change, store_policy
from uphill.errors import NotFound
from uphill.recording.current_status import standing_part, with_last_status
from uphill.recording.differences import same_facts
from uphill.recording.doubt import Doubtful, settled_by_visits
from uphill.recording.in_force import Whence, Why, take_effect, withdraw
from uphill.recording.visited_pages import turn_out
from uphill.stated import Stated, without_announced
from uphill.vocabulary import Origin, SourceKind

SECOND_LOOK = timedelta(hours=6)
"""How long after the first the second look is taken at the earliest."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a doubtful visit would make of the policy."""

    stated: Stated
    whence: Whence


def undecided(session: Session, resort_id: int) -> PendingChange | None:
    """What waits to be verified for a resort."""
    return session.scalar(
        select(PendingChange).where(PendingChange.resort_id == resort_id, PendingChange.decided_at.is_(None))
    )


def second_look_at(waiting: PendingChange) -> datetime | None:
    """When a second visit may decide it; None where only a curator can."""
    proposes = waiting.policy_id is not None
    return waiting.since + SECOND_LOOK if settled_by_visits(waiting.doubt, proposes=proposes) else None


def proposed(waiting: PendingChange | None) -> Stated | None:
    """What the proposed version states, if there is one."""
    if waiting is None or waiting.policy is None:
        return None
    return Stated(policy_of(waiting.policy), quotes_in(waiting.policy.evidence))


def weigh(
    session: Session, resort_id: int, found: Doubtful, proposal: Proposal | None, now: datetime
) -> bool:
    """Note a doubtful finding, without a proposal that there is no policy; returns whether it is to take effect.

    It is when it was first found at least :data:`SECOND_LOOK` ago, and nothing else since. What a curator
    rejected stays rejected as long as nothing else is found.
    """
    last = _last(session, resort_id)
    if last is not None and _is_same(last, found, proposal):
        last.last_seen = max(last.last_seen, now)
        look_at = second_look_at(last)
        if last.decided_at is not None or look_at is None or now < look_at:
            return False
        decide(session, last, Decision.SECOND_VISIT, now)
        return True
    if last is not None and last.decided_at is None:
        if not settled_by_visits(found.doubt, proposes=proposal is not None) and second_look_at(last):
            return False  # A barrier hides the page: it says nothing of what was found behind it before.
        decide(session, last, Decision.REPLACED, now)
    version = _store(session, resort_id, proposal, now) if proposal is not None else None
    current = current_policy(session, resort_id)
    session.add(
        PendingChange(
            resort_id=resort_id,
            doubt=found.doubt,
            detail=found.detail,
            policy_id=version.id if version is not None else None,
            source_id=version.source_id if version is not None else current.source_id if current else None,
            since=now,
            last_seen=now,
        )
    )
    session.flush()
    return False


def decide(
    session: Session, waiting: PendingChange, decision: Decision, now: datetime, note: str | None = None
) -> None:
    waiting.decided_at = now
    waiting.decision = decision
    waiting.note = note
    session.flush()


def confirm(session: Session, slug: str, now: datetime, note: str | None = None) -> PendingChange:
    """A curator believes what waits: it takes effect. Raises NotFound where nothing waits."""
    resort, waiting = _waiting(session, slug)
    decide(session, waiting, Decision.CONFIRMED, now, note)
    current = current_policy(session, resort.id)
    if waiting.policy is None:
        if current is not None and current.origin is Origin.CRAWL:
            turn_out(current.source, SourceKind.NO_POLICY)
            withdraw(session, resort, Why(Cause.CURATOR, now))
        return waiting
    stated = standing_part(Stated(policy_of(waiting.policy), quotes_in(waiting.policy.evidence)))
    if current is not None:
        stated = with_last_status(stated, as_read(current, in_force(session, resort.id)))
        if current.source_id != waiting.policy.source_id:
            turn_out(current.source, SourceKind.NO_POLICY)
    turn_out(waiting.policy.source, SourceKind.POLICY)
    why = Why(Cause.CURATOR, now, read_at=waiting.last_seen)
    take_effect(session, resort, stated, Whence.of(waiting.policy), why)
    return waiting


def reject(session: Session, slug: str, now: datetime, note: str | None = None) -> PendingChange:
    """A curator does not believe what waits: what stands goes on. Raises NotFound where nothing waits."""
    _, waiting = _waiting(session, slug)
    decide(session, waiting, Decision.REJECTED, now, note)
    return waiting


def _waiting(session: Session, slug: str) -> tuple[Resort, PendingChange]:
    resort = resort_to_change(session, slug)
    waiting = undecided(session, resort.id)
    if waiting is None:
        raise NotFound(f"Nothing waits to be verified for {slug}; 'uphill pending' lists what does.")
    return resort, waiting


def _last(session: Session, resort_id: int) -> PendingChange | None:
    """The last finding that still counts: one that waits, or that a curator rejected."""
    query = select(PendingChange).filter_by(resort_id=resort_id).order_by(PendingChange.id.desc())
    last = session.scalar(query.limit(1))
    counts = last is not None and (last.decided_at is None or last.decision is Decision.REJECTED)
    return last if counts else None


def _is_same(last: PendingChange, found: Doubtful, proposal: Proposal | None) -> bool:
    if proposal is None or last.policy is None:
        return proposal is None and last.policy is None and last.doubt is found.doubt
    return same_facts(without_announced(policy_of(last.policy)), without_announced(proposal.stated.policy))


def _store(session: Session, resort_id: int, proposal: Proposal, now: datetime) -> PolicyVersion:
    version = PolicyVersion(
        resort_id=resort_id,
        source_id=proposal.whence.source_id,
        origin=proposal.whence.origin,
        lang=proposal.whence.lang,
        first_seen=now,
        last_confirmed=now,
        superseded_at=now,
        proposed=True,
    )
    return store_policy(session, version, proposal.stated.policy, evidence_rows(proposal.stated.quotes))
