"""Parity: what the vocabulary holds, the site shows."""

from uphill.policy import FACTS, Policy
from webapp.facts import GROUPS
from webapp.marks import Mark, mark_of


def test_every_fact_is_in_one_group():
    shown = [name for names in GROUPS.values() for name in names]
    assert sorted(shown) == sorted(FACTS)


def test_marks():
    marks = {
        Mark.UNKNOWN: [{}, {"dogs": "allowed"}],
        Mark.PROHIBITED: [{"access": "prohibited", "windows": ["05:00-08:00"]}],
        Mark.ALLOWED: [
            {"access": "allowed"},
            {"access": "allowed", "pass_required": "never", "during_operations": "allowed"},
        ],
        Mark.LIMITED: [
            {"access": "allowed", "windows": ["05:00-08:00"]},
            {"access": "allowed", "during_operations": "prohibited"},
            {"access": "allowed", "pass_required": "during_operations"},
            {"access": "allowed", "designated_routes_only": "yes"},
        ],
    }
    for mark, policies in marks.items():
        for facts in policies:
            assert mark_of(Policy.model_validate(facts)) is mark, facts
