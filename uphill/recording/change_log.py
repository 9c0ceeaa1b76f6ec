"""The change log: every fact that changed, why, and by whose words. Written here alone, and read here.

The baseline is no part of it: that is our own compilation, and a newer one is no change at any resort.
"""

import json
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from uphill.causes import Cause
from uphill.db import LoggedChange, PolicyVersion, Region, Resort, Source
from uphill.errors import BadInput, NotFound
from uphill.policy import Policy
from uphill.recording.differences import Changed, changed_facts
from uphill.stated import Quoted, Stated

MOST = 500


class ChangeEntry(BaseModel):
    """One fact that changed, as JSON values, ``null`` where not stated. ``at`` is when it took effect here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: int
    at: datetime
    resort: str = Field(description="the resort's slug")
    resort_name: str
    region: str = Field(description="ISO 3166-2, first level")
    field: str
    old: Any = None
    new: Any = None
    cause: Cause
    source_url: str | None = None
    quote: str | None = None


class ChangeList(BaseModel):
    """Changes, newest first; ``cursor`` leads to those before them, ``None`` where there are no more."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    changes: tuple[ChangeEntry, ...]
    cursor: str | None = None


def read(
    session: Session,
    *,
    resort: str | None = None,
    resorts: Collection[int] | None = None,
    region: str | None = None,
    since: datetime | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> ChangeList:
    """Changes of a resort (by slug), of a region (ISO 3166-2 or country code) or of all, newest first.

    ``resorts`` are the ids of those that alone are told of; a few thousand at most. ``since`` is aware. Raises NotFound
    for a resort that is not in the catalogue, BadInput for a cursor that is none.
    """
    limit = max(1, min(limit, MOST))
    query = _query(session, resort, region, since)
    if resorts is not None:
        query = query.where(LoggedChange.resort_id.in_(resorts))
    if cursor is not None:
        query = query.where(LoggedChange.id < _position(cursor))
    found = list(session.scalars(query.order_by(LoggedChange.id.desc()).limit(limit + 1)))
    shown = found[:limit]
    return ChangeList(
        changes=tuple(map(_entry, shown)), cursor=str(shown[-1].id) if len(found) > limit else None
    )


def log_changes(
    session: Session,
    resort_id: int,
    *,
    at: datetime,
    old: Policy,
    stated: Stated,
    cause_of: Callable[[int], Cause],
    version: PolicyVersion | None,
    source_id: int,
) -> tuple[tuple[Changed, int], ...]:
    """Log what ``stated`` changes of ``old``; returns the changes, each with the source that told it.

    ``source_id`` is behind what is no longer stated. ``cause_of`` names the cause of what a source, by its id,
    tells.
    """
    told = []
    for change in changed_facts(old, stated.policy):
        proof = _proof(change, old, stated)
        told_by = proof.source_id if proof is not None else source_id
        session.add(
            LoggedChange(
                resort_id=resort_id,
                at=at,
                field=change.field,
                old=_json(change.old),
                new=_json(change.new),
                cause=cause_of(told_by),
                source_id=told_by,
                quote=proof.quote if proof is not None else None,
                policy_id=version.id if version is not None else None,
            )
        )
        told.append((change, told_by))
    session.flush()
    return tuple(told)


def _proof(change: Changed, old: Policy, stated: Stated) -> Quoted | None:
    """Of a list the words on an element that is new, else of any; of the routes the newest on a status first."""
    proofs = stated.of(change.field)
    before = getattr(old, change.field)
    fresh = [
        quoted
        for quoted in proofs
        if isinstance(before, tuple) and getattr(stated.policy, change.field)[quoted.position] not in before
    ]
    found = fresh or list(proofs)
    return found[-1 if change.field == "routes" else 0] if found else None


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _query(
    session: Session, resort: str | None, region: str | None, since: datetime | None
) -> Select[LoggedChange]:
    query = (
        select(LoggedChange)
        .join(LoggedChange.resort)
        .options(joinedload(LoggedChange.resort), joinedload(LoggedChange.source).load_only(Source.url))
    )
    if resort is not None:
        resort_id = session.scalar(select(Resort.id).filter_by(slug=resort))
        if resort_id is None:
            raise NotFound(f"There is no resort {resort!r} in the directory; 'uphill search' finds its slug.")
        query = query.where(LoggedChange.resort_id == resort_id)
    if region is not None:
        query = query.join(Region, Region.code == Resort.region_code)
        query = query.where(or_(Region.code == region, Region.country == region))
    if since is not None:
        query = query.where(LoggedChange.at >= since)
    return query


def _position(cursor: str) -> int:
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 18:
        raise BadInput(f"{cursor!r} is no cursor: take the one that came with the page before.")
    return int(cursor)


def _entry(row: LoggedChange) -> ChangeEntry:
    return ChangeEntry(
        id=row.id,
        at=row.at,
        resort=row.resort.slug,
        resort_name=row.resort.name,
        region=row.resort.region_code,
        field=row.field,
        old=None if row.old is None else json.loads(row.old),
        new=None if row.new is None else json.loads(row.new),
        cause=row.cause,
        source_url=row.source.url if row.source is not None else None,
        quote=row.quote,
    )
