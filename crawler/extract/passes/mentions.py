"""What a clause says of credentials: shared by the facts on passes."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extract.document import Document
from crawler.extract.hours.operations import Phase, phases
from crawler.extract.once import once
from crawler.extract.passes.conditions import goes_without_neither, may_go_with
from crawler.extract.passes.credentials import CONCEPTS, credential_hits, credentials
from crawler.extract.passes.heads import PERIODS
from crawler.extract.passes.waivers import denies, lacks_and_buys, waives
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause, Sentence
from uphill.vocabulary import Credential

_TALK = frozenset([*CONCEPTS, "included", "any_pass_word", "price_pronoun"])
"""Words for a pass, or what stands for one."""
_TURNED: dict[Phase, frozenset[Phase]] = {
    "during": frozenset({"outside"}),
    "outside": frozenset({"during"}),
}
_TIMES = ("during_ops", "outside_ops", "evening_event")
_BARE = 3
"""Tokens of a sentence that is hardly more than its verdict."""
_VALID = 3
"""Tokens from "with a valid" to the pass."""
_ORS = frozenset({"or", "oder", "ou", "o", "oppure"})
_COUNTS = 2
"""Tokens between a credential and what says that it counts."""
_REFERRING = 10
"""Tokens of a clause that says "it" for the pass named before."""
_OTHER_DUTIES = (
    "waiver",
    "check_in",
    "dog",
    "lights",
    "route_noun",
    "sign",
    "downhill",
    "season_pass",
    "lift_ticket",
)
_RECEIVED = 2
"""Tokens from those who climb to what they do, or get: "vous est remis"."""
_SHORT = 6
"""Tokens of a sentence that names who may come and says no more."""


@dataclass(frozen=True, slots=True)
class PassTalk:
    """A clause that names credentials, and what it does with them."""

    scoped: Scoped
    clause: Clause
    credentials: tuple[Credential, ...]
    demanded: bool
    waived: bool
    """Told not to be needed."""
    phases: frozenset[Phase]
    beside: bool = False
    """Whether it tells what is accepted beside the uphill pass of the sentence before."""

    @property
    def of_some(self) -> bool:
        """Whether it speaks of some people only: those who hold another pass, children, residents."""
        parts = (self.clause, self.clause.lead) if self.clause.lead is not None else (self.clause,)
        return any(part.has("holder_word", "minor", "some_people") for part in parts)


@once
def talk(document: Document) -> tuple[PassTalk, ...]:
    """What the page says of credentials, clause by clause."""
    return tuple(_talk(document))


def _talk(document: Document) -> Iterator[PassTalk]:
    told: frozenset[Phase] = frozenset()
    last: PassTalk | None = None
    asked: Scoped | None = None
    banned: Scoped | None = None
    for scoped in document.main:
        sentence = scoped.sentence
        if _tells_when_banned(scoped):
            banned = scoped
        holding, asked = asked, scoped if sentence.asks else None
        told_of = scoped.speaks_of(_TALK) or scoped.headed("uphill_pass") or "must" in sentence.kinds
        if not told_of or sentence.asks or _names_whom_it_binds(scoped.whole):
            continue
        if banned is not None and scoped.whole.has("then_time") and _beside(banned, scoped):
            continue  # "No skinning from 8 to 4. During this time all skiers need a lift ticket"
        before: PassTalk | None = None
        for clause in scoped.clauses:
            named = _held_in_question(clause, holding) or _named(clause, scoped)
            if named is None and _refers_back(clause, scoped, before or last):
                named = (Credential.UPHILL_PASS,)
            if named is None or not (_is_about(clause, scoped, named) or _is_as_good(clause, scoped, last)):
                continue
            need_not = waives(clause, sentence)
            listed = before is not None and before.demanded and _goes_on_listing(clause, before.clause)
            listed = listed or (bool(named) and not need_not and _is_entry(scoped, clause))
            demanded = not need_not and (listed or _demands(clause, sentence, named))
            if demanded and not named and _is_token(clause, scoped):
                named = (Credential.UPHILL_PASS,)
            before = PassTalk(
                scoped, clause, named,
                demanded=demanded,
                waived=need_not,
                phases=_phases(clause, sentence.whole, told),
                beside=_is_as_good(clause, scoped, last),
            )  # fmt: skip
            told = before.phases or told
            last = before
            yield before


def _names_whom_it_binds(whole: Clause) -> bool:
    """As in "This policy applies at all times and includes season pass holders"."""
    holders = whole.first("holder_word")
    more = whole.has("uphill", "uphill_pass", "access_word") or any(
        v.kind == "must" and v.at > holders for v in whole.verdicts
    )
    return whole.has("rules_bind") and holders >= 0 and not more


def _tells_when_banned(scoped: Scoped) -> bool:
    whole = scoped.whole
    timed = whole.numbered or whole.has("during_ops", "outside_ops")
    return timed and whole.travels and scoped.sentence.kinds == {"forbid"}


def _beside(one: Scoped, other: Scoped) -> bool:
    return one.sentence.block is other.sentence.block and one is not other


def _phases(clause: Clause, whole: Clause, told: frozenset[Phase]) -> frozenset[Phase]:
    """The operations that it is confined to; "also outside of operating hours" confines to none.

    ``told`` are those told before, which "at other times" turns round.
    """
    if clause.has("both_phases") or any(clause.near("too", c, 1) for c in _TIMES):
        return frozenset()
    if len(told) == 1 and clause.has("at_other_times"):
        return _TURNED[next(iter(told))]
    found = frozenset(phases(clause) or phases(whole))
    return frozenset({"outside"}) if len(found) > 1 and _negates_hours(clause) else found


def _negates_hours(clause: Clause) -> bool:
    """As in "during non-operating hours"."""
    joints = [hit.first for hit in clause.hits.get("either", ())]
    return any(
        during.first < outside.first <= during.last
        and not any(during.first < j < outside.last for j in joints)
        for during in clause.hits.get("during_ops", ())
        for outside in clause.hits.get("outside_ops", ())
    )


def _named(clause: Clause, scoped: Scoped) -> tuple[Credential, ...] | None:  # noqa: PLR0911 - one return a rule, in their order
    """The credentials that a clause speaks of: perhaps none by name; ``None`` where it speaks of no pass."""
    named = credentials(clause)
    if named and _tells_kinds_of_the_pass(clause, named, scoped):
        return (Credential.UPHILL_PASS,)
    if named:
        return _called_short(named, clause, scoped)
    if clause.has("included") and scoped.sentence.block.row and clause is not scoped.clauses[0]:
        return credentials(scoped.clauses[0]) or None  # "Season pass | Access included"
    if clause.has("included") and clause.lead is not None and len(clause.lead.tokens) <= _SHORT:
        return credentials(clause.lead) or None  # "Season pass: uphill included"
    if scoped.headed("uphill_pass") and _is_bare(clause):
        return (Credential.UPHILL_PASS,)  # "Uphill pass": "Required."
    if scoped.headed("season_pass") and clause.has("included") and clause.has("any_pass_word", "uphill"):
        return (Credential.SEASON_PASS,)  # "Season pass holders": "Uphill access is included."
    asked = scoped.headed("price_question") and clause.rules("must")
    timed = clause.rules("need_not") and clause.has("during_ops", "outside_ops")
    about = scoped.scope is Scope.EXPLICIT or scoped.named or asked or timed
    return () if about and _names_some_pass(clause) else None


def _bracketed_by(clause: Clause, scoped: Scoped) -> Clause | None:
    """The clause that it is in brackets behind: "a touring ticket (€ 6 a day, season card € 60)"."""
    before = next((c for c in reversed(scoped.clauses) if c.end <= clause.start), None)
    opened = before is not None and before.text[before.end : clause.start].strip() == "("
    return before if opened else None


def _tells_kinds_of_the_pass(clause: Clause, named: tuple[Credential, ...], scoped: Scoped) -> bool:
    """As "day card € 6, season card € 60" behind "The touring ticket is mandatory:": how long each lasts."""
    lead = clause.lead or _bracketed_by(clause, scoped)
    if lead is None or Credential.UPHILL_PASS in named or not lead.has("uphill_pass") or not clause.numbered:
        return False
    kinds = [hit for hits in credential_hits(clause).values() for hit in hits]
    periods = clause.hits_of(*PERIODS)
    bare = all(hit.first == hit.last and hit.overlaps_any(periods) for hit in kinds)
    counts = any(
        0 < abs(told.first - one.last) <= _COUNTS
        for told in clause.hits.get("included", ())  # "incl. toll" stands farther away
        for one in kinds
    )
    return bare and not counts and not clause.has("free", "holder_word")


def _held_in_question(clause: Clause, asked: Scoped | None) -> tuple[Credential, ...] | None:
    """As in "Do you have a season pass? Uphill access is included"."""
    if asked is None or not clause.has("included") or not asked.whole.has("season_pass"):
        return None
    return (Credential.SEASON_PASS,)


def _called_short(named: tuple[Credential, ...], clause: Clause, scoped: Scoped) -> tuple[Credential, ...]:
    """As in "Who has the skipass stagionale climbs for free: the skipass is valid": a season pass, no day ticket."""
    short = {
        clause.tokens[hit.first].fold
        for hit in credential_hits(clause)["lift_ticket"]
        if hit.first == hit.last
    }
    earlier = {
        token.fold
        for hit in scoped.whole.hits.get("season_pass", ())
        if hit.last > hit.first
        for token in scoped.whole.tokens[hit.first : hit.last + 1]
    }
    if not short or not short <= earlier:
        return named
    kept = [Credential.SEASON_PASS if one is Credential.LIFT_TICKET else one for one in named]
    return tuple(dict.fromkeys(kept))


def _refers_back(clause: Clause, scoped: Scoped, last: PassTalk | None) -> bool:
    """As in "Everyone must wear it" after a sentence on an uphill pass, "All guests need one" below its name."""
    if len(clause.tokens) > _REFERRING or not clause.rules("must") or clause.has(*_OTHER_DUTIES):
        return False
    if not (clause.has("price_pronoun") or (clause.lang == "it" and clause.first("must") <= 1)):
        return False
    block = scoped.sentence.block
    after = (
        last is not None
        and last.scoped.sentence.block is block
        and Credential.UPHILL_PASS in last.credentials
    )
    return after or (scoped.headed("uphill_pass") and not clause.has("any_pass_word"))


def _names_some_pass(clause: Clause) -> bool:
    """Whether it says "pass" or "ticket", and not only "ticket office"."""
    counters = clause.hits.get("counter", ())
    return any(not any(c.covers(hit.first) for c in counters) for hit in clause.hits.get("any_pass_word", ()))


def _is_as_good(clause: Clause, scoped: Scoped, last: PassTalk | None) -> bool:
    """As in "You need an uphill pass. A season pass will do, too"."""
    return last is not None and counts_beside(clause, scoped, last)


def counts_beside(clause: Clause, scoped: Scoped, last: PassTalk) -> bool:
    """Whether it tells what is accepted beside the uphill pass of the sentence before."""
    told = clause.has("included") or (clause.has("holder_word") and clause.rules("need_not"))
    here = last.scoped.sentence.block is scoped.sentence.block
    here = here or (clause.has("holder_word") and last.demanded and last.scoped.headings == scoped.headings)
    return told and here and Credential.UPHILL_PASS in last.credentials and not clause.has("other_purpose")


def _is_bare(clause: Clause) -> bool:
    return len(clause.tokens) <= _BARE and bool(clause.verdicts)


def _is_entry(scoped: Scoped, clause: Clause) -> bool:
    """Whether it is an entry of a list headed by "You need one of these"."""
    above = [one for one in (scoped.intro, scoped.heading, clause.lead) if one is not None]
    return any(one.has("credential_list") for one in above) and not clause.rules("forbid")


def _is_token(clause: Clause, scoped: Scoped) -> bool:
    """As in "Tourers must buy a ticket": a pass for climbers, though not named so."""
    climbs = clause.travels or scoped.whole.has("uphill") or scoped.headed("price_question")
    # "The pass is mandatory, on sale at the desk", under a heading on going up
    lifts = clause.has("lift_hours", "other_purpose") or scoped.headed("other_topic", "lift_ticket")
    climbs = climbs or (scoped.scope is Scope.EXPLICIT and clause.rules("must") and not lifts)
    return climbs and clause.has("uphill_token") and not clause.has("season_pass", "lift_ticket")


def _goes_on_listing(clause: Clause, before: Clause) -> bool:
    """As in "Only with a touring card, | a season card or a day ticket is the ascent allowed"."""
    first = min((hit.first for hits in credential_hits(clause).values() for hit in hits), default=_SHORT)
    joined = clause.has("either") or clause.text[before.end : clause.start].strip() in _ORS
    return first <= 1 and joined and not clause.rules("forbid")


def _is_about(clause: Clause, scoped: Scoped, named: tuple[Credential, ...]) -> bool:
    if clause.has("other_place") or clause.all("violation", "revoke"):
        return False
    if Credential.UPHILL_PASS in named:
        return clause.travels or not clause.near("other_purpose", "uphill_pass", 2)
    condition = scoped.clauses[0] if scoped.whole.first("if_strict") == 0 else clause
    if clause.has("dog", "other_purpose") or condition.has("other_purpose"):
        return False  # "If you take the lift, you need a lift ticket"
    if scoped.headed("other_purpose") or (clause.has("backcountry", "elsewhere") and not clause.travels):
        return False
    confined = clause.has("only") and clause.has("holder_word")
    told = bool(clause.verdicts) or confined or _is_entry(scoped, clause)
    return scoped.scope is Scope.EXPLICIT or scoped.named or told


def holders_before(clause: Clause, at: int) -> set[str]:
    """Concepts named only as who holds them, before token ``at``: "Season pass holders must sign …"."""
    holders = clause.hits.get("holder_word", ())
    return {
        concept
        for concept, hits in credential_hits(clause).items()
        if hits and all(hit.last < at and hit.overlaps_any(holders) for hit in hits)
    }


def _demands(clause: Clause, sentence: Sentence, named: tuple[Credential, ...]) -> bool:  # noqa: PLR0911 - one return a rule, in their order
    """Whether the clause makes the credential a condition of going up."""
    if clause.has("without") and (denies(clause) or clause.rules("forbid") or sentence.rules("forbid")):
        return True
    if clause.has("downhill") and not clause.has("uphill", "ascend", "uphill_pass"):
        return False
    if lacks_and_buys(clause) or goes_without_neither(clause):
        return True
    must = next((v.at for v in clause.verdicts if v.kind == "must"), None)
    if clause.all("waiver", "sign", "obtain") and not clause.has("uphill_pass", "buy"):
        return False  # "The waiver is to be signed when you pick up the pass"
    if must is not None and named and len(holders_before(clause, must)) == len(named):
        return False  # "Every pass holder must sign the waiver"
    if must is not None or _confines(clause, sentence):
        return True
    held = ("any_pass_word", *CONCEPTS)
    valid = clause.rules("permit") and any(clause.near("with_valid", one, _VALID) for one in held)
    if valid or may_go_with(clause):
        return True  # "Uphill travel is permitted with a valid uphill pass"
    token = Credential.UPHILL_PASS in named or (not named and clause.has("uphill_token"))
    if token and not clause.verdicts and _do_it(clause):
        return True  # "All climbers buy a touring card before they start"
    if _tells_to_hold(clause) or (clause.commands("obtain") and _is_uphill(clause, named)):
        return True
    return _goes_with_demand(clause, sentence) or _is_for_holders(clause, sentence)


def _tells_to_hold(clause: Clause) -> bool:
    """As in "Carry your pass", and not "Holders of a season pass climb for free"."""
    people = [hit.first for hit in clause.hits_of("holder_word", "for_people_with")]
    people = people if clause.has("free", "included", "permit") else []
    told = clause.commands("hold") and not _names_holders(clause)
    return told and not any(hit.first in people for hit in clause.hits["hold"])


def _names_holders(clause: Clause) -> bool:
    """Whether it says "with" of those who hold a pass: "Everyone with a season pass gets 10 % off"."""
    whose = [hit for hit in clause.hits.get("holder_word", ()) if hit.last > hit.first]
    held = clause.hits.get("hold", ())
    return bool(held) and all(any(who.covers(hit.first) for who in whose) for hit in held)


def _do_it(clause: Clause) -> bool:
    """As in "Who climbs wears the armband": the present tense of a rule."""
    people = ("you", "uphill", "ascend")
    return any(
        clause.near(who, verb, _RECEIVED) and 0 <= clause.first(who) < clause.first(verb)
        for who in people
        for verb in (("obtain",) if _names_holders(clause) else ("obtain", "hold"))
    )


def _is_uphill(clause: Clause, named: tuple[Credential, ...]) -> bool:
    return Credential.UPHILL_PASS in named or (not named and clause.travels)


def _confines(clause: Clause, sentence: Sentence) -> bool:
    """As in "Only with a pass may you go up", or "Season pass holders only."."""
    if clause.has("privilege_of"):
        return True
    bare = len(sentence.whole.tokens) <= _SHORT and clause.has("holder_word")
    # "Uphill-only passes aren't sold"
    only = any(not hit.within_any(clause.hits.get("uphill_pass", ())) for hit in clause.hits.get("only", ()))
    return only and (bare or clause.rules("permit") or clause.has("uphill", "ascend"))


def _goes_with_demand(clause: Clause, sentence: Sentence) -> bool:
    named_bare = not clause.verdicts and clause.has("uphill_pass")
    return sentence.rules("must") and (clause.has("obtain") or named_bare)


def _is_for_holders(clause: Clause, sentence: Sentence) -> bool:
    holders = clause.has("for_people_with") and clause.has("slopes", "uphill", "ascend")
    return holders and not sentence.block.level and not clause.has("free", "included", "price_word")
