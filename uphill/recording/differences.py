"""What differs between two versions of a policy, fact by fact. The order of a list means nothing."""

import json
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from uphill.policy import FACTS, Policy


@dataclass(frozen=True, slots=True)
class Changed:
    """A fact that differs; its values as JSON values, ``None`` where it is not stated."""

    field: str
    old: Any
    new: Any


def changed_facts(old: Policy, new: Policy) -> tuple[Changed, ...]:
    """The facts whose values differ, in the order of the facts."""
    unlike = [name for name in FACTS if getattr(old, name) != getattr(new, name)]
    if not unlike:
        return ()
    before, after = stated_values(old), stated_values(new)
    return tuple(
        Changed(name, before.get(name), after.get(name))
        for name in unlike
        if canonical(before.get(name)) != canonical(after.get(name))
    )


def same_facts(one: Policy, other: Policy) -> bool:
    return one == other or not changed_facts(one, other)


def stated_values(policy: Policy) -> dict[str, Any]:
    """The facts that are stated, as JSON values; what has several parts as those of them that are."""
    return policy.model_dump(mode="json", exclude_defaults=True)


def canonical(value: Any) -> str:
    """A JSON value, or a part of a policy, spelt so that equal ones are spelt alike whatever the order of lists."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(_sorted(value), sort_keys=True, ensure_ascii=False)


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return sorted((_sorted(element) for element in value), key=canonical)
    return value
