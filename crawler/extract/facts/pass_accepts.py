"""Every credential that opens the gate."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import value_of
from crawler.extract.document import Document
from crawler.extract.passes import PassTalk, talk
from uphill.vocabulary import Credential, PassRequired

FIELD = "pass_accepts"
NEEDS = ("pass_required",)

_ORDER = (Credential.UPHILL_PASS, Credential.SEASON_PASS, Credential.LIFT_TICKET)


def claims(document: Document) -> Iterator[Claim]:
    for one in talk(document):
        sentence = one.scoped.sentence
        for credential in one.credentials:
            if _opens(one, credential):
                waived = one.clause.has("free") and credential is Credential.SEASON_PASS
                strength = Strength.IMPLIED if waived else Strength.PLAIN
                yield Claim(
                    FIELD, credential, sentence.start, sentence.end, strength, "named as a credential"
                )


def _opens(one: PassTalk, credential: Credential) -> bool:  # noqa: PLR0911 - one return a rule, in their order
    if one.waived and credential is Credential.SEASON_PASS:
        # "season pass holders do not need an uphill pass"
        return Credential.UPHILL_PASS in one.credentials and one.clause.has("hold", "for_people_with")
    if one.waived or one.clause.has("not_accepted"):
        return False
    if credential is Credential.UPHILL_PASS:
        return one.demanded or one.clause.has("buy", "obtain")
    skins_free = one.clause.has("free") and one.clause.travels and credential is Credential.SEASON_PASS
    if skins_free and Credential.UPHILL_PASS not in one.credentials and not one.clause.has("obtain", "neg"):
        return True  # "uphill access is free with a season pass"
    if one.clause.has("show_to_fetch", "free") or one.clause.has("holders_too"):
        return False
    about = one.clause.has("uphill") or one.scoped.whole.has("uphill", "uphill_pass")
    if one.clause.has("included") and (about or one.clause.has("if_strict")):
        return not one.clause.has("neg")
    if one.clause.has("without") and one.demanded and credential is Credential.SEASON_PASS:
        return True  # "anyone without a season pass needs …"
    alone_or_listed = Credential.UPHILL_PASS not in one.credentials or one.clause.has("either", "only")
    return one.demanded and alone_or_listed


def settle(claims: Sequence[Claim], settled: Mapping[str, Settled]) -> Settled:
    if value_of(settled, "pass_required") is PassRequired.NEVER:
        return UNSTATED
    if not any(claim.value is Credential.UPHILL_PASS for claim in claims):
        # "free with a season pass" frees of a pass that others need
        claims = [claim for claim in claims if claim.strength > Strength.IMPLIED]
    first = {claim.value: claim for claim in sorted(claims, key=lambda c: (-c.strength, -c.start))}
    chosen = [first[credential] for credential in _ORDER if credential in first]
    return Settled(tuple(c.value for c in chosen), tuple(chosen)) if chosen else UNSTATED
