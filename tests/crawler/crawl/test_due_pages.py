"""A visit asks for the pages that are due, and draws no conclusion from those that it did not ask for."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from scrapy.http import HtmlResponse
from sqlalchemy import update

from crawler.spider.fetching import Fetcher
from crawler.spider.readers import Readers
from crawler.spider.sitemaps import SitemapReader
from crawler.spider.visiting import Tools, Visiting
from uphill.db import Source, make_engine, session_factory, writing
from uphill.outcomes import Outcome
from uphill.published import WELL_KNOWN
from uphill.recording.visit import KnownPage, Target
from uphill.vocabulary import SourceKind

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SITE = "https://r.example"
POLICY, STATUS = SourceKind.POLICY, SourceKind.STATUS
SILENT = "<!doctype html><html lang=en><title>Lift status</title><h1>Lift status</h1><p>Quad: open.</p>"


@pytest.fixture
def asked():
    return []


@pytest.fixture
def visit(kit, asked):
    """A visit of a site of ``documents`` by path (others are 404), where ``pages`` are known."""

    def run(documents, *pages, website=SITE + "/", looks_around=True):
        async def download(request):
            path = request.url.removeprefix(SITE)
            if path != WELL_KNOWN:
                asked.append(path)
            body = documents.get(path)
            if isinstance(body, int):
                return HtmlResponse(request.url, status=body)
            if body is not None and request.headers.get("If-None-Match") == path.encode():
                return HtmlResponse(request.url, status=304)
            headers = {"Content-Type": "text/html", "ETag": path}
            found = (body or "").replace("{{", "{")
            return HtmlResponse(
                request.url, 200 if body else 404, headers, body=found.encode(), encoding="utf-8"
            )

        fetcher = Fetcher(download, lambda: NOW)
        tools = Tools(
            fetcher, Readers(), SitemapReader(fetcher, lambda _: ()), lambda: NOW, 12, lambda _: None
        )
        known = tuple(
            KnownPage(SITE + path, kind, path if due == "etag" else None, None, bool(due))
            for path, kind, due in pages
        )
        return asyncio.run(Visiting(Target("r", "R", website, known, looks_around), tools).run())

    return run


def kinds(visit):
    return [(page.url.removeprefix(SITE), page.kind, page.outcome) for page in visit.pages]


def test_only_the_status_page_is_due(visit, asked, kit):
    documents = {"/uphill": kit.POLICY, "/today": kit.STATUS}
    told = visit(documents, ("/uphill", POLICY, False), ("/today", STATUS, True))
    assert asked == ["/today"]
    assert (told.partial, told.outcome) == (True, Outcome.UNCHANGED)
    assert told.detail == f"status at {SITE}/today"
    assert kinds(told) == [("/today", STATUS, Outcome.POLICY)]
    assert told.pages[0].reading.policy.status == "closed"


def test_a_status_page_that_did_not_change(visit, kit):
    told = visit({"/today": kit.STATUS}, ("/uphill", POLICY, False), ("/today", STATUS, "etag"))
    assert (told.partial, told.outcome) == (True, Outcome.UNCHANGED)
    assert kinds(told) == [("/today", STATUS, Outcome.UNCHANGED)]


def test_a_status_page_that_tells_nothing_today_stays_one(visit, kit):
    told = visit({"/today": SILENT}, ("/uphill", POLICY, False), ("/today", STATUS, True))
    assert (told.partial, told.outcome) == (True, Outcome.UNCHANGED)
    assert told.detail == f"no status at {SITE}/today"
    assert kinds(told) == [("/today", STATUS, Outcome.NO_POLICY)]


@pytest.mark.parametrize("status", [404, 503])
def test_a_status_page_that_fails_says_nothing_of_the_policy(visit, asked, status):
    told = visit({"/today": status, "/": SILENT}, ("/uphill", POLICY, False), ("/today", STATUS, True))
    assert asked == ["/today"], "no look around for a policy that nobody asked for"
    assert (told.partial, told.outcome) == (True, Outcome.HTTP_STATUS)
    assert kinds(told) == [("/today", STATUS, Outcome.HTTP_STATUS)]


def test_a_status_page_that_holds_rules_too_tells_its_status_alone(visit, kit):
    both = kit.POLICY.replace("Dogs", "Uphill access is currently closed. Dogs")
    told = visit({"/today": both}, ("/uphill", POLICY, False), ("/today", STATUS, True))
    assert kinds(told) == [("/today", STATUS, Outcome.POLICY)]
    assert not told.pages[0].reading.is_policy


def test_only_the_policy_is_due_and_did_not_change(visit, asked, kit):
    documents = {"/uphill": kit.POLICY, "/today": kit.STATUS}
    told = visit(documents, ("/uphill", POLICY, "etag"), ("/today", STATUS, False))
    assert asked == ["/uphill"]
    assert (told.partial, told.outcome) == (False, Outcome.UNCHANGED)


def test_with_a_policy_that_was_read_anew_comes_its_status(visit, asked, kit):
    documents = {"/uphill": kit.POLICY, "/today": kit.STATUS}
    told = visit(documents, ("/uphill", POLICY, True), ("/today", STATUS, False))
    assert asked == ["/uphill", "/today"]
    assert (told.partial, told.outcome) == (False, Outcome.POLICY)


def test_a_failing_page_that_is_not_due_is_not_asked_by_a_look_around_either(visit, asked, kit):
    home = '<title>R</title><a href="/broken">Uphill policy</a> <a href="/more">Uphill access</a>'
    documents = {"/": home, "/broken": 503, "/more": SILENT}
    told = visit(documents, ("/uphill", POLICY, True), ("/broken", POLICY, False))
    assert "/broken" not in asked
    assert asked[:3] == ["/uphill", "/", "/more"]
    assert told.outcome is Outcome.NO_POLICY


def test_a_home_page_at_rest_is_left_alone(visit, asked, kit):
    told = visit({"/": SILENT}, ("/rules", POLICY, True), looks_around=False)
    assert asked == ["/rules"]
    assert told.outcome is Outcome.HTTP_STATUS


def test_a_home_page_that_holds_the_policy_has_a_status_page_of_its_own_time(visit, asked, kit):
    told = visit({"/": kit.POLICY, "/today": kit.STATUS}, ("/today", STATUS, True), looks_around=False)
    assert asked == ["/today"]
    assert told.partial
    del asked[:]
    told = visit({"/": kit.POLICY, "/today": kit.STATUS}, ("/today", STATUS, False))
    assert asked[0] == "/"
    assert (told.partial, told.outcome) == (False, Outcome.POLICY)


@pytest.mark.slow
def test_a_crawl_of_what_is_due(kit, tmp_path):
    home = kit.linking(("/uphill", "Uphill policy"), ("/lifts", "Lift status"))
    policy = kit.page(kit.POLICY.replace("</body>", '<a href="/lifts">Lift status</a></body>'))
    site = kit.Site("alder", {"/": home, "/uphill": policy, "/lifts": kit.page(kit.STATUS)})
    with kit.world([site], tmp_path, delay="0") as world:
        world.add("alder", website=world.web.url("alder"))
        assert world.crawl("--due").summary["policies"] == 1
        first = world.paths("alder")
        assert world.sources("alder")["/lifts"].kind is STATUS
        _make_due(world, "/lifts")
        ended = world.crawl("--due")
        assert (ended.code, ended.summary["visited"]) == (0, 1)
        assert world.paths("alder") == [*first, "/lifts"]
        assert world.visit("alder").outcome is Outcome.UNCHANGED
        assert world.crawl("--due").summary["planned"] == 0, "nothing is due any more"
        assert world.policy("alder").status == "closed"


def _make_due(world, path):
    engine = make_engine(world.database_url)
    with writing(session_factory(engine)) as session:
        past = datetime.now(UTC) - timedelta(hours=1)
        session.execute(update(Source).where(Source.url.endswith(path)).values(next_due=past))
    engine.dispose()
