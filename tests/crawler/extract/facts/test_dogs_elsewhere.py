"""Dogs ruled in a section of their own, on a page of many subjects that rules going up in another."""

import pytest

from crawler.extract import read

_PAGE = (
    "<html lang='en'><title>On the field - Craigmoor</title><h1>On the field</h1>"
    "<h3>Ski touring</h3>"
    "<p>You are welcome to skin while the tows run. Uphill travel is allowed on the Spur Track only.</p>"
    "<h3>{heading}</h3><p>{rule}</p>"
    "<h3>Food</h3><p>Pies in the warmer, honesty box.</p></html>"
)


def _dogs(heading: str, rule: str) -> str:
    return read(_PAGE.format(heading=heading, rule=rule), source="-").policy.dogs


@pytest.mark.parametrize(
    "rule",
    [
        "This is conservation land. No dogs, not even in the car park.",
        "Dogs are not permitted.",
        "Other than service animals, dogs are not permitted on any slope or in any lodge.",
    ],
)
def test_a_ban_below_a_heading_on_dogs_holds_for_the_slopes(rule):
    assert _dogs("Dogs", rule) == "prohibited"


@pytest.mark.parametrize(
    ("heading", "rule"),
    [
        ("Dogs", "Dogs are not permitted in the lodge."),
        ("Dogs", "Dogs are welcome in our pub."),
        ("Dogs in the lodge and hotel", "No dogs."),
        ("Dogs", "In summer dogs are not permitted in the bike park."),
    ],
)
def test_what_holds_elsewhere_does_not(heading, rule):
    assert _dogs(heading, rule) == "unknown"
