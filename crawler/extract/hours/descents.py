"""Hours of the way down, told beside those of the way up."""

from crawler.extract.hours.grounds import Told
from crawler.extract.languages import of_all

_PARTING = of_all("joiners") | {","}


def is_of_the_descent(told: Told) -> bool:
    """As the second of "Ascent until 20:30, descent until 22:00"."""
    clause, first = told.clause, told.span.first
    both = clause.hits_of("both_ways", "walks_both_ways")  # "open for climbing and going down from 18 to 21"
    ways = [
        h.first for h in clause.hits_of("downhill", "descend") if not h.overlaps_any(both) and h.first < first
    ]
    up = [hit.first for hit in clause.hits_of("ascend", "uphill") if hit.first < first]
    if not ways or not up or max(up) > max(ways):
        return False
    parted = [i for i in range(max(up), max(ways)) if clause.tokens[i].fold in _PARTING]
    # "up from 18:00, last descent at 22:00" tells when going up ends
    return bool(parted) and any(hit.last < max(parted) for hit in clause.hits_of("until", "before"))
