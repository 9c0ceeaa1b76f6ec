from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from opening_hours import OpeningHours

from uphill.hours import DAY_MINUTES, Place, Span, from_osm, open_at, spans, sun, to_osm
from uphill.policy import Window
from uphill.vocabulary import Event

DENVER = ZoneInfo("America/Denver")
FRISCO = Place(39.58, -106.09, "America/Denver")
LOFOTEN = Place(68.2, 13.6, "Europe/Oslo")
NOWHERE = Place()
SATURDAY = date(2026, 11, 21)
SPRING_FORWARD = date(2026, 3, 8)
FALL_BACK = date(2026, 11, 1)


def windows(*texts):
    return tuple(Window.parse(text) for text in texts)


def on_saturday(hour, minute=0):
    return datetime(2026, 11, 21, hour, minute, tzinfo=DENVER)


@pytest.mark.parametrize(
    ("texts", "day", "expected"),
    [
        (["05:00-08:30"], SATURDAY, [(300, 510)]),
        (["00:00-24:00"], SATURDAY, [(0, DAY_MINUTES)]),
        (["05:00-08:30", "16:30-24:00"], SATURDAY, [(300, 510), (990, DAY_MINUTES)]),
        (["16:30-10:00"], SATURDAY, [(0, 600), (990, DAY_MINUTES)]),
        (["Fr 22:00-02:00"], SATURDAY, [(0, 120)]),
        (["Fr 22:00-02:00"], date(2026, 11, 20), [(1320, DAY_MINUTES)]),
        (["Mo-Fr 05:00-08:30"], SATURDAY, []),
        (["Mo-Fr 05:00-08:30", "Sa,Su 04:00-07:00"], SATURDAY, [(240, 420)]),
        (["05:00-08:30", "08:00-10:00"], SATURDAY, [(300, 600)]),
        (["05:00-08:30", "06:00-07:00"], SATURDAY, [(300, 510)]),
        (["05:00-08:00"], SPRING_FORWARD, [(300, 480)]),
        (["01:30-02:30"], SPRING_FORWARD, [(90, 180)]),
        (["22:00-06:00"], FALL_BACK, [(0, 360), (1320, DAY_MINUTES)]),
    ],
)
def test_spans_of_a_day_in_minutes_of_the_wall_clock(texts, day, expected):
    assert [(span.start, span.end) for span in spans(windows(*texts), FRISCO, day)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05:00-lift_open", Span(300, 540, ends_at=Event.LIFT_OPEN)),
        ("lift_close-22:00", Span(960, 1320, starts_at=Event.LIFT_CLOSE)),
        ("lift_open-lift_close", Span(540, 960, Event.LIFT_OPEN, Event.LIFT_CLOSE)),
        ("lift_close-16:00", Span(870, 960)),
    ],
)
def test_ends_that_the_lifts_decide_are_named(text, expected):
    assert spans(windows(text), FRISCO, SATURDAY) == (expected,)


def test_a_stated_end_stays_hard_beside_a_soft_one():
    both = windows("05:00-lift_open", "06:00-10:00")
    assert spans(both, FRISCO, SATURDAY) == (Span(300, 600),)


def test_sun_events_follow_place_and_day():
    rise, set_ = sun(FRISCO, SATURDAY)
    assert 6 * 60 + 45 < rise < 7 * 60 + 5
    assert 16 * 60 + 35 < set_ < 16 * 60 + 55
    assert spans(windows("sunrise-sunset"), FRISCO, SATURDAY) == (Span(rise, set_),)
    assert sun(FRISCO, date(2027, 4, 1))[0] != rise


def test_no_sun_where_there_is_none_or_nobody_knows():
    assert sun(LOFOTEN, date(2026, 12, 21)) is None
    assert sun(LOFOTEN, date(2026, 6, 21)) is None
    assert sun(NOWHERE, SATURDAY) is None
    assert sun(Place(39.58, -106.09), SATURDAY) is None


def test_sun_events_are_named_without_coordinates():
    assert spans(windows("sunrise-sunset"), NOWHERE, SATURDAY) == (
        Span(420, 1020, Event.SUNRISE, Event.SUNSET),
    )


@pytest.mark.parametrize(
    ("texts", "hour", "expected"),
    [
        (["05:00-08:30"], 6, True),
        (["05:00-08:30"], 9, False),
        (["16:30-10:00"], 3, True),
        (["16:30-10:00"], 12, False),
        (["Mo-Fr 05:00-08:30"], 6, False),
        (["sunrise-sunset"], 12, True),
        (["sunrise-sunset"], 18, False),
        (["05:00-lift_open"], 6, True),
        (["05:00-lift_open"], 8, None),
        (["05:00-lift_open"], 12, False),
        (["16:30-lift_open"], 23, True),
        (["lift_close-20:00"], 18, None),
        (["lift_close-20:00"], 23, False),
        (["lift_close-20:00"], 3, False),
        (["lift_open-lift_close"], 13, True),
        (["05:00-lift_open", "06:00-10:00"], 8, True),
        ([], 6, None),
    ],
)
def test_open_at(texts, hour, expected):
    assert open_at(windows(*texts), FRISCO, on_saturday(hour)) is expected


def test_open_at_reads_the_time_in_the_resorts_zone():
    noon_in_vienna = datetime(2026, 11, 21, 13, 0, tzinfo=ZoneInfo("Europe/Vienna"))
    assert open_at(windows("04:00-06:00"), FRISCO, noon_in_vienna) is True


def test_open_at_knows_nothing_without_a_time_zone():
    assert open_at(windows("05:00-08:30"), Place(39.58, -106.09), on_saturday(6)) is None


def test_open_at_on_the_day_that_lacks_an_hour():
    at = datetime(2026, 3, 8, 3, 30, tzinfo=DENVER)
    assert open_at(windows("02:30-03:15"), FRISCO, at) is False
    assert open_at(windows("02:30-04:00"), FRISCO, at) is True


@pytest.mark.parametrize(
    ("texts", "osm"),
    [
        ([], ""),
        (["05:00-08:30"], "05:00-08:30"),
        (["05:00-08:30", "16:30-24:00"], "05:00-08:30,16:30-24:00"),
        (["05:00-08:30", "We 17:00-21:00"], "05:00-08:30, We 17:00-21:00"),
        (["Mo-Fr 05:00-08:30", "Sa,Su 04:00-07:00"], "Mo-Fr 05:00-08:30, Sa,Su 04:00-07:00"),
        (["dusk-sunrise"], "dusk-sunrise"),
        (["05:00-lift_open"], '05:00-11:00 unknown "05:00-lift_open"'),
        (["We,Fr lift_close-22:00"], 'We,Fr 14:30-22:00 unknown "lift_close-22:00"'),
    ],
)
def test_osm_text_both_ways(texts, osm):
    assert to_osm(windows(*texts)) == osm
    assert from_osm(osm) == windows(*texts)


def test_osm_text_is_what_the_evaluator_understands():
    text = to_osm(windows("06:00-08:00", "Sa 18:00-20:00", "05:00-lift_open"))
    hours = OpeningHours(text, timezone=DENVER, coords=(39.58, -106.09))
    states = {hour: str(hours.state(on_saturday(hour))[0]) for hour in (5, 7, 10, 12, 19)}
    assert states == {5: "unknown", 7: "open", 10: "unknown", 12: "closed", 19: "open"}


def test_always_open_is_every_day():
    assert from_osm("24/7") == (Window(),)


@pytest.mark.parametrize(
    "text", ["PH off", "Dec-Apr 08:00-16:00", "(sunrise-00:30)-09:00", "Mo 8-10", "x", "05:00-08:30; We off"]
)
def test_what_windows_cannot_hold_is_refused(text):
    with pytest.raises(ValueError, match="can't be written as windows"):
        from_osm(text)
