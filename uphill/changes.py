"""What differs between two versions of a policy, fact by fact."""

import json
from typing import Any

from uphill.policy import Policy
from uphill.search.answers import FactChange


def fact_changes(old: Policy, new: Policy) -> tuple[FactChange, ...]:
    """The facts whose values differ, in the order of the facts; lists as JSON."""
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    return tuple(
        FactChange(field=name, old=_words(before[name]), new=_words(after[name]))
        for name in before
        if before[name] != after[name]
    )


def _words(value: Any) -> str:
    if value in (None, []):
        return "unknown"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
