"""Hours outside of which something is told to hold: "outside of 7 to 17", "outside lift hours (9 to 16)"."""

from crawler.extract.hours.grounds import Told
from crawler.extract.hours.times import Span

_OF = frozenset(["of", "von", "de", "di"])
_NOON = "12:00"


def lies_outside(told: Told) -> bool:
    """As in "Allowed outside of the hours of 7:00 to 17:30", "Not permitted outside lift hours (9:00 to 16:00)"."""
    clause, span = told.clause, told.span
    if span.open_ended:
        return False
    leads = clause.tokens_of("from", "between")
    named = clause.hits_of("outside_hours", *(("outside_ops",) if _holds_noon(span) else ()))
    # hours in brackets stand behind the clause that they belong to
    end = next((i for i, token in enumerate(clause.tokens) if token.start >= told.at), len(clause.tokens))
    return any(
        hit.last < end
        and all(
            index in leads or (token.is_mark and token.fold != ")") or token.fold in _OF
            for index, token in enumerate(clause.tokens[:end])
            if index > hit.last
        )
        for hit in named
    )


def _holds_noon(span: Span) -> bool:
    """Whether they are hours in which lifts run, and not those in the evening and morning: "(16:30 to 9:00)"."""
    return span.start[0].isdigit() and span.end[0].isdigit() and span.start < _NOON < span.end
