import enum
import inspect
import re

import jsonschema_rs
import pytest

from uphill import vocabulary
from uphill.policy import FACTS, Parking, Policy, Price, Route, Season, Window
from uphill.policy_schema import policy_schema, policy_words
from uphill.published import EXAMPLE, MINIMAL
from uphill.published.schema import published_schema
from uphill.words.wording import LABELS

ADDRESS = "https://uphill.example/schema/policy/v1.json"
PARTS = (Price, Route, Parking, Season)


@pytest.fixture(scope="module")
def schema():
    return policy_schema(ADDRESS)


@pytest.fixture(scope="module")
def validator(schema):
    jsonschema_rs.meta.validate(schema)
    return jsonschema_rs.validator_for(schema)


def properties(schema):
    yield from schema["properties"].items()
    for part in PARTS:
        yield from schema["$defs"][part.__name__]["properties"].items()


def test_it_says_what_it_is(schema):
    assert schema["$id"] == ADDRESS
    assert schema["$schema"].endswith("2020-12/schema")
    assert tuple(schema["properties"]) == FACTS


def test_every_fact_has_its_words():
    assert set(FACTS) - set(policy_words()["facts"]) == set(), "missing in policy_words.toml"


def test_every_field_has_its_words(schema):
    for name, told in properties(schema):
        assert told["title"], name
        assert told["description"].endswith("."), name
        assert told["examples"], name
    assert {name: told["title"] for name, told in policy_words()["facts"].items()} == LABELS
    assert {name: set(told) for name, told in policy_words()["parts"].items()} == {
        part.__name__: set(part.model_fields) for part in PARTS
    }


def test_every_value_has_its_meaning(schema):
    apart = {
        vocabulary.Day,
        vocabulary.Event,
        vocabulary.SeasonMark,
        vocabulary.SourceKind,
        vocabulary.Origin,
    }
    for name, words in inspect.getmembers(vocabulary, inspect.isclass):
        if issubclass(words, enum.StrEnum) and words is not enum.StrEnum and words not in apart:
            assert set(policy_words()["values"][name]) == set(words) - {"unknown"}, name
            assert [each["const"] for each in schema["$defs"][name]["oneOf"]] == list(words)


@pytest.mark.parametrize("name", FACTS)
def test_the_examples_are_policies(name, validator):
    for example in policy_words()["facts"][name]["examples"]:
        told = Policy.model_validate({name: example}).model_dump(mode="json")
        assert [str(error) for error in validator.iter_errors({name: example})] == []
        assert [str(error) for error in validator.iter_errors(told)] == []


def test_the_examples_of_parts_are_taken():
    for model in PARTS:
        for name, told in policy_words()["parts"][model.__name__].items():
            for example in told["examples"]:
                whole = {"name": "A", "amount": 1, "currency": "USD"}
                needed = {key: whole[key] for key, each in model.model_fields.items() if each.is_required()}
                assert model.model_validate({**needed, name: example})


@pytest.mark.parametrize(
    "text",
    ["05:00-08:00", "Mo-Fr 05:00-lift_open", "Sa,Su,We 17:00-24:00", "dusk-dawn", "Mo,We-Fr 22:00-02:00"],
)
def test_windows_of_the_schema_are_read(text, schema):
    assert re.search(schema["$defs"]["Window"]["pattern"], text)
    assert Window.parse(text)


@pytest.mark.parametrize(
    "policy",
    [
        {"dogs": "maybe"},
        {"colour": "red"},
        {"windows": ["5-8"]},
        {"windows": ["Mo 25:00-26:00"]},
        {"prices": [{"amount": 0, "currency": "USD"}]},
        {"prices": [{"amount": 5}]},
        {"routes": [{"name": ""}]},
        {"pass_url": "ftp://x"},
        {"parking": {"until": "9"}},
        {"season": {"start": "spring"}},
    ],
)
def test_what_is_no_policy_breaks_the_schema(policy, validator):
    assert not validator.is_valid(policy)


@pytest.mark.parametrize("document", [MINIMAL, EXAMPLE])
def test_the_published_document_shares_it(document):
    schema = published_schema("https://uphill.example/schema/published/v1.json", ADDRESS)
    jsonschema_rs.meta.validate(schema)
    validator = jsonschema_rs.validator_for(schema)
    assert [str(error) for error in validator.iter_errors(document)] == []
    for wrong in (
        {},
        {**document, "resorts": []},
        {"resort": {"name": "A"}},
        {"resort": {"name": "A", "policy": {"dogs": 1}}},
    ):
        assert not validator.is_valid(wrong)


def test_every_field_of_the_published_document_has_its_words():
    schema = published_schema("https://a.example", "https://b.example")
    for model in (schema, schema["$defs"]["PublishedResort"], schema["$defs"]["PublishedStatus"]):
        assert all(each["title"] and each["description"] for each in model["properties"].values())
