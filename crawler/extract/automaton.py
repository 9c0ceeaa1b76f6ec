"""Finds all phrases of a lexicon in one walk over a text's words.

A machine of states, each of them the phrases that are still possible, is built as far as the texts read need it: a
place in the text costs as many steps as the longest phrase that begins there, however many phrases there are.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

GAP = frozenset({"~"})
"""The element of a phrase that stands for up to three words of any kind, but for no mark."""
_LONGEST_GAP = 3
_MOST_STEPS = 100_000
"""Steps that are remembered; then all are forgotten, so that no text makes the machine grow without bound."""

Elements = tuple[frozenset[str], ...]


class Kind(NamedTuple):
    """What a word is to the phrases: the lexicon's ``forms`` of it, and whether a gap stops at it."""

    forms: frozenset[str]
    stops: bool


class _Place(NamedTuple):
    """A phrase read up to ``element``, before which ``slack`` words may yet be passed over."""

    phrase: int
    element: int
    slack: int


Told = tuple[tuple[str, int], ...]
"""Concepts that begin at a place in the text, each with how many more tokens its longest phrase takes there."""


class _State(dict[int, "_State | None"]):
    """What each kind of word leads to from here, by the kind's number; filled as words come."""

    __slots__ = ("_by_form", "_machine", "depth", "places", "told")

    def __init__(self, machine: "Machine", depth: int, places: tuple[_Place, ...], told: Told) -> None:
        super().__init__()
        self._machine = machine
        self.depth = depth
        self.places = places
        self.told = told
        self._by_form: dict[str, list[_Place]] | None = None

    def __missing__(self, kind: int) -> "_State | None":
        self[kind] = following = self._machine.step(self, kind)
        return following

    def matching(self, forms: frozenset[str]) -> Iterator[_Place]:
        """The places whose element the word with these forms is."""
        if self._by_form is None:
            self._by_form = {}
            for place in self.places:
                for form in self._machine.element(place):
                    self._by_form.setdefault(form, []).append(place)
        for form in forms:
            yield from self._by_form.get(form, ())


class Machine:
    """``phrases`` are concepts, each with the elements of a phrase: the words that one token may be."""

    def __init__(self, phrases: Sequence[tuple[str, Elements]]) -> None:
        self._concepts = [concept for concept, _ in phrases]
        self._phrases = [elements for _, elements in phrases]
        self._kinds: list[Kind] = []
        self._numbers: dict[Kind, int] = {}
        self._states: dict[tuple[int, tuple[_Place, ...], Told], _State] = {}
        self._steps = 0
        self._root = _State(self, 0, tuple(_Place(n, 0, 0) for n in range(len(phrases))), ())

    def element(self, place: _Place) -> frozenset[str]:
        return self._phrases[place.phrase][place.element]

    def number(self, kind: Kind) -> int:
        """The number that stands for a kind of word."""
        known = self._numbers.get(kind)
        if known is None:
            known = self._numbers[kind] = len(self._kinds)
            self._kinds.append(kind)
        return known

    def find(self, kinds: Sequence[int]) -> Iterator[tuple[int, Told]]:
        """Each place where phrases begin, and what they tell."""
        count = len(kinds)
        root = self._root
        for first, kind in enumerate(kinds):
            state = root[kind]
            if state is None:
                continue
            last = first + 1
            while state.places and last < count:
                following = state[kinds[last]]
                if following is None:
                    break
                state = following
                last += 1
            if state.told:
                yield first, state.told

    def step(self, state: _State, kind: int) -> _State | None:
        """Where a word leads to. A phrase with a gap is taken to end as soon as it can."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            self._forget()
        forms, stops = self._kinds[kind]
        reached = {self._after(place) for place in state.matching(forms)}
        complete = {place.phrase for place in reached if place.element == len(self._phrases[place.phrase])}
        if not stops:
            reached |= {
                _Place(place.phrase, place.element, place.slack - 1) for place in state.places if place.slack
            }
        places = tuple(sorted(place for place in reached if place.phrase not in complete))
        if not places and not complete:
            return None
        longest = dict(state.told) | {self._concepts[phrase]: state.depth for phrase in complete}
        key = (state.depth + 1, places, tuple(sorted(longest.items())))
        known = self._states.get(key)
        if known is None:
            known = self._states[key] = _State(self, *key)
        return known

    def _after(self, place: _Place) -> _Place:
        elements = self._phrases[place.phrase]
        element, slack = place.element + 1, 0
        while element < len(elements) and elements[element] == GAP:
            slack += _LONGEST_GAP
            element += 1
        return _Place(place.phrase, element, slack)

    def _forget(self) -> None:
        self._steps = 0
        self._states.clear()
        self._root.clear()
