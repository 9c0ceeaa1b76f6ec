"""The directory's search: one Query that the site, the API and the command line share."""

from uphill.search.directory import (
    count,
    each_listing,
    ids_of,
    listings_of,
    listings_of_slugs,
    regions,
    remarks_of,
    search,
)
from uphill.search.parameters import Sort
from uphill.search.query import PARAMETERS, Query
from uphill.search.resort import find

__all__ = [
    "PARAMETERS",
    "Query",
    "Sort",
    "count",
    "each_listing",
    "find",
    "ids_of",
    "listings_of",
    "listings_of_slugs",
    "regions",
    "remarks_of",
    "search",
]
