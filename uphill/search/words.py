"""Words of a search: which resorts hold them all, how well, and what was meant where none does.

All text is folded alike for both databases before it is stored or asked for; the words of a search are letters and
digits alone, so that none of them is taken for an operator of FTS5 or of ``tsquery``.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from uphill.folding import fold
from uphill.search.answers import Correction
from uphill.search.bits import positions
from uphill.search.index import Index
from uphill.search.known import Known

_FIND = {
    "sqlite": sql("SELECT rowid FROM resort_words WHERE resort_words MATCH :words"),
    "postgresql": sql("SELECT rowid FROM resort_words WHERE words @@ to_tsquery('simple', :words)"),
}
_SHORTEST_TO_MEND = 4
_LONG = 7
"""Letters of a word in which two of them may be wrong; in shorter ones one may."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The resorts that hold all ``words``; the last of them may be the beginning of a longer one."""

    words: tuple[str, ...]
    found: int
    correction: Correction | None = None

    def rank(self, resort: Known) -> int:
        """How well a resort that was found fits, 0 best: by its name, that's beginning or words, by place, by rules."""
        name, whole = resort.folded_name, " ".join(self.words)
        if name == whole:
            return 0
        if name.startswith(whole):
            return 1
        if self._held_by(f" {name} "):
            return 2
        return 3 if self._held_by(f" {resort.words} ") else 4

    def _held_by(self, held: str) -> bool:
        *whole, last = self.words
        return f" {last}" in held and (not whole or all(f" {word} " in held for word in whole))


def texts_of(session: Session, index: Index, text: str) -> Texts:
    """What holds ``text``; where nothing does, what holds the nearest words of names and places, which it then says."""
    words = tuple(fold(text).split())
    found = _found(session, index, words)
    if found or not words:
        return Texts(words, found)
    meant = _meant(session, index, words)
    if meant is None or not (found := _found(session, index, meant)):
        return Texts(words, 0)
    shown = _as_written(index, found, meant)
    return Texts(meant, found, Correction(asked=text, shown=shown))


def _found(session: Session, index: Index, words: Sequence[str]) -> int:
    return index.of_ids(_holding(session, words)) if words else 0


def _holding(session: Session, words: Sequence[str]) -> Sequence[int]:
    dialect = session.get_bind().dialect.name
    if dialect == "sqlite":
        wanted = " ".join(f'"{word}"' for word in words) + " *"
    else:
        wanted = " & ".join(f"'{word}'" for word in words) + ":*"
    return session.scalars(_FIND[dialect], {"words": wanted}).all()


def _meant(session: Session, index: Index, words: Sequence[str]) -> tuple[str, ...] | None:
    """The words with those mended that no resort holds; None where one can't be."""
    known = Counter(word for resort in index.resorts for word in set(resort.words.split()))
    if (joined := "".join(words)) in known:  # sugar bush
        return (joined,)
    mended = []
    for word in words:
        near = word if word in known or _holding(session, (word,)) else _nearest(word, known)
        if near is None:
            return None
        mended.append(near)
    return tuple(mended) if tuple(mended) != tuple(words) else None


def _nearest(word: str, known: Counter[str]) -> str | None:
    """The known word that differs in the fewest letters; of several the one that begins alike, then the commonest."""
    if len(word) < _SHORTEST_TO_MEND:
        return None
    most = 2 if len(word) >= _LONG else 1
    near = process.extract(word, known.keys(), scorer=OSA.distance, score_cutoff=most, limit=None)
    return min(near, key=lambda one: (one[1], one[0][0] != word[0], -known[one[0]], one[0]), default=(None,))[
        0
    ]


def _as_written(index: Index, found: int, words: Sequence[str]) -> str:
    """Folded words as the resorts that hold them spell theirs."""
    spelt = {word: word for word in words}
    for at in positions(found):
        resort = index.resorts[at]
        for written in f"{resort.name} {resort.region_name}".split():
            if spelt.get(folded := fold(written)) == folded:
                spelt[folded] = written
        if all(spelt[word] != word for word in words):
            break
    return " ".join(spelt[word] for word in words)
