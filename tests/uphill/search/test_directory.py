"""Searches over the whole shipped directory, against the same answered by brute force from its files."""

import csv
import json
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from itertools import groupby, pairwise

import pytest

from uphill.catalogue import AliasRow, LoadReport, load_aliases
from uphill.crawl_runs import start_run
from uphill.db import writing
from uphill.outcomes import Outcome
from uphill.policy import Policy
from uphill.reading import Reading
from uphill.recording.record import record_visit
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.regions import names_to_search
from uphill.search import Query, find, regions, search
from uphill.search.filters import FILTERS
from uphill.search.text import fold
from uphill.vocabulary import SourceKind

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
WORDS = ["mont", "peak", "tirol", "Zürich", "colorado", "bowl", "ski", "san", "é", "st moritz", "us-co", "al"]
CODES = ["US", "US-CO", "US-VT", "CA", "CA-QC", "AT", "AT-7", "CH", "CH-GR", "DE-BY", "IT-32", "JP"]


def _rows(name):
    with (resources.files("uphill") / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def truth():
    """Every resort with its facts and the words it is found by, straight from the files."""
    names, keys = {}, {}
    resorts = _rows("resorts.csv")
    for row in _rows("aliases.csv"):
        names.setdefault(row["slug"], []).append(row["alias"])
        keys[row["region"], row["alias"]] = row["slug"]
    keys |= {(row["region"], row["name"]): row["slug"] for row in resorts}
    facts = {}
    for line in (resources.files("uphill") / "data" / "baseline.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        facts[keys[entry["region"], entry["resort"]]] = entry["facts"]
    return [
        row
        | {
            "facts": facts.get(row["slug"], {}),
            "words": fold(
                " ".join(
                    [
                        row["name"],
                        row["locality"],
                        *names.get(row["slug"], []),
                        names_to_search(row["region"]),
                        *(route.name for route in Policy.model_validate(facts.get(row["slug"], {})).routes),
                    ]
                )
            ).split(),
        }
        for row in resorts
    ]


@cache
def _words(text):
    return fold(text).split()


def _values(row, name):
    """All the values by which a resort of the files is to be found."""
    if name in {"network", "freshness"}:
        freshness = "listed" if row["facts"] else "none"
        return [row["pass_network"] or "unknown" if name == "network" else freshness]
    if name == "with_pass":
        return _counting(row)
    if name == "first_try":
        return [_first_try(row["facts"])]
    told = row["facts"].get(name) or "unknown"
    if name == "windows" and any(
        isinstance(route, dict) and route.get("windows") for route in row["facts"].get("routes", ())
    ):
        told = "stated"
    if "stated" in FILTERS[name].values:
        return ["stated" if told != "unknown" else told]
    return told if isinstance(told, list) else [told]


def _first_try(facts):
    if "prohibited" in {facts.get("access"), facts.get("during_operations")}:
        return "other"
    allowed = facts.get("access") == facts.get("during_operations") == "allowed"
    by_day = any(price.get("period") in {"day", "visit"} for price in facts.get("prices", ()))
    free = facts.get("pass_required") == "never" or facts.get("pass_cost") == "free"
    return "suits" if allowed and facts.get("routes") and (free or by_day) else "unknown"


def _counting(row):
    facts, network = row["facts"], row["pass_network"]
    if facts.get("access") == "prohibited":
        return ["prohibited"]
    if facts.get("pass_required") == "never":
        return ["Epic", "Ikon", "Indy", "Mountain Collective", "season_pass"]
    accepts = facts.get("pass_accepts", ())
    counts = ["season_pass"] if "season_pass" in accepts else []
    if network and ("lift_ticket" in accepts or (counts and network in {"Epic", "Ikon"})):
        counts.append(network)
    return counts or ["other" if accepts else "unknown"]


def _misses(row, query):
    """What of the query the resort does not meet."""
    checks = {name: bool(set(_values(row, name)) & set(values)) for name, values in query.facts.items()}
    *whole, last = _words(query.text) or [""]
    checks["text"] = set(whole) <= set(row["words"]) and any(own.startswith(last) for own in row["words"])
    checks["region"] = not query.region or bool({row["region"], row["country"]} & set(query.region))
    return {name for name, passed in checks.items() if not passed}


def _random_query(seed):
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    names = chance.sample(list(FILTERS), chance.choice([0, 0, 1, 1, 2, 3]))
    values = {
        name: chance.sample(FILTERS[name].values, chance.randint(1, len(FILTERS[name].values)))
        for name in names
    }
    if chance.random() < 0.5:
        values["region"] = chance.sample(CODES, chance.randint(1, 3))
    if chance.random() < 0.4:
        values["text"] = [chance.choice(WORDS)]
    return Query.parse(values | {"size": ["200"], "sort": [chance.choice(["policy", "name", "region"])]})


def _all(session, query, now):
    results = search(session, query, now)
    found = list(results.listings)
    for page in range(2, results.pages + 1):
        found += search(session, query.model_copy(update={"page": page}), now).listings
    return results, found


@pytest.mark.parametrize("seed", range(12))
def test_results_and_counts_are_those_of_brute_force(shipped, truth, now, seed):
    query = _random_query(seed)
    with shipped() as session:
        results, found = _all(session, query, now)
    misses = [(row, _misses(row, query)) for row in truth]
    wanted = [row for row, missed in misses if not missed]
    assert results.total == len(wanted)
    assert sorted(each.resort.slug for each in found) == sorted(row["slug"] for row in wanted)
    for name in FILTERS:
        under_others = [row for row, missed in misses if missed <= {name}]
        expected = Counter(value for row in under_others for value in _values(row, name))
        assert {each.value: each.count for each in results.facets[name] if each.count} == expected
        assert {each.value for each in results.facets[name] if each.selected} == set(
            query.facts.get(name, ())
        )
        assert [each.value for each in results.facets[name]] == list(FILTERS[name].values)
    under_others = [row for row, missed in misses if missed <= {"region"}]
    expected = Counter(row[key] for row in under_others for key in ("country", "region"))
    assert {each.value: each.count for each in results.facets["region"]} == expected


def test_the_queries_tried_find_something_and_not_everything(truth):
    sizes = [sum(not _misses(row, query) for row in truth) for query in map(_random_query, range(12))]
    assert sum(0 < size < len(truth) for size in sizes) > 5


@pytest.fixture(scope="module")
def everything(shipped):
    """All listings in an order, page by page; each order is asked for once."""

    @cache
    def ask(sort):
        with shipped() as session:
            return _all(session, Query(sort=sort, size=200), NOW)

    return ask


def test_listings_show_the_facts_of_the_files(everything, truth):
    shown = {each.resort.slug: each for each in everything("policy")[1]}
    for row in truth:
        listing = shown[row["slug"]]
        assert listing.policy == Policy.model_validate(row["facts"])
        assert (listing.provenance is None) == (not row["facts"])
        assert listing.resort.country == row["country"]
        if not row["facts"]:
            assert listing.verdict == "No policy is known yet."


@pytest.mark.parametrize("sort", ["policy", "name", "region", "freshness"])
def test_pages_hold_every_resort_once(everything, truth, sort):
    results, found = everything(sort)
    slugs = [each.resort.slug for each in found]
    assert results.pages == 7
    assert len(slugs) == len(set(slugs)) == len(truth) == results.total


def test_past_the_last_page_there_is_nothing(shipped, truth, now):
    with shipped() as session:
        past = search(session, Query(size=200, page=8), now)
    assert (past.listings, past.total, past.pages) == ((), len(truth), 7)


def _ordered(keys):
    return all(one <= other for one, other in pairwise(keys))


def test_resorts_with_a_policy_come_first(everything):
    for sort in ("policy", "freshness"):
        assert _ordered([each.provenance is None for each in everything(sort)[1]])
    dates = [each.provenance.as_of or "" for each in everything("freshness")[1] if each.provenance]
    assert _ordered(dates[::-1])


def test_regions_stand_together_by_country(everything):
    places = [(each.resort.country, each.resort.region) for each in everything("region")[1]]
    groups = [place for place, _ in groupby(places)]
    assert len(groups) == len(set(groups))
    assert _ordered([country for country, _ in groups])


@pytest.fixture
def slugs(sessions, now):
    def ask(**values):
        query = Query.parse({name: [value] for name, value in values.items()})
        with sessions() as session:
            return [each.resort.slug for each in search(session, query, now).listings]

    return ask


@pytest.fixture
def three(sessions, stock, row):
    stock(
        row("bravo", name="Mont-Édouard", country="CA", region="CA-QC", locality="L'Anse-Saint-Jean"),
        row("alpha", name="Axamer Lizum", country="AT", region="AT-7", locality=None),
        row("charlie", name="bald_100% Hill"),
    )
    with writing(sessions) as session:
        alias = AliasRow(region="AT-7", alias="Birgitzköpfl", slug="alpha")
        load_aliases(session, [(2, alias)], LoadReport())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mont edouard", ["bravo"]),
        ("MONT-ÉDOUARD", ["bravo"]),
        ("édou", ["bravo"]),
        ("edouard mont", ["bravo"]),
        ("lanse", ["bravo"]),
        ("L’Anse", ["bravo"]),
        ("quebec", ["bravo"]),
        ("Québec", ["bravo"]),
        ("canada", ["bravo"]),
        ("birgitzkopfl", ["alpha"]),
        ("tirol", ["alpha"]),
        ("tyrol", ["alpha"]),
        ("axamer tyrol", ["alpha"]),
        ("axamer quebec", []),
        ("at-7", ["alpha"]),
        ("100%", ["charlie"]),
        ("bald_100", ["charlie"]),
        ("b_ld", []),
        ("bald hi", ["charlie"]),
        ("bal hill", []),
        ("hill OR mont", []),
        ("NEAR(bald hill)", []),
        ('"bald', ["charlie"]),
        ("about:bald", []),
        ("%", []),
        ("_", []),
        ("雪", []),
        ("\\", []),
        ("'; DROP TABLE", []),
    ],
)
def test_text_is_searched_folded_and_taken_literally(three, slugs, text, found):
    assert slugs(text=text) == found


@pytest.mark.parametrize(
    ("sort", "order"), [("name", ["alpha", "charlie", "bravo"]), ("region", ["alpha", "bravo", "charlie"])]
)
def test_results_are_sorted_by_name_whatever_its_case_or_by_region(three, slugs, sort, order):
    assert slugs(sort=sort) == order


def crawled(sessions, slug, when, **facts):
    """A policy without lists, as a crawl of that time found it."""
    from uphill.evidence import Evidence

    policy = Policy.model_validate(facts)
    said = (Evidence.of("so it is", 0, 8),)
    reading = Reading(
        source="p", lang="en", is_policy=True, policy=policy, evidence=dict.fromkeys(policy.known(), said)
    )
    page = FetchedPage(
        requested_url=f"https://{slug}.example/uphill",
        url=f"https://{slug}.example/uphill",
        kind=SourceKind.POLICY,
        outcome=Outcome.POLICY,
        fetched_at=when,
        text="so it is",
        reading=reading,
    )
    record_visit(
        sessions, start_run(sessions, 1, when), ResortVisit(slug, when, when, Outcome.POLICY, (page,))
    )


def test_only_the_current_policy_is_searched_and_unknown_is_a_value(sessions, three, slugs, now):
    crawled(sessions, "alpha", now, access="allowed", dogs="allowed")
    for days in (1, 2):  # the opposite takes effect with the second visit that finds it
        crawled(sessions, "alpha", now + timedelta(days=days), access="prohibited")
    crawled(sessions, "bravo", now, access="allowed", dogs="leashed")
    assert slugs(access="allowed") == ["bravo"]
    assert slugs(access="prohibited") == ["alpha"]
    assert slugs(dogs="allowed") == []
    assert slugs(dogs="unknown") == ["alpha", "charlie"], "one that says nothing, one without a policy"
    assert slugs(dogs="unknown,leashed") == ["alpha", "bravo", "charlie"]
    assert slugs(access="allowed", dogs="prohibited") == []
    with sessions() as session:
        results = search(session, Query(), now)
    assert results.total == 3
    assert {each.value: each.count for each in results.facets["access"]} == {
        "allowed": 1,
        "prohibited": 1,
        "unknown": 1,
    }


def test_resorts_are_found_by_what_a_minor_needs_and_what_is_to_be_carried(sessions, three, slugs, now):
    crawled(sessions, "alpha", now, access="allowed", minors="company", avalanche_gear="required")
    crawled(sessions, "bravo", now, access="allowed", minors="prohibited")
    assert slugs(minors="company,signature") == ["alpha"]
    assert slugs(minors="unknown") == ["charlie"]
    assert slugs(avalanche_gear="unknown") == ["bravo", "charlie"]


def test_the_freshest_is_what_was_checked_last(sessions, three, slugs, now):
    crawled(sessions, "alpha", now, access="allowed")
    crawled(sessions, "bravo", now + timedelta(days=1), access="allowed")
    assert slugs(sort="freshness") == ["bravo", "alpha", "charlie"]
    crawled(sessions, "alpha", now + timedelta(days=2), access="allowed")
    assert slugs(sort="freshness") == ["alpha", "bravo", "charlie"]


def test_a_listing_tells_of_the_last_visit(sessions, three, now):
    crawled(sessions, "alpha", now, access="allowed")
    later = now + timedelta(days=1)
    failed = ResortVisit("alpha", later, later, Outcome.TIMEOUT, detail="20 s")
    record_visit(sessions, start_run(sessions, 1, later), failed)
    with sessions() as session:
        listing = search(session, Query(text="axamer"), later).listings[0]
    assert listing.last_visit.reason == "the site did not answer in time: 20 s"
    assert listing.policy.access == "allowed"


def test_regions_are_counted_by_country_and_name(shipped, truth):
    with shipped() as session:
        found = regions(session)
    assert {each.code: each.resorts for each in found} == Counter(row["region"] for row in truth)
    assert sum(each.with_policy for each in found) == 239
    assert _ordered([each.country_name for each in found])
    tirol = next(each for each in found if each.code == "AT-7")
    assert (tirol.name, tirol.country, tirol.country_name) == ("Tirol", "AT", "Austria")
    assert tirol.with_policy == sum(bool(row["facts"]) for row in truth if row["region"] == "AT-7")


def test_an_empty_directory_is_answered_as_well(sessions, now):
    with sessions() as session:
        results = search(session, Query(), now)
        assert (results.total, results.pages, results.listings) == (0, 1, ())
        assert results.facets["region"] == ()
        assert {each.count for each in results.facets["dogs"]} == {0}
        assert regions(session) == ()


def test_a_single_resort_says_the_same_as_its_listing(shipped, now):
    with shipped() as session:
        for listing in search(session, Query(size=10), now).listings:
            page = find(session, listing.resort.slug, now)
            assert page.model_dump(include=set(listing.model_dump())) == listing.model_dump()
