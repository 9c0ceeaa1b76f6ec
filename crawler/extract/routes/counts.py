"""Ways up that are counted and then named: "Two trails, Larkspur and Tamarack Way, are open to skinners"."""

from collections.abc import Sequence

from crawler.extract.languages import of_all
from crawler.extract.routes.names import Name, is_a_point, is_numbered, names
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_NUMBERS = {2: "hour_2", 3: "hour_3", 4: "hour_4", 5: "hour_5", 6: "hour_6"}
_MARKS = frozenset(",:(–—-")
_LISTING, _ENDS = frozenset(":("), frozenset(".)!;")
_JOINED = _MARKS | {";", "&", "/"} | of_all("joiners")
_ADJECTIVES = 2
"""Tokens between the number and the word for the ways: "two marked uphill trails"."""
_OTHERS = ("dog", "neg", "elsewhere", "other_place", "summer", "rental", "lodging", "race_news")


def counted(scoped: Scoped) -> tuple[Name, ...]:
    """The names, where there are just as many as the sentence counts ways; else none."""
    whole = scoped.whole
    if scoped.scope is not Scope.EXPLICIT or scoped.sentence.asks or whole.has(*_OTHERS):
        return ()
    if whole.has("downhill") and not whole.has("uphill", "ascend"):
        return ()
    for count, behind in _counts(whole):
        mark = next((i for i in range(behind, len(whole.tokens)) if whole.tokens[i].fold in _MARKS), None)
        found = _listed(whole, mark) if mark is not None else ()
        if len(found) == count:
            return found
    return ()


def _counts(clause: Clause) -> list[tuple[int, int]]:
    """How many ways are told, and the token behind the word for them."""
    ways = clause.hits_of("route_noun", "uphill_route")
    if not ways:
        return []
    told = [(number, hit) for number, concept in _NUMBERS.items() for hit in clause.hits.get(concept, ())]
    told = [(n, hit) for n, hit in told if clause.tokens[hit.first].fold.isalpha()]
    digits = [(int(t.fold), i) for i, t in enumerate(clause.tokens) if t.fold in {"2", "3", "4", "5", "6"}]
    numbers = [(n, hit.last) for n, hit in told] + digits
    return [
        (number, way.last + 1)
        for number, at in numbers
        for way in ways
        if 0 < way.first - at <= _ADJECTIVES + 1
    ]


def _listed(clause: Clause, mark: int) -> tuple[Name, ...]:
    """Names behind the mark, each right after a mark or a conjunction."""
    found: dict[str, Name] = {}
    for name in names(clause, heads_sentence=False):
        before = clause.tokens[name.first - 1].fold if name.first else ""
        if name.first <= mark or before not in _JOINED:
            continue
        if not (name.place or is_numbered(name) or is_a_point(clause, name)):
            found.setdefault(name.text, name)
    named = tuple(found.values())
    return named if all(name.proper for name in named) or _are_all(clause, mark, named) else ()


def _are_all(clause: Clause, mark: int, named: Sequence[Name]) -> bool:
    """Whether nothing but the names stands behind the mark: "zwei Spuren: Brandegg und Hinterwald"."""
    if clause.tokens[mark].fold not in _LISTING:
        return False
    end = next((i for i in range(mark + 1, len(clause.tokens)) if clause.tokens[i].fold in _ENDS), None)
    within = range(mark + 1, len(clause.tokens) if end is None else end)
    told = {i for name in named for i in range(name.first, name.last + 1)}
    return all(i in told or clause.tokens[i].fold in _JOINED for i in within)
