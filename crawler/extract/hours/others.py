"""Whose hours a span of time is, where not of going up: of lifts, offices, machines and the like."""

from collections.abc import Callable, Sequence

from crawler.extract.automaton import Hit
from crawler.extract.columns import column_of, is_row
from crawler.extract.hours.asides import (
    is_below_hours_of_others,
    is_of_no_charge,
    of_an_aside,
    opens_once,
    stands_in_rows_of_routes,
)
from crawler.extract.hours.grounds import (
    Told,
    answers_when,
    grants_access,
    in_a_table_of_routes,
    is_below_ways,
    is_told_by_day,
    on_route_card,
    opens_route,
    plain,
    under_uphill,
)
from crawler.extract.hours.operations import is_opening_heading
from crawler.extract.hours.reasons import (
    of_a_duty,
    of_a_reason,
    of_calling,
    of_patrol,
    of_price,
    of_summer,
)
from crawler.extract.once import once
from crawler.extract.scoped import Scope
from crawler.extract.sentences import Clause

_OTHERS_HOURS = (
    "dog",
    "bike",
    "lights",
    "machines",
    "obtain",
    "trailhead",
    "vehicle",
    "price_word",
    "call",
    "announce",
    "duration",
    "race_news",
)
_NEVER_HOURS = ("dog", "bike", "lights", "obtain", "duration")
_BESIDE_PERMISSION = (
    "facility",
    "counter",
    "any_pass_word",
    "check_in",
    "register_word",
    "vehicle",
    "trailhead",
)
_BESIDE = 4
"""Tokens from "in lift hours" to the hours in brackets behind it."""
_QUOTES = frozenset('«“„"')
_SUBJECT = 4
"""Tokens within which a sentence names its subject."""


@once
def others(told: Told) -> str | None:
    """The first rule by which the hours are somebody else's; ``None`` where no rule says so."""
    return None if on_route_card(told) else next((name for name, holds in _RULES if holds(told)), None)


def _permits_before(told: Told) -> bool:
    """As in "The tracks are open from 7 to 16:30, with a card from the ticket office": what follows owns no hours."""
    clause = told.clause
    own = {hit.first for hit in clause.hits.get("permit", ())}  # not those of the label before it
    rules = [verdict.at for verdict in clause.verdicts if verdict.kind == "permit" and verdict.at in own]
    ways = clause.hits_of("route_noun", "uphill_route", "uphill", "ascend", "access_word")
    if not rules or told.scoped.scope is not Scope.EXPLICIT or clause.rules("forbid"):
        return False
    subject = told.goes_on or any(hit.first < told.span.first for hit in ways)
    things = clause.hits_of(*_OTHERS_HOURS, *_BESIDE_PERMISSION)
    return subject and min(rules) < told.span.first and all(hit.first > told.span.last for hit in things)


def _of_concept(told: Told) -> bool:
    clause = told.clause
    if _permits_before(told):
        return False
    ruled = clause.rules("permit") or (clause.rules("forbid") and not clause.has("if_strict"))
    lots = [hit.first for hit in clause.hits.get("trailhead", ())]
    parks = any(first < told.span.first for first in lots) and not opens_route(clause)
    if clause.travels and ruled and not any(_speaks_of(clause, c) for c in _NEVER_HOURS) and not parks:
        # "open from 5 to 8 when the status is open": what comes behind the hours is not their subject
        return any(hit.last < told.span.first for hit in clause.hits.get("announce", ()))
    reasons = (*_gives_reasons(told), *_named_behind(told))
    return any(_speaks_of(clause, concept) and concept not in reasons for concept in _OTHERS_HOURS)


def _named_behind(told: Told) -> tuple[str, ...]:
    """As in "From 6 to 22, except when posted closed"."""
    excepts = [hit.first for hit in told.clause.hits.get("except", ()) if hit.first > told.span.last]
    told_later = all(hit.first > min(excepts, default=0) for hit in told.clause.hits.get("announce", ()))
    return ("announce",) if excepts and told_later else ()


def _speaks_of(clause: Clause, concept: str) -> bool:
    """Whether it names the thing; the "luci" of "prime luci", the lights of "lights out at 9" are no lights."""
    suns = clause.hits_of("sunrise", "sunset", "dawn", "dusk", "deadline")
    return any(not hit.overlaps_any(suns) for hit in clause.hits.get(concept, ()))


def _gives_reasons(told: Told) -> tuple[str, ...]:
    """As in "From 17:00 to 7:30 all pistes are closed, since they are groomed": what stands behind a rule."""
    clause = told.clause
    ends = clause.first("deadline")
    lots = 0 <= ends <= clause.first("trailhead")
    if lots or (ends >= 0 and not clause.has("vehicle") and told.span.open_ended == "start"):
        behind = all(hit.first > told.span.last for hit in clause.hits.get("machines", ()))
        return ("trailhead", *(("machines",) if behind else ()))  # "Everyone has to be back in the lot by 9"
    if opens_route(clause) and told.scoped.scope is Scope.EXPLICIT and not clause.has("park_verb", "forbid"):
        return ("trailhead", "vehicle")  # "The route starts at the car park and is open from 8 to 16"
    opens = clause.first("open") == 0 and told.scoped.headed("route_heading", "uphill_route", "route_noun")
    ruled = (opens or clause.has("slopes", "route_noun")) and (
        clause.rules("forbid") or clause.rules("permit")
    )
    return tuple(
        concept
        for concept in ("machines", "trailhead")
        if ruled and all(hit.first > told.span.last for hit in clause.hits.get(concept, ()))
    )


def _of_place(told: Told) -> bool:
    """As in "The nordic loop is open from 9 to 4"."""
    return told.clause.has("other_place") and not told.clause.travels


def _of_banned_time(told: Told) -> bool:
    """As in "The lifts run from 9 to 4; skinning is not allowed then"."""
    later = (c for c in told.scoped.clauses if c.start > told.clause.start)
    own = told.clause.travels or told.clause.rules("forbid")
    return not own and any(c.has("then_time") and c.travels and c.rules("forbid") for c in later)


def _of_date(told: Told) -> bool:
    labelled = 0 <= told.scoped.whole.first("when_heading") <= 1
    permitted = told.clause.rules("permit") and told.scoped.scope is Scope.EXPLICIT
    celled = is_row(told.scoped.whole)
    tabled = (told.scoped.sentence.block.row or celled) and under_uphill(told.scoped)
    weekly = len(told.clause.hits.get("date", ())) > 1 and bool(told.span.days)
    weekly = (
        weekly and told.scoped.scope is Scope.EXPLICIT
    )  # "Mondays, from 8 December to 19 March, 17:30 to 22:00"
    return told.clause.has("date") and not (told.named or labelled or permitted or tabled or weekly)


def _of_condition(told: Told) -> bool:
    """As in "If you pull in before 9:00, use the lower lot"."""
    clause = told.clause
    if clause.first("if_strict") != 0 or clause.travels:
        return False
    behind = clause.hits["if_strict"][0].last + 1
    return behind >= len(clause.tokens) or not clause.tokens[behind].is_mark  # "Quand | de 17h à 22h"


def _of_topic(told: Told) -> bool:
    topics: Sequence[Hit] = told.clause.hits.get("other_topic", ())
    free = told.clause.travels or told.clause.has("when_heading_uphill")
    events = _lift_events(told.clause)
    starts = told.clause.hits.get("trailhead", ()) if opens_route(told.clause) else ()
    topics = [topic for topic in topics if not topic.overlaps_any((*events, *starts))]
    lead = told.clause.lead
    labelled = (
        lead is not None and lead.has("other_topic") and len(lead.tokens) <= _SUBJECT and not lead.travels
    )
    return (labelled or any(topic.first <= _SUBJECT for topic in topics)) and not free


def _of_facility(told: Told) -> bool:
    """Whether a house, an office or an event is what the sentence speaks of before it comes to the hours."""
    if _in_a_column_of_hours(told) or _permits_before(told):
        return False
    rules = told.clause.travels and told.clause.rules("permit")
    for clause in (told.clause,) if rules else (told.clause, told.scoped.whole):
        at = next((i for i, t in enumerate(clause.tokens) if t.start >= told.at), len(clause.tokens))
        houses = _houses(clause)
        before = [hit.first for hit in houses if hit.first < at]
        travel = [hit.first for hit in clause.hits_of("uphill", "ascend")]
        compound = any(
            house.first - hit.last == 1 for house in houses for hit in clause.hits.get("uphill", ())
        )
        of_route = opens_route(clause) and 0 <= clause.first("route_noun") < min(before, default=0)
        if before and not of_route and (compound or not travel or min(before) < min(travel)):
            return True
    known = told.named or told.clause.has("deadline") or opens_route(told.clause)
    return bool(_houses(told.clause)) and not known and not answers_when(told.clause, told.scoped)


def _in_a_column_of_hours(told: Told) -> bool:
    """Whether the head of its column tells that these are hours, whatever stands in the other columns."""
    above = column_of(told.scoped, told.at)
    return above is not None and any(
        above[1] <= hit.first < above[2] for hit in above[0].hits.get("when_heading", ())
    )


def _in_a_column_of_ascents(told: Told) -> bool:
    """As below "Ascent from – to"."""
    above = column_of(told.scoped, told.at)
    return above is not None and any(
        above[1] <= hit.first < above[2] for hit in above[0].hits.get("ascent_noun", ())
    )


def _houses(clause: Clause) -> list[Hit]:
    """Houses, offices and events that it names; the lifts' hours as a time and "Bergalm-Route" are none."""
    events = _lift_events(clause)
    routes = {hit.first for hit in clause.hits.get("route_noun", ())} if clause.lang == "de" else set()
    found = clause.hits.get("facility", ())
    closes = (clause.travels or clause.has("slopes")) and clause.rules("forbid")
    reasons = clause.hits.get("machines", ()) if closes else ()
    known = [*events, *reasons]
    return [
        hit
        for hit in found
        if not hit.overlaps_any(known) and hit.last + 1 not in routes and not _is_quoted(clause, hit)
    ]


def _is_quoted(clause: Clause, hit: Hit) -> bool:
    """As the house is that a route is named after: 'the route "Baita Rosa"'."""
    start = clause.tokens[hit.first].start
    return start > 0 and clause.text[start - 1] in _QUOTES


def _lift_events(clause: Clause) -> list[Hit]:
    """Where it names the lifts' opening or closing as a time: "from lift closing until 20:00"."""
    return clause.hits_of("lift_open", "lift_close", "outside_ops", "during_ops")


def _of_dogs(told: Told) -> bool:
    whole = told.scoped.whole
    before = [c for c in told.scoped.clauses if c.end <= told.clause.start]
    # as in "Keep your dog away: from 9 to 4 they are not admitted on the hill"
    carried = (
        any(c.has("dog") for c in before)
        and not any(c.travels for c in before)
        and told.clause.has("they", "price_pronoun")
    )
    return whole.has("dog") and (carried or not told.named)


def _of_operations(told: Told) -> bool:
    clause = told.clause
    during = clause.hits.get("during_ops", ())
    lifts = [hit for hit in clause.hits.get("lift_hours", ()) if not hit.overlaps_any(during)]
    if answers_when(clause, told.scoped) or (under_uphill(told.scoped) and not lifts):
        return False
    if clause.has("both_phases"):
        return False  # "7 to 18, whether the lifts run or not"
    if (
        (clause.has("route_noun", "uphill_route") or 0 <= clause.first("permit") <= 1)
        and clause.rules("permit")
        and told.scoped.scope is Scope.EXPLICIT
    ):
        return False
    if _is_ruled_in(told, during):
        return False
    operates = clause.has("during_ops", "lift_hours") and not clause.has("outside_ops", "both_phases")
    return operates and not clause.has("uphill") and not (told.named and bool(clause.verdicts))


def _is_ruled_in(told: Told, during: Sequence[Hit]) -> bool:
    """As in "In lift hours (8:30 to 16:00): ascent by the Ridge Run only": the same sentence rules going up then."""
    if is_told_by_day(told.scoped):
        return True
    whole, span = told.scoped.whole, told.span
    beside = any(0 < span.first - hit.last <= _BESIDE for hit in during) and not span.open_ended
    allowed = whole.rules("permit") or whole.has("only", "stay_on_route")
    return beside and whole.travels and allowed and not whole.rules("forbid")


def _of_lifts(told: Told) -> bool:
    """As in "The gondola runs 8 to 23 for uphill travelers": what runs stands before the hours, going up behind."""
    clause = told.clause
    if clause.has("deadline", "outside_ops", "start_limit"):
        return False
    if opens_route(clause) or answers_when(clause, told.scoped) or _permits_before(told):
        return False
    if _is_ruled_in(told, clause.hits.get("during_ops", ())):
        return False
    runs = [hit.first for hit in clause.hits.get("lift_hours", ()) if hit.first < told.span.first]
    travel = [hit.first for hit in clause.hits_of("uphill", "ascend")]
    return bool(runs) and not any(first < told.span.first for first in travel)


def _of_ticket(told: Told) -> bool:
    clause = told.clause
    # "The slopes may be climbed from 9 to 16 only, and only with a lift ticket"
    climbs = clause.all("ascend", "slopes", "only") and clause.rules("permit")
    return clause.has("lift_ticket") and not (climbs or clause.has("uphill"))


def _of_fetching(told: Told) -> bool:
    whole = told.scoped.whole
    goods = whole.has("any_pass", "uphill_pass", "season_pass", "lift_ticket", "rental", "check_in")
    ruled = told.clause.travels and told.clause.has("permit", "forbid")
    ruled = ruled or _permits_before(told)
    return whole.has("obtain") and not ruled and (goods or not whole.has("route_noun"))


def _of_descent(told: Told) -> bool:
    clause = told.clause
    if clause.has("deadline"):
        return False
    begins = 0 <= clause.first("downhill") <= 1 and clause.first("uphill") < 0
    # the question that it answers: "May I go up on skins? Yes, until 8:30, by the valley run"
    asked = any(part.travels for part in told.scoped.sentence.beside)
    return clause.has("downhill") and (begins or not (told.named or asked))


def _cells(row: Clause) -> int:
    return sum(token.fold == "|" for token in row.tokens)


def _of_column(told: Told) -> bool:
    """Whether the column that the hours stand in is that of dogs, prices or the like."""
    above = column_of(told.scoped, told.at)
    if above is None or _cells(above[0]) != _cells(told.scoped.whole):
        return False
    head, first, last = above
    if in_a_table_of_routes(told.scoped):
        return any(first <= hit.first < last for hit in head.hits_of(*_NEVER_HOURS))
    return any(
        first <= hit.first < last
        for hit in head.hits_of(
            "dog", "lights", "price_word", "any_pass", "downhill", "facility", "other_topic", "lift_hours"
        )
    ) and not any(first <= hit.first < last for hit in head.hits.get("uphill", ()))


def _of_section(told: Told) -> bool:
    """Whether the nearest heading is a house's, an office's or an event's, and no rule is laid down."""
    ruled = told.named and bool(told.clause.verdicts)
    own = told.scoped.headed("dog", "lights") and not told.scoped.whole.travels
    head = told.scoped.heading
    # of a table's head the column of the hours tells
    headed = head is not None and head.has("facility") and not (is_opening_heading(head) or is_row(head))
    headed = (own or headed) and not (_in_a_column_of_hours(told) or in_a_table_of_routes(told.scoped))
    return headed and not (ruled or told.labelled or told.scoped.headed("uphill", "outside_ops"))


def _of_somebody(told: Told) -> bool:
    """Whether a line under a heading of times names somebody that the lexicon does not know: "Ridge Express"."""
    if told.scoped.whole.travels or told.goes_on or told.clause.rules("forbid"):
        return False
    if under_uphill(told.scoped) or told.labelled or told.clause.has("deadline", "start_limit"):
        return False
    on_route = told.scoped.whole.has("route_noun") and told.scoped.scope is Scope.EXPLICIT
    on_route = on_route or grants_access(told) or is_below_ways(told) or _in_a_column_of_ascents(told)
    on_route = on_route or stands_in_rows_of_routes(told.scoped)
    on_route = on_route or opens_route(told.clause) or answers_when(told.clause, told.scoped)
    return not on_route and not told.clause.has("you") and not plain(told)


_RULES: tuple[tuple[str, Callable[[Told], bool]], ...] = (
    ("hours of dogs, machines, offices or the like", _of_concept),
    ("hours of another place", _of_place),
    ("hours told of somebody else in passing", of_an_aside),
    ("hours in which going up is banned", _of_banned_time),
    ("hours of giving way", of_a_duty),
    ("hours of a date", _of_date),
    ("hours of a condition", _of_condition),
    ("hours of another topic", _of_topic),
    ("hours of a house, an office or an event", _of_facility),
    ("hours at which a phone is answered", of_calling),
    ("hours of dogs", _of_dogs),
    ("hours at which something is fetched", _of_fetching),
    ("hours of operation", _of_operations),
    ("hours that the lifts run", _of_lifts),
    ("hours of a lift ticket", _of_ticket),
    ("hours that a price buys", of_price),
    ("hours in which nothing is charged", is_of_no_charge),
    ("the beginning of a season", opens_once),
    ("hours of the patrol", of_patrol),
    ("hours that give a reason", of_a_reason),
    ("hours of the way down", _of_descent),
    ("hours in another column", _of_column),
    ("hours in summer", of_summer),
    # as the clubs advise: "by 22:30 or at another time that the operator sets"
    ("hours that may be set otherwise", lambda told: told.scoped.whole.has("or_as_set")),
    ("hours under a heading of a house, an office or an event", _of_section),
    ("hours below those of somebody else", is_below_hours_of_others),
    ("hours of somebody else", _of_somebody),
)
