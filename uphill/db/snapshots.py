"""The stored texts that evidence points into: a new one only where a page says something else.

What makes a page say the same is its facts and the words that state them. All else on it, a date, the weather, a
menu, may differ: then the text that was stored before stays the proof, and is as new as the page.
"""

import hashlib
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from uphill.db import Snapshot
from uphill.recording.differences import canonical
from uphill.recording.visit import FetchedPage
from uphill.stated import Quoted, Stated


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
            stored = store_snapshot(session, source_id, page)
            quotes += [replace(quoted, snapshot_id=stored) for quoted in mine]
        elif newest_snapshot(session, source_id) is None:
            store_snapshot(session, source_id, page)
    before = [quoted for quoted in stated.quotes if not _is_fresh(quoted, pages)]
    return Stated(stated.policy, (*before, *quotes))


def is_same_text(session: Session, page: FetchedPage, source_id: int, known: Stated) -> bool:
    """Whether the page's whole text is the one that the quotes of ``known`` stand in."""
    ids = {quoted.snapshot_id for quoted in known.quotes if quoted.source_id == source_id} - {None}
    hashes = select(Snapshot.text_hash).where(Snapshot.id.in_(ids))
    return text_hash(page.text) in session.scalars(hashes).all()


def note_seen(session: Session, snapshot_ids: Iterable[int | None], seen_at: datetime) -> None:
    """The page was seen to say so at ``seen_at``. The texts themselves are not loaded for it."""
    ids = {key for key in snapshot_ids if key is not None}
    if ids:
        older = func.coalesce(Snapshot.last_seen, Snapshot.fetched_at) < seen_at
        seen = update(Snapshot).where(Snapshot.id.in_(ids), older).values(last_seen=seen_at)
        session.execute(seen.execution_options(synchronize_session=False))


def last_seen(session: Session, snapshot_ids: Iterable[int | None]) -> datetime | None:
    """When any of the texts was last known to be what its page says."""
    ids = {key for key in snapshot_ids if key is not None}
    rows = session.execute(select(Snapshot.last_seen, Snapshot.fetched_at).where(Snapshot.id.in_(ids)))
    return max((seen or fetched for seen, fetched in rows), default=None)


def newest_snapshot(session: Session, source_id: int) -> int | None:
    """The id of the page's newest text."""
    return session.scalar(select(func.max(Snapshot.id)).filter_by(source_id=source_id))


def store_snapshot(session: Session, source_id: int, page: FetchedPage) -> int:
    """The id of the page's text, stored unless it is there already."""
    hashed = text_hash(page.text)
    known = session.scalar(select(func.max(Snapshot.id)).filter_by(source_id=source_id, text_hash=hashed))
    if known is not None:
        note_seen(session, [known], page.fetched_at)
        return known
    snapshot = Snapshot(
        source_id=source_id,
        fetched_at=page.fetched_at,
        content_type=(page.content_type or "")[:120] or None,
        text_hash=hashed,
        body_zlib=zlib.compress(page.body),
        text_zlib=zlib.compress(page.text.encode()),
    )
    session.add(snapshot)
    session.flush()
    return snapshot.id


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
