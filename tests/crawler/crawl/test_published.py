"""What a resort publishes for programs, in real crawls: it goes before what its pages say, and fails without harm."""

import json

import pytest

from uphill.outcomes import Outcome
from uphill.published import WELL_KNOWN
from uphill.vocabulary import Dogs, PassRequired, SourceKind

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


def test_it_is_looked_for_first_and_where_there_is_none_only_once_a_week(world):
    assert world.crawl().code == 0
    assert asked(world)[:3] == [("/robots.txt", 404), (WELL_KNOWN, 404), ("/", 200)]
    place = world.sources(SLUG)[WELL_KNOWN]
    assert (place.kind, place.last_outcome, place.failures) == (SourceKind.PUBLISHED, Outcome.NO_POLICY, 0)
    assert place.next_due is None
    world.web.requests.clear()
    world.crawl()
    assert WELL_KNOWN not in [path for path, _ in asked(world)]


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
    world.web.requests.clear()
    world.crawl()
    assert (WELL_KNOWN, 304) in asked(world)
    assert world.policy(SLUG) == policy
