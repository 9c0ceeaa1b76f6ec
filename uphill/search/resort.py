"""One resort, with everything that is known of it."""

import difflib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from uphill.db import Alias, PolicyEvidence, PolicyVersion, Resort, Snapshot, Source, Visit
from uphill.errors import NotFound
from uphill.search.answers import Proof, ResortPage
from uphill.search.directory import LOAD_LISTS, status_dates
from uphill.search.reading import listing, proof, revisions, source_note, visit_note
from uphill.search.text import slugify

VISITS_SHOWN = 10


def find(session: Session, slug: str, now: datetime) -> ResortPage:
    """The resort with this slug, name or alias. Raises NotFound, with the nearest slugs, where none has it."""
    resort = _resort(session, slug)
    versions = list(
        session.scalars(
            select(PolicyVersion)
            .where(PolicyVersion.resort_id == resort.id)
            .order_by(PolicyVersion.superseded_at.is_not(None), PolicyVersion.id.desc())
            .options(*LOAD_LISTS)
        )
    )
    current = versions[0] if versions and versions[0].superseded_at is None else None
    visits = session.scalars(
        select(Visit).filter_by(resort_id=resort.id).order_by(Visit.id.desc()).limit(VISITS_SHOWN)
    )
    notes = tuple(map(visit_note, visits))
    sources = session.scalars(select(Source).filter_by(resort_id=resort.id).order_by(Source.id))
    seen = status_dates(session, [current.id]).get(current.id) if current is not None else None
    shown = listing(resort, current, seen, notes[0] if notes else None, now)
    return ResortPage(
        **dict(shown),
        evidence=_evidence(session, current) if current is not None else {},
        history=revisions(versions, now),
        sources=tuple(map(source_note, sources)),
        visits=notes,
    )


def _resort(session: Session, slug: str) -> Resort:
    wanted = slugify(slug)
    query = select(Resort).options(selectinload(Resort.aliases))
    resort = session.scalar(query.where(Resort.slug == wanted))
    if resort is None:
        bearers = _bearers(session, wanted)
        if len(bearers) == 1:
            return session.scalars(query.where(Resort.slug == bearers[0])).one()
        near = bearers[:3] or _near(wanted, session.scalars(select(Resort.slug)).all())
        hint = (
            f" Did you mean {' or '.join(near)}?" if near else " A search finds resorts by name and region."
        )
        raise NotFound(f"There is no resort {slug!r} in the directory.{hint}")
    return resort


def _bearers(session: Session, wanted: str) -> list[str]:
    """Slugs of the resorts whose name or alias reads as ``wanted``; of its own name rather than an alias."""
    by_name = select(Resort.slug, Resort.name)
    by_alias = select(Resort.slug, Alias.name).join(Alias.resort)
    for query in (by_name, by_alias):
        found = {slug for slug, name in session.execute(query) if wanted and slugify(name) == wanted}
        if found:
            return sorted(found)
    return []


def _near(wanted: str, slugs: Sequence[str]) -> list[str]:
    """Up to three slugs that hold all the words wanted, else those that are spelt alike."""
    words = wanted.split("-")
    holding = [slug for slug in slugs if all(word in slug.split("-") for word in words)]
    return sorted(holding)[:3] or difflib.get_close_matches(wanted, slugs, n=3, cutoff=0.6)


def _evidence(session: Session, version: PolicyVersion) -> dict[str, tuple[Proof, ...]]:
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
        found[row.field] = (*found.get(row.field, ()), proof(row, version))
    return found
