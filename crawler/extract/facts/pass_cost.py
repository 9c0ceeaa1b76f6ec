"""Whether a visitor without a season pass pays for going up."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import backed, value_of
from crawler.extract.document import Document, Scope
from crawler.extract.passes import credentials
from crawler.extract.sentences import Clause
from uphill.vocabulary import Cost, Credential, PassRequired

FIELD = "pass_cost"
NEEDS = ("prices", "pass_required", "pass_accepts")

_OTHERS = "another credential"


def claims(document: Document) -> Iterator[Claim]:
    for scoped in document.main:
        if scoped.whole.has("other_credential"):
            yield Claim(
                FIELD,
                _OTHERS,
                scoped.sentence.start,
                scoped.sentence.end,
                Strength.IMPLIED,
                "others hold something else",
            )
    previous_uphill = False
    for scoped in document.main:
        for clause in scoped.clauses:
            uphill = (
                clause.has("uphill_pass", "uphill")
                or scoped.whole.has("uphill", "uphill_pass")
                or previous_uphill
                or (document.about and clause.has("access_word"))
                or scoped.headed("uphill_pass")
                or scoped.whole.first("price_question") == 0
            )
            span = (scoped.sentence.start, scoped.sentence.end)
            if (
                clause.has("free")
                and not clause.has("not_free")
                and uphill
                and not _for_holders(clause)
                and not clause.has("trailhead", "other_product")
                and not clause.has("either")
            ):
                yield Claim(FIELD, Cost.FREE, *span, Strength.PLAIN, "called free")
            elif (
                clause.has("buy")
                and uphill
                and not clause.has("free", "neg")
                and (clause.has("uphill_pass", "any_pass_word") or scoped.headed("uphill_pass"))
            ):
                yield Claim(FIELD, Cost.PAID, *span, Strength.PLAIN, "bought")
        previous_uphill = scoped.whole.has("uphill_pass") and scoped.scope is Scope.EXPLICIT


def _for_holders(clause: Clause) -> bool:
    named = credentials(clause)
    return Credential.SEASON_PASS in named or Credential.LIFT_TICKET in named or clause.has("minor")


def settle(claims: Sequence[Claim], settled: Mapping[str, Settled]) -> Settled:
    prices = settled.get("prices", UNSTATED)
    if prices.claims:
        return Settled(Cost.PAID, prices.claims[:1], "it has a price")
    values = {claim.value for claim in claims} - {_OTHERS}
    if len(values) == 1:
        return backed(claims, values.pop())
    if values:
        return Settled(None, (), "called both free and sold")
    accepts = settled.get("pass_accepts", UNSTATED)
    demanded = value_of(settled, "pass_required") not in (None, PassRequired.NEVER)
    others = any(claim.value == _OTHERS for claim in claims)
    if demanded and not others and accepts.value and Credential.UPHILL_PASS not in accepts.value:
        return Settled(Cost.PAID, accepts.claims[:1], "only a season pass or lift ticket is accepted")
    return UNSTATED
