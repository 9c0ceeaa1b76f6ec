"""What is told of a whole policy: the pass, each fact, what changed, and the CSV."""

import csv
import io
from datetime import UTC, datetime

import pytest

from uphill.export import COLUMNS, csv_lines
from uphill.licence import ATTRIBUTION
from uphill.policy import FACTS, LIST_FACTS, Policy
from uphill.search.answers import Listing, Provenance, ResortFacts
from uphill.search.fact_changes import fact_changes
from uphill.words.fact_words import fact_elements, fact_words
from uphill.words.pass_answer import pass_sentence

NOW = datetime(2026, 1, 17, 13, 30, tzinfo=UTC)


def policy(**facts):
    return Policy.model_validate(facts)


PRICES = [
    {"amount": 15, "currency": "USD", "period": "day"},
    {"amount": 99.5, "currency": "USD", "period": "season"},
]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "whether a pass is needed is not stated; what it costs is not stated."),
        (
            {"access": "prohibited", "pass_required": "always"},
            "uphill travel is prohibited, so no pass helps.",
        ),
        ({"pass_required": "never"}, "no pass is needed."),
        ({"pass_required": "never", "pass_cost": "free"}, "no pass is needed; access is free."),
        ({"pass_required": "always"}, "yes, a pass is needed at all times; what it costs is not stated."),
        (
            {"pass_required": "always", "pass_cost": "free"},
            "yes, a pass is needed at all times; it is free.",
        ),
        (
            {"pass_required": "during_operations", "pass_cost": "paid"},
            "yes, during lift hours only; it has to be paid for, the price is not stated.",
        ),
        (
            {"pass_required": "outside_operations", "prices": PRICES, "pass_cost": "paid"},
            "yes, outside lift hours only; it costs USD 15 a day or USD 99.50 a season.",
        ),
        (
            {"pass_required": "always", "pass_cost": "free", "pass_accepts": ["season_pass"]},
            "yes, a pass is needed at all times; it is free; accepted: season pass.",
        ),
        (
            {"pass_required": "always", "pass_cost": "free", "pass_url": "https://p.example/uphill"},
            "yes, a pass is needed at all times; it is free; to be had at https://p.example/uphill.",
        ),
        ({"pass_required": "never", "pass_url": "https://p.example/uphill"}, "no pass is needed."),
        (
            {"pass_required": "always", "prices": PRICES[:1], "pass_accepts": ["uphill_pass", "season_pass"]},
            (
                "yes, a pass is needed at all times; it costs USD 15 a day; accepted: uphill pass or season "
                "pass, so holders of a season pass need nothing more."
            ),
        ),
    ],
)
def test_whether_a_pass_is_needed_is_one_sentence(facts, said):
    assert pass_sentence("Larkspur", policy(**facts)) == f"Larkspur: {said}"


@pytest.mark.parametrize(
    ("facts", "name", "said"),
    [
        ({}, "access", "not stated"),
        ({"access": "allowed"}, "access", "allowed"),
        ({"hotline": "+1 970 555 0100"}, "hotline", "+1 970 555 0100"),
        ({"windows": ["05:00-08:30", "16:30-24:00"]}, "windows", "5:00–8:30; from 16:30"),
        ({"prices": PRICES}, "prices", "USD 15 a day; USD 99.50 a season"),
        ({"pass_accepts": ["uphill_pass", "lift_ticket"]}, "pass_accepts", "uphill pass; lift ticket"),
        (
            {"routes": ["Ridge", {"name": "Bowl", "status": "closed", "windows": ["05:00-06:00"]}]},
            "routes",
            "Ridge; Bowl (closed, 5:00–6:00)",
        ),
        (
            {
                "routes": [
                    {"name": "Ridge", "serves": "up", "start": "Lodge", "end": "Hut", "length_m": 2449},
                    {"name": "Gully", "serves": "down", "ascent_m": 1200, "difficulty": "expert"},
                    {"name": "Bowl", "serves": "both", "end": "Hut", "length_m": 999},
                ]
            },
            "routes",
            (
                "Ridge (going up, from Lodge to Hut, 2.4 km); Gully (going down, 1,200 m of ascent, expert); "
                "Bowl (going up and down, to Hut, 999 m)"
            ),
        ),
        (
            {"parking": {"place": "Lot B", "cost": "free", "until": "08:30"}},
            "parking",
            "Lot B, free, until 8:30",
        ),
        ({"parking": {"cost": "paid"}}, "parking", "paid"),
        ({"parking": {"until": "24:00"}}, "parking", "until 24:00"),
        ({"parking": {"place": "Lot B"}}, "parking", "Lot B"),
        ({"season": {"start": "11-15", "end": "opening_day"}}, "season", "15 Nov to opening day"),
        ({"season": {"start": "closing_day"}}, "season", "from closing day"),
        ({"season": {"end": "2027-04-05"}}, "season", "until 5 Apr 2027"),
        ({"season": {"start": "02-30"}}, "season", "from 30 Feb"),
        ({"penalty": ["loss_of_pass", "fine"]}, "penalty", "loss of the pass; a fine"),
        ({"waiver_url": "https://w.example/a?b=1"}, "waiver_url", "https://w.example/a?b=1"),
    ],
)
def test_a_fact_in_words(facts, name, said):
    assert fact_words(policy(**facts), name) == said


def test_what_is_not_stated_is_told_so_for_every_fact():
    assert {fact_words(Policy(), name) for name in FACTS} == {"not stated"}
    assert all(fact_elements(Policy(), name) == [] for name in LIST_FACTS)


def test_a_change_of_several_parts_tells_those_that_are_stated():
    told = fact_changes(
        policy(parking={"place": "Lot B"}), policy(parking={"cost": "free"}, season={"end": "04-30"})
    )
    assert [(change.field, change.old, change.new) for change in told] == [
        ("parking", '{"place": "Lot B"}', '{"cost": "free"}'),
        ("season", "unknown", '{"end": "04-30"}'),
    ]


def test_changes_are_told_fact_by_fact_in_their_order():
    old = policy(access="allowed", dogs="leashed", windows=["05:00-06:00"], hotline="1")
    new = policy(access="allowed", dogs="unknown", windows=["06:00-07:00"], routes=["Ridge"], hotline=None)
    told = [(change.field, change.old, change.new) for change in fact_changes(old, new)]
    assert told == [
        ("windows", '["05:00-06:00"]', '["06:00-07:00"]'),
        ("routes", "unknown", '[{"name": "Ridge"}]'),
        ("dogs", "leashed", "unknown"),
        ("hotline", "1", "unknown"),
    ]
    assert fact_changes(old, old) == ()


def listing(now, *, name="Larkspur", latitude=-39.6, **facts):
    resort = ResortFacts(
        slug="larkspur",
        name=name,
        country="US",
        country_name="United States",
        region="US-CO",
        region_name="Colorado",
        latitude=latitude,
    )
    source = Provenance(
        origin="crawl",
        source_url="https://larkspur.example/uphill",
        source_kind="policy",
        first_seen=now,
        last_confirmed=now,
        freshness="checked",
    )
    return Listing(resort=resort, policy=policy(**facts), provenance=source)


def exported(*listings):
    return list(csv.DictReader(io.StringIO("".join(csv_lines(listings, NOW)))))


def test_an_export_has_a_column_a_fact_and_the_licence_in_every_row(now):
    bare = listing(now).model_copy(update={"provenance": None})
    rows = exported(listing(now, access="allowed"), bare)
    assert [tuple(row) for row in rows] == [COLUMNS, COLUMNS]
    assert {row["attribution"] for row in rows} == {ATTRIBUTION}
    assert {row["downloaded"] for row in rows} == {"2026-01-17T13:30:00+00:00"}
    assert {row[name] for row in rows for name in FACTS if name != "access"} == {"unknown"}
    assert [row["access"] for row in rows] == ["allowed", "unknown"]
    assert [row["last_confirmed"][:10] for row in rows] == ["2026-01-15", ""]


def test_a_value_of_several_parts_is_one_cell(now):
    (row,) = exported(
        listing(
            now,
            parking={"place": "Lot B", "until": "08:30"},
            season={"start": "11-15", "end": "closing_day"},
            penalty=["fine", "removal"],
            routes=[{"name": "Ridge", "length_m": 2400}],
        )
    )
    assert row["parking"] == "place Lot B, until 08:30"
    assert row["season"] == "start 11-15, end closing_day"
    assert (row["penalty"], row["routes"]) == ("fine; removal", "Ridge")


def test_lists_are_joined_in_their_cell(now):
    (row,) = exported(
        listing(now, windows=["05:00-08:30", "16:30-24:00"], prices=PRICES, routes=["Ridge", "Bowl"])
    )
    assert row["windows"] == "05:00-08:30; 16:30-24:00"
    assert row["prices"] == "15 USD day; 99.5 USD season"
    assert row["routes"] == "Ridge; Bowl"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_like_a_formula(now, begin):
    evil = f'{begin}HYPERLINK("https://evil.example")'
    (row,) = exported(listing(now, name=evil, routes=[evil], hotline=evil))
    assert row["name"] == row["routes"] == row["hotline"] == f"'{evil}"


def test_numbers_and_quotes_stay_as_they_are(now):
    (row,) = exported(listing(now, name='Peak, the "big" one\nof two', latitude=-39.6))
    assert row["latitude"] == "-39.6"
    assert row["name"] == 'Peak, the "big" one\nof two'


def test_an_export_of_nothing_is_its_header():
    assert "".join(csv_lines([], NOW)) == ",".join(COLUMNS) + "\n"
