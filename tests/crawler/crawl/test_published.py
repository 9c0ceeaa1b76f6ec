"""What a resort publishes for programs, in real crawls: it goes before what its pages say, and fails without harm."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from crawler.cli.reextract import read_stored
from crawler.spider.fetched import Fetch
from crawler.spider.published import found
from uphill.db import LoggedChange, PolicyVersion, make_engine, session_factory
from uphill.outcomes import Outcome
from uphill.published import WELL_KNOWN
from uphill.recording.rereading import reread
from uphill.recording.visit import Target
from uphill.vocabulary import Access, Dogs, PassRequired, SourceKind, Status

NOW = datetime(2026, 12, 5, 13, tzinfo=UTC)
URL = f"https://alpha.example{WELL_KNOWN}"
SLUG = "alpha"


def document(**more):
    policy = {"access": "allowed", "pass_required": "never", "dogs": "leashed"} | more.pop("policy", {})
    return json.dumps({"resort": {"name": SLUG, "policy": policy, **more}}).encode()


@pytest.fixture
def world(kit, tmp_path):
    site = kit.Site(
        SLUG,
        {"/": kit.linking(("/uphill", "Uphill policy")), "/uphill": kit.page(kit.POLICY)},
        validators=True,
    )
    with kit.world([site], tmp_path, delay="0.01") as world:
        world.add(SLUG, website=world.web.url(SLUG))
        yield world


def publish(world, kit, body, content_type="application/json"):
    world.site(SLUG).pages[WELL_KNOWN] = kit.Document(body, content_type)


def asked(world):
    return [(request.path, request.status) for request in world.web.requests]


@pytest.mark.slow
def test_it_is_looked_for_first_and_where_there_is_none_only_once_a_week(world):
    assert world.crawl().code == 0
    assert asked(world)[:3] == [("/robots.txt", 404), (WELL_KNOWN, 404), ("/", 200)]
    place = world.sources(SLUG)[WELL_KNOWN]
    assert (place.kind, place.last_outcome, place.failures) == (SourceKind.PUBLISHED, Outcome.NO_POLICY, 0)
    assert place.next_due is None
    world.web.requests.clear()
    world.crawl()
    assert WELL_KNOWN not in [path for path, _ in asked(world)]


@pytest.mark.slow
def test_it_goes_before_the_pages_which_fill_what_it_leaves_out(world, kit):
    publish(world, kit, document(statements={"dogs": "Dogs on a leash, please."}))
    assert world.crawl().code == 0
    policy = world.policy(SLUG)
    assert (policy.dogs, policy.pass_required) == (Dogs.LEASHED, PassRequired.NEVER), (
        "the page says otherwise"
    )
    assert policy.hotline is not None
    assert policy.prices == (), "no price of a pass that is not needed"
    assert policy.during_operations == "unknown", "the document spoke of access"
    sources = world.sources(SLUG)
    assert sources[WELL_KNOWN].kind is SourceKind.PUBLISHED
    assert sources["/uphill"].kind is SourceKind.POLICY
    assert "says otherwise of: " in sources["/uphill"].last_detail
    engine = make_engine(world.database_url)
    again = reread(session_factory(engine), SLUG, read_stored, datetime.now(UTC))
    engine.dispose()
    assert (again.withdrawn, again.changes) == (False, ()), "new rules for pages leave it as it is"
    world.web.requests.clear()
    world.crawl()
    assert (WELL_KNOWN, 304) in asked(world)
    assert "says otherwise of: " in world.sources(SLUG)["/uphill"].last_detail, "as long as nothing changes"
    assert world.policy(SLUG) == policy


def looked(body=b"", failure=Outcome.NOT_HTML, status=200, *, was_there=False):
    fetch = Fetch(
        URL, URL, NOW, failure, f"{failure} at {URL}", status, "application/json", "etag", body=body
    )
    return found(fetch, Target(SLUG, "Alpha", "https://alpha.example/"), NOW, was_there=was_there)


@pytest.mark.parametrize(
    ("body", "outcome", "why"),
    [
        (b"\xef\xbb\xbf <!doctype html><title>Home</title>Welcome", Outcome.NO_POLICY, "no document"),
        (b'{"resort": {"name": "alpha"', Outcome.UNREADABLE, "The document is not JSON"),
        (document().replace(b"alpha", b"Elsewhere"), Outcome.UNREADABLE, "is about 'Elsewhere'"),
        (document(valid_until="2026-12-04"), Outcome.NO_POLICY, "held until 2026-12-04"),
        (document(valid_from="2026-12-06"), Outcome.NO_POLICY, "holds from 2026-12-06"),
    ],
)
def test_what_can_not_be_trusted_is_told(body, outcome, why):
    page = looked(body)
    assert (page.kind, page.outcome, page.reading) == (SourceKind.PUBLISHED, outcome, None)
    assert why in page.detail


def test_it_is_asked_for_whole_once_it_may_come_into_force():
    assert looked(document(valid_until="2026-12-05")).etag == "etag"
    assert looked(document(valid_from="2026-12-06")).etag is None


def test_mistakes_in_it_are_told_beside_what_is_right():
    page = looked(document(policy={"waiver": "perhaps"}))
    assert (page.outcome, page.reading.policy.dogs) == (Outcome.POLICY, Dogs.LEASHED)
    assert "resort.policy.waiver can't be 'perhaps'" in page.detail


@pytest.mark.parametrize(
    ("failure", "status", "before", "outcome"),
    [
        (Outcome.HTTP_STATUS, 404, True, Outcome.NO_POLICY),
        (Outcome.HTTP_STATUS, 500, True, Outcome.HTTP_STATUS),
        (Outcome.HTTP_STATUS, 500, False, Outcome.NO_POLICY),
        (Outcome.ROBOTS, None, True, Outcome.ROBOTS),
        (Outcome.ROBOTS, None, False, Outcome.NO_POLICY),
        (Outcome.REDIRECT, 302, False, Outcome.NO_POLICY),
        (Outcome.TIMEOUT, None, True, Outcome.TIMEOUT),
        (Outcome.UNCHANGED, 304, True, Outcome.UNCHANGED),
    ],
)
def test_what_never_was_there_is_no_failure_and_what_was_is_missed(failure, status, before, outcome):
    assert looked(failure=failure, status=status, was_there=before).outcome is outcome


def test_of_a_site_out_of_reach_nothing_is_learnt():
    assert looked(failure=Outcome.TIMEOUT, status=None) is None


@pytest.mark.slow
def test_a_document_that_breaks_takes_nothing_with_it_and_one_that_is_over_falls_back_to_the_pages(
    world, kit
):
    publish(world, kit, document())
    world.crawl()
    policy = world.policy(SLUG)
    publish(world, kit, b'{"resort": ')
    assert world.crawl().code == 0
    assert world.policy(SLUG) == policy
    assert world.sources(SLUG)[WELL_KNOWN].failures == 1
    publish(world, kit, document(valid_until="2020-04-01"))
    world.crawl()
    fallen_back = world.policy(SLUG)
    assert (fallen_back.pass_required, fallen_back.dogs) == (PassRequired.ALWAYS, Dogs.PROHIBITED), "at once"
    with world.session() as session:
        changed = {change.field for change in session.scalars(select(LoggedChange))}
    assert {"dogs", "pass_required"} <= changed


@pytest.mark.slow
def test_one_of_several_resorts_of_an_operator_with_a_status_that_ends(world, kit):
    now = datetime.now(UTC)
    told = json.loads(document())["resort"]
    status = {"value": "open", "seen": now.isoformat(), "until": (now + timedelta(minutes=5)).isoformat()}
    other = {"name": "Bravo Peaks", "policy": {"access": "prohibited"}}
    publish(world, kit, json.dumps({"resorts": [other, {**told, "status": status}]}).encode())
    world.crawl()
    assert (world.policy(SLUG).access, world.policy(SLUG).status) == (Access.ALLOWED, Status.OPEN)
    with world.session() as session:
        version = session.scalars(select(PolicyVersion).where(PolicyVersion.superseded_at.is_(None))).one()
        assert version.status_until == now + timedelta(minutes=5)
        assert version.source.kind is SourceKind.PUBLISHED
        assert version.source.next_due < now + timedelta(hours=24)
