import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uphill.errors import BadInput
from uphill.policy import FACTS, Policy
from uphill.published import EXAMPLE, MAX_BYTES, MINIMAL, PublishedDocument, check, read
from uphill.vocabulary import Dogs, Status

URL = "https://larch-hill.example/.well-known/uphill-policy.json"
SEEN = datetime(2026, 11, 20, 13, 10, tzinfo=UTC)


def told(document, name="Larch Hill", slug="larch-hill"):
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return read(body, url=URL, resort_name=name, resort_slug=slug)


def resort(**changes):
    return {"resort": {**MINIMAL["resort"], **changes}}


def facts(**policy):
    return told(resort(policy=policy))


@pytest.mark.parametrize("document", [MINIMAL, EXAMPLE])
def test_the_examples_are_as_they_should_be(document):
    found = told(document)
    assert found.warnings == ()
    assert PublishedDocument.model_validate(document).resort.policy.access == found.policy.access
    assert found.updated == date(2026, 11, 20)


def test_every_fact_has_words_in_the_text():
    found = told(EXAMPLE)
    for name, quotes in found.evidence.items():
        for quote in quotes:
            assert found.text[quote.start : quote.end] == quote.quote, name
    assert found.evidence["dogs"][0].quote == "Please leave dogs at home."
    assert found.evidence["access"][0].quote == '"access": "allowed"'
    assert [quote.quote for quote in found.evidence["windows"]] == [
        "You may skin up from five until the lifts open.",
        "On Tuesdays and Thursdays also from 5 to 9 pm.",
    ]
    reading = found.reading()
    assert (reading.source, reading.is_policy, reading.policy) == (URL, True, found.policy)
    assert len(reading.evidence["routes"]) == 2


def test_one_sentence_may_state_a_whole_list():
    found = told(
        resort(
            policy={"windows": ["05:00-08:00", "17:00-21:00"]},
            statements={"windows": "Mornings\n and evenings."},
        )
    )
    assert [quote.quote for quote in found.evidence["windows"]] == ["Mornings and evenings."] * 2
    assert found.text == "Larch Hill\nMornings and evenings."


def test_what_is_left_out_is_not_stated():
    found = facts(access="allowed", dogs=None, waiver="unknown")
    assert found.policy == Policy(access="allowed")
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ({"dogs": "maybe"}, "resort.policy.dogs can't be 'maybe'; it is one of 'allowed', 'leashed'"),
        ({"dogs": True}, "resort.policy.dogs is true or false"),
        ({"dogs": ["allowed"]}, "resort.policy.dogs can't be ['allowed']"),
        ({"windows": ["05:00-08:00", "early"]}, "resort.policy.windows[1] can't be 'early'"),
        ({"windows": ["05:00-05:00"]}, "does not last"),
        ({"prices": [{"amount": 0, "currency": "USD"}]}, "resort.policy.prices[0].amount can't be 0"),
        ({"prices": [{"amount": 5}]}, "resort.policy.prices[0] lacks 'currency'"),
        ({"routes": [{"name": "A"}] * 201}, "resort.policy.routes has 201 elements"),
        ({"pass_url": "javascript:alert(1)"}, "resort.policy.pass_url can't be 'javascript:alert(1)'"),
        ({"hotline": "970\u0000"}, "resort.policy.hotline has characters that can't be shown"),
        ({"hotline": "\ud800"}, "resort.policy.hotline has characters that can't be shown"),
        ({"routes": ["Ridge", {"name": "\u202eegdiR"}]}, "resort.policy.routes has characters"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_and_left_unknown(policy, said):
    found = facts(access="allowed", **policy)
    assert found.policy == Policy(access="allowed")
    (warning,) = found.warnings
    assert said in warning
    assert warning.endswith("It is taken as not stated.")


def test_a_key_given_twice_counts_for_none():
    found = told(b'{"resort": {"name": "Larch Hill", "policy": {"dogs": "prohibited", "dogs": "allowed"}}}')
    assert found.policy.dogs is Dogs.UNKNOWN
    assert "resort.policy.dogs is given twice" in found.warnings[0]


def test_unknown_keys_are_told_with_what_may_be_meant():
    found = told(
        resort(policy={"dgos": "allowed", "routes": [{"name": "Ridge", "colour": "red"}]}, mood="good")
    )
    assert found.policy.routes[0].name == "Ridge"
    assert found.warnings == (
        "resort has 'mood', which is not known; it is left out.",
        "resort.policy has 'dgos', which is not known (did you mean 'dogs'?); it is left out.",
        "resort.policy.routes has a part 'colour' that is not known; it is left out.",
    )


def test_a_status_needs_its_time():
    found = facts(status="open", routes=[{"name": "Ridge", "status": "open"}])
    assert found.policy.status is found.policy.routes[0].status is Status.UNKNOWN
    assert len(found.warnings) == 2
    found = told(resort(status={"value": "open", "seen": "2026-11-20T06:10:00"}))
    assert found.policy.status is Status.UNKNOWN
    assert "resort.status.seen" in found.warnings[0]


def test_a_status_is_told_no_longer_than_it_holds():
    found = told(EXAMPLE)
    assert (found.policy.status, found.policy.routes[1].status) == (Status.OPEN, Status.CLOSED)
    assert found.at(SEEN).policy.status is Status.OPEN
    for moment in (SEEN - timedelta(hours=1), SEEN + timedelta(hours=12)):
        later = found.at(moment)
        assert later.policy.status is later.policy.routes[1].status is Status.UNKNOWN
        assert "status" not in later.evidence
        assert later.evidence["dogs"][0].quote == "Please leave dogs at home."
        assert all(
            later.text[quote.start : quote.end] == quote.quote
            for quotes in later.evidence.values()
            for quote in quotes
        )


def test_rules_hold_on_their_days():
    found = told(EXAMPLE)
    assert found.holds_on(date(2026, 11, 15))
    assert found.holds_on(date(2027, 4, 18))
    assert not found.holds_on(date(2027, 4, 19))
    assert not found.holds_on(date(2026, 11, 14))
    assert told(MINIMAL).holds_on(date(2030, 1, 1))


@pytest.mark.parametrize("name", ["Larch Hill", "LARCH HILL SKI AREA", "Larch Hill Resort", "Lärch-Hill"])
def test_a_resort_is_known_by_its_name(name):
    assert told(MINIMAL, name, "other").name == "Larch Hill"


def test_one_of_several_resorts():
    document = {
        "resorts": [
            {"name": "Larch Hill", "policy": {"dogs": "prohibited"}},
            {"name": "Larch Hill East", "policy": {"dogs": "allowed"}},
            {"name": "", "policy": {}},
        ]
    }
    assert told(document).policy.dogs is Dogs.PROHIBITED
    assert told(document, "Larch Hill East", "larch-hill-east").policy.dogs is Dogs.ALLOWED
    assert "resorts[2].name must be" in told(document).warnings[0]
    with pytest.raises(BadInput, match="about 'Larch Hill', 'Larch Hill East', not about 'Fir Hill'"):
        told(document, "Fir Hill", "fir-hill")
    with pytest.raises(BadInput, match="2 times"):
        told({"resorts": [document["resorts"][0]] * 2})


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "not JSON"),
        (b"{'resort': 1}", "line 1, column 2"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b'{"resort": NaN}', "no number"),
        (b"[" * 5000 + b"]" * 5000, "nested too deeply"),
        (b"[" * 400 + b"]" * 400, "nested too deeply"),
        (b'{"resort": ' + b"9" * 5000 + b"}", "number that can't be read"),
        (b" " * (MAX_BYTES + 1), "at most 262,144"),
        (b"[]", "must be a JSON object"),
        (b"{}", "either 'resort'"),
        (b'{"resort": {}, "resorts": []}', "either 'resort'"),
        (b'{"resorts": []}', "at least one"),
        (b'{"resort": 1}', "must be an object"),
        (b'{"resort": {"policy": {}}}', "name must be"),
        (b'{"resort": {"name": "Larch Hill"}}', "policy must be"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused_with_a_sentence(body, said):
    with pytest.raises(BadInput, match=said):
        told(body)


@pytest.mark.parametrize("key", ["valid_from", "valid_until"])
def test_rules_of_an_unreadable_time_are_not_taken(key):
    with pytest.raises(BadInput, match=f"{key} must be a day"):
        told(resort(**{key: "spring"}))


def test_rules_that_never_hold():
    with pytest.raises(BadInput, match="before valid_from"):
        told(resort(valid_from="2026-12-01", valid_until="2026-11-01"))


def test_a_byte_order_mark_is_no_mistake():
    assert told(b"\xef\xbb\xbf" + json.dumps(MINIMAL).encode()).warnings == ()


def test_much_nonsense_is_told_in_few_words():
    found = told(
        resort(policy={f"fact{at}": 1 for at in range(5000)}, statements={f"{at}": "x" for at in range(5000)})
    )
    assert len(found.warnings) < 30
    assert "4990 more keys" in " ".join(found.warnings)


WORDS = st.text(max_size=12) | st.sampled_from(
    ["allowed", "open", "unknown", "05:00-08:00", "2026-11-20", "USD"]
)
KEYS = st.text(max_size=6) | st.sampled_from(["name", "amount", "value", "seen"])
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    policy=st.dictionaries(st.sampled_from(FACTS), ANYTHING, max_size=6),
    rest=st.dictionaries(
        st.sampled_from(["aliases", "website", "source", "updated", "statements", "status"]),
        ANYTHING,
        max_size=4,
    ),
)
def test_anything_is_read_or_told(policy, rest):
    found = told(resort(policy=policy, **rest))
    found.reading()
    found.at(SEEN).reading()
    assert found.text.encode()


def test_check_tells_of_all_resorts():
    checked = check(json.dumps(EXAMPLE).encode())
    assert [entry.name for entry in checked.entries] == ["Larch Hill"]
