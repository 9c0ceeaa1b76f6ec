"""Headlamps and other lights in the dark."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import Claim, Settled, Strength
from crawler.extract.combine import backed, strongest
from crawler.extract.document import Document
from crawler.extract.sentences import Clause, Sentence
from uphill.vocabulary import Gear

FIELD = "lights"
NEEDS: tuple[str, ...] = ()


def claims(document: Document) -> Iterator[Claim]:
    for scoped in document.main:
        if scoped.sentence.asks:
            continue
        subject = scoped.headed("lights")
        for clause in scoped.clauses:
            if not clause.has("lights") and not (subject and clause.rules("must")):
                continue
            value = _read(clause, scoped.sentence)
            if value is not None:
                yield Claim(
                    FIELD,
                    value,
                    scoped.sentence.start,
                    scoped.sentence.end,
                    Strength.PLAIN,
                    why="lights asked for",
                )


def _read(clause: Clause, sentence: Sentence) -> Gear | None:
    if clause.rules("need_not") or (clause.has("machines") and not clause.has("you")):
        return None
    kinds = {v.kind for v in clause.verdicts} or sentence.kinds
    if "should" in kinds:
        return Gear.RECOMMENDED
    if clause.has("reflective") and clause.has("either"):
        return Gear.RECOMMENDED
    if "must" in kinds or ("forbid" in kinds and clause.has("without")):
        return Gear.REQUIRED
    if clause.commands("hold"):
        return Gear.REQUIRED
    return None


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    if {claim.value for claim in claims} == {Gear.REQUIRED, Gear.RECOMMENDED}:
        return backed(claims, Gear.REQUIRED)
    return strongest(claims)
