"""Which resorts a crawl visits, in which order, and which of their pages it asks for."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from uphill.catalogue import BaselineLine, load_baseline
from uphill.crawl_runs import start_run
from uphill.db import Resort, SiteRest, Source, Visit, writing
from uphill.due import targets
from uphill.due.budget import LOOKING_AROUND, REQUESTS_A_DAY, Wish, within_budget
from uphill.due.choosing import due_resorts
from uphill.errors import NotFound
from uphill.outcomes import Change, Outcome
from uphill.policy import Policy
from uphill.vocabulary import SourceKind

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


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
                    home[0].next_due, home[0].last_outcome = due, Outcome(path or "no_policy")
                    continue
                url = f"https://{slug}.example/{path}"
                session.add(
                    Source(
                        resort_id=resort.id,
                        url=url,
                        kind=kind,
                        next_due=due,
                        etag=f'"{path}"',
                        site=f"{slug}.example",
                        last_outcome=Outcome.TIMEOUT if "broken" in path else Outcome.UNCHANGED,
                    )
                )

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


PAST, FUTURE = -HOUR, HOUR
HOME, POLICY, STATUS = SourceKind.HOME, SourceKind.POLICY, SourceKind.STATUS


def test_only_what_is_due_is_visited_the_longest_overdue_first(pages, asked, now):
    past, future = now - HOUR, now + HOUR
    pages("never-visited")
    pages("home-due", ("", HOME, past))
    pages("home-not-due", ("", HOME, future))
    pages("due-this-second", ("", HOME, now))
    pages("policy-due", ("", HOME, future), ("uphill", POLICY, past - 2 * DAY))
    pages("policy-not-due", ("uphill", POLICY, future))
    pages("status-due", ("uphill", POLICY, future), ("status", STATUS, now - HOUR / 2))
    pages("policy-known-so-home-is-not-asked", ("", HOME, past), ("uphill", POLICY, future))
    pages("status-without-policy", ("", HOME, future), ("status", STATUS, past))
    pages("candidate-due", ("", HOME, future), ("maybe", SourceKind.CANDIDATE, past))
    pages("no-pages", website=None)
    assert asked(due_only=True) == [
        "policy-due",
        "never-visited",
        "home-due",
        "status-due",
        "due-this-second",
    ]
    assert len(asked()) == 11


@pytest.fixture
def due(sessions, now):
    """What is due of one resort: the target, and paths of the pages that it asks for."""

    def ask(slug="alpha"):
        with sessions() as session:
            (target,) = targets(session, now, slugs=[slug], due_only=True)
        return target, [page.url.rpartition("/")[2] for page in target.pages if page.due]

    return ask


@pytest.mark.parametrize(
    ("rows", "asked_for", "partial", "looks_around"),
    [
        ([("uphill", POLICY, PAST), ("status", STATUS, FUTURE)], ["uphill"], False, True),
        ([("uphill", POLICY, PAST), ("status", STATUS, PAST)], ["uphill", "status"], False, True),
        ([("uphill", POLICY, FUTURE), ("status", STATUS, PAST)], ["status"], True, True),
        ([("uphill", POLICY, PAST), ("pdf", POLICY, FUTURE)], ["uphill", "pdf"], False, True),
        ([("uphill", POLICY, PAST), ("broken", POLICY, FUTURE)], ["uphill"], False, True),
        ([("policy", HOME, PAST), ("status", STATUS, FUTURE)], [], False, True),
        ([("policy", HOME, FUTURE), ("status", STATUS, PAST)], ["status"], True, False),
        ([("", HOME, FUTURE), ("rules", SourceKind.RESORT, PAST)], ["rules"], False, False),
        (
            [("uphill", POLICY, FUTURE)] + [(f"s{n}", STATUS, PAST) for n in range(3)],
            ["s0", "s1"],
            True,
            True,
        ),
    ],
)
def test_each_page_has_its_own_time(pages, due, now, rows, asked_for, partial, looks_around):
    pages("alpha", *((path, kind, now + when) for path, kind, when in rows))
    target, found = due()
    assert (found, target.partial, target.looks_around) == (asked_for, partial, looks_around)


def test_a_whole_crawl_asks_for_all(pages, sessions, now):
    pages("alpha", ("uphill", POLICY, now + DAY), ("status", STATUS, now + DAY))
    with sessions() as session:
        (target,) = targets(session, now)
    assert [page.due for page in target.pages] == [True, True]
    assert not target.partial


def test_without_a_website_pages_that_lost_their_policy_are_asked_again(pages, due, now):
    pages("alpha", ("rules", SourceKind.NO_POLICY, now - HOUR), website=None)
    target, found = due()
    assert found == ["rules"]
    assert target.known(POLICY)


def test_a_site_at_rest_is_left_alone(pages, asked, due, sessions, now):
    for slug in ("alpha", "bravo", "charlie"):
        pages(slug, ("uphill", POLICY, now - HOUR))
    with writing(sessions) as session:
        session.add(SiteRest(site="alpha.example", until=now + HOUR, reason="HTTP 429"))
        session.add(SiteRest(site="bravo.example", until=now, reason="HTTP 429"))
        away = session.scalars(select(Source).filter_by(url="https://charlie.example/uphill")).one()
        away.url = "https://alpha.example/charlie"
    assert asked(due_only=True) == ["bravo"]
    with writing(sessions) as session:
        away = session.scalars(select(Source).filter_by(url="https://alpha.example/charlie")).one()
        away.url = "https://club.example/charlie"
        session.add(SiteRest(site="charlie.example", until=now + HOUR, reason="HTTP 429"))
    target, found = due("charlie")
    assert found == ["charlie"]
    assert not target.looks_around, "the home page's site is at rest"


def test_a_sites_day_is_spent(pages, sessions, stock, row, asked, now):
    stock(row())
    run_id = start_run(sessions, 1, now)

    def visited(slug, hours_ago, outcome, count):
        with writing(sessions) as session:
            resort = session.scalars(select(Resort).filter_by(slug=slug)).one()
            at = now - hours_ago * HOUR
            visit = Visit(
                run_id=run_id, resort_id=resort.id, started_at=at, finished_at=at, outcome=outcome,
                change=Change.NONE, pages=count,
            )  # fmt: skip
            session.add(visit)

    for slug in ("alpha", "bravo"):
        pages(slug, ("uphill", POLICY, now - HOUR))
    for _ in range(7):
        visited("alpha", 3, Outcome.NO_POLICY, 11)  # each with robots.txt and sitemaps: 17
    assert set(asked(due_only=True)) == {"alpha", "bravo", "larkspur-bowl"}
    visited("alpha", 23, Outcome.NO_POLICY, 1)
    assert set(asked(due_only=True)) == {"bravo", "larkspur-bowl"}
    assert set(asked()) == {"alpha", "bravo", "larkspur-bowl"}, "who asks for a whole crawl gets it"
    visited("bravo", 25, Outcome.NO_POLICY, 1000)
    assert set(asked(due_only=True)) == {"bravo", "larkspur-bowl"}, "a day is over"


def test_status_pages_leave_something_of_the_day_to_the_policy(now):
    site = frozenset({"r.example"})
    late, early = Wish("late", now - DAY, site, partial=False), Wish("early", now, site, partial=True)
    assert within_budget([early, late], {}) == ("late", "early")
    assert within_budget([early, late], {"r.example": REQUESTS_A_DAY - LOOKING_AROUND}) == ("late",)
    assert within_budget([early], {"r.example": REQUESTS_A_DAY - LOOKING_AROUND}) == ()
    assert within_budget([late], {"r.example": REQUESTS_A_DAY - LOOKING_AROUND + 1}) == ()
    assert within_budget([late] * 99, {}) == ("late",) * 7, "resorts of one site have one budget"


def test_what_is_due_is_found_by_an_index(sessions, now):
    with sessions() as session:
        if session.get_bind().dialect.name != "sqlite":
            pytest.skip("a plan of PostgreSQL depends on how full the tables are")
        query = str(due_resorts(now).compile(session.get_bind(), compile_kwargs={"literal_binds": True}))
        plan = [row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {query}"))]
    scans = [step for step in plan if "sources" in step]
    assert scans
    assert all(step.startswith("SEARCH sources USING INDEX ix_sources_next_due") for step in scans), plan
