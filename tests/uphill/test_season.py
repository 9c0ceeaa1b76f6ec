"""Seasons by hemisphere, and the resort's own clock."""

from datetime import UTC, date, datetime, time

import pytest

from uphill.season import NORTHERN, SOUTHERN, Location


@pytest.mark.parametrize(
    ("place", "season"),
    [
        (Location("US-CO", 39.6), NORTHERN),
        (Location("AT-7"), NORTHERN),
        (Location("CL-RM"), SOUTHERN),
        (Location("NZ-OTA", -44.9), SOUTHERN),
        (Location("AR-R", 41.0), NORTHERN),  # what is measured goes before what is guessed
    ],
)
def test_the_hemisphere_makes_the_season(place, season):
    assert place.season is season


@pytest.mark.parametrize(
    ("place", "moment", "winter"),
    [
        (Location("US-CO", 39.6, "America/Denver"), "2026-11-01T05:59", False),
        (Location("US-CO", 39.6, "America/Denver"), "2026-11-01T06:00", True),
        (Location("US-CO", 39.6, "America/Denver"), "2026-06-01T05:59", True),
        (Location("US-CO", 39.6, "America/Denver"), "2026-06-01T06:00", False),
        (Location("NZ-OTA", -44.9, "Pacific/Auckland"), "2026-05-31T12:00", True),
        (Location("NZ-OTA", -44.9, "Pacific/Auckland"), "2026-05-31T11:59", False),
        (Location("NZ-OTA", -44.9, "Pacific/Auckland"), "2026-10-31T11:00", False),
        (Location("AT-7"), "2026-02-28T12:00", True),
        (Location("AT-7"), "2026-07-28T12:00", False),
    ],
)
def test_a_season_begins_and_ends_at_the_resorts_midnight(place, moment, winter):
    assert place.in_season(datetime.fromisoformat(moment).replace(tzinfo=UTC)) is winter


def test_the_next_season():
    tyrol = Location("AT-7", 47.2, "Europe/Vienna")
    assert tyrol.next_season(datetime(2026, 8, 1, tzinfo=UTC)) == date(2026, 11, 1)
    assert tyrol.next_season(datetime(2026, 12, 1, tzinfo=UTC)) == date(2027, 11, 1)
    assert tyrol.at(date(2026, 11, 1), time(4)) == datetime(2026, 11, 1, 3, tzinfo=UTC)
