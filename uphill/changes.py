"""What differs between two versions of a policy, fact by fact."""

import json
from typing import Any

from uphill.policy import FACTS, Policy
from uphill.search.answers import FactChange


def fact_changes(old: Policy, new: Policy) -> tuple[FactChange, ...]:
    """The facts whose values differ, in the order of the facts; what has several parts as JSON of those stated."""
    before, after = (policy.model_dump(mode="json", exclude_defaults=True) for policy in (old, new))
    return tuple(
        FactChange(field=name, old=_words(before.get(name)), new=_words(after.get(name)))
        for name in FACTS
        if before.get(name) != after.get(name)
    )


def _words(value: Any) -> str:
    if value is None:
        return "unknown"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
