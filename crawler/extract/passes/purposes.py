"""What a pass is told not to be needed for, where that is not going up."""

from crawler.extract.sentences import Clause

_TO = frozenset(["to"])
_VISITS = ("facility", "summer", "race_news", "rental", "vehicle", "overnight")
_CLIMBS = ("uphill", "ascend", "slopes", "route_noun", "access_word", "hold", "obtain", "buy")
_NEXT = 3
"""Tokens from the "to" of a purpose to the verb and what it is done to."""


def serves_another_purpose(clause: Clause) -> bool:
    """As in "No ticket is required to watch the races", "Guests of the lodge need no pass", "no need to print it"."""
    if clause.lang != "en":
        return False  # an infinitive stands elsewhere
    needless = min((v.at for v in clause.verdicts if v.kind == "need_not"), default=-1)
    times = clause.hits_of("during_ops", "outside_ops", "both_phases")
    named = [hit for hit in clause.hits_of(*_VISITS) if not hit.overlaps_any(times)]
    visits = any(hit.first < needless for hit in named) or clause.has("summer")
    passes = clause.hits.get("uphill_pass", ())
    travels = any(not hit.within_any(passes) for hit in clause.hits_of("uphill", "ascend"))
    if visits and not travels:
        return True
    infinitives = [
        i for i, token in enumerate(clause.tokens[:-1]) if token.fold in _TO and i > needless and i > 0
    ]
    climbing = clause.hits_of(*_CLIMBS)
    return (
        bool(infinitives)
        and not travels
        and any(
            not any(
                to <= hit.first <= to + _NEXT and not hit.within_any([p for p in passes if p.first > to])
                for hit in climbing
            )
            and not _has_a_number(clause, to + 1)
            for to in infinitives
        )
    )


def _has_a_number(clause: Clause, index: int) -> bool:
    return clause.tokens[index].fold[0].isdigit()
