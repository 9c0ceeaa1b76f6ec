"""One resort, with everything that is known of it."""

import difflib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, selectinload

from uphill.db import Alias, PolicyVersion, Resort, Source, Visit
from uphill.errors import NotFound
from uphill.language import gettext
from uphill.outcomes import Outcome
from uphill.policy import FACTS
from uphill.recording import change_log
from uphill.search.announcements import sightings
from uphill.search.answers import Proof, ResortPage
from uphill.search.directory import LOAD_LISTS
from uphill.search.evidence import evidence_of
from uphill.search.freshness import is_stale
from uphill.search.pending import pending_changes, proposal
from uphill.search.pins import pin_notes
from uphill.search.reading import listing, revisions, source_note, visit_note
from uphill.search.text import slugify
from uphill.vocabulary import SourceKind
from uphill.words.wording import either

VISITS_SHOWN = 10
CHANGES_SHOWN = 50


def find(session: Session, slug: str, now: datetime) -> ResortPage:
    """The resort with this slug, name or alias. Raises NotFound, with the nearest slugs, where none has it."""
    resort = resort_of(session, slug)
    versions = list(
        session.scalars(
            select(PolicyVersion)
            .where(PolicyVersion.resort_id == resort.id)
            .order_by(PolicyVersion.superseded_at.is_not(None), PolicyVersion.id.desc())
            .options(*LOAD_LISTS)
        )
    )
    taken = [version for version in versions if not version.proposed]
    current = next((version for version in versions if version.superseded_at is None), None)
    visits = session.scalars(
        select(Visit).filter_by(resort_id=resort.id).order_by(Visit.id.desc()).limit(VISITS_SHOWN)
    )
    notes = tuple(map(visit_note, visits))
    nothing_there = and_(
        Source.kind == SourceKind.PUBLISHED,
        Source.last_outcome == Outcome.NO_POLICY,
        Source.valid_until.is_(None),
    )
    sources = session.scalars(
        select(Source).where(Source.resort_id == resort.id, ~nothing_there).order_by(Source.id)
    )
    seen = sightings(session, [current.id]).get(current.id, ()) if current is not None else ()
    waiting = pending_changes(session, [resort.id]).get(resort.id)
    shown = listing(resort, current, seen, waiting, notes[0] if notes else None, now)
    pins = pin_notes(session, resort.id)
    evidence = evidence_of(session, current) if current is not None else {}
    return ResortPage(
        **dict(shown),
        evidence=evidence,
        stale_facts=_stale_facts(evidence, resort, now),
        pins=pins,
        proposal=proposal(session, waiting.policy, shown.policy, pins) if waiting is not None else None,
        changes=change_log.read(session, resort=resort.slug, limit=CHANGES_SHOWN).changes,
        history=revisions(taken, shown.policy, resort, now),
        sources=tuple(map(source_note, sources)),
        visits=notes,
    )


def resort_of(session: Session, slug: str) -> Resort:
    """The resort with this slug, name or alias. Raises NotFound, with the nearest slugs, where none has it."""
    wanted = slugify(slug)
    query = select(Resort).options(selectinload(Resort.aliases))
    resort = session.scalar(query.where(Resort.slug == wanted))
    if resort is None:
        bearers = _bearers(session, wanted)
        if len(bearers) == 1:
            return session.scalars(query.where(Resort.slug == bearers[0])).one()
        near = bearers[:3] or _near(wanted, session.scalars(select(Resort.slug)).all())
        said = gettext("There is no resort %(name)s in the directory.", name=repr(slug))
        hint = (
            gettext("Did you mean %(names)s?", names=either(near))
            if near
            else gettext("A search finds resorts by name and region.")
        )
        raise NotFound(f"{said} {hint}")
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


def _stale_facts(evidence: dict[str, tuple[Proof, ...]], resort: Resort, now: datetime) -> tuple[str, ...]:
    """Facts whose newest words are too old. What was announced for a day has its own time."""
    newest = {
        name: max((proof.seen_at for proof in proofs if proof.seen_at is not None), default=None)
        for name, proofs in evidence.items()
        if name in FACTS and name != "status"
    }
    return tuple(name for name in FACTS if (seen := newest.get(name)) and is_stale(seen, resort, now))
