"""A page read as sentences, with what each of them is about."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import zip_longest

from crawler.extract.asserted import asserted
from crawler.extract.hours.operations import Phase, phase_of_heading
from crawler.extract.hours.phasecolumns import Cell, cells_by_phase
from crawler.extract.lines.entries import BULLETS, CROSSES, bare_verdict, led_by, marked
from crawler.extract.lines.labels import with_label
from crawler.extract.lines.questions import is_bare_answer, question_and_answer
from crawler.extract.once import told_once
from crawler.extract.pages.levels import HEADER_ROW
from crawler.extract.pages.page import Block, Page, Region
from crawler.extract.passes.coined import Coining, Name, ends_in_pass, names_of
from crawler.extract.resorts.names import slug_of
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sections.begun import begun
from crawler.extract.sentences import Clause, Sentence, sentences
from crawler.extract.tagger import lexicon
from crawler.extract.topics import (
    FACT_WORDS,
    Heading,
    Topic,
    bans_a_kind,
    goes_on_asking,
    is_of_an_offer,
    is_umbrella,
    speaks_of_others,
    starts_an_offer,
    starts_elsewhere,
    topic_of,
    topic_of_list,
)

_MOST_TEXT = 60_000
"""Characters of a page that are read, its menus aside; a policy of more does not exist."""
_LEAST_TRAVEL, _TRAVEL_SHARE = 3, 0.4
"""How many sentences, and what part of them, name uphill travel on a page whose title does not."""
_SECTIONS_SHARE, _BOTH = 0.5, 2


def _is_prose(block: Block) -> bool:
    return block.region is Region.MAIN and not block.linked and not block.level


_TITLE_MARK = re.compile(r"\s(?:[|–—•·»«>~/:-]|::)\s")


@dataclass(frozen=True, slots=True)
class _Above:
    """The headings above a line that are not of an offer, what they are about, and their time of operation."""

    headings: tuple[Clause, ...]
    topic: Topic | None
    phase: Phase | None
    umbrella: bool = False
    """Whether only the page's title makes the topic another one."""


def _read_blocks(page: Page) -> Iterator[tuple[int, Block]]:
    """The blocks outside menus, with their index, as far as a page is read."""
    read = 0
    for index, block in enumerate(page.blocks):
        if block.region is Region.CHROME:
            continue
        read += block.end - block.start
        if read > _MOST_TEXT:
            return
        read += 1
        yield index, block


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
        self._index = {block: index for index, block in enumerate(page.blocks)}
        self._of_block = {
            block: tuple(sentences(page.text, block, told, lexicon(told)))
            for index, block in _read_blocks(page)
            if (passage is None or index in passage) and (told := self._langs.get(index, lang))
        }
        self._title = self.clause_of(page.title)
        self._under: dict[tuple[tuple[int, ...], Region], _Above] = {}
        self._read_coined()

    def clause_of(self, text: str) -> Clause | None:
        """Words that stand in no block, such as the title, as one clause."""
        found = list(sentences(text, Block(0, len(text)), self.lang, lexicon(self.lang)))
        return found[0].whole if found else None

    def _read_coined(self) -> None:
        """Read anew, where the page is about going up, the blocks that name a pass after its own topic."""
        names = set(self._names()) if self.about else set()
        if not names:
            return
        written = "|".join(re.escape(name[0]) for name in names)
        seen = re.compile(rf"\b(?:{written})", re.IGNORECASE)
        for block, found in self._of_block.items():
            words = self.page.words(block)
            if not seen.search(words):
                continue
            # the pass may be named in one word with the topic
            if any(s.has("pass_noun") for s in found) or ends_in_pass(words, names, self.lang):
                lang = self._langs.get(self._index[block], self.lang)
                coining = Coining(self.page.text, lang, names)
                self._of_block[block] = tuple(sentences(self.page.text, block, lang, coining))

    def _names(self) -> Iterator[Name]:
        """What the page calls its topic: a main heading that names uphill travel, or a single word of its own."""
        for block, found in self._of_block.items():
            if block.level not in (1, 2) or block.region is not Region.MAIN or not found:
                continue
            below = next((b for b in self.page.blocks[self._index[block] + 1 :] if not b.level), None)
            told = self._of_block.get(below, ())[:1] if below is not None else ()
            own = self.page.words(block)
            coined = block.level == 1 and own.isalpha() and own not in self.page.title and not slug_of(own)
            if found[0].has("uphill") or (coined and told and told[0].has("uphill")):
                yield from names_of(found[0].whole, self.page.text)

    def sentences_of(self, block: Block) -> tuple[Sentence, ...]:
        return self._of_block.get(block, ())

    @told_once
    def about(self) -> bool:
        """Whether the page as a whole is about uphill travel."""
        if self._aimed:
            return True
        heads = [block for block in self._of_block if block.level in (1, 2) and block.region is Region.MAIN]
        titles = [block for block in heads if block.level == 1 and not block.linked] or heads[:1]
        named = [s.whole for block in titles for s in self._of_block[block]]
        named += [self._title] if self._title is not None else []
        if any(clause.has("uphill") for clause in named):
            return True
        told = [s for block, found in self._of_block.items() if _is_prose(block) for s in found]
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
        for block, found in self._of_block.items():
            if _is_prose(block) and block.headings:
                under.setdefault(block.headings[-1], []).extend(found)
        telling = [told for told in under.values() if any(s.has("uphill") for s in told)]
        ruling = sum(
            s.has("uphill") and bool(s.kinds & {"permit", "forbid"}) for told in telling for s in told
        )
        return ruling >= _BOTH and _LEAST_TRAVEL <= len(telling) >= _SECTIONS_SHARE * len(under)

    @told_once
    def elsewhere(self) -> bool:
        """Whether its title or main heading is about something else, such as summer biking."""
        heads = [s.whole for block, found in self._of_block.items() if block.level == 1 for s in found]
        # the resort's own name stands behind the mark: "Uphill Access | Trestle Bike Park"
        first = self.clause_of(_TITLE_MARK.split(self.page.title, maxsplit=1)[0])
        plain = any(head.has("uphill") and not is_of_an_offer(head) for head in heads)
        heads += [first] if first is not None else []
        if any(head.has("offer_page") for head in heads) and not plain:
            return True
        return not self.about and any(head.has("other_page") for head in heads)

    @told_once
    def sentences(self) -> tuple[Scoped, ...]:
        """All sentences that may count, headings included, in the page's order."""
        return tuple(self._scoped())

    @told_once
    def main(self) -> tuple[Scoped, ...]:
        """Sentences in scope."""
        return tuple(scoped for scoped in self.sentences if scoped.scope)

    def telling(self, concepts: AbstractSet[str], *, headed: str | None = None) -> list[Scoped]:
        """The sentences in scope that speak of any of the concepts, or stand under a heading that holds ``headed``."""
        of = concepts.isdisjoint
        return [s for s in self.main if not of(s.concepts) or (headed is not None and s.headed(headed))]

    def _scoped(self) -> Iterator[Scoped]:
        intro: Clause | None = None
        for block, found in self._of_block.items():
            above = self._above(block)
            headings, topic, phase = above.headings, above.topic, above.phase
            if cells := cells_by_phase(
                self.page.text, block, headings[0] if headings else None, self.clause_of
            ):
                yield from self._of_columns(block, cells, headings, topic)
                continue
            explicit_before = offered = False
            listed = block.listed or self.page.text[block.start] in BULLETS
            if not listed:
                intro = None
            lead = intro if intro is not None else bare_verdict(block, headings, listed=listed)
            read = list(
                self._with_answer(block, led_by(lead, marked(self.page.text, found, crossed=self._crosses)))
            )
            for told, following in zip_longest(read, read[1:]):
                sentence = told if block.level else asserted(told, following)
                if sentence is None:
                    continue
                travels = sentence.has("uphill")
                named = travels or (sentence.has("ascend") and self.about)
                offered = not block.level and ((offered and not named) or starts_an_offer(sentence))
                before = (explicit_before or self._index[block] in self._begun) and not offered
                of = Topic.ALIEN if offered else None if before and above.umbrella else topic
                of = (topic_of_list(intro) if intro is not None else None) or of
                if self.page.text.find("©", block.start, block.end) >= 0:
                    of = Topic.OTHER  # the resort's address and hours, as at the foot of each page
                scope = self._scope(block, sentence, of, named=named, before=before)
                explicit_before = explicit_before or travels
                yield Scoped(
                    sentence, scope, headings[0] if headings else None, headings, phase, named, intro
                )
            if found and found[-1].whole.tokens[-1].fold == ":" and not block.row:
                intro = found[-1].whole

    def _of_columns(
        self, row: Block, cells: tuple[Cell, ...], headings: tuple[Clause, ...], topic: Topic | None
    ) -> Iterator[Scoped]:
        """Sentences of cells below columns of operations, each under its row's label and in its column's time."""
        words = lexicon(self.lang)
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
                    replace(sentence, block=row), scope, above[0] if above else None, above, cell.phase, named
                )

    @told_once
    def _crosses(self) -> bool:
        return any(self.page.text[block.start] in CROSSES for block in self._of_block)

    def _with_answer(self, block: Block, found: tuple[Sentence, ...]) -> Iterator[Sentence]:
        """The block's sentences; the first joins the question above it where it answers that by yes or no."""
        at = self._index[block]
        above = self.page.blocks[at - 1] if at else None
        words = lexicon(self._langs.get(at, self.lang))
        asked = (
            self._of_block.get(above, ())[-1:] if above is not None and above.region is block.region else ()
        )
        joined = question_and_answer(self.page.text, asked[0], found[0], words) if asked and found else None
        if joined is None and asked and found and block.headings[-1:] == (at - 1,):
            joined = with_label(self.page.text, block, asked[0].whole, found[0], words)
        before: Sentence | None = None
        for sentence in found:
            if before is None and joined is not None:
                yield joined
            else:
                late = joined is None and asked and asked[0].asks and not (before and before.asks)
                question = asked[0] if late and sentence is found[-1] and is_bare_answer(sentence) else before
                answer = question_and_answer(self.page.text, question, sentence, words) if question else None
                yield answer or sentence
            before = sentence

    def _above(self, block: Block) -> "_Above":
        """What stands above the block: told once for all the lines under the same headings."""
        key = (block.headings, block.region)
        known = self._under.get(key) if not block.level else None
        if known is None:
            above = self._headings(block)
            headings = tuple(h.clause for h in above if not h.is_offer)
            phase = next((p for h in headings if (p := phase_of_heading(h)) is not None), None)
            known = _Above(headings, self._topic(block, above), phase, is_umbrella(above))
            if not block.level:
                self._under[key] = known
        return known

    def _headings(self, block: Block, region: Region | None = None) -> tuple[Heading, ...]:
        """Headings above the block (or those in a region alone), the nearest first."""
        return tuple(
            Heading(found[0].whole, head.level)
            for head in map(self.page.blocks.__getitem__, reversed(block.headings))
            if (found := self._of_block.get(head, ())) and (region is None or head.region is region)
        )

    def _topic(self, block: Block, above: tuple[Heading, ...]) -> Topic | None:
        headings = self._headings(block, Region.SIDE) if block.region is Region.SIDE else above
        if block.level and (found := self._of_block.get(block, ())):
            headings = (Heading(found[0].whole, block.level), *headings)
        if self._tells_in_most_sections:
            headings = tuple(h for h in headings if not (h.level == 1 and h.is_offer))
        told_by_nearest = bool(headings) and topic_of(headings[:1]) is not None
        if (
            not told_by_nearest
            and not block.level
            and block.headings
            and block.headings[-1] in self._of_others
        ):
            return Topic.OTHER
        return Topic.UPHILL if self._goes_on_asking(block) else topic_of(headings)

    def _goes_on_asking(self, block: Block) -> bool:
        """Whether the question above it goes on from one on going up: "May I skin?" "Do I need a pass for that?"."""
        if not block.level and not block.headings:
            return False
        index = self._index[block] if block.level else block.headings[-1]
        level = self.page.blocks[index].level
        for head in reversed(self.page.blocks[: index + 1]):
            found = self._of_block.get(head, ()) if head.level else ()
            if head.level and (head.level != level or not found or not found[0].asks):
                return False
            if found and not goes_on_asking(found[0]):
                return found[0].has("uphill")
        return False

    @told_once
    def _begun(self) -> frozenset[int]:
        told = [(self._index[block], found) for block, found in self._of_block.items()]
        heads = {
            index: Heading(found[0].whole, block.level)
            for index, found in told
            if found and (block := self.page.blocks[index]).level
        }
        return frozenset(begun(self.page.blocks, told, heads))

    @told_once
    def _of_others(self) -> frozenset[int]:
        """Headings, by their index, of sections that speak of other services though the heading doesn't tell."""
        told: dict[int, list[Sentence]] = {}
        for block, found in self._of_block.items():
            if block.headings and not block.level and block.region is Region.MAIN:
                told.setdefault(block.headings[-1], []).extend(found)
        heads = {index: self._of_block.get(self.page.blocks[index], ())[:1] for index in told}
        return frozenset(
            index
            for index, below in told.items()
            if 1 < self.page.blocks[index].level < HEADER_ROW
            and heads[index]
            and speaks_of_others(heads[index][0].whole, below)
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
        if topic is Topic.SOFT and not (
            self.about and (named or sentence.has(*FACT_WORDS) or "must" in sentence.kinds)
        ):
            return Scope.OUT
        if before:
            return Scope.EXPLICIT
        if not self.about or (starts_elsewhere(sentence) and not named):
            return Scope.OUT
        return Scope.EXPLICIT if named else Scope.NEUTRAL

    def count(self, *concepts: str) -> Counter[str]:
        """How many sentences in scope hold each concept."""
        return Counter(c for scoped in self.main for c in concepts if scoped.whole.has(c))
