"""Passes that going up is made to hang on: "You may climb with a pass", "No pass, no climbing"."""

from crawler.extract.passes.credentials import credential_hits
from crawler.extract.sentences import Clause

_GRANTED = frozenset(
    ["free", "included", "except", "without", "neg", "additional", "not_price", "facility", "other_purpose"]
)
"""What else may be granted to those with a pass."""
_WITH = frozenset(["with", "mit", "avec", "con"])
_WITHIN = 2
"""Tokens from "with" to the pass."""
_VALID = 3
"""Tokens from "with a valid" to the pass."""


def may_go_with(clause: Clause) -> bool:
    """As in "You may skin all day with a season pass or day ticket": who has none may not."""
    if clause.kinds != {"permit"} or not _GRANTED.isdisjoint(clause.hits):
        return False
    passes = clause.hits_of("season_pass", "lift_ticket", "uphill_pass")
    travels = [hit.first for hit in clause.hits_of("uphill", "ascend") if not hit.within_any(passes)]
    return bool(travels) and any(
        min(travels) < held.first
        and any(t.fold in _WITH for t in clause.tokens[held.first - _WITHIN : held.first])
        for held in passes
        if held.first >= _WITHIN
    )


def goes_without_neither(clause: Clause) -> bool:
    """As in "No season pass, no climbing"."""
    passes = [hit for hits in credential_hits(clause).values() for hit in hits]
    passes += clause.hits.get("any_pass_word", ())
    lacking = clause.first("neg") == 0 and any(hit.first <= _VALID for hit in passes)
    last = max((hit.last for hit in passes if hit.first <= _VALID), default=0)
    return lacking and any(
        0 < no.first - last <= _VALID and 0 < travel.first - no.last <= _VALID
        for no in clause.hits.get("neg", ())
        for travel in clause.hits_of("uphill", "ascend")
    )
