"""One box that understands: a question in a person's words becomes filters that can be seen and removed.

The words are in ``words/``: a file a language with phrases, regions and networks beside them.
"""

from uphill.asking.directory import names_of
from uphill.asking.gazetteer import ATTRIBUTION, LICENCE_URL
from uphill.asking.names import Named, Names
from uphill.asking.tokens import MAX_ASKED
from uphill.asking.understanding import near_instead, place_named, understand
from uphill.asking.understood import Part, Understood, When, to_query_pairs

__all__ = [
    "ATTRIBUTION",
    "LICENCE_URL",
    "MAX_ASKED",
    "Named",
    "Names",
    "Part",
    "Understood",
    "When",
    "names_of",
    "near_instead",
    "place_named",
    "to_query_pairs",
    "understand",
]
