"""A form to sign, a desk to report at: what facts on such duties share."""

from crawler.extract.claims import Claim, Strength
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Requirement

_NEAR = 2
"""Tokens from a "no" to what there is none of: "no daily check-in"."""
BUT = frozenset(["but", "aber", "sondern", "jedoch", "mais", "ma", "bensì", "però"])
_LISTED = 4
"""Tokens from a "no" to the last of what there is none of: "no form or waiver"."""


def lifted(field: str, scoped: Scoped) -> Claim:
    return scoped.claim(field, Requirement.NOT_REQUIRED, "told not to be needed")


def laid_down(field: str, scoped: Scoped, clause: Clause, why: str) -> Claim:
    """A claim that the duty exists, the surer where a word such as "must" says so."""
    strength = Strength.EXPLICIT if clause.rules("must") else Strength.PLAIN
    return scoped.claim(field, Requirement.REQUIRED, why, strength)


def is_lifted(clause: Clause, *concepts: str) -> bool:
    """Whether the clause says that there is no such duty."""
    if clause.answer == "no" or is_none(clause, *concepts):
        return True
    return clause.rules("need_not") and not is_parted(clause, *concepts)


def is_parted(clause: Clause, *concepts: str) -> bool:
    """As in "A pass isn't required, but a free registration is", "… not a lift ticket, only an uphill pass"."""
    needless = [verdict.at for verdict in clause.verdicts if verdict.kind == "need_not"]
    buts = [index for index, token in enumerate(clause.tokens) if token.fold in BUT]
    duties = [hit.first for hit in clause.hits_of(*concepts) if any(at < hit.first for at in needless)]
    instead = min(duties, default=0)
    only = [hit.first for hit in clause.hits.get("only", ()) if 0 < instead - hit.last <= _NEAR]
    # "Eine Reservierung ist nicht nötig, ein Ticket aber schon"
    behind = [but for but in buts if but == instead + 1]
    return bool(behind) or any(at < but < instead for at in needless for but in (*buts, *only))


def is_none(clause: Clause, *concepts: str) -> bool:
    """As in "there is no waiver to sign", "no registration or sign-in", and not "no waiver, no skinning"."""
    if clause.travels and not clause.has("free"):
        return False
    joints = {hit.first for hit in clause.hits.get("either", ())}
    # "No, it is free and without registration": what answers a question denies nothing behind it
    answers = {0} if [token.fold for token in clause.tokens[1:2]] == [","] else set[int]()
    denied = [hit for hit in clause.hits.get("neg", ()) if hit.last not in answers]
    # "just go, without registration", and not "without registration no access"
    lacking = (
        clause.hits.get("without", ())
        if not (denied or clause.rules("forbid"))
        and (clause.has("free") or not clause.has("violation", "not_price", "if_strict"))
        else ()
    )
    return any(
        no.within(hit)  # "nothing to sign"
        or 0 < hit.first - no.last <= (_LISTED if any(no.last < j < hit.first for j in joints) else _NEAR)
        for no in (*denied, *lacking)
        for hit in clause.hits_of(*concepts)
    )
