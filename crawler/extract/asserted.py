"""What of a sentence is told as holding here and now: no wish or past rule, no fashion, no mistake, no other place."""

from crawler.extract.automaton import Hit
from crawler.extract.sentences import Clause, Sentence

_MARKS = frozenset(
    [
        "past",
        "planned",
        "unreal",
        "mistaken",
        "elsewhere",
        "many_resorts",
        "not_here",
        "off_resort",
        "proposed",
        "trend",
    ]
)
_PISTES = ("slopes", "route_noun", "uphill_route", "designated")
_LOOSE = ("route_noun", "uphill_route")
_BEFORE = 6
"""Tokens from ways to the place outside of the resort that they lie in."""
_LEADING = 2
"""Tokens before a sentence's subject at most."""
_NEAR = 2
"""Tokens from "now" to "no more"."""
_MORE = 2
"""Tokens beside a denial such as "This is not so"."""


def asserted(sentence: Sentence, following: Sentence | None) -> Sentence | None:
    """The sentence without what it wishes, remembers, denies or tells of other places; ``None`` if nothing is left.

    Of such a sentence only bans are kept, those of its other clauses: "It was allowed once; now it is prohibited".
    """
    if following is not None and _denies(following) and not sentence.asks and not _bans(sentence):
        return None
    if sentence.concepts.isdisjoint(_MARKS) or sentence.asks:
        return sentence
    marked = [clause for clause in sentence.clauses if _is_marked(clause, sentence)]
    if not marked:
        return sentence
    kept = tuple(
        c for c in sentence.clauses if c not in marked and c.lead not in marked and c.rules("forbid")
    )
    if not kept or any(clause.numbered for clause in marked):
        return None
    return sentence.of(kept)


def _bans(sentence: Sentence) -> bool:
    """Whether it bans and permits nothing: "Skinning is prohibited. We are not" denies nothing of that."""
    return "forbid" in sentence.kinds and "permit" not in sentence.kinds


def _denies(sentence: Sentence) -> bool:
    """As in "It is not.", "That is wrong.", behind what others believe."""
    whole = sentence.whole
    denials = whole.hits.get("denial")
    if denials is None or whole.has("uphill", "except"):
        return False
    return any(hit.first == 0 and whole.length - (hit.last + 1) <= _MORE for hit in denials)


def _is_marked(clause: Clause, sentence: Sentence) -> bool:
    if clause.has("past", "planned"):
        binds = clause.rules("forbid") or (clause.rules("must") and not clause.rules("permit"))
        return not (binds or (clause.has("past") and _holds_now(sentence.whole)))
    if clause.has("unreal", "mistaken", "proposed"):
        return True
    if 0 <= clause.first("trend") <= _LEADING:
        return True  # "More and more people skin up our runs"
    if clause.has("elsewhere") or (clause.has("many_resorts") and not sentence.has("here")):
        return True
    if sentence.has("not_here"):
        return clause.rules("permit") and not clause.has("not_here")
    return _is_off_resort(clause)


def _lies(ways: Hit, outside: Hit) -> bool:
    """Whether the ways lie there: "routes in the Val Freda, outside the ski area"."""
    within = ways.within(outside)
    return within or (ways.concept in _LOOSE and 0 < outside.first - ways.last <= _BEFORE)


def _holds_now(whole: Clause) -> bool:
    """As in "Unlike in former years, it is allowed now", and not "It was allowed, now no more"."""
    denied = [hit.first for hit in whole.hits.get("neg", ())]
    return any(not any(0 < no - now.last <= _NEAR for no in denied) for now in whole.hits.get("nowadays", ()))


def _is_off_resort(clause: Clause) -> bool:
    """As in "In the forest beside the ski area, touring is allowed"; "by the marked route" would be on it."""
    outside = clause.hits.get("off_resort", ())
    climbs = {hit.first for hit in clause.hits.get("ascent_noun", ())}  # "la salita" is no way here
    pistes = (h for h in clause.hits_of(*_PISTES) if h.first not in climbs)
    away = clause.hits.get("backcountry", ())  # "in the forest, away from the pistes"
    own = any(not any(_lies(hit, o) for o in outside) and not hit.within_any(away) for hit in pistes)
    binds = (clause.rules("must") and not clause.has("sent_away")) or clause.rules("forbid")
    goes = clause.travels or clause.has("sent_away")
    return bool(outside) and goes and not own and not binds
