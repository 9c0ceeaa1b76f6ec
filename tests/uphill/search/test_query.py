"""A query is parsed once; mistakes are sentences that name the parameter and what it takes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uphill.errors import BadFilter
from uphill.search import PARAMETERS, Query, Sort
from uphill.search.filters import FILTERS
from uphill.search.parameters import MAX_SIZE, MAX_TEXT, MAX_VALUES
from uphill.words.wording import label

CODES = ["US", "US-CO", "us-vt", "CA-QC", "AT", "at-7", "CH-GR"]
some = st.lists
one_of_each = {
    "text": some(st.text(max_size=20), max_size=3),
    "region": some(st.sampled_from(CODES), max_size=4),
    "sort": some(st.sampled_from(Sort), max_size=2),
    "page": some(st.integers(1, 100_000).map(str), max_size=2),
    "size": some(st.integers(1, MAX_SIZE).map(str), max_size=2),
    "open": some(st.sampled_from(["open", "possibly"]), max_size=3),
    "km": some(st.integers(1, 500).map(str), max_size=2),
    "near": st.builds(
        "{:.5f},{:.5f} {}".format,
        st.floats(-90, 90),
        st.floats(-180, 180),
        st.sampled_from(["", "Denver (Colorado)", "12 Pines", "Zürich"]),
    ).map(lambda place: [place]),
    "at": st.datetimes().map(lambda moment: [f"{moment:%Y-%m-%dT%H:%M}".zfill(16)]),
    "price_max": st.integers(1, 99_999_999).map(lambda cents: [f"{cents / 100:.2f}"]),
    "season_max": st.integers(1, 999_999).map(lambda amount: [str(amount)]),
    "currency": st.sampled_from([["USD"], ["eur"]]),
}


@st.composite
def parameters(draw):
    """Some of the parameters; a price always with its currency."""
    names = draw(st.sets(st.sampled_from(sorted(one_of_each)), max_size=5))
    values = {name: draw(one_of_each[name]) for name in sorted(names | {"currency"})}
    for name in draw(st.sets(st.sampled_from(sorted(FILTERS)), max_size=3)):
        values[name] = draw(some(st.sampled_from(FILTERS[name].values), max_size=4))
    return values


def regrouped(pairs):
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values


@settings(max_examples=60)
@given(parameters())
def test_the_parameters_of_a_query_are_read_back(values):
    query = Query.parse(values)
    assert Query.parse(regrouped(query.parameters())) == query
    for name, value in query.narrowing():
        less = query.without(name, value)
        assert (name, value) not in less.narrowing()
        assert len(less.narrowing()) == len(query.narrowing()) - 1
        assert query.sentence_of(name, value)


@settings(max_examples=60)
@given(parameters())
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
    assert sentence.startswith(f"{label(name)}: ")
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
        (
            {"sort": ["size"]},
            "sort",
            "can't be sorted by 'size'. Try one of: relevance, policy, name",
            tuple(Sort),
        ),
        (
            {"network": ["ikon"]},
            "network",
            "network can't be 'ikon'. Try one of: Epic, Ikon",
            FILTERS["network"].values,
        ),
        (
            {"open": ["maybe"]},
            "open",
            "open can't be 'maybe'. Try one of: open, possibly",
            ("open", "possibly"),
        ),
        ({"near": ["Denver"]}, "near", "near can't be 'Denver'. Write latitude and longitude", ()),
        ({"near": ["91,0"]}, "near", "near can't be '91,0'", ()),
        ({"near": ["39.7,-181"]}, "near", "near can't be", ()),
        ({"near": ["nan,nan"]}, "near", "near can't be", ()),
        ({"near": ["39.7,-105 " + "x" * 81]}, "near", "near can't be", ()),
        ({"near": ["39.7,-105"], "km": ["501"]}, "km", "km must be a whole number from 1 to 500", ()),
        (
            {"at": ["tonight"]},
            "at",
            "at can't be 'tonight'. Write a date and time of the resorts' clocks",
            (),
        ),
        ({"at": ["2026-02-30T06:00"]}, "at", "at can't be", ()),
        ({"at": ["2026-02-20T06:00Z"]}, "at", "at can't be", ()),
        ({"price_max": ["25"]}, "currency", "one currency alone: say which, such as currency=USD", ()),
        ({"price_max": ["0"], "currency": ["USD"]}, "price_max", "must be an amount such as 25 or 19.50", ()),
        ({"season_max": ["1e9"], "currency": ["USD"]}, "season_max", "must be an amount", ()),
        ({"currency": ["dollars"]}, "currency", "currency can't be 'dollars'. Write an ISO 4217 code", ()),
        ({"region": ["US-CO"] * (MAX_VALUES + 1)}, "region", "region takes at most 60 values", ()),
        ({"region": [",".join(map(str, range(61)))]}, "region", "at most 60 values, not 61", ()),
        ({"dogs": ["x" * 10_000]}, "dogs", "dogs takes at most 60 values", ()),
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


def test_a_place_is_rounded_and_keeps_its_name():
    near = Query.parse({"near": ["39.7392 -104.9847 Denver (Colorado)"], "km": ["50"]}).near
    assert (near.latitude, near.longitude, near.km, near.name) == (39.74, -104.98, 50, "Denver (Colorado)")
    assert Query.parse({"near": ["-0.001,-0.004"]}).parameters() == [("near", "0.00,0.00")]


def test_what_is_asked_is_said():
    query = Query.parse(
        {
            "near": ["39.74,-104.98"],
            "at": ["2026-11-28T06:00"],
            "open": ["open"],
            "price_max": ["25.00"],
            "currency": ["usd"],
            "network": ["Ikon"],
        }
    )
    assert query.sentences() == [
        "Pass network: Ikon",
        "Within 100 km of 39.74, -104.98",
        "Open on Sat 28 Nov 2026 at 6:00, local time",
        "Open by the stated hours",
        "At most 25 USD a day or visit",
    ]
    assert query.without("currency").sentences() == query.sentences()[:-1]


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
        (("sort",), {"sort": Sort.RELEVANCE}),
        (("page",), {}),
    ],
)
def test_a_query_less_a_filter_begins_at_its_first_page(taken, left):
    assert FULL.without(*taken) == FULL.model_copy(update={"page": 1, **left})


def test_the_last_value_taken_takes_the_filter():
    query = Query.parse({"dogs": ["leashed"]})
    assert query.without("dogs", "leashed") == Query()
