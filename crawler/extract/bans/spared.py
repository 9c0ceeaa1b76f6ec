"""Ways that a sentence of their own excepts from the ban before it."""

from dataclasses import dataclass
from itertools import pairwise

from crawler.extract.document import Document
from crawler.extract.hours.operations import Phase, phases
from crawler.extract.hours.times import spans
from crawler.extract.once import once
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_EXCEPTS = frozenset(["ban_excepts"])
_WAYS = ("route_noun", "uphill_route", "slopes")
_OTHERS = (
    *("staff", "machines", "dog", "summer", "other_place", "minor_person", "race_news", "facility", "rental"),
    *("guided", "planned", "past", "future", "elsewhere", "off_resort", "backcountry"),
)
"""What else may be excepted, or may be so elsewhere or at another time."""
_OTHER_MEANS = ("snowshoe", "foot", "bike")
_EVENING, _MORNING = "16:00", "09:00"
"""Hours from the one and until the other lie beside the lifts'."""
_LEADS = 4
"""Tokens before the words that except."""


@dataclass(frozen=True)
class Spared:
    """Sentences that except a way, and those whose ban is not in force there."""

    sparing: tuple[Scoped, ...]
    bans: tuple[Scoped, ...]

    def lifts(self, scoped: Scoped, phase: Phase) -> bool:
        """Whether the sentence's ban is not in force everywhere at that time of operations."""
        times = {
            time
            for told, ban in zip(self.sparing, self.bans, strict=True)
            if ban is scoped
            for time in _times(told.whole) or ("during", "outside")
        }
        return phase in times

    def __contains__(self, scoped: Scoped) -> bool:
        return any(one is scoped for one in (*self.sparing, *self.bans))


@once
def spared(document: Document) -> Spared:
    """As in "Climbing is prohibited by day and by night. An exception is made for the Birch Run"."""
    sparing: list[Scoped] = []
    bans: list[Scoped] = []
    if document.telling(_EXCEPTS | {"only"}):
        for before, told in pairwise(document.main):
            same = before.sentence.block is told.sentence.block
            goes_on = before.headings == told.headings or same
            spares = _excepts_a_way(told) or (same and _permits_alone(told))
            if goes_on and _bans_travel(before) and spares:
                sparing.append(told)
                bans.append(before)
    return Spared(tuple(sparing), tuple(bans))


def _times(whole: Clause) -> set[Phase]:
    """When the way is open: "from 7:30 to 9:00", "in the evening" are beside the lifts."""
    found = set(phases(whole))
    for span in spans(whole):
        if span.start[0].isdigit():
            beside = span.start >= _EVENING or span.end <= _MORNING or span.end == "lift_open"
            found |= {"outside"} if beside else {"during", "outside"}
    return found or ({"outside"} if whole.has("evening_event") else set())


def _bans_travel(scoped: Scoped) -> bool:
    return not scoped.sentence.asks and any(c.travels and c.rules("forbid") for c in scoped.clauses)


def _excepts_a_way(scoped: Scoped) -> bool:
    whole = scoped.whole
    excepts = whole.first("ban_excepts")
    told = 0 <= excepts <= _LEADS and not scoped.sentence.asks and scoped.scope > Scope.OUT
    return told and whole.has(*_WAYS) and not whole.has(*_OTHERS) and not _is_of_other_means(whole)


def _permits_alone(scoped: Scoped) -> bool:
    """As in "Climbing is allowed on the marked tracks only", behind "Climbing is normally prohibited"."""
    told = scoped.whole.all("only", "designated_route") and not scoped.sentence.asks
    alone = scoped.sentence.rules("permit") and "forbid" not in scoped.sentence.kinds
    return told and alone and scoped.whole.travels and not scoped.whole.has(*_OTHERS)


def _is_of_other_means(whole: Clause) -> bool:
    """As in "The sledding run, which may be walked up, is excepted"."""
    return whole.has(*_OTHER_MEANS) and not whole.has("uphill", "ski_gear")
