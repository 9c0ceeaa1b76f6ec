"""What one may go up on: shared by the facts on snowshoes, boots and bikes."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import backed
from crawler.extract.document import Document, Scope, Scoped
from crawler.extract.operations import phases
from crawler.extract.sentences import Clause
from crawler.extract.times import spans
from uphill.vocabulary import Permission

_ALL = ("snowshoe", "foot", "bike", "ski_gear")
_NEAR = 8
"""Tokens between "only" and the gear it confines to."""
_BARE = 12
"""Tokens of a sentence that lists gear and says no more."""
_ALLOWED, _PROHIBITED = Permission.ALLOWED, Permission.PROHIBITED


def claims(document: Document, field: str, concept: str) -> Iterator[Claim]:
    """Claims on one kind of equipment, ``concept`` in the lexicon."""
    banned = False
    for scoped in document.main:
        bikes_aside = concept == "bike" and scoped.scope < Scope.EXPLICIT and not scoped.named
        included = banned and 0 <= scoped.whole.first("included") <= 1
        banned = included or any(_bans_all(clause, scoped, concept) for clause in scoped.clauses)
        if included and scoped.whole.has(concept):
            span = (scoped.sentence.start, scoped.sentence.end)
            yield Claim(field, _PROHIBITED, *span, Strength.EXPLICIT, "included in a ban")
            continue
        if scoped.sentence.asks or (bikes_aside and not _equipment_rule(scoped)):
            continue
        for clause in scoped.clauses:
            read = _read(clause, scoped, concept)
            if read is not None:
                value, strength, why = read
                yield Claim(field, value, scoped.sentence.start, scoped.sentence.end, strength, why)


def _equipment_rule(scoped: Scoped) -> bool:
    return scoped.whole.has("ski_gear", "only") or bool(scoped.sentence.kinds)


def _read(clause: Clause, scoped: Scoped, concept: str) -> tuple[Permission, Strength, str] | None:
    named = clause.has(concept)
    if named:
        return _on_named(clause, scoped, concept)
    if _is_exclusive(clause, scoped):
        return _PROHIBITED, Strength.PLAIN, "left out of an exclusive list"
    if _bans_all(clause, scoped, concept) and clause.has("all_uphill"):
        return _PROHIBITED, Strength.IMPLIED, "every kind of uphill travel is banned"
    return None


def _bans_all(clause: Clause, scoped: Scoped, concept: str) -> bool:
    """Whether it bans uphill travel as such, under no condition."""
    banned = clause.has("uphill") and clause.rules("forbid")
    return banned and not _conditional(clause, scoped, concept) and not clause.has("deadline", "bounded")


def _on_named(clause: Clause, scoped: Scoped, concept: str) -> tuple[Permission, Strength, str] | None:
    if clause.has("not_gear", "summer"):
        return None
    if clause.rules("forbid") or _negated(clause, concept):
        if clause.has("except") or _conditional(clause, scoped, concept):
            return None
        return _PROHIBITED, Strength.EXPLICIT, "named in a ban"
    if (
        clause.rules("permit")
        or _is_exclusive(clause, scoped)
        or (clause.commands("ascend") and clause.has("on_gear"))
    ):
        return _ALLOWED, Strength.EXPLICIT, "named as allowed"
    if (clause.has("ascend", "uphill") or scoped.named) and clause.rules("must"):
        return _ALLOWED, Strength.IMPLIED, "a rule for those who go up so"
    return None


def _negated(clause: Clause, concept: str) -> bool:
    return any(0 < g.first - n.last <= 6 for g in clause.hits[concept] for n in clause.hits.get("neg", ()))


def _conditional(clause: Clause, scoped: Scoped, concept: str) -> bool:
    bare_foot = concept == "foot" and clause.has("ski_gear", "snowshoe")
    return (
        bool(spans(clause))
        or len(phases(clause) or phases(scoped.whole)) == 1
        or (clause.has("if") and not clause.has("both_phases"))
        or (clause.has("without") and not bare_foot)
    )


def _is_exclusive(clause: Clause, scoped: Scoped) -> bool:
    """As in "Skis and splitboards only", "you must be on skis with skins", "permitted equipment is limited to …"."""
    if not clause.has("ski_gear") or clause.rules("forbid"):
        return False
    confined = (
        clause.near("only", "ski_gear", _NEAR)
        or clause.near("equipment_only", "ski_gear", _NEAR)
        or clause.near("must", "on_gear", _NEAR // 2)
    )
    about = (
        clause.has("uphill", "ascend", "equipment_heading")
        or scoped.headed("equipment_heading")
        or (bool(clause.verdicts) and scoped.whole.has("on_gear"))
        or _is_bare_list(clause, scoped)
        or (clause.first("only") == 0 and clause.rules("permit"))
    )
    return confined and about and not clause.has("season_pass", "lift_ticket")


def _is_bare_list(clause: Clause, scoped: Scoped) -> bool:
    """As in "Skis and splitboards only.", a sentence of nothing but gear on a page about uphill travel."""
    alone = len(scoped.whole.tokens) <= _BARE and clause.first("ski_gear") <= 1
    ends = any(hit.last >= len(clause.tokens) - 2 for hit in clause.hits.get("only", ()))
    return alone and ends and not clause.verdicts and scoped.scope >= Scope.NEUTRAL


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    """What is named beats what is left out; allowed and banned alike settles nothing."""
    for strength in sorted(Strength, reverse=True):
        values = {claim.value for claim in claims if claim.strength == strength}
        if len(values) == 1:
            return backed(claims, values.pop())
        if values:
            return UNSTATED
    return UNSTATED
