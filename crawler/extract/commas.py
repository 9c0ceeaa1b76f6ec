"""Commas: how far behind them a verdict may stand, those between entries of bans, those that part nothing."""

import re
from collections.abc import Collection

from crawler.extract.automaton import Hit
from crawler.extract.joints import between_numbers
from crawler.extract.languages import of_all
from crawler.extract.tagger import Token

_JOINERS, _MERELY = of_all("joiners"), of_all("merely")
_SUBJECTLESS = of_all("subjectless")
_ANDS = frozenset(["und", "oder", "sowie"])
_VERDICT_BEHIND = 8
"""Tokens within which a verdict follows the comma that parts two statements."""
_LIST = 6
"""Tokens more where a list stands before the verdict: ", and snowshoes, walkers and dogs are not allowed"."""
_LONGEST_INFINITIVE = 14
"""Tokens of what a German infinitive tells behind a comma."""
_INFINITIVE = re.compile(r"(?:auf|hinauf|herauf|hoch|rauf|mit|ein|an|ab|vor|aus|weiter|los)zu\w{2,20}n")
_BAN_ENDS = 5
"""Tokens up to the colon of a label such as "Not allowed:"."""
_FINITE = frozenset(["dürfen", "kann", "können", "müssen"])
"""Verbs behind a comma whose sentence began with a time or place: "Tagsüber, also im Betrieb, dürfen …"."""
_BRACES = frozenset(["darf", "dürfen", "kann", "können"])
"""German verbs whose other half ends the sentence: "… dürfen von A und B zu keiner Zeit betreten werden"."""
_TELLS = ("permit", "forbid", "must", "should")
_NAMED = (
    *("uphill", "ascend", "dog", "snowshoe", "foot", "bike"),
    *("slopes", "route_noun", "during_ops", "outside_ops"),
)
"""What is not named by a label that bans whatever stands behind it."""


def reach(tokens: tuple[Token, ...], index: int, times: Collection[int]) -> int:
    """How far behind a joint its verdict may stand: farther where a list of those it is about begins, or a time."""
    if index + 1 in times:
        # "…, after the lifts close staying on the slopes is dangerous and forbidden"
        return _VERDICT_BEHIND + _LIST
    begins = tokens[index].fold == "," and index + 1 < len(tokens) and tokens[index + 1].fold in _JOINERS
    listed = begins and any(t.fold == "," for t in tokens[index + 2 : index + _VERDICT_BEHIND])
    return _VERDICT_BEHIND + _LIST if listed else _VERDICT_BEHIND


def goes_on(
    tokens: tuple[Token, ...], begin: int, joint: int, heads: Collection[int], modal: Collection[int]
) -> bool:
    """Whether what stands behind the comma or the "and" goes on with the statement that began at ``begin``."""
    follows = tokens[joint + 1].fold if joint + 1 < len(tokens) else ""
    if tokens[joint].fold == ",":
        fronted = follows in _FINITE and not any(begin <= at < joint for at in modal)
        return fronted or follows in _SUBJECTLESS or _tells_what(tokens, joint, heads)
    if tokens[joint].fold in _JOINERS and follows in _MERELY:
        return True  # "Man darf nur nach Betriebsschluss und nur mit Karte aufsteigen"
    return tokens[joint].fold in _ANDS and _awaits_its_verb(tokens, begin, joint, heads)


def _awaits_its_verb(tokens: tuple[Token, ...], begin: int, joint: int, heads: Collection[int]) -> bool:
    """Whether such a verb stands before an "und" and no verdict of another statement behind it."""
    ahead = range(joint + 1, joint + _VERDICT_BEHIND)
    braced = any(tokens[index].fold in _BRACES for index in range(begin, joint))
    return braced and not any(head in ahead for head in heads) and tokens[joint - 1].fold[-1:] != "t"


def _tells_what(tokens: tuple[Token, ...], comma: int, heads: Collection[int]) -> bool:
    """As in "Es ist niemandem gestattet, auf der Piste aufzusteigen": what is permitted, or not, follows the comma."""
    words = range(comma + 1, min(comma + _LONGEST_INFINITIVE, len(tokens)))
    end = next((index for index in words if tokens[index].is_mark), words.stop)
    if any(comma < head < end for head in heads):
        return False
    last, before = tokens[end - 1].fold, tokens[end - 2].fold
    return bool(_INFINITIVE.fullmatch(last)) or (before == "zu" and last.endswith("n"))


def list_of_bans(tokens: tuple[Token, ...], hits: list[Hit]) -> set[int]:
    """The commas of "Not allowed: dogs, climbing in lift hours, snowshoes", each of whose entries is banned alone."""
    colon = next((i for i, token in enumerate(tokens[:_BAN_ENDS]) if token.fold == ":"), 0)
    bans = any(hit.concept == "forbid" and hit.last < colon for hit in hits)
    if not bans or any(hit.concept in _NAMED and hit.first < colon for hit in hits):
        return set()
    if any(hit.concept in _TELLS and hit.first > colon for hit in hits):
        return set()
    marks = (i for i in range(colon, len(tokens)) if tokens[i].fold == ",")
    return {index for index in marks if not between_numbers(tokens, index)}
