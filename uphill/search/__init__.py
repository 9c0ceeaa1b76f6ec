"""The directory's search: one Query that the site, the API and the command line share."""

from uphill.search.directory import correction_of, count, listings_of, regions, search
from uphill.search.parameters import Sort
from uphill.search.query import PARAMETERS, Query
from uphill.search.resort import find

__all__ = [
    "PARAMETERS",
    "Query",
    "Sort",
    "correction_of",
    "count",
    "find",
    "listings_of",
    "regions",
    "search",
]
