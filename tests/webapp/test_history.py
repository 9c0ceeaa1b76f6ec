from datetime import UTC, datetime

from uphill.changes import fact_changes
from uphill.policy import Policy
from uphill.search.answers import PolicyRevision, Provenance
from webapp.history import revisions

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
ORIGIN = Provenance(
    origin="crawl", source_url="https://l.example", source_kind="policy", first_seen=NOW, freshness="checked"
)


def changes(old, new):
    before, after = Policy.model_validate(old), Policy.model_validate(new)
    told = (
        PolicyRevision(provenance=ORIGIN, policy=after, changes=fact_changes(before, after)),
        PolicyRevision(provenance=ORIGIN, policy=before),
    )
    newest, first = revisions(told)
    assert first.changes == ()
    return [(change.label, change.old, change.new) for change in newest.changes]


def test_changes_are_told_as_facts_are():
    assert changes({"dogs": "leashed"}, {"parking": {"cost": "free"}}) == [
        ("Dogs", "on leash", "not stated"),
        ("Parking", "not stated", "free"),
    ]


def test_of_a_list_only_what_came_or_went_is_told():
    old = {"routes": ["Ridge", {"name": "Bowl", "status": "open"}], "windows": ["05:00-08:00"]}
    new = {
        "routes": ["Ridge", {"name": "Bowl", "status": "closed"}],
        "windows": ["05:00-08:00", "16:30-24:00"],
    }
    assert changes(old, new) == [
        ("Hours", "", "from 16:30"),
        ("Routes", "Bowl (open)", "Bowl (closed)"),
    ]


def test_a_list_that_is_stated_no_longer_is_not_stated():
    assert changes({"penalty": ["fine"]}, {}) == [("Penalties", "a fine", "not stated")]


def test_a_list_in_another_order_is_told_whole():
    assert changes({"routes": ["A", "B"]}, {"routes": ["B", "A"]}) == [("Routes", "A; B", "B; A")]
