"""Crawls of one resort, hour by hour, and the directory's answers after them."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from uphill.crawl_runs import start_run
from uphill.db import Pin, Resort, writing
from uphill.evidence import Evidence
from uphill.outcomes import Outcome
from uphill.policy import LIST_FACTS, Policy
from uphill.reading import Reading
from uphill.recording.in_force import put_pins
from uphill.recording.record import record_visit
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.search import Query, find, search
from uphill.vocabulary import SourceKind

SLUG = "larkspur-bowl"
URL = "https://larkspur-bowl.example/uphill"
STATUS_URL = "https://larkspur-bowl.example/report"


def policy_page(at: datetime, facts: dict[str, object]) -> FetchedPage:
    """The resort's policy page; its words are its facts."""
    return _page(at, URL, SourceKind.POLICY, facts, Outcome.POLICY)


def status_page(at: datetime, facts: dict[str, object]) -> FetchedPage:
    return _page(at, STATUS_URL, SourceKind.STATUS, facts, Outcome.NO_POLICY)


def lost_page(at: datetime, status: int = 404) -> FetchedPage:
    return FetchedPage(
        requested_url=URL,
        url=URL,
        kind=SourceKind.POLICY,
        outcome=Outcome.HTTP_STATUS,
        http_status=status,
        fetched_at=at,
        detail=f"HTTP {status}",
    )


def _page(at, url, kind, facts, outcome) -> FetchedPage:
    policy = Policy.model_validate(facts)
    text = f"These are the rules of going up: {facts}"
    quotes = {
        name: (Evidence.of(text, 0, len(text)),) * (len(value) if name in LIST_FACTS else 1)
        for name, value in policy.known().items()
    }
    reading = Reading(
        source=url, lang="en", is_policy=kind is SourceKind.POLICY, policy=policy, evidence=quotes
    )
    return FetchedPage(
        requested_url=url,
        url=url,
        kind=kind,
        outcome=outcome,
        fetched_at=at,
        body=text.encode(),
        text=text,
        reading=reading,
    )


class Hill:
    """One resort of the directory. Hours count from ``now``."""

    def __init__(self, sessions, now: datetime) -> None:
        self.sessions, self.now = sessions, now

    def at(self, hours: float) -> datetime:
        return self.now + timedelta(hours=hours)

    def visit(self, hours: float, facts=None, status=None) -> None:
        """A crawl that finds the facts on the policy page, and beside it those of a status page; without facts
        the page is gone.
        """
        at = self.at(hours)
        page = lost_page(at) if facts is None else policy_page(at, facts)
        pages = (page,) if status is None else (page, status_page(at, status))
        run = start_run(self.sessions, 1, at)
        record_visit(self.sessions, run, ResortVisit(SLUG, at, at, page.outcome, pages))

    def status_visit(self, hours: float, status) -> None:
        """A crawl in which the status page alone was due."""
        at = self.at(hours)
        run = start_run(self.sessions, 1, at)
        visit = ResortVisit(SLUG, at, at, Outcome.UNCHANGED, (status_page(at, status),), partial=True)
        record_visit(self.sessions, run, visit)

    def pin(self, hours: float, field: str, value: str, **values: object) -> None:
        """``value`` is JSON."""
        with writing(self.sessions) as session:
            resort = session.scalars(select(Resort).filter_by(slug=SLUG)).one()
            given = {"source_url": "https://patrol.example/note", "note": "told on the phone"} | values
            session.add(Pin(resort_id=resort.id, field=field, value=value, pinned_at=self.at(hours), **given))
            session.flush()
            put_pins(session, resort, self.at(hours))

    def shown(self, hours: float):
        with self.sessions() as session:
            return find(session, SLUG, self.at(hours))

    def found(self, hours: float, **filters: str):
        """The slugs that a search at that time finds, and the counts of the status facet."""
        with self.sessions() as session:
            query = Query.parse({name: [value] for name, value in filters.items()})
            results = search(session, query, self.at(hours))
        counts = {each.value: each.count for each in results.facets["status"] if each.count}
        return [listing.resort.slug for listing in results.listings], counts


@pytest.fixture
def hill(sessions, stock, row, now) -> Hill:
    stock(row(SLUG))
    return Hill(sessions, now)
