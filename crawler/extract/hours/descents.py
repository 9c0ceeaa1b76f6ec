"""Hours of the way down, told beside those of the way up."""

from crawler.extract.hours.grounds import Told
from crawler.extract.languages import of_all

_PARTING = of_all("joiners") | {","}


def is_of_the_descent(told: Told) -> bool:
    """As the second of "Ascent until 20:30, descent until 22:00"."""
    clause, first = told.clause, told.span.first
    comma = max((i for i, token in enumerate(clause.tokens[:first]) if token.fold in _PARTING), default=None)
    if comma is None:
        return False
    both = clause.hits_of("both_ways", "walks_both_ways")  # "open for climbing and going down from 18 to 21"
    ways = (hit for hit in clause.hits_of("downhill", "descend") if not hit.overlaps_any(both))
    down = any(comma < hit.first < first for hit in ways)
    up = [hit.first for hit in clause.hits_of("ascend", "uphill") if hit.first < first]
    # "up from 18:00, last descent at 22:00" tells when going up ends
    ended = any(hit.last < comma for hit in clause.hits_of("until", "before"))
    return down and ended and bool(up) and max(up) < comma
