"""Which words of a page tell of which route: what follows its name, up to the next route's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.extract.automaton import Hit
from crawler.extract.document import Document
from crawler.extract.pages.page import Block
from crawler.extract.scoped import Scoped

_MOST_NAMES = 25
_MOST_BLOCKS = 6
"""Blocks below a name that tell of it."""
_LEADS = 1
"""Tokens before the name in the first cell of its row."""
_BESIDE_NAME = 3
"""Tokens beside a name on a line that is a heading in all but the markup: "Birch Run (easy)"."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words on one route: tokens ``first`` up to ``past`` of the sentence."""

    name: str
    scoped: Scoped
    first: int
    past: int
    under: Block | None = None
    """The block of the name, where it stands above these words."""

    @property
    def start(self) -> int:
        return self.scoped.whole.tokens[self.first].start

    @property
    def end(self) -> int:
        return self.scoped.whole.tokens[self.past - 1].end

    def hits(self, concept: str) -> list[Hit]:
        found = self.scoped.whole.hits.get(concept, ())
        return [hit for hit in found if self.first <= hit.first and hit.last < self.past]


@dataclass(frozen=True, slots=True)
class _Subject:
    """The route that was named last, and whether its name stands above what follows."""

    name: str
    block: Block
    heads: bool


@dataclass(frozen=True, slots=True)
class _Mention:
    name: str
    first: int
    past: int


def parts(document: Document, names: Sequence[str]) -> Iterator[Part]:
    """The parts on each of the routes, in the page's order."""
    pattern = _pattern(names)
    if pattern is None:
        return
    told = {name.casefold(): name for name in reversed(names)}
    at = {block: index for index, block in enumerate(document.page.blocks)}
    mentioned = [(scoped, _mentions(scoped, pattern, told)) for scoped in document.sentences]
    crowded = _crowded(mentioned)
    subject: _Subject | None = None
    for scoped, mentions in mentioned:
        block = scoped.sentence.block
        if mentions:
            yield from _of_sentence(scoped, mentions)
            alone = len({mention.name for mention in mentions}) == 1 and block not in crowded
            subject = _Subject(mentions[-1].name, block, heads=_heads(scoped, mentions)) if alone else None
        elif subject is not None and _goes_on(at, subject, scoped):
            yield Part(subject.name, scoped, 0, len(scoped.whole.tokens), subject.block)
        else:
            subject = None


def _pattern(names: Sequence[str]) -> re.Pattern[str] | None:
    unique = sorted(dict.fromkeys(names), key=len, reverse=True)[:_MOST_NAMES]
    if not unique:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, unique)) + r")(?!\w)", re.IGNORECASE)


def _mentions(scoped: Scoped, pattern: re.Pattern[str], told: dict[str, str]) -> list[_Mention]:
    out: list[_Mention] = []
    for match in pattern.finditer(scoped.whole.text, scoped.sentence.start, scoped.sentence.end):
        inside = scoped.whole.tokens_between(match.start(), match.end())
        if inside:
            out.append(_Mention(told[match[0].casefold()], inside[0], inside[-1] + 1))
    return out


def _crowded(mentioned: Sequence[tuple[Scoped, list[_Mention]]]) -> set[Block]:
    """Blocks that name several routes."""
    named: dict[Block, set[str]] = {}
    for scoped, mentions in mentioned:
        named.setdefault(scoped.sentence.block, set()).update(mention.name for mention in mentions)
    return {block for block, names in named.items() if len(names) > 1}


def _of_sentence(scoped: Scoped, mentions: list[_Mention]) -> Iterator[Part]:
    last = len(scoped.whole.tokens)
    if scoped.sentence.block.row and mentions[0].first <= _LEADS:
        yield Part(mentions[0].name, scoped, 0, last)  # other cells may name where it leads to
        return
    if len({mention.name for mention in mentions}) == 1:
        yield Part(mentions[0].name, scoped, 0, last)
        return
    for index, mention in enumerate(mentions):
        past = mentions[index + 1].first if index + 1 < len(mentions) else last
        if past > mention.past:
            yield Part(mention.name, scoped, mention.past, past)


def _heads(scoped: Scoped, mentions: list[_Mention]) -> bool:
    """Whether the name is all that the line says."""
    named = mentions[0].past - mentions[0].first
    return bool(scoped.sentence.block.level) or len(scoped.whole.tokens) <= named + _BESIDE_NAME


def _goes_on(at: dict[Block, int], subject: _Subject, scoped: Scoped) -> bool:
    """Whether a sentence tells on of the route named before: "It begins at …", or what stands below its heading."""
    named, block = subject.block, scoped.sentence.block
    if block is named:
        return subject.heads or scoped.whole.first("same_subject") == 0
    distance = at[block] - at[named]
    if not 0 < distance <= _MOST_BLOCKS or block.level or block.row or block.region is not named.region:
        return False
    if not subject.heads:
        return False
    return at[named] in block.headings or (
        not named.level and not named.row and block.headings == named.headings
    )
