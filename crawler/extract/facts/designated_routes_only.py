"""Whether one may climb on designated routes only."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import Claim, Settled, Strength
from crawler.extract.combine import backed, strongest
from crawler.extract.document import Document, Scope, Scoped
from crawler.extract.operations import phases
from crawler.extract.sentences import Clause
from crawler.extract.times import spans
from uphill.vocabulary import YesNo

FIELD = "designated_routes_only"
NEEDS: tuple[str, ...] = ()


def claims(document: Document) -> Iterator[Claim]:
    for scoped in document.main:
        if scoped.sentence.asks or scoped.whole.has("other_place"):
            continue
        for clause in scoped.clauses:
            why = _confines(clause, scoped)
            if why:
                yield Claim(FIELD, YesNo.YES, scoped.sentence.start, scoped.sentence.end, Strength.PLAIN, why)
            elif (
                clause.has("anywhere")
                and (clause.rules("permit") or clause.commands("ascend"))
                and clause.has("uphill", "ascend")
                and not clause.has("downhill", "restrict")
            ):
                yield Claim(
                    FIELD,
                    YesNo.NO,
                    scoped.sentence.start,
                    scoped.sentence.end,
                    Strength.PLAIN,
                    "climbing allowed anywhere",
                )


def _confines(clause: Clause, scoped: Scoped) -> str | None:  # noqa: PLR0911 - one return a rule, in their order
    down = clause.first("downhill")
    if down >= 0 and not clause.has("uphill", "ascend") and not 0 <= clause.first("stay_on_route") < down:
        return None
    if (
        _is_free(clause)
        or clause.rules("need_not")
        or (clause.has("dog", "waiver", "trailhead") and not clause.travels)
    ):
        return None
    if clause.has("designated_route") and not (clause.has("edge") and not clause.has("designated")):
        return "a designated route"
    if clause.has("other_route") and clause.rules("forbid") and (clause.travels or clause.has("designated")):
        return "every other way is banned"
    if clause.has("nowhere_else") and (clause.travels or clause.has("route_noun")):
        return "nowhere else"
    if clause.has("edge"):
        return None
    about = scoped.scope is Scope.EXPLICIT or scoped.named
    if (
        about
        and clause.has("route_noun")
        and clause.has("only")
        and clause.has("ascend", "uphill", "confine")
        and not clause.rules("forbid")
    ):
        return "confined to routes"
    narrow = clause.has("only") and clause.commands("ascend") and clause.has("route_lead")
    if narrow and not spans(clause) and not phases(clause) and not clause.has("ski_gear", "any_pass_word"):
        return "up by one way only"
    if clause.has("stay_on_route") and not (
        clause.rules("should") or clause.rules("permit") or _keeps_off(clause)
    ):
        return "told where to climb"
    return None


def _keeps_off(clause: Clause) -> bool:
    """As "do not use the trail" does; "it is forbidden to leave the trail" is one phrase."""
    stays = clause.hits["stay_on_route"]
    bans = clause.hits.get("forbid", ())
    return clause.rules("forbid") and not any(s.first <= b.first <= s.last for s in stays for b in bans)


def _is_free(clause: Clause) -> bool:
    """As in "climb wherever you like", "there are no designated routes"."""
    none = any(
        d.first - n.last == 1
        for n in clause.hits.get("neg", ())
        for d in clause.hits.get("designated_route", ())
    )
    return none or (clause.has("anywhere") and not clause.rules("forbid") and not clause.has("designated"))


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    if {claim.value for claim in claims} == {YesNo.YES, YesNo.NO}:
        return backed(claims, YesNo.YES)
    return strongest(claims)
