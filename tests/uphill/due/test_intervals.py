"""The one rule of when a page is due again."""

from datetime import UTC, datetime, timedelta

import pytest

from uphill.due import PageState, next_due
from uphill.due.intervals import LONGEST
from uphill.outcomes import Outcome
from uphill.season import Location
from uphill.vocabulary import SourceKind

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DENVER = Location("US-CO", 39.6, "America/Denver")
WANAKA = Location("NZ-OTA", -44.7, "Pacific/Auckland")
WINTER, SUMMER = datetime(2026, 1, 15, 18, tzinfo=UTC), datetime(2026, 8, 15, 18, tzinfo=UTC)
URLS = [f"https://r{n}.example/uphill" for n in range(200)]


def waits(kind, outcome, now, place=DENVER, **state):
    """The shortest and the longest wait of many such pages, in hours."""
    found = [next_due(PageState(url, kind, outcome, **state), place, now) - now for url in URLS]
    return min(found) / HOUR, max(found) / HOUR


POLICY, STATUS, HOME = SourceKind.POLICY, SourceKind.STATUS, SourceKind.HOME


@pytest.mark.parametrize(
    ("kind", "outcome", "now", "place", "shortest", "longest"),
    [
        (POLICY, Outcome.POLICY, WINTER, DENVER, 22, 23.4),
        (POLICY, Outcome.UNCHANGED, WINTER, DENVER, 22, 23.4),
        (POLICY, Outcome.UNCHANGED, SUMMER, DENVER, 6.5 * 24, 7 * 24),
        (POLICY, Outcome.UNCHANGED, SUMMER, WANAKA, 22, 23.4),
        (POLICY, Outcome.UNCHANGED, WINTER, WANAKA, 6.5 * 24, 7 * 24),
        (HOME, Outcome.POLICY, WINTER, DENVER, 22, 23.4),
        (HOME, Outcome.NO_POLICY, WINTER, DENVER, 6.5 * 24, 7 * 24),
        (HOME, Outcome.NO_POLICY, SUMMER, DENVER, 6.5 * 24, 7 * 24),
        (STATUS, Outcome.POLICY, WINTER, DENVER, 1, 1.07),
        (STATUS, Outcome.UNCHANGED, WINTER, DENVER, 1, 1.07),
        (STATUS, Outcome.UNCHANGED, SUMMER, DENVER, 22, 23.4),
        (STATUS, Outcome.NO_POLICY, WINTER, DENVER, 22, 23.4),
    ],
)
def test_a_page_that_is_as_it_was(kind, outcome, now, place, shortest, longest):
    found = waits(kind, outcome, now, place)
    assert shortest <= found[0] < found[1] <= longest
    assert found[1] > longest - (longest - shortest) / 4, "spread over the whole span"


@pytest.mark.parametrize(
    ("failures", "shortest", "longest"),
    [(1, 6, 7.5), (2, 12, 15), (3, 24, 30), (5, 96, 120), (6, 5.6 * 24, 168), (10_000, 5.6 * 24, 168)],
)
@pytest.mark.parametrize("kind", [POLICY, STATUS, HOME])
def test_failures_back_off_in_any_season(kind, failures, shortest, longest):
    for now in (WINTER, SUMMER):
        found = waits(kind, Outcome.TIMEOUT, now, failures=failures)
        assert shortest <= found[0] < found[1] <= longest


def test_the_younger_a_change_the_sooner_the_next_look():
    def wait(age, now):
        return waits(POLICY, Outcome.UNCHANGED, now, changed_at=now - age)[0]

    assert wait(timedelta(), WINTER) == pytest.approx(6, abs=0.1)
    assert wait(2 * DAY, WINTER) == pytest.approx(12, abs=0.2)
    assert wait(20 * DAY, WINTER) == pytest.approx(22, abs=0.3)
    assert wait(20 * DAY, SUMMER) == pytest.approx(5 * 24, abs=2)
    assert wait(300 * DAY, SUMMER) > 6.5 * 24


def test_a_policy_that_was_lost_is_looked_for_daily_at_first():
    def wait(age):
        return waits(HOME, Outcome.NO_POLICY, WINTER, changed_at=WINTER - age)[0]

    assert wait(timedelta()) == pytest.approx(22, abs=0.3)
    assert wait(8 * DAY) == pytest.approx(48, abs=0.5)
    assert wait(300 * DAY) > 6.5 * 24


def test_a_change_that_waits_is_looked_at_again_after_six_hours():
    for now in (WINTER, SUMMER):
        for kind, outcome in ((POLICY, Outcome.POLICY), (HOME, Outcome.NO_POLICY)):
            found = waits(kind, outcome, now, waits=True)
            assert 6 < found[0] < found[1] < 6.6
    assert waits(STATUS, Outcome.UNCHANGED, WINTER, waits=True)[1] < 1.1
    assert waits(POLICY, Outcome.TIMEOUT, WINTER, waits=True, failures=3)[0] >= 24, "a barrier is not stormed"


@pytest.mark.parametrize(
    ("now", "first", "last"),
    [
        ("2026-01-15T04:10-07:00", "2026-01-15T05:10-07:00", "2026-01-15T05:15-07:00"),
        ("2026-01-15T20:50-07:00", "2026-01-15T21:50-07:00", "2026-01-15T21:55-07:00"),
        ("2026-01-15T21:20-07:00", "2026-01-16T04:00-07:00", "2026-01-16T05:00-07:00"),
        ("2026-01-16T01:20-07:00", "2026-01-16T04:00-07:00", "2026-01-16T05:00-07:00"),
        ("2026-03-07T21:30-07:00", "2026-03-08T04:00-06:00", "2026-03-08T05:00-06:00"),  # clocks go forward
        ("2026-11-01T00:30-06:00", "2026-11-01T04:00-07:00", "2026-11-01T05:00-07:00"),  # and back
    ],
)
def test_status_pages_are_read_by_the_resorts_day(now, first, last):
    begun = datetime.fromisoformat(now)
    for url in URLS:
        due = next_due(PageState(url, STATUS, Outcome.UNCHANGED), DENVER, begun)
        assert datetime.fromisoformat(first) <= due <= datetime.fromisoformat(last)


def test_status_pages_of_resorts_on_one_site_take_turns():
    assert waits(STATUS, Outcome.UNCHANGED, WINTER, sharing=3)[0] >= 3


@pytest.mark.parametrize("place", [DENVER, WANAKA, Location("CL-RM"), Location("AT-7", 47.0)])
def test_no_wait_of_the_summer_reaches_into_the_winter(place):
    (month, day), _ = place.season
    first_day = place.at(datetime(2026, month, day, tzinfo=UTC).date(), datetime.min.time())
    now = first_day - 2 * DAY
    for url in URLS:
        due = next_due(PageState(url, POLICY, Outcome.UNCHANGED), place, now)
        assert first_day <= due <= first_day + 22 * HOUR
        status = next_due(PageState(url, STATUS, Outcome.UNCHANGED), place, first_day - 10 * HOUR)
        assert first_day + 3 * HOUR <= status <= first_day + 6 * HOUR


def test_a_site_says_when_to_come_again():
    at = WINTER + 3 * DAY
    busy = PageState(URLS[0], POLICY, Outcome.HTTP_STATUS, failures=1, retry_at=at)
    assert next_due(busy, DENVER, WINTER) == at
    soon = PageState(URLS[0], POLICY, Outcome.HTTP_STATUS, failures=1, retry_at=WINTER + HOUR)
    assert next_due(soon, DENVER, WINTER) >= WINTER + 6 * HOUR, "our own wait is the longer"
    never = PageState(URLS[0], POLICY, Outcome.HTTP_STATUS, failures=1, retry_at=WINTER + 4000 * DAY)
    assert next_due(never, DENVER, WINTER) == WINTER + LONGEST


def test_the_spread_is_no_chance():
    page = PageState(URLS[0], POLICY, Outcome.TIMEOUT, failures=2)
    assert next_due(page, DENVER, WINTER) == next_due(page, DENVER, WINTER)
    more = PageState(URLS[0], POLICY, Outcome.TIMEOUT, failures=3)
    share = (next_due(page, DENVER, WINTER) - WINTER) / (12 * HOUR)
    assert share != (next_due(more, DENVER, WINTER) - WINTER) / (24 * HOUR)
