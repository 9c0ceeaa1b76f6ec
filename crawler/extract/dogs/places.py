"""Which place a rule on dogs is about: the slopes, the whole resort, or others."""

from collections.abc import Sequence

from crawler.extract.automaton import Hit
from crawler.extract.claims import Claim
from crawler.extract.document import Document
from crawler.extract.languages import of_all
from crawler.extract.pages.page import Region
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Dogs

_OTHER_PLACES = ("other_place", "summer", "lodging", "other_page")
"""In a heading above what does not hold for the slopes in winter."""
_JOINERS = of_all("joiners")
_TO_THE_PISTES = 4
"""Tokens from an "and" to the pistes behind it."""
_LEASH_LEADS = 2
"""Tokens before the leash in what tells of it alone."""
_HEADING = 3
"""Tokens of a heading that names dogs alone."""
WAY_UP, PISTES = "on the way up", "on the pistes"
_WAYS, _PISTES = ("uphill_route", "ascent_noun", "route_noun"), ("slopes", "downhill_piste", "downhill")


def on_the_slopes(scoped: Scoped, document: Document) -> bool:
    """Whether a page with a rule on going up says elsewhere what holds for dogs on its slopes."""
    block = scoped.sentence.block
    told = block.region is Region.MAIN and not block.linked and not scoped.whole.has("elsewhere", "summer")
    named = scoped.whole.all("dog", "slopes") and not is_working(scoped.whole)
    named = named and names_slopes(scoped.whole)
    # "Hikers may use the winter trails, dogs on a leash" is of those trails
    named = named and not (scoped.whole.has("foot") and scoped.whole.rules("permit"))
    elsewhere = any(head.has(*_OTHER_PLACES) for head in scoped.headings)
    return told and named and not elsewhere and bool(document.count("uphill"))


def is_banned_from_all(scoped: Scoped, document: Document) -> bool:
    """As in "No dogs" below "Dogs", on a page that rules going up elsewhere: banned from the whole place."""
    head = scoped.heading
    if head is None or not head.has("dog") or len(head.tokens) > _HEADING or not document.count("uphill"):
        return False
    block, whole = scoped.sentence.block, scoped.whole
    told = block.region is Region.MAIN and not block.linked and whole.has("dog")
    others = whole.has("except", "only", "other_place", "summer", "lodging", "if_strict", "limited_to")
    bans = scoped.sentence.kinds == {"forbid"} or whole.first("neg") == 0
    inside = whole.has("indoors") and not whole.has("even") and not names_slopes(whole)
    return told and bans and not others and not inside


def is_banned_on_the_pistes_alone(clause: Clause) -> bool:
    """As in "Banned on the pistes, on the footpaths to be kept on a leash", and not "…, leashed or not"."""
    leash = clause.first("leash")
    ban = next((v.at for v in clause.verdicts if v.kind == "forbid" and v.at < leash), -1)
    parted = ban >= 0 and any(token.fold == "," for token in clause.tokens[ban : leash - _LEASH_LEADS])
    bounded = clause.has("if", "if_strict", "except", "even", "no_leash")
    return parted and 0 <= clause.first("slopes") < ban and not bounded


def names_slopes(clause: Clause) -> bool:
    """Whether it names the slopes by more than "the Nordic trails"."""
    others = clause.hits.get("other_place", ())
    return any(not hit.overlaps_any(others) for hit in clause.hits_of("slopes", "uphill"))


def is_working(clause: Clause) -> bool:
    """Whether service animals or the patrol's dogs are the only ones it names."""
    working = clause.hits.get("service_animal", ())
    labels = [i for i, token in enumerate(clause.tokens) if token.fold in ":|"]
    named = [hit for hit in clause.hits.get("dog", ()) if hit.last + 1 not in labels]
    return bool(working) and all(d.overlaps_any(working) for d in named)


def on_the_slopes_too(clause: Clause) -> bool:
    """As in "banned in the evenings and on the pistes in general": the pistes are told beside the time."""
    times = [hit.last for hit in clause.hits_of("evening_event", "during_ops", "outside_ops")]
    return any(
        clause.tokens[index].fold in _JOINERS and index - 1 in times
        for hit in clause.hits.get("slopes", ())
        for index in range(max(hit.first - _TO_THE_PISTES, 1), hit.first)
    )


def place_of(clause: Clause) -> str | None:
    """Which of the two it speaks of, where it names one and not the other."""
    pistes, ways = _places(clause)
    return None if bool(pistes) is bool(ways) else PISTES if pistes else WAY_UP


def _places(clause: Clause) -> tuple[list[Hit], list[Hit]]:
    pistes = clause.hits_of(*_PISTES)
    ways = [] if clause.has("other_place") else clause.hits_of(*_WAYS)
    return pistes, [hit for hit in ways if not hit.overlaps_any(pistes)]


def is_leashed_on_the_way_alone(clause: Clause) -> bool:
    """As in "to be leashed on the way up and banned from the pistes": each beside its own place."""
    pistes, ways = _places(clause)
    leashes = clause.hits.get("leash", ())
    bans = [verdict.at for verdict in clause.verdicts if verdict.kind == "forbid"]
    if not (pistes and ways and leashes and bans):
        return False
    leash, ban = leashes[0].first, bans[-1]
    in_turn = leash < min(hit.first for hit in ways) <= max(hit.last for hit in ways) < ban
    in_turn = in_turn and all(hit.first > ban for hit in pistes)
    return in_turn or (_is_nearer(leash, ways, pistes) and _is_nearer(ban, pistes, ways))


def _is_nearer(at: int, ones: list[Hit], others: list[Hit]) -> bool:
    return min(abs(hit.first - at) for hit in ones) < min(abs(hit.first - at) for hit in others)


def are_told_apart(claims: Sequence[Claim]) -> bool:
    """As in "No dogs" under "During lift hours", and "Leashed dogs welcome" under "After hours"."""
    shut = {claim.condition for claim in claims if claim.value is Dogs.PROHIBITED}
    others = {claim.condition for claim in claims if claim.value is not Dogs.PROHIBITED}
    if shut == {PISTES}:
        return WAY_UP in others  # "No dogs on the pistes. On the uphill route they have to be leashed"
    return len(shut) == 1 and shut <= {"during", "outside"} and bool(others) and not shut & others
