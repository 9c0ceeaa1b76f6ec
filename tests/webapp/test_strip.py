from datetime import UTC, date, datetime

import pytest

from uphill.hours import Span
from uphill.language import speaking
from uphill.policy import Window
from uphill.search.answers import ResortFacts
from uphill.vocabulary import Event
from webapp.strip import Block, Strip, span_words, strip_of

NOW = datetime(2026, 1, 17, 13, 30, tzinfo=UTC)


@pytest.fixture
def resort():
    return ResortFacts(
        slug="larkspur",
        name="Larkspur",
        country="US",
        country_name="United States",
        region="US-CO",
        region_name="Colorado",
        latitude=39.6,
        longitude=-106.1,
        timezone="America/Denver",
    )


def strip(resort, *windows, days=7):
    return strip_of([Window.parse(window) for window in windows], resort, NOW, days)


def test_none_without_windows(resort):
    assert strip(resort) is None


def test_it_begins_today_at_the_resort(resort):
    rows = strip(resort, "05:00-08:30").rows
    assert [row.day for row in rows][:2] == [date(2026, 1, 17), date(2026, 1, 18)]
    assert len(rows) == 7
    assert [row.now for row in rows] == [6 * 60 + 30, *[None] * 6]
    tokyo = resort.model_copy(update={"timezone": "Asia/Tokyo"})
    assert strip(tokyo, "05:00-08:30").rows[0].day == date(2026, 1, 17)
    assert strip(tokyo, "05:00-08:30").rows[0].now == 22 * 60 + 30


def test_blocks_are_minutes_of_the_day(resort):
    (row,) = strip(resort, "05:00-08:30", "16:30-24:00", days=1).rows
    assert row.blocks == (Block(300, 210, "solid"), Block(990, 450, "solid"))
    assert row.words == "5:00–8:30, 16:30–24:00"


@pytest.mark.parametrize(
    ("window", "fills", "words"),
    [
        ("05:00-lift_open", ["fade-out", "solid"], "5:00 until lifts open"),
        ("lift_close-22:00", ["fade-in", "solid"], "lifts close until 22:00"),
        ("lift_open-lift_close", ["fade-in", "fade-out", "solid"], "lifts open until lifts close"),
    ],
)
def test_lift_times_fade(resort, window, fills, words):
    found = strip(resort, window, days=1)
    assert [block.fill for block in found.rows[0].blocks] == fills
    assert found.rows[0].words == words
    assert found.soft


def test_a_day_without_hours_says_so(resort):
    assert strip(resort, "Mo 05:00-08:30", days=1).rows[0].words == "not in the stated hours"


def test_without_a_time_zone_there_is_no_now(resort):
    nowhere = resort.model_copy(update={"timezone": None})
    row = strip(nowhere, "05:00-08:30").rows[0]
    assert (row.now, row.sun) == (None, None)
    assert strip(nowhere, "05:00-08:30").zone is None


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(300, 510), "5:00–8:30"),
        (Span(0, 510), "until 8:30"),
        (Span(0, 1440), "all day"),
        (Span(300, 540, ends_at=Event.LIFT_OPEN), "5:00 until lifts open"),
    ],
)
def test_a_span_is_said_as_people_say_it(span, words):
    assert span_words(span) == words


@pytest.mark.parametrize(
    ("territory", "scale"),
    [("GB", "0 6 12 18 24 h"), ("US", "12 AM 6 AM 12 PM 6 PM 12 AM")],
)
def test_the_scale_is_on_the_readers_clock(territory, scale):
    with speaking("en", territory):
        hours = Strip((), None, soft=False).scale
    assert " ".join(hour.replace("\u202f", " ") for hour in hours) == scale
