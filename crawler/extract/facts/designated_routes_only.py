"""Whether one may climb on designated routes only."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.automaton import Hit
from crawler.extract.bans.pistes import bans_the_pistes, offers_a_way
from crawler.extract.bans.spared import spared
from crawler.extract.bans.unmarked import tells_of_no_way
from crawler.extract.claims import Claim, Settled, Strength
from crawler.extract.combine import backed, strongest
from crawler.extract.daynames import DAYS
from crawler.extract.document import Document
from crawler.extract.gear.demanded import demands_a_thing
from crawler.extract.hours.operations import phases
from crawler.extract.hours.phasetopics import is_of_other_kinds
from crawler.extract.hours.times import spans
from crawler.extract.languages import of_all
from crawler.extract.routes.confined import is_confined_behind_an_aside, tells_of_whom, tells_what_for
from crawler.extract.routes.names import Name, names
from crawler.extract.rules import ClauseRule, Rule, decided
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import YesNo

FIELD = "designated_routes_only"
NEEDS: tuple[str, ...] = ()
_LEADS = ("route_lead", "stay_on_route", "route_lead_weak")
"""What leads to a route by its name."""
_TOLD = frozenset((*_LEADS, "where_heading", "designated_route", "other_route", "nowhere_else", "anywhere"))
_TOLD |= {"except", "only", "unconfined"}
_ARTICLES = of_all("articles")
_ANDS = frozenset(["and", "or", "und", "oder", "et", "ou", "e", "ed", "o", "&", "/"])
_JOINTS = frozenset(",") | of_all("also")
_PURPOSE = frozenset(["to", "for", "um", "für", "pour", "per"])
_SPARED = 8
"""Tokens from "except" to the ways that a ban spares."""
_PEOPLE = {
    "privilege_of": 0,
    "for_people_with": 2,
    "holder_word": 2,
    "during_ops": 2,
    "outside_ops": 2,
    "any_pass_word": 3,
    "uphill_pass": 3,
    "period": 1,
    "evening_event": 1,
    "then_time": 1,
    "some_times": 1,
    **dict.fromkeys(DAYS, 2),
}
"""Concepts of whom something is for, of when or with what, and how many tokens before them an "only" is theirs."""
_PARTITIVES = frozenset(["de", "d'"])
"""As in "pas d'itinéraire imposé"."""
_AREAS = frozenset(["area", "areas", "terrain"])
"""Words for ways in "designated areas" alone."""
_LABEL = 3
"""Tokens of a label and its colon."""
_NEAR = 2
"""Tokens between "only" and the edge that it confines to."""


def claims(document: Document) -> Iterator[Claim]:
    yield from _banned_pistes(document)
    for scoped in spared(document).sparing:
        yield scoped.claim(FIELD, YesNo.YES, "a way is excepted from a ban")
    for scoped in document.telling(_TOLD):
        if scoped.sentence.asks or scoped.whole.has("other_place"):
            continue
        for clause in scoped.clauses:
            if clause.lacks(_TOLD):
                continue
            rule = decided(_CONFINING, clause, scoped) or decided(_FREE, clause, scoped)
            if rule is not None:
                yield Claim(
                    FIELD, rule.value, scoped.sentence.start, scoped.sentence.end, rule.strength, rule.why
                )


def _banned_pistes(document: Document) -> Iterator[Claim]:
    """As in "A marked track is open to you. Climbing on the pistes is not permitted"."""
    if not offers_a_way(document):
        return
    for scoped in document.telling(frozenset(["slopes"])):
        if not scoped.sentence.asks and any(bans_the_pistes(clause) for clause in scoped.clauses):
            yield scoped.claim(
                FIELD, YesNo.YES, "the pistes are banned beside a way of one's own", Strength.IMPLIED
            )


def _is_the_way_down(clause: Clause, _scoped: Scoped) -> bool:
    ways = clause.hits.get("other_route", ())
    if ways and all(hit.overlaps_any(ways) for hit in clause.hits.get("downhill", ())):
        return False  # "Leaving the Talabfahrt is forbidden"
    down = clause.first("downhill")
    travels = clause.hits_of("uphill", "ascend")
    joined = clause.tokens[max(0, down - 1)].fold in _ANDS  # "up and down by the Birch Run only"
    if travels and not joined and all(0 < down - h.last <= _NEAR for h in travels):
        return not clause.has("designated_route", "stay_on_route")  # "Skinners descend on open trails only"
    return down >= 0 and not clause.has("uphill", "ascend") and not 0 <= clause.first("stay_on_route") < down


def _binds_nobody(clause: Clause, _scoped: Scoped) -> bool:
    others = clause.has("dog", "waiver", "trailhead") and not clause.travels
    others = others or 0 <= clause.first("bike") <= 1  # "Fat bikes may go up the beginner run only"
    lead = clause.lead
    of_walkers = lead is not None and is_of_other_kinds(lead) and not clause.travels
    of_staff = clause.has("staff") and clause.has("only")
    others = others or demands_a_thing(clause)
    others = others or _is_advised(clause)
    others = others or tells_of_no_way(clause)
    return _is_free(clause) or clause.rules("need_not") or others or of_walkers or of_staff


def _is_advised(clause: Clause) -> bool:
    """As in "Designated routes are recommended"."""
    advice = min((v.at for v in clause.verdicts), default=0) if clause.kinds == {"should"} else 0
    return any(hit.last < advice for hit in clause.hits.get("designated_route", ()))


def _names_designated_routes(clause: Clause, _scoped: Scoped) -> bool:
    designated = clause.has("designated") or not _confines_to_the_edge(clause)
    down = {hit.last + 1 for hit in clause.hits_of("downhill", "descend")}
    # "the descent by the valley run only"
    ways = [w for w in clause.hits.get("designated_route", ()) if not down & {w.first, w.first + 1}]
    return bool(ways) and designated


def _bans_every_other(clause: Clause, scoped: Scoped) -> bool:
    times = clause.hits.get("other_times", ())
    ways = [hit for hit in clause.hits.get("other_route", ()) if not hit.overlaps_any(times)]
    if not ways:
        return False  # "On all other days uphill travel is not permitted"
    down = any(not hit.overlaps_any(ways) for hit in clause.hits.get("downhill", ()))
    own = scoped.scope is Scope.EXPLICIT and not (down or clause.has("dog", "trailhead", "lodging"))
    # "All other runs are off limits", "One may climb by Birch Run, all other runs stay closed"
    beside = any(c is not clause and c.travels and c.rules("permit") for c in scoped.clauses)
    own = own and (clause.has("you") or beside or not clause.has("closed"))
    about = clause.travels or clause.has("designated") or own
    negated = any(
        0 < other.first - neg.last <= _NEAR
        for neg in clause.hits.get("neg", ())
        for other in clause.hits.get("other_route", ())
    )  # "Don't stray from the uphill route"
    return (
        clause.has("other_route")
        and (clause.rules("forbid") or (negated and clause.first("neg") == 0))
        and about
    )


def _spares_routes(clause: Clause, _scoped: Scoped) -> bool:
    """As in "Climbing the slopes is forbidden, except on the two marked tracks"."""
    excepts = clause.hits.get("except", ())
    ways = clause.hits_of("uphill_route", "route_noun")
    spared = any(0 < way.first - hit.last <= _SPARED for hit in excepts for way in ways)
    return spared and clause.rules("forbid") and clause.travels and not clause.has("dog", "downhill")


def _says_nowhere_else(clause: Clause, scoped: Scoped) -> bool:
    about = clause.travels or clause.has("route_noun") or scoped.whole.travels
    return clause.has("nowhere_else") and about and not scoped.whole.has("dog", "ski_gear")


def _is_of_the_edge(clause: Clause, _scoped: Scoped) -> bool:
    """Not as in "Climb by the track at the edge of the piste", which is a way of its own."""
    tracks = [hit for hit in clause.hits.get("uphill_route", ()) if clause.has("stay_on_route")]
    # "Only piste 4, at its left edge"
    tracks += [
        way
        for way in clause.hits.get("route_noun", ())
        for only in clause.hits.get("only", ())
        if way.first == only.last + 1 and way.first < clause.first("edge") - 1
    ]
    return clause.has("edge") and not any(track.first < clause.first("edge") for track in tracks)


def _confines_to_routes(clause: Clause, scoped: Scoped) -> bool:
    about = scoped.scope is Scope.EXPLICIT or scoped.named
    told_where = scoped.whole.first("where_heading") == 0 or scoped.headed("where_heading")
    labels = clause.first("route_noun") == 0 and any(token.fold == ":" for token in clause.tokens[:_LABEL])
    told_where = told_where or labels or clause.has("ascend", "uphill", "confine")  # "Route: Birch Run only"
    confines = _confines(clause) and _names_routes(clause) and told_where
    return about and confines and not clause.rules("forbid")


def _confines(clause: Clause) -> bool:
    """Whether "only" may stand for ways: "reserved for skinners", "pass holders only", "only after hours" do not."""
    if not clause.has("only"):
        return False
    people = [
        (hit.first - reach, hit.last)
        for concept, reach in _PEOPLE.items()
        for hit in clause.hits.get(concept, ())
    ]
    aside = {*(span.first for span in spans(clause)), *(h.first for h in clause.hits.get("trailhead", ()))}
    down = {i for h in clause.hits_of("downhill", "descend") for i in range(h.first, h.last + 1)}
    return any(
        not any(first <= hit.last and hit.first <= last for first, last in people)
        and aside.isdisjoint((hit.last + 1, hit.last + 2))  # "only before 8:00", "only the parking costs €4"
        and down.isdisjoint((hit.first - 1, hit.first))  # "the descent only by the valley run"
        for hit in clause.hits.get("only", ())
    )


def _names_routes(clause: Clause) -> bool:
    """Whether it names ways, and not the climb itself, or the pistes as part of a time: "when the runs are open"."""
    aside = clause.hits_of("ascent_noun", "during_ops", "outside_ops", "resort_column")
    named = any(
        not hit.within_any(aside) and clause.tokens[hit.first].fold not in _AREAS
        for hit in clause.hits.get("route_noun", ())
    )
    return named or clause.has("uphill_route")  # "Aufstiegsrouten"


def _leads_one_way_only(clause: Clause, _scoped: Scoped) -> bool:
    narrow = clause.all("only", "route_lead") and clause.commands("ascend")
    other = spans(clause) or phases(clause) or clause.has("ski_gear", "any_pass_word")
    return narrow and not other


def _tells_where_to_climb(clause: Clause, _scoped: Scoped) -> bool:
    if not clause.has("stay_on_route") or tells_of_whom(clause) or tells_what_for(clause):
        return False
    return not (clause.rules("should") or clause.rules("permit") or _keeps_off(clause))


def _allows_anywhere(clause: Clause, scoped: Scoped) -> bool:
    climbs = clause.commands("ascend") or clause.near("you", "ascend", 1)
    opens = scoped.scope is Scope.EXPLICIT and clause.has("you") and clause.rules("permit")
    opens = opens and not clause.has("afterwards", "at_other_times", "other_times") and not phases(clause)
    about = clause.has("uphill", "ascend") and (clause.rules("permit") or climbs)
    return (
        clause.has("anywhere")
        and not clause.rules("forbid")
        and (about or opens)
        and not (
            _goes_down(clause)
            or clause.has("dog")
            or _restricts(clause)
            or _goes_on_from_a_ban(clause, scoped)
        )
    )


def _goes_on_from_a_ban(clause: Clause, scoped: Scoped) -> bool:
    """As the end of "Uphill travel is banned, on open runs and closed ones – anywhere on the mountain"."""
    return not clause.verdicts and any(c.travels and c.rules("forbid") for c in scoped.clauses)


def _goes_down(clause: Clause) -> bool:
    """Whether it speaks of the way down, and not of those who come down it."""
    return any(not h.overlaps_any(clause.hits_of("other_skiers")) for h in clause.hits.get("downhill", ()))


def _restricts(clause: Clause) -> bool:
    """Whether something is restricted or closed: "until the lifts close" tells a time."""
    times = clause.hits_of("lift_close", "lift_open", "during_ops", "outside_ops")
    return any(not any(time.covers(hit.first) for time in times) for hit in clause.hits.get("restrict", ()))


def _confines_to_the_edge(clause: Clause) -> bool:
    """As in "climb only at the edge of the piste"; "only along the Birch Run, on its left" confines to the run."""
    if not clause.has("edge"):
        return False
    only, edges = clause.hits.get("only", ()), clause.hits["edge"]
    return not only or any(0 < e.first - o.last <= _NEAR for o in only for e in edges)


def _by_name(clause: Clause, scoped: Scoped) -> bool:
    """As in "please use Birch Run for the ascent", "climb Birch Run only", "stay on the Birch Road"."""
    if not clause.has(*_LEADS):
        return False
    labelled = clause.lead is not None and clause.lead.has("uphill_route", "route_heading")
    timed = scoped.scope is Scope.EXPLICIT and bool(phases(clause))  # "In lift hours please use Birch Run"
    alone = scoped.scope is Scope.EXPLICIT and clause.has("only") and clause.commands("confine")
    about = clause.travels or clause.has("ascend") or labelled or timed or alone
    if clause.rules("forbid") or clause.rules("should") or scoped.sentence.block.level or clause.has("dog"):
        return False
    if clause.has("uphill_pass") and not clause.has("route_noun", "uphill_route", "only"):
        return False  # "A touring ticket is mandatory for tourers"
    at_times = spans(clause) or phases(clause) or clause.has("any_pass_word")
    leads_off = _leads_off(clause) and not clause.has(
        "uphill_pass"
    )  # "For tours on the piste a pass is a must"
    told = clause.commands("ascend") or clause.commands("confine") or leads_off
    # "Skitourengehen ist von 16 bis 8 Uhr auf der Waldpiste erlaubt" permits at times
    told = told and not (clause.has("downhill") or (at_times and clause.rules("permit")))
    only = clause.has("only") and not at_times
    return any(
        (about and (only or (told and clause.tokens[0].fold not in _PURPOSE)))
        or (
            name.noun
            and clause.commands("confine")
            and scoped.scope >= Scope.NEUTRAL
            and not clause.has("downhill")
        )
        for name in _sent_up(clause, heads=scoped.whole.start == clause.start)
    )


def _leads_off(clause: Clause) -> bool:
    """As "Up via Birch Run" does; "The Birch Run is open to tourers" tells what is open."""
    nouns = {hit.first for hit in clause.hits.get("route_noun", ())}
    return any(
        hit.first not in nouns and (hit.first <= 1 or clause.tokens[hit.first - 1].fold in _JOINTS)
        for hit in clause.hits.get("route_lead", ())
    )


def _sent_up(clause: Clause, *, heads: bool) -> Iterator[Name]:
    """Names with a word before them that leads there."""
    leads = {hit.last for hit in clause.hits_of(*_LEADS)}
    if not leads:
        return
    for name in names(clause, heads_sentence=heads):
        at = name.first - 1
        while at > 0 and clause.tokens[at].fold in _ARTICLES:
            at -= 1
        days = any(hit.covers(name.first) for hit in clause.hits_of(*DAYS))  # "Uphill nights are Tuesdays"
        if at in leads and name.proper and not (name.heads or name.place or days):
            yield name


def _keeps_off(clause: Clause) -> bool:
    """As "do not use the trail" does; "forbidden to leave the trail", "use the trail, don't cross" do not."""
    stays = clause.hits["stay_on_route"]
    bans = clause.hits.get("forbid", ())
    return clause.rules("forbid") and not any(
        s.last < b.first or (s.covers(b.first) and not _uses(clause, s)) or _denies(clause, s)
        for s in stays
        for b in bans
    )


def _uses(clause: Clause, stays: Hit) -> bool:
    """Whether it ends in a word such as "benutzen", of a way that it names before."""
    return any(hit.last == stays.last and hit.first > stays.first for hit in clause.hits.get("confine", ()))


def _denies(clause: Clause, stays: Hit) -> bool:
    """Whether the "not" is its own: "Please do not leave the trail", and not "die Pisten nicht benutzen"."""
    return not _uses(clause, stays) and any(stays.covers(no.first) for no in clause.hits.get("neg", ()))


def _is_free(clause: Clause) -> bool:
    """As in "climb wherever you like", "there are no designated routes"."""
    none = any(
        d.first - n.last == 1 + (clause.tokens[n.last + 1].fold in _PARTITIVES)
        for n in clause.hits.get("neg", ())
        for d in clause.hits.get("designated_route", ())
    )
    return none or (clause.has("anywhere") and not clause.rules("forbid") and not clause.has("designated"))


def _chooses(clause: Clause, scoped: Scoped) -> bool:
    """As in "Choose any trail", "Routes: any open trail"."""
    first = clause.first("anywhere")
    told = 0 <= first <= 1 or (first > 0 and clause.tokens[first - 1].fold in ":|,")
    others = clause.has("downhill", "restrict", "closed", "now", "dog")
    return told and scoped.scope is Scope.EXPLICIT and not clause.verdicts and not others


def _designates_none(clause: Clause, scoped: Scoped) -> bool:
    """As in "There are no designated routes: go where you like"."""
    return _is_free(clause) and not clause.has("anywhere") and scoped.whole.has("anywhere")


_CONFINING: tuple[ClauseRule[YesNo], ...] = (
    Rule("told not to be confined", lambda clause, _scoped: clause.has("unconfined"), YesNo.NO),
    Rule("the way down", _is_the_way_down),
    Rule("binds nobody who goes up", _binds_nobody),
    Rule("a designated route", _names_designated_routes, YesNo.YES),
    Rule("every other way is banned", _bans_every_other, YesNo.YES),
    Rule("banned but on routes", _spares_routes, YesNo.YES),
    Rule("nowhere else", _says_nowhere_else, YesNo.YES),
    Rule("told to climb a named route", _by_name, YesNo.YES),
    Rule("the edge of the piste", _is_of_the_edge),
    Rule("confined to routes", _confines_to_routes, YesNo.YES),
    Rule("confined to routes, behind an aside", lambda c, _: is_confined_behind_an_aside(c), YesNo.YES),
    Rule("up by one way only", _leads_one_way_only, YesNo.YES),
    Rule("told where to climb", _tells_where_to_climb, YesNo.YES),
)
_FREE: tuple[ClauseRule[YesNo], ...] = (
    Rule("climbing allowed anywhere", _allows_anywhere, YesNo.NO),
    Rule("any trail may be chosen", _chooses, YesNo.NO),
    Rule("no route is designated", _designates_none, YesNo.NO),
)


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    if {claim.value for claim in claims} == {YesNo.YES, YesNo.NO}:
        return backed(claims, YesNo.YES)
    return strongest(claims)
