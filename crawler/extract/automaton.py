"""Finds all phrases of a lexicon in one walk over a text's words.

A machine of states, each of them the phrases that are still possible, is built as far as the texts read need it: a
place in the text costs as many steps as the longest phrase that begins there, however many phrases there are.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from threading import RLock
from typing import NamedTuple, Protocol, TypeVar

GAP = frozenset({"~"})
"""The element of a phrase that stands for up to three words of any kind, but for no mark."""
_LONGEST_GAP = 3
_MOST_STEPS = 100_000
"""Steps that are remembered; then all are forgotten, so that no text makes the machine grow without bound."""

_MOST_KEPT = 20_000
"""Places of which the hits are remembered."""
_MOST_WORDS, _LONGEST_WORD = 50_000, 40
"""How many words are remembered, and of how many letters."""
_FEW = 50
"""Places that are looked through one by one."""
_STEM = 3
"""Shortest stem of a ``word*`` entry."""

Elements = tuple[frozenset[str], ...]

_V = TypeVar("_V")


class Remembered(dict[str, _V]):
    """What a word comes to, told once for each of the words met lately."""

    def __init__(self, told: Callable[[str], _V]) -> None:
        super().__init__()
        self._told = told

    def __missing__(self, word: str) -> _V:
        if len(self) >= _MOST_WORDS:
            self.clear()
        value = self._told(word)
        if len(word) <= _LONGEST_WORD:
            self[word] = value
        return value


class _Kind(NamedTuple):
    """What a word is to the phrases: which of their words, and whether a gap stops at it."""

    forms: frozenset[str]
    stops: bool


_Place = tuple[int, int, int]
"""A phrase, by its number, up to which of its elements it is read, and how many words may yet be passed over before
that. A plain tuple, since there are tens of thousands, which the garbage collector then leaves alone."""


class Words(Protocol):
    """What stands at words ``first`` to ``last`` (inclusive)."""

    @property
    def first(self) -> int: ...

    @property
    def last(self) -> int: ...


class Hit(NamedTuple):
    """A concept found at words ``first`` to ``last`` (inclusive)."""

    concept: str
    first: int
    last: int

    def overlaps(self, other: Words) -> bool:
        return self.first <= other.last and other.first <= self.last

    def within(self, other: Words) -> bool:
        return other.first <= self.first and self.last <= other.last

    def overlaps_any(self, others: Iterable[Words]) -> bool:
        return any(self.overlaps(other) for other in others)

    def within_any(self, others: Iterable[Words]) -> bool:
        return any(self.within(other) for other in others)

    def covers(self, word: int) -> bool:
        return self.first <= word <= self.last


def by_concept(hits: Iterable[Hit]) -> dict[str, tuple[Hit, ...]]:
    """The hits of each concept, in the text's order."""
    grouped: dict[str, tuple[Hit, ...]] = {}
    for hit in hits:
        concept = hit[0]
        if concept in grouped:
            grouped[concept] += (hit,)
        else:
            grouped[concept] = (hit,)
    return grouped


_Phrases = tuple[tuple[str, int], ...]


class Told(dict[int, tuple[Hit, ...]]):
    """What is told of a place at which phrases begin, and as which hits of each of the places met lately.

    ``concepts`` each with how many more words its longest phrase takes there.
    """

    __slots__ = ("concepts",)

    def __init__(self, concepts: _Phrases) -> None:
        super().__init__()
        self.concepts = concepts


class _State(dict[int, "_State | None"]):
    """What each kind of word leads to from here, by the kind's number; filled as words come."""

    __slots__ = ("_by_form", "_machine", "depth", "passing", "places", "told")

    def __init__(self, machine: "Machine", depth: int, places: tuple[_Place, ...], told: _Phrases) -> None:
        super().__init__()
        self._machine = machine
        self.depth = depth
        self.places = places
        self.passing = [(phrase, element, slack - 1) for phrase, element, slack in places if slack]
        """Where those are that pass over the next word, whatever it is."""
        self.told = Told(told) if told else None
        self._by_form: dict[str, list[_Place]] | None = None

    def __missing__(self, kind: int) -> "_State | None":
        with self._machine.lock:
            self[kind] = following = self._machine.step(self, kind)
        return following

    def matching(self, forms: frozenset[str]) -> Iterator[_Place]:
        """The places whose element the word with these forms is."""
        if len(self.places) <= _FEW:
            for place in self.places:
                if not forms.isdisjoint(self._machine.element(place)):
                    yield place
            return
        if self._by_form is None:
            self._by_form = {}
            for place in self.places:
                for form in self._machine.element(place):
                    self._by_form.setdefault(form, []).append(place)
        for form in forms:
            yield from self._by_form.get(form, ())


class Machine:
    """``phrases`` are concepts, each with the elements of a phrase: the words that one token may be.

    Such a word may be written ``stem*`` or ``*stem``. A gap does not reach across the words in ``stops``.
    """

    def __init__(self, phrases: Iterable[tuple[str, Elements]], stops: Iterable[str] = ()) -> None:
        self.lock = RLock()  # a crawl reads several pages at once, each in a thread
        told = list(phrases)
        self._concepts = [concept for concept, _ in told]
        self._phrases = [elements for _, elements in told]
        self._stops = frozenset(stops)
        self._plain: set[str] = set()
        self._prefixes: dict[str, list[str]] = {}
        self._suffixes: dict[str, list[str]] = {}
        for word in {word for elements in self._phrases for element in elements for word in element}:
            if word.endswith("*"):
                self._prefixes.setdefault(word[:_STEM], []).append(word)
            elif word.startswith("*"):
                self._suffixes.setdefault(word[-_STEM:], []).append(word)
            else:
                self._plain.add(word)
        self._kinds: list[_Kind] = []
        self._numbers: dict[_Kind, int] = {}
        self._number_of = Remembered(self._number)
        self._states: dict[tuple[int, tuple[_Place, ...], _Phrases], _State] = {}
        self._kept: list[Told] = []
        self._steps = 0
        self._root = _State(self, 0, tuple((n, 0, 0) for n in range(len(told))), ())
        self._begun_by = Remembered(lambda word: self._root[self._number_of[word]])

    def element(self, place: _Place) -> frozenset[str]:
        phrase, element, _ = place
        return self._phrases[phrase][element]

    def _number(self, word: str) -> int:
        """The number of the word's kind."""
        plain = [word] if word in self._plain else []
        begins = [w for w in self._prefixes.get(word[:_STEM], ()) if word.startswith(w[:-1])]
        ends = [w for w in self._suffixes.get(word[-_STEM:], ()) if word.endswith(w[1:])]
        kind = _Kind(frozenset([*plain, *begins, *ends]), word in self._stops)
        with self.lock:
            if kind not in self._numbers:
                self._numbers[kind] = len(self._kinds)
                self._kinds.append(kind)
            return self._numbers[kind]

    def find(self, words: Sequence[str], most: int | None = None) -> list[tuple[int, Told]]:
        """Each place where phrases begin, and what they tell: per concept the longest phrase; at ``most`` so many."""
        found: list[tuple[int, Told]] = []
        count = len(words)
        number_of = self._number_of
        for first, begun in enumerate(map(self._begun_by.__getitem__, words)):
            if begun is None:
                continue
            state = begun
            last = first + 1
            while state.places and last < count:
                following = state[number_of[words[last]]]
                if following is None:
                    break
                state = following
                last += 1
            if state.told is not None:
                found.append((first, state.told))
                if len(found) == most:
                    break
        return found

    def hits(self, words: Sequence[str]) -> list[Hit]:
        """Every concept at every place: per concept and start the longest phrase."""
        out: list[Hit] = []
        for first, told in self.find(words):
            out += told.get(first) or self._hits_at(first, told)
        return out

    def _hits_at(self, first: int, told: Told) -> tuple[Hit, ...]:
        hits = tuple(Hit(concept, first, first + more) for concept, more in told.concepts)
        with self.lock:
            self._kept.append(told)
            if len(self._kept) > _MOST_KEPT:
                for one in self._kept:
                    one.clear()
                self._kept.clear()
            told[first] = hits
        return hits

    def step(self, state: _State, kind: int) -> _State | None:
        """Where a word leads to. A phrase with a gap is taken to end as soon as it can."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            self._forget()
        forms, stops = self._kinds[kind]
        reached = {self._after(place) for place in state.matching(forms)}
        complete = {phrase for phrase, element, _ in reached if element == len(self._phrases[phrase])}
        if not stops:
            reached.update(state.passing)
        places = tuple(sorted(place for place in reached if place[0] not in complete))
        if not places and not complete:
            return None
        before = state.told.concepts if state.told is not None else ()
        longest = dict(before) | {self._concepts[phrase]: state.depth for phrase in complete}
        key = (state.depth + 1, places, tuple(sorted(longest.items())))
        known = self._states.get(key)
        if known is None:
            known = self._states[key] = _State(self, *key)
        return known

    def _after(self, place: _Place) -> _Place:
        phrase, element, _ = place
        elements = self._phrases[phrase]
        element, slack = element + 1, 0
        while element < len(elements) and elements[element] == GAP:
            slack += _LONGEST_GAP
            element += 1
        return phrase, element, slack

    def _forget(self) -> None:
        self._steps = 0
        self._states.clear()
        self._root.clear()
        self._begun_by.clear()
