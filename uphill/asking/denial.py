"""What a "no" reaches: the contrary of most filters can't be asked for, so a denied one is left as text."""

from dataclasses import dataclass

from uphill.asking.lexicon import Lexicon
from uphill.asking.tokens import Asked

_NEXT, _AFTER_A_WORD = 2, 1


@dataclass(slots=True)
class Denial:
    """How far from the last "no" the reading is, and the "no" of a phrase that an "or" may go on with."""

    reach: int = 0
    shared: Asked | None = None
    _no: Asked | None = None

    def holds(self, *, asks: bool) -> bool:
        """Whether what is said here is denied; what ``asks`` for a fact also with a word between: "no big dogs"."""
        return self.reach == _NEXT or (asks and self.reach == _AFTER_A_WORD)

    def starts(self) -> None:
        """A "no" that begins no phrase."""
        self.reach, self._no, self.shared = _NEXT, None, None

    def passes(self) -> None:
        """A word that is not understood."""
        self.reach, self._no, self.shared = max(0, self.reach - 1), None, None

    def ends(self) -> None:
        """Something was understood, or left as text because it is denied."""
        self.reach, self._no, self.shared = 0, None, None

    def said(self, no: Asked) -> None:
        """A phrase that begins with ``no`` was understood: "no pass"."""
        self.reach, self._no, self.shared = 0, no, None

    def joins(self, word: str, lexicon: Lexicon) -> bool:
        """Whether ``word`` is an "or" after such a phrase: what follows has its "no", too."""
        if self._no is None or word not in lexicon.either:
            return False
        self.shared = self._no
        return True
