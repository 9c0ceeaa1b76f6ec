"""What a resort that bans going up names instead of its own slopes: another ski area, a tour in the region."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from crawler.extract.bans.bounds import is_bounded
from crawler.extract.resorts.names import folded
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_LEADING = 3
"""Tokens before "alternative", where it tells what the sentence is."""
_SOLD = ("uphill_pass", "any_pass_word", "season_pass", "lift_ticket", "price_word")
"""As in "Alternatively you may buy a season pass"."""
_OWN = ("uphill_route", "designated", "route_noun", "slopes", "evening_event", "at_other_times")
"""As in "As an alternative, a marked track is open"."""
_NOT_A_NAME = frozenset(
    ["uphill", "ascend", "you", "dog", "forbid", "permit", "slopes", "lift_hours", "foot"]
)


def but_alternatives(told: Iterable[Scoped], title: str) -> Iterator[Scoped]:
    """The sentences; those on other places, behind a ban of all the resort's own slopes, are out of scope."""
    own = set(folded(title))
    banned = below = False
    for scoped in told:
        if scoped.sentence.block.level:
            below = banned
            own |= _words(scoped.whole) if scoped.sentence.block.level == 1 else set()
        if not banned:
            banned = _bans_here(scoped)
        elif scoped.scope and _is_of_another_place(scoped, own, scoped.heading if below else None):
            yield replace(scoped, scope=Scope.OUT)
            continue
        yield scoped


def _bans_here(scoped: Scoped) -> bool:
    """As in "Ski touring is prohibited on all our pistes", at whatever time."""
    whole = scoped.whole
    if scoped.scope is Scope.OUT or scoped.sentence.asks or "permit" in scoped.sentence.kinds:
        return False
    return any(
        clause.travels and clause.rules("forbid") and whole.has("slopes") and not is_bounded(clause, whole)
        for clause in scoped.clauses
    )


def _is_of_another_place(scoped: Scoped, own: AbstractSet[str], heading: Clause | None) -> bool:
    """``heading`` is that of a section that began behind the ban."""
    above = heading is not None and (_is_away(heading) or _names_another_area(heading, own))
    if "forbid" in scoped.sentence.kinds and not above:
        return False
    if _names_another_area(scoped.whole, own):
        return True
    ways = scoped.whole.has(*_OWN) and not _is_away(scoped.whole)
    leads = 0 <= scoped.whole.first("alternative") <= _LEADING and scoped.whole.has("uphill") and not ways
    instead = above or (leads and not scoped.whole.has(*_SOLD))
    return instead and not scoped.whole.has("here")


def _is_away(clause: Clause) -> bool:
    """As in "Alternatives nearby"; "As an alternative, a marked track is open" is the resort's own."""
    return clause.has("alternative") and clause.has("elsewhere", "off_resort", "backcountry")


def _names_another_area(clause: Clause, own: AbstractSet[str]) -> bool:
    """As in "In the ski areas Elmkogel and Rauthorn": a name that neither title nor main heading holds."""
    for area in clause.hits.get("ski_area", ()):
        named = clause.tokens[area.last + 1 : area.last + 2]
        if not named or not clause.text[named[0].start].isupper():
            continue
        word = clause.text[named[0].start : named[0].end]
        known = any(hit.covers(area.last + 1) for hit in clause.hits_of(*_NOT_A_NAME))
        if not known and own.isdisjoint(folded(word)):
            return True
    return False


def _words(clause: Clause) -> set[str]:
    return set(folded(clause.text[clause.start : clause.end]))
