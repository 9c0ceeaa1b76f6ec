"""What a time means depends on when it is asked."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from uphill.asking import understand

VIENNA = ZoneInfo("Europe/Vienna")


def at(text, *now):
    understood = understand(text, today=datetime(*now, tzinfo=VIENNA))
    return understood.open_at.parameter if understood.open_at is not None else None


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        # Friday the 20th
        ("before work", (2026, 11, 20, 5, 0), "2026-11-20T06:00"),
        ("before work", (2026, 11, 20, 6, 0), "2026-11-20T06:00"),
        ("before work", (2026, 11, 20, 6, 1), "2026-11-23T06:00"),
        ("before work", (2026, 11, 21, 5, 0), "2026-11-23T06:00"),
        ("before work", (2026, 11, 22, 23, 59), "2026-11-23T06:00"),
        ("before work", (2026, 11, 23, 7, 0), "2026-11-24T06:00"),
        ("tonight", (2026, 11, 20, 9, 0), "2026-11-20T18:00"),
        ("tonight", (2026, 11, 20, 21, 30), "2026-11-20T21:30"),
        ("tomorrow 6am", (2026, 12, 31, 12, 0), "2027-01-01T06:00"),
        ("tomorrow 6am", (2028, 2, 28, 12, 0), "2028-02-29T06:00"),
        ("friday 6am", (2026, 11, 20, 5, 0), "2026-11-20T06:00"),
        ("friday 6am", (2026, 11, 20, 7, 0), "2026-11-27T06:00"),
        ("friday", (2026, 11, 20, 7, 0), "2026-11-20T08:00"),
        ("today", (2026, 11, 20, 15, 20), "2026-11-20T15:20"),
        ("today 6am", (2026, 11, 20, 15, 20), "2026-11-20T06:00"),
        ("monday", (2026, 11, 20, 7, 0), "2026-11-23T08:00"),
        ("6am", (2026, 11, 20, 5, 0), "2026-11-20T06:00"),
        ("6am", (2026, 11, 20, 7, 0), "2026-11-21T06:00"),
        ("before 6am", (2026, 11, 20, 7, 0), "2026-11-21T05:00"),
        ("12 pm", (2026, 11, 20, 7, 0), "2026-11-20T12:00"),
        ("12 am", (2026, 11, 20, 7, 0), "2026-11-21T00:00"),
        ("6 p.m.", (2026, 11, 20, 7, 0), "2026-11-20T18:00"),
        ("saturday evening 7:30", (2026, 11, 20, 7, 0), "2026-11-21T19:30"),
        ("saturday 7:30 in the evening", (2026, 11, 20, 7, 0), "2026-11-21T19:30"),
        ("saturday morning 7:30", (2026, 11, 20, 7, 0), "2026-11-21T07:30"),
        ("weekend", (2026, 11, 18, 7, 0), "2026-11-21T08:00"),
        ("Morgen", (2026, 11, 20, 7, 0), "2026-11-21T08:00"),
        ("heute morgen 9 Uhr", (2026, 11, 20, 7, 0), "2026-11-20T09:00"),
        ("heute Abend um 8", (2026, 11, 20, 7, 0), "2026-11-20T20:00"),
        ("à 18h", (2026, 11, 20, 7, 0), "2026-11-20T18:00"),
        ("ore 18", (2026, 11, 20, 7, 0), "2026-11-20T18:00"),
        ("06.30 Uhr", (2026, 11, 20, 5, 0), "2026-11-20T06:30"),
    ],
)
def test_a_time_is_the_next_one_that_is_meant(text, now, expected):
    assert at(text, *now) == expected


@pytest.mark.parametrize("text", ["6", "25:00", "13 pm", "0 am", "6.5", "7 km", "18 dollars", "6x", "1234"])
def test_a_number_alone_is_no_time(text):
    assert at(text, 2026, 11, 20, 7, 0) is None


def test_the_last_of_two_times_holds_and_the_first_is_said_to_be_left_out():
    now = datetime(2026, 11, 20, 7, 0, tzinfo=VIENNA)
    understood = understand("saturday dogs sunday 7am", today=now)
    assert understood.open_at.parameter == "2026-11-22T07:00"
    assert "“saturday” was left out: one time is asked for at a time" in understood.sentences()


def test_an_hour_that_nobody_said_is_said_to_be_assumed():
    now = datetime(2026, 11, 20, 7, 0, tzinfo=VIENNA)
    assert understand("sunday", today=now).sentences() == [
        "Open on Sun 22 Nov, 8:00, by the resort’s clock, as no hour was said"
    ]
    assert understand("sunday 8:00", today=now).sentences() == [
        "Open on Sun 22 Nov, 8:00, by the resort’s clock"
    ]


def test_open_is_about_now_unless_another_time_is_said():
    now = datetime(2026, 11, 20, 7, 0, tzinfo=VIENNA)
    assert understand("open in Tirol", today=now).facts == {"status": ("open",)}
    assert understand("open in Tirol on sunday", today=now).facts == {}
    assert understand("open now Tirol sunday", today=now).facts == {"status": ("open",)}
