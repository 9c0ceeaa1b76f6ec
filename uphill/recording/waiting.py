"""What waits to be verified, as the curators' list of it."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session

from uphill.causes import Doubt
from uphill.curating.pins import as_read, in_force
from uphill.db import PendingChange
from uphill.db.store import current_policy
from uphill.recording.differences import changed_facts
from uphill.recording.pending import proposed, second_look_at
from uphill.stated import Stated, without_announced


class FactWaiting(BaseModel):
    """What a waiting change would make of a fact; JSON values, ``None`` where not stated."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    field: str
    old: Any = None
    new: Any = None


class Waiting(BaseModel):
    """What waits for a resort. ``second_look_at`` is None where only a curator can decide."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    resort: str
    resort_name: str
    doubt: Doubt
    detail: str
    since: datetime
    last_seen: datetime
    second_look_at: datetime | None
    source_url: str | None
    changes: tuple[FactWaiting, ...]


def waiting_list(session: Session) -> tuple[Waiting, ...]:
    """All that waits to be verified, the longest waiting first."""
    query = select(PendingChange).where(PendingChange.decided_at.is_(None))
    return tuple(
        _waiting_of(session, each)
        for each in session.scalars(query.order_by(PendingChange.since, PendingChange.id))
    )


def _waiting_of(session: Session, waiting: PendingChange) -> Waiting:
    current = current_policy(session, waiting.resort_id)
    standing = as_read(current, in_force(session, waiting.resort_id)) if current is not None else Stated()
    stated = proposed(waiting) or Stated()
    changes = changed_facts(without_announced(standing.policy), without_announced(stated.policy))
    return Waiting(
        resort=waiting.resort.slug,
        resort_name=waiting.resort.name,
        doubt=waiting.doubt,
        detail=waiting.detail,
        since=waiting.since,
        last_seen=waiting.last_seen,
        second_look_at=second_look_at(waiting),
        source_url=waiting.source.url if waiting.source is not None else None,
        changes=tuple(FactWaiting(field=each.field, old=each.old, new=each.new) for each in changes),
    )
