"""Every way a visit can end, each a small site; all crawled in one run, and then once more."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.conftest import free_port
from uphill.outcomes import Change, Outcome
from uphill.policy import Policy
from uphill.published import WELL_KNOWN
from uphill.vocabulary import SourceKind

pytestmark = pytest.mark.slow

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


TEASER = """<!doctype html><html lang="en"><title>Uphill</title><body><h1>Uphill policy</h1>
<p>Uphill travel is allowed. An uphill pass is required at all times.</p></body></html>"""


def sites(kit):
    def site(slug, pages, **options):
        return kit.Site(slug, pages, **options)

    policy, plain, linking, text = kit.page(kit.POLICY), kit.plain(), kit.linking, kit.text
    to_policy = linking(("/uphill-policy", "Uphill policy"))
    return [
        site("navigation", {"/": to_policy, "/uphill-policy": policy}),
        site("known", {"/": plain, "/rules": policy}, validators=True),
        site("sitemap", {
            "/": plain,
            "/robots.txt": text("Sitemap: {{ base }}/odd.xml\n"),
            "/odd.xml": text("{{ base }}/a\n{{ base }}/skinning\n"),
            "/skinning": policy,
        }),
        site("deep", {
            "/": linking(("/safety", "Safety")),
            "/safety": linking(("/safety/more", "Policies")),
            "/safety/more": linking(("/safety/uphill", "Uphill access")),
            "/safety/uphill": policy,
        }),
        site("too-deep", {
            "/": linking(("/safety", "Safety")),
            "/safety": linking(("/a", "Policies")),
            "/a": linking(("/b", "Rules")),
            "/b": linking(("/uphill", "Uphill access")),
            "/uphill": policy,
        }),
        site("moved", {"/": to_policy, "/uphill-policy": policy}, gone=frozenset({"/old"})),
        site("on-home", {"/": policy}),
        site("elsewhere", {"/": linking(("{{ club }}/rules", "Uphill policy"))}),
        site("club", {"/rules": policy}),
        site("renamed", {}, redirects={"/": "{{ new-name }}/"}),
        site("new-name", {"/": to_policy, "/uphill-policy": policy}),
        site("status", {
            "/": linking(("/uphill-policy", "Uphill policy"), ("/report", "Lift status")),
            "/uphill-policy": policy,
            "/report": kit.page(kit.STATUS),
        }),
        site("none", {
            "/": linking(("/tickets", "Tickets"), ("/uphill", "Uphill")),
            "/tickets": plain,
            "/uphill": plain,
        }),
        site("teaser", {
            "/": linking(("/uphill-policy-short", "Uphill policy"), ("/x", "Uphill access"), ("/y", "Uphill map")),
            "/uphill-policy-short": kit.page(TEASER),
            "/x": policy,
        }),
        site("to-home", {"/": to_policy, "/uphill-policy": policy}, redirects={"/old": "/"}),
        site("large", {"/": to_policy, "/uphill-policy": kit.page(kit.POLICY + "x" * 60_000)}),
        site("robots", {"/": to_policy, "/uphill-policy": policy, "/robots.txt": text("User-agent: *\nDisallow: /")}),
        site("robots-policy", {
            "/": to_policy, "/uphill-policy": policy, "/robots.txt": text("User-agent: *\nDisallow: /uphill"),
        }),
        site("error", {}, otherwise=503),
        site("missing", {}, otherwise=404),
        site("slow", {"/": plain}, delay=20),
        site("picture", {"/": plain, "/uphill": kit.Document(PNG, "image/png")}),
        site("away", {"/": plain}, redirects={"/uphill": "{{ club }}/rules"}),
        site("loop", {"/": plain}, redirects={"/uphill": "/again", "/again": "/uphill"}),
        site("empty", {"/": plain, "/uphill": kit.page("  ")}),
        site("scan", {"/": plain, "/uphill": kit.Document(b"%PDF-1.4 garbage", "application/pdf")}),
    ]  # fmt: skip


KNOWN = {
    "known": "/rules",
    "moved": "/old",
    "to-home": "/old",
    "picture": "/uphill",
    "away": "/uphill",
    "loop": "/uphill",
    "empty": "/uphill",
    "scan": "/uphill",
}
LINKED_ONLY = {"club", "new-name"}


@pytest.fixture(scope="module")
def world(kit, tmp_path_factory) -> Iterator:
    folder = tmp_path_factory.mktemp("outcomes")
    settings = {"delay": "0.05", "timeout": "5", "retries": "0", "max_page_bytes": "50000"}
    with kit.world(sites(kit), folder, **settings) as world:
        for slug in world.web.origins:
            if slug not in LINKED_ONLY:
                known = world.web.url(slug, KNOWN[slug]) if slug in KNOWN else None
                world.add(slug, website=world.web.url(slug), policy_url=known)
        world.add("nameless", website="http://no-such-host.invalid/")
        world.add("refused", website=f"http://127.0.0.1:{free_port()}/")
        world.add("websiteless", website=None)
        yield world


@pytest.fixture(scope="module")
def first(world):
    return world.crawl()


def test_the_run_ends_well(first, world):
    assert first.code == 0
    assert first.summary["planned"] == first.summary["visited"] == len(world.web.origins) + 1
    assert first.summary["lost"] == 0
    assert not first.summary["stopped"]
    assert "Traceback" not in first.stderr


@pytest.mark.parametrize(
    ("slug", "outcome", "detail"),
    [
        ("navigation", Outcome.POLICY, "/uphill-policy"),
        ("known", Outcome.POLICY, "/rules"),
        ("sitemap", Outcome.POLICY, "/skinning"),
        ("deep", Outcome.POLICY, "/safety/uphill"),
        ("too-deep", Outcome.NO_POLICY, "4 pages read"),
        ("moved", Outcome.POLICY, "/uphill-policy"),
        ("on-home", Outcome.POLICY, "/"),
        ("elsewhere", Outcome.POLICY, "/rules"),
        ("renamed", Outcome.POLICY, "/uphill-policy"),
        ("status", Outcome.POLICY, "/uphill-policy"),
        ("none", Outcome.NO_POLICY, "no policy on 3 pages read"),
        ("teaser", Outcome.POLICY, "/x"),
        ("to-home", Outcome.POLICY, "/uphill-policy"),
        ("large", Outcome.TOO_LARGE, "larger than the limit"),
        ("robots", Outcome.ROBOTS, "robots.txt forbids"),
        ("robots-policy", Outcome.ROBOTS, "/uphill-policy"),
        ("error", Outcome.HTTP_STATUS, "HTTP 503 at http://127."),
        ("missing", Outcome.HTTP_STATUS, "HTTP 404 at http://127."),
        ("slow", Outcome.TIMEOUT, "no answer in time"),
        ("picture", Outcome.NOT_HTML, "image/png at"),
        ("away", Outcome.REDIRECT, "redirects away from the site"),
        ("loop", Outcome.REDIRECT, "more than 5 redirects"),
        ("empty", Outcome.EMPTY, "nothing at"),
        ("scan", Outcome.UNREADABLE, "no text in"),
        ("nameless", Outcome.DNS, "name not found: http://no-such-host.invalid/"),
        ("refused", Outcome.CONNECTION, "no connection to http://127.0.0.1"),
        ("websiteless", Outcome.NO_WEBSITE, "neither a website nor a policy page"),
    ],
)
def test_outcome(first, world, slug, outcome, detail):
    visit = world.visit(slug)
    assert visit.outcome is outcome
    assert detail in visit.detail
    found = outcome is Outcome.POLICY
    assert visit.change is (Change.NEW if found else Change.NONE)
    assert (world.policy(slug) is not None) is found


def test_what_was_read_is_stored(first, world):
    policy = world.policy("navigation")
    assert policy is not None
    assert policy.hotline == "970-555-0142"
    assert world.policy("status").status == "closed"


def test_forbidden_pages_are_never_asked_for(first, world):
    assert world.paths("robots") == []
    assert "/uphill-policy" not in world.paths("robots-policy")


def test_pages_are_remembered_as_what_they_are(first, world):
    kinds = {path: source.kind for path, source in world.sources("none").items()}
    assert kinds == {
        "/": SourceKind.HOME,
        "/tickets": SourceKind.NO_POLICY,
        "/uphill": SourceKind.NO_POLICY,
        WELL_KNOWN: SourceKind.PUBLISHED,
    }
    kinds = {path: source.kind for path, source in world.sources("status").items()}
    assert kinds["/report"] is SourceKind.STATUS
    assert kinds["/uphill-policy"] is SourceKind.POLICY


def test_nothing_is_fetched_twice_in_a_visit(first, world):
    for slug in world.web.origins:
        if slug not in {"club", "error", "loop"}:
            paths = world.paths(slug)
            assert len(paths) == len(set(paths)), slug


def test_the_fuller_policy_is_taken(first, world):
    kinds = {path: source.kind for path, source in world.sources("teaser").items()}
    assert kinds["/x"] is SourceKind.POLICY
    assert kinds["/uphill-policy-short"] is SourceKind.CANDIDATE
    assert world.policy("teaser") == world.policy("navigation")
    assert "/y" not in world.paths("teaser")


def test_a_redirect_to_the_home_page_is_the_home_page(first, world):
    assert world.paths("to-home") == ["/old", "/", "/uphill-policy"]
    assert world.sources("to-home")["/"].kind is SourceKind.HOME


def test_another_site_is_asked_for_the_page_that_was_linked_and_no_other(first, world):
    assert set(world.paths("club")) == {"/rules"}


def test_every_request_names_the_crawler_and_carries_no_cookie(first, world):
    for request in world.web.requests:
        assert request.headers["user-agent"].startswith("uphill-directory/")
        assert "x@y.example" in request.headers["user-agent"]
        assert "cookie" not in request.headers


def test_robots_txt_is_asked_for_first_and_once(first, world):
    for slug in world.web.origins.keys() - {"slow"}:
        paths = [request.path for request in world.web.requests.of(slug)]
        assert paths[0] == "/robots.txt", slug
        assert paths.count("/robots.txt") == 1, slug


@dataclass(frozen=True)
class Second:
    """What the directory held before the second crawl."""

    policies: dict[str, Policy]


@pytest.fixture(scope="module")
def second(first, world) -> Second:
    """Four of the sites again; one policy is gone, with everything that linked to it."""
    before = Second(world.policies())
    world.web.requests.clear()
    gone = world.site("navigation").pages
    gone.clear()
    gone["/"] = world.site("none").pages["/tickets"]
    slugs = ("known", "none", "navigation", "status")
    world.crawl(*(word for slug in slugs for word in ("--resort", slug)))
    return before


def test_a_page_that_did_not_change_is_not_sent_again(second, world):
    asked = world.web.requests.of("known", "/rules")
    assert [request.status for request in asked] == [304]
    assert asked[0].headers["if-none-match"]
    visit = world.visit("known")
    assert (visit.outcome, visit.change) == (Outcome.UNCHANGED, Change.CONFIRMED)


def test_known_pages_are_asked_for_directly(second, world):
    assert world.paths("status") == ["/uphill-policy", "/report"]


def test_pages_without_a_policy_come_last_at_the_next_discovery(second, world):
    assert world.paths("none") == ["/", "/sitemap.xml", "/uphill", "/tickets"]


def test_a_policy_that_is_gone_stays_in_the_directory(second, world):
    assert world.visit("navigation").outcome is Outcome.NO_POLICY
    assert world.policies() == second.policies
