"""Ways up that a sentence numbers: "You may climb on these routes: 1) Birch Run 2) Maple Lane"."""

import re
from collections.abc import Iterator

from crawler.extract.routes.names import Name, may_be_a_title
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_NUMBER = re.compile(r"(?<![\w.])\(?([1-9])\)\s*")
_ENDS = re.compile(
    r"[,;.:(|–—!]|\s-\s|\s(?:from|to|via|ab|von|vom|bis|über|depuis|jusqu|dal|dalla|fino|per|and|und|et|ed|e|or|oder|ou|o)\b"
)
_MOST_WORDS = 5
_LEAST = 2
"""Numbers that make a list."""
_WAYS = ("route_noun", "route_heading", "uphill_route", "designated_route", "slopes")
_LINKS = frozenset(
    ["de", "du", "des", "d'", "la", "le", "les", "l'", "del", "della", "dei", "delle", "di", "da"]
) | {
    *("al", "alla", "of", "the", "von", "am", "der", "den", "und", "in"),
}
_THINGS = (
    *("lights", "ski_gear", "uphill_pass", "any_pass_word", "waiver", "check_in", "must", "edge", "confine"),
    *("dog", "avalanche_kit", "equipment_heading", "foot", "snowshoe", "facility", "you"),
)
"""What an entry of rules or of things to bring names."""
_OTHERS = (
    "downhill",
    "dog",
    "lights",
    "snowshoe",
    "foot",
    "bike",
    "uphill_pass",
    "any_pass_word",
    "ski_gear",
)


def numbered_ways(scoped: Scoped) -> tuple[Name, ...]:
    """The names behind the numbers, where what stands before the first tells to climb by such ways."""
    whole = scoped.whole
    marks = list(_NUMBER.finditer(whole.text, whole.start, whole.end))
    if len(marks) < _LEAST or [int(m[1]) for m in marks] != list(range(1, len(marks) + 1)):
        return ()
    if not _leads_up(scoped, marks[0].start()):
        return ()
    found = tuple(_names(whole, marks))
    return found if len(found) == len(marks) else ()


def _leads_up(scoped: Scoped, until: int) -> bool:
    """Whether the words before the first number name ways up, and close none."""
    whole = scoped.whole
    if scoped.scope is not Scope.EXPLICIT or scoped.sentence.rules("forbid"):
        return False

    def before(*concepts: str) -> bool:
        return any(whole.tokens[hit.last].end <= until for hit in whole.hits_of(*concepts))

    return before(*_WAYS) and (before("uphill", "ascend") or scoped.headed("uphill")) and not before(*_OTHERS)


def _is_written_as_a_name(words: list[str]) -> bool:
    """Whether only small words of a name are without a capital: "Costa del Lupo", and not "Stay right"."""
    capitals = all(word[0].isupper() or word.casefold() in _LINKS for word in words)
    return 0 < len(words) <= _MOST_WORDS and words[0][0].isupper() and capitals and may_be_a_title(words)


def _names(whole: Clause, marks: list[re.Match[str]]) -> Iterator[Name]:
    told = whole.tokens_of(*_THINGS)
    ends = [mark.start() for mark in marks[1:]] + [whole.end]
    for mark, end in zip(marks, ends, strict=True):
        piece = whole.text[mark.end() : end]
        cut = _ENDS.search(piece)
        text = (piece[: cut.start()] if cut is not None else piece).strip()
        words = text.split()
        places = whole.tokens_between(mark.end(), mark.end() + len(text))
        if not places or not _is_written_as_a_name(words) or not told.isdisjoint(places):
            return
        yield Name(
            text,
            places[0],
            places[-1],
            noun=False,
            led=False,
            place=False,
            heads=False,
            quoted=False,
            proper=True,
            landmark=False,
        )
