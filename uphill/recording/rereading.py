"""New rules over stored pages: what they read differently takes effect as a change of our reading, not of the resort.

Nothing is fetched and nothing confirmed: facts and statuses keep the dates of the pages that state them.
"""

import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, sessionmaker

from uphill.causes import Cause
from uphill.curating.pins import as_read, in_force
from uphill.db import PolicyVersion, Region, Resort, Snapshot, writing
from uphill.db.proofs import quotes_of
from uphill.db.snapshots import newest_snapshot, text_hash
from uphill.db.store import current_policy, resort_to_change
from uphill.errors import NotFound, UphillError
from uphill.reading import Reading
from uphill.recording.current_status import ANNOUNCED, with_status
from uphill.recording.differences import Changed, changed_facts
from uphill.recording.in_force import Whence, Why, take_effect, withdraw
from uphill.recording.own_word import filled, from_sources
from uphill.stated import Quoted, Stated
from uphill.vocabulary import Origin, SourceKind

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Page:
    """A stored page to be read again, for the resort of this name."""

    url: str
    body: bytes
    content_type: str | None
    resort: str


Reader: TypeAlias = Callable[[Page], tuple[str, Reading]]
"""Gives a page's text, and its reading whose offsets point into that. Raises CannotReread."""


class CannotReread(UphillError):
    """A stored page can't be read by the new rules; what is known of its resort stays."""


class Disturbed(UphillError):
    """A crawl changed the resort again and again while its pages were read."""


@dataclass(frozen=True, slots=True)
class Reread:
    """What new rules make of a resort's policy. ``withdrawn``: to them its page holds none."""

    slug: str
    changes: tuple[Changed, ...]
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class _Stored:
    """The pages that a version is from. ``seen`` tells two states of it apart.

    ``has_document``: it is from the document that the resort publishes, which is no reading of ours and stays as it is.
    """

    version_id: int
    source_id: int
    seen: tuple[Quoted, ...]
    snapshots: Mapping[int, Snapshot]
    pages: Mapping[int, Page]
    has_document: bool = False


def to_reread(
    session: Session, *, slugs: Collection[str] = (), regions: Collection[str] = ()
) -> tuple[str, ...]:
    """Slugs of the resorts whose policy was read from their own pages. Raises NotFound for unknown ones."""
    query = select(Resort.slug).join(PolicyVersion, PolicyVersion.resort_id == Resort.id)
    query = query.where(PolicyVersion.superseded_at.is_(None), PolicyVersion.origin == Origin.CRAWL)
    if slugs:
        known = set(session.scalars(select(Resort.slug).where(Resort.slug.in_(slugs))))
        for slug in slugs:
            if slug not in known:
                raise NotFound(f"Resort {slug!r} is not in the catalogue; 'uphill search' finds its slug.")
        query = query.where(Resort.slug.in_(slugs))
    if regions:
        places = {code for row in session.execute(select(Region.code, Region.country)) for code in row}
        for region in regions:
            if region not in places:
                raise NotFound(f"Region {region!r} has no resort in the catalogue. Try US-CO or AT-7.")
        query = query.join(Region, Region.code == Resort.region_code)
        query = query.where(or_(Region.code.in_(regions), Region.country.in_(regions)))
    return tuple(session.scalars(query.order_by(Resort.slug)))


def reread(
    sessions: sessionmaker[Session], slug: str, read: Reader, now: datetime, *, dry_run: bool = False
) -> Reread:
    """Read a resort's stored pages again, in one transaction; a crawl may go on meanwhile.

    Raises CannotReread, and Disturbed where a crawl gets in between each time.
    """
    for _ in range(_TRIES):
        with sessions() as session:
            stored = _stored(session, session.scalars(select(Resort).filter_by(slug=slug)).one())
        if stored is None:
            return Reread(slug, ())
        readings = {source_id: read(page) for source_id, page in stored.pages.items()}
        with sessions() if dry_run else writing(sessions) as session:
            resort = resort_to_change(session, slug)
            again = _stored(session, resort)
            if again is not None and (again.version_id, again.seen) == (stored.version_id, stored.seen):
                return _take_effect(session, resort, again, readings, now, dry_run=dry_run)
    raise Disturbed(f"{slug} is being crawled: its pages changed {_TRIES} times while they were read.")


def _stored(session: Session, resort: Resort) -> _Stored | None:
    current = current_policy(session, resort.id)
    if current is None or current.origin is not Origin.CRAWL:
        return None
    quotes = as_read(current, in_force(session, resort.id)).quotes
    snapshots: dict[int, Snapshot] = {}
    has_document = current.source.kind is SourceKind.PUBLISHED
    ids_of_pages = {current.source_id, *(quoted.source_id for quoted in quotes if quoted.snapshot_id)}
    for source_id in ids_of_pages - ({current.source_id} if has_document else set()):
        ids = _texts(quotes, source_id, standing=source_id == current.source_id)
        newest = max(ids) if ids else newest_snapshot(session, source_id)
        if newest is not None:
            snapshots[source_id] = session.get_one(Snapshot, newest)
    pages = {
        source_id: Page(snapshot.source.url, snapshot.body, snapshot.content_type, resort.name)
        for source_id, snapshot in snapshots.items()
    }
    return (
        _Stored(current.id, current.source_id, quotes, snapshots, pages, has_document)
        if has_document or current.source_id in pages
        else None
    )


def _texts(quotes: Sequence[Quoted], source_id: int, *, standing: bool) -> list[int]:
    """The texts of a page that facts stand in. Of the policy page not the one that told of a closure alone."""
    own = [quoted for quoted in quotes if quoted.source_id == source_id and quoted.snapshot_id is not None]
    facts = [quoted for quoted in own if quoted.field not in ANNOUNCED]
    return [quoted.snapshot_id or 0 for quoted in (facts if standing and facts else own)]


def _take_effect(
    session: Session,
    resort: Resort,
    stored: _Stored,
    readings: Mapping[int, tuple[str, Reading]],
    now: datetime,
    *,
    dry_run: bool,
) -> Reread:
    current = session.get_one(PolicyVersion, stored.version_id)
    pins = in_force(session, resort.id)
    standing = as_read(current, pins)
    policy_page = None if stored.has_document else readings[stored.source_id][1]
    is_policy = policy_page is None or policy_page.is_policy
    stated = _stated(stored, standing, readings) if is_policy else Stated()
    pinned = {pin.field for pin in pins}
    stated = stated.aligned(standing.policy)
    changes = tuple(
        change for change in changed_facts(standing.policy, stated.policy) if change.field not in pinned
    )
    if not dry_run:
        why = Why(Cause.READING, now)
        if is_policy:
            stated = _anchored(session, stated, stored, readings)
            whence = Whence(current.source_id, lang=policy_page.lang if policy_page else current.lang)
            take_effect(session, resort, stated, whence, why)
        else:
            withdraw(session, resort, why)
    return Reread(resort.slug, changes, withdrawn=not is_policy)


def _stated(stored: _Stored, standing: Stated, readings: Mapping[int, tuple[str, Reading]]) -> Stated:
    """The policy page, under the status pages, the newest last; then what was told by pages not read again."""
    if stored.has_document:
        stated = _beside_document(stored, standing, readings)
    else:
        _, reading = readings[stored.source_id]
        stated = Stated(reading.policy, quotes_of(reading, stored.source_id))
    others = sorted(readings.keys() - {stored.source_id}, key=lambda key: stored.snapshots[key].seen_at)
    for source_id in others:
        if not (stored.has_document and readings[source_id][1].is_policy):
            stated = with_status(stated, readings[source_id][1], source_id)
    read_again = {snapshot.id for snapshot in stored.snapshots.values()}
    kept = [quoted for quoted in standing.of("status") if quoted.snapshot_id not in read_again]
    if kept:
        policy = stated.policy.model_copy(update={"status": standing.policy.status})
        rest = tuple(quoted for quoted in stated.quotes if quoted.field != "status")
        stated = Stated(policy, (*rest, *kept))
    return stated


def _beside_document(
    stored: _Stored, standing: Stated, readings: Mapping[int, tuple[str, Reading]]
) -> Stated:
    """What the document states, and what the pages, read again, say beside it."""
    stated = from_sources(standing, {stored.source_id})
    for source_id, (_, reading) in readings.items():
        if reading.is_policy:
            stated = filled(stated, Stated(reading.policy, quotes_of(reading, source_id)))
    return stated


def _anchored(
    session: Session, stated: Stated, stored: _Stored, readings: Mapping[int, tuple[str, Reading]]
) -> Stated:
    """Every quote with the stored text it stands in: the same, unless the new rules make another text of the page."""
    texts = {
        source_id: _with_text(session, stored.snapshots[source_id], text).id
        for source_id, (text, _) in readings.items()
    }
    quotes = (
        replace(quoted, snapshot_id=texts[quoted.source_id])
        if quoted.snapshot_id is None and quoted.quote is not None
        else quoted
        for quoted in stated.quotes
    )
    return Stated(stated.policy, tuple(quotes))


def _with_text(session: Session, snapshot: Snapshot, text: str) -> Snapshot:
    if snapshot.text_hash == text_hash(text):
        return snapshot
    again = Snapshot(
        source_id=snapshot.source_id,
        fetched_at=snapshot.fetched_at,
        last_seen=snapshot.last_seen,
        content_type=snapshot.content_type,
        text_hash=text_hash(text),
        body_zlib=snapshot.body_zlib,
        text_zlib=zlib.compress(text.encode()),
    )
    session.add(again)
    session.flush()
    return again
