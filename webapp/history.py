"""What changed in a resort's policy, in the words in which its page tells the facts."""

from dataclasses import dataclass

from uphill.fact_words import fact_elements
from uphill.policy import LIST_FACTS, Policy
from uphill.search.answers import PolicyRevision
from uphill.wording import NOT_STATED, label


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """One fact, before and after; of a list only the elements that came or went, empty where none did."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A version of the policy; the first one has no ``changes``."""

    told: PolicyRevision
    changes: tuple[ChangedFact, ...]


def revisions(history: tuple[PolicyRevision, ...]) -> tuple[Revision, ...]:
    """The history as it comes, newest first."""
    befores: list[PolicyRevision | None] = [*history, None][1:]
    return tuple(
        Revision(
            told,
            tuple(_changed(before.policy, told.policy, change.field) for change in told.changes)
            if before is not None
            else (),
        )
        for told, before in zip(history, befores, strict=True)
    )


def _changed(old: Policy, new: Policy, name: str) -> ChangedFact:
    before, after = (fact_elements(policy, name) or [NOT_STATED] for policy in (old, new))
    if name in LIST_FACTS:
        gone = [words for words in before if words not in after]
        came = [words for words in after if words not in before]
        before, after = (gone, came) if gone or came else (before, after)
    return ChangedFact(label(name), "; ".join(before), "; ".join(after))
