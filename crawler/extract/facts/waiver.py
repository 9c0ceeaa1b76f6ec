"""A waiver, release or assumption of risk to sign."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import Claim, Settled, Strength
from crawler.extract.combine import strongest
from crawler.extract.document import Document, Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Requirement

FIELD = "waiver"
NEEDS: tuple[str, ...] = ()
_LABELLED = 6
"""Tokens of a label and what it says."""
_NEAR = 2
"""Tokens from a "no" to what there is none of."""


def claims(document: Document) -> Iterator[Claim]:
    for scoped in document.main:
        for clause in scoped.clauses:
            if not clause.has("waiver") or (scoped.whole.has("not_waiver") and not scoped.named):
                continue
            if clause.rules("need_not") or clause.answer == "no" or _is_none(clause, scoped.whole):
                yield Claim(
                    FIELD,
                    Requirement.NOT_REQUIRED,
                    scoped.sentence.start,
                    scoped.sentence.end,
                    why="told not to be needed",
                )
            elif (
                clause.has("sign")
                or clause.rules("must")
                or scoped.whole.has("sign")
                or clause.answer == "yes"
                or _is_label(clause, scoped)
            ):
                strength = Strength.EXPLICIT if clause.rules("must") else Strength.PLAIN
                yield Claim(
                    FIELD,
                    Requirement.REQUIRED,
                    scoped.sentence.start,
                    scoped.sentence.end,
                    strength,
                    "a waiver to sign",
                )


def _is_label(clause: Clause, scoped: Scoped) -> bool:
    """As in "Waiver: required"."""
    return (
        len(scoped.whole.tokens) <= _LABELLED
        and scoped.sentence.rules("must")
        and clause.first("waiver") <= 1
    )


def _is_none(clause: Clause, whole: Clause) -> bool:
    """As in "there is no waiver to sign", and not "no waiver, no skinning"."""
    banned = any(whole.near("neg", c, _NEAR) for c in ("uphill", "ascend"))
    return not banned and any(
        0 < w.first - n.last <= _NEAR for n in clause.hits.get("neg", ()) for w in clause.hits["waiver"]
    )


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    return strongest(claims)
