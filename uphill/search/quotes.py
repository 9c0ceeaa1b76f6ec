"""Where the quotes of a policy stand: what is around them on their page, and since when the page says so."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from zlib import decompress

from sqlalchemy import select
from sqlalchemy.orm import Session

from uphill.context import Context, context
from uphill.db import PolicyEvidence, PolicyVersion, Resort, Snapshot, Source
from uphill.search.answers import Proof

_LONGEST_TEXT = 4_000_000
"""Bytes of a page's text beyond which its quotes stand alone."""

Standing = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """``context`` is empty where the stored text doesn't hold the quote."""

    context: Context | None
    first_seen: datetime
    last_confirmed: datetime


def key_of(proof: Proof) -> Standing | None:
    """By which :func:`quote_places` has the place of a proof; ``None`` without a quote."""
    if proof.quote is None or proof.start is None or proof.end is None:
        return None
    return proof.source_url, proof.quote, proof.start, proof.end


def quote_places(session: Session, slug: str) -> dict[Standing, QuotePlace]:
    """Of all quotes by which the resort's policy in force is believed; each stored text is read once."""
    rows = session.execute(
        select(
            PolicyEvidence.snapshot_id,
            Source.url,
            PolicyEvidence.quote,
            PolicyEvidence.start,
            PolicyEvidence.end,
        )
        .join(PolicyVersion, PolicyVersion.id == PolicyEvidence.policy_id)
        .join(Resort, Resort.id == PolicyVersion.resort_id)
        .join(Source, Source.id == PolicyEvidence.source_id)
        .where(Resort.slug == slug, PolicyVersion.superseded_at.is_(None), PolicyEvidence.quote.is_not(None))
    )
    standing: defaultdict[int, set[Standing]] = defaultdict(set)
    for snapshot_id, url, quote, start, end in rows:
        if snapshot_id is not None and quote is not None and start is not None and end is not None:
            standing[snapshot_id].add((url, quote, start, end))
    texts = session.execute(
        select(Snapshot.id, Snapshot.text_zlib, Snapshot.fetched_at, Snapshot.last_seen).where(
            Snapshot.id.in_(standing)
        )
    )
    places: dict[Standing, QuotePlace] = {}
    for snapshot_id, packed, fetched_at, last_seen in texts:
        text = decompress(packed).decode() if len(packed) < _LONGEST_TEXT else ""
        for key in standing[snapshot_id]:
            _, quote, start, end = key
            around = context(text, start, end) if text[start:end] == quote else None
            places[key] = QuotePlace(around, fetched_at, last_seen or fetched_at)
    return places
