"""The resorts' own names: they win over everything, so that Sunday River is no Sunday."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from uphill.asking.lexicon import LANGUAGES, lexicon, table
from uphill.asking.tokens import words
from uphill.asking.tries import Trie

_TELLING = 5


@dataclass(frozen=True, slots=True)
class Named:
    """A name that a resort goes by, in degrees (WGS 84); ``region`` is its ISO 3166-2 code."""

    name: str
    latitude: float | None = None
    longitude: float | None = None
    region: str = ""
    locality: str = ""


class Names:
    """All names of all resorts, prepared once. ``localities`` are found by their folded words."""

    def __init__(self, entries: Iterable[Named] = ()) -> None:
        every = tuple(entries)
        self.resorts: Trie[Named] = Trie()
        localities: dict[str, dict[Named, None]] = {}
        self.points = tuple(
            dict.fromkeys(
                (each.latitude, each.longitude)
                for each in every
                if each.latitude is not None and each.longitude is not None
            )
        )
        for each in every:
            self.resorts.add(words(each.name), each)
            if each.locality and each.latitude is not None:
                localities.setdefault(" ".join(words(each.locality)), {})[each] = None
        self.localities = {place: list(resorts) for place, resorts in localities.items()}
        for begun, locality in _short_localities(self.localities).items():
            self.localities[begun] = self.localities[locality]
        named = [(words(each.name), each) for each in every]
        self.words = frozenset(self.resorts.words) | {
            word for place in self.localities for word in place.split()
        }
        common = Counter(word for whole in {whole for whole, _ in named} for word in set(whole))
        for whole, each in named:
            short = _short(whole)
            if (
                short != whole
                and not self.resorts.find(short)
                and (len(short) > 1 or _is_telling(short[0], common))
            ):
                self.resorts.add(short, each)

    def has_resort(self, text: str) -> bool:
        """Whether all of ``text`` is the name of a resort."""
        return bool(self.resorts.find(words(text)))


def _short(name: tuple[str, ...]) -> tuple[str, ...]:
    """The name without the kind of place at its end."""
    kinds = _kinds()
    end = len(name)
    while end > 1 and name[end - 1] in kinds:
        end -= 1
    return name[:end]


def _short_localities(localities: Iterable[str]) -> dict[str, str]:
    """Beginnings of names of places, as people say them ("Chamonix", "Cortina"), by what only one of them has."""
    begin: dict[str, list[str]] = {}
    for whole in localities:
        parts = whole.split()
        for end in range(1, len(parts)):
            begin.setdefault(" ".join(parts[:end]), []).append(whole)
    if not begin:
        return {}  # and no lexicon is read for it
    everyday = lexicon(LANGUAGES[0]).words
    return {
        short: wholes[0]
        for short, wholes in begin.items()
        if len(wholes) == 1
        and short not in localities
        and len(short) >= _TELLING
        and not everyday.issuperset(short.split())
    }


def _is_telling(word: str, common: Counter[str]) -> bool:
    """Whether a word is of one name alone, and of no question: "Alpine" is neither."""
    return len(word) >= _TELLING and common[word] == 1 and word not in lexicon(LANGUAGES[0]).words


@cache
def _kinds() -> frozenset[str]:
    return frozenset(table("resorts")["kinds"])
