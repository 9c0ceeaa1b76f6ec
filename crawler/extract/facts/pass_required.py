"""When a credential, paid or free, must be held before going up."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import backed, value_of
from crawler.extract.document import Document, Scope
from crawler.extract.passes import PassTalk, talk
from uphill.vocabulary import Credential, PassRequired, Permission

FIELD = "pass_required"
NEEDS = ("during_operations", "access")

_OF_PHASE = {"during": PassRequired.DURING_OPERATIONS, "outside": PassRequired.OUTSIDE_OPERATIONS}


def claims(document: Document) -> Iterator[Claim]:
    for one in talk(document):
        sentence = one.scoped.sentence
        if one.demanded:
            phase = next(iter(one.phases)) if len(one.phases) == 1 and not one.clause.has("obtain") else None
            phase = phase or one.scoped.heading_phase
            value = _OF_PHASE[phase] if phase else PassRequired.ALWAYS
            yield Claim(
                FIELD, value, sentence.start, sentence.end, Strength.PLAIN, "a credential is demanded"
            )
        elif one.waived and not one.phases and not one.clause.has("additional") and not _for_holders(one):
            one_kind = bool(one.credentials) and Credential.UPHILL_PASS not in one.credentials
            strength = Strength.IMPLIED if one_kind else Strength.PLAIN
            yield Claim(
                FIELD, PassRequired.NEVER, sentence.start, sentence.end, strength, "told not to be needed"
            )
        elif one.waived and one.clause.has("additional"):
            yield Claim(
                FIELD,
                PassRequired.NEVER,
                sentence.start,
                sentence.end,
                Strength.IMPLIED,
                "no additional pass needed",
            )
    if not document.count("uphill_pass"):
        for scoped in document.main:
            whole = scoped.whole
            free = whole.has("free") and not whole.has(
                "not_free", "season_pass", "lift_ticket", "trailhead", "rental"
            )
            asked = whole.first("price_question") == 0  # "Price | free"
            if free and (asked or (whole.has("uphill") and scoped.scope is Scope.EXPLICIT)):
                sentence, why = scoped.sentence, "free, and nothing to fetch"
                yield Claim(FIELD, PassRequired.NEVER, sentence.start, sentence.end, Strength.IMPLIED, why)


def _for_holders(one: PassTalk) -> bool:
    """As in "Season pass holders do not need an uphill pass" frees nobody else."""
    return Credential.SEASON_PASS in one.credentials and Credential.UPHILL_PASS in one.credentials


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
    only_outside = value_of(settled, "during_operations") is Permission.PROHIBITED
    if value is PassRequired.OUTSIDE_OPERATIONS and only_outside:
        return backed(claims, PassRequired.ALWAYS, among={value})
    return backed(claims, value)
