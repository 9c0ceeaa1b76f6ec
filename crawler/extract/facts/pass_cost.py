"""Whether a visitor without a season pass pays for going up."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import backed, value_of
from crawler.extract.document import Document
from crawler.extract.passes.charges import (
    costs_nothing,
    frees_access,
    is_paid,
    parks_aside,
    says_free_alone,
)
from crawler.extract.passes.credentials import credentials
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Cost, Credential, PassRequired

FIELD = "pass_cost"
NEEDS = ("prices", "pass_required", "pass_accepts")

_TOLD = frozenset(["price_question", "nothing", "none_alone", "free", "paid_access", "buy"])
_BARE, _ASKED = 3, 6
"""Tokens of an answer, and of the question or title before it."""
_OTHERS = "another credential"


def claims(document: Document) -> Iterator[Claim]:
    for one in document.telling({"other_credential"}):
        if one.whole.has("other_credential"):
            yield one.claim(FIELD, _OTHERS, "others hold something else", Strength.IMPLIED)
    for before, scoped in pairwise((None, *document.main)):
        if scoped is None or not scoped.speaks_of(_TOLD):
            continue
        explicit = before is not None and before.scope is Scope.EXPLICIT
        goes_on = before is not None and explicit and before.whole.has("uphill_pass")
        # "Skinning is by permit. Permits are free"
        goes_on = goes_on or (explicit and _is_of_a_token(before, scoped))
        travels = before is not None and explicit and before.whole.has("uphill", "ascend")
        asked = (
            before is not None and before.whole.has("price_question") and len(before.whole.tokens) <= _ASKED
        )
        if (
            costs_nothing(scoped.whole)
            or any(_asks_for_a_fee(clause) for clause in scoped.clauses)
            or ((asked or scoped.headed("price_question")) and _is_nothing(scoped.whole))
        ):
            yield scoped.claim(FIELD, Cost.FREE, "called free")
        pronoun = travels and (scoped.whole.first("price_pronoun") == 0 or scoped.whole.has("refers_back"))
        for clause in scoped.clauses:
            uphill = (
                scoped.whole.has("uphill", "uphill_pass")
                or goes_on
                or pronoun
                or (travels and before is not None and says_free_alone(clause) and _beside(before, scoped))
                or ((document.about or scoped.headed("uphill")) and clause.has("access_word", "uphill_route"))
                or scoped.headed("uphill_pass")
                or (0 <= scoped.whole.first("price_question") <= 1 and not scoped.whole.has("lift_ticket"))
                or (scoped.headed("price_question") and scoped.scope is Scope.EXPLICIT)
            )
            if not uphill:
                continue
            if _is_free(clause):
                yield scoped.claim(FIELD, Cost.FREE, "called free")
            elif _is_sold(clause, scoped):
                yield scoped.claim(FIELD, Cost.PAID, "bought")


def _beside(before: Scoped, scoped: Scoped) -> bool:
    return before.sentence.block is scoped.sentence.block


def _is_of_a_token(before: Scoped | None, scoped: Scoped) -> bool:
    told = before is not None and before.whole.has("uphill_token") and not before.whole.has("lift_ticket")
    same = before is not None and _beside(before, scoped)
    return told and same and scoped.whole.has("uphill_token") and not scoped.whole.has("season_pass")


def _asks_for_a_fee(clause: Clause) -> bool:
    """As in "Is there a fee? No"."""
    others = ("lift_ticket", "minor", "not_price", "trailhead", "rental", "park")
    return clause.answer == "no" and clause.has("price_question") and not clause.has(*others)


def _is_nothing(whole: Clause) -> bool:
    """As in "What it costs. Nothing."."""
    return whole.has("nothing", "none_alone", "free") and len(whole.tokens) <= _BARE


def _is_free(clause: Clause) -> bool:
    if (
        not clause.has("free")
        or clause.has("not_free")
        or not parks_aside(clause)
        or clause.near("free", "either", 1)
    ):
        return False
    if clause.near("free", "uphill_pass", 1) and clause.first("free") < clause.first("uphill_pass"):
        return not clause.has("holder_word", "minor")  # "a season pass or a free uphill pass"
    if _besides_the_counter(clause, "other_product") and not clause.near("without", "other_product", 1):
        return False
    return not _for_holders(clause) and frees_access(clause)


def _is_sold(clause: Clause, scoped: Scoped) -> bool:
    if is_paid(clause):
        return True
    if clause.has("free", "neg", "trailhead", "rental") or clause.rules("need_not"):
        return False
    if clause.answer == "no" or (scoped.sentence.asks and clause.answer is None):
        return False  # "Do I need to buy a ticket?" "No"
    if clause.has("paid_access") and clause.has(
        "uphill", "ascend", "uphill_pass", "access_word", "route_noun"
    ):
        return True
    if clause.has("downhill", "descend", "lift_word") and not clause.has("uphill", "uphill_pass"):
        return False  # "For the way down, tickets for pedestrians are sold"
    named = clause.has("uphill_pass", "any_pass_word") or scoped.headed("uphill_pass")
    return named and clause.has("buy")


def _for_holders(clause: Clause) -> bool:
    if clause.has("no_pass"):
        return clause.has("minor")  # "Access is free, you need no lift ticket"
    named = credentials(clause)
    others = (Credential.SEASON_PASS, Credential.LIFT_TICKET)
    held = any(one in named and _besides_the_counter(clause, f"{one}") for one in others)
    return held or clause.has("minor")


def _besides_the_counter(clause: Clause, concept: str) -> bool:
    """Whether it names the thing elsewhere than in "the season pass office", where things are fetched."""
    counters = clause.hits_of("sold_at", "counter", "trailhead")  # "the parking fee" stands aside
    return any(
        not any(c.first <= hit.first and hit.first <= c.last for c in counters)
        for hit in clause.hits.get(concept, ())
    )


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
