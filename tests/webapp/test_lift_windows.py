"""Before, while and after lifts run: what is stated, never more."""

import pytest

from uphill.hours import Place
from uphill.policy import Policy
from webapp.lift_windows import lift_windows
from webapp.marks import Mark

DENVER = Place(39.6, -106.1, "America/Denver")


def told(place=DENVER, **facts):
    policy = Policy.model_validate({"access": "allowed", **facts})
    return [one.words for one in lift_windows(policy, place)]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {"windows": ["05:00-08:30", "16:30-22:00"]},
            ["allowed 5:00–8:30", "not stated", "allowed 16:30–22:00"],
        ),
        (
            {"windows": ["lift_close-22:00"]},
            ["not in the stated hours", "not stated", "allowed from lifts close until 22:00"],
        ),
        ({"windows": ["17:00-08:00"]}, ["allowed 17:00–8:00", "not stated", "allowed 17:00–8:00"]),
        (
            {"windows": ["Sa,Su 05:00-lift_open"]},
            ["allowed Sat, Sun 5:00 until lifts open", "not stated", "not in the stated hours"],
        ),
        (
            {"windows": ["00:00-24:00"], "during_operations": "prohibited"},
            ["allowed 24 hours", "prohibited", "allowed 24 hours"],
        ),
        ({"windows": ["05:00-09:15"]}, ["allowed 5:00–9:15", "not stated", "not in the stated hours"]),
        (
            {"outside_operations": "prohibited", "during_operations": "allowed"},
            ["prohibited", "allowed, hours not stated", "prohibited"],
        ),
        (
            {"outside_operations": "allowed"},
            ["allowed, hours not stated", "not stated", "allowed, hours not stated"],
        ),
        (
            {"routes": [{"name": "Lane", "windows": ["05:00-08:00"]}]},
            ["allowed 5:00–8:00", "not stated", "not in the stated hours"],
        ),
        ({}, []),
        ({"access": "prohibited", "windows": ["05:00-08:00"]}, []),
    ],
)
def test_each_part_of_the_day(facts, words):
    assert told(**facts) == words
    assert told(Place(), **facts) == words


def test_what_is_not_stated_has_the_mark_of_unknown():
    policy = Policy.model_validate({"access": "allowed", "outside_operations": "allowed"})
    assert [one.mark for one in lift_windows(policy, DENVER)] == [Mark.ALLOWED, Mark.UNKNOWN, Mark.ALLOWED]
