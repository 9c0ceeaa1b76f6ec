"""What a message says: plain sentences, old and new in words, the proof; nothing that a page could smuggle in."""

import json

import pytest

from uphill.notify.changes import change_words
from uphill.notify.message import LONGEST_BODY, clipped, fitted, plain


@pytest.mark.parametrize(
    ("field", "old", "new", "said"),
    [
        ("pass_required", "never", "always", "Pass required: no pass needed → always"),
        ("dogs", None, "leashed", "Dogs: not stated → on leash"),
        ("hotline", "+1 970 555 0100", None, "Hotline: +1 970 555 0100 → not stated"),
        (
            "windows",
            ["00:00-lift_open"],
            ["Mo-Fr 17:00-21:00"],
            "Hours: until lifts open → Mon–Fri 17:00–21:00",
        ),
        (
            "prices",
            [{"amount": 79, "currency": "USD", "period": "season"}],
            [],
            "Prices: USD 79 a season → not stated",
        ),
        ("season", {"start": "12-01"}, {"start": "11-15"}, "Season: from 1 Dec → from 15 Nov"),
        ("gone_fact", "a", "b", 'gone fact: "a" → "b"'),
        ("dogs", "word of another version", "allowed", 'Dogs: "word of another version" → allowed'),
    ],
)
def test_a_change_is_told_in_words(field, old, new, said):
    values = [None if value is None else json.dumps(value) for value in (old, new)]
    assert change_words(field, *values) == said


def test_of_a_long_list_only_what_differs_is_told():
    routes = [{"name": f"Long Route Number {number}", "status": "open"} for number in range(20)]
    closed = [{**routes[0], "status": "closed"}, *routes[1:]]
    assert change_words("routes", json.dumps(routes), json.dumps(closed)) == (
        "Routes: no longer Long Route Number 0 (open); new: Long Route Number 0 (closed)"
    )
    assert change_words("routes", json.dumps(routes), json.dumps(routes[::-1])) == "Routes: in another order"
    assert change_words("routes", json.dumps(routes), None).endswith("→ not stated")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\r\nBcc: all@example.org", "a Bcc: all@example.org"),
        ("\x1b]0;owned\x07\x1b[31mred", "]0;owned [31mred"),
        ("never\u202edewolla\u202c", "neverdewolla"),
        ("so\u00adft\u200b", "soft"),
        ("  many\t\u2028 spaces ", "many spaces"),
        ("Zürs – 5 °C “a”", "Zürs – 5 °C “a”"),
        ("\ud800x", "x"),
    ],
)
def test_control_characters_are_gone(text, said):
    assert plain(text) == said


def test_what_is_too_long_is_cut_at_a_word():
    assert clipped("one two three", 13) == "one two three"
    assert clipped("one two three", 12) == "one two…"
    assert clipped("x" * 20, 5) == "xxxx…"


def test_a_body_has_its_end_and_tells_how_much_is_left_out():
    blocks = [f"block {number} " + "x" * 300 for number in range(30)]
    body = fitted("Head", blocks, "Tail", "{} more.")
    parts = body.split("\n\n")
    assert len(body) <= LONGEST_BODY
    assert (parts[0], parts[-1]) == ("Head", "Tail")
    assert parts[-2] == f"{30 - (len(parts) - 3)} more."
    assert fitted("Head", blocks[:2], "Tail", "{} more.").split("\n\n") == ["Head", *blocks[:2], "Tail"]
