"""Links that a page gives as the place to do or see something: shared by the facts that are links."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crawler.extract.automaton import Hit
from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.document import Document
from crawler.extract.once import once
from crawler.extract.pages.page import Block, PageLink, Region
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

_LONGEST_BUTTON = 8
"""Tokens of a link that stands alone, before the brackets that tell of its file: "Map (PDF, 1.2 MB)"."""
_LEAST_MENU, _LINKED_SHARE = 3, 0.6
"""How many links, and what part of the text, make a menu of a line."""


@dataclass(frozen=True)
class Pointer:
    """A link with the sentence that holds it; ``words`` is what the link itself says."""

    link: PageLink
    scoped: Scoped
    words: frozenset[str]
    """Concepts that lie within the link's words."""
    button: bool
    """Whether the link is all that the sentence holds."""
    above: Clause | None
    """The nearest heading, also where it is of another service."""

    def says(self, *concepts: str) -> bool:
        return not self.words.isdisjoint(concepts)

    @property
    def whole(self) -> Clause:
        return self.scoped.whole


@once
def pointers(document: Document) -> tuple[Pointer, ...]:
    """The links in sentences that are in scope, and those that stand alone in the content of an uphill page."""
    return tuple(_held(document)) if document.page.links else ()


def _held(document: Document) -> Iterator[Pointer]:
    sentences = sorted(document.sentences, key=lambda s: s.sentence.start)
    starts = [scoped.sentence.start for scoped in sentences]
    held: dict[int, list[PageLink]] = {}
    for link in document.page.links:
        at = bisect_right(starts, link.start) - 1
        if at >= 0 and link.start < sentences[at].sentence.end:
            held.setdefault(at, []).append(link)
    for at, links in held.items():
        if not _is_menu(sentences[at], links):
            yield from _pointers(document, sentences[at], links)


def _is_menu(scoped: Scoped, links: list[PageLink]) -> bool:
    """Whether the sentence is a row of links and little else."""
    linked = sum(link.end - link.start for link in links)
    return len(links) >= _LEAST_MENU and linked > _LINKED_SHARE * (
        scoped.sentence.end - scoped.sentence.start
    )


def _pointers(document: Document, scoped: Scoped, links: list[PageLink]) -> Iterator[Pointer]:
    block = scoped.sentence.block
    above = _above(document, block)
    for link in links:
        button = block.linked and _length(scoped.whole) <= _LONGEST_BUTTON
        theirs = document.about or scoped.headed("uphill")
        stands = button and theirs and block.region is Region.MAIN
        if (scoped.scope or stands) and link.url != document.page.url:
            yield Pointer(link, scoped, _concepts_in(scoped.whole, link), button, above)


def _above(document: Document, block: Block) -> Clause | None:
    if not block.headings:
        return None
    heading = document.page.blocks[block.headings[-1]]
    return document.clause_of(document.page.text[heading.start : heading.end])


def _length(clause: Clause) -> int:
    return next((at for at, token in enumerate(clause.tokens) if token.fold == "("), len(clause.tokens))


def _concepts_in(clause: Clause, link: PageLink) -> frozenset[str]:
    def inside(hit: Hit) -> bool:
        return clause.tokens[hit.first].start >= link.start and clause.tokens[hit.last].end <= link.end

    return frozenset(concept for concept, hits in clause.hits.items() if any(map(inside, hits)))


def claims(
    document: Document, field: str, strength_of: Callable[[Pointer], Strength | None]
) -> Iterator[Claim]:
    for pointer in pointers(document):
        strength = strength_of(pointer)
        if strength is not None:
            sentence = pointer.scoped.sentence
            yield Claim(field, pointer.link.url, sentence.start, sentence.end, strength, "a link to it")


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    """The link that is told most directly, the first of several."""
    if not claims:
        return UNSTATED
    best = max(claims, key=lambda claim: (claim.strength, -claim.start))
    return Settled(best.value, (best,))
