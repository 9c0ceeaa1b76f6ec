"""The vocabulary's values: what they take, what they refuse, and how they are written."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from uphill.evidence import Evidence
from uphill.policy import FACTS, LIST_FACTS, Policy, Price, Route, Window
from uphill.reading import Reading
from uphill.vocabulary import Day, Event

clock = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
starts = clock | st.sampled_from(Event)
ends = clock.filter(lambda moment: moment != "00:00") | st.sampled_from(Event) | st.just("24:00")
days = st.lists(st.sampled_from(Day), unique=True, max_size=7).map(tuple)


@given(days, starts, ends)
def test_a_window_is_read_back_as_it_was_written(days, start, end):
    if start == end:
        with pytest.raises(ValidationError, match="does not last"):
            Window(days=days, start=start, end=end)
        return
    window = Window(days=days, start=start, end=end)
    assert Window.parse(str(window)) == window
    assert set(window.days) == (set() if len(days) == 7 else set(days))


@given(
    st.text(max_size=30)
    | st.from_regex(r"([MTWFS][a-z],?-?){0,3} ?[0-9:a-z_]{1,6}-[0-9:a-z_]{1,6}", fullmatch=True)
)
def test_any_text_is_a_window_or_refused(text):
    try:
        window = Window.parse(text)
    except ValidationError:
        return
    assert Window.parse(str(window)) == window


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("05:00-08:30", "05:00-08:30"),
        ("Mo-Fr 05:00-lift_open", "Mo-Fr 05:00-lift_open"),
        ("Sa,Su 16:30-24:00", "Sa,Su 16:30-24:00"),
        ("Sa-Su 16:30-24:00", "Sa,Su 16:30-24:00"),
        ("Mo,Tu,We 05:00-06:00", "Mo-We 05:00-06:00"),
        ("Su,Mo 05:00-06:00", "Mo,Su 05:00-06:00"),
        ("Fr-Mo 05:00-06:00", "Mo,Fr-Su 05:00-06:00"),
        ("Mo,We,Fr-Su 05:00-06:00", "Mo,We,Fr-Su 05:00-06:00"),
        ("We,We 05:00-06:00", "We 05:00-06:00"),
        ("Mo-Su 05:00-06:00", "05:00-06:00"),
        ("Sa-Fr 05:00-06:00", "05:00-06:00"),
        ("00:00-24:00", "00:00-24:00"),
        ("dusk-dawn", "dusk-dawn"),
        ("  05:00-06:00 ", "05:00-06:00"),
    ],
)
def test_days_take_their_shortest_spelling(text, written):
    assert str(Window.parse(text)) == written


@pytest.mark.parametrize("text", ["16:30-10:00", "22:00-02:00", "Fr 18:00-06:00", "sunset-sunrise"])
def test_a_window_may_run_overnight(text):
    assert str(Window.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not of the form"),
        ("05:00", "not of the form"),
        ("05:00 - 06:00", "not of the form"),
        ("5:00-06:00", "'5:00' is neither HH:MM nor one of dawn, sunrise"),
        ("05:00-6", "'6' is neither HH:MM"),
        ("05:60-06:00", "'05:60' is neither"),
        ("25:00-26:00", "'25:00' is neither"),
        ("05:00-24:30", "'24:30' is neither"),
        ("0٥:00-06:00", "is neither"),
        ("05:00-noon", "'noon' is neither"),
        ("05:00-06:00-07:00", "'06:00-07:00' is neither"),
        ("05:00-05:00", "does not last"),
        ("24:00-05:00", "does not last"),
        ("05:00-00:00", "does not last"),
        ("lift_open-lift_open", "does not last"),
        ("mo 05:00-06:00", "day 'mo' is none of Mo, Tu"),
        ("Mo-Xx 05:00-06:00", "day 'Xx'"),
        ("Mo-Tu-We 05:00-06:00", "day 'Tu-We'"),
        ("Mo,,Tu 05:00-06:00", "day ''"),
        ("Mo- 05:00-06:00", "day ''"),
        ("Mo  05:00-06:00", "day 'Mo '"),
    ],
)
def test_what_is_no_window_is_refused_with_a_sentence(text, said):
    with pytest.raises(ValidationError, match=said):
        Window.parse(text)


@pytest.mark.parametrize("value", [None, 5, ["05:00-06:00"], {"start": "05:00", "till": "06:00"}])
def test_a_window_is_no_other_shape(value):
    with pytest.raises(ValidationError):
        Window.model_validate(value)


@pytest.mark.parametrize(
    "amount", [0, -5, "0.00", "49.999", "1000000", "NaN", "Infinity", "free", None, True]
)
def test_amounts_that_are_no_price_are_refused(amount):
    with pytest.raises(ValidationError):
        Price(amount=amount, currency="USD")


@pytest.mark.parametrize("currency", ["usd", "Usd", "$", "US", "XYZ", "", "USDD"])
def test_a_currency_is_an_iso_4217_code_in_capitals(currency):
    with pytest.raises(ValidationError, match="not an ISO 4217 code"):
        Price(amount=5, currency=currency)


@pytest.mark.parametrize(
    ("amount", "written"), [(49, "49"), ("49.00", "49"), (49.5, "49.5"), ("12.95", "12.95"), ("1e2", "100")]
)
def test_amounts_in_json_are_whole_where_they_can_be(amount, written):
    price = Price(amount=amount, currency="CHF", period="season")
    assert price.model_dump_json() == f'{{"amount":{written},"currency":"CHF","period":"season"}}'
    assert isinstance(price.amount, Decimal)


def test_a_route_may_be_given_by_its_name_alone():
    assert Policy.model_validate({"routes": ["Skin Track"]}).routes == (Route(name="Skin Track"),)


@pytest.mark.parametrize(
    "wrong",
    [
        {"access": "maybe"},
        {"access": None},
        {"dogs": "welcome"},
        {"parking": "free"},
        {"routes": [""]},
        {"routes": ["x" * 121]},
        {"windows": ["sometimes"]},
        {"hotline": ""},
        {"hotline": "5" * 65},
        {"prices": [{"amount": 5}]},
        {"parking": {}},
        {"parking": {"cost": "unknown"}},
        {"parking": {"until": "8:30"}},
        {"parking": {"until": "24:30"}},
        {"season": {}},
        {"season": {"start": "15 Nov"}},
        {"season": {"end": "13-01"}},
        {"season": {"end": "2026-11"}},
        {"status_url": "/report"},
        {"waiver_url": "javascript:alert(1)"},
        {"pass_url": "mailto:passes@resort.example"},
        {"map_url": "/maps/uphill.pdf"},
        {"penalty": ["scolding"]},
        {"routes": [{"name": "Ridge", "length_m": 0}]},
        {"routes": [{"name": "Ridge", "ascent_m": -5}]},
    ],
)
def test_a_policy_refuses_what_the_vocabulary_has_not(wrong):
    with pytest.raises(ValidationError):
        Policy.model_validate(wrong)


def test_nothing_is_known_until_it_is_said():
    assert Policy().known() == {}
    said = Policy.model_validate(
        {"access": "prohibited", "windows": ["05:00-06:00"], "hotline": "+1 970 555 0100"}
    )
    assert list(said.known()) == ["access", "windows", "hotline"]


def test_values_are_frozen():
    with pytest.raises(ValidationError, match="frozen"):
        Policy().access = "allowed"


def test_every_list_fact_is_a_fact():
    assert set(FACTS) > LIST_FACTS
    assert {name for name in FACTS if getattr(Policy(), name) == ()} == LIST_FACTS


@pytest.mark.parametrize(
    ("quote", "start", "end"), [("", 0, 0), ("abc", 0, 2), ("abc", 5, 9), ("abc", -3, 0)]
)
def test_evidence_spans_its_quote(quote, start, end):
    with pytest.raises(ValidationError, match="does not span"):
        Evidence(quote=quote, start=start, end=end)


@given(st.text(min_size=1), st.data())
def test_evidence_of_a_text_points_into_it(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    evidence = Evidence.of(text, start, end)
    assert text[evidence.start : evidence.end] == evidence.quote


def test_evidence_past_the_end_of_a_text_is_refused():
    with pytest.raises(ValidationError, match="does not span"):
        Evidence.of("No dogs.", 3, 20)


QUOTE = Evidence.of("No dogs.", 0, 8)


@pytest.mark.parametrize("evidence", [{}, {"dogs": ()}, {"access": (QUOTE,)}])
def test_a_fact_without_evidence_does_not_exist(evidence):
    with pytest.raises(ValidationError, match="facts without evidence: dogs"):
        Reading(source="p", lang="en", is_policy=True, policy=Policy(dogs="prohibited"), evidence=evidence)


def test_a_reading_is_printed_as_one_line():
    policy = Policy.model_validate({"dogs": "prohibited", "windows": ["05:00-08:30"]})
    reading = Reading(
        source="p.html",
        lang="en",
        is_policy=True,
        policy=policy,
        evidence={"dogs": (QUOTE,), "windows": (QUOTE,)},
    )
    line = json.loads(json.dumps(reading.as_line()))
    assert list(line) == ["source", "lang", "is_policy", "policy", "evidence"]
    assert (line["policy"]["access"], line["policy"]["windows"]) == ("unknown", ["05:00-08:30"])
    assert line["evidence"]["dogs"] == [{"quote": "No dogs.", "start": 0, "end": 8}]
    assert Reading.model_validate(line) == reading
