"""What differs between two versions of a policy, in words."""

import json
from typing import Any

from uphill.policy import Policy
from uphill.recording.differences import changed_facts
from uphill.search.answers import FactChange


def fact_changes(old: Policy, new: Policy) -> tuple[FactChange, ...]:
    """The facts whose values differ, in the order of the facts; what has several parts as JSON of those stated."""
    return tuple(
        FactChange(field=change.field, old=_words(change.old), new=_words(change.new))
        for change in changed_facts(old, new)
    )


def _words(value: Any) -> str:
    if value is None:
        return "unknown"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
