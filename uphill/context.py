"""A quote in its context: the sentences around it in the text of its page."""

import re
from dataclasses import dataclass

REACH = 260
"""Letters of context before a quote and after it, at most."""
_SENTENCES = 2
"""Sentences of context before a quote and after it, at most."""
_APART = " · "
_BREAK = re.compile(r"(?<=[.!?])\s+(?![a-zà-ÿ])|\n+")
"""Between two sentences; the text of a page has each of its blocks on a line. "8 a.m. to" goes on."""


@dataclass(frozen=True, slots=True)
class Context:
    """A quote with the words ``before`` and ``after`` it, white space folded: the three make up the text again.

    Either may be empty. Blocks of the page are kept apart by a dot.
    ``cut_before`` and ``cut_after`` tell that the page's own sentence goes on there.
    """

    before: str
    quote: str
    after: str
    cut_before: bool = False
    cut_after: bool = False


def context(text: str, start: int, end: int) -> Context:
    """What stands around ``text[start:end]``: up to two sentences, and no more letters than ``REACH``, to each side."""
    ahead = text[max(start - REACH, 0) : start]
    behind = text[end : end + REACH]
    begin = start - len(ahead)
    breaks = [match.end() - begin for match in _BREAK.finditer(text, begin, start)]
    ends = [match.start() - end for match in _BREAK.finditer(text, end, end + len(behind))]
    whole_before, whole_after = start <= REACH, end + REACH >= len(text)
    first = _first(breaks, len(ahead), whole=whole_before)
    last = _last(ends, len(behind), whole=whole_after)
    return Context(
        _folded(ahead[first:]) + _joint(ahead[first:], at_end=True),
        " ".join(text[start:end].split()),
        _joint(behind[:last], at_end=False) + _folded(behind[:last]),
        cut_before=first == 0 and not whole_before,
        cut_after=last == len(behind) and not whole_after,
    )


def _first(breaks: list[int], length: int, *, whole: bool) -> int:
    """Where the context before a quote begins. The quote's own sentence may have begun before the quote."""
    ours = [at for at in breaks if at < length]
    wanted = _SENTENCES if breaks[-1:] == [length] else _SENTENCES + 1
    if len(ours) >= wanted:
        return ours[-wanted]
    return 0 if whole or not ours else ours[0]


def _last(ends: list[int], length: int, *, whole: bool) -> int:
    ours = [at for at in ends if at > 0]
    wanted = _SENTENCES if ends[:1] == [0] else _SENTENCES + 1
    if len(ours) >= wanted:
        return ours[wanted - 1]
    return length if whole or not ours else ours[-1]


def _folded(text: str) -> str:
    """White space folded; what stood on lines of their own stays apart."""
    return _APART.join(" ".join(line.split()) for line in text.split("\n") if line.strip())


def _joint(text: str, *, at_end: bool) -> str:
    """What stands between the quote and the ``text`` beside it."""
    space = text[len(text.rstrip()) :] if at_end else text[: len(text) - len(text.lstrip())]
    if not text.strip() or not space:
        return ""
    return _APART if "\n" in space else " "
