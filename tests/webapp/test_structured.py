"""A resort for programs: JSON-LD, addresses that stay, and its hours as a calendar."""

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar

from uphill.settings import Settings
from webapp import create_app

DENVER = ZoneInfo("America/Denver")


@pytest.fixture
def told(soup):
    return json.loads(soup("/resorts/harmful-bowl").select_one("script[type='application/ld+json']").string)


def test_a_resort_is_a_ski_resort_with_what_is_stated(told):
    assert (told["@context"], told["@type"]) == ("https://schema.org", "SkiResort")
    assert told["@id"] == told["mainEntityOfPage"] == "http://localhost/resorts/harmful-bowl"
    assert told["name"] == "Harmful <script>alert(1)</script> Bowl"
    assert told["address"]["addressCountry"] == "US"
    assert told["geo"] == {"@type": "GeoCoordinates", "latitude": 39.6, "longitude": -106.1}
    assert told["contactPoint"]["telephone"] == "970-555-0142"
    assert "alternateName" not in told


def test_hours_are_those_of_going_up_dated_and_only_those_that_are_sure(told):
    assert "openingHoursSpecification" not in told
    way_up = told["containsPlace"]
    assert way_up["name"] == "Uphill access at Harmful <script>alert(1)</script> Bowl"
    assert way_up["isAccessibleForFree"] is False
    hours = way_up["openingHoursSpecification"]
    assert all(each["validFrom"] == each["validThrough"] for each in hours)
    saturday, monday = ("2026-01-17", "2026-01-19")
    of_day = {
        day: [(e["opens"], e["closes"]) for e in hours if e["validFrom"] == day] for day in (saturday, monday)
    }
    assert of_day == {saturday: [("16:30", "22:00")], monday: [("05:00", "07:00"), ("16:30", "22:00")]}


def test_nothing_in_the_data_ends_its_block(client):
    text = client.get("/resorts/harmful-bowl").text
    data = text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert "<" not in data
    assert json.loads(data)["name"].endswith("Bowl")


def test_of_a_resort_without_policy_no_hours_are_told(client, soup):
    silent = client.get("/api/v1/resorts?access=unknown&size=1").json["listings"][0]["resort"]["slug"]
    told = json.loads(soup(f"/resorts/{silent}").select_one("script").string)
    assert told["@type"] == "SkiResort"
    assert "containsPlace" not in told


def test_the_address_is_one_and_the_card_says_the_verdict(soup):
    head = soup("/resorts/harmful-bowl").head
    assert head.select_one("link[rel=canonical]")["href"] == "http://localhost/resorts/harmful-bowl"
    card = {meta["property"]: meta["content"] for meta in head.select("meta[property]")}
    assert card["og:url"] == "http://localhost/resorts/harmful-bowl"
    assert card["og:description"].startswith("Uphill allowed Mon–Fri 5:00 until lifts open")
    assert card["og:title"] == "Skinning up at Harmful <script>alert(1)</script> Bowl"


def events(client, slug="harmful-bowl"):
    response = client.get(f"/resorts/{slug}.ics")
    assert response.status_code == 200
    assert response.content_type == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.data)


def test_the_calendar_holds_two_weeks_on_the_clock_of_the_resort(client):
    whole = events(client)
    found = whole.walk("VEVENT")
    first = min(each.start for each in found)
    assert first == datetime(2026, 1, 17, 16, 30, tzinfo=DENVER)
    assert max(each.start for each in found).date() == date(2026, 1, 30)
    by_status = {str(each["status"]) for each in found}
    assert by_status == {"CONFIRMED", "TENTATIVE"}
    tentative = next(each for each in found if each["status"] == "TENTATIVE")
    assert "perhaps" in tentative["summary"]
    assert (tentative.start.hour, tentative.end.hour) == (7, 11)
    assert all(each["url"] == "http://localhost/resorts/harmful-bowl" for each in found)
    assert "Rules change daily" in tentative["description"]
    assert len({str(each["uid"]) for each in found}) == len(found)
    assert whole.walk("VTIMEZONE")


def test_the_calendar_stays_the_same_while_nothing_changes(client):
    first = client.get("/resorts/harmful-bowl.ics")
    again = client.get("/resorts/harmful-bowl.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_resort_without_hours_has_a_calendar_without_events(client):
    silent = next(
        one["resort"]["slug"] for one in client.get("/api/v1/resorts?access=unknown&size=5").json["listings"]
    )
    whole = events(client, silent)
    assert not whole.walk("VEVENT")
    assert whole.walk("VTIMEZONE")


def test_a_calendar_of_nothing_is_not_found(client):
    assert client.get("/resorts/nowhere.ics").status_code == 404


def test_the_page_leads_to_its_calendar(soup):
    assert soup("/resorts/harmful-bowl").select_one("a[href='/resorts/harmful-bowl.ics']")


def test_hours_are_told_also_where_the_scheduler_worked_none_out(engine):
    later = datetime(2026, 3, 21, 13, 30, tzinfo=UTC)  # the intervals kept in the database end long before
    client = create_app(Settings(), engine=engine, clock=lambda: later).test_client()
    found = events(client).walk("VEVENT")
    assert min(each.start for each in found).date() == date(2026, 3, 21)
    page = BeautifulSoup(client.get("/resorts/harmful-bowl").text, "lxml")
    told = json.loads(page.select_one("script[type='application/ld+json']").string)
    assert told["containsPlace"]["openingHoursSpecification"][0]["validFrom"] == "2026-03-21"
