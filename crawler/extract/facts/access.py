"""Whether uphill travel is permitted at all."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import backed
from crawler.extract.document import Document, Scope, Scoped
from crawler.extract.operations import phases
from crawler.extract.sentences import Clause
from crawler.extract.times import spans
from uphill.vocabulary import Access

FIELD = "access"
NEEDS: tuple[str, ...] = ()

_LIMITS = (
    "if",
    "except",
    "without",
    "only",
    "designated",
    "machines",
    "special_place",
    "dog",
    "snowshoe",
    "foot",
    "bike",
    "status_word",
    "downhill",
    "date",
    "any_pass_word",
    "other_route",
)

_SHORT = 8
"""Tokens of a heading such as "Uphill traffic: not allowed"."""
_KINDS = ("snowshoe", "foot", "bike", "downhill", "status_word")


def claims(document: Document) -> Iterator[Claim]:
    for scoped in document.main:
        if scoped.sentence.asks:
            continue
        for clause in scoped.clauses:
            read = _read(clause, scoped)
            if read is not None:
                value, strength, why = read
                yield Claim(FIELD, value, scoped.sentence.start, scoped.sentence.end, strength, why)


def _read(clause: Clause, scoped: Scoped) -> tuple[Access, Strength, str] | None:  # noqa: PLR0911 - one return a rule, in their order
    about = clause.has("uphill", "ascend") or (scoped.named and scoped.scope is Scope.EXPLICIT)
    if not about:
        return None
    kinds = {verdict.kind for verdict in clause.verdicts}
    if "forbid" in kinds:
        whole = scoped.whole
        limits = _LIMITS if not clause.has("uphill") else tuple(c for c in _LIMITS if c not in _KINDS)
        bounded = clause.has(*limits) or whole.has("except", "only", "if") or phases(whole) or spans(whole)
        short = len(whole.tokens) <= _SHORT and scoped.named
        shut = clause.has("closed", "now") and not clause.has("permit")
        if (
            not bounded
            and not shut
            and (clause.has("uphill", "ascend") or short)
            and not scoped.sentence.block.alert
            and not scoped.heading_phase
        ):
            return Access.PROHIBITED, Strength.EXPLICIT, "banned without any condition"
        if clause.has("without", "except") or spans(whole) or clause.has("only"):
            return Access.ALLOWED, Strength.IMPLIED, "banned under a condition only"
        if clause.has("if", "machines") and not phases(whole):
            return Access.ALLOWED, Strength.IMPLIED, "banned under a condition only"
        return None
    if "permit" in kinds:
        strong = clause.has("uphill") or clause.has("ascend")
        return Access.ALLOWED, Strength.EXPLICIT if strong else Strength.PLAIN, "allowed"
    binding = clause.has("uphill", "ascend", "you") and "must" in kinds
    if binding or clause.has("designated_route", "stay_on_route", "only"):
        return Access.ALLOWED, Strength.PLAIN, "a rule for those who go up"
    told = (
        clause.travels
        and scoped.scope is Scope.EXPLICIT
        and clause.has("you", "route_noun", "uphill_pass", "price_word", "slopes")
    )
    if told or (clause.travels and spans(clause)):
        return Access.ALLOWED, Strength.IMPLIED, "tells how people go up"
    return None


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    """Allowed somewhere, at some time, is allowed; a ban needs that nothing says otherwise."""
    allowed = [c for c in claims if c.value is Access.ALLOWED]
    banned = [c for c in claims if c.value is Access.PROHIBITED]
    explicit = [c for c in allowed if c.strength is Strength.EXPLICIT]
    plain = [c for c in allowed if c.strength is Strength.PLAIN]
    outweighed = explicit or len(plain) > len(banned) or len(allowed) > 2 * len(banned) + 1
    if banned and not outweighed:
        return backed(banned, Access.PROHIBITED)
    return backed(allowed, Access.ALLOWED) if allowed else UNSTATED
