"""What changed: the change log in words, and the versions from before it was kept."""

from datetime import UTC, datetime, timedelta

import pytest

from uphill.causes import Cause
from uphill.policy import Policy
from uphill.recording.change_log import ChangeEntry
from uphill.search.answers import PolicyRevision, Provenance, ResortFacts, ResortPage
from uphill.search.fact_changes import fact_changes
from uphill.words.fact_words import fact_elements, value_elements
from webapp.history import CAUSES, changed, moments, timeline

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
PAGE = "https://l.example/uphill"


def entry(field, old, new, *, at=NOW, cause=Cause.PAGE, key=1):
    return ChangeEntry(
        id=key,
        at=at,
        resort="l",
        resort_name="L",
        region="US-CO",
        field=field,
        old=old,
        new=new,
        cause=cause,
        source_url=PAGE,
        quote="So it is.",
    )


def told(name, old, new):
    policies = (Policy.model_validate(facts) for facts in (old, new))
    change = changed(name, *(fact_elements(policy, name) for policy in policies))
    return change.label, change.old, change.new


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("dogs", {"dogs": "leashed"}, {}, ("Dogs", "on leash", "not stated")),
        ("parking", {}, {"parking": {"cost": "free"}}, ("Parking", "not stated", "free")),
        ("penalty", {"penalty": ["fine"]}, {}, ("Penalties", "a fine", "not stated")),
        (
            "windows",
            {"windows": ["05:00-08:00"]},
            {"windows": ["05:00-08:00", "16:30-24:00"]},
            ("Hours", "", "from 16:30"),
        ),
        (
            "routes",
            {"routes": ["Ridge", {"name": "Bowl", "status": "open"}]},
            {"routes": ["Ridge", {"name": "Bowl", "status": "closed"}]},
            ("Routes", "Bowl (open)", "Bowl (closed)"),
        ),
        ("routes", {"routes": ["A", "B"]}, {"routes": ["B", "A"]}, ("Routes", "A; B", "B; A")),
    ],
)
def test_a_change_is_told_as_facts_are_of_a_list_only_what_came_or_went(name, old, new, said):
    assert told(name, old, new) == said


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("dogs", "leashed", ["on leash"]),
        ("windows", ["05:00-lift_open"], ["5:00 until lifts open"]),
        ("season", {"start": "11-15"}, ["from 15 Nov"]),
        ("dogs", None, []),
        ("dogs", "carried", ["carried"]),
        ("moonlight", ["full", "new"], ['["full", "new"]']),
    ],
)
def test_a_logged_value_is_told_in_words_one_of_another_vocabulary_as_it_is(name, value, words):
    assert value_elements(name, value) == words


def test_what_changed_together_is_told_together_in_the_order_of_the_facts():
    newest = [entry("dogs", "allowed", "leashed", key=3), entry("access", None, "allowed", key=2)]
    older = entry("dogs", None, "allowed", at=NOW - timedelta(days=1), key=1)
    first, second = moments([*newest, older])
    assert [change.label for change in first.changes] == ["Uphill access", "Dogs"]
    assert (first.at, first.reason, first.source_url) == (NOW, "the resort changed its page", PAGE)
    assert first.changes[1].quote == "So it is."
    assert [change.new for change in second.changes] == ["allowed"]


def test_each_cause_has_its_words_and_is_told_apart():
    entries = [entry("dogs", "allowed", "leashed", cause=cause) for cause in Cause]
    assert [moment.reason for moment in moments(entries)] == [CAUSES[cause] for cause in Cause]


def test_of_a_first_reading_only_what_it_contradicts_is_told_in_full():
    (moment,) = moments(
        [
            entry("dogs", "allowed", "leashed", cause=Cause.FIRST),
            entry("foot", None, "allowed", cause=Cause.FIRST),
        ]
    )
    assert [change.label for change in moment.changes] == ["Dogs"]
    assert moment.first_stated == 1


def test_versions_from_before_the_log_come_after_it():
    def revision(days, before, after):
        origin = Provenance(
            origin="crawl",
            source_url=PAGE,
            source_kind="policy",
            first_seen=NOW - timedelta(days=days),
            freshness="checked",
        )
        changes = fact_changes(before, after) if before is not None else ()
        return PolicyRevision(provenance=origin, policy=after, changes=changes)

    policies = [Policy(dogs=dogs) for dogs in ("leashed", "allowed", "prohibited")]
    page = ResortPage(
        resort=ResortFacts(
            slug="l", name="L", country="US", country_name="US", region="US-CO", region_name="Colorado"
        ),
        policy=policies[0],
        history=(
            revision(0, policies[1], policies[0]),
            revision(3, policies[2], policies[1]),
            revision(9, None, policies[2]),
        ),
        changes=(entry("dogs", "allowed", "leashed"),),
    )
    told = [
        (moment.reason, [(change.old, change.new) for change in moment.changes]) for moment in timeline(page)
    ]
    assert told == [
        ("the resort changed its page", [("allowed", "on leash")]),
        ("changed", [("prohibited", "allowed")]),
        ("first known", []),
    ]
