"""Whether a clause tells that a credential is not needed."""

from crawler.extract.passes.credentials import CONCEPTS, credential_hits
from crawler.extract.passes.purposes import serves_another_purpose
from crawler.extract.sentences import Clause, Sentence

_NOR = frozenset(["nor", "noch", "ni", "né"])
_GOES_ON = 3
"""Tokens from a "without" to a "nor" that goes on from it."""
_NEAR = 4
"""Tokens between "without" and what one goes without."""


def waives(clause: Clause, sentence: Sentence) -> bool:
    """Whether the clause tells that a credential is not needed."""
    if _is_none(clause):
        return True
    lacking = clause.has("without") and clause.rules("forbid")  # "No pass, no climb"
    if lacking or lacks_and_buys(clause) or _spares_another_duty(clause) or serves_another_purpose(clause):
        return False
    if not clause.has("without"):
        return clause.rules("need_not") or clause.has("no_pass")
    own = {verdict.kind for verdict in clause.verdicts}
    if clause.travels and own == {"permit"}:
        goes = _goes_without(clause, min(verdict.at for verdict in clause.verdicts))
        return goes or (clause.has("no_pass") and not clause.has("obtain", "buy"))
    if "permit" in sentence.kinds - own and "forbid" not in sentence.kinds and not denies(sentence.whole):
        # "Climbing is allowed, always without a pass"
        return not clause.has("you", "obtain", "buy") and _goes_without(clause, -1)
    return clause.rules("need_not") or clause.has("no_pass")


def lacks_and_buys(clause: Clause) -> bool:
    """As in "Users not holding a season pass must purchase an uphill pass": the "not" is not that of the "must"."""
    musts = [verdict.at for verdict in clause.verdicts if verdict.kind == "need_not"]
    if not musts:
        return False
    passes = [hit for hits in credential_hits(clause).values() for hit in hits]
    passes += clause.hits.get("any_pass_word", ())
    lacked = any(
        held.first - no.last > 1 and held.last < musts[0]
        for no in clause.hits.get("neg", ())
        for held in passes
        if no.last < musts[0]
    )
    bought = any(musts[0] < hit.first for hit in clause.hits_of("obtain", "buy", "hold"))
    return lacked and bought and any(hit.first > musts[0] for hit in passes)


def denies(clause: Clause) -> bool:
    """Whether it holds a "no" that does not go on from a "without": "sans forfait ni inscription"."""
    lacking = [hit.last for hit in clause.hits.get("without", ())]
    return any(
        clause.tokens[no.first].fold not in _NOR
        or not any(0 < no.first - last <= _GOES_ON for last in lacking)
        for no in clause.hits.get("neg", ())
    )


def _goes_without(clause: Clause, permitted: int) -> bool:
    """As in "You may climb without a pass", and not "without extra charge" or "without a pass you may not"."""
    passes = clause.hits_of("any_pass_word", *CONCEPTS)
    return any(
        w.first > permitted and any(0 <= p.first - w.last <= _NEAR or w.covers(p.first) for p in passes)
        for w in clause.hits["without"]
    )


def _spares_another_duty(clause: Clause) -> bool:
    """As in "There is no need to check in once you have your pass"."""
    needless = [verdict.at for verdict in clause.verdicts if verdict.kind == "need_not"]
    duties = [hit.first for hit in clause.hits_of("check_in", "waiver", "sign")]
    passes = [hit.first for hit in clause.hits_of("any_pass_word", *CONCEPTS)]
    return bool(needless and duties and passes) and needless[0] < min(duties) < min(passes)


def _is_none(clause: Clause) -> bool:
    """As in a row "Uphill ticket | none", "Ticket: no"."""
    marks = [index for index, token in enumerate(clause.tokens) if token.fold in "|:"]
    named = clause.first("any_pass_word") == 0 or clause.first("uphill_pass") == 0
    if len(marks) != 1 or not named:
        return False
    told = clause.hits_of("none_alone", "answer_no")
    ends = len(clause.tokens) - (2 if clause.tokens[-1].is_mark else 1)
    return any(hit.first == marks[0] + 1 and hit.last == ends for hit in told)
