"""When a credential, paid or free, must be held before going up."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import backed, value_of
from crawler.extract.document import Document
from crawler.extract.duties import is_parted
from crawler.extract.hours.offhours import is_off_hours
from crawler.extract.hours.operations import phases
from crawler.extract.hours.times import spans
from crawler.extract.passes.charges import (
    costs_nothing,
    frees_access,
    is_paid,
    parks_aside,
    says_free_alone,
)
from crawler.extract.passes.mentions import PassTalk, talk
from crawler.extract.scoped import Scope, Scoped
from uphill.vocabulary import Credential, PassRequired, Permission

FIELD = "pass_required"
NEEDS = ("during_operations", "outside_operations", "access", "prices")

_OF_PHASE = {"during": PassRequired.DURING_OPERATIONS, "outside": PassRequired.OUTSIDE_OPERATIONS}

_OF_OTHER_PHASE = {"during": PassRequired.OUTSIDE_OPERATIONS, "outside": PassRequired.DURING_OPERATIONS}
_SHORT = 8
"""Tokens of a line below "Cost" that says that there is none."""
_UNDER_HEADING = "a credential is demanded under a heading of operations"
_ELSEWHEN = "told not to be needed at other times"
_ELSEWHEN_HEADED = f"{_ELSEWHEN}, by a heading of operations"
_SPARING = (_ELSEWHEN, _ELSEWHEN_HEADED)


def claims(document: Document) -> Iterator[Claim]:
    sold = bool(document.count("uphill_pass"))
    for one in talk(document):
        claim = _demanded(one) if one.demanded else _waived(one, sold=sold) if one.waived else None
        if claim is not None:
            yield claim
    for scoped in document.telling({"paid_access"}):
        if any(is_paid(clause) for clause in scoped.clauses):
            yield scoped.claim(FIELD, PassRequired.ALWAYS, "going up is paid for")
    if not sold:
        for scoped in document.telling({"nothing", "none_alone", "free"}):
            if costs_nothing(scoped.whole):
                yield scoped.claim(FIELD, PassRequired.NEVER, "it costs nothing", Strength.IMPLIED)
        before = {id(two): one for one, two in pairwise(document.main)}
        for scoped in document.telling({"free"}):
            if _is_free(scoped) or _goes_on_free(scoped, before.get(id(scoped))):
                yield scoped.claim(FIELD, PassRequired.NEVER, "free, and nothing to fetch", Strength.IMPLIED)


def _demanded(one: PassTalk) -> Claim:
    permits = one.scoped.whole.travels and one.scoped.sentence.rules("permit")
    # "Pick up your pass during lift hours"
    fetched = one.clause.has("obtain") and not permits and not _is_bought_for_a_time(one)
    phase = next(iter(one.phases)) if len(one.phases) == 1 and not fetched else None
    timed = one.scoped.whole.has("during_ops", "outside_ops", "at_other_times")
    if not timed and one.scoped.whole.has("credential_list"):
        phase = None  # "the evening ticket" is one of several
    if phase is not None and not timed:
        return one.scoped.claim(FIELD, _OF_PHASE[phase], _UNDER_HEADING)  # "the evening ticket"
    by_day_and_night = one.clause.has("both_phases")
    if phase is None and one.scoped.heading_phase is not None and not by_day_and_night:
        return one.scoped.claim(FIELD, _OF_PHASE[one.scoped.heading_phase], _UNDER_HEADING)
    value = _OF_PHASE[phase] if phase else PassRequired.ALWAYS
    return one.scoped.claim(FIELD, value, "a credential is demanded")


def _is_bought_for_a_time(one: PassTalk) -> bool:
    """As in "When we're open, please buy an uphill ticket", "To skin while lifts run you need to buy …"."""
    whole = one.scoped.whole
    times = [hit.first for hit in whole.hits_of("during_ops", "outside_ops")]
    sales = [hit.first for hit in whole.hits.get("buy", ())]
    if not times or not sales or min(times) > max(sales):
        return False
    passes = whole.hits.get("uphill_pass", ())
    climbs = any(
        hit.first < min(times) and not hit.within_any(passes) for hit in whole.hits_of("uphill", "ascend")
    )
    return climbs or not whole.has("sold_at", "desk")


def _waived(  # noqa: PLR0911 - one return a rule, in their order
    one: PassTalk, *, sold: bool
) -> Claim | None:
    if one.of_some:
        return None  # "Season pass holders do not need an uphill pass" frees nobody else
    phase = next(iter(one.phases)) if len(one.phases) == 1 else one.scoped.heading_phase
    head = one.scoped.heading
    if phase and not one.phases and head is not None and head.has("price_question") and not phases(head):
        return None  # "What does it cost? Nothing" below "Evenings" may be of the whole page
    if phase == "during" and not sold:
        return one.scoped.claim(FIELD, PassRequired.NEVER, "not needed while lifts run", Strength.IMPLIED)
    if phase:
        why = _ELSEWHEN if one.phases else _ELSEWHEN_HEADED
        return one.scoped.claim(FIELD, _OF_OTHER_PHASE[phase], why, Strength.IMPLIED)
    if one.phases:
        return None
    if one.clause.numbered and (hours := list(spans(one.clause))):
        # "After 5 p.m. no pass is required"; "before 11 am" would be in lift hours
        value = PassRequired.DURING_OPERATIONS if all(is_off_hours(span) for span in hours) else None
        return one.scoped.claim(FIELD, value, _ELSEWHEN, Strength.IMPLIED) if value else None
    if one.clause.has("date") and one.clause.has("until_date", "since_date"):
        return None  # "No pass is needed until January 3"
    if is_parted(one.clause, "uphill_pass", "register_word"):
        needed = "needed instead of another thing"
        return (
            one.scoped.claim(FIELD, PassRequired.ALWAYS, needed) if _is_told_instead(one) else None
        )  # "A pass isn't required, but a free registration is"
    if one.clause.has("additional"):
        return one.scoped.claim(FIELD, PassRequired.NEVER, "no additional pass needed", Strength.IMPLIED)
    one_kind = bool(one.credentials) and Credential.UPHILL_PASS not in one.credentials
    strength = Strength.IMPLIED if one_kind else Strength.PLAIN
    return one.scoped.claim(FIELD, PassRequired.NEVER, "told not to be needed", strength)


def _is_told_instead(one: PassTalk) -> bool:
    """As in "You don't need a lift ticket, only an uphill pass"."""
    needless = [verdict.at for verdict in one.clause.verdicts if verdict.kind == "need_not"]
    passes = [hit.first for hit in one.clause.hits.get("uphill_pass", ())]
    behind = bool(needless and passes) and max(needless) < min(passes)
    return behind and is_parted(one.clause, "uphill_pass") and not one.clause.has("holder_word", "permit")


def _is_free(scoped: Scoped) -> bool:
    whole = scoped.whole
    if not whole.has("free") or whole.has("not_free", "season_pass", "lift_ticket", "rental", "minor"):
        return False
    if not parks_aside(whole):
        return False
    if not any(clause.has("free") and frees_access(clause) for clause in scoped.clauses):
        return False
    if whole.has("obtain") and "must" in scoped.sentence.kinds:
        return False  # "Going up is free, but everyone has to fetch a bib"
    titled = scoped.headed("price_question") and len(whole.tokens) <= _SHORT
    asked = titled or 0 <= whole.first("price_question") <= 1  # "Price | free", "Die Teilnahme ist frei"
    travels = whole.has("uphill", "uphill_route", "designated") or any(
        whole.all("access_word", c) for c in ("ascend", "route_noun")
    )
    # "Access is free", "We charge nothing for that"
    travels = travels or 0 <= whole.first("access_word") <= 1 or whole.has("refers_back")
    return asked or (travels and scoped.scope is Scope.EXPLICIT)


def _goes_on_free(scoped: Scoped, before: Scoped | None) -> bool:
    """As in "One climbs by day and by night. It is free"."""
    if (
        before is None
        or before.sentence.block is not scoped.sentence.block
        or before.scope is not Scope.EXPLICIT
    ):
        return False
    told = scoped.whole.all("free", "price_pronoun") and len(scoped.whole.tokens) <= _SHORT
    bare = (told and scoped.whole.first("price_pronoun") == 0) or says_free_alone(scoped.whole)
    others = before.whole.has("facility", "any_pass_word", "rental", "trailhead", "dog")
    others = others or scoped.whole.has("minor", "season_pass", "trailhead", "park", "facility")
    return bare and before.whole.travels and not others


def settle(claims: Sequence[Claim], settled: Mapping[str, Settled]) -> Settled:
    if value_of(settled, "access") == "prohibited":
        return UNSTATED
    if not claims:
        sold = settled["prices"].claims[:1]
        return Settled(PassRequired.ALWAYS, sold, "it is sold for going up") if sold else UNSTATED
    elsewhen = [claim for claim in claims if claim.why in _SPARING]
    # what is only implied counts only where nothing is said outright
    claims = [c for c in claims if c.strength is not Strength.IMPLIED] or claims
    demanded = {claim.value for claim in claims} - {PassRequired.NEVER}
    if not demanded:
        return backed(claims, PassRequired.NEVER)
    if PassRequired.NEVER in {claim.value for claim in claims if claim.strength is Strength.PLAIN}:
        return Settled(None, (), "a pass is both demanded and told not to be needed")
    if PassRequired.ALWAYS in demanded or len(demanded) > 1:
        return _but_not_elsewhen(claims, elsewhen, demanded)
    return _in_phase(claims, demanded.pop(), settled)


def _in_phase(claims: Sequence[Claim], value: PassRequired, settled: Mapping[str, Settled]) -> Settled:
    """A demand of one phase, where climbing may be allowed in that phase alone."""
    during, outside = (value_of(settled, f"{phase}_operations") for phase in ("during", "outside"))
    own = [claim for claim in claims if claim.value is value]
    spared = all(claim.why in _SPARING for claim in own)
    headed = all(claim.why == _ELSEWHEN_HEADED for claim in own)
    if headed and value is PassRequired.DURING_OPERATIONS and during is None:
        return backed(claims, PassRequired.NEVER, among={value})  # a page on evenings alone
    only = outside if spared and value is PassRequired.OUTSIDE_OPERATIONS else during
    if spared and only is Permission.PROHIBITED:
        return backed(claims, PassRequired.NEVER, among={value})
    # a page on evening tours alone says nothing of the day: what it demands, it demands always
    evenings = during is not Permission.ALLOWED and all(claim.why == _UNDER_HEADING for claim in claims)
    only_outside = during is Permission.PROHIBITED or evenings
    if value is PassRequired.OUTSIDE_OPERATIONS and only_outside and not spared:
        return backed(claims, PassRequired.ALWAYS, among={value})
    return backed(claims, value)


def _but_not_elsewhen(
    claims: Sequence[Claim], elsewhen: Sequence[Claim], demanded: set[PassRequired]
) -> Settled:
    """As in "A pass is required. After the lifts close you need none"."""
    only = {claim.value for claim in elsewhen}
    if len(only) == 1 and demanded <= {PassRequired.ALWAYS, *only}:
        return Settled(
            next(iter(only)), (*backed(claims, PassRequired.ALWAYS, among=demanded).claims[:2], *elsewhen[:1])
        )
    return backed(claims, PassRequired.ALWAYS, among=demanded)
