"""Every credential that opens the gate."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from crawler.extract.automaton import Hit
from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import value_of
from crawler.extract.document import Document
from crawler.extract.languages import of_all
from crawler.extract.passes.mentions import PassTalk, holders_before, talk
from crawler.extract.passes.products import is_uphill_ticket
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Credential, PassRequired

FIELD = "pass_accepts"
NEEDS = ("pass_required", "prices")

_JOINERS = of_all("joiners")
_AT_THE_END = frozenset(["nicht"])
_NOT = 4
"""Tokens from a "not" to what it undoes."""
_WITH = frozenset(["with", "mit", "avec", "con"])
_ORS = frozenset(["or", "oder", "ou", "o", "oppure"])
_GOES = 3
"""Tokens from "go" to "free"."""
_LABEL = 5
"""Tokens of a label before a colon."""
_SIGNS = frozenset(["$", "€", "£", "chf", "eur", "cad", "usd"])
_PRICED = 5
"""Tokens from a product to the sign of its price."""
_EXCEPTED = 6
"""Tokens from an "except" to whom it lets off."""
_ORDER = (Credential.UPHILL_PASS, Credential.SEASON_PASS, Credential.LIFT_TICKET)


def claims(document: Document) -> Iterator[Claim]:
    yield from _rows(document)
    for before, one in pairwise((None, *talk(document))):
        if one is None:
            continue
        if before is not None and _excepts_holders(one, before):
            for credential in one.credentials:
                yield one.scoped.claim(FIELD, credential, "its holders are excepted from an uphill pass")
            continue
        for credential in one.credentials:
            if _opens(one, credential) and not (
                credential is Credential.SEASON_PASS
                and (_must_fetch_another(one) or _is_product_for_holders(one))
            ):
                waived = one.clause.has("free") and credential is Credential.SEASON_PASS
                strength = Strength.IMPLIED if waived else Strength.PLAIN
                yield one.scoped.claim(FIELD, credential, "named as a credential", strength)
        if _frees_holders(one):
            yield one.scoped.claim(FIELD, Credential.SEASON_PASS, "holders need no other pass")


def _rows(document: Document) -> Iterator[Claim]:
    """Rows such as "Season pass | included" below one with an uphill pass, though they name another product."""
    sold: tuple[Clause, ...] | None = None
    for scoped in document.sentences:
        whole = scoped.whole
        if not scoped.sentence.block.row:
            sold = None
        elif scoped.scope and whole.has("uphill_pass", "uphill"):
            sold = scoped.headings
        elif (
            not scoped.scope
            and scoped.headings == sold
            and whole.all("season_pass", "included")
            and not _excluded(whole)
        ):
            yield scoped.claim(FIELD, Credential.SEASON_PASS, "included, in a table of uphill passes")


def _excepts_holders(one: PassTalk, before: PassTalk) -> bool:
    """As in "Climbers need a touring card. Excepted are guests with a season card or a day ticket"."""
    clause = one.clause
    near = before.scoped.sentence.block is one.scoped.sentence.block and before.demanded
    told = 0 <= clause.first("except") <= 1 and clause.has("hold", "holder_word", "for_people_with")
    others = one.credentials and Credential.UPHILL_PASS not in one.credentials
    return bool(others) and told and near and Credential.UPHILL_PASS in before.credentials


def _frees_holders(one: PassTalk) -> bool:
    """As in "Season pass holders: no uphill ticket needed", or "except for season pass holders"."""
    whole, clause = one.scoped.whole, one.clause
    if Credential.SEASON_PASS in one.credentials and 0 <= clause.first("except") <= 1:
        return whole.has("uphill_pass") and one.scoped.sentence.rules("must")
    lead = clause.lead
    if Credential.UPHILL_PASS not in one.credentials or lead is None:
        return False
    return one.waived and lead.has("season_pass") and len(lead.tokens) <= _LABEL


def _opens(one: PassTalk, credential: Credential) -> bool:
    clause = one.clause
    if one.waived and credential is Credential.SEASON_PASS:
        # "season pass holders do not need an uphill pass"
        alone = one.credentials == (credential,) and one.of_some
        alone = alone or (Credential.UPHILL_PASS in one.credentials and clause.has("hold", "for_people_with"))
        return alone or _are_let_off(clause, f"{credential}")
    if one.waived:
        return credential is Credential.LIFT_TICKET and _are_let_off(clause, f"{credential}")
    if credential is Credential.UPHILL_PASS:
        listed = one.scoped.whole.has("credential_list") and one.scoped.whole.has("either")
        return (
            one.demanded
            or listed
            or (
                clause.has("buy", "obtain")
                and not _only_holders(clause, "uphill_pass")
                and not _none_is_sold(clause)
                and not clause.near("neg", "buy", _NOT)  # "We do not sell a separate uphill ticket"
            )
        )
    if clause.answer == "no":
        return False  # "Does my season pass count as an uphill card? No."
    if (
        clause.has("not_accepted", "accompanied")  # "accompanied by an adult pass holder"
        or _is_priced_below(one, credential)
        or (credential is Credential.LIFT_TICKET and is_uphill_ticket(clause))
        or (one.demanded and _need_it_too(clause))
    ):
        return False
    return _opens_also(one, credential)


def _are_let_off(clause: Clause, concept: str) -> bool:
    """As in "Holders of a season pass or a lift ticket do not need an uphill pass"."""
    needless = min((v.at for v in clause.verdicts if v.kind == "need_not"), default=-1)
    held = clause.hits.get(concept, ())
    holders = min((hit.first for hit in clause.hits.get("holder_word", ())), default=needless)
    return any(holders <= hit.first and hit.last < needless for hit in held)


def _is_priced_below(one: PassTalk, credential: Credential) -> bool:
    """As the day pass of "You need an uphill pass: $60 a season, or day pass for $8": an uphill pass, too."""
    whole = one.scoped.whole
    labels = [index for index, token in enumerate(whole.tokens) if token.fold == ":"]
    hits = whole.hits.get(f"{credential}", ())
    return bool(hits) and all(
        any(up.last < label < hit.first for up in whole.hits.get("uphill_pass", ()) for label in labels)
        and any(token.fold in _SIGNS for token in whole.tokens[hit.last + 1 : hit.last + _PRICED])
        for hit in hits
    )


def _none_is_sold(clause: Clause) -> bool:
    """As in "There is no day ticket or uphill pass for sale"."""
    return not clause.rules("must") and any(
        0 < hit.first - no.last <= _NOT and clause.tokens[no.first].fold in _NO
        for no in clause.hits.get("neg", ())
        for hit in clause.hits.get("uphill_pass", ())
    )


_NO = frozenset(["no", "kein", "keine", "keinen", "aucun", "aucune", "nessun", "nessuna", "nessuno"])


def _only_holders(clause: Clause, concept: str) -> bool:
    return concept in holders_before(clause, len(clause.tokens))


def _opens_also(one: PassTalk, credential: Credential) -> bool:  # noqa: PLR0911 - one return a rule, in their order
    """Whether a season pass or lift ticket opens the gate beside, or in place of, an uphill pass."""
    clause = one.clause
    seasonal = credential is Credential.SEASON_PASS
    with_uphill_pass = Credential.UPHILL_PASS in one.credentials
    refused = clause.has("obtain") or _negated(clause)
    if seasonal and not refused and _is_free_with_it(clause, with_uphill_pass=with_uphill_pass):
        return True
    if seasonal and with_uphill_pass and (_are_excepted(one) or _lets_in_before_others(clause)):
        return True
    if with_uphill_pass and one.demanded and _are_alternatives(clause, f"{credential}"):
        return True  # "a season pass or a free uphill pass"
    if not seasonal and not with_uphill_pass and not refused and _go_free(clause, f"{credential}"):
        return True
    waived = any(not free.within_any(clause.hits.get("included", ())) for free in clause.hits.get("free", ()))
    if waived or clause.has("show_to_fetch", "holders_too"):
        return False
    if clause.has("included") and (_is_about(one.scoped) or one.beside or clause.has("if_strict")):
        return not _excluded(clause)
    if clause.has("without") and one.demanded and seasonal:
        return True  # "anyone without a season pass needs …"
    must = next((v.at for v in clause.verdicts if v.kind == "must"), None)
    if must is not None and f"{credential}" in holders_before(clause, must):
        return False  # "season passholders need an armband too"
    if one.scoped.whole.has("credential_list") and one.scoped.whole.has("either"):
        return True  # "Three products will do: a season pass, a lift ticket or an uphill pass"
    alone_or_listed = not with_uphill_pass or clause.has("either", "only") or _is_followed_by_or(one)
    return one.demanded and alone_or_listed


def _need_it_too(clause: Clause) -> bool:
    """As in "Holders of a season pass or a lift ticket need an uphill pass as well"."""
    people = clause.hits_of("for_people_with", "holder_word")
    too = [hit.first for hit in clause.hits.get("too", ())]
    return any(
        who.first < add < up.first
        for who in people
        for add in too
        for up in clause.hits.get("uphill_pass", ())
    )


def _are_excepted(one: PassTalk) -> bool:
    """As in "an uphill pass is required, except for season pass holders"."""
    return one.demanded and one.clause.near("except", "season_pass", _EXCEPTED)


def _go_free(clause: Clause, concept: str) -> bool:
    """As in "Season passholders and lift ticket holders skin free"."""
    free = clause.first("free")
    travel = min((hit.first for hit in clause.hits_of("uphill", "ascend")), default=-1)
    return 0 <= travel < free and concept in holders_before(clause, travel)


def _is_followed_by_or(one: PassTalk) -> bool:
    """As in "A valid uphill pass, any season pass, | or a lift ticket must be displayed"."""
    following = next(
        (t for t in one.scoped.whole.tokens if t.start >= one.clause.end and not t.is_mark), None
    )
    return following is not None and following.fold in _ORS


def _is_free_with_it(clause: Clause, *, with_uphill_pass: bool) -> bool:
    """As in "Uphill access is free with a season pass", "With the season pass you go for free".

    Not as in "Season pass holders go for free", which may waive the price alone.
    """
    climbs = clause.travels or clause.has("access_word")
    if clause.has("free") and climbs and not with_uphill_pass:
        return True
    return any(
        clause.tokens[max(0, held.first - before)].fold in _WITH and clause.near("goes", "free", _GOES)
        for held in clause.hits.get("season_pass", ())
        for before in (1, 2, 3)
    )


def _is_about(scoped: Scoped) -> bool:
    """Whether what is included is going up."""
    if scoped.whole.has("uphill", "uphill_pass", "access_word") or scoped.headed("uphill", "uphill_pass"):
        return True
    tabled = scoped.sentence.block.row or scoped.headed("price_question")
    return tabled and scoped.scope is Scope.EXPLICIT


def _lets_in_before_others(clause: Clause) -> bool:
    """As in "Who has a season pass climbs for free, all others buy an uphill pass"."""
    others = clause.first("others")
    passes = clause.first("season_pass")
    between = clause.hits_of("free", "included")
    fetched = [hit for hit in clause.hits_of("uphill_pass", "obtain") if hit.first < others]
    return any(passes < hit.first < others for hit in between) and not fetched


def _excluded(clause: Clause) -> bool:
    """As in "does not include", "ersetzt sie nicht": and not as in "included, nothing else to buy"."""
    words = [token.fold for token in clause.tokens if not token.is_mark]
    return words[-1] in _AT_THE_END or any(
        0 < hit.first - no.last <= _NOT
        for no in clause.hits.get("neg", ())
        for hit in clause.hits.get("included", ())
    )


def _must_fetch_another(one: PassTalk) -> bool:
    """As in "Season pass holders climb for free, but must get an armband": the other clause names nobody else."""
    behind = (c for c in one.scoped.clauses if c.start > one.clause.start)
    return one.clause.has("holder_word") and any(
        c.has("uphill_pass", "uphill_token")
        and c.has("obtain")
        and c.rules("must")
        and _goes_on(c)
        and not c.has("others", "holder_word", "without")
        and not any(0 <= c.first("you") < verdict.at for verdict in c.verdicts)
        for c in behind
    )


def _is_product_for_holders(one: PassTalk) -> bool:
    """As a row "Uphill pass, season pass holders | $0, pick up at the window"."""
    whole = one.scoped.whole
    cell = next((index for index, token in enumerate(whole.tokens) if token.fold == "|"), 0)
    holders = [hit for hit in whole.hits.get("holder_word", ()) if hit.last < cell]
    product = any(hit.last < cell for hit in whole.hits.get("uphill_pass", ()))
    return product and bool(holders) and not (whole.has("included") or one.waived)


def _goes_on(clause: Clause) -> bool:
    """Whether an "and" or a "but" joins it to what stands before."""
    before = clause.text[: clause.start].split()[-1:]
    return clause.tokens[0].fold in _JOINERS or bool(before and before[0].casefold() in _JOINERS)


def _is_priced_for(clause: Clause, holders: Hit) -> bool:
    """As in "An uphill pass is $89, or $29 for season pass holders"."""
    held = holders.overlaps_any(clause.hits.get("holder_word", ()))
    before = clause.tokens[max(0, holders.first - _PRICED) : holders.first]
    return held and any(token.fold in _SIGNS for token in before)


def _is_free_for(clause: Clause, holders: Hit) -> bool:
    """As in "an uphill season pass ($59; free for current season passholders)"."""
    held = holders.overlaps_any(clause.hits.get("holder_word", ()))
    return held and any(0 < holders.first - free.last <= _NOT for free in clause.hits.get("free", ()))


def _are_alternatives(clause: Clause, concept: str) -> bool:
    """Whether an "or" stands between the uphill pass and the other credential."""
    uphill = clause.hits.get("uphill_pass", ())
    others = [hit for hit in clause.hits.get(concept, ()) if not hit.within_any(uphill)]
    others = [hit for hit in others if not (_is_free_for(clause, hit) or _is_priced_for(clause, hit))]
    named = [*uphill, *others] if others else []
    ends = (min(h.last for h in named), max(h.first for h in named)) if named else (0, 0)
    return any(ends[0] < hit.first < ends[1] for hit in clause.hits.get("either", ()))


def _negated(clause: Clause) -> bool:
    """Whether it holds a "no" that is not that of "at no cost"."""
    free = clause.hits.get("free", ())
    return any(not any(f.covers(n.first) for f in free) for n in clause.hits.get("neg", ()))


def _sold(settled: Mapping[str, Settled]) -> Iterator[Claim]:
    """An uphill product that has a price opens the gate where something must be held."""
    if value_of(settled, "pass_required") is not None:
        for claim in settled["prices"].claims[:1]:
            yield replace(claim, field=FIELD, value=Credential.UPHILL_PASS, strength=Strength.IMPLIED)


def settle(claims: Sequence[Claim], settled: Mapping[str, Settled]) -> Settled:
    if value_of(settled, "pass_required") is PassRequired.NEVER:
        return UNSTATED
    claims = [*claims, *_sold(settled)]
    if not any(claim.value is Credential.UPHILL_PASS for claim in claims):
        # "free with a season pass" frees of a pass that others need
        claims = [claim for claim in claims if claim.strength > Strength.IMPLIED]
    first = {claim.value: claim for claim in sorted(claims, key=lambda c: (-c.strength, -c.start))}
    chosen = [first[credential] for credential in _ORDER if credential in first]
    return Settled(tuple(c.value for c in chosen), tuple(chosen)) if chosen else UNSTATED
