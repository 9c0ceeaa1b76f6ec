"""Which resorts a crawl visits, in which order, and when a page is due again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from uphill.catalogue import BaselineLine, load_baseline
from uphill.db import Resort, Source, writing
from uphill.due import next_due, targets
from uphill.errors import NotFound
from uphill.outcomes import Outcome
from uphill.policy import Policy
from uphill.vocabulary import SourceKind

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("outcome", "failures", "wait"),
    [
        (Outcome.POLICY, 0, DAY),
        (Outcome.UNCHANGED, 0, DAY),
        (Outcome.NO_POLICY, 0, 7 * DAY),
        (Outcome.TIMEOUT, 1, 6 * HOUR),
        (Outcome.TIMEOUT, 2, 12 * HOUR),
        (Outcome.DNS, 3, DAY),
        (Outcome.ROBOTS, 5, 4 * DAY),
        (Outcome.HTTP_STATUS, 6, 7 * DAY),
        (Outcome.HTTP_STATUS, 10_000, 7 * DAY),
        (Outcome.EMPTY, 0, 6 * HOUR),
    ],
)
def test_when_a_page_is_due_again(now, outcome, failures, wait):
    assert next_due(outcome, failures, now) == now + wait


@pytest.fixture
def pages(sessions, stock, row):
    """Puts a resort with these pages, ``(path, kind, next_due)``, into stock."""

    def put(slug, *rows, **values):
        stock(row(slug, **values))
        with writing(sessions) as session:
            resort = session.scalars(select(Resort).filter_by(slug=slug)).one()
            home = session.scalars(select(Source).filter_by(resort_id=resort.id)).all()
            for path, kind, due in rows:
                if kind is SourceKind.HOME:
                    home[0].next_due = due
                    continue
                url = f"https://{slug}.example/{path}"
                session.add(Source(resort_id=resort.id, url=url, kind=kind, next_due=due, etag=f'"{path}"'))

    return put


@pytest.fixture
def asked(sessions, now):
    """Slugs of the targets, in their order."""

    def ask(**chosen):
        with sessions() as session:
            return [target.slug for target in targets(session, now, **chosen)]

    return ask


def test_known_policies_are_visited_first(pages, asked):
    pages("alpha")
    pages("bravo", ("status", SourceKind.STATUS, None))
    pages("delta", ("uphill", SourceKind.POLICY, None))
    pages("charlie", ("rules", SourceKind.RESORT, None))
    assert asked() == ["charlie", "delta", "alpha", "bravo"]


def test_a_visit_is_told_of_the_pages_that_are_known(pages, sessions, now):
    pages(
        "alpha",
        ("uphill", SourceKind.POLICY, None),
        ("status", SourceKind.STATUS, None),
        ("about", SourceKind.NO_POLICY, None),
        ("maybe", SourceKind.CANDIDATE, None),
        ("rules", SourceKind.RESORT, None),
        ("news", SourceKind.NEWS, None),
    )
    with sessions() as session:
        (target,) = targets(session, now)
    assert (target.name, target.website) == ("Alpha", "https://alpha.example")
    told = {page.url.rpartition("/")[2]: page.kind for page in target.pages}
    assert told == {
        "uphill": SourceKind.POLICY,
        "status": SourceKind.STATUS,
        "about": SourceKind.NO_POLICY,
    }
    assert target.known(SourceKind.POLICY)[0].etag == '"uphill"'


def test_the_resorts_own_page_of_the_baseline_is_its_policy_page_until_one_is_found(
    sessions, stock, row, now
):
    stock(row("alpha"), row("bravo"))
    lines = [
        BaselineLine(
            resort=name,
            region="US-CO",
            source_url=f"https://{kind}.example/{name}",
            source_kind=kind,
            facts=Policy(access="allowed"),
        )
        for name, kind in (("Alpha", "list"), ("Bravo", "resort"))
    ]
    with writing(sessions) as session:
        load_baseline(session, enumerate(lines, 1), now)
        bravo, alpha = targets(session, now)
    assert [(page.url, page.kind) for page in bravo.pages] == [
        ("https://resort.example/Bravo", SourceKind.POLICY)
    ]
    assert (alpha.slug, alpha.pages) == ("alpha", ())


@pytest.mark.parametrize(
    ("chosen", "slugs"),
    [
        ({}, ["alpha", "bravo", "charlie"]),
        ({"regions": ["US-CO"]}, ["alpha"]),
        ({"regions": ["US"]}, ["alpha", "bravo"]),
        ({"regions": ["US-UT", "AT-7"]}, ["bravo", "charlie"]),
        ({"regions": ["AT"]}, ["charlie"]),
        ({"slugs": ["charlie", "alpha"]}, ["alpha", "charlie"]),
        ({"slugs": ["charlie"], "regions": ["US"]}, []),
    ],
)
def test_regions_and_slugs_narrow_the_crawl(stock, row, asked, chosen, slugs):
    stock(row("alpha"), row("bravo", region="US-UT"), row("charlie", country="AT", region="AT-7"))
    assert asked(**chosen) == slugs


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"slugs": ["alpha", "nowhere"]}, "Resort 'nowhere' is not in the catalogue"),
        ({"regions": ["US-CO", "US-WY"]}, "Region 'US-WY' has no resort"),
        ({"regions": ["us-co"]}, "Region 'us-co' has no resort"),
    ],
)
def test_what_the_catalogue_has_not_is_named(stock, row, asked, chosen, said):
    stock(row("alpha"))
    with pytest.raises(NotFound, match=said):
        asked(**chosen)


def test_only_what_is_due_is_visited(pages, asked, now):
    past, future = now - HOUR, now + HOUR
    home = SourceKind.HOME
    pages("never-visited")
    pages("home-due", ("", home, past))
    pages("home-not-due", ("", home, future))
    pages("due-this-second", ("", home, now))
    pages("policy-due", ("", home, future), ("uphill", SourceKind.POLICY, past))
    pages("policy-not-due", ("uphill", SourceKind.POLICY, future))
    pages("status-due", ("", home, future), ("status", SourceKind.STATUS, past))
    pages("candidate-due", ("", home, future), ("maybe", SourceKind.CANDIDATE, past))
    pages("no-pages", website=None)
    assert set(asked(due_only=True)) == {
        "never-visited",
        "home-due",
        "due-this-second",
        "policy-due",
        "status-due",
    }
    assert len(asked()) == 9
