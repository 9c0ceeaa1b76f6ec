"""Whether uphill travel is permitted at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from crawler.extract.bans.bounds import bans_before_it_threatens, excepts_travel, is_bounded, is_total
from crawler.extract.bans.exceptions import exceptions
from crawler.extract.bans.passes import refuses_a_pass
from crawler.extract.bans.pistes import bans_the_pistes, offers_a_way
from crawler.extract.bans.rows import is_of_one_row
from crawler.extract.bans.spared import spared
from crawler.extract.bans.states import closes_slopes, is_of_permission, is_shut_now
from crawler.extract.bans.under_headings import bans_below_headings, is_led_bound, led_bounds
from crawler.extract.bans.unmarked import tells_of_no_way
from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import backed
from crawler.extract.document import Document
from crawler.extract.gear.ways import binds_whoever_walks
from crawler.extract.hours.fragments import fragments
from crawler.extract.hours.operations import phases
from crawler.extract.hours.times import spans
from crawler.extract.hours.weekdays import days_in
from crawler.extract.pages.page import Block
from crawler.extract.pronouns import is_told_of_others, stands_for
from crawler.extract.rules import ClauseRule, Rule, decided
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Access

FIELD = "access"
NEEDS = ("windows", "routes", "prices")

_TOLD = frozenset(["uphill", "ascend", "route_noun", "stay_on_route", "designated_route", "on_gear"])
_HOW = ("route_noun", "uphill_pass", "price_word", "slopes", "free", "edge", "buy", "goes")
_WHETHER = frozenset(["ob", "whether"])
_BOTH = 2
_OTHERS = (
    *("downhill", "other_topic", "dog", "snowshoe", "foot", "bike"),
    *("machines", "summer", "lift_hours", "other_place"),
)
"""What a route may be open for, other than going up."""
_OF_PISTES = "the pistes are banned"
_BESIDE_A_WAY = "the pistes alone are banned, beside a way of one's own"
_UNBOUNDED = "banned without any condition"
TOTAL_BAN = "banned in every kind and at every time"
_KINDS = ("snowshoe", "foot", "bike")
_SUBJECT = 2
"""Tokens before a sentence's subject at most."""
_BARE, _SHORT = 3, 8
"""Tokens of a heading such as "Uphill traffic: not allowed"."""


def claims(document: Document) -> Iterator[Claim]:
    confined: Block | None = None
    confining = {
        s.sentence.block
        for s in document.main
        if (s.whole.all("designated_route", "only") or s.whole.all("stay_on_route", "uphill_route"))
        and not (_is_of_other_pistes(s.whole) or tells_of_no_way(s.whole))
    }
    has_way, bounded = offers_a_way(document), led_bounds(document)
    for scoped in bans_below_headings(document):
        yield scoped.claim(FIELD, Access.PROHIBITED, "a ban below a heading on going up", Strength.EXPLICIT)
    lifted = spared(document)
    for scoped in dict.fromkeys((*lifted.sparing, *exceptions(document))):
        yield scoped.claim(FIELD, Access.ALLOWED, "an exception from the ban before it", Strength.EXPLICIT)
    for fragment in fragments(document).values():
        if fragment.only:
            yield fragment.scoped.claim(FIELD, Access.ALLOWED, "told when alone one may", Strength.EXPLICIT)
    for scoped in document.telling(_TOLD):
        if scoped.sentence.asks or scoped in lifted or is_led_bound(scoped, bounded):
            continue
        block = scoped.sentence.block
        before = block if block in confining else confined
        confined = block if scoped.whole.has("stay_on_route", "designated_route") else confined
        for clause in scoped.clauses:
            rule = _rule(clause, scoped, document)
            # "Stay on the four routes. Climbing on the pistes is not allowed."
            if rule is None or (rule.why == _UNBOUNDED and before is block and clause.has("slopes")):
                continue
            if rule.why == _UNBOUNDED and bans_the_pistes(clause):
                value, why = (Access.ALLOWED, _BESIDE_A_WAY) if has_way else (rule.value, _OF_PISTES)
                yield scoped.claim(FIELD, value, why, Strength.IMPLIED if has_way else rule.strength)
            else:
                yield Claim(
                    FIELD, rule.value, scoped.sentence.start, scoped.sentence.end, rule.strength, rule.why
                )


def _rule(clause: Clause, scoped: Scoped, document: Document) -> ClauseRule[Access] | None:
    """The first rule that holds; a ban in a table's row is that row's alone."""
    rule = decided(_RULES, clause, scoped)
    banned = rule is not None and rule.value is Access.PROHIBITED
    return None if banned and is_of_one_row(scoped, document) else rule


def _is_about(clause: Clause, scoped: Scoped) -> bool:
    if clause.has("dog") and not clause.has("uphill"):
        return False
    # "Dogs are admitted in the village, not on the slopes"
    if scoped.whole.has("dog") and not scoped.whole.has("uphill") and clause.first("neg") == 0:
        return False
    if is_told_of_others(clause, "dog", *_KINDS) or _is_of_other_pistes(scoped.whole):
        return False
    if stands_for(clause, scoped, "dog", *_KINDS) or (clause.has("other_place") and not clause.has("uphill")):
        return False
    if clause.has("uphill", "ascend"):
        return True
    # as in "The runs are for those who take the lifts"
    return scoped.named and scoped.scope is Scope.EXPLICIT and not clause.has("other_purpose")


def _is_of_other_pistes(whole: Clause) -> bool:
    """As in "The sledding run may be walked up"."""
    others = whole.hits.get("other_place", ())
    ways = whole.hits_of("slopes", "route_noun")
    walked = whole.has("foot") and not whole.has("ski_gear")
    return bool(others) and walked and all(way.within_any(others) for way in ways)


def _in_summer(clause: Clause, _scoped: Scoped) -> bool:
    return clause.has("summer")


def _opens_its_route(clause: Clause, scoped: Scoped) -> bool:
    """As in "The trail is open until 5 pm", under a heading on going up."""
    opens = scoped.scope is Scope.EXPLICIT and clause.has("route_noun") and not clause.has(*_OTHERS)
    permits = bool(clause.verdicts) and all(v.kind == "permit" for v in clause.verdicts)
    return opens and permits and not _is_about(clause, scoped)


def _opens_slopes_on_gear(clause: Clause, scoped: Scoped) -> bool:
    """As in "On foot, snowshoes or skis: the mountain is yours", on what is about going up."""
    told = scoped.scope is Scope.EXPLICIT and clause.has("you") and clause.has("slopes", "route_noun")
    kinds = clause.has("on_gear") and clause.has("snowshoe", "foot") and not clause.has("rental", "facility")
    permits = bool(clause.verdicts) and all(v.kind == "permit" for v in clause.verdicts)
    return told and kinds and permits and not clause.travels


def _opens_its_route_instead(clause: Clause, scoped: Scoped) -> bool:
    """As in "The pistes are closed to skinners. Instead, a marked trail is open", "Only marked trails may be used"."""
    return _opens_its_route(clause, scoped) and scoped.whole.has("contrast", "only")


def _is_of_service(clause: Clause, _scoped: Scoped) -> bool:
    """As in "Ski patrol is not available to uphill travelers", "The lodge is open to uphillers"."""
    services = [clause.first(c) for c in ("patrol_service", "facility", "machines", "other_service")]
    first = min((at for at in services if at >= 0), default=-1)
    travel = min((h.first for h in clause.hits_of("uphill", "ascend")), default=-1)
    caused = 0 <= clause.first("cause") < first  # "Because of grooming, …"
    return (
        not caused
        and 0 <= first < travel
        and first <= _SUBJECT
        and clause.has("served", "open_to", "closed_to")
    )


def _threatens(clause: Clause, _scoped: Scoped) -> bool:
    """As in "Guests found traveling uphill will be asked to leave", which tells who breaks a rule and not the rule."""
    travel = min((h.first for h in clause.hits_of("uphill", "ascend")), default=-1)
    people = clause.has("violation") or 0 <= clause.first("you") <= travel
    told = ("removal", "prosecution", "privileges_lost", *(() if clause.has("without") else ("fine",)))
    threats = clause.hits_of(*told)
    bans = [h for h in clause.hits.get("forbid", ()) if not h.overlaps_any(threats)]
    return people and bool(threats) and not bans


def _is_of_an_offer(clause: Clause, _scoped: Scoped) -> bool:
    """As in "We offer no guided ski tours", "We do not rent out touring skis"."""
    travels = clause.hits_of("uphill", "ascend")
    offers = clause.hits.get("other_service", ())
    guided = all(t.overlaps_any(offers) for t in travels)
    lent = clause.has("rental") and not clause.has("slopes", "forbid")
    return (bool(travels) and bool(offers) and guided) or lent


def _asks_whether(clause: Clause, _scoped: Scoped) -> bool:
    """As in "Whether one may climb is up to each resort", and not "Whether lifts run or not, it is prohibited"."""
    asked = clause.tokens[0].fold in _WHETHER
    return asked and not clause.has("both_phases") and not phases(clause)


def _is_of_other_resorts(clause: Clause, scoped: Scoped) -> bool:
    """As in "Many resorts ban uphill travel", and not "As in many resorts, it is banned here, too"."""
    return clause.has("many_resorts") and not scoped.whole.has("here")


def _is_about_others(clause: Clause, scoped: Scoped) -> bool:
    return not _is_about(clause, scoped)


def _bans_named_runs(clause: Clause, scoped: Scoped) -> bool:
    return clause.rules("forbid") and _is_of_named_runs(clause, scoped)


def _bans_in_total(clause: Clause, scoped: Scoped) -> bool:
    return _bans_as_such(clause, scoped) and is_total(clause, scoped.whole)


def _bans_as_such(clause: Clause, scoped: Scoped) -> bool:
    """A ban of uphill travel under no condition, which is no notice of today."""
    if not clause.rules("forbid") or _bans_in_part(clause, scoped):
        return False
    short = len(scoped.whole.tokens) <= _SHORT and scoped.whole.has("uphill")
    shut = is_shut_now(clause) and not (is_of_permission(clause) or closes_slopes(clause))
    set_apart = scoped.sentence.block.alert or scoped.heading_phase
    of_dogs = clause.has("dog") and not clause.has("uphill")
    bare = len(clause.tokens) <= _BARE  # "Climbing the pistes on foot, on snowshoes or on skins: PROHIBITED"
    label = clause.lead
    labelled = label is not None and label.travels and (bare or len(label.tokens) <= _SHORT)
    of_travel = clause.has("uphill") or (clause.all("ascend", "slopes") and not of_dogs) or short or labelled
    return of_travel and not shut and not set_apart


def _bans_in_part(clause: Clause, scoped: Scoped) -> bool:
    # as in "Stay on the marked trail: climbing on the pistes is not allowed"
    advised = any(c is not clause and c.has("stay_on_route") for c in scoped.clauses)
    last = max((v.at for v in clause.verdicts if v.kind == "forbid"), default=0)
    advised = advised or any(hit.last < last for hit in clause.hits.get("stay_on_route", ()))
    # "prohibited while lifts run, allowed after they close"
    others = any(c is not clause and c.rules("forbid") for c in scoped.clauses)
    halved = len(phases(clause)) == 1 and not others
    return clause.rules("forbid") and (advised or halved or is_bounded(clause, scoped.whole))


def _bans_under_a_condition(clause: Clause, scoped: Scoped) -> bool:
    """A ban that shows that going up is allowed otherwise."""
    whole = scoped.whole
    if not _bans_in_part(clause, scoped):
        return False
    aside = clause.has("without", "except", "other_route", "minor_person")
    if aside or (spans(whole) and len(phases(whole)) < _BOTH):
        return True
    last = max((v.at for v in clause.verdicts), default=0)
    by_day = bool(days_in(clause, last))  # "not allowed on Saturdays"
    return (clause.has("bounded", "machines", "opening_day") or by_day) and not phases(whole)


def _bans(clause: Clause, _scoped: Scoped) -> bool:
    return clause.rules("forbid")


def _permits_travel(clause: Clause, _scoped: Scoped) -> bool:
    return clause.rules("permit") and clause.has("uphill", "ascend")


def _permits(clause: Clause, _scoped: Scoped) -> bool:
    return clause.rules("permit")


def _discourages(clause: Clause, _scoped: Scoped) -> bool:
    return clause.rules("should") and clause.has("discourage") and clause.travels


def _binds_climbers(clause: Clause, _scoped: Scoped) -> bool:
    binding = clause.has("uphill", "ascend", "you") and clause.rules("must")
    denied = {hit.last + 1 for hit in clause.hits.get("neg", ())}  # "not only dangerous"
    only = any(hit.first not in denied for hit in clause.hits.get("only", ()))
    only = only and clause.has("uphill", "ascend", "you")
    return binding or only or clause.has("designated_route", "stay_on_route")


def _is_away_from_slopes(clause: Clause) -> bool:
    """Whether it names open country and no slopes but those that it is far from."""
    away = clause.hits_of("elsewhere", "backcountry")
    slopes = clause.hits_of("slopes", "route_noun")
    return bool(away) and all(any(a.covers(s.first) for a in away) for s in slopes)


def _names_people_alone(clause: Clause) -> bool:
    """As in "We wish all ski tourers a fine winter"."""
    travels = clause.hits_of("uphill", "ascend")
    people = clause.hits.get("you", ())
    return all(t.overlaps_any(people) for t in travels)


def _tells_of_climbers(clause: Clause, scoped: Scoped) -> bool:
    told = scoped.scope is Scope.EXPLICIT and clause.has(
        "you", "route_noun", "uphill_pass", "price_word", "slopes", "free"
    )
    # "We ask ski tourers to go to the open country"
    told = told and not _is_away_from_slopes(clause)
    told = told and (clause.has(*_HOW) or not _names_people_alone(clause))
    # "There is no room for ski tourers" does not tell how they go up
    told = told and not (clause.has("neg") and not clause.has("uphill_pass", "price_word", "free"))
    # as in "Tour evening: every Thursday until 10 pm"
    timed = spans(clause) or any(c.lead is clause and spans(c) for c in scoped.clauses)
    banned = any(c.lead is clause and c.rules("forbid") for c in scoped.clauses)
    return (
        not (banned or scoped.whole.has("past", "closed", "violation", "no_liability"))
        and clause.travels
        and (told or bool(timed))
        and not scoped.sentence.block.level
    )


def _leads_up(clause: Clause, scoped: Scoped) -> bool:
    """As in "Please use the marked track", right under a heading on going up."""
    told = scoped.scope is Scope.EXPLICIT and scoped.headed("uphill") and clause.rules("must")
    others = clause.has(*_OTHERS, "neg", "trailhead", "closed", "elsewhere", "off_resort")
    return told and clause.all("stay_on_route", "designated") and not others and clause.kinds <= {"must"}


_RULES: tuple[ClauseRule[Access], ...] = (
    Rule("told by which way one climbs", _leads_up, Access.ALLOWED, Strength.IMPLIED),
    Rule("of the summer", _in_summer),
    Rule("a pass that is not accepted", lambda clause, _: refuses_a_pass(clause)),
    Rule(
        "what a breach of the rules costs",
        lambda clause, _: clause.has("removal", "prosecution") and not bans_before_it_threatens(clause),
    ),
    Rule("of those who work there", lambda clause, _: clause.has("staff") and clause.has("only")),
    Rule("its route is open instead", _opens_its_route_instead, Access.ALLOWED, Strength.EXPLICIT),
    Rule("its route is open", _opens_its_route, Access.ALLOWED, Strength.IMPLIED),
    Rule("the slopes are open on such equipment", _opens_slopes_on_gear, Access.ALLOWED),
    Rule("about something else", _is_about_others),
    Rule("of other resorts", _is_of_other_resorts),
    Rule("asked, and not told", _asks_whether),
    Rule("about an offer", _is_of_an_offer),
    Rule("what may befall somebody", lambda clause, _: clause.has("befalls") and not clause.verdicts),
    Rule("about the ski patrol or a house", _is_of_service),
    Rule("what is done to those who break a rule", _threatens),
    Rule("no way is made for the climb", lambda clause, _: tells_of_no_way(clause)),
    Rule("runs that are closed", _bans_named_runs),
    Rule(TOTAL_BAN, _bans_in_total, Access.PROHIBITED, Strength.EXPLICIT),
    Rule(_UNBOUNDED, _bans_as_such, Access.PROHIBITED, Strength.EXPLICIT),
    Rule("banned under a condition only", _bans_under_a_condition, Access.ALLOWED, Strength.IMPLIED),
    Rule("a ban that leaves open what else holds", _bans),
    Rule("all but going up is allowed", lambda clause, _: excepts_travel(clause), Access.PROHIBITED),
    Rule("allowed", _permits_travel, Access.ALLOWED, Strength.EXPLICIT),
    Rule("allowed", _permits, Access.ALLOWED),
    Rule("discouraged only", _discourages, Access.ALLOWED),
    Rule("the rule of conduct of every piste", lambda c, _: binds_whoever_walks(c) and not c.has("uphill")),
    Rule("a rule for those who go up", _binds_climbers, Access.ALLOWED),
    Rule("tells how people go up", _tells_of_climbers, Access.ALLOWED, Strength.IMPLIED),
)


def _is_of_named_runs(clause: Clause, scoped: Scoped) -> bool:
    """As in "Closed to uphill travel: Widow Maker, Upper Cornice", both halves."""
    if clause.lead is not None and clause.lead.has("closed"):
        return _names_alone(clause)
    below = [c for c in scoped.clauses if c.lead is not None and c.lead.start == clause.start]
    return clause.has("closed") and bool(below) and _names_alone(below[0])


def _names_alone(clause: Clause) -> bool:
    words = (token for token in clause.tokens if not token.is_mark)
    return all(clause.text[w.start].isupper() or w.fold in ("and", "und", "et", "e", "the") for w in words)


def settle(claims: Sequence[Claim], settled: Mapping[str, Settled]) -> Settled:
    """Allowed somewhere, at some time, is allowed; a ban needs that nothing says otherwise."""
    if not claims:
        # hours, routes or prices for going up are told where nothing else is
        told = next((s for name in NEEDS if (s := settled.get(name, UNSTATED)).claims), UNSTATED)
        return (
            Settled(Access.ALLOWED, told.claims[:1], "its hours or routes are told")
            if told.claims
            else UNSTATED
        )
    if settled.get("prices", UNSTATED).claims:
        # what is sold for going up lies beside the pistes
        claims = [c for c in claims if c.why != _OF_PISTES] or [
            replace(c, value=Access.ALLOWED, why=_BESIDE_A_WAY) for c in claims
        ]
    allowed = [c for c in claims if c.value is Access.ALLOWED]
    banned = [c for c in claims if c.value is Access.PROHIBITED]
    explicit = [c for c in allowed if c.strength is Strength.EXPLICIT]
    plain = [c for c in allowed if c.strength is Strength.PLAIN]
    if total := [c for c in banned if c.why == TOTAL_BAN]:
        return backed(total, Access.PROHIBITED)
    outweighed = explicit or len(plain) > len(banned) or len(allowed) > 2 * len(banned) + 1
    if banned and not outweighed:
        return backed(banned, Access.PROHIBITED)
    if len(banned) > max(1, len(explicit)):
        return Settled(None, (), why="banned more often than allowed")
    return backed(allowed, Access.ALLOWED) if allowed else UNSTATED
