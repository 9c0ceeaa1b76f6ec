"""What says that hours are those of going up: the ground that a window stands on."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from crawler.extract.columns import column_of, has_a_column_of_ways
from crawler.extract.hours.linewords import LABELS, LITTLE
from crawler.extract.hours.operations import is_opening_heading
from crawler.extract.hours.times import Span
from crawler.extract.hours.weekdays import bans_days_alone, days_in, is_days_only
from crawler.extract.pages.page import Region
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause


class Ground(IntEnum):
    """How surely the words say that the hours are those of going up."""

    NONE = 0
    LINE = 1
    """A line of hours under a heading of times that names nobody."""
    SECTION = 2
    """A line of hours under a heading, a label or a column that names uphill travel."""
    NAMED = 3
    """The sentence itself speaks of going up."""


@dataclass(frozen=True)
class Told:
    """A span with the clause and the sentence that tell it."""

    clause: Clause
    scoped: Scoped
    span: Span
    goes_on: bool
    """Whether the sentence follows, in its block, one that speaks of going up."""
    labelled: bool = False
    """Whether a line above it, such as "Uphill hours", is a label of hours of going up."""
    at: int = 0
    """Offset of the span in the page's text."""

    @property
    def named(self) -> bool:
        return self.clause.has("uphill", "ascend")


_PARTS = ("ante", "post", "evening_event")
_RULED = ("permit", "forbid", "answer_yes", "answer_no")
_BARE = 14
"""Tokens of a line that holds hardly more than hours."""
_SUBJECT = 3
"""Tokens within which a sentence names its subject."""
_SKIING = frozenset(["we're", "we", "skiing"])
_ONE_RUN = frozenset(["piste", "pista", "skipiste", "slope", "run", "trail"])
_PART = 6
"""Tokens of a heading that tells a part of the day."""
_SECTION = 2
"""Level of the highest heading that makes a section of the page, and not the page."""


def ground(told: Told) -> Ground:
    """What says that the hours are those of going up."""
    ends = told.clause.has("deadline") and told.span.open_ended == "start"
    own = told.scoped.whole.travels or told.scoped.sentence.block.row or ends
    if told.goes_on and not own and _is_of_the_resort(told.clause):
        return Ground.NONE
    return next((ground for ground, holds in _GROUNDS if holds(told)), Ground.NONE)


def forbids(clause: Clause) -> bool:
    """Whether it bans; that everyone must be off the hill by a time does not."""
    ends = clause.hits.get("deadline", ())
    aside = [v.at for v in clause.verdicts if v.kind == "forbid" and bans_days_alone(clause, v.at)]
    kinds = {v.kind for v in clause.verdicts if not any(e.covers(v.at) for e in ends) and v.at not in aside}
    return (
        "forbid" in kinds
        and not (kinds == {"forbid", "permit"} and clause.has("only"))
        and not clause.has("except", "without")
        and not (clause.lead is not None and clause.lead.has("except") and clause.lead.rules("forbid"))
    )


def _is_named(told: Told) -> bool:
    return told.clause.travels or told.scoped.whole.travels


def _closes_slopes(told: Told) -> bool:
    lead = told.clause.lead
    slopes = told.clause.has("slopes") or (lead is not None and lead.has("slopes") and lead.rules("forbid"))
    return slopes and forbids(told.clause) and not names_a_run(told.clause)


def names_a_run(clause: Clause) -> bool:
    """As in "Piste 5 is closed", "la pista Rossa è chiusa": one run by its number or name, and not all."""
    return any(
        hit.last + 1 < len(clause.tokens) and _is_of_a_name(clause, hit.last + 1)
        for hit in clause.hits.get("slopes", ())
        if clause.tokens[hit.last].fold in _ONE_RUN
    )


def _is_of_a_name(clause: Clause, index: int) -> bool:
    word = clause.text[clause.tokens[index].start]
    return word.isdigit() or word.isupper()


def _goes_on(told: Told) -> bool:
    """As in "It is possible until 8:45" after a sentence on going up."""
    ends = told.clause.has("deadline") and told.span.open_ended == "start"
    return told.goes_on and bool(told.clause.has("permit") or ends or days_in(told.clause))


def _is_of_the_resort(clause: Clause) -> bool:
    """As in "The mountain is open from 9 to 4", "We're open 9 to 4", whatever was said of going up before."""
    places = clause.hits_of("resort_column", "other_topic", "lift_hours")
    first = min((hit.first for hit in places), default=_SUBJECT)
    ways = [hit.first for hit in clause.hits_of("route_noun", "uphill_route")]
    if clause.lang != "en":
        return False  # where "the area" and "the pistes" are the ways themselves
    named = (first < _SUBJECT and all(first <= way for way in ways)) or clause.tokens[0].fold in _SKIING
    return named and not (clause.travels or clause.has("you", "evening_event"))


def _leaves_slopes(told: Told) -> bool:
    """As in "Everyone has to be off the slopes by 8:30", on what is about going up."""
    clause = told.clause
    return clause.has("deadline") and clause.has("slopes", "you") and told.scoped.scope is Scope.EXPLICIT


def _starts_then(told: Told) -> bool:
    """As in "Start no earlier than 5", on what is about going up."""
    return told.scoped.scope is Scope.EXPLICIT and told.clause.first("start_limit") == 0


def _is_sectioned(told: Told) -> bool:
    """Whether a heading, a column or a label that names uphill travel stands over a line of hours."""
    if answers_when(told.clause, told.scoped):
        return True
    if plain(told) and (told.labelled or _is_of_phase(told)):
        return True
    timed = _timed(told.scoped) or in_a_table_of_routes(told.scoped)
    sectioned = under_uphill(told.scoped) and (plain(told) or (timed and _is_entry(told)))
    return sectioned or told.clause.has("when_heading_uphill") or is_below_ways(told)


def is_below_ways(told: Told) -> bool:
    """As in a row below "Mountain | Route | Hours", on what is about going up."""
    scoped, head = told.scoped, told.scoped.heading
    if head is None or not scoped.sentence.block.row or not has_a_column_of_ways(head) or not _is_entry(told):
        return False
    above = column_of(scoped, told.at)
    own = above is not None and above[0].has("hours_label", "when_heading") and not _is_of_others(*above)
    return own and any(clause.has("uphill") for clause in scoped.headings[1:])


def _is_of_others(head: Clause, begin: int, past: int) -> bool:
    return any(begin <= hit.first < past for hit in head.hits_of("duration", "lift_hours", "downhill"))


def _is_row_with_verdict(told: Told) -> bool:
    """As in "5:00 to 8:30 | allowed", "8:30 to 16:30 | no", in a table on going up that has no other columns."""
    scoped, whole = told.scoped, told.scoped.whole
    head = scoped.heading
    if not scoped.sentence.block.row or scoped.scope is not Scope.EXPLICIT or head is None:
        return False
    ruled = whole.has(*_RULED)
    about = head.travels and not head.has("dog", "facility", "any_pass_word", "lights")
    known = whole.tokens_of(*LABELS, *_RULED, "neg")
    return (
        ruled
        and about
        and all(
            index in known or token.is_mark or token.fold[0].isdigit() or token.fold in LITTLE
            for index, token in enumerate(whole.tokens)
        )
    )


def _is_entry(told: Told) -> bool:
    """Whether the hours stand behind a label: "Old Logger | 5 to 9", "Ridge: 5 to 9"."""
    tokens = told.scoped.whole.tokens
    return any(token.fold in _LABEL_ENDS and token.start < told.at for token in tokens)


def _is_bare_line(told: Told) -> bool:
    """Whether, under a heading of going up or of evenings, the line holds days and hours and nothing else."""
    scoped = told.scoped
    end = Told(told.clause, scoped, told.span, goes_on=False, at=scoped.whole.end)
    # "Sonnenpiste" above "Mo, Mi, Fr 17.30 – 21.30 Uhr"
    card = bool(told.span.days) and scoped.headed("route_noun")
    headed = card or (scoped.headed("uphill", "ascend", "evening_event") and not scoped.headed("facility"))
    numbered = any(token.fold[0].isdigit() for token in scoped.whole.tokens)
    ruled = scoped.whole.has("open", "closed", "permit", "forbid", "slopes")
    days = scoped.whole.hits.get("other_times", ())  # the "all" of "all other days" is nobody
    ruled = ruled or any(not hit.overlaps_any(days) for hit in scoped.whole.hits.get("you", ()))
    if scoped.scope is Scope.EXPLICIT and headed and _names_its_way(told):
        return not scoped.whole.has(
            "open", "closed", "permit", "forbid", "lift_hours", "facility", "downhill"
        )
    return scoped.scope is Scope.EXPLICIT and headed and numbered and not ruled and plain(end)


def _names_its_way(told: Told) -> bool:
    """As in "Monday | 17:30 to 21:30, Piste Elm": days, hours and the way that they are of."""
    if not (told.span.days and plain(told)):
        return False
    whole, end = told.scoped.whole, told.clause.tokens[told.span.last].end
    behind = next((i for i, t in enumerate(whole.tokens) if t.start >= end and not t.is_mark), -1)
    return any(hit.covers(behind) for hit in whole.hits.get("route_noun", ()))


def answers_when(clause: Clause, scoped: Scoped) -> bool:
    """As in a row "When? | Only in lift hours, 8 to 16"."""
    return scoped.sentence.block.row and clause.has("only") and scoped.whole.first("when_heading") == 0


def grants_access(told: Told) -> bool:
    """As in "The uphill pass grants access in these hours: Mon–Fri 6 to 9", "It gives access from 6 to 9"."""
    parts = [part for part in (told.clause.lead, told.scoped.clauses[0], told.clause) if part is not None]
    passes = any(part.has("uphill_pass") or part.first("price_pronoun") == 0 for part in parts)
    granted = any(part.has("included") and part.has("access_word") for part in parts)
    return passes and granted and told.scoped.scope is Scope.EXPLICIT


def on_route_card(told: Told) -> bool:
    """As in "Opening hours: 8 to 16:30" below the name of a route, on what is about going up."""
    scoped, whole = told.scoped, told.scoped.whole
    if scoped.scope is not Scope.EXPLICIT or not scoped.headed("route_noun", "uphill_route"):
        return False
    labels = [hit for hit in whole.hits.get("hours_label", ()) if hit.first == 0]
    return any(
        whole.tokens[hit.last + 1].fold in _LABEL_ENDS and whole.tokens[hit.last + 2].start == told.at
        for hit in labels
        if hit.last + 2 < len(whole.tokens)
    )


def _is_timed(told: Told) -> bool:
    return _timed(told.scoped) or told.scoped.heading_phase == "outside"


def _is_of_phase(told: Told) -> bool:
    """As in "7 to 17" under "By day", or "Before operations: 5 to 8", on what is about going up."""
    scoped = told.scoped
    named = scoped.heading_phase is not None or scoped.whole.first("outside_ops") == 0
    named = named or is_told_by_day(scoped)
    return named and scoped.scope is Scope.EXPLICIT


def is_told_by_day(scoped: Scoped) -> bool:
    """As in "During lift hours: daily from 9:00 to 16:30" under "When"."""
    leads = scoped.whole.first("during_ops") == 0 == scoped.whole.first("bounded")
    return leads and _timed(scoped) and scoped.scope is Scope.EXPLICIT and scoped.sentence.kinds <= {"permit"}


def _lets_you(told: Told) -> bool:
    return told.clause.has("you") and told.clause.rules("permit")


def under_uphill(scoped: Scoped) -> bool:
    """Whether its section, its column or its heading of times names uphill travel."""
    heading = scoped.heading
    if heading is None:
        return False
    if scoped.sentence.block.row and not heading.has("uphill", "ascend") and len(scoped.headings) > 1:
        heading = scoped.headings[1]  # the one above the header row
    if _is_part_of_day(heading) and len(scoped.headings) > 1:
        heading = scoped.headings[1]  # "Mornings" below "When you can climb"
    if heading.has("when_heading", "permit") and heading.has("uphill", "ascend"):
        return True
    above = scoped.sentence.block.headings
    return heading.has("uphill") and len(above) >= _SECTION


def _is_part_of_day(heading: Clause) -> bool:
    """As "Mornings", "Evenings, Monday to Thursday"."""
    return heading.has(*_PARTS) and len(heading.tokens) <= _PART and not heading.travels


def in_a_table_of_routes(scoped: Scoped) -> bool:
    """As in a row below "Route | Climb | Opening hours", on what is about going up."""
    head = scoped.heading
    led = head is not None and 0 in (head.first("route_heading"), head.first("route_noun"))
    return led and scoped.sentence.block.row and under_uphill(scoped)


def _timed(scoped: Scoped) -> bool:
    """Whether a heading of times stands above it, or above the header row that it has, or its columns are days."""
    if scoped.headed("when_heading") and not (scoped.heading and is_opening_heading(scoped.heading)):
        return True
    if not scoped.sentence.block.row or scoped.heading is None:
        return False
    return is_days_only(scoped.heading) or any(head.has("when_heading") for head in scoped.headings[1:2])


def _is_on_route(told: Told) -> bool:
    """As in "The trail is yours from 5 to 8:30", "The routes open at 6:30", under a heading on going up."""
    clause, scoped = told.clause, told.scoped
    if scoped.scope is Scope.EXPLICIT and opens_route(clause):
        return True
    own = scoped.scope is Scope.EXPLICIT and not clause.has(
        "other_topic", "lift_hours", "downhill", "facility"
    )
    if own and scoped.headed("route_heading", "uphill_route", "route_noun") and clause.first("open") == 0:
        return (
            True  # "Open from 6 to 21" behind "Route 1 – Lower Loop" under "Routes", or under "Birch Route"
        )
    on_route = scoped.whole.has("route_noun") and (clause.has("you") or clause.rules("permit"))
    return own and (on_route or clause.all("slopes", "you"))


def _is_own(told: Told) -> bool:
    """Whether hours without a word on going up are labelled, or stand in a section, as hours of it."""
    clause, scoped = told.clause, told.scoped
    own = scoped.scope is Scope.EXPLICIT and not clause.has("other_topic", "lift_hours", "downhill")
    short = told.goes_on or len(scoped.whole.tokens) <= _BARE
    if own and short and any(scoped.whole.first(part) == 0 for part in _PARTS):
        return True  # "Morning: 5:00 to 8:30"
    if own and scoped.whole.first("access_word") == 0 and not clause.has("facility", "vehicle", "park"):
        return len(scoped.whole.tokens) <= _BARE  # "Access from sunrise to sunset"
    labelled = 0 <= scoped.whole.first("when_heading") <= 1
    return (
        (labelled or (clause.has("when_heading") and len(clause.tokens) <= _BARE))
        and scoped.sentence.block.region is Region.MAIN
        and (clause.has("both_phases") or not clause.has("lift_hours", "other_topic"))
    )


def opens_route(clause: Clause) -> bool:
    route = clause.first("route_noun")
    topics = [hit.first for hit in clause.hits.get("other_topic", ())]
    return route >= 0 and clause.rules("permit") and all(route < topic for topic in topics)


def plain(told: Told) -> bool:
    """Whether nothing but days, seasons and words of time stands before the hours in their line."""
    whole = told.scoped.whole
    known = whole.tokens_of(*LABELS)
    return all(
        index in known or token.is_mark or token.fold[0].isdigit() or token.fold in LITTLE
        for index, token in enumerate(whole.tokens)
        if token.start < told.at
    )


_LABEL_ENDS = frozenset(":|–—-")


_GROUNDS: tuple[tuple[Ground, Callable[[Told], bool]], ...] = (
    (Ground.NAMED, _is_named),
    (Ground.NAMED, _closes_slopes),
    (Ground.NAMED, _goes_on),
    (Ground.SECTION, _leaves_slopes),
    (Ground.SECTION, _starts_then),
    (Ground.SECTION, _is_sectioned),
    (Ground.SECTION, _is_row_with_verdict),
    (Ground.SECTION, _is_on_route),
    (Ground.SECTION, on_route_card),
    (Ground.SECTION, grants_access),
    (Ground.LINE, _is_timed),
    (Ground.LINE, _lets_you),
    (Ground.LINE, _is_bare_line),
    (Ground.LINE, _is_own),
)
