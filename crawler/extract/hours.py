"""Whose hours a span of time is: those of going up, or those of lifts, offices, machines and the like."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from crawler.extract.document import Scope, Scoped
from crawler.extract.page import Region
from crawler.extract.sentences import Clause
from crawler.extract.tagger import Hit
from crawler.extract.times import Span
from crawler.extract.weekdays import days_in


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

    @property
    def named(self) -> bool:
        return self.clause.has("uphill", "ascend")

    @property
    def at(self) -> int:
        """Offset of the span in the page's text."""
        return self.clause.tokens[self.span.first].start if self.span.first < len(self.clause.tokens) else 0


_OTHERS_HOURS = (
    "dog",
    "bike",
    "lights",
    "machines",
    "obtain",
    "trailhead",
    "price_word",
    "call",
    "announce",
    "duration",
    "race_news",
)
_NEVER_HOURS = ("dog", "bike", "lights", "obtain", "trailhead", "duration")
_PARTS = ("ante", "post", "evening_event")
_LABELS = (
    *("day_mo", "day_tu", "day_we", "day_th", "day_fr", "day_sa", "day_su", "weekdays", "weekend", "daily"),
    *("date", "ante", "post", "evening_event", "from", "between", "until", "before", "after", "oclock"),
    *(
        "when_heading",
        "when_heading_uphill",
        "uphill",
        "ascend",
        "permit",
        "open",
        "closed",
        "only",
        "period",
    ),
    *("every_day", "whole_season", "some_times", "sunrise", "sunset", "dawn", "dusk", "noon", "midnight"),
    *(
        "deadline",
        "start_limit",
        "offset",
        "you",
        "access_word",
        "outside_ops",
        "lift_close",
        "lift_open",
        "forbid",
        "slopes",
    ),
)
"""What a line of hours may hold before them and still name nobody whose hours they are."""
_BARE = 14
"""Tokens of a line that holds hardly more than hours."""
_SUBJECT = 4
"""Tokens within which a sentence names its subject."""
_SECTION = 2
"""Level of the highest heading that makes a section of the page, and not the page."""


def others(told: Told) -> str | None:
    """The first rule by which the hours are somebody else's; ``None`` where no rule says so."""
    return next((name for name, holds in _RULES if holds(told)), None)


def ground(told: Told) -> Ground:
    """What says that the hours are those of going up."""
    return next((ground for ground, holds in _GROUNDS if holds(told)), Ground.NONE)


def forbids(clause: Clause) -> bool:
    """Whether it bans; that everyone must be off the hill by a time does not."""
    ends = clause.hits.get("deadline", ())
    kinds = {v.kind for v in clause.verdicts if not any(e.first <= v.at <= e.last for e in ends)}
    return (
        "forbid" in kinds
        and not (kinds == {"forbid", "permit"} and clause.has("only"))
        and not clause.has("except", "without")
    )


def _is_named(told: Told) -> bool:
    return told.clause.travels or told.scoped.whole.travels


def _closes_slopes(told: Told) -> bool:
    return told.clause.has("slopes") and forbids(told.clause)


def _goes_on(told: Told) -> bool:
    """As in "It is possible until 8:45" after a sentence on going up."""
    return told.goes_on and bool(told.clause.has("permit") or days_in(told.clause))


def _is_sectioned(told: Told) -> bool:
    """Whether a heading, a column or a label that names uphill travel stands over a line of hours."""
    if told.labelled and _plain(told):
        return True
    sectioned = _under_uphill(told.scoped) and (_plain(told) or _timed(told.scoped))
    return sectioned or told.clause.has("when_heading_uphill")


def _is_timed(told: Told) -> bool:
    return _timed(told.scoped) or told.scoped.heading_phase == "outside"


def _lets_you(told: Told) -> bool:
    return told.clause.has("you") and told.clause.rules("permit")


def _under_uphill(scoped: Scoped) -> bool:
    """Whether its section, its column or its heading of times names uphill travel."""
    heading = scoped.heading
    if heading is None:
        return False
    if heading.has("when_heading", "permit") and heading.has("uphill", "ascend"):
        return True
    above = scoped.sentence.block.headings
    return heading.has("uphill") and len(above) >= _SECTION


def _timed(scoped: Scoped) -> bool:
    """Whether a heading of times stands above it, or above the header row that it has."""
    return scoped.headed("when_heading") or (
        scoped.sentence.block.row and any(head.has("when_heading") for head in scoped.headings[1:2])
    )


def _is_own(told: Told) -> bool:
    """Whether hours without a word on going up are labelled, or stand in a section, as hours of it."""
    clause, scoped = told.clause, told.scoped
    own = scoped.scope is Scope.EXPLICIT and not clause.has("other_topic", "lift_hours", "downhill")
    on_route = scoped.whole.has("route_noun") and (clause.has("you") or clause.rules("permit"))
    if own and (on_route or clause.all("slopes", "you")):
        return True  # "The trail is yours from 5 to 8:30", under a heading on going up
    if own and any(scoped.whole.first(part) == 0 for part in _PARTS) and len(scoped.whole.tokens) <= _BARE:
        return True  # "Morning: 5:00 to 8:30"
    labelled = 0 <= scoped.whole.first("when_heading") <= 1
    return (
        (labelled or (clause.has("when_heading") and len(clause.tokens) <= _BARE))
        and scoped.sentence.block.region is Region.MAIN
        and not clause.has("lift_hours", "other_topic")
    )


def _plain(told: Told) -> bool:
    """Whether nothing but days, seasons and words of time stands before the hours in their line."""
    whole = told.scoped.whole
    known = {
        index
        for concept in _LABELS
        for hit in whole.hits.get(concept, ())
        for index in range(hit.first, hit.last + 1)
    }
    return all(
        index in known or token.is_mark or token.fold[0].isdigit() or token.fold in _LITTLE
        for index, token in enumerate(whole.tokens)
        if token.start < told.at
    )


_LITTLE_WORDS = (
    "the a an and or of in on at for is are from to each every both all our only am pm m p "
    "der die das den dem des und oder an im vom zum zur von ab um ist sind jeden jeder alle allen uhr "
    "le la les l' de du d' et ou en au aux à un une est sont dès chaque tous toutes h jusqu' que qu' "
    "il lo i gli di del della dei delle e o al alle dalle dal da ogni tutti tutte ore è sono nei nelle"
)
_LITTLE = frozenset(_LITTLE_WORDS.split())
"""Words without weight, in all languages: none of them is a noun in another."""


def _of_concept(told: Told) -> bool:
    clause = told.clause
    ruled = clause.rules("permit") or (clause.rules("forbid") and not clause.has("if_strict"))
    if clause.travels and ruled and not clause.has(*_NEVER_HOURS):
        # "open from 5 to 8 when the status is open": what comes behind the hours is not their subject
        return any(hit.last < told.span.first for hit in clause.hits.get("announce", ()))
    return clause.has(*_OTHERS_HOURS)


def _of_date(told: Told) -> bool:
    labelled = 0 <= told.scoped.whole.first("when_heading") <= 1
    permitted = told.clause.rules("permit") and told.scoped.scope is Scope.EXPLICIT
    return told.clause.has("date") and not told.named and not labelled and not permitted


def _of_condition(told: Told) -> bool:
    """As in "If you pull in before 9:00, use the lower lot"."""
    return told.clause.first("if_strict") == 0 and not told.clause.travels


def _of_topic(told: Told) -> bool:
    topics: Sequence[Hit] = told.clause.hits.get("other_topic", ())
    free = told.clause.travels or told.clause.has("when_heading_uphill")
    events = _lift_events(told.clause)
    topics = [topic for topic in topics if not _overlaps(topic, events)]
    return any(topic.first <= _SUBJECT for topic in topics) and not free


def _of_facility(told: Told) -> bool:
    """Whether a house, an office or an event is what the sentence speaks of before it comes to the hours."""
    for clause in (told.clause, told.scoped.whole):
        at = next((i for i, t in enumerate(clause.tokens) if t.start >= told.at), len(clause.tokens))
        events = _lift_events(clause)
        houses = [hit for hit in clause.hits.get("facility", ()) if not _overlaps(hit, events)]
        before = [hit.first for hit in houses if hit.first < at]
        travel = [hit.first for c in ("uphill", "ascend") for hit in clause.hits.get(c, ())]
        if before and (not travel or min(before) < min(travel)):
            return True
    return told.clause.has("facility") and not told.named and not told.clause.has("deadline")


def _lift_events(clause: Clause) -> list[Hit]:
    """Where it names the lifts' opening or closing as a time: "from lift closing until 20:00"."""
    return [hit for c in ("lift_open", "lift_close", "outside_ops") for hit in clause.hits.get(c, ())]


def _overlaps(hit: Hit, others: Sequence[Hit]) -> bool:
    return any(other.first <= hit.last and hit.first <= other.last for other in others)


def _of_calling(told: Told) -> bool:
    """As in "For the state of the uphill routes, call the patrol: 04 79 55 51 40, from 8 to 17"."""
    whole = told.scoped.whole
    called = any(whole.tokens[hit.first].start < told.at for hit in whole.hits.get("call", ()))
    return called and not told.clause.verdicts and not told.clause.travels


def _of_dogs(told: Told) -> bool:
    return told.scoped.whole.has("dog") and not told.named


def _of_operations(told: Told) -> bool:
    clause = told.clause
    if told.scoped.sentence.block.row and clause.has("only") and told.scoped.whole.first("when_heading") == 0:
        return False  # "When? | Only in lift hours, 8 to 16"
    operates = clause.has("during_ops", "lift_hours") and not clause.has("outside_ops")
    return operates and not clause.has("uphill") and not (told.named and bool(clause.verdicts))


def _of_fetching(told: Told) -> bool:
    return told.scoped.whole.has("obtain") and not (
        told.clause.travels and told.clause.has("permit", "forbid")
    )


def _of_descent(told: Told) -> bool:
    return told.clause.has("downhill") and not told.named and not told.clause.has("deadline")


def _of_summer(told: Told) -> bool:
    return told.clause.has("summer") or any(head.has("summer") for head in told.scoped.headings)


def _of_section(told: Told) -> bool:
    """Whether the nearest heading is a house's, an office's or an event's, and no rule is laid down."""
    ruled = told.named and bool(told.clause.verdicts)
    return told.scoped.headed("facility") and not ruled and not told.scoped.headed("uphill", "outside_ops")


def _of_somebody(told: Told) -> bool:
    """Whether a line under a heading of times names somebody that the lexicon does not know: "Ridge Express"."""
    if told.scoped.whole.travels or told.goes_on or told.clause.rules("forbid"):
        return False
    if _under_uphill(told.scoped) or told.labelled or told.clause.has("deadline", "start_limit"):
        return False
    on_route = told.scoped.whole.has("route_noun") and told.scoped.scope is Scope.EXPLICIT
    return not on_route and not told.clause.has("you") and not _plain(told)


_RULES: tuple[tuple[str, Callable[[Told], bool]], ...] = (
    ("hours of dogs, machines, offices or the like", _of_concept),
    ("hours of a date", _of_date),
    ("hours of a condition", _of_condition),
    ("hours of another topic", _of_topic),
    ("hours of a house, an office or an event", _of_facility),
    ("hours at which a phone is answered", _of_calling),
    ("hours of dogs", _of_dogs),
    ("hours at which something is fetched", _of_fetching),
    ("hours of the lifts", _of_operations),
    ("hours of the way down", _of_descent),
    ("hours in summer", _of_summer),
    ("hours under a heading of a house, an office or an event", _of_section),
    ("hours of somebody else", _of_somebody),
)
_GROUNDS: tuple[tuple[Ground, Callable[[Told], bool]], ...] = (
    (Ground.NAMED, _is_named),
    (Ground.NAMED, _closes_slopes),
    (Ground.NAMED, _goes_on),
    (Ground.SECTION, _is_sectioned),
    (Ground.LINE, _is_timed),
    (Ground.LINE, _lets_you),
    (Ground.LINE, _is_own),
)
