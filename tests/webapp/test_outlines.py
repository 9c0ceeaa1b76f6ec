"""The data of the map's ground: it has every region of the directory, in the right place."""

import csv
import json
from importlib.resources import files
from itertools import pairwise

import pytest

from uphill.regions import region_name
from webapp.assets import _FOLDER
from webapp.outlines import TOWNS, outlines
from webapp.picture import HEIGHT, WIDTH, draw, frame_of, frame_of_regions

WITHOUT_OUTLINE: set[str] = set()
"""Regions of the catalogue that no outline is drawn of."""


def resorts():
    with files("uphill").joinpath("data", "resorts.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def crossings(ring, longitude, latitude):
    """How often a ring is crossed on the way north."""
    return sum(
        (x > longitude) != (to_x > longitude) and latitude < (to_y - y) * (longitude - x) / (to_x - x) + y
        for (x, y), (to_x, to_y) in pairwise(ring)
    )


def test_every_region_of_the_catalogue_has_an_outline():
    assert {row["region"] for row in resorts()} - set(outlines()) == WITHOUT_OUTLINE


def test_outlines_are_closed_and_named_as_the_directory_names_them():
    for outline in outlines().values():
        assert outline.name == region_name(outline.code)
        assert outline.rings
        for ring in outline.rings:
            assert ring[0] == ring[-1], outline.code
            assert len(ring) > 3, outline.code
        assert sum(crossings(ring, *outline.at) for ring in outline.rings) % 2, outline.code


def test_nearly_all_resorts_lie_within_their_region():
    rows = [row for row in resorts() if row["region"] in outlines() and row["latitude"]]
    outside = [
        row["slug"]
        for row in rows
        if not sum(
            crossings(ring, float(row["longitude"]), float(row["latitude"]))
            for ring in outlines()[row["region"]].rings
        )
        % 2
    ]
    assert len(outside) < len(rows) * 0.04, outside


def test_the_ground_is_small():
    assert (_FOLDER / "map" / "outlines.json").stat().st_size < 110_000
    assert (_FOLDER / TOWNS).stat().st_size < 40_000


def test_towns_are_places_with_names_the_largest_first():
    towns = json.loads((_FOLDER / TOWNS).read_text("utf-8"))["towns"]
    assert towns[0][0] == "New York City"
    assert all(name and abs(latitude) < 85 and abs(longitude) <= 180 for name, latitude, longitude in towns)
    assert len({tuple(town) for town in towns}) == len(towns)


@pytest.mark.parametrize("code", ["US-VT", "US-AK", "CA-BC", "AT-7", "CH-AI", "US", "CH"])
def test_a_picture_holds_its_region(code):
    frame = frame_of_regions((code,))
    drawn = draw(frame, code)
    assert drawn[-1].here
    assert sum(len(each.path) for each in drawn) < 16_000
    for outline in outlines().values():
        if outline.code == code:
            west, south, east, north = outline.extent
            for place in ((west, south), (east, north)):
                x, y = frame.at(place)
                assert 0 < x < WIDTH
                assert 0 < y < HEIGHT


def test_where_no_outline_is_known_there_is_no_picture():
    assert frame_of_regions(("NO-03",)) is None


def test_north_is_up():
    frame = frame_of([(7.0, 46.0), (8.0, 47.0)])
    west, north = frame.at((7.0, 47.0))
    east, south = frame.at((8.0, 46.0))
    assert west < east
    assert north < south
