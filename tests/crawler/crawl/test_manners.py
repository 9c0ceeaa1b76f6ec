"""How the crawler behaves towards sites: settings, delays, retries, and what robots.txt asks for."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.politeness import MAX_CRAWL_DELAY, RetryAfter, SiteDownloader
from crawler.settings import scrapy_settings, user_agent
from uphill.settings import Settings


def test_the_user_agent_names_the_project_and_the_contact():
    assert user_agent("https://me.example/bot").startswith("uphill-directory/")
    assert user_agent("https://me.example/bot").endswith("(+https://me.example/bot)")
    assert "\n" not in user_agent("a\r\nX-Evil: 1")
    assert "ski resorts" in user_agent("")


def test_settings_of_the_operator_reach_scrapy():
    given = Settings(delay=3, sites=5, timeout=7, retries=1, max_page_bytes=9_000, contact="me")
    made = scrapy_settings(given)
    assert made["DOWNLOAD_DELAY"] == made["AUTOTHROTTLE_START_DELAY"] == 3
    assert made["DOWNLOAD_TIMEOUT"] == 7
    assert made["RETRY_TIMES"] == 1
    assert made["DOWNLOAD_MAXSIZE"] == 9_000
    assert made["CONCURRENT_REQUESTS"] >= 5
    assert "me" in made["USER_AGENT"]


def test_the_manners_are_on_and_the_doors_are_shut():
    made = scrapy_settings(Settings())
    assert made["ROBOTSTXT_OBEY"]
    assert made["CONCURRENT_REQUESTS_PER_DOMAIN"] == 1
    assert made["DOWNLOAD_DELAY"] >= 2
    assert made["DOWNLOAD_DELAY_JITTER"] == 0
    assert made["AUTOTHROTTLE_ENABLED"]
    assert not made["COOKIES_ENABLED"]
    assert not made["TELNETCONSOLE_ENABLED"]
    handlers = made["DOWNLOAD_HANDLERS"]
    assert {scheme for scheme, handler in handlers.items() if handler is None} == {
        "data",
        "file",
        "ftp",
        "s3",
    }
    assert not made["REMOTE_CONTROL_ENABLED"]


def test_all_hosts_of_a_site_wait_in_one_queue():
    key = SiteDownloader.get_slot_key
    one = Request("https://www.resort.example.com/a", meta={"download_slot": "elsewhere"})
    other = Request("http://shop.resort.example.com/")
    assert key(None, one) == key(None, other) == "example.com"


class _Engine:
    """As much of a crawler as RetryAfter looks at."""

    def __init__(self) -> None:
        self.slots = {"example.com": type("Slot", (), {"delay": 2.0})()}
        self.engine = self.downloader = self


@pytest.mark.parametrize(
    ("status", "header", "delay", "gives_up"),
    [
        (503, "7", 7.0, False),
        (429, "1", 2.0, False),
        (503, "3600", 2.0, True),
        (503, "Wed, 21 Oct 2026 07:28:00 GMT", 2.0, False),
        (503, None, 2.0, False),
        (200, "7", 2.0, False),
    ],
)
def test_retry_after(status, header, delay, gives_up):
    crawler = _Engine()
    request = Request("https://example.com/")
    headers = {"Retry-After": header} if header else {}
    RetryAfter(crawler).process_response(request, Response(request.url, status=status, headers=headers))
    assert crawler.slots["example.com"].delay == delay
    assert request.meta.get("dont_retry", False) is gives_up


@pytest.fixture(scope="module")
def world(kit, tmp_path_factory) -> Iterator:
    pages = {f"/{n}": kit.plain(str(n)) for n in range(20)}
    home = kit.linking(*((f"/{n}", f"Mountain safety {n}") for n in range(20)))
    policy = kit.page(kit.POLICY)
    sites = [
        kit.Site("many", {"/": home, **pages}),
        kit.Site("patient", {
            "/": kit.linking(("/uphill", "Uphill policy")), "/uphill": policy,
            "/robots.txt": kit.text("User-agent: *\nCrawl-delay: 1\n"),
        }),
        kit.Site("slow", {"/": kit.linking(("/uphill", "Uphill policy")), "/uphill": policy}, delay=0.4),
        kit.Site("busy", {"/robots.txt": kit.text("")}, otherwise=503),
    ]  # fmt: skip
    with kit.world(sites, tmp_path_factory.mktemp("manners"), delay="0.3", retries="2") as world:
        world.add_all({site.slug: world.web.url(site.slug) for site in sites})
        world.ended = world.crawl("--max-pages", "4")
        yield world


def gaps(world, slug: str) -> list[float]:
    return [after.time - before.time for before, after in pairwise(world.web.requests.of(slug))]


@pytest.mark.slow
def test_no_more_pages_than_allowed(world):
    assert world.visit("many").pages == 5, "the place for a document is no page, and counts as a request"
    assert len(world.paths("many")) == 5
    assert world.paths("many")[:2] == ["/", "/sitemap.xml"]


@pytest.mark.slow
def test_the_least_delay_lies_between_the_requests_to_a_site(world):
    found = gaps(world, "many")
    assert len(found) == 6
    assert min(found) > 0.2  # of 0.3 s; the server's clock is not the client's


@pytest.mark.slow
def test_the_delay_counts_from_the_answer_before(world):
    found = gaps(world, "slow")
    assert len(found) >= 2
    assert min(found) > 0.65  # the answer takes 0.4 s, the delay 0.3 s


@pytest.mark.slow
def test_crawl_delay_is_kept(world):
    assert MAX_CRAWL_DELAY > 1
    assert world.paths("patient") == ["/", "/uphill"]
    assert min(gaps(world, "patient")) > 0.9


@pytest.mark.slow
def test_retries_are_bounded_and_wait_as_long_as_the_site_asks(world):
    assert world.paths("busy") == ["/"] * 3
    assert min(gaps(world, "busy")[1:]) > 0.9  # its Retry-After is 1 s


@pytest.mark.slow
def test_sites_are_crawled_side_by_side(world):
    spans = [
        [request.time for request in world.web.requests.of(slug)] for slug in ("many", "patient", "busy")
    ]
    assert max(span[0] for span in spans) < min(span[-1] for span in spans)
