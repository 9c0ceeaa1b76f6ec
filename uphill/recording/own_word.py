"""What a resort publishes for programs, beside what its pages say: the document decides, the pages fill what it omits.

Where the document speaks of a matter, no page adds to that matter: hours of an old page would go ill with a new ban.
"""

from collections.abc import Collection

from uphill.evidence import ROUTE_STATUS
from uphill.policy import FACTS
from uphill.recording.differences import canonical, stated_values
from uphill.stated import Quoted, Stated
from uphill.vocabulary import Access, PassRequired

MATTERS: tuple[frozenset[str], ...] = (
    frozenset({"access", "during_operations", "outside_operations", "windows", "season"}),
    frozenset({"routes", "designated_routes_only"}),
    frozenset({"pass_cost", "prices"}),
)
"""Facts that are one matter."""
_OF_PASSES = frozenset({"pass_required", "pass_accepts", "pass_cost", "prices", "pass_url"})
_STAND_ALONE = frozenset({"hotline", "status", "status_url"})
"""What may be added to a ban."""


def filled(document: Stated, pages: Stated) -> Stated:
    """What the document states, with what the pages alone say."""
    known, others = document.policy.known(), pages.policy.known()
    silent = _ruled_out(document) | known.keys()
    added = {name: others[name] for name in others if name not in silent}
    if not added:
        return document
    quotes = tuple(quoted for quoted in pages.quotes if _fact_of(quoted) in added)
    return Stated(document.policy.model_copy(update=added), document.quotes + quotes)


def contradicted(document: Stated, pages: Stated) -> tuple[str, ...]:
    """The facts of which the pages say something else than the document, in the order of the policy."""
    told, others = stated_values(document.policy), stated_values(pages.policy)
    return tuple(
        name
        for name in FACTS
        if name in told and name in others and canonical(told[name]) != canonical(others[name])
    )


def from_sources(stated: Stated, source_ids: Collection[int]) -> Stated:
    """What only these pages state of it."""
    theirs = {_fact_of(quoted) for quoted in stated.quotes if quoted.source_id in source_ids}
    theirs -= {_fact_of(quoted) for quoted in stated.quotes if quoted.source_id not in source_ids}
    gone = {name: field.get_default() for name, field in type(stated.policy).model_fields.items()}
    policy = stated.policy.model_copy(update={name: gone[name] for name in gone if name not in theirs})
    return Stated(policy, tuple(quoted for quoted in stated.quotes if _fact_of(quoted) in theirs))


def _ruled_out(document: Stated) -> frozenset[str]:
    policy, known = document.policy, document.policy.known()
    if policy.access is Access.PROHIBITED:
        return frozenset(FACTS) - _STAND_ALONE
    ruled_out = frozenset[str]().union(*(matter for matter in MATTERS if matter & known.keys()))
    return ruled_out | _OF_PASSES if policy.pass_required is PassRequired.NEVER else ruled_out


def _fact_of(quoted: Quoted) -> str:
    return "routes" if quoted.field == ROUTE_STATUS else quoted.field
