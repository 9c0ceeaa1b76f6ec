"""When a credential, paid or free, must be held before going up."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import backed, value_of
from crawler.extract.document import Document, Scope, Scoped
from crawler.extract.passes import PassTalk, talk
from uphill.vocabulary import Credential, PassRequired, Permission

FIELD = "pass_required"
NEEDS = ("during_operations", "access")

_OF_PHASE = {"during": PassRequired.DURING_OPERATIONS, "outside": PassRequired.OUTSIDE_OPERATIONS}
_OF_OTHER_PHASE = {"during": PassRequired.OUTSIDE_OPERATIONS, "outside": PassRequired.DURING_OPERATIONS}


def claims(document: Document) -> Iterator[Claim]:
    for one in talk(document):
        claim = _demanded(one) if one.demanded else _waived(one) if one.waived else None
        if claim is not None:
            yield claim
    if not document.count("uphill_pass"):
        for scoped in document.main:
            if _is_free(scoped):
                yield scoped.claim(FIELD, PassRequired.NEVER, "free, and nothing to fetch", Strength.IMPLIED)


def _demanded(one: PassTalk) -> Claim:
    phase = next(iter(one.phases)) if len(one.phases) == 1 and not one.clause.has("obtain") else None
    phase = phase or one.scoped.heading_phase
    value = _OF_PHASE[phase] if phase else PassRequired.ALWAYS
    return one.scoped.claim(FIELD, value, "a credential is demanded")


def _waived(one: PassTalk) -> Claim | None:
    if one.of_some:
        return None  # "Season pass holders do not need an uphill pass" frees nobody else
    phase = next(iter(one.phases)) if len(one.phases) == 1 else one.scoped.heading_phase
    if phase:
        value, why = _OF_OTHER_PHASE[phase], "told not to be needed at other times"
        return one.scoped.claim(FIELD, value, why, Strength.IMPLIED)
    if one.phases:
        return None
    if one.clause.has("additional"):
        return one.scoped.claim(FIELD, PassRequired.NEVER, "no additional pass needed", Strength.IMPLIED)
    one_kind = bool(one.credentials) and Credential.UPHILL_PASS not in one.credentials
    strength = Strength.IMPLIED if one_kind else Strength.PLAIN
    return one.scoped.claim(FIELD, PassRequired.NEVER, "told not to be needed", strength)


def _is_free(scoped: Scoped) -> bool:
    whole = scoped.whole
    if not whole.has("free") or whole.has("not_free", "season_pass", "lift_ticket", "trailhead", "rental"):
        return False
    asked = whole.first("price_question") == 0  # "Price | free"
    return asked or (whole.has("uphill") and scoped.scope is Scope.EXPLICIT)


def settle(claims: Sequence[Claim], settled: Mapping[str, Settled]) -> Settled:  # noqa: PLR0911 - one return a rule, in their order
    if value_of(settled, "access") == "prohibited":
        return UNSTATED
    # a pass on offer tells that it is needed only where nothing is said of that
    claims = [c for c in claims if c.strength is not Strength.IMPLIED] or claims
    values = {claim.value for claim in claims}
    if not values:
        return UNSTATED
    demanded = values - {PassRequired.NEVER}
    if not demanded:
        return backed(claims, PassRequired.NEVER)
    if PassRequired.NEVER in values:
        strong = {c.value for c in claims if c.strength is Strength.PLAIN}
        if PassRequired.NEVER in strong:
            return Settled(None, (), "a pass is both demanded and told not to be needed")
    if PassRequired.ALWAYS in demanded or len(demanded) > 1:
        return backed(claims, PassRequired.ALWAYS, among=demanded)
    value = demanded.pop()
    if value_of(settled, "during_operations") is Permission.PROHIBITED:
        return _when_outside_only(claims, value)
    return backed(claims, value)


def _when_outside_only(claims: Sequence[Claim], value: PassRequired) -> Settled:
    """Where nobody climbs while lifts run, what holds after hours holds always."""
    if value is PassRequired.OUTSIDE_OPERATIONS:
        return backed(claims, PassRequired.ALWAYS, among={value})
    implied = all(claim.strength is Strength.IMPLIED for claim in claims)
    return backed(claims, PassRequired.NEVER, among={value}) if implied else backed(claims, value)
