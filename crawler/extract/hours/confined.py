"""What confines going up to a time of operation, and what such a rule leaves to some of the ways."""

from crawler.extract.automaton import Hit
from crawler.extract.daynames import DAYS
from crawler.extract.hours.operations import Phase
from crawler.extract.hours.weekdays import NAMED_DAYS
from crawler.extract.languages import of_all
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

_TIME_OF: dict[Phase, tuple[str, ...]] = {"during": ("during_ops",), "outside": ("outside_ops",)}
_DAYS = (
    *DAYS,
    *("weekdays", "weekend", "date", "during_ops", "outside_ops", "uphill", "ascend"),
)
"""What is written with a capital and names no way."""
_LABEL = 2
"""Tokens before the name at least."""
_NEAR = 4
"""Tokens from "except" to the lifts."""
_PEOPLE = ("holder_word", "staff", "patrol_service")
_OF = 2
"""Tokens from "limited to" to those to whom it is."""
_MERIDIEM = 2
"""Letters of "am"."""
_AND = 1
"""Tokens between what "and" joins."""
_JOINERS = of_all("joiners")
_SPARED = 6
"""Tokens from "except" to the way that it spares."""


def is_confined_to_time(clause: Clause) -> bool:
    """As in "Only during …", "outside lift hours only"."""
    times = clause.hits_of("during_ops", "outside_ops")
    return any(
        0 < time.first - only.last <= 2 or (only.first - time.last == 1 and not is_of_means(clause, only))
        for only in clause.hits.get("only", ())
        for time in times
    )


def is_of_means(clause: Clause, only: Hit) -> bool:
    """As in "In lift hours, only with a pass", "only along the edge": how, and not when."""
    return _is_of_people_or_days(clause, only) or any(
        so.first <= only.first and only.last < so.last for so in clause.hits.get("only_so", ())
    )


def is_of_a_name(clause: Clause, only: Hit) -> bool:
    """As in "Daytime skinning: Birch Run only": the run alone, and not the time."""
    if clause.lang == "de" or only.first < _LABEL:
        return False
    before = clause.tokens[only.first - 1]
    word = clause.text[before.start : before.end]
    days = any(hit.covers(only.first - 1) for hit in clause.hits_of(*_DAYS))
    return word[0].isupper() and not word.isupper() and not days


def _is_of_people_or_days(clause: Clause, only: Hit) -> bool:
    """As in "limited to passholders", "by permission of ski patrol only", "on weekdays only": who, or which days."""
    if clause.lang != "en":
        return False  # the verb may part the word from what it is of
    others = clause.hits_of(*_PEOPLE, "weekdays", "weekend", *NAMED_DAYS)
    return any(0 < hit.first - only.last <= _OF or 0 <= only.first - hit.last <= 1 for hit in others)


def spares_the_lifts(clause: Clause) -> bool:
    """As in "Nobody goes up except on the lift"."""
    spared = clause.hits.get("except", ())
    lifts = [hit.first for hit in clause.hits_of("other_topic", "during_ops")]
    return not clause.has("route_noun", "any_pass") and any(
        0 < lift - hit.last <= _NEAR for hit in spared for lift in lifts
    )


def spares_a_way(clause: Clause) -> bool:
    """As in "Restricted to hours when we are closed, except via the Alpine route"."""
    times = clause.hits_of("during_ops", "outside_ops")
    return any(
        0 < way.first - no.last <= _SPARED and any(time.last < no.first for time in times)
        for no in clause.hits.get("except", ())
        for way in clause.hits_of("route_noun", "uphill_route")
    )


def asks_who_goes_then(scoped: Scoped) -> bool:
    """As in "If you want to skin while lifts run, you need to buy a ticket"."""
    first = scoped.clauses[0]
    return first.first("if_strict") == 0 and first.travels and first.has("during_ops", "outside_ops")


def spares_the_way(clause: Clause) -> bool:
    """As in "Prohibited in lift hours, except on the Alpine route", "… except on Tuesdays and Thursdays"."""
    return any(
        0 < way.first - no.last <= _SPARED
        for no in clause.hits.get("except", ())
        for way in clause.hits_of("route_noun", "uphill_route", *NAMED_DAYS)
    )


def excepted_time(clause: Clause) -> Phase | None:
    """As the time while lifts run of "except in lift hours", "lift hours excepted"."""
    excepts = clause.hits.get("except", ())
    for phase, concepts in _TIME_OF.items() if excepts else ():
        for time in clause.hits_of(*concepts):
            if any(0 < time.first - no.last <= _NEAR or _stands_behind(clause, no, time) for no in excepts):
                return phase
    return None


def _stands_behind(clause: Clause, no: Hit, time: Hit) -> bool:
    ends = no.last + 1 == len(clause.tokens) or clause.tokens[no.last + 1].is_mark
    return no.first == time.last + 1 and ends


def bans_the_rest(clause: Clause) -> bool:
    """As in "Nowhere else, day or night", which tells nothing of the ways that are left."""
    times = clause.hits_of("other_times", "afterwards", "at_other_times")
    rest = [hit for hit in clause.hits_of("other_route", "nowhere_else") if not hit.overlaps_any(times)]
    return bool(rest) and clause.has("both_phases")


def names_its_time(clause: Clause, phase: Phase) -> bool:
    """Whether it names the time itself, and not evenings alone."""
    return clause.has(*_TIME_OF[phase])


def is_clock(clause: Clause, begin: int, end: int) -> bool:
    """Whether the tokens tell nothing but a time of day."""
    return any(t.fold[0].isdigit() for t in clause.tokens[begin:end]) and all(
        t.is_mark or t.fold[0].isdigit() or len(t.fold) <= _MERIDIEM for t in clause.tokens[begin:end]
    )


def is_joined_with_the_time(clause: Clause) -> bool:
    """As in "Off the tracks and outside lift hours climbing is banned": each of the two is."""
    times = clause.hits_of("during_ops", "outside_ops")
    return any(
        time.first - way.last == _AND + 1 and clause.tokens[way.last + 1].fold in _JOINERS
        for way in clause.hits.get("other_route", ())
        for time in times
    )
