"""The baseline: what resorts were reported to rule, compiled from public pages, one line a resort.

The first crawl of a resort's own policy replaces its line as a whole; nothing is ever merged.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from uphill.catalogue.rows import sentence_of
from uphill.db import Alias, PolicyEvidence, PolicyVersion, Resort, Source
from uphill.db.store import (
    current_policy,
    fill,
    policy_of,
    remember_words,
    store_policy,
    supersede,
    was_crawled,
)
from uphill.errors import BadRow
from uphill.policy import LIST_FACTS, Policy
from uphill.sites import site_of
from uphill.vocabulary import Origin, SourceKind


class BaselineLine(BaseModel):
    """One resort's facts as one page lists them. ``as_of`` is the page's date as far as it is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    resort: str
    region: str
    source_url: str = Field(pattern=r"^https?://\S+$")
    source_kind: Literal["resort", "list", "news"]
    as_of: str | None = Field(None, pattern=r"^\d{4}(/\d{2}|-\d{2}(-\d{2})?)?$")
    facts: Policy


def read_baseline(path: Path) -> Iterator[tuple[int, BaselineLine] | BadRow]:
    """Lines with their numbers; one that can't be used comes as a BadRow."""
    with path.open(encoding="utf-8") as file:
        for number, text in enumerate(file, start=1):
            if not text.strip():
                continue
            try:
                yield number, BaselineLine.model_validate(json.loads(text))
            except json.JSONDecodeError as error:
                yield BadRow(number, f"not JSON: {error.msg}")
            except ValidationError as error:
                yield BadRow(number, sentence_of(error))


def load_baseline(
    session: Session, lines: Iterable[tuple[int, BaselineLine] | BadRow], now: datetime
) -> tuple[int, list[BadRow]]:
    """Store each line whose resort has no policy of our own; returns how many were stored, and the bad ones.

    Loading the same lines again changes nothing.
    """
    slugs = _slugs_by_name(session)
    told = set(session.scalars(select(PolicyVersion.resort_id)))
    first: dict[int, BaselineLine] = {}
    stored, bad = 0, []
    for line in lines:
        if isinstance(line, BadRow):
            bad.append(line)
            continue
        number, entry = line
        resort_id = slugs.get((entry.region, entry.resort))
        if resort_id is None:
            bad.append(BadRow(number, f"no resort or alias {entry.resort!r} in region {entry.region}"))
        elif resort_id not in told:
            told.add(resort_id)
            first[resort_id] = entry
        else:
            stored += _store_all(session, first, now) if resort_id in first else 0
            stored += _store_line(session, resort_id, entry, now)
    return stored + _store_all(session, first, now), bad


def _slugs_by_name(session: Session) -> dict[tuple[str, str], int]:
    by_alias = select(Resort.region_code, Alias.name, Resort.id).join(Alias.resort)
    by_name = select(Resort.region_code, Resort.name, Resort.id)
    return {
        (region, name): key for query in (by_alias, by_name) for region, name, key in session.execute(query)
    }


def _store_line(session: Session, resort_id: int, line: BaselineLine, now: datetime) -> bool:
    current = current_policy(session, resort_id)
    if current is None:
        if was_crawled(session, resort_id):
            return False
    elif current.origin is Origin.CRAWL or _is_pinned(current) or _says_the_same(current, line):
        return False
    source = session.scalar(select(Source).filter_by(resort_id=resort_id, url=line.source_url))
    if source is None:
        source = _source(resort_id, line)
        session.add(source)
        session.flush()
    if current is not None:
        supersede(session, current, now)
    version = _version(resort_id, source.id, line, now)
    store_policy(session, version, line.facts, _listed_by(source.id, line.facts))
    return True


def _store_all(session: Session, first: dict[int, BaselineLine], now: datetime) -> int:
    """Store the lines, each the first that is told of its resort, and forget them; returns how many these were.

    All are written at once, which takes half the time.
    """
    sources = _sources(session, first)
    versions = []
    for resort_id, line in first.items():
        version = _version(resort_id, sources[resort_id], line, now)
        fill(version, line.facts, _listed_by(sources[resort_id], line.facts))
        versions.append(version)
    session.add_all(versions)
    session.flush()
    for version in versions:
        remember_words(session, version)
    first.clear()
    return len(versions)


def _sources(session: Session, lines: Mapping[int, BaselineLine]) -> dict[int, int]:
    """The source of each resort's line; those that were not known are added."""
    query = select(Source).where(Source.resort_id.in_(lines))
    found = {
        source.resort_id: source
        for source in session.scalars(query)
        if source.url == lines[source.resort_id].source_url
    }
    found |= {
        resort_id: _source(resort_id, line) for resort_id, line in lines.items() if resort_id not in found
    }
    session.add_all(found.values())
    session.flush()
    return {resort_id: source.id for resort_id, source in found.items()}


def _source(resort_id: int, line: BaselineLine) -> Source:
    return Source(
        resort_id=resort_id,
        url=line.source_url,
        kind=SourceKind(line.source_kind),
        failures=0,
        site=site_of(line.source_url),
    )


def _version(resort_id: int, source_id: int, line: BaselineLine, now: datetime) -> PolicyVersion:
    return PolicyVersion(
        resort_id=resort_id,
        source_id=source_id,
        origin=Origin.BASELINE,
        as_of=line.as_of,
        first_seen=now,
        last_confirmed=now,
    )


def _is_pinned(current: PolicyVersion) -> bool:
    return any(row.pin_id is not None for row in current.evidence)


def _says_the_same(current: PolicyVersion, line: BaselineLine) -> bool:
    return (
        policy_of(current) == line.facts
        and current.as_of == line.as_of
        and current.source.url == line.source_url
    )


def _listed_by(source_id: int, facts: Policy) -> list[PolicyEvidence]:
    return [
        PolicyEvidence(field=name, position=position, source_id=source_id)
        for name, value in facts.known().items()
        for position in range(len(value) if name in LIST_FACTS else 1)
    ]
