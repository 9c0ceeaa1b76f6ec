"""A waiver, release or assumption of risk to sign."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import Claim, Settled, Strength
from crawler.extract.combine import strongest
from crawler.extract.document import Document
from uphill.vocabulary import Requirement

FIELD = "waiver"
NEEDS: tuple[str, ...] = ()


def claims(document: Document) -> Iterator[Claim]:
    for scoped in document.main:
        for clause in scoped.clauses:
            if not clause.has("waiver") or (scoped.whole.has("not_waiver") and not scoped.named):
                continue
            if clause.rules("need_not"):
                yield Claim(
                    FIELD,
                    Requirement.NOT_REQUIRED,
                    scoped.sentence.start,
                    scoped.sentence.end,
                    why="told not to be needed",
                )
            elif clause.has("sign") or clause.rules("must") or scoped.whole.has("sign"):
                strength = Strength.EXPLICIT if clause.rules("must") else Strength.PLAIN
                yield Claim(
                    FIELD,
                    Requirement.REQUIRED,
                    scoped.sentence.start,
                    scoped.sentence.end,
                    strength,
                    "a waiver to sign",
                )


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    return strongest(claims)
