"""Whatever is typed: never an error, never more than there was, always the same, and no slower than it is long."""

import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uphill.asking import MAX_ASKED, When, to_query_pairs, understand
from uphill.asking.lexicon import LANGUAGES, lexicon
from uphill.errors import BadFilter
from uphill.search.places import Near

ODD = ("CO", "OR", "me,", "in", "near", "50km", "6am", "7:30", "Denver", "no", "St.")
WORDS = st.deferred(lambda: st.sampled_from((*sorted(lexicon("en").words), *ODD)))
MIXED = st.lists(WORDS | st.text(max_size=6), max_size=30).map(" ".join)
QUESTIONS = st.text(max_size=400) | MIXED
MOMENTS = st.integers(0, 10 * 366 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=ZoneInfo("Europe/Vienna")) + timedelta(minutes=minutes)
)
ANYTHING = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@ANYTHING
@given(QUESTIONS, MOMENTS, st.sampled_from([*LANGUAGES, "xx", ""]))
def test_any_text_is_read_the_same_each_time_and_what_is_left_says_no_more(names, text, today, lang):
    understood = understand(text, today=today, names=names, lang=lang)
    assert understand(text, today=today, names=names, lang=lang) == understood
    again = understand(understood.text, today=today, names=names, lang=lang)
    assert again.text == understood.text
    assert again.unknown == understood.unknown
    assert [again.facts, again.region, again.near, again.networks, again.open_at] == [{}, (), None, (), None]
    assert [part for part in again.read if part.parameter != "text"] == []


@ANYTHING
@given(QUESTIONS, MOMENTS)
def test_the_answer_is_bounded_and_can_be_written_and_read(names, text, today):
    understood = understand(text, today=today, names=names)
    assert len(understood.text) <= MAX_ASKED
    assert understood.text.isprintable()
    assert len(understood.read) <= MAX_ASKED
    assert sum(map(len, understood.sentences())) < 100 * MAX_ASKED
    for name, value in to_query_pairs(understood):
        assert value
        if name == "near":
            assert Near.parse(value, understood.near.km) == understood.near
        if name == "at":
            assert When.read(value).at == understood.open_at.at
            assert (
                timedelta(hours=-24) <= understood.open_at.at - today.replace(tzinfo=None) < timedelta(days=8)
            )


@given(st.text(max_size=60), st.integers())
def test_a_place_of_a_link_is_one_or_a_sentence(text, km):
    for read in (
        lambda: Near.parse(text, km),
        lambda: Near.parse(f"1 2 {text}", km),
        lambda: When.read(text),
    ):
        told = ""
        try:
            read()
        except BadFilter as error:
            told = str(error)
        assert told == "" or told.startswith(("near can't be", "at can't be"))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "\x00\x01\ud800 vermont \x7f",
        "\u0301" * 500,
        "ﬁ" * 300,
        "日本 free スキー",
        "🎿 dogs 🐕",
        "'" * 200,
        "d'" * 150,
        "-" * 199 + "a",
        "99999999999999999999 km",
        "25:61",
        "6am" * 80,
        ",,,me,,,",
        "<script>alert(1)</script> & dogs",
        "%' OR 1=1 --",
    ],
)
def test_no_text_is_an_error(text, names, now):
    understood = understand(text, today=now, names=names)
    assert len(understood.text) <= MAX_ASKED
    assert understood.text.isprintable()


def test_other_scripts_are_left_as_they_were(names, now):
    understood = understand("日本 free スキー", today=now, names=names)
    assert (understood.text, understood.facts) == ("日本 スキー", {"pass_cost": ("free",)})


def _calls(text, names, now):
    count = 0

    def counting(frame, event, arg):
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        understand(text, today=now, names=names)
    finally:
        sys.setprofile(before)
    return count


PATTERNS = (
    "no ",
    "a ",
    "near ",
    "near Burlington ",
    "with the ",
    "at 6 on ",
    "no pass ",
    "xyzzy ",
    "de la 50 km ",
    "OR, ",
    "Free Ridge ",
    "headlamp not ",
    "no pass or ",
    "vermnt ",
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_twice_as_long_is_about_twice_the_work(pattern, names, now):
    times = MAX_ASKED // 2 // len(pattern)
    once, twice = pattern * times, pattern * 2 * times
    _calls(twice, names, now)  # what is loaded at the first question is no part of the work
    assert _calls(twice, names, now) < 2.4 * _calls(once, names, now)


def test_no_file_of_words_is_read_twice_for_a_question(names, now, monkeypatch):
    understand("near Denver free", today=now, names=names)
    monkeypatch.setattr("tomllib.loads", None)
    assert understand("near Denver free", today=now, names=names).near is not None
