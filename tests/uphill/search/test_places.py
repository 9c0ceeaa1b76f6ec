"""Distances over the globe, its poles and its date line included."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uphill.search.index import Index
from uphill.search.known import Known
from uphill.search.places import MAX_KM, Near, kilometres

latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)


def known(key, latitude, longitude):
    return Known(
        id=key,
        slug=f"hill-{key}",
        name="Hill",
        region="US-CO",
        region_name="Colorado",
        country="US",
        latitude=latitude,
        longitude=longitude,
        timezone=None,
        network=None,
        folded_name="hill",
        words="hill",
        policy=None,
    )


@pytest.mark.parametrize(
    ("here", "there", "far"),
    [
        ((39.74, -104.98), (40.76, -111.89), 598),  # Denver, Salt Lake City
        ((47.27, 11.39), (47.27, 11.39), 0),
        ((0, 179.5), (0, -179.5), 111),
        ((89.5, 0), (89.5, 180), 111),
        ((0, 0), (0, 180), 20015),
    ],
)
def test_distances_on_the_globe(here, there, far):
    assert kilometres(*here, *there) == pytest.approx(far, abs=1)


@settings(max_examples=50)
@given(
    st.builds(Near, latitudes, longitudes, st.integers(1, MAX_KM)),
    st.lists(st.tuples(latitudes, longitudes), min_size=1, max_size=8),
)
def test_whoever_is_within_reach_is_found(near, places):
    places.append((near.latitude, near.longitude))
    resorts = [known(key, *place) for key, place in enumerate(places)] + [known(99, None, None)]
    index = Index.of(resorts, datetime(2026, 1, 15, tzinfo=UTC))
    found = {index.resorts[at].id: far for at, far in near.distances(index).items()}
    away = {key: kilometres(near.latitude, near.longitude, *place) for key, place in enumerate(places)}
    assert found == {key: far for key, far in away.items() if far <= near.km}
