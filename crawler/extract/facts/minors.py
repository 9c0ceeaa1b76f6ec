"""What a minor needs to go up: an adult's signature, an adult's company, or both."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import backed
from crawler.extract.document import Document
from crawler.extract.sentences import Clause
from uphill.vocabulary import Minors

FIELD = "minors"
NEEDS: tuple[str, ...] = ()
_TOLD = frozenset(["minor_person", "least_age", "guardian"])
_NEAR = 6
"""Tokens between a minor and the ban on going alone."""


def claims(document: Document) -> Iterator[Claim]:
    before: Clause | None = None
    block = None
    for scoped in document.main:
        if scoped.sentence.block is not block:
            before = None
        if scoped.speaks_of(_TOLD) and not scoped.sentence.asks:
            whole = scoped.whole
            subject = whole.has("minor_person", "least_age") or (
                before is not None and before.has("minor_person")
            )
            for value in _read(whole, scoped.sentence.kinds, minors=subject):
                start, end = scoped.sentence.start, scoped.sentence.end
                yield Claim(FIELD, value, start, end, Strength.PLAIN, "speaks of minors")
        before, block = scoped.whole, scoped.sentence.block


def _read(clause: Clause, kinds: frozenset[str], *, minors: bool) -> Iterator[Minors]:
    if not minors or clause.has("rental", "not_waiver", "dog"):
        return
    if _signed(clause, kinds):
        yield Minors.SIGNATURE
    if _accompanied(clause, kinds):
        yield Minors.COMPANY
    elif _barred(clause, kinds):
        yield Minors.PROHIBITED


def _signed(clause: Clause, kinds: frozenset[str]) -> bool:
    """As in "a parent must sign for minors", "those under 18 need a guardian's consent"."""
    if "need_not" in kinds or not clause.has("guardian"):
        return False
    return clause.has("guardian_signs") or clause.has("sign")


def _accompanied(clause: Clause, kinds: frozenset[str]) -> bool:
    """As in "minors must be accompanied", "no one under 16 without an adult"."""
    # "must be 18 or older, or be accompanied by an adult"
    young = clause.has("minor_person") or clause.all("least_age", "either")
    if _is_lifted(kinds) or not young:
        return False
    if clause.has("alone_minor"):
        return bool(kinds & {"forbid"}) or clause.has("neg")
    priced = clause.has("free", "neg", "price_word", "other_skiers")
    bare = not kinds and len(clause.tokens) <= 2 * _NEAR and not priced
    return clause.has("accompanied") and (bool(kinds & {"must", "forbid"}) or bare or clause.has("only"))


def _is_lifted(kinds: frozenset[str]) -> bool:
    """Whether there is no such duty; "kids need no pass but must be with a parent" lays one down."""
    return "need_not" in kinds and "must" not in kinds


def _barred(clause: Clause, kinds: frozenset[str]) -> bool:
    """As in "no one under 16 may go up"; what is barred for small children only tells nothing of minors."""
    if clause.has("except", "without", "accompanied", "sign", "guardian", "small_child", "any_pass"):
        return False
    goes = clause.has("uphill", "ascend", "slopes", "access_word")
    if clause.has("least_age"):
        return goes and bool(kinds & {"must", "permit"})
    first = clause.first("minor_person")
    told = any(abs(hit.first - first) <= _NEAR for hit in clause.hits.get("neg", ())) or "forbid" in kinds
    return goes and first >= 0 and told and "forbid" in kinds and not clause.has("dog", "bike", "downhill")


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    """A signature and company told apart make both; a ban beside a condition is that condition."""
    told = {claim.value for claim in claims}
    if {Minors.SIGNATURE, Minors.COMPANY} <= told:
        both = [
            next(claim for claim in claims if claim.value is value)
            for value in (Minors.SIGNATURE, Minors.COMPANY)
        ]
        apart = both if both[0].start != both[1].start else both[:1]
        return Settled(Minors.SIGNATURE_AND_COMPANY, tuple(apart))
    for value in (Minors.SIGNATURE, Minors.COMPANY, Minors.PROHIBITED):
        if value in told:
            return backed(claims, value)
    return UNSTATED
