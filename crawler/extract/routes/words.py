"""Words that make, or unmake, a route's name: what ``routewords.toml`` lists."""

import tomllib
from importlib.resources import files


def _sets() -> dict[str, frozenset[str]]:
    told = tomllib.loads(files("crawler.extract").joinpath("routewords.toml").read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in told.items()}


_WORDS = _sets()
ROUTE_NOUNS, LEADING_NOUNS, MANY = _WORDS["nouns"], _WORDS["leading_nouns"], _WORDS["many"]
NEVER, GENERIC = _WORDS["never"], _WORDS["generic"]
GENERIC_IN = {"fr": GENERIC | _WORDS["generic_fr"]}
PLACES, PLACES_FIRST, PLACES_BEHIND = _WORDS["places"], _WORDS["places_first"], _WORDS["places_behind"]
PLAIN, DATES, SENTENCES = _WORDS["plain"], _WORDS["dates"], _WORDS["sentences"]
JOINING_NOUNS, REMARKS = _WORDS["joining_nouns"], _WORDS["remarks"]
COMMON_COMPOUNDS = _WORDS["common_compounds"]
NAMING_NOUNS = ROUTE_NOUNS | LEADING_NOUNS | _WORDS["calling"] | MANY
LANDMARKS = tuple(_WORDS["landmarks"])
COLOURS, KINDS = _WORDS["colours"], _WORDS["kinds"]
"""Words for how hard a route is, and words in a route's name that tell no two routes apart."""
NO_LABELS = NEVER | GENERIC | DATES | SENTENCES | PLACES_FIRST
"""What no label in capitals that is a name holds."""
