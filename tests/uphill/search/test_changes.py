"""What is asked of the change log: read once, mistakes as sentences."""

from datetime import UTC, datetime

import pytest

from uphill.errors import BadFilter
from uphill.search.changes import CHANGE_PARAMETERS, ChangesQuery


def parsed(**values):
    return ChangesQuery.parse({name: [value] for name, value in values.items()})


@pytest.mark.parametrize(
    ("since", "moment"),
    [
        ("2026-01-15", datetime(2026, 1, 15, tzinfo=UTC)),
        ("2026-01-15T06:30:00Z", datetime(2026, 1, 15, 6, 30, tzinfo=UTC)),
        ("2026-01-15T06:30", datetime(2026, 1, 15, 6, 30, tzinfo=UTC)),
        ("2026-01-15T06:30:00+01:00", datetime(2026, 1, 15, 5, 30, tzinfo=UTC)),
        ("2026-01-15T06:30:00 01:00", datetime(2026, 1, 15, 5, 30, tzinfo=UTC)),
    ],
)
def test_since_is_a_day_or_a_moment(since, moment):
    assert parsed(since=since).since == moment


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("since", "yesterday", "since must be a day or a time such as 2026-01-15"),
        ("since", "2026-13-01", "since must be"),
        ("since", "0001-01-01T00:00:00+14:00", "since must be"),
        ("region", "US-XX", "Region US-XX is not known"),
        ("size", "0", "size must be a whole number from 1 to 200, not '0'"),
        ("size", "0000000000000201", "size must be a whole number"),
        ("cursor", "x", "cursor 'x' is none"),
        ("cursor", "9" * 40, "is none"),
        ("colour", "red", "There is no parameter 'colour'. Try one of: since, region"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_do(name, value, said):
    with pytest.raises(BadFilter, match=said) as caught:
        parsed(**{name: value})
    assert caught.value.parameter == name


def test_a_query_is_read_back_from_its_parameters():
    query = parsed(since="2026-01-15T06:30:00+01:00", region="us-co", resort="l", size="5", cursor="77")
    assert query.region == "US-CO"
    assert set(query.parameters()) == set(CHANGE_PARAMETERS)
    assert parsed(**query.parameters()) == query
    assert ChangesQuery.parse({"region": [""], "since": []}) == ChangesQuery()
    assert ChangesQuery().parameters() == {}
