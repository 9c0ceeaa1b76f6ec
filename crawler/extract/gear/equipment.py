"""What one may go up on: shared by the facts on snowshoes, boots and bikes."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import backed
from crawler.extract.document import Document
from crawler.extract.gear.lacking import is_excepted, is_lacking, loose_denials
from crawler.extract.gear.listed import (
    goes_on_with_a_list,
    is_banned_without,
    is_headed_list,
    is_in_a_negated_list,
    is_list_before_a_ban,
    is_refused_after_others,
)
from crawler.extract.gear.lists import is_exclusive, is_reserved_for_skiers
from crawler.extract.gear.ways import (
    binds_whoever_walks,
    climbs_among_others,
    goes_to_a_house,
    is_kept_off_the_way_up,
    is_sent_elsewhere,
    is_under_the_rules,
    is_welcomed_by_name,
    shares_the_way,
)
from crawler.extract.hours.operations import phases
from crawler.extract.hours.times import spans
from crawler.extract.pages.page import Region
from crawler.extract.pronouns import stands_for
from crawler.extract.rules import ClauseRule, Rule, decided
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Permission

_ALL = ("snowshoe", "foot", "bike", "ski_gear")
_OF_KINDS = frozenset(["ski_gear", "privilege_of", "all_uphill", "only"])
"""What a sentence speaks of that rules a kind of equipment without naming it."""
_ELSEWHEN = ("afterwards", "at_other_times")
_NEAR = 8
"""Tokens between "only" and the gear it confines to."""
_LEADS = 3
"""Tokens before the gear that a list of it begins with: "Metal-edged skis or …"."""
_FOR = frozenset(["for", "für", "pour", "per"])
_LABEL = 3
"""Tokens of a line such as "Fat bikes", and characters between it and what it heads."""
_ANSWER = 10
"""Tokens of an answer that permits what was asked for."""
_ORS = frozenset(["or", "oder", "ou", "o"])
_PRONOUNS = frozenset(["they", "these", "sie", "diese", "ils", "elles", "essi", "questi"])
_ALLOWED, _PROHIBITED = Permission.ALLOWED, Permission.PROHIBITED
_IMPLIED = Strength.IMPLIED


def claims(document: Document, field: str, concept: str) -> Iterator[Claim]:
    """Claims on one kind of equipment, ``concept`` in the lexicon."""
    above: list[Scoped] = []
    told = _OF_KINDS | {concept}
    for scoped in document.sentences:
        found: Iterator[Reading]
        if not scoped.scope:
            found = _elsewhere(scoped, document, concept)
        elif scoped.speaks_of(told) or (above and above[-1].whole.has(concept)):
            found = _read(scoped, above, concept)
        else:
            above.append(scoped)
            continue
        for value, strength, why in found:
            yield Claim(field, value, scoped.sentence.start, scoped.sentence.end, strength, why)
        if scoped.scope:
            above.append(scoped)


Reading = tuple[Permission, Strength, str]


def _read(scoped: Scoped, above: Sequence[Scoped], concept: str) -> Iterator[Reading]:
    """What a sentence in scope says of it, and why; ``above`` are those before it."""
    labelled = bool(above) and _is_label(above[-1], scoped, concept)
    if not labelled and not scoped.speaks_of(_OF_KINDS | {concept}):
        return
    if scoped.whole.has(concept) and _is_in_a_ban(scoped, above, concept):
        yield _PROHIBITED, Strength.EXPLICIT, "included in a ban"
        return
    if labelled and (value := _labelled(scoped)) is not None:
        yield value, Strength.EXPLICIT, "told below its name"
        return
    bikes_aside = concept == "bike" and scoped.scope < Scope.EXPLICIT and not scoped.named
    if scoped.sentence.asks or (bikes_aside and not _equipment_rule(scoped)):
        return
    before = above[-1] if above and above[-1].sentence.block is scoped.sentence.block else None
    for clause in scoped.clauses:
        named = _told_after_its_name(clause, concept) or is_excepted(clause, concept)
        if named or _bans_those_before(clause, scoped, concept):
            yield _PROHIBITED, Strength.EXPLICIT, "banned after its name"
            continue
        if (
            before is not None
            and before.sentence.rules("permit")
            and is_refused_after_others(clause, concept)
        ):
            yield _PROHIBITED, Strength.EXPLICIT, "refused after others are allowed"
            continue
        if clause.has(concept) and is_headed_list(clause, before.whole if before is not None else None):
            yield _ALLOWED, Strength.PLAIN, "in a list of equipment"
            continue
        rule = decided(_rules(concept), clause, scoped)
        if rule is not None and rule.value is not None:
            yield rule.value, rule.strength, rule.why


def _is_in_a_ban(scoped: Scoped, above: Sequence[Scoped], concept: str) -> bool:
    """Whether it goes on from a ban, as in "No uphill travel. This includes snowshoeing."."""
    for before in reversed(above):
        goes_on = 0 <= scoped.whole.first("included") <= 1 or 0 <= scoped.whole.first("this_ban") <= 1
        if not goes_on or scoped.whole.has("neg", "except"):
            return False
        if any(_bans_all(clause, before, concept) for clause in before.clauses):
            return True
        scoped = before
    return False


def _elsewhere(scoped: Scoped, document: Document, concept: str) -> Iterator[Reading]:
    """What a page with a rule on going up bans elsewhere, as in "Bikes are prohibited on the ski runs"."""
    block = scoped.sentence.block
    if not scoped.whole.all(concept, "slopes") or scoped.sentence.asks:
        return
    if block.region is not Region.MAIN or block.linked or not document.count("uphill"):
        return
    if scoped.whole.has("elsewhere", "summer", "other_place") or any(
        head.has("other_place", "summer", "lodging") for head in scoped.headings
    ):
        return
    for clause in scoped.clauses:
        banned = (
            clause.all(concept, "slopes") and clause.rules("forbid") and not clause.has("except", "if_strict")
        )
        if banned and not _conditional(clause, scoped, concept) and not is_lacking(clause, concept):
            yield _PROHIBITED, Strength.PLAIN, "banned on the slopes"


def _is_label(label: Scoped, scoped: Scoped, concept: str) -> bool:
    """Whether the line before is the equipment's name alone, as in "Fat bikes" above "Welcome after hours."."""
    if not label.whole.has(concept) or not (_is_name(label) or _is_question(label, scoped)):
        return False
    alone = sum(label.whole.has(kind) for kind in _ALL) == 1 and not label.whole.has("not_gear", "rental")
    below = (
        label.sentence.block is not scoped.sentence.block
        and scoped.sentence.start - label.sentence.end <= _LABEL
    )
    return alone and below and not scoped.whole.has(*_ALL) and not scoped.sentence.asks


def _is_name(label: Scoped) -> bool:
    told = label.sentence.kinds or label.whole.has("answer_yes", "answer_no", "neg")
    return len(label.whole.tokens) <= _LABEL and not told


def _is_question(label: Scoped, scoped: Scoped) -> bool:
    """As "May I come on snowshoes?" above "Sorry, that is not possible."."""
    asks = label.sentence.asks and label.sentence.kinds <= {"permit"}
    asks = asks and not label.whole.has("other_place", "route_heading")  # "Where may I go on snowshoes?"
    told = scoped.sentence.kinds == {"forbid"} or len(scoped.whole.tokens) <= _ANSWER
    return asks and told and not scoped.whole.has("dog", "other_route", "any_pass_word", "facility")


def _bans_those_before(clause: Clause, scoped: Scoped, concept: str) -> bool:
    """As in "Snowshoers have their own trail, on the skin track they are not allowed"."""
    bare = not clause.has(*_ALL, "if_strict", "without", "except", "only", "bounded")
    untimed = not spans(clause) and not phases(clause)
    return clause.rules("forbid") and bare and untimed and stands_for(clause, scoped, concept)


def _told_after_its_name(clause: Clause, concept: str) -> bool:
    """As in "Walkers: have no business on the slopes"."""
    lead = clause.lead
    named = lead is not None and lead.has(concept) and len(lead.tokens) <= _LABEL
    bare = not clause.has(*_ALL) and not clause.has("if_strict", "without", "except", "only", "bounded")
    listed = is_list_before_a_ban(clause, concept)
    return (named or listed) and bare and clause.rules("forbid") and not spans(clause) and not phases(clause)


def _labelled(scoped: Scoped) -> Permission | None:
    first = scoped.clauses[0]
    kinds = {verdict.kind for verdict in first.verdicts} & {"permit", "forbid"}
    if first.first("neg") == 0 and not first.verdicts:
        return _PROHIBITED  # "Fat bikes? Not on the Birch Road."
    if len(kinds) != 1 or first.has("rental", "other_topic", "summer"):
        return None
    if "permit" in kinds:
        return _ALLOWED
    return None if _conditional(first, scoped, "") or first.has("except", "only") else _PROHIBITED


def _equipment_rule(scoped: Scoped) -> bool:
    return scoped.whole.has("ski_gear", "only") or bool(scoped.sentence.kinds)


@cache
def _rules(concept: str) -> tuple[ClauseRule[Permission], ...]:
    """The rules for one kind of equipment, in their order."""

    def unnamed(clause: Clause, scoped: Scoped) -> bool:
        exclusive = is_exclusive(clause, scoped) or is_reserved_for_skiers(clause)
        return not (clause.has(concept) or exclusive or _is_told_of_them(clause, scoped, concept))

    def told_of_them(clause: Clause, scoped: Scoped) -> bool:
        return not clause.has(concept) and _is_told_of_them(clause, scoped, concept)

    def left_out(clause: Clause, scoped: Scoped) -> bool:
        return not clause.has(concept) and (is_exclusive(clause, scoped) or is_reserved_for_skiers(clause))

    def told_after_others_alone(clause: Clause, scoped: Scoped) -> bool:
        """As in "Skis only: snowshoes spoil the track"."""
        lead = clause.lead
        alone = lead is not None and not lead.has(concept) and is_exclusive(lead, scoped)
        return alone and clause.has(concept) and not clause.has("ski_gear", "permit")

    def sent_elsewhere(clause: Clause, scoped: Scoped) -> bool:
        return is_sent_elsewhere(clause, scoped, concept) or is_kept_off_the_way_up(clause, scoped, concept)

    def bans_every_kind(clause: Clause, scoped: Scoped) -> bool:
        return unnamed(clause, scoped) and _bans_all(clause, scoped, concept) and clause.has("all_uphill")

    def of_something_else(clause: Clause, scoped: Scoped) -> bool:
        # "Bikes have the Nordic loop, here they are banned"
        banned_here = clause.rules("forbid") and clause.has("here")
        elsewhere = clause.has("other_place") and not (clause.has("uphill") or banned_here)
        # "Snowshoeing on the snowshoe trails only"
        own_ways = clause.has("only") and len(clause.hits[concept]) > 1 and not clause.rules("forbid")
        return (
            elsewhere
            or _is_off_the_slopes(clause)
            or (clause.has("own_way") and not bans(clause, scoped))
            or _has_its_own_way(clause, concept)
            or (
                clause.has("other_purpose")
                and not (clause.has("uphill", "ascend", "route_noun") or bans(clause, scoped))
            )
            or (own_ways and concept == "snowshoe")
            or clause.has("not_gear", "summer")
            or (
                is_lacking(clause, concept) and concept != "bike"
            )  # "No boots without snowshoes and no bikes"
        )

    def bans(clause: Clause, _scoped: Scoped) -> bool:
        return clause.rules("forbid") or _negated(clause, concept) or _refused(clause, concept)

    def bans_in_part(clause: Clause, scoped: Scoped) -> bool:
        part = clause.has("except") or is_banned_without(clause, concept)
        return bans(clause, scoped) and (part or _conditional(clause, scoped, concept))

    return (
        Rule("left out of an exclusive list", left_out, _PROHIBITED),
        Rule("left out of the list before it", told_after_others_alone, _PROHIBITED),
        Rule("every kind of uphill travel is banned", bans_every_kind, _PROHIBITED, Strength.IMPLIED),
        Rule("welcome", lambda clause, _: is_welcomed_by_name(clause, concept), _ALLOWED),
        Rule("not named", unnamed),
        Rule("goes on with a list", lambda c, s: goes_on_with_a_list(c, s, concept), _ALLOWED),
        Rule("banned after they are addressed", told_of_them, _PROHIBITED),
        Rule("sent elsewhere", sent_elsewhere, _PROHIBITED),
        Rule("to a house", lambda clause, _: goes_to_a_house(clause, concept)),
        Rule("boots are banned without them", lambda c, _: _replaces_boots(c, concept), _ALLOWED, _IMPLIED),
        Rule("named for something else", of_something_else),
        Rule("banned at some times or places", bans_in_part),
        Rule("named in a ban", bans, _PROHIBITED, Strength.EXPLICIT),
        Rule("discouraged only", _discourages, _ALLOWED),
        Rule("named as allowed", _permits, _ALLOWED, Strength.EXPLICIT),
        Rule("an entry of a list of equipment", _begins_a_list_of_gear, _ALLOWED),
        Rule("the rule of conduct of every piste", lambda clause, _: binds_whoever_walks(clause)),
        Rule("a rule for those who go up so", _binds, _ALLOWED, Strength.IMPLIED),
        Rule("under the same rules", lambda c, _: is_under_the_rules(c, concept), _ALLOWED, Strength.IMPLIED),
        Rule("on the way of the others", lambda c, _: shares_the_way(c, concept), _ALLOWED, Strength.IMPLIED),
        Rule(
            "among others who climb",
            lambda clause, scoped: climbs_among_others(clause, scoped, concept),
            _ALLOWED,
            Strength.IMPLIED,
        ),
    )


def _is_off_the_slopes(clause: Clause) -> bool:
    """Whether it speaks of the land around, and not of keeping off the pistes."""
    bans = clause.hits.get("forbid", ())
    return any(not hit.overlaps_any(bans) for hit in clause.hits.get("off_resort", ()))


def _leads_the_clause(clause: Clause, concept: str) -> bool:
    return 0 <= clause.first(concept) <= 1


def _is_told_of_them(clause: Clause, scoped: Scoped, concept: str) -> bool:
    """As in "Snowshoers, please use the meadow trails; they are not allowed on the slopes"."""
    before = [c for c in scoped.clauses if c.end < clause.start][-1:]
    subject = bool(before) and _leads_the_clause(before[0], concept)
    alone = subject and sum(before[0].has(kind) for kind in _ALL) == 1
    return alone and clause.tokens[0].fold in _PRONOUNS and clause.rules("forbid") and not spans(clause)


def _has_its_own_way(clause: Clause, concept: str) -> bool:
    """As in "For snowshoers there are two marked trails"."""
    leads = clause.tokens[0].fold in _FOR and 0 < clause.first(concept) <= _LEADS
    of_climbers = clause.has("uphill_route") or clause.travels or clause.rules("forbid")
    return leads and clause.has("route_noun") and not of_climbers


def _discourages(clause: Clause, _scoped: Scoped) -> bool:
    return clause.has("discourage")


def _permits(clause: Clause, scoped: Scoped) -> bool:
    told = clause.commands("ascend") and clause.has("on_gear")
    head = scoped.heading
    listed = (
        head is not None and head.has("equipment_heading") and head.rules("permit") and not clause.verdicts
    )
    return clause.rules("permit") or is_exclusive(clause, scoped) or told or listed


def _begins_a_list_of_gear(clause: Clause, scoped: Scoped) -> bool:
    """As in "Skis, splitboard or snowshoes." below "Equipment"."""
    begins = 0 <= clause.first("ski_gear") <= _LEADS and scoped.headed("equipment_heading")
    others = clause.has("foot", "bike", "neg", "without", "if_strict", "rental")  # boots and poles are packed
    return begins and not clause.verdicts and not others


def _binds(clause: Clause, scoped: Scoped) -> bool:
    beside = scoped.scope is Scope.EXPLICIT and clause.has("edge")  # "On snowshoes keep to the edge"
    return (clause.has("ascend", "uphill") or scoped.named or beside) and (
        clause.rules("must") or clause.rules("need_not")
    )


def _bans_all(clause: Clause, scoped: Scoped, concept: str) -> bool:
    """Whether it bans uphill travel as such, under no condition."""
    banned = clause.has("uphill") and clause.rules("forbid") and not scoped.whole.has("other_route")
    if (
        banned
        and clause.has("all_uphill")
        and scoped.whole.has("both_phases")
        and not scoped.whole.has("except")
    ):
        return True
    bounded = clause.has("deadline", "bounded", *_ELSEWHEN) or scoped.whole.has("if_strict")
    return banned and not _conditional(clause, scoped, concept) and not bounded


def _replaces_boots(clause: Clause, concept: str) -> bool:
    """As in "No boots without snowshoes": those are asked for."""
    boots = concept == "snowshoe" and clause.has("foot") and clause.rules("forbid")
    return boots and not clause.has("not_gear", "summer", "other_place") and is_lacking(clause, concept)


def _negated(clause: Clause, concept: str) -> bool:
    denials = [
        hit  # but those of "members or not", "no pass is needed to hike"
        for hit in loose_denials(clause)
        if not hit.first or clause.tokens[hit.first - 1].fold not in _ORS
    ]
    near = any(0 < g.first - n.last <= 6 for g in clause.hits[concept] for n in denials)
    return near or is_in_a_negated_list(clause, concept)


def _refused(clause: Clause, concept: str) -> bool:
    """As in "Bikes no", "Fat bikes: sorry, no"."""
    last = clause.hits[concept][-1].last
    ends = len(clause.tokens) - (2 if clause.tokens[-1].is_mark else 1)
    told = clause.hits.get("answer_no", ())
    aside = {i for hit in clause.hits.get("contrast", ()) for i in range(hit.first - 1, hit.last + 2)}
    return any(
        0 < sum(i not in aside for i in range(last, no.first)) <= _NEAR // 2 and no.last == ends
        for no in told
    )


def _conditional(clause: Clause, scoped: Scoped, concept: str) -> bool:
    # "hiking without snowshoes" tells how one goes, "without a pass" under which condition
    bare_foot = concept == "foot" or clause.has("ski_gear", "snowshoe")
    timed = spans(clause) or len(phases(clause) or phases(scoped.whole)) == 1
    return (
        (bool(timed) and not clause.has("even"))  # "nor at night"
        or (clause.has("if") and not clause.has("both_phases"))
        or (clause.has("without") and not (bare_foot and not clause.has("any_pass_word", "uphill_pass")))
    )


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    """What is named beats what is left out; allowed and banned alike settles nothing."""
    for strength in sorted(Strength, reverse=True):
        values = {claim.value for claim in claims if claim.strength == strength}
        if len(values) == 1:
            return backed(claims, values.pop())
        if values:
            return UNSTATED
    return UNSTATED
