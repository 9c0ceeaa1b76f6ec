"""A page read as sentences, with what each of them is about."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import zip_longest

from crawler.extract.asserted import asserted
from crawler.extract.hours.operations import Phase, phase_of_heading
from crawler.extract.hours.phasecolumns import Cell, cells_by_phase
from crawler.extract.lines.answered import answering
from crawler.extract.lines.entries import BULLETS, CROSSES, bare_verdict, led_by, marked
from crawler.extract.once import told_once
from crawler.extract.pages.levels import HEADER_ROW
from crawler.extract.pages.page import Block, Page, Region
from crawler.extract.passes.coined import Coining, ends_in_pass, names_on
from crawler.extract.resorts.own import OwnNamed, own_names
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sections.alternatives import but_alternatives
from crawler.extract.sections.begun import begun
from crawler.extract.sentences import Clause, Sentence, sentences
from crawler.extract.tagger import Tagging, lexicon
from crawler.extract.topics import (
    Heading,
    Topic,
    bans_a_kind,
    goes_on_asking,
    is_of_an_offer,
    is_umbrella,
    speaks_of_others,
    starts_an_offer,
    starts_elsewhere,
    tells_a_fact,
    topic_of,
    topic_of_list,
)

_LEAST_TRAVEL, _TRAVEL_SHARE = 3, 0.4
"""How many sentences, and what part of them, name uphill travel on a page whose title does not."""
_SECTIONS_SHARE, _BOTH = 0.5, 2


def _is_prose(block: Block) -> bool:
    return block.region is Region.MAIN and not block.linked and not block.level


_TITLE_MARK = re.compile(r"\s(?:[|–—•·»«>~/:-]|::)\s")


@dataclass(eq=False)
class _Above:
    """The headings above a line, what they are about, and their time of operation."""

    all: tuple[Heading, ...]
    headings: tuple[Clause, ...]
    """Those that are not of an offer."""
    topic: Topic | None
    phase: Phase | None

    @told_once
    def umbrella(self) -> bool:
        """Whether only the page's title makes the topic another one."""
        return is_umbrella(self.all)


_RULED_PASTIMES = ("ascend", "dog", "snowshoe", "foot", "bike")
"""Pastimes, and going up itself, that a policy rules beside it."""


class Document:
    """A page's sentences in order; built once and read by every fact module.

    ``langs`` are the languages of blocks (by index) that are not all in ``lang``; ``passage`` are the only blocks
    (by index) that are read, where the page holds more than one resort's rules or, ``aimed`` at by the page's URL,
    one section on uphill travel among others.
    """

    def __init__(
        self,
        page: Page,
        lang: str,
        langs: Mapping[int, str] | None = None,
        passage: Collection[int] | None = None,
        *,
        aimed: bool = False,
    ) -> None:
        self.page = page
        self.lang = lang
        self._aimed = aimed
        self._langs = langs or {}
        self.own_names = own_names(page, lang)
        self._told = {
            index: tuple(sentences(page.text, block, told, self._words(told)))
            for index, block in page.read_blocks()
            if (passage is None or index in passage) and (told := self._langs.get(index, lang))
        }
        self._clauses: dict[str, Clause | None] = {}
        self._title = self.clause_of(page.title)
        self._under: dict[tuple[tuple[int, ...], Region], _Above] = {}
        self._read_coined()

    def _words(self, lang: str) -> Tagging:
        return OwnNamed(lexicon(lang), lang, self.own_names) if self.own_names else lexicon(lang)

    def clause_of(self, text: str) -> Clause | None:
        """Words that stand in no block, such as the title, as one clause."""
        if text not in self._clauses:
            found = next(sentences(text, Block(0, len(text)), self.lang, lexicon(self.lang)), None)
            self._clauses[text] = found.whole if found is not None else None
        return self._clauses[text]

    def _lines(self) -> Iterator[tuple[Block, tuple[Sentence, ...]]]:
        """The blocks that are read, in the page's order, each with its sentences."""
        blocks = self.page.blocks
        return ((blocks[index], found) for index, found in self._told.items())

    def _read_coined(self) -> None:
        """Read anew, where the page is about going up, the blocks that name a pass after its own topic."""
        names = set(names_on(self.page, self._told)) if self.about else set()
        if not names:
            return
        written = "|".join(re.escape(name[0]) for name in names)
        seen = re.compile(rf"\b(?:{written})", re.IGNORECASE)
        for index, found in self._told.items():
            block = self.page.blocks[index]
            words = self.page.words(block)
            if not seen.search(words):
                continue
            # the pass may be named in one word with the topic
            if any(s.has("pass_noun") for s in found) or ends_in_pass(words, names, self.lang):
                lang = self._langs.get(index, self.lang)
                coining = Coining(self.page.text, lang, names, self._words(lang))
                self._told[index] = tuple(sentences(self.page.text, block, lang, coining))

    def sentences_of(self, block: Block) -> tuple[Sentence, ...]:
        return self._told.get(self._index[block.start], ())

    @told_once
    def _index(self) -> dict[int, int]:
        """The blocks' indices by where they begin."""
        return {block.start: index for index, block in enumerate(self.page.blocks)}

    @told_once
    def about(self) -> bool:
        """Whether the page as a whole is about uphill travel."""
        if self._aimed:
            return True
        heads = [(b, found) for b, found in self._lines() if b.level in (1, 2) and b.region is Region.MAIN]
        titles = [found for block, found in heads if block.level == 1 and not block.linked]
        named = [s.whole for found in titles or [found for _, found in heads[:1]] for s in found]
        named += [self._title] if self._title is not None else []
        if any(clause.has("uphill") for clause in named):
            return True
        told = [s for block, found in self._lines() if _is_prose(block) for s in found]
        travels = sum(s.has("uphill") for s in told)
        if any(clause.has("ascent_noun") for clause in named) and travels:
            return True
        if travels < _LEAST_TRAVEL:
            return False
        return travels >= _TRAVEL_SHARE * len(told) or self._tells_in_most_sections

    @told_once
    def _tells_in_most_sections(self) -> bool:
        """Whether most of its sections, under whatever headings, rule who goes up, as a story told in parts does."""
        under: dict[int, list[Sentence]] = {}
        for block, found in self._lines():
            if _is_prose(block) and block.headings:
                under.setdefault(block.headings[-1], []).extend(found)
        telling = [told for told in under.values() if any(s.has("uphill") for s in told)]
        ruling = sum(
            s.has("uphill") and bool(s.kinds & {"permit", "forbid"}) for told in telling for s in told
        )
        return ruling >= _BOTH and _LEAST_TRAVEL <= len(telling) >= _SECTIONS_SHARE * len(under)

    @told_once
    def _first_heading(self) -> list[Clause]:
        """That of a page without a main one."""
        heads = (found for b, found in self._lines() if b.level == 2 and b.region is Region.MAIN)
        return [sentence.whole for sentence in next(heads, ())]

    @told_once
    def elsewhere(self) -> bool:
        """Whether its title or main heading is about something else, such as summer biking."""
        heads = [s.whole for block, found in self._lines() if block.level == 1 for s in found]
        # the resort's own name stands behind the mark: "Uphill Access | Trestle Bike Park"
        first = self.clause_of(_TITLE_MARK.split(self.page.title, maxsplit=1)[0])
        plain = any(head.has("uphill") and not is_of_an_offer(head) for head in heads or self._first_heading)
        heads += [first] if first is not None else []
        if any(head.has("offer_page") for head in heads) and not plain:
            return True
        return not self.about and any(head.has("other_page") for head in heads)

    @told_once
    def sentences(self) -> tuple[Scoped, ...]:
        """All sentences that may count, headings included, in the page's order."""
        return tuple(but_alternatives(self._scoped(), self.page.title))

    @told_once
    def main(self) -> tuple[Scoped, ...]:
        """Sentences in scope."""
        return tuple(scoped for scoped in self.sentences if scoped.scope)

    def telling(self, concepts: AbstractSet[str], *, headed: str | None = None) -> list[Scoped]:
        """The sentences in scope that speak of any of the concepts, or stand under a heading that holds ``headed``."""
        spoken = concepts & self._spoken
        if not (spoken or (headed is not None and any(s.headed(headed) for s in self.main))):
            return []
        of = spoken.isdisjoint
        return [s for s in self.main if not of(s.concepts) or (headed is not None and s.headed(headed))]

    @told_once
    def _spoken(self) -> frozenset[str]:
        """All that any sentence in scope speaks of."""
        return frozenset().union(*(s.concepts for s in self.main))

    def _scoped(self) -> Iterator[Scoped]:
        text, intro = self.page.text, None
        for index, found in self._told.items():
            block = self.page.blocks[index]
            above = self._above(index, block)
            headings, topic, phase = above.headings, above.topic, above.phase
            heading = headings[0] if headings else None
            if block.row and (cells := cells_by_phase(text, block, heading, self.clause_of)):
                yield from self._of_columns(block, cells, headings, topic)
                continue
            explicit_before = index in self._begun
            offered = False
            listed = block.listed or text[block.start] in BULLETS
            if not listed:
                intro = None
            lead = intro if intro is not None else bare_verdict(block, headings, listed=listed)
            read = self._with_answer(index, block, led_by(lead, marked(text, found, crossed=self._crosses)))
            settled = topic_of_list(intro) if intro is not None else None
            if text.find("©", block.start, block.end) >= 0:
                settled = Topic.OTHER  # the resort's address and hours, as at the foot of each page
            for told, following in zip_longest(read, read[1:]):
                sentence = told if block.level else asserted(told, following)
                if sentence is None:
                    continue
                travels = sentence.has("uphill")
                named = travels or (sentence.has("ascend") and self.about)
                offered = not block.level and ((offered and not named) or starts_an_offer(sentence))
                before = explicit_before and not offered
                of = Topic.ALIEN if offered else None if before and above.umbrella else topic
                scope = self._scope(block, sentence, settled or of, named=named, before=before)
                explicit_before = explicit_before or travels
                yield Scoped(sentence, scope, heading, headings, phase, named, intro)
            if found and found[-1].whole.tokens[-1].fold == ":" and not block.row:
                intro = found[-1].whole

    def _of_columns(
        self, row: Block, cells: tuple[Cell, ...], headings: tuple[Clause, ...], topic: Topic | None
    ) -> Iterator[Scoped]:
        """Sentences of cells below columns of operations, each under its row's label and in its column's time."""
        words = self._words(self.lang)
        for cell in cells:
            labels = sentences(self.page.text, cell.label, self.lang, words) if cell.label else iter(())
            label = next(labels, None)
            nearer = (label.whole if label is not None else None, cell.head)
            above = (*(clause for clause in nearer if clause is not None), *headings[1:])
            for sentence in sentences(self.page.text, cell.block, self.lang, words):
                named = sentence.has("uphill") or (sentence.has("ascend") and self.about)
                scope = self._scope(row, sentence, topic, named=named, before=False)
                if scope and label is not None and label.has("uphill"):
                    scope = Scope.EXPLICIT
                yield Scoped(
                    sentence.within(row), scope, above[0] if above else None, above, cell.phase, named
                )

    @told_once
    def _crosses(self) -> bool:
        return any(self.page.text[block.start] in CROSSES for block, _ in self._lines())

    def _with_answer(self, at: int, block: Block, found: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
        """The block's sentences, as they answer the line above it."""
        beside = at > 0 and self.page.blocks[at - 1].region is block.region
        above = self._told.get(at - 1, ()) if beside else ()
        words = self._words(self._langs.get(at, self.lang))
        headed = block.headings[-1:] == (at - 1,)
        return answering(self.page.text, block, found, above[-1] if above else None, words, headed=headed)

    def _above(self, index: int, block: Block) -> "_Above":
        """What stands above the block: told once for all the lines under the same headings."""
        key = (block.headings, block.region)
        known = self._under.get(key) if not block.level else None
        if known is None:
            above = self._headings(block)
            headings = tuple(h.clause for h in above if not h.is_offer)
            phase = next((p for h in headings if (p := phase_of_heading(h)) is not None), None)
            known = _Above(above, headings, self._topic(index, block, above), phase)
            if not block.level:
                self._under[key] = known
        return known

    def _headings(self, block: Block, region: Region | None = None) -> tuple[Heading, ...]:
        """Headings above the block (or those in a region alone), the nearest first."""
        return tuple(
            head
            for index in reversed(block.headings)
            if (head := self._heads.get(index)) is not None
            and (region is None or self.page.blocks[index].region is region)
        )

    @told_once
    def _heads(self) -> dict[int, Heading]:
        """The headings by their index."""
        blocks = self.page.blocks
        return {
            index: Heading(found[0].whole, blocks[index].level)
            for index, found in self._told.items()
            if found and blocks[index].level
        }

    def _topic(self, index: int, block: Block, above: tuple[Heading, ...]) -> Topic | None:
        headings = self._headings(block, Region.SIDE) if block.region is Region.SIDE else above
        if (own := self._heads.get(index)) is not None:
            headings = (own, *headings)
        if self._tells_in_most_sections:
            headings = tuple(h for h in headings if not (h.level == 1 and h.is_offer))
        of_others = not block.level and bool(block.headings) and block.headings[-1] in self._of_others
        if of_others and not (headings and topic_of(headings[:1]) is not None):
            return Topic.OTHER
        return Topic.UPHILL if self._goes_on_asking(index, block) else topic_of(headings)

    def _goes_on_asking(self, index: int, block: Block) -> bool:
        """Whether the question above it goes on from one on going up: "May I skin?" "Do I need a pass for that?"."""
        if not block.level and not block.headings:
            return False
        index = index if block.level else block.headings[-1]
        level = self.page.blocks[index].level
        for at in range(index, -1, -1):
            if not self.page.blocks[at].level:
                continue
            found = self._told.get(at, ())
            if self.page.blocks[at].level != level or not found or not found[0].asks:
                return False
            if not goes_on_asking(found[0]):
                return found[0].has("uphill")
        return False

    @told_once
    def _begun(self) -> frozenset[int]:
        return frozenset(begun(self.page.blocks, self._told.items(), self._heads))

    @told_once
    def _of_others(self) -> frozenset[int]:
        """Headings, by their index, of sections that speak of other services though the heading doesn't tell."""
        told: dict[int, list[Sentence]] = {}
        for block, found in self._lines():
            if block.headings and not block.level and block.region is Region.MAIN:
                told.setdefault(block.headings[-1], []).extend(found)
        return frozenset(
            index
            for index, below in told.items()
            if (head := self._heads.get(index)) is not None
            and 1 < head.level < HEADER_ROW
            and speaks_of_others(head.clause, below)
        )

    def _scope(  # noqa: PLR0911 - one return a rule, in their order
        self, block: Block, sentence: Sentence, topic: Topic | None, *, named: bool, before: bool
    ) -> Scope:
        if (block.linked and not block.level and not block.alert) or sentence.has("elsewhere", "proposed"):
            return Scope.OUT
        if topic is Topic.ALIEN and not bans_a_kind(sentence):
            return Scope.OUT
        if sentence.has("uphill") or topic is Topic.UPHILL:
            return Scope.EXPLICIT
        if topic is Topic.MIXED:
            ruled = sentence.has(*_RULED_PASTIMES) and not sentence.has("facility")
            apart = sentence.has("pastime") and not ruled
            return Scope.OUT if apart else Scope.EXPLICIT
        if topic is Topic.OTHER or block.region is Region.SIDE:
            return Scope.OUT
        if topic is Topic.SOFT and not (self.about and (named or tells_a_fact(sentence, behind=before))):
            return Scope.OUT
        if before:
            return Scope.EXPLICIT
        if not self.about or (starts_elsewhere(sentence) and not named):
            return Scope.OUT
        return Scope.EXPLICIT if named else Scope.NEUTRAL

    def count(self, *concepts: str) -> Counter[str]:
        """How many sentences in scope hold each concept."""
        return Counter([c for scoped in self.main for c in concepts if c in scoped.whole.hits])
