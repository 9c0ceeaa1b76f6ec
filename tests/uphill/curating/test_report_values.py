import pytest

from uphill.curating.pins import value_json
from uphill.curating.report_values import EXAMPLES, choices, kind_of, read_value, written
from uphill.errors import BadInput
from uphill.language import speaking
from uphill.policy import FACTS, LIST_FACTS, Policy

OURS = Policy.model_validate({
    "windows": ["Mo-Fr 05:00-lift_open", "sunset-22:00"],
    "prices": [{"amount": 15, "currency": "USD", "period": "day"}, {"amount": "79.50", "currency": "CHF"}],
    "routes": [{"name": "Ridge", "length_m": 2400, "status": "open"}, "School Marm"],
    "hotline": "970-555-0142",
    "season": {"start": "11-15", "end": "closing_day"},
    "parking": {"place": "Lot B, upper end", "cost": "free", "until": "08:30"},
    "pass_url": "https://shop.example/uphill",
})  # fmt: skip


@pytest.mark.parametrize("field", FACTS)
def test_every_fact_is_chosen_or_has_an_example(field):
    assert bool(choices(field)) != (field in EXAMPLES)
    assert (kind_of(field) in {"several", "lines"}) == (field in LIST_FACTS)


@pytest.mark.parametrize("field", sorted(OURS.known()))
def test_what_is_written_is_read_as_it_is(field):
    said = value_json(OURS, field)
    if field == "routes":  # the status is for its page to tell
        said = said.replace(', "status": "open"', "")
    assert read_value(field, [written(OURS, field)], OURS, "US") == said


@pytest.mark.parametrize(
    ("field", "line", "value"),
    [
        ("windows", "Mon–Fri 5am to 8:30", '["Mo-Fr 05:00-08:30"]'),
        ("windows", "5-8pm\n\n saturdays, sundays 5 - 8.30", '["17:00-20:00", "Sa,Su 05:00-08:30"]'),
        ("windows", "Fri-Mon 5:00 until lifts open", '["Mo,Fr-Su 05:00-lift_open"]'),
        ("prices", "$15 per day", '[{"amount": 15, "currency": "USD", "period": "day"}]'),
        ("prices", "79,50 € Saison", '[{"amount": 79.5, "currency": "EUR", "period": "season"}]'),
        ("season", "November 15th – April 1", '{"start": "11-15", "end": "04-01"}'),
        ("season", "until 30 Apr 2027", '{"end": "2027-04-30"}'),
        ("parking", "free, until 8:30am", '{"cost": "free", "until": "08:30"}'),
        ("routes", "ridge\nNew Lane", '[{"name": "Ridge", "length_m": 2400}, {"name": "New Lane"}]'),
        ("dogs", "leashed", '"leashed"'),
        ("dogs", "unknown", '"unknown"'),
    ],
)
def test_what_people_write_is_read(field, line, value):
    assert read_value(field, [line], OURS, "US") == value


def test_several_are_chosen_in_the_order_of_the_vocabulary():
    assert read_value("penalty", ["fine", "loss_of_pass"], OURS, "US") == '["loss_of_pass", "fine"]'


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("de", "Mo–Fr 5 bis 8:30 Uhr"),
        ("fr", "du lundi-vendredi 5h à 8h30"),
        ("fr", "lun.-ven. 5h à 8h30"),
        ("it", "lun–ven 5:00–8:30"),
    ],
)
def test_days_are_read_in_the_reader_s_language(lang, line):
    with speaking(lang):
        assert read_value("windows", [line.removeprefix("du ")], OURS, "CH") == '["Mo-Fr 05:00-08:30"]'


def test_canadian_dollars_are_those_of_a_canadian_resort():
    assert '"CAD"' in read_value("prices", ["$15"], OURS, "CA")
    with pytest.raises(BadInput, match="15 USD a day"):
        read_value("prices", ["$15"], OURS, "CH")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("windows", "in the morning"),
        ("windows", "25:00-26:00"),
        ("windows", "05:00-05:00"),
        ("windows", "x" * 3000),
        ("prices", "fifteen"),
        ("prices", "0 USD"),
        ("season", "31 Feb to 3 May"),
        ("season", "soon"),
        ("hotline", "9" * 70),
        ("pass_url", "javascript:alert(1)"),
        ("dogs", "maybe"),
        ("dogs", ""),
        ("penalty", "death"),
        ("routes", " \n "),
        ("routes", "x\n" * 50),
        ("colour", "red"),
    ],
)
def test_what_is_no_value_is_refused_in_a_sentence(field, text):
    with pytest.raises(BadInput, match=r"\w"):
        read_value(field, [text], OURS, "US")
