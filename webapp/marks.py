"""The four marks of access; shape and word first, colour second."""

from enum import Enum

from uphill.language import N_, gettext
from uphill.policy import Policy
from uphill.search.known import HOURS_OF_ROUTES, Known
from uphill.vocabulary import Access, PassRequired, Permission, YesNo


class Mark(Enum):
    """``key`` names the shape and the CSS class, ``word`` stands beside it."""

    ALLOWED = ("allowed", N_("Allowed"))
    LIMITED = ("limited", N_("Allowed, with limits"))
    PROHIBITED = ("prohibited", N_("Prohibited"))
    UNKNOWN = ("unknown", N_("Not stated"))

    @property
    def key(self) -> str:
        return self.value[0]

    @property
    def word(self) -> str:
        return gettext(self.value[1])


def mark_of(policy: Policy) -> Mark:
    return _mark(
        policy.access,
        {policy.during_operations, policy.outside_operations},
        policy.pass_required,
        policy.designated_routes_only,
        has_hours=bool(policy.windows),
    )


def mark_of_known(resort: Known) -> Mark:
    """As :func:`mark_of`, from what a search holds of a resort."""
    policy = resort.policy
    if policy is None:
        return Mark.UNKNOWN
    facts = policy.facts
    return _mark(
        facts["access"],
        {facts["during_operations"], facts["outside_operations"]},
        facts["pass_required"],
        facts["designated_routes_only"],
        has_hours=policy.lists.get("windows", HOURS_OF_ROUTES) != HOURS_OF_ROUTES,
    )


def _mark(access: str, when: set[str], pass_required: str, designated: str, *, has_hours: bool) -> Mark:
    """Hours, routes or a pass limit what is allowed."""
    if access == Access.UNKNOWN:
        return Mark.UNKNOWN
    if access == Access.PROHIBITED:
        return Mark.PROHIBITED
    limited = (
        has_hours
        or Permission.PROHIBITED in when
        or pass_required not in {PassRequired.NEVER, PassRequired.UNKNOWN}
        or designated == YesNo.YES
    )
    return Mark.LIMITED if limited else Mark.ALLOWED
