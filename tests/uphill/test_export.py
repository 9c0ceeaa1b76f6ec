"""Files of results: whole documents, however few results there are, with the terms of their use in them."""

import json
from datetime import UTC, datetime

import pytest

from uphill.export import csv_lines, geojson_pieces, json_pieces
from uphill.licence import ATTRIBUTION, LICENCE_URL
from uphill.policy import Policy
from uphill.search.answers import Listing, ResortFacts

NOW = datetime(2026, 1, 17, 13, 30, tzinfo=UTC)


def listing(slug, **place):
    resort = ResortFacts(
        slug=slug,
        name="Larkspur “Bowl”",
        country="AT",
        country_name="Austria",
        region="AT-7",
        region_name="Tirol",
        **place,
    )
    policy = Policy.model_validate({"access": "allowed", "windows": ["05:00-08:30"], "dogs": "leashed"})
    return Listing(resort=resort, policy=policy)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_document_is_whole_and_bears_its_terms(count):
    listings = [listing(f"larkspur-{number}") for number in range(count)]
    found = json.loads("".join(json_pieces(iter(listings), NOW, total=7, remarks=("Of 2 more …",))))
    points = json.loads("".join(geojson_pieces(iter(listings), NOW)))
    assert (found["total"], found["remarks"]) == (7, ["Of 2 more …"])
    assert len(found["listings"]) == len(points["features"]) == count
    for document in (found, points):
        assert (document["attribution"], document["licence"]["url"]) == (ATTRIBUTION, LICENCE_URL)
        assert document["downloaded"] == "2026-01-17T13:30:00+00:00"
    assert len(list(csv_lines(listings, NOW))) == 1 + count


def test_a_point_is_longitude_then_latitude_and_a_place_that_nobody_knows_is_none():
    placed, lost = listing("placed", latitude=47.25, longitude=11.4), listing("lost")
    points = json.loads("".join(geojson_pieces([placed, lost], NOW)))
    assert points["type"] == "FeatureCollection"
    assert [each["id"] for each in points["features"]] == ["placed", "lost"]
    assert [each["geometry"] for each in points["features"]] == [
        {"type": "Point", "coordinates": [11.4, 47.25]},
        None,
    ]
    told = points["features"][1]["properties"]
    assert (told["hours"], told["dogs"], told["waiver"]) == (["05:00-08:30"], "leashed", "unknown")
    assert (told["source_url"], told["freshness"], told["attribution"]) == (None, "none", ATTRIBUTION)
