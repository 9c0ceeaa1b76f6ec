"""The four marks of access; shape and word first, colour second."""

from enum import Enum

from uphill.policy import Policy
from uphill.vocabulary import Access, PassRequired, Permission, YesNo


class Mark(Enum):
    """``key`` names the shape and the CSS class, ``word`` stands beside it."""

    ALLOWED = ("allowed", "Allowed")
    LIMITED = ("limited", "Allowed, with limits")
    PROHIBITED = ("prohibited", "Prohibited")
    UNKNOWN = ("unknown", "Not stated")

    @property
    def key(self) -> str:
        return self.value[0]

    @property
    def word(self) -> str:
        return self.value[1]


def mark_of(policy: Policy) -> Mark:
    if policy.access is Access.UNKNOWN:
        return Mark.UNKNOWN
    if policy.access is Access.PROHIBITED:
        return Mark.PROHIBITED
    return Mark.LIMITED if _has_limits(policy) else Mark.ALLOWED


def _has_limits(policy: Policy) -> bool:
    """Whether hours, routes or a pass limit what is allowed."""
    return (
        bool(policy.windows)
        or Permission.PROHIBITED in {policy.during_operations, policy.outside_operations}
        or policy.pass_required not in {PassRequired.NEVER, PassRequired.UNKNOWN}
        or policy.designated_routes_only is YesNo.YES
    )
