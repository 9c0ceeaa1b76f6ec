"""Registering, signing in or reporting at each visit."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import Claim, Settled
from crawler.extract.combine import strongest
from crawler.extract.document import Document
from crawler.extract.duties import BUT, is_lifted, laid_down, lifted
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

FIELD = "check_in"
NEEDS: tuple[str, ...] = ()
_TOLD = frozenset(["check_in", "register_word"])
_LABELLED = 8
"""Tokens of a label and what it says."""


def claims(document: Document) -> Iterator[Claim]:
    for scoped in document.telling(_TOLD):
        if scoped.sentence.asks or scoped.headed("not_price", "not_check_in"):
            continue
        for clause in scoped.clauses:
            if not clause.has(*_TOLD) or _is_other(clause, scoped):
                continue
            if is_lifted(clause, *_TOLD):
                if clause.has("check_in", "each_time") or not clause.has(
                    "obtain"
                ):  # not "there is nothing to register for or to pick up"
                    yield lifted(FIELD, scoped)
            elif not clause.rules("should") and not clause.rules("permit") and _is_told(clause, scoped):
                yield laid_down(FIELD, scoped, clause, "told to check in")


def _is_other(clause: Clause, scoped: Scoped) -> bool:
    """Whether it is about looking something up, about once a season, or about a race, a room or an account."""
    whole = scoped.whole
    lodges = whole.has("lodging") and not clause.has("each_time")
    # "Sign the annual waiver and check in each morning"
    once = clause.has("once") and not clause.all("check_in", "each_time")
    # "Nobody has to sign in any more, so tell somebody at home"
    lifts = clause.has("check_in") and clause.rules("need_not")
    others = clause if lifts else whole
    return lodges or once or _is_online(clause) or clause.has("look_up") or _names_other(others, lifts=lifts)


def _names_other(clause: Clause, *, lifts: bool) -> bool:
    """Whether it is of something else; "No need to check in, but tell a friend" is of that only behind the "but"."""
    buts = [index for index, token in enumerate(clause.tokens) if token.fold in BUT] if lifts else []
    last = min(buts, default=len(clause.tokens))
    return any(hit.first < last for hit in clause.hits.get("not_check_in", ()))


def _is_online(clause: Clause) -> bool:
    """As in "Register online for free and download the pass", which is done once."""
    told = clause.has("register_word") and (clause.has("link_here") or clause.all("obtain", "any_pass_word"))
    return told and not clause.has("each_time", "desk")


def _is_told(clause: Clause, scoped: Scoped) -> bool:
    """Whether it is for each visit, or where climbers go by: "register" alone may be once a season."""
    whole = scoped.whole
    each = clause.has("each_time") or whole.has("each_time")
    if not clause.has("check_in"):
        return each
    label = len(whole.tokens) <= _LABELLED and clause.first("check_in") <= 1
    said = clause.near("you", "check_in", 1) or clause.has("desk") or clause.rules("must")
    return each or said or clause.travels or label


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    return strongest(claims)
