from collections import Counter
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pycountry
import pytest

from crawler.demo.resorts import DemoWebFile
from uphill.outcomes import Outcome
from uphill.policy import Policy
from uphill.vocabulary import Access

FILE = DemoWebFile.read()
ROWS = [pytest.param(resort, id=slug) for slug, resort in FILE.resorts.items()]


def test_twenty_six_resorts_and_how_they_end():
    assert Counter(resort.outcome for resort in FILE.resorts.values()) == {
        Outcome.POLICY: 22,
        Outcome.NO_POLICY: 2,
        Outcome.ROBOTS: 1,
        Outcome.HTTP_STATUS: 1,
    }


def test_names_are_unique_and_slugs_are_no_hosts():
    names = [resort.name for resort in FILE.resorts.values()]
    assert len(set(names)) == len(names)
    assert not FILE.hosts.keys() & FILE.resorts.keys()


@pytest.mark.parametrize("resort", ROWS)
def test_a_row_is_of_this_world(resort):
    region = pycountry.subdivisions.get(code=resort.region)
    assert region is not None
    assert region.country_code == resort.country
    assert ZoneInfo(resort.timezone)
    assert resort.policy_host is None or resort.policy_host in FILE.hosts


@pytest.mark.parametrize("resort", ROWS)
def test_facts_are_expected_where_there_is_a_policy_to_find(resort):
    known = resort.expect.known()
    if resort.outcome is Outcome.POLICY:
        assert resort.expect.access is not Access.UNKNOWN
        assert len(known) >= 6
    else:
        assert known == {}
    assert ("status" in known) == (resort.status_path is not None)


def test_a_row_without_its_policy_path_is_refused():
    row = FILE.resorts["larkspur-bowl"].model_dump() | {"policy_path": None}
    with pytest.raises(ValueError, match="policy_path belongs"):
        DemoWebFile.model_validate({"resorts": {"x": row}})


def test_some_policy_addresses_are_known_one_moved_and_one_gone(web, fetch):
    known = {s.slug: fetch(s.policy_url).status for s in web.sites if s.policy_url}
    assert known == {"larkspur-bowl": 200, "bramble-hill": 301, "ferncliff-summit": 200, "thistle-basin": 404}


def test_what_is_expected_is_served(web, fetch):
    for site in web.sites:
        for url in (site.expected_policy_url, site.expected_status_url):
            assert url is None or fetch(url).status == 200


def test_one_policy_is_on_another_host(web):
    elsewhere = [
        site.slug
        for site in web.sites
        if site.expected_policy_url
        and urlsplit(site.expected_policy_url).netloc != urlsplit(site.website).netloc
    ]
    assert elsewhere == ["cinder-butte"]


def test_missed_facts_are_named_with_what_was_found(web):
    site = next(s for s in web.sites if s.slug == "thistle-basin")
    assert site.missed(site.expect) == {}
    more = {
        **site.expect.model_dump(),
        "hotline": "307-555-0115",
        "routes": [{"name": "Lower Burr", "windows": ["05:00-09:00"]}, "Sagebrush Alley", "Third Way"],
    }
    assert site.missed(Policy.model_validate(more)) == {}
    less = Policy.model_validate(site.expect.model_dump() | {"dogs": "allowed", "routes": ["Lower Burr"]})
    assert set(site.missed(less)) == {"dogs", "routes"}
