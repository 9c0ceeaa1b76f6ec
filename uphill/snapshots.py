"""The stored texts that evidence points into: a new one only where a page says something else.

What makes a page say the same is its facts and the words that state them. All else on it, a date, the weather, a
menu, may differ: then the text that was stored before stays the proof, and is as new as the page.
"""

import hashlib
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from uphill.db import Snapshot
from uphill.differences import canonical
from uphill.stated import Quoted, Stated
from uphill.visit import FetchedPage


def anchored(
    session: Session, stated: Stated, pages: Mapping[int, FetchedPage], known: Sequence[Stated]
) -> Stated:
    """``stated`` with a stored text for every quote of ``pages``, by their source's id.

    A page that says what one of the ``known`` has from it keeps that one's text.
    """
    quotes: list[Quoted] = []
    for source_id, page in pages.items():
        mine = [quoted for quoted in stated.quotes if _is_fresh(quoted, {source_id})]
        words = _words(stated, mine)
        same = next((each for each in known if words and _words(each, _from(each, source_id)) == words), None)
        if same is not None:
            kept = _from(same, source_id)
            note_seen(session, {quoted.snapshot_id for quoted in kept}, page.fetched_at)
            quotes += kept
        elif words:
            snapshot = store_snapshot(session, source_id, page)
            quotes += [replace(quoted, snapshot_id=snapshot.id) for quoted in mine]
        elif newest_snapshot(session, source_id) is None:
            store_snapshot(session, source_id, page)
    stored = [quoted for quoted in stated.quotes if not _is_fresh(quoted, pages)]
    return Stated(stated.policy, (*stored, *quotes))


def is_same_text(session: Session, page: FetchedPage, source_id: int, known: Stated) -> bool:
    """Whether the page's whole text is the one that the quotes of ``known`` stand in."""
    ids = {quoted.snapshot_id for quoted in known.quotes if quoted.source_id == source_id} - {None}
    hashes = select(Snapshot.text_hash).where(Snapshot.id.in_(ids))
    return text_hash(page.text) in session.scalars(hashes).all()


def note_seen(session: Session, snapshot_ids: Iterable[int | None], seen_at: datetime) -> None:
    for key in {key for key in snapshot_ids if key is not None}:
        snapshot = session.get_one(Snapshot, key)
        snapshot.last_seen = max(snapshot.seen_at, seen_at)
    session.flush()


def newest_snapshot(session: Session, source_id: int) -> Snapshot | None:
    return session.scalar(
        select(Snapshot).filter_by(source_id=source_id).order_by(Snapshot.id.desc()).limit(1)
    )


def store_snapshot(session: Session, source_id: int, page: FetchedPage) -> Snapshot:
    """The page's text, stored unless it is there already."""
    known = session.scalar(
        select(Snapshot)
        .filter_by(source_id=source_id, text_hash=text_hash(page.text))
        .order_by(Snapshot.id.desc())
        .limit(1)
    )
    if known is not None:
        note_seen(session, [known.id], page.fetched_at)
        return known
    snapshot = Snapshot(
        source_id=source_id,
        fetched_at=page.fetched_at,
        content_type=(page.content_type or "")[:120] or None,
        text_hash=text_hash(page.text),
        body_zlib=zlib.compress(page.body),
        text_zlib=zlib.compress(page.text.encode()),
    )
    session.add(snapshot)
    session.flush()
    return snapshot


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _is_fresh(quoted: Quoted, pages: Collection[int]) -> bool:
    return quoted.source_id in pages and quoted.snapshot_id is None and quoted.quote is not None


def _from(stated: Stated, source_id: int) -> list[Quoted]:
    return [quoted for quoted in stated.quotes if quoted.source_id == source_id and quoted.quote is not None]


def _words(stated: Stated, quotes: Iterable[Quoted]) -> list[tuple[str, int, str, str]]:
    """What a page says of the policy: its words, and what they were understood to state."""
    return sorted(
        (quoted.field, quoted.position, quoted.words or "", canonical(stated.value(quoted)))
        for quoted in quotes
    )
