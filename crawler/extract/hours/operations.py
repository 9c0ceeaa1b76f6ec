"""Whether words speak of the time while lifts run for the public, or of the time outside it."""

from typing import Literal

from crawler.extract.automaton import Hit
from crawler.extract.languages import of_all
from crawler.extract.once import once
from crawler.extract.sentences import Clause

_TO, _UNTIL = frozenset(["alla", "al", "à"]), frozenset(["fino", "sino", "jusqu'", "jusqu’"])
_DATED = 2
"""Tokens from a date to the closing up to which it lasts."""
_APPOSED = 3
"""Tokens from the end of the season to what it comes with."""
Phase = Literal["during", "outside"]


def phase_of(clause: Clause) -> Phase | None:
    """The one phase that the clause names; ``None`` where it names none or both."""
    found = phases(clause)
    return next(iter(found)) if len(found) == 1 else None


def phase_of_heading(clause: Clause) -> Phase | None:
    """As that of any clause; "Daytime" above a card of hours names the time while the lifts run, too."""
    if _is_beside_uphill(clause) or is_opening_heading(clause):
        return None  # "Opening hours" above the hours of going up
    bare = clause.first("day_part") == 0 and clause.hits["day_part"][0].last == len(clause.tokens) - 1
    return "during" if bare else phase_of(clause)


def _is_beside_uphill(clause: Clause) -> bool:
    """As in "Uphill & Off-Hours Access", of which what stands below may be about either."""
    times = clause.hits_of("outside_ops", "during_ops")
    pairs = [(way, time) for way in clause.hits.get("uphill", ()) for time in times]
    return any(_joins(clause, way, time) or _joins(clause, time, way) for way, time in pairs)


def _joins(clause: Clause, one: Hit, other: Hit) -> bool:
    between = clause.tokens[one.last + 1 : other.first]
    near = len(between) <= _NAMED_WITHIN
    return near and any(token.fold in _JOINTS for token in between)


def is_opening_heading(clause: Clause) -> bool:
    """As "Opening hours", of nothing in particular."""
    last = len(clause.tokens) - 1
    return any((hit.first, hit.last) == (0, last) for hit in clause.hits.get("opening_heading", ()))


@once
def phases(clause: Clause) -> set[Phase]:
    if clause.has("both_phases") and not _at_any_time_of_one(clause):
        return {"during", "outside"}
    # "outside those hours", "for half an hour before and after" name other times than the lifts'
    outside = [
        hit
        for hit in clause.hits.get("outside_ops", ())
        if not (
            hit.overlaps_any(clause.hits.get("afterwards", ()))
            # "not open to others" names no time
            or any(hit.first + 1 == o.first == hit.last for o in clause.hits.get("open_to", ()))
            or _is_aside(clause, hit)
            or _is_negated_behind(clause, hit)
            or _is_of_the_season(clause, hit)
        )
    ]
    kept = clause.hits.get("kept_running", ())  # "Donations keep the lifts running" names no time
    whole_days = clause.hits.get("during_ops", ())  # "from the opening to the closing of the lifts"
    outside = [hit for hit in outside if not any(_is_longer(day, hit) for day in whole_days)]
    during = [hit for hit in whole_days if not hit.overlaps_any((*outside, *kept))]
    found: set[Phase] = set()
    if outside or clause.has("evening_event"):
        found.add("outside")
    # "On operating days, only before the lifts open" is of no time while they run
    if during or (clause.has("day_of_lifts") and not found):
        found.add("during")
    if found == {"during"} and _and_outside_it(clause, during):
        return {"during", "outside"}
    if not found and _at_any_time(clause):
        return {"during", "outside"}
    if not found and _bans_open_runs(clause):
        return {"during"}
    return found


def _and_outside_it(clause: Clause, during: list[Hit]) -> bool:
    """As in "banned in opening hours and outside of them"."""
    return any(
        day.last < hit.first
        and clause.tokens[hit.first - 1].fold in _ANDS
        and not any(token.is_mark for token in clause.tokens[day.last : hit.first])
        for hit in clause.hits.get("afterwards", ())
        for day in during
    )


def _bans_open_runs(clause: Clause) -> bool:
    """As in "Climbing is not permitted on open runs", which says nothing of them once they are closed."""
    told = [hit for hit in clause.hits.get("open_runs", ()) if hit.overlaps_any(clause.hits.get("open", ()))]
    both = clause.has("open_or_closed", "closed_runs", "anywhere", "descend", "downhill")
    laid_down = {v.kind for v in clause.verdicts if not any(hit.covers(v.at) for hit in told)}
    return bool(told) and not both and laid_down == {"forbid"} and clause.travels


def _at_any_time(clause: Clause) -> bool:
    """As in "Climbing is allowed at any time"; what one must have at all times tells of no time."""
    always = clause.hits.get("at_no_time", ())
    told = [hit for hit in clause.hits.get("permit", ()) if any(abs(a.first - hit.last) == 1 for a in always)]
    laid_down = {v.kind for v in clause.verdicts if not any(a.covers(v.at) for a in always)}
    return bool(told) and laid_down == {"permit"}


def _is_longer(hit: Hit, other: Hit) -> bool:
    """Whether the other hit ends it: "in … outside of hours" begins with it."""
    return other.within(hit) and other.first > hit.first + 1


def _at_any_time_of_one(clause: Clause) -> bool:
    """As in "While the lifts run you may set out at any time": any of that time."""
    named = clause.hits_of("during_ops", "outside_ops")
    both = clause.hits["both_phases"]
    one = len(named) == 1 and named[0].first == 0 and not any(b.overlaps_any(named) for b in both)
    return one and not clause.has("too", "even")


def _is_of_the_season(clause: Clause, hit: Hit) -> bool:
    """As in "before opening day", "after the resort closes for the season", "from March 16 to the closing"."""
    if clause.has("date") and _ends_dates(clause, hit):
        return True
    ends = clause.hits.get("closing_day", ())
    after = any(0 < hit.first - end.last <= _APPOSED for end in ends)
    return after or any(o.overlaps(hit) for o in clause.hits_of("opening_day", "closing_day"))


def _ends_dates(clause: Clause, hit: Hit) -> bool:
    """As in "dal 16 marzo alla chiusura", "fino alla chiusura (15 aprile)"."""
    to = next((at for at in (hit.first, hit.first - 1) if at > 0 and clause.tokens[at].fold in _TO), None)
    if to is None:
        return False
    before = clause.tokens[max(to - _DATED, 0) : to]
    dated = any(0 < to - date.last <= _DATED for date in clause.hits["date"])
    return before[-1].fold in _UNTIL or (dated and not any(token.is_mark for token in before))


def _is_negated_behind(clause: Clause, hit: Hit) -> bool:
    """As "solange die Lifte laufen nicht" in "ist, solange die Lifte laufen, nicht erlaubt", without commas."""
    denies = any(no.last == hit.last for no in clause.hits.get("neg", ()))
    return denies and any(word.first == hit.last + 1 for word in clause.hits.get("permit", ()))


def _is_aside(clause: Clause, hit: Hit) -> bool:
    """Whether it is a bare "before and after" that an hour or minutes stand before."""
    bare = all(token.fold in _JOINED for token in clause.tokens[hit.first : hit.last + 1])
    return bare and any(o.first <= hit.first <= o.last + 1 for o in clause.hits.get("offset", ()))


_JOINED = frozenset(["before", "after", "and", "or", "&"])


_ANDS = of_all("joiners")
_JOINTS = _ANDS | {"&", "/", "|"}
_NAMED_WITHIN = 2
"""Tokens between the way up and a time that a heading names beside it: "Uphill Travel & Off-Hours Access"."""


def only_evenings(clause: Clause) -> bool:
    """Whether it names evenings or nights only: banning those leaves the early morning unsaid."""
    return clause.has("evening_event") and not clause.has("outside_ops")
