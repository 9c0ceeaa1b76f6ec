"""Where a line that tells a way up run by run begins to: behind the mountain or the base that it names first."""

from collections.abc import Sequence

from crawler.extract.routes.names import Name
from crawler.extract.sentences import Clause

_ON = frozenset(["to", "up", "→", ">", "and", "then", ","])
_BASES = frozenset("base lodge village parking lot lots area center centre station".split())  # noqa: SIM905


def behind_its_mountain(whole: Clause, name: Name, following: Sequence[Name]) -> int:
    """First token of the path of "Lincoln Peak: Pushover to Jester", or -1: the label is no run."""
    tokens = whole.tokens
    if name.noun or tokens[name.last + 1 : name.last + 2] == () or tokens[name.last + 1].fold != ":":
        return -1
    begins = next((one for one in following if one.first == name.last + 2), None)
    after = tokens[begins.last + 1 : begins.last + 2] if begins is not None else ()
    return name.last + 2 if after and after[0].fold in _ON else -1


def behind_its_base(whole: Clause, name: Name) -> int:
    """First token of the path of "Stampede base to Larch Run to the summit", or -1."""
    words = [token.fold for token in whole.tokens[name.last + 1 : name.last + 3]]
    return name.last + 3 if len(words) > 1 and words[0] in _BASES and words[1] in _ON else -1
