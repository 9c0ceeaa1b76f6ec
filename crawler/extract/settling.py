"""Claims of all facts → what each comes to, in the order in which the facts need each other."""

from collections.abc import Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.facts import facts
from crawler.extract.facts.access import TOTAL_BAN
from uphill.vocabulary import Access, Permission

_FOR_CLIMBERS = (
    "status", "windows", "pass_required", "pass_accepts", "pass_cost", "prices", "waiver", "check_in",
    "designated_routes_only", "routes", "lights", "hotline", "descent", "reflective", "avalanche_gear", "minors",
    "patrol", "parking", "season", "status_url", "waiver_url", "pass_url", "map_url",
)  # fmt: skip
"""Facts that make no sense where nobody may climb."""
_TELLING = ("windows", "pass_required", "pass_accepts", "prices", "waiver", "check_in", "routes", "lights")
"""Those that nobody tells who lets nobody climb."""
_MANY_RULES, _FEW_BANS = 4, 2


def settle_all(claims: Mapping[str, Sequence[Claim]]) -> dict[str, Settled]:
    """What every fact comes to; of a ban at all times, rules for climbers are left out."""
    settled = _in_order(claims, {})
    if settled["access"].value is not Access.PROHIBITED and (never := _banned_in_both(settled)) is not None:
        settled = _in_order(claims, {"access": never})
    if settled["access"].value is None and (at_times := _allowed_in_one(settled)) is not None:
        settled = _in_order(claims, {"access": at_times})
    if settled["access"].value is not Access.PROHIBITED:
        return settled
    if (allowed := _contradicted(claims)) is not None:
        return _in_order(claims, {"access": allowed})
    return settled | dict.fromkeys(_FOR_CLIMBERS, UNSTATED)


def _banned_in_both(settled: Mapping[str, Settled]) -> Settled | None:
    """Banned while lifts run and banned outside that time, each told outright, is banned."""
    told = [settled[f"{phase}_operations"] for phase in ("during", "outside")]
    outright = all(
        one.value is Permission.PROHIBITED and any(claim.strength > Strength.IMPLIED for claim in one.claims)
        for one in told
    )
    if not outright or settled["windows"].claims or settled["routes"].claims:
        return None
    proof = (*told[0].claims[:1], *told[1].claims[:1])
    return Settled(Access.PROHIBITED, proof, "banned while lifts run and outside that time")


def _allowed_in_one(settled: Mapping[str, Settled]) -> Settled | None:
    """What is allowed while lifts run and banned outside that time, or the other way round, is allowed."""
    told = [settled[f"{phase}_operations"] for phase in ("during", "outside")]
    if {one.value for one in told} != {Permission.ALLOWED, Permission.PROHIBITED}:
        return None
    proof = next(one.claims[:1] for one in told if one.value is Permission.ALLOWED)
    return Settled(Access.ALLOWED, proof, "allowed at one time") if proof else None


def _in_order(claims: Mapping[str, Sequence[Claim]], given: dict[str, Settled]) -> dict[str, Settled]:
    settled = dict(given)
    for fact in facts():
        if fact.FIELD not in given:
            settled[fact.FIELD] = fact.settle(claims[fact.FIELD], settled)
    return settled


def _contradicted(claims: Mapping[str, Sequence[Claim]]) -> Settled | None:
    """Allowed, where what reads as a ban stands beside many rules for those who climb.

    A page that bans going up tells neither hours nor passes, neither routes nor a waiver for it: the ban holds for
    some place or time that was not understood. One that plainly holds for all kinds and times stands.
    """
    banned = [claim for claim in claims["access"] if claim.value is Access.PROHIBITED]
    told = [
        claim for name in _TELLING for claim in [c for c in claims[name] if c.strength > Strength.IMPLIED][:1]
    ]
    total = any(claim.why == TOTAL_BAN for claim in banned)
    if total or len(banned) > _FEW_BANS or len(told) < _MANY_RULES:
        return None
    allowed = [claim for claim in claims["access"] if claim.value is Access.ALLOWED]
    return Settled(Access.ALLOWED, tuple(allowed or told)[:1], "many rules for those who climb are told")
