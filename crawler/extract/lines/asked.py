"""Labels of questions and answers: "Q: May I skin here? A: No."."""

from crawler.extract.languages import language
from crawler.extract.tagger import FOLD_OF, Token

_BEFORE = frozenset("?|")
_AFTER = frozenset(":.)")


def without_labels(tokens: tuple[Token, ...], lang: str) -> tuple[Token, ...]:
    """The tokens without an "A:" behind a question or at the head of a cell."""
    if _BEFORE.isdisjoint(map(FOLD_OF, tokens)):
        return tokens
    labels = language(lang).question_labels
    found = {
        index
        for index in range(1, len(tokens) - 1)
        if tokens[index - 1].fold in _BEFORE
        and tokens[index].end - tokens[index].start == 1
        and tokens[index].fold.upper() in labels
        and tokens[index + 1].fold in _AFTER
    }
    if not found:
        return tokens
    return tuple(t for index, t in enumerate(tokens) if index not in found and index - 1 not in found)
