"""Where those who go up park, what that costs, and by when the car must be gone."""

import re
from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.document import Document
from crawler.extract.hours.times import spans
from crawler.extract.hours.weekdays import named_days
from crawler.extract.pages.page import Region
from crawler.extract.parkingplaces import places
from crawler.extract.passes.money import money
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
from uphill.policy import Parking
from uphill.vocabulary import Cost

FIELD = "parking"
NEEDS: tuple[str, ...] = ()
_TOLD = frozenset(["park", "vehicle", "park_verb"])
_LEADS = 2
"""Tokens of a label such as "Parking:"."""
_SHORT = 14
"""Tokens of a line that says no more than what its heading is about costs."""
_NEAR = 2
"""Tokens from a word of cost to the parking: "free public parking"."""
_CONDITIONS = ("uphill_pass", "season_pass", "lift_ticket", "if", "if_strict", "included")
"""With these, a cost holds for some only."""
_CLOCK = re.compile(r"\d\d:\d\d")


def claims(document: Document) -> Iterator[Claim]:
    before: Scoped | None = None
    for scoped in document.sentences:
        above, before = before, scoped
        told = scoped.speaks_of(_TOLD) or scoped.headed(*_TOLD)
        if not told or scoped.sentence.asks or scoped.sentence.block.level:
            continue
        found: list[Parking] = []
        if _is_about_climbers(document, scoped) or _is_row_of_policy(document, scoped, above):
            found = [
                p for p in (_read(clause, scoped, document) for clause in scoped.clauses) if p is not None
            ]
        if not found and _is_of_all_cars(document, scoped):
            cost = _cost(scoped.whole, scoped, document)
            found = [Parking(cost=cost)] if cost is not Cost.UNKNOWN else []
        for value in found:
            strength = Strength.EXPLICIT if scoped.whole.has("uphill") else Strength.PLAIN
            start, end = scoped.sentence.start, scoped.sentence.end
            yield Claim(FIELD, value, start, end, strength, "parking of those who go up")


def _is_about_climbers(document: Document, scoped: Scoped) -> bool:
    """Whether the sentence is in scope, or would be if parking were no topic of its own."""
    whole = scoped.whole
    if not _is_of_everybody(whole) or not (whole.has("park", "vehicle", "park_verb") or _answers(scoped)):
        return False
    if scoped.scope:
        return scoped.scope is Scope.EXPLICIT or document.about
    block = scoped.sentence.block
    if not document.about or block.region is not Region.MAIN or block.linked:
        return False
    told = scoped.headed("park") or scoped.headed("uphill")
    return _answers(scoped) or (told and bool(scoped.sentence.kinds & {"must", "permit"} or _commands(whole)))


def _is_of_all_cars(document: Document, scoped: Scoped) -> bool:
    """Whether it is a line such as "Parking: free", which holds for those who go up too."""
    whole, block = scoped.whole, scoped.sentence.block
    if not document.about or block.linked or block.row or not (_leads(whole) or _is_below(scoped)):
        return False
    above = [s.whole for at in block.headings for s in document.sentences_of(document.page.blocks[at])]
    return not named_days(whole) and all(_is_of_everybody(clause) for clause in (whole, *above))


def _leads(clause: Clause) -> bool:
    return 0 <= clause.first("park") < _LEADS


def _is_below(scoped: Scoped) -> bool:
    """Whether it is a short line below a heading such as "Parking"."""
    whole = scoped.whole
    return scoped.headed("park") and len(whole.tokens) <= _SHORT and not whole.has("uphill", "uphill_pass")


def _is_of_everybody(clause: Clause) -> bool:
    """Whether it is not of some guests' parking only; a night is told of where it is for going up."""
    if clause.has("lodging", "summer", "dog"):
        return False
    return not clause.has("other_parking") or (clause.has("uphill") and clause.has("overnight"))


def _answers(scoped: Scoped) -> bool:
    """Whether it stands below a question such as "Where do I park?"."""
    head = scoped.heading
    if head is None or not head.has("park", "vehicle"):
        return False
    return head.tokens[-1].fold == "?" and scoped.sentence.block.region is Region.MAIN


def _is_row_of_policy(document: Document, scoped: Scoped, above: Scoped | None) -> bool:
    """Whether it is the row on parking in a table on uphill travel."""
    block = scoped.sentence.block
    if above is None or not block.row or not above.sentence.block.row or not above.scope:
        return False
    beside = above.sentence.block.headings == block.headings and document.about
    return beside and scoped.whole.first("park") == 0 and _is_of_everybody(scoped.whole)


def _commands(clause: Clause) -> bool:
    return clause.commands("park_verb")


def _read(clause: Clause, scoped: Scoped, document: Document) -> Parking | None:
    if clause.rules("forbid") or clause.has("not_allowed_parking", "neg"):
        return None
    place = _place(clause, scoped) if _parks(clause, scoped) else None
    told = scoped.scope or scoped.headed("uphill") or scoped.sentence.block.row
    cost = _cost(clause, scoped, document) if told else Cost.UNKNOWN
    until = _until(clause, scoped)
    if place is None and cost is Cost.UNKNOWN and until is None:
        return None
    return Parking(place=place, cost=cost, until=until)


def _parks(clause: Clause, scoped: Scoped) -> bool:
    """Whether it speaks of parking there, and not of a car park that a route begins at."""
    if clause.has("route_from_lot") or (clause.lead is not None and clause.lead.has("route_from_lot")):
        return False
    return clause.has("park_verb") or _answers(scoped) or 0 <= scoped.whole.first("park") < _LEADS


def _place(clause: Clause, scoped: Scoped) -> str | None:
    told = scoped.sentence.kinds & {"must", "permit", "should"} or clause.has("uphill") or _commands(clause)
    if not (told or _answers(scoped) or clause.first("park") in range(_LEADS)):
        return None
    return next((name for name, _ in places(clause.text, clause.start, clause.end, clause.lang)), None)


def _cost(clause: Clause, scoped: Scoped, document: Document) -> Cost:
    headed = scoped.headed("park") and len(clause.tokens) <= _SHORT
    if not (clause.has("park") or headed) or clause.has(*_CONDITIONS, "route_from_lot", "beside_parking"):
        return Cost.UNKNOWN
    given = clause.hits.get("free_with", ())
    free = [hit for hit in clause.hits.get("free", ()) if not hit.overlaps_any(given)]
    charges = [hit for hit in clause.hits.get("charged", ()) if not hit.overlaps_any(free)]
    sums = list(money(document.page.text, clause.start, clause.end, "USD"))
    if not headed and not clause.has("uphill"):
        free = [hit for hit in free if _is_of_parking(clause, hit.first, hit.last)]
        charges = [hit for hit in charges if _is_of_parking(clause, hit.first, hit.last)]
        sums = [
            found for found in sums if _is_of_parking(clause, *_tokens_of(clause, found.start, found.end))
        ]
    paid = bool(charges or sums)
    times = spans(clause)
    if paid == bool(free) or (free and times) or any(span.open_ended == "start" for span in times):
        return Cost.UNKNOWN
    return Cost.PAID if paid else Cost.FREE


def _tokens_of(clause: Clause, start: int, end: int) -> tuple[int, int]:
    inside = clause.tokens_between(start, end)
    return inside[0], inside[-1]


def _is_of_parking(clause: Clause, first: int, last: int) -> bool:
    """As in "free parking", "parking at the base is free", and not "the free shuttle from the car park"."""
    links = clause.tokens_of("parking_links")
    links |= {at for at, token in enumerate(clause.tokens) if token.is_mark or token.fold.isdigit()}
    return any(
        (park.first <= last and first <= park.last)
        or 0 < park.first - last <= _NEAR
        or (first > park.last and all(at in links for at in range(park.last + 1, first)))
        for park in clause.hits.get("park", ())
    )


def _until(clause: Clause, scoped: Scoped) -> str | None:
    """As in "cars must be moved by 8:30", "you may park there until 8:30"."""
    gone = clause.has("vehicle_gone") and (clause.has("vehicle") or scoped.whole.has("park_verb"))
    if not gone and not (clause.has("park_verb") and clause.rules("permit")):
        return None
    ends = [span.end for span in spans(clause) if span.open_ended == "start" and _CLOCK.fullmatch(span.end)]
    return ends[0] if len(ends) == 1 else None


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    """The place told most directly; a cost or an hour that differ between sentences stay unknown."""
    ordered = sorted(claims, key=lambda claim: (-claim.strength, claim.start))
    place = next((claim for claim in ordered if claim.value.place is not None), None)
    cost = _sole([claim for claim in ordered if claim.value.cost is not Cost.UNKNOWN], "cost")
    until = _sole([claim for claim in ordered if claim.value.until is not None], "until")
    chosen = [claim for claim in (place, cost, until) if claim is not None]
    if not chosen:
        return UNSTATED
    value = Parking(
        place=place.value.place if place is not None else None,
        cost=cost.value.cost if cost is not None else Cost.UNKNOWN,
        until=until.value.until if until is not None else None,
    )
    return Settled(value, tuple({(claim.start, claim.end): claim for claim in chosen}.values()))


def _sole(claims: Sequence[Claim], part: str) -> Claim | None:
    return claims[0] if len({getattr(claim.value, part) for claim in claims}) == 1 else None
