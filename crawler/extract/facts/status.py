"""What the page announces for now: uphill travel open or closed."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import Claim, Settled, Strength
from crawler.extract.combine import strongest
from crawler.extract.document import Document, Scope, Scoped
from crawler.extract.operations import phases
from crawler.extract.sentences import Clause
from crawler.extract.times import spans
from uphill.vocabulary import Status

FIELD = "status"
NEEDS: tuple[str, ...] = ()
_NEAR = 8
"""Tokens between uphill travel and its state in a longer sentence."""
_SHORT = 12
"""Words of a banner such as "Uphill is closed"."""


def claims(document: Document) -> Iterator[Claim]:
    for scoped in document.sentences:
        read = _read(scoped)
        if read is not None:
            value, strength, why = read
            yield Claim(FIELD, value, scoped.sentence.start, scoped.sentence.end, strength, why)


def _read(scoped: Scoped) -> tuple[Status, Strength, str] | None:  # noqa: PLR0911 - one return a rule, in their order
    whole, block = scoped.whole, scoped.sentence.block
    none_now = (
        whole.has("now")
        and not whole.has("permit", "forbid")
        and any(c.rules("forbid") and c.near("neg", "uphill", 2) for c in scoped.clauses)
    )
    if scoped.sentence.asks or not (whole.has("open", "closed") or none_now):
        return None
    uphill = whole.has("uphill") or (
        scoped.headed("uphill") and scoped.scope is Scope.EXPLICIT and whole.has("status_word")
    )
    if (
        not uphill
        or whole.has("if_strict", "season_end", "may_be", "special_place")
        or (whole.has("every_day") and not whole.has("status_word"))
        or (whole.has("machines") and not whole.has("now", "status_word"))
        or phases(whole)
        or spans(whole)
    ):
        return None
    if whole.has("open_to") and not whole.has("status_word") and not block.alert and not _opens_uphill(whole):
        return None
    announced = whole.has("status_word") or block.alert or block.level in (1, 2)
    words = sum(not t.is_mark for t in whole.tokens)
    if not announced and not (words <= _SHORT and _is_state(whole)):
        return None
    near = whole.near("uphill", "open", _NEAR) or whole.near("uphill", "closed", _NEAR)
    if not (near or none_now or words <= _SHORT):
        return None
    value = Status.CLOSED if none_now else _value(whole)
    if value is None:
        return None
    return value, Strength.EXPLICIT if announced else Strength.PLAIN, "announced for now"


def _opens_uphill(clause: Clause) -> bool:
    """As in "Open for uphill", and not "uphill is open to season pass holders"."""
    travel = clause.hits.get("uphill", ())
    return any(0 < t.first - o.last <= 2 for o in clause.hits["open_to"] for t in travel)


def _is_state(clause: Clause) -> bool:
    return clause.near("uphill", "open", 3) or clause.near("uphill", "closed", 3)


def _value(clause: Clause) -> Status | None:
    is_open, is_closed = clause.has("open"), clause.has("closed")
    if is_open and is_closed:
        return None
    if is_open and clause.has("neg"):
        return Status.CLOSED
    if is_closed and clause.has("neg"):
        return None
    return Status.OPEN if is_open else Status.CLOSED


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    return strongest(claims)
