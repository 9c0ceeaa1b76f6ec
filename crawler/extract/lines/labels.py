"""A short line below its heading, as cards have it: "Uphill pass" above "Required" says what a table's row does."""

from crawler.extract.pages.page import Block
from crawler.extract.sentences import Clause, Sentence, sentence_of
from crawler.extract.tagger import Tagging, Token

_LABELS = ("uphill_pass", "any_pass_word", "waiver", "check_in")
_LONGEST_LABEL, _LONGEST_VALUE = 5, 60
"""Words of the heading, and characters of the line."""
_FIRST = 1
"""Tokens before the verdict that the line begins with: "Not required"."""


def with_label(
    text: str, block: Block, label: Clause | None, value: Sentence, words: Tagging
) -> Sentence | None:
    """The two lines as one sentence; ``None`` where the line says by itself what it speaks of."""
    if (
        label is None
        or not label.has(*_LABELS)
        or label.has("other_topic", "other_service")
        or label.verdicts
    ):
        return None
    if block.level or block.row or block.end - block.start > _LONGEST_VALUE or value.has(*_LABELS, "uphill"):
        return None
    if label.length > _LONGEST_LABEL or label.tokens[-1].fold == "?":
        return None
    if not any(verdict.at <= _FIRST for verdict in value.whole.verdicts):
        return None
    bar = Token("|", label.end, label.end + 1)
    return sentence_of(text, block, (*label.tokens, bar, *value.whole.tokens), label.lang, words)
