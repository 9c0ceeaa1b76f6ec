"""Which pages hold a policy, and what those that hold none may still say."""
# ruff: noqa: E501 - markup, written as pages are

from pathlib import Path

import pytest

from crawler.extract import read
from uphill.vocabulary import Status

_PAGES = {  # title, body
    "a home page with a link": (
        "Pine Peak Ski Resort",
        (
            "<nav><a href=/uphill>Uphill Access</a></nav><h1>Welcome</h1><p>Open daily 9 am to 4 pm.</p>"
            "<h2>Dogs</h2><p>Dogs are not allowed in the lodge.</p><a href=/uphill>Learn about uphill access</a>"
        ),
    ),
    "news of a race": (
        "Sunrise Skimo Race | Pine Peak",
        (
            "<h1>Sunrise Skimo Race returns</h1><p>Racers will skin up Birch Run. Registration is required and costs $40. "
            "The race starts at 7 am. All racers must sign the race waiver. Bib pickup is at 6 am. Race results follow.</p>"
        ),
    ),
    "lift capacity": (
        "The Mountain",
        "<h1>The Mountain</h1><p>Our uphill facilities carry 12,000 people per hour. The lifts run from 9 to 4.</p>",
    ),
    "summer biking": (
        "Bike Park",
        "<h1>Mountain Biking</h1><p>Uphill bike traffic is only allowed on Switchback. Dogs must be leashed.</p>",
    ),
    "summer hiking": (
        "Summer Hiking",
        "<h1>Hiking</h1><p>Hikers may climb any trail from sunrise to sunset. Dogs must be on leash.</p>",
    ),
    "backcountry gates": (
        "Backcountry Gates",
        "<h1>Backcountry access</h1><p>Gates open when patrol says so. You must carry a beacon. Skinning back may be needed.</p>",
    ),
    "a price list": (
        "Tickets",
        "<h1>Tickets</h1><table><tr><td>Uphill season pass</td><td>$79</td></tr></table>",
    ),
    "winter hiking": (
        "Winterwandern",
        "<h1>Winterwandern</h1><p>Der Winterwanderweg ist täglich von 9 bis 16 Uhr geöffnet. Hunde sind an der Leine zu führen.</p>",
    ),
    "an idiom": (
        "News",
        "<h1>News</h1><p>It was an uphill battle, but the new lodge is open and dogs are welcome.</p>",
    ),
}


@pytest.mark.parametrize(("title", "body"), _PAGES.values(), ids=_PAGES)
def test_other_pages_say_nothing(title, body):
    reading = read(f"<title>{title}</title><body>{body}</body>", source="-")
    assert not reading.is_policy
    assert not reading.policy.known()


def test_a_status_page_says_the_status_alone():
    reading = read(
        "<title>Lift Status</title><h1>Lifts</h1><table><tr><td>Summit Chair</td><td>Open</td></tr></table>"
        '<table><tr><td>Uphill access</td><td><img src="closed.svg"></td></tr></table><p>Dogs must be leashed.</p>',
        source="-",
    )
    assert not reading.is_policy
    assert reading.policy.known() == {"status": Status.CLOSED}


def test_routes_have_their_status():
    reading = read(
        "<title>Uphill Status</title><h1>Uphill Status</h1><ul><li>Birch Run — CLOSED</li><li>Main Street: open</li></ul>",
        source="-",
    )
    assert [(route.name, str(route.status)) for route in reading.policy.routes] == [
        ("Birch Run", "closed"),
        ("Main Street", "open"),
    ]


def test_a_language_that_is_not_read_gives_no_facts():
    text = "Det er ikke lov å gå på ski i bakken når heisen er i drift, og det er forbudt for alle. " * 3
    reading = read(f"<title>Topptur</title><p>{text}</p>", source="-")
    assert reading.lang is None
    assert not reading.policy.known()


def test_the_same_page_reads_the_same():
    body = "<title>Uphill</title><h1>Uphill</h1><p>Uphill travel is allowed from 5 am to 8 am. Dogs are prohibited.</p>"
    assert read(body, source="-") == read(body, source="-")


def test_reading_is_linear_in_the_text(alarm):
    worst = "<title>Uphill</title><p>" + "no dogs 5:00 $5 - , and " * 4_000
    assert read(worst, source="-").source == "-"


_LOOKALIKES = sorted((Path(__file__).parents[1] / "none").glob("*.html"))


@pytest.mark.parametrize("file", _LOOKALIKES, ids=lambda file: file.stem)
def test_lookalikes_say_nothing(file):
    reading = read(file.read_bytes(), source=file.name)
    assert not reading.is_policy
    assert not reading.policy.known()
