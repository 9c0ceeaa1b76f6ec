"""A web that means harm: every visit ends with its reason, nothing that was known is lost, and the rest is crawled."""

import json

import pytest

from tests.crawler.hostile.cases import cases
from tests.crawler.hostile.conftest import CONTROL, NEWCOMER
from uphill.outcomes import Change, Outcome

pytestmark = pytest.mark.slow

CASES = cases()


def test_the_crawl_ends_well(crawled):
    assert crawled.hostile.code == 0, crawled.hostile.stderr
    assert crawled.hostile.summary["visited"] == len(CASES) + 2
    assert crawled.hostile.summary["lost"] == 0
    assert "Traceback" not in crawled.hostile.stderr


def test_everything_was_known_before(crawled):
    assert crawled.peaceful.summary["outcomes"] == {"policy": len(CASES) + 1}
    assert set(crawled.before) == {case.slug for case in CASES} | {CONTROL}
    assert {policy.hotline for _, policy in crawled.before.values()} == {"970-555-0142"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.slug)
def test_the_visit_ends_with_its_reason(crawled, case):
    visit = crawled.visits[case.slug]
    assert (visit.outcome, visit.detail) == (case.outcome, visit.detail)
    assert case.reason in visit.detail
    assert visit.detail.isprintable()


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.outcome is not Outcome.POLICY], ids=lambda c: c.slug
)
def test_what_was_known_stays(crawled, case):
    assert crawled.after[case.slug] == crawled.before[case.slug]
    assert crawled.visits[case.slug].change is Change.NONE


def test_the_harmless_are_crawled_as_ever(crawled):
    assert crawled.visits[CONTROL].change is Change.CONFIRMED
    assert crawled.after[CONTROL] == crawled.before[CONTROL]
    assert crawled.visits[NEWCOMER].change is Change.NEW
    assert crawled.after[NEWCOMER][1] == crawled.before[CONTROL][1]


def test_no_connection_left_the_machine(crawled):
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
    printed = json.dumps(crawled.hostile.summary, ensure_ascii=False) + crawled.hostile.stderr
    assert printed.replace("\n", "").isprintable()
