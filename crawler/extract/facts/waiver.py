"""A waiver, release or assumption of risk to sign."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import Claim, Settled
from crawler.extract.combine import strongest
from crawler.extract.document import Document
from crawler.extract.duties import is_lifted, laid_down, lifted
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

FIELD = "waiver"
NEEDS: tuple[str, ...] = ()
_LABELLED = 6
"""Tokens of a label and what it says."""
_NEAR = 2
"""Tokens from a "no" to what there is none of."""


def claims(document: Document) -> Iterator[Claim]:
    for scoped in document.telling({"waiver"}, headed="waiver"):
        if scoped.sentence.asks and scoped.sentence.kinds & {"must", "need_not"}:
            continue  # "Do I have to sign a waiver?"
        for clause in scoped.clauses:
            elsewhere = scoped.whole.has("not_waiver") or scoped.headed("not_waiver", "other_purpose")
            if elsewhere and not scoped.named:
                continue
            if not clause.has("waiver"):
                if scoped.headed("waiver") and clause.has("sign") and clause.rules("must"):
                    yield laid_down(FIELD, scoped, clause, "a waiver to sign")
            elif is_lifted(clause, "waiver") or _is_none(clause, scoped.whole):
                yield lifted(FIELD, scoped)
            elif _is_signed(clause, scoped):
                yield laid_down(FIELD, scoped, clause, "a waiver to sign")


def _is_signed(clause: Clause, scoped: Scoped) -> bool:
    signed = clause.has("sign") or scoped.whole.has("sign") or clause.answer == "yes"
    return signed or clause.rules("must") or _is_label(clause, scoped)


def _is_label(clause: Clause, scoped: Scoped) -> bool:
    """As in "Waiver: required"."""
    return (
        len(scoped.whole.tokens) <= _LABELLED
        and scoped.sentence.rules("must")
        and clause.first("waiver") <= 1
    )


def _is_none(clause: Clause, whole: Clause) -> bool:
    """As in "there is no waiver to sign" and "you do not sign a waiver", and not "no waiver, no skinning"."""
    if any(whole.near("neg", concept, _NEAR) for concept in ("uphill", "ascend")):
        return False
    unsigned = clause.has("if", "without") or clause.rules("forbid")
    concepts = ("waiver",) if unsigned else ("waiver", "sign")
    return any(
        0 < hit.first - no.last <= _NEAR
        for no in clause.hits.get("neg", ())
        for hit in clause.hits_of(*concepts)
    )


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    return strongest(claims)
