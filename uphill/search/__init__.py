"""The directory's search: one Query that the site, the API and the command line share."""

from uphill.search.directory import listings_of, regions, search
from uphill.search.query import PARAMETERS, Query, Sort
from uphill.search.resort import find

__all__ = ["PARAMETERS", "Query", "Sort", "find", "listings_of", "regions", "search"]
