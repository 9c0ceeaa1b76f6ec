"""A resort of which the tests say what each visit finds, and when."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from uphill.crawl_runs import start_run
from uphill.curating.pins import as_read, in_force
from uphill.db import LoggedChange, PendingChange, PolicyVersion, Resort, Snapshot, Source
from uphill.db.store import current_policy, policy_of
from uphill.evidence import Evidence
from uphill.outcomes import Outcome
from uphill.policy import LIST_FACTS, Policy
from uphill.reading import Reading
from uphill.recording.change_log import read
from uphill.recording.record import record_visit
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.search import find
from uphill.vocabulary import SourceKind

HOME = "https://larkspur-bowl.example/"
WEBSITE = "https://larkspur-bowl.example"
URL = "https://larkspur-bowl.example/uphill"
STATUS_URL = "https://larkspur-bowl.example/status"
FACTS = {
    "access": "allowed",
    "pass_required": "always",
    "waiver": "required",
    "dogs": "leashed",
    "hotline": "970-555-0142",
    "windows": ["05:00-08:00", "17:00-21:00"],
}


class Found:
    """What a visit may find; each makes a visit of the resort at a time."""

    HOME, WEBSITE, URL, STATUS_URL, FACTS = HOME, WEBSITE, URL, STATUS_URL, FACTS

    @staticmethod
    def page(now, facts, *, url=URL, asked=None, kind=SourceKind.POLICY, around="", etag=None):
        """A page that states each fact, or element of a list, in a sentence of its own."""
        text, quotes = f"{around}\n", {}
        for name, value in facts.items():
            for element in value if name in LIST_FACTS else [value]:
                said = f"Our {name} is {element}."
                quotes[name] = (*quotes.get(name, ()), Evidence.of(text + said, len(text), len(text + said)))
                text += f"{said}\n"
        reading = Reading(
            source=url,
            lang="en",
            is_policy=kind is SourceKind.POLICY,
            policy=Policy.model_validate(facts),
            evidence=quotes,
        )
        body = text.encode()
        return FetchedPage(
            asked or url,
            url,
            kind,
            Outcome.POLICY,
            now,
            200,
            body=body,
            text=text,
            reading=reading,
            etag=etag,
        )

    @classmethod
    def policy(cls, *more, url=URL, asked=None, around="", etag=None, **facts):
        def visit(now):
            page = cls.page(now, facts, url=url, asked=asked, around=around, etag=etag)
            return _visit(now, Outcome.POLICY, page, *(other(now) for other in more))

        return visit

    @classmethod
    def report(cls, status, around=""):
        return lambda now: cls.page(
            now, {"status": status}, url=STATUS_URL, kind=SourceKind.STATUS, around=around
        )

    @staticmethod
    def none(outcome=Outcome.NO_POLICY, **values):
        """The policy page is asked for in vain, and so is the home page."""

        def visit(now):
            given = {"kind": SourceKind.CANDIDATE if outcome.failed else SourceKind.NO_POLICY, **values}
            page = FetchedPage(URL, URL, outcome=outcome, fetched_at=now, **given)
            home = FetchedPage(HOME, HOME, SourceKind.HOME, Outcome.NO_POLICY, now, 200)
            plain = outcome.failed and values.get("http_status") != 404
            return _visit(now, outcome if plain else Outcome.NO_POLICY, page, *(() if plain else (home,)))

        return visit

    @classmethod
    def emptied(cls):
        return cls.none()

    @classmethod
    def gone(cls):
        return cls.none(Outcome.HTTP_STATUS, http_status=404)

    @classmethod
    def away(cls):
        return cls.none(Outcome.REDIRECT, detail=f"{URL} redirects away from the site, to https://o.example/")

    @staticmethod
    def unchanged(*more):
        def visit(now):
            page = FetchedPage(URL, URL, SourceKind.POLICY, Outcome.UNCHANGED, now, 304)
            return _visit(now, Outcome.UNCHANGED, page, *(other(now) for other in more))

        return visit

    @staticmethod
    def partial(*pages):
        def visit(now):
            fetched = tuple(page(now) for page in pages)
            outcome = fetched[0].outcome if fetched[0].outcome.failed else Outcome.NO_POLICY
            return replace(_visit(now, outcome, *fetched), partial=True)

        return visit


def _visit(now, outcome, *pages):
    return ResortVisit("larkspur-bowl", now, now, outcome, pages)


class Watched:
    """The resort in the directory, visited at hours after ``now``."""

    def __init__(self, sessions, run, now, slug="larkspur-bowl"):
        self.sessions, self.run, self.now, self.slug = sessions, run, now, slug

    def at(self, hours):
        return self.now + timedelta(hours=hours)

    def visit(self, hours, found):
        return record_visit(self.sessions, self.run, replace(found(self.at(hours)), slug=self.slug)).change

    @property
    def policy(self):
        """The facts in force; None where there are none."""
        with self.sessions() as session:
            version = current_policy(session, self._id(session))
            return policy_of(version) if version else None

    @property
    def read_policy(self):
        """The same without pins."""
        with self.sessions() as session:
            version = current_policy(session, self._id(session))
            return as_read(version, in_force(session, version.resort_id)).policy if version else None

    @property
    def version(self):
        with self.sessions() as session:
            return current_policy(session, self._id(session))

    @property
    def findings(self):
        """All that ever waited, as (doubt, decision)."""
        with self.sessions() as session:
            query = select(PendingChange).filter_by(resort_id=self._id(session)).order_by(PendingChange.id)
            return [
                (each.doubt.value, each.decision and each.decision.value) for each in session.scalars(query)
            ]

    @property
    def logged(self):
        """The change log in order, as (field, old, new, cause)."""
        with self.sessions() as session:
            found = reversed(read(session, resort=self.slug).changes)
            return [(each.field, each.old, each.new, each.cause.value) for each in found]

    def shown(self, hours):
        with self.sessions() as session:
            return find(session, self.slug, self.at(hours))

    def source(self, url=URL):
        with self.sessions() as session:
            return session.scalar(select(Source).filter_by(resort_id=self._id(session), url=url))

    def rows(self, model):
        with self.sessions() as session:
            if model is Snapshot:
                query = select(Snapshot).join(Source).where(Source.resort_id == self._id(session))
            else:
                query = select(model).filter_by(resort_id=self._id(session))
            return list(session.scalars(query.order_by(model.id)))

    def _id(self, session):
        return session.scalars(select(Resort.id).filter_by(slug=self.slug)).one()


@pytest.fixture
def found():
    return Found


@pytest.fixture
def tables():
    """The tables by name, for counting rows of the resort."""
    return {
        "versions": PolicyVersion,
        "snapshots": Snapshot,
        "log": LoggedChange,
        "findings": PendingChange,
    }


@pytest.fixture
def watched(sessions, stock, row, now):
    stock(row())
    return Watched(sessions, start_run(sessions, 1, now), now)


@pytest.fixture
def standing(watched, found):
    """The same, its policy known since ``now``."""
    watched.visit(0, found.policy(**FACTS))
    return watched
