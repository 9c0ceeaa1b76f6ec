"""What a map shows of thousands of resorts, made up and never stored."""

import random
from datetime import UTC, datetime

import pytest

from uphill.errors import BadFilter
from uphill.search import Query
from uphill.search.index import Index
from uphill.search.known import Known
from uphill.search.matching import match
from uphill.search.places import Near
from uphill.search.plotting import MAX_ZOOM, MOST_CLUSTERS, MOST_POINTS, Area, Spots, neighbours, plot

NOW = datetime(2026, 1, 17, 13, 30, tzinfo=UTC)


def known(key: int, latitude: float | None, longitude: float | None, region: str = "CA-BC") -> Known:
    slug = f"hill-{key:05}"
    return Known(
        id=key, slug=slug, name=slug, region=region, region_name=region, country=region[:2], latitude=latitude,
        longitude=longitude, timezone=None, network=None, folded_name=slug, words=slug, policy=None,
    )  # fmt: skip


def index_of(*resorts: Known) -> Index:
    return Index.of(resorts, NOW)


@pytest.fixture(scope="module")
def many() -> Index:
    chance = random.Random(7)  # noqa: S311 - places of resorts are no secret
    return index_of(
        *(known(key, chance.uniform(-60, 70), chance.uniform(-170, 170)) for key in range(3000)),
        known(3000, None, None),
    )


def last_digit(resort: Known) -> str:
    return resort.slug[-1]


def plotted(index: Index, query: Query, area: Area | None = None, zoom: int = 1):
    return plot(match(None, index, query, NOW), area, zoom, lambda: Spots(index.resorts, last_digit))


def test_a_small_search_shows_every_resort_and_counts_those_without_a_place():
    index = index_of(
        known(1, 50, -120), known(2, 51, -119, "CA-AB"), known(3, None, None), known(4, 49, -125)
    )
    shown = plotted(index, Query())
    assert [resort.id for resort in shown.points] == [1, 2, 4]
    assert (shown.total, shown.unplaced, shown.whole, shown.clusters) == (4, 1, True, ())
    assert shown.extent == Area(-125, 49, -119, 51)
    assert [resort.id for resort in plotted(index, Query(region=("CA-AB",))).points] == [2]
    assert plotted(index, Query(region=("CH",))).extent is None


@pytest.mark.parametrize("zoom", [0, 1, 4, 9, MAX_ZOOM])
def test_a_large_search_is_bounded_and_leaves_nobody_out(many, zoom):
    shown = plotted(many, Query(), zoom=zoom)
    assert (shown.total, shown.unplaced, shown.whole, shown.points) == (3001, 1, False, ())
    assert 1 <= len(shown.clusters) <= MOST_CLUSTERS
    assert sum(each.kinds.total() for each in shown.clusters) == 3000
    assert all(each.extent.holds(each.latitude, each.longitude) for each in shown.clusters)


def test_an_area_is_told_by_points_where_they_are_few_enough(many):
    area = Area(-20, 0, 20, 30)
    shown = plotted(many, Query(), area, 5)
    inside = [
        each.id
        for each in many.resorts
        if each.latitude is not None and area.holds(each.latitude, each.longitude)
    ]
    assert [resort.id for resort in shown.points] == inside
    assert 0 < len(inside) < MOST_POINTS
    assert not shown.whole
    assert shown.extent == plotted(many, Query()).extent


def test_closer_is_finer(many):
    counts = [len(plotted(many, Query(), zoom=zoom).clusters) for zoom in (0, 1, 2)]
    assert counts == sorted(set(counts))


@pytest.mark.parametrize("places", [[(90.0, 180.0), (-90.0, -180.0)], [(46.0, 7.0)]])
def test_many_in_one_place_and_at_the_ends_of_the_world(places):
    index = index_of(*(known(key, *places[key % len(places)]) for key in range(MOST_POINTS + 1)))
    shown = plotted(index, Query(), zoom=MAX_ZOOM)
    assert len(shown.clusters) == len(places)


@pytest.mark.parametrize(
    "text",
    ["", "1,2,3", "a,b,c,d", "10,0,-10,5", "0,5,1,4", "1,2,3,4,5", "1e9,0,2,3", "1,2,3,٤", "nan,0,1,1"],
)
def test_what_is_no_area_is_refused(text):
    with pytest.raises(BadFilter, match="west, south, east and north"):
        Area.parse(text)


def test_an_area_is_read_from_words():
    assert Area.parse("-109.1,37,-102,41") == (-109.1, 37, -102, 41)


def test_neighbours_are_the_nearest_others():
    index = index_of(known(1, 46, 7), known(2, 46.2, 7), known(3, 46.1, 7), known(4, 48, 7))
    found = neighbours(index, "hill-00001", Near(46, 7, 100).distances(index), 2)
    assert [resort.id for resort, _ in found] == [3, 2]
    assert found[0][1] == pytest.approx(11.1, abs=0.1)


def test_spots_follow_what_changed():
    first, second, other = known(1, 46, 7), known(2, 47, 8), known(2, 10, 20)
    before = Spots((first, second), last_digit)
    asked = []
    after = Spots((first, other), lambda resort: asked.append(resort.id) or "new", before)
    assert asked == [2]
    assert (after.latitudes, after.longitudes, after.kinds) == ([46, 10], [7, 20], ["1", "new"])
    assert Spots((first,), last_digit, after).kinds == ["1"]
    assert Spots((), last_digit).latitudes == []
