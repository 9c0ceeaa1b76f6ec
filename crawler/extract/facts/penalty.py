"""What breaking the rules costs: the pass, a fine, being sent away, prosecution."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from crawler.extract.automaton import Hit
from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.document import Document
from crawler.extract.sentences import Clause
from uphill.vocabulary import Penalty

FIELD = "penalty"
NEEDS: tuple[str, ...] = ()
_PENALTIES = frozenset(["privileges_lost", "revoke", "suspend_person", "fine", "removal", "prosecution"])
_WARNING = 2
_NEAR = 7
"""Tokens between what is taken away and the word that takes it."""


def claims(document: Document) -> Iterator[Claim]:
    for before, scoped in pairwise((None, *document.main)):
        if scoped is None or not scoped.speaks_of(_PENALTIES):
            continue
        above = before if before is not None and before.sentence.block is scoped.sentence.block else None
        if (
            scoped.sentence.asks
            or scoped.sentence.block.level
            or scoped.whole.has("park", "lodging", "rental")
        ):
            continue
        broken = scoped.whole.has("violation") or scoped.headed("violation")
        after = broken or (above is not None and above.whole.has("violation"))
        for value in _read(scoped.whole, broken=broken, after=after):
            start, end = scoped.sentence.start, scoped.sentence.end
            yield Claim(FIELD, value, start, end, Strength.PLAIN, "what breaking the rules costs")


def _read(clause: Clause, *, broken: bool, after: bool) -> Iterator[Penalty]:
    told = after or clause.has("fine", "prosecution")
    if (
        clause.has("privileges_lost")
        or _taken(clause, "revoke", "privilege", surely=told)
        or _taken(clause, "suspend_person", "privilege", surely=told)
        or _taken(clause, "revoke", "credential_word", surely=clause.lang == "en")
    ):
        yield Penalty.LOSS_OF_PASS
    if clause.has("fine") and not clause.has("not_fine"):
        yield Penalty.FINE
    if clause.has("removal") and (broken or after or _for_people(clause)):
        yield Penalty.REMOVAL
    if any(not _warned(clause, hit) for hit in clause.hits.get("prosecution", ())):
        yield Penalty.PROSECUTION


def _taken(clause: Clause, concept: str, what: str, *, surely: bool) -> bool:
    """As in "your pass may be revoked"; a pass that was lost or is collected somewhere is no penalty."""
    return surely and clause.near(concept, what, _NEAR)


def _warned(clause: Clause, offence: Hit) -> bool:
    """As in "please don't trespass", which names no penalty."""
    return any(0 < offence.first - negation.last <= _WARNING for negation in clause.hits.get("neg", ()))


def _for_people(clause: Clause) -> bool:
    return clause.has("you", "uphill") and not clause.has("dog", "deadline")


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    """Each penalty once, in the order of the vocabulary."""
    first: dict[Penalty, Claim] = {}
    for claim in claims:
        first.setdefault(claim.value, claim)
    chosen = [first[value] for value in Penalty if value in first]
    return Settled(tuple(claim.value for claim in chosen), tuple(chosen)) if chosen else UNSTATED
