"""What one must have with one on the ways up, which tells of no way that one must take."""

from crawler.extract.sentences import Clause

_THINGS = ("any_pass_word", "uphill_pass", "lights", "reflective", "avalanche_kit")
_LEADS = frozenset(
    ["to", "um", "zum", "zur", "pour", "afin", "per", "on", "auf", "sur", "dans", "su", "sui", "sulle"]
)
"""What leads from what one must have to where, or what for."""


def demands_a_thing(clause: Clause) -> bool:
    """As in "A pass is mandatory on all tracks", "A ticket is needed to use the marked routes"."""
    things = clause.hits_of(*_THINGS)
    ways = clause.hits_of("designated_route", "stay_on_route")
    must = min((verdict.at for verdict in clause.verdicts if verdict.kind == "must"), default=-1)
    thing = min((hit.last for hit in things if hit.last < must), default=-1)
    if thing < 0 or not ways or clause.has("only"):
        return False
    words = [token.fold for token in clause.tokens]
    people = clause.hits_of("you", "uphill", "ascend")
    if "," in words[thing:must] or any(
        thing < who.first < must and not who.overlaps_any(things) for who in people
    ):
        return False
    return all(
        way.first == must or (way.first > must and not _LEADS.isdisjoint(words[must : way.first + 1]))
        for way in ways
    )
