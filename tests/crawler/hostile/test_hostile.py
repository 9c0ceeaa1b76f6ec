"""A web that means harm: every visit ends with its reason, nothing that was known is lost, and the rest is crawled."""

import json
import os
import re

import pytest
from click.testing import CliRunner

from tests.crawler.hostile.cases import cases
from tests.crawler.hostile.conftest import CONTROL, NEWCOMER
from uphill.cli import main
from uphill.outcomes import Change, Outcome
from uphill.settings import Settings
from webapp import create_app

pytestmark = pytest.mark.slow

CASES = cases()


def test_the_crawl_ends_well(crawled):
    assert crawled.ended.code == 0, crawled.ended.stderr
    assert crawled.ended.summary["visited"] == len(CASES) + 2
    assert crawled.ended.summary["lost"] == 0
    assert "Traceback" not in crawled.ended.stderr


def test_everything_was_known_before(crawled):
    assert set(crawled.before) == {case.slug for case in CASES} | {CONTROL}
    assert {policy.hotline for _, policy in crawled.before.values()} == {"970-555-0142"}


def test_every_visit_ends_with_its_reason(crawled):
    ended = [(case, crawled.visits[case.slug]) for case in CASES]
    assert [(c.slug, c.outcome, v.outcome, v.detail) for c, v in ended if c.outcome != v.outcome] == []
    assert [(c.slug, c.reason, v.detail) for c, v in ended if c.reason not in v.detail] == []
    assert [visit.detail for _, visit in ended if not visit.detail.isprintable()] == []


def test_what_was_known_stays(crawled):
    fruitless = [case.slug for case in CASES if case.outcome is not Outcome.POLICY]
    assert len(fruitless) > 20
    assert [slug for slug in fruitless if crawled.after[slug] != crawled.before[slug]] == []
    assert [slug for slug in fruitless if crawled.visits[slug].change is not Change.NONE] == []


def test_the_harmless_are_crawled_as_ever(crawled):
    assert crawled.visits[CONTROL].change is Change.CONFIRMED
    assert crawled.after[CONTROL] == crawled.before[CONTROL]
    assert crawled.visits[NEWCOMER].change is Change.NEW
    assert crawled.after[NEWCOMER][1] == crawled.before[CONTROL][1]


def test_no_connection_left_the_machine_and_no_port_was_opened(crawled):
    """Scrapy's telnet console and remote control would listen."""
    assert crawled.connected == {"127.0.0.1"}


def test_no_cookie_is_kept(crawled):
    for site in crawled.web.sites.values():
        assert not any("\r\ncookie:" in headers.lower() for _, headers in site.asked), site.slug


def test_nothing_is_asked_of_a_site_whose_rules_can_not_be_had(crawled):
    for case in CASES:
        if "without its rules" in case.reason:
            assert {path for path, _ in crawled.web.sites[case.slug].asked} == {"/robots.txt"}, case.slug


def test_endless_sites_get_no_more_than_their_share(crawled):
    for slug in ("endless-links", "calendar", "nested-sitemaps"):
        assert len(crawled.web.sites[slug].asked) <= 12 + 5 + 1, slug


def test_what_the_terminal_gets_can_not_steer_it(crawled):
    printed = json.dumps(crawled.ended.summary, ensure_ascii=False) + crawled.ended.stderr
    assert printed.replace("\n", "").isprintable()


SLUG = "escapes"
"""Its page is written against who shows it."""
SCRIPTED = re.compile(r"<script>alert|<img src=x|<svg/onload|javascript:|data:text/html|\b872\b")


@pytest.fixture(scope="module")
def client(crawled):
    return create_app(Settings(database_url=crawled.world.database_url)).test_client()


def steers(text: str) -> bool:
    return not re.sub(r"[\n\t\r]", "", text).isprintable()


@pytest.mark.parametrize("path", [f"/resorts/{SLUG}", "/", "/?region=US-CO", "/?text=escapes"])
def test_no_page_of_the_site_carries_markup_of_theirs(client, path):
    shown = client.get(path, follow_redirects=True)
    assert shown.status_code == 200
    found = SCRIPTED.search(shown.text)
    assert not found, shown.text[found.start() - 150 : found.end() + 150]
    # Soft hyphens and spaces of our own are no harm; controls and marks of direction would be theirs.
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown.text)


def test_the_quotes_are_there_and_escaped(client):
    shown = client.get(f"/resorts/{SLUG}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "{{8*109}}" in shown


def test_the_api_gives_the_same_text_as_data(client):
    shown = client.get(f"/api/v1/resorts/{SLUG}")
    assert shown.content_type.startswith("application/json")
    assert not steers(shown.text)
    assert "<script>alert(1)</script>" in str(shown.json)


@pytest.mark.parametrize(
    "arguments", [("show", SLUG), ("pass", SLUG), ("show", SLUG, "--json"), ("search", "--csv"), ("search",)]
)
def test_the_command_line_is_not_steered(crawled, arguments):
    environment = {
        "UPHILL_DATABASE_URL": crawled.world.database_url,
        "UPHILL_CONFIG": os.devnull,
        "COLUMNS": "120",
    }
    shown = CliRunner().invoke(main, arguments, env=environment)
    assert shown.exit_code == 0, shown.output
    assert SLUG in shown.output.lower()
    assert not steers(shown.output)
