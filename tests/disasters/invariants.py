"""What holds after any disaster, whatever was cut off: asked of the database alone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from sqlalchemy import create_engine, func, select, text
from sqlalchemy.orm import Session

from uphill.db import CrawlRun, LoggedChange, PolicyVersion, Resort, Source, Visit
from uphill.db.store import policy_of


@contextmanager
def opened(database_url: str) -> Iterator[Session]:
    engine = create_engine(database_url)
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def prices(database_url: str) -> dict[str, int]:
    """The current price at each resort that has a policy."""
    with opened(database_url) as session:
        current = session.scalars(select(PolicyVersion).where(PolicyVersion.superseded_at.is_(None)))
        return {version.resort.slug: int(policy_of(version).prices[0].amount) for version in current}


def check(database_url: str, keeping: Iterable[str] = ()) -> None:
    """The database is whole; no fact is there twice or without its proof; those ``keeping`` a policy have one."""
    with opened(database_url) as session:
        if session.get_bind().dialect.name == "sqlite":
            assert session.scalars(text("PRAGMA integrity_check")).all() == ["ok"]
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        _once(session, Source.resort_id, Source.url)
        _once(session, Visit.run_id, Visit.resort_id)
        _once(session, LoggedChange.policy_id, LoggedChange.field)
        _counted(session)
        lost = set(keeping)
        for resort in session.scalars(select(Resort)):
            if _history(session, resort.id):
                lost.discard(resort.slug)
        assert not lost, "a resort lost its facts"


def _once(session: Session, *columns: Any) -> None:
    found = Counter(map(tuple, session.execute(select(*columns))))
    assert not found or max(found.values()) == 1, f"twice: {found.most_common(1)}"


def _counted(session: Session) -> None:
    """A run has counted the visits that it has."""
    rows = session.execute(select(Visit.run_id, func.count()).group_by(Visit.run_id))
    visits: dict[int, int] = dict(map(tuple, rows))
    for run in session.scalars(select(CrawlRun)):
        assert run.visited == visits.get(run.id, 0), f"run {run.id} says {run.visited}"


def _history(session: Session, resort_id: int) -> bool:
    """Whether the resort has a policy; its versions follow one another, each with a change and with its proofs."""
    query = select(PolicyVersion).filter_by(resort_id=resort_id, proposed=False).order_by(PolicyVersion.id)
    versions: Sequence[PolicyVersion] = session.scalars(query).all()
    assert sum(version.superseded_at is None for version in versions) == bool(versions)
    assert all(older.superseded_at is not None for older in versions[:-1])
    for older, newer in pairwise(versions):
        assert policy_of(older) != policy_of(newer), "a version without a change"
    ends = set(session.scalars(select(Visit.finished_at).filter_by(resort_id=resort_id)))
    for version in versions:
        assert {version.first_seen, version.last_confirmed} <= ends, "facts without the visit that found them"
        proofs = [(proof.field, proof.position, proof.source_id, proof.start) for proof in version.evidence]
        assert len(proofs) == len(set(proofs)), "a proof twice"
        assert {field for field, *_ in proofs} >= set(policy_of(version).known()), "a fact without a proof"
        for proof in version.evidence:
            if proof.snapshot is not None:
                assert proof.snapshot.text[proof.start : proof.end] == proof.quote, "a proof points elsewhere"
    return bool(versions)
