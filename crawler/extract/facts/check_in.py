"""Registering, signing in or reporting at each visit."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import Claim, Settled, Strength
from crawler.extract.combine import strongest
from crawler.extract.document import Document
from crawler.extract.sentences import Clause
from uphill.vocabulary import Requirement

FIELD = "check_in"
NEEDS: tuple[str, ...] = ()


def claims(document: Document) -> Iterator[Claim]:
    for scoped in document.main:
        if scoped.sentence.asks:
            continue
        for clause in scoped.clauses:
            if (
                not clause.has("check_in")
                or clause.has("look_up", "once")
                or scoped.whole.has("lodging")
                or scoped.headed("not_price")
            ):
                continue
            if clause.rules("need_not") or clause.answer == "no" or _is_none(clause):
                yield Claim(
                    FIELD,
                    Requirement.NOT_REQUIRED,
                    scoped.sentence.start,
                    scoped.sentence.end,
                    why="told not to be needed",
                )
            elif not clause.rules("should") and not clause.rules("permit"):
                strength = Strength.EXPLICIT if clause.rules("must") else Strength.PLAIN
                yield Claim(
                    FIELD,
                    Requirement.REQUIRED,
                    scoped.sentence.start,
                    scoped.sentence.end,
                    strength,
                    "told to check in",
                )


def _is_none(clause: Clause) -> bool:
    """As in "there is no sign-in": the negation stands right before it."""
    return not clause.travels and any(
        c.first - n.last == 1 for n in clause.hits.get("neg", ()) for c in clause.hits["check_in"]
    )


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    return strongest(claims)
