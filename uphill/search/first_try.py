"""Which resorts suit a first try: by rules over what they state, not by taste."""

from enum import StrEnum

from uphill.language import N_
from uphill.search.known import Known, KnownPolicy
from uphill.vocabulary import Access, Cost, PassRequired, Period, Permission


class FirstTry(StrEnum):
    """Whether a resort suits a first try; ``OTHER`` is stated not to, ``UNKNOWN`` leaves something open."""

    SUITS = "suits"
    OTHER = "other"
    UNKNOWN = "unknown"


RULES = (
    N_("going up is allowed while lifts run, so that one goes by day and with help near"),
    N_("routes up are named"),
    N_("there is no fee, or a price for a day is stated"),
    N_("the rules were read on the resort’s own page lately"),
)
"""The rules in words; the last one is the search's ``freshness``."""

_BY_DAY = frozenset({Period.DAY, Period.VISIT})


def first_try(resort: Known) -> FirstTry:
    """All rules but that of freshness, which time alone changes."""
    policy = resort.policy
    if policy is None:
        return FirstTry.UNKNOWN
    facts = policy.facts
    if facts["access"] == Access.PROHIBITED or facts["during_operations"] == Permission.PROHIBITED:
        return FirstTry.OTHER
    by_day = facts["access"] == Access.ALLOWED and facts["during_operations"] == Permission.ALLOWED
    named = bool(policy.lists.get("routes"))
    return FirstTry.SUITS if by_day and named and _payable_by_day(policy) else FirstTry.UNKNOWN


def _payable_by_day(policy: KnownPolicy) -> bool:
    free = policy.facts["pass_required"] == PassRequired.NEVER or policy.facts["pass_cost"] == Cost.FREE
    return free or any(price.period in _BY_DAY for price in policy.prices)
