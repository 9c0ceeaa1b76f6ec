"""Of whom or what a clause on the time of operation speaks: of climbers, of some of them, of a house."""

from crawler.extract.languages import of_all
from crawler.extract.routes.names import is_of_a_mountain, names
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

NOT_TRAVEL = ("dog", "obtain", "lights", "bike", "call", "machines", "downhill", "price_word", "other_place")
_ONLY = 4
"""Tokens between "only" and the time that it holds for."""
_NO_ACCESS = (
    *("facility", "other_topic", "vehicle", "park", "dog", "snowshoe", "foot", "bike", "uphill_pass"),
    *("machines", "lift_ticket"),
)
"""What else access may be told of."""
_LISTING = of_all("joiners") | {",", ";", "sowie", "nonché"}
"""What parts two things that a ban lists."""
_JOINED = 3
"""Tokens from "on other days" to "in lift hours", with an "and" between."""
_LEAST = 3
"""Tokens of a sentence that tells to climb at a time."""


def is_of_some(clause: Clause) -> bool:
    """As in "Only lift riders may be on the hill while lifts run": some people are alone, not some hours."""
    times = clause.hits_of("during_ops", "outside_ops")
    leads = any(hit.first == hit.last == 0 for hit in clause.hits.get("only", ()))
    routes = any(hit.first == 0 for hit in clause.hits.get("designated_route", ()))  # "Only the Birch Run …"
    return leads and not (routes or clause.has("uphill")) and not any(time.first <= _ONLY for time in times)


def is_of_access(clause: Clause) -> bool:
    """As in "Access is limited to the time after closing": going up, where nothing else is named."""
    times = clause.hits_of("during_ops", "outside_ops")
    others = clause.hits_of(*_NO_ACCESS)
    named = clause.has("access_word", "designated_route") and all(hit.within_any(times) for hit in others)
    return named and (clause.has("only", "own_risk") or bool(clause.kinds & {"permit", "forbid"}))


def tells_access(clause: Clause) -> bool:
    """As in "Free access in lift hours", a line without a verb."""
    times = clause.hits_of("during_ops", "outside_ops")
    others = clause.hits_of(*(set(_NO_ACCESS) - {"uphill_pass"}))
    leads = 0 <= clause.first("access_word") <= 1 and not clause.verdicts
    return leads and all(hit.overlaps_any(times) for hit in others)


def denies_access(clause: Clause, scoped: Scoped) -> bool:
    """As in "No access outside lift hours"."""
    return scoped.scope is Scope.EXPLICIT and tells_access(clause) and clause.first("neg") == 0


def is_of_facility(clause: Clause) -> bool:
    """As in "The lodge is open to uphillers in lift hours": a house or an office is what it speaks of."""
    named = houses(clause)
    travel = [hit.first for hit in clause.hits_of("uphill", "ascend")]
    return bool(named) and (not travel or min(named) < min(travel))


def names_another_topic(clause: Clause) -> bool:
    """Whether it names another service than in "while the lifts run"."""
    times = clause.hits_of("during_ops", "outside_ops")
    return any(
        not any(time.first <= hit.first and hit.first <= time.last + 1 for time in times)
        for hit in clause.hits.get("other_topic", ())
    )


def is_of_other_kinds(clause: Clause) -> bool:
    """As in "Snowshoers and walkers are banned from the pistes": ski tourers are not named."""
    kinds = [clause.first(kind) for kind in ("snowshoe", "foot", "bike")]
    leads = any(0 <= first <= 1 for first in kinds)
    return leads and not clause.has("uphill", "ski_gear")


def houses(clause: Clause) -> list[int]:
    """Where it names a house, an office or their hours; "outside opening hours" names the lifts'."""
    times, aside = clause.hits_of("during_ops", "outside_ops"), bracketed(clause)
    return [
        hit.first
        for hit in clause.hits.get("facility", ())
        if not hit.within_any(times) and hit.first not in aside
    ]


def bracketed(clause: Clause) -> set[int]:
    """Tokens in brackets, as of "With the touring pass (€ 10, parking included) you may climb in lift hours"."""
    out: set[int] = set()
    opened = -1
    for index, token in enumerate(clause.tokens):
        if token.fold == "(":
            opened = index
        elif token.fold == ")" and opened >= 0:
            out.update(range(opened, index))
            opened = -1
    return out


def is_row_of(clause: Clause, scoped: Scoped) -> bool:
    """As in "While lifts are running | Not allowed", "In lift hours: not allowed" under a heading on going up."""
    labelled = any(
        whole.first(c) in (0, 1) for c in ("during_ops", "outside_ops") for whole in (clause, scoped.whole)
    )
    told = scoped.sentence.block.row or any(token.fold == ":" for token in clause.tokens)
    return told and labelled and scoped.scope is Scope.EXPLICIT


def is_of_other_duties(clause: Clause) -> bool:
    """Whether it rules something else than going up; machines may be the reason of a ban."""
    aside = bracketed(clause)
    others = {c for c in NOT_TRAVEL if any(hit.first not in aside for hit in clause.hits.get(c, ()))}
    if clause.has("uphill", "ascend") and clause.rules("forbid"):
        others -= {"machines"}
    if clause.rules("need_not") and clause.has("any_pass_word"):
        others -= {"machines"}  # "After hours you need no pass, but watch for groomers"
    permits = clause.travels and clause.rules("permit") and not clause.rules("forbid")
    ways = [hit.first for hit in clause.hits_of("route_noun", "uphill_route")]
    opens = (
        bool(ways)
        and clause.rules("permit")
        and min(ways) < clause.first("permit") < clause.first("downhill")
    )
    if permits or opens or clause.has("both_ways"):  # "up and down on the marked run", or a run's own name
        others -= {"downhill"}
    if permits and _tells_of_machines_aside(clause):
        others -= {"machines"}
    if permits and clause.has("except"):  # "You may climb then, unless we are grooming"
        others -= {"machines"}
    return bool(others)


def _tells_of_machines_aside(clause: Clause) -> bool:
    """As in "You may climb until 7 pm, when the groomer leaves"."""
    permits = [hit.first for hit in clause.hits.get("permit", ())]
    machines = [hit.first for hit in clause.hits.get("machines", ())]
    commas = [index for index, token in enumerate(clause.tokens) if token.fold == ","]
    return bool(permits and machines) and any(min(permits) < comma < min(machines) for comma in commas)


def narrow(clause: Clause) -> bool:
    """Whether a ban holds for some places, times or people only; not "on other days and in lift hours"."""
    hours = clause.hits.get("during_ops", ())
    told = clause.hits.get("other_times", ())
    joined = [o for o in told if any(max(hit.first - o.last, o.first - hit.last) <= _JOINED for hit in hours)]
    others = [o for o in told if not o.overlaps_any(joined)]
    return bool(others) or clause.has("special_place", "without")


def bans_each_of_two(clause: Clause) -> bool:
    """As in "Walking on the other pistes, and climbing in lift hours, are prohibited": of the time, any way is."""
    times = clause.hits_of("during_ops", "outside_ops")
    travels = clause.hits_of("uphill", "ascend")
    return any(
        way.last < joint < travel.first < time.first
        for way in clause.hits.get("other_route", ())
        for joint in range(way.last + 1, len(clause.tokens))
        if clause.tokens[joint].fold in _LISTING
        for travel in travels
        for time in times
    )


def mountain_of(scoped: Scoped) -> str | None:
    """The mountain that the heading above names, where a resort has more than one."""
    name = next(iter(names(scoped.heading, heads_sentence=False)), None) if scoped.heading else None
    return name.text if name is not None and (name.place or is_of_a_mountain(name)) else None


def denies_before(clause: Clause) -> bool:
    """As in "No climbing after hours, dogs on a leash", where "No dogs after hours" does show it."""
    times = [hit.first for hit in clause.hits_of("during_ops", "outside_ops")]
    things = [hit.first for hit in clause.hits_of("dog", "lights")]
    return bool(times) and 0 <= clause.first("neg") < min(times) < min(things, default=0)


def keeps_to_the_edge(clause: Clause) -> bool:
    """As in "While lifts run, stay at the edge of the piste"."""
    return clause.has("edge") and clause.has("route_noun", "slopes") and clause.commands("confine")


def tells_to_climb(clause: Clause) -> bool:
    """As in "Skin before we open": a verb, and not "Skinning before we open"."""
    climbs = {hit.first for hit in clause.hits.get("ascend", ())}
    nouns = {hit.first for hit in clause.hits_of("uphill", "ascent_noun")}
    return 0 in climbs and (0 not in nouns or clause.tokens[0].fold == "skin") and len(clause.tokens) > _LEAST
