"""A query is parsed once; mistakes are sentences that name the parameter and what it takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uphill.errors import BadFilter
from uphill.search import PARAMETERS, Query, Sort
from uphill.search.filters import FILTERS
from uphill.search.query import MAX_SIZE, MAX_TEXT
from uphill.wording import LABELS

CODES = ["US", "US-CO", "us-vt", "CA-QC", "AT", "at-7", "CH-GR"]
some = st.lists
parameters = st.fixed_dictionaries(
    {},
    optional={
        "text": some(st.text(max_size=20), max_size=3),
        "region": some(st.sampled_from(CODES), max_size=4),
        "sort": some(st.sampled_from(Sort), max_size=2),
        "page": some(st.integers(1, 100_000).map(str), max_size=2),
        "size": some(st.integers(1, MAX_SIZE).map(str), max_size=2),
        **{name: some(st.sampled_from(each.values), max_size=4) for name, each in FILTERS.items()},
    },
)


def regrouped(pairs):
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values


@given(parameters)
def test_the_parameters_of_a_query_are_read_back(values):
    query = Query.parse(values)
    assert Query.parse(regrouped(query.parameters())) == query


@given(parameters)
def test_a_list_may_be_joined_by_commas(values):
    joined = {name: each if name == "text" else [",".join(each)] for name, each in values.items()}
    assert Query.parse(joined) == Query.parse(values)


def test_nothing_given_is_the_whole_directory():
    assert Query.parse({}) == Query()
    assert Query().parameters() == []
    assert Query.parse({name: [""] for name in PARAMETERS}) == Query()


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, each in FILTERS.items() for value in each.values]
)
def test_every_value_of_every_filter_is_known(name, value):
    query = Query.parse({name: [value]})
    assert query.facts == {name: (value,)}
    assert query.parameters() == [(name, value)]
    (sentence,) = query.sentences()
    assert sentence.startswith(f"{LABELS[name]}: ")
    assert ("not stated" in sentence) == (value == "unknown")


def test_values_are_kept_in_order_and_once():
    query = Query.parse({"dogs": ["leashed, allowed", "leashed"], "region": ["us-co,US-CO", "AT"]})
    assert query.facts["dogs"] == ("leashed", "allowed")
    assert query.region == ("US-CO", "AT")
    assert query.sentences() == ["Region: US-CO or AT", "Dogs: on leash or allowed"]


@pytest.mark.parametrize(
    ("values", "name", "said", "allowed"),
    [
        (
            {"colour": ["red"]},
            "colour",
            "There is no filter 'colour'. Try one of: text, region, access",
            PARAMETERS,
        ),
        ({"pass": ["never"]}, "pass", "There is no filter 'pass'", PARAMETERS),
        (
            {"dogs": ["maybe"]},
            "dogs",
            "dogs can't be 'maybe'. Try one of: allowed, leashed",
            FILTERS["dogs"].values,
        ),
        ({"dogs": ["allowed,Leashed"]}, "dogs", "dogs can't be 'Leashed'", FILTERS["dogs"].values),
        ({"access": ["open"]}, "access", "access can't be 'open'", ("allowed", "prohibited", "unknown")),
        ({"region": ["US-ZZ"]}, "region", "Region US-ZZ is not known. Try a code such as US-CO", ()),
        ({"region": ["Colorado"]}, "region", "Region Colorado is not known", ()),
        ({"sort": ["size"]}, "sort", "can't be sorted by 'size'. Try one of: policy, name", tuple(Sort)),
        ({"text": ["x" * (MAX_TEXT + 1)]}, "text", "The text is 201 characters long; at most 200", ()),
    ],
)
def test_a_mistake_names_the_parameter_and_what_it_takes(values, name, said, allowed):
    with pytest.raises(BadFilter, match=said) as caught:
        Query.parse(values)
    assert caught.value.parameter == name
    assert caught.value.allowed == allowed


@pytest.mark.parametrize("name", ["page", "size"])
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "one", "²", "١", "100001", "9" * 5000, "+1", "1e1"])
def test_page_and_size_are_whole_numbers_within_bounds(name, value):
    with pytest.raises(BadFilter, match=f"{name} must be a whole number from 1 to"):
        Query.parse({name: [value]})


def test_size_has_a_bound_of_its_own():
    assert Query.parse({"size": [str(MAX_SIZE)]}).size == MAX_SIZE
    with pytest.raises(BadFilter, match="from 1 to 200, not '201'"):
        Query.parse({"size": [str(MAX_SIZE + 1)]})


def test_text_is_joined_and_its_blanks_made_one():
    assert Query.parse({"text": ["  mont   blanc", "chamonix\n"]}).text == "mont blanc chamonix"
    assert Query.parse({"text": ["a, b"]}).text == "a, b"
    assert len(Query.parse({"text": ["x" * MAX_TEXT]}).text) == MAX_TEXT


FULL = Query.parse(
    {"text": ["peak"], "region": ["US-CO,AT"], "dogs": ["allowed,leashed"], "sort": ["name"], "page": ["3"]}
)


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        (("text",), {"text": ""}),
        (("region",), {"region": ()}),
        (("region", "AT"), {"region": ("US-CO",)}),
        (("dogs",), {"facts": {}}),
        (("dogs", "leashed"), {"facts": {"dogs": ("allowed",)}}),
        (("dogs", "prohibited"), {}),
        (("access",), {}),
        (("sort",), {"sort": Sort.POLICY}),
        (("page",), {}),
    ],
)
def test_a_query_less_a_filter_begins_at_its_first_page(taken, left):
    assert FULL.without(*taken) == FULL.model_copy(update={"page": 1, **left})


def test_the_last_value_taken_takes_the_filter():
    query = Query.parse({"dogs": ["leashed"]})
    assert query.without("dogs", "leashed") == Query()
