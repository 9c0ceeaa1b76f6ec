"""The sentences of a line, with what the line above asks or labels."""

from collections.abc import Iterator

from crawler.extract.lines.labels import with_label
from crawler.extract.lines.questions import is_bare_answer, question_and_answer
from crawler.extract.pages.page import Block
from crawler.extract.sentences import Sentence
from crawler.extract.tagger import Tagging

_ANSWERS = frozenset(["answer_yes", "answer_no"])


def answering(
    text: str,
    block: Block,
    found: tuple[Sentence, ...],
    asked: Sentence | None,
    words: Tagging,
    *,
    headed: bool,
) -> tuple[Sentence, ...]:
    """The block's sentences; the first joins the one above it where it answers that by yes or no.

    ``asked`` is the last sentence of the line above, ``headed`` whether that is its heading.
    """
    answers = _answers(found)
    if not found or not (answers or (headed and asked is not None)):
        return found
    joined = question_and_answer(text, asked, found[0], words) if asked is not None else None
    if joined is None and asked is not None and headed:
        joined = with_label(text, block, asked.whole, found[0], words)
    if not answers and joined is None:
        return found
    return tuple(_answering(text, found, asked, joined, words))


def _answers(found: tuple[Sentence, ...]) -> bool:
    for sentence in found:  # noqa: SIM110 - asked of every line of a page; a generator takes twice as long
        if not sentence.whole.lacks(_ANSWERS):
            return True
    return False


def _answering(
    text: str,
    found: tuple[Sentence, ...],
    asked: Sentence | None,
    joined: Sentence | None,
    words: Tagging,
) -> Iterator[Sentence]:
    before: Sentence | None = None
    for sentence in found:
        if before is None and joined is not None:
            yield joined
        else:
            late = joined is None and asked is not None and asked.asks and not (before and before.asks)
            question = asked if late and sentence is found[-1] and is_bare_answer(sentence) else before
            answer = question_and_answer(text, question, sentence, words) if question else None
            yield answer or sentence
        before = sentence
