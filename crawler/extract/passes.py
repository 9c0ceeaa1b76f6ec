"""What a clause says of credentials: shared by the facts on passes."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extract.document import Document, Scope, Scoped
from crawler.extract.operations import Phase, phases
from crawler.extract.sentences import Clause, Sentence
from crawler.extract.tagger import Hit
from uphill.vocabulary import Credential

_CONCEPTS = {
    "uphill_pass": Credential.UPHILL_PASS,
    "season_pass": Credential.SEASON_PASS,
    "lift_ticket": Credential.LIFT_TICKET,
}


_BARE = 3
"""Tokens of a sentence that is hardly more than its verdict."""
_NEAR = 4
"""Tokens between "without" and what one goes without."""


@dataclass(frozen=True, slots=True)
class PassTalk:
    """A clause that names credentials, and what it does with them."""

    scoped: Scoped
    clause: Clause
    credentials: tuple[Credential, ...]
    demanded: bool
    waived: bool
    """Told not to be needed."""
    offered: bool
    """An uphill pass that is priced, sold or handed out."""
    phases: frozenset[Phase]


def credentials(clause: Clause) -> tuple[Credential, ...]:
    """Credentials that the clause names; "uphill season pass" is an uphill pass, not a season pass.

    A word counts for the first of the concepts only: a "skipass stagionale" is no day's skipass.
    """
    taken: list[Hit] = []
    found: list[Credential] = []
    for concept, credential in _CONCEPTS.items():
        hits = clause.hits.get(concept, ())
        if any(not any(t.first <= hit.last and hit.first <= t.last for t in taken) for hit in hits):
            found.append(credential)
        taken += hits
    return tuple(found)


def talk(document: Document) -> Iterator[PassTalk]:
    for scoped in document.main:
        if scoped.sentence.asks:
            continue
        sentence = scoped.sentence
        for clause in scoped.clauses:
            named = credentials(clause)
            generic = _names_some_pass(clause) and (scoped.scope is Scope.EXPLICIT or scoped.named)
            if not named and _is_bare(clause) and scoped.headed("uphill_pass"):
                named = (Credential.UPHILL_PASS,)  # "Uphill pass": "Required."
            if not named and not generic:
                continue
            if not _is_about(clause, scoped, named):
                continue
            need_not = clause.rules("need_not") or clause.has("no_pass")
            if clause.has("without") and clause.travels and {v.kind for v in clause.verdicts} == {"permit"}:
                need_not = _goes_without(clause)
            yield PassTalk(
                scoped, clause, named,
                demanded=not need_not and _demands(clause, sentence),
                waived=need_not,
                offered=Credential.UPHILL_PASS in named and clause.has("buy", "obtain", "price_word"),
                phases=frozenset(phases(clause) or phases(sentence.whole)),
            )  # fmt: skip


def _names_some_pass(clause: Clause) -> bool:
    """Whether it says "pass" or "ticket", and not only "ticket office"."""
    counters = clause.hits.get("counter", ())
    return any(
        not any(c.first <= hit.first <= c.last for c in counters)
        for hit in clause.hits.get("any_pass_word", ())
    )


def _is_bare(clause: Clause) -> bool:
    return len(clause.tokens) <= _BARE and bool(clause.verdicts)


def _goes_without(clause: Clause) -> bool:
    """As in "You may climb without a pass", and not "without extra charge" or "without a pass you may not"."""
    permitted = min(v.at for v in clause.verdicts)
    passes = [hit for c in ("any_pass_word", *_CONCEPTS) for hit in clause.hits.get(c, ())]
    return any(
        w.first > permitted
        and any(0 <= p.first - w.last <= _NEAR or w.first <= p.first <= w.last for p in passes)
        for w in clause.hits["without"]
    )


def _is_about(clause: Clause, scoped: Scoped, named: tuple[Credential, ...]) -> bool:
    if clause.has("other_place"):
        return False
    return (
        Credential.UPHILL_PASS in named
        or scoped.scope is Scope.EXPLICIT
        or scoped.named
        or bool(clause.verdicts)
    )


def _demands(clause: Clause, sentence: Sentence) -> bool:
    """Whether the clause makes the credential a condition of going up."""
    if clause.has("without") and (clause.has("neg") or clause.rules("forbid") or sentence.rules("forbid")):
        return True
    if clause.has("downhill") and not clause.has("uphill", "ascend", "uphill_pass"):
        return False
    if clause.rules("must") or (
        clause.has("only") and (clause.rules("permit") or clause.has("uphill", "ascend"))
    ):
        return True
    imperative = any(clause.commands(c) for c in ("obtain", "hold"))
    if clause.has("privilege_of"):
        return True
    listed = sentence.rules("must") and (
        clause.has("obtain") or (not clause.verdicts and clause.has("uphill_pass"))
    )
    return (
        imperative
        or listed
        or (
            clause.has("for_people_with")
            and clause.has("slopes", "uphill", "ascend")
            and not sentence.block.level
        )
    )
