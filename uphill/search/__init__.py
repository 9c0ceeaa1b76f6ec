"""The directory's search: one Query that the site, the API and the command line share."""

from uphill.search.directory import count, listings_of, regions, remarks_of, search
from uphill.search.parameters import Sort
from uphill.search.query import PARAMETERS, Query
from uphill.search.resort import find

__all__ = [
    "PARAMETERS",
    "Query",
    "Sort",
    "count",
    "find",
    "listings_of",
    "regions",
    "remarks_of",
    "search",
]
