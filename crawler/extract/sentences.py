"""Blocks → sentences and clauses, each with the concepts in it and the headings that scope it."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from crawler.extract.automaton import Hit, by_concept
from crawler.extract.commas import goes_on, list_of_bans, reach
from crawler.extract.joints import between_numbers, in_word, joining_marks, without_alternatives
from crawler.extract.languages import language, of_all
from crawler.extract.lines.asked import without_labels
from crawler.extract.modality import ANSWERS, Answer, Verdict, answered, verdicts
from crawler.extract.once import told_once
from crawler.extract.pages.page import Block
from crawler.extract.stops import sentence_spans
from crawler.extract.tagger import FOLD_OF, Tagging, Token

_HARD = frozenset(";:()|–—•!?-")
_SOFT = frozenset(",.") | of_all("joiners")
"""Where a clause may end."""
_HEADS = ("permit", "forbid", "must", "should")
_MODAL = (*_HEADS, "neg", "ends_then")
_LAYING_DOWN = frozenset(_MODAL)
_LINKS = frozenset(",") | of_all("also")
_SIGNS = frozenset("$€+")
"""Marks that belong to the number after them."""
_LONGEST_LABEL = 4
"""Tokens before a dash."""
_LONGEST_LIST, _VERDICT_NEAR = 9, 5
"""Tokens before the "and" of a list that one verdict holds for, and from it to the verdict."""
_DIGIT = re.compile(r"\d")
_NONE: frozenset[str] = frozenset()


@dataclass(eq=False, init=False)
class Clause:
    """Part of a sentence with a statement of its own; ``hits`` by concept, ``tokens`` of this part only."""

    text: str = field(repr=False)
    tokens: tuple[Token, ...]
    hits: dict[str, tuple[Hit, ...]]
    lang: str
    lead: "Clause | None" = None
    """The clause that ends in the colon before this one."""
    lacks: Callable[[Iterable[str]], bool] = field(init=False, repr=False)
    """Whether none of the concepts is in it: quicker than ``has``, for more than a few of them."""
    answer: Answer | None = None
    """The answer that follows, where the clause is a question."""
    asked: bool = False
    """Whether it is a question before the end of the sentence; without an answer it lays down nothing."""

    def __init__(  # by hand: there are dozens a page, and what is as the class has it need not be set
        self,
        text: str,
        tokens: tuple[Token, ...],
        hits: dict[str, tuple[Hit, ...]],
        lang: str,
        lead: "Clause | None" = None,
        *,
        answer: Answer | None = None,
        asked: bool = False,
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.hits = hits
        self.lang = lang
        self.start = tokens[0][1]
        self.end = tokens[-1][2]
        self.lacks = hits.keys().isdisjoint
        if lead is not None:
            self.lead = lead
        if answer is not None:
            self.answer = answer
        if asked:
            self.asked = asked

    def has(self, *concepts: str) -> bool:
        """Whether any of the concepts is in it."""
        hits = self.hits
        for concept in concepts:  # noqa: SIM110 - asked thousands of times a page; a generator takes twice as long
            if concept in hits:
                return True
        return False

    @told_once
    def length(self) -> int:
        """How many words it has; marks are none."""
        return sum([token[0][0].isalnum() for token in self.tokens])

    @told_once
    def numbered(self) -> bool:
        """Whether a figure stands in it."""
        return _DIGIT.search(self.text, self.start, self.end) is not None

    def all(self, *concepts: str) -> bool:
        hits = self.hits
        for concept in concepts:  # noqa: SIM110 - as in ``has``
            if concept not in hits:
                return False
        return True

    def first(self, concept: str) -> int:
        """Index of the first token of the concept's first hit, or -1."""
        found = self.hits.get(concept)
        return found[0].first if found else -1

    def hits_of(self, *concepts: str) -> list[Hit]:
        """The hits of one concept after the other."""
        hits = self.hits
        if self.lacks(concepts):  # as most often
            return []
        return [hit for concept in concepts if concept in hits for hit in hits[concept]]

    def tokens_of(self, *concepts: str) -> set[int]:
        """The tokens that the concepts' hits cover."""
        return {index for hit in self.hits_of(*concepts) for index in range(hit.first, hit.last + 1)}

    def tokens_between(self, start: int, end: int) -> list[int]:
        """Those that begin at the text's ``start`` or behind, and before its ``end``."""
        return [index for index, token in enumerate(self.tokens) if start <= token.start < end]

    def words(self, hit: Hit) -> str:
        return self.text[self.tokens[hit.first].start : self.tokens[hit.last].end]

    @told_once
    def verdicts(self) -> tuple[Verdict, ...]:
        own = verdicts(self.tokens, self.hits, self.lang)
        if self.answer is not None:
            return (answered(own, self.answer),)
        if self.asked:
            return ()
        return own or (self.lead.verdicts if self.lead is not None else ())

    def verdicts_after(self, token: int) -> bool:
        """Whether a verdict of its own stands behind the token."""
        return any(verdict.at > token for verdict in verdicts(self.tokens, self.hits, self.lang))

    @told_once
    def travels(self) -> bool:
        """Whether it speaks of going up, and not only of an uphill pass."""
        passes, found = self.hits.get("uphill_pass"), self.hits_of("uphill", "ascend")
        return any(not hit.within_any(passes) for hit in found) if passes else bool(found)

    @told_once
    def kinds(self) -> frozenset[str]:
        """The kinds of its verdicts."""
        found = self.verdicts
        return frozenset([verdict.kind for verdict in found]) if found else _NONE

    def rules(self, kind: str) -> bool:
        """Whether it holds a verdict of the kind."""
        return kind in self.kinds

    def commands(self, concept: str) -> bool:
        """Whether the concept stands where an imperative does: first, or right after a comma or an "and"."""
        found = self.hits.get(concept)
        passes = self.hits.get("uphill_pass", ()) if concept == "ascend" else ()  # "Uphill passes are $20"
        return found is not None and any(
            (hit.first <= 1 or self.tokens[hit.first - 1].fold in _LINKS) and not hit.within_any(passes)
            for hit in found
        )

    def near(self, one: str, other: str, within: int) -> bool:
        """Whether hits of the two concepts lie at most ``within`` tokens apart."""
        return self.all(one, other) and any(
            max(a.first - b.last, b.first - a.last) <= within
            for a in self.hits[one]
            for b in self.hits[other]
        )


class Sentence:
    """A sentence of a block; ``whole`` is the sentence seen as one clause.

    ``beside`` is what its clauses tell of though it is no part of ``whole``: the question answered, the line above its
    list. Most sentences of a page are out of scope and are never cut into clauses; ``parts`` are those of a sentence
    that has been.
    """

    def __init__(
        self,
        block: Block,
        whole: Clause,
        hits: list[Hit],
        *,
        parts: tuple[Clause, ...] | None = None,
        beside: tuple[Clause, ...] = (),
    ) -> None:
        self.block = block
        self.whole = whole
        self.beside = beside
        self._hits = hits
        self._given = parts
        # properties and methods would be asked for thousands of times a page
        self.start = whole.start
        self.end = whole.end
        self.has = whole.has

    def of(self, parts: tuple[Clause, ...], beside: tuple[Clause, ...] | None = None) -> "Sentence":
        """The sentence with these clauses for its own."""
        beside = self.beside if beside is None else beside
        return Sentence(self.block, self.whole, self._hits, parts=parts, beside=beside)

    def within(self, block: Block) -> "Sentence":
        """The sentence as part of another block."""
        return Sentence(block, self.whole, self._hits, parts=self._given, beside=self.beside)

    @told_once
    def clauses(self) -> tuple[Clause, ...]:
        return self._given if self._given is not None else _parts(self.whole, self._hits)

    @told_once
    def concepts(self) -> AbstractSet[str]:
        """All that any of its clauses may hold."""
        own = self.whole.hits.keys()
        return own if not self.beside else own | {c for clause in self.beside for c in clause.hits}

    @told_once
    def text(self) -> str:
        return self.whole.text[self.start : self.end]

    @told_once
    def asks(self) -> bool:
        """Whether it is a question without its answer, asked or told: "People ask whether they may skin here"."""
        text = self.whole.text[self.start : self.end + 1]
        asked = "indirect_question" in self.whole.hits or text.rstrip("\"'”’»)\n ").endswith("?")
        return asked and self.clauses[0].answer is None

    def rules(self, kind: str) -> bool:
        return kind in self.kinds

    @told_once
    def kinds(self) -> frozenset[str]:
        """The kinds of all verdicts in it, each resolved within its clause."""
        one, *others = [clause.kinds for clause in self.clauses]
        return one.union(*others) if others else one


def sentences(text: str, block: Block, lang: str, words: Tagging) -> Iterator[Sentence]:
    for start, end in sentence_spans(text, block.start, block.end, lang):
        tokens = without_labels(_without_bullets(words.tokens(text, start, end, lang)), lang)
        if not tokens:
            continue
        yield sentence_of(text, block, tokens, lang, words)


def sentence_of(text: str, block: Block, tokens: tuple[Token, ...], lang: str, words: Tagging) -> Sentence:
    hits = words.tag(tokens)
    found = by_concept(hits)
    if "either" in found and not found.keys().isdisjoint(_LAYING_DOWN):
        hits = without_alternatives(tokens, hits, _LAYING_DOWN)
        found = by_concept(hits)
    whole = Clause(text, tokens, found, lang)
    return Sentence(block, whole, hits)


def _without_bullets(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Tokens less the marks at the start, which are no part of what is said; none where there are only marks."""
    if tokens and tokens[0][0][0].isalnum():
        return tokens
    if all(token.is_mark for token in tokens):
        return ()
    lead = next(i for i, token in enumerate(tokens) if not token.is_mark or token.fold in _SIGNS)
    return tokens[lead:]


def _parts(whole: Clause, hits: list[Hit]) -> tuple[Clause, ...]:
    """The clauses of a sentence; most are one."""
    modal = [] if whole.lacks(_LAYING_DOWN) else sorted({hit.first for hit in whole.hits_of(*_MODAL)})
    if not modal and _HARD.isdisjoint(map(FOLD_OF, whole.tokens)):
        return (whole,)
    # a comma ends no statement unless a verdict follows
    last = modal[-1] if modal else -1
    listed = list_of_bans(whole.tokens, hits) if "forbid" in whole.hits else set()
    joints = [
        index
        for index, token in enumerate(whole.tokens)
        if token[0] in _HARD or (index < last and token[0] in _SOFT) or index in listed
    ]
    if not joints:
        return (whole,)
    clauses = list(_clauses(whole, hits, joints, modal, listed))
    return tuple(_with_answers(clauses)) if len(clauses) > 1 else tuple(clauses)


def _with_answers(clauses: list[Clause]) -> Iterator[Clause]:
    """Questions with their answer, as in a row "May I climb while lifts run? | No"."""
    for clause, following in zip_longest(clauses, clauses[1:]):
        if following is not None and "?" in clause.text[clause.end : following.start]:
            told = next((v for c, v in ANSWERS if 0 <= answers_at(following, c) <= 1), None)
            yield replace(clause, answer=told, asked=True)
        else:
            yield clause


def _clauses(
    whole: Clause, hits: list[Hit], joints: list[int], modal: list[int], listed: AbstractSet[int]
) -> Iterator[Clause]:
    text, tokens, lang = whole.text, whole.tokens, whole.lang
    heads = sorted({hit.first for hit in whole.hits_of(*_HEADS)})
    begin = 0
    lead: Clause | None = None
    conditions = {hit.first for hit in whole.hits.get("if_strict", ())}
    joining = joining_marks(tokens, whole.hits, hits, joints, modal)
    # not one set off by a second comma: "…, after the lifts close, is forbidden"
    phases = [hit for hit in whole.hits_of("during_ops", "outside_ops") if hit.last + 1 < len(tokens)]
    times = {hit.first for hit in phases if tokens[hit.last + 1][0] != ","}
    for index in joints:
        token = tokens[index]
        if index in joining:
            continue
        if index in listed or (token.fold in _HARD and not between_numbers(tokens, index)):
            cut = True
        elif token.fold in _SOFT and _has_one(modal, index + 1, index + reach(tokens, index, times)):
            comma_before = index > begin and tokens[index - 1].fold == ","
            comma_before = comma_before and not _ends_a_list(tokens, begin, index, modal)
            # German sets a comma before every subordinate clause
            next_word = tokens[index + 1].fold if index + 1 < len(tokens) else ""
            subordinate = token.fold == "," and next_word in language(lang).clause_starts
            left = comma_before or subordinate or _has_one(heads, begin, index)
            # "If you have no season pass, you must buy a ticket"
            conditional = token.fold == "," and begin in conditions
            cut = (left or conditional) and not (token.fold == "." and in_word(text, token))
        else:
            continue
        if cut and goes_on(tokens, begin, index, heads, modal):
            continue
        if cut and index > begin:
            clause = _answered(_clause(whole, hits, begin, index, lead))
            yield clause
            labels = token.fold == ":" or (token.fold in "–—" and begin == 0 and _is_label(clause))
            lead = clause if labels else lead if token.fold in ",-–—" else None
            begin = index + 1
        elif cut:
            begin = index + 1
    if begin < len(tokens):
        yield _answered(_clause(whole, hits, begin, len(tokens), lead))


def _is_label(clause: Clause) -> bool:
    """As "Uphill travel" is in "Uphill travel – not permitted"."""
    return len(clause.tokens) <= _LONGEST_LABEL and not clause.verdicts


def _ends_a_list(tokens: tuple[Token, ...], begin: int, index: int, modal: list[int]) -> bool:
    """Whether it is the "and" of "Hiking, skinning, and snowshoeing are prohibited"."""
    commas = sum(token.fold == "," for token in tokens[begin:index])
    short = index - begin <= _LONGEST_LIST and not _has_one(modal, begin, index)
    return commas > 1 and short and _has_one(modal, index + 1, index + _VERDICT_NEAR)


def _has_one(places: list[int], begin: int, end: int) -> bool:
    """Whether any of the places, in their order, lies between ``begin`` and ``end`` (exclusive)."""
    at = bisect_left(places, begin)
    return at < len(places) and places[at] < end


def _answered(clause: Clause) -> Clause:
    """A row such as "Snowshoes | Yes", "Pass required: No", with what stands behind its mark as the answer."""
    if not clause.has("answer_yes", "answer_no"):
        return clause
    cell = next((i + 1 for i, token in enumerate(clause.tokens) if token.fold in "|:"), 0)
    if not cell:  # "Dogs – no"
        marks = (i + 1 for i, token in enumerate(clause.tokens[: _LONGEST_LABEL + 1]) if token.fold in "–—-")
        cell = next(marks, 0)
    for concept, value in ANSWERS if cell else ():
        for hit in clause.hits.get(concept, ()):
            ends = hit.last + 1 == len(clause.tokens) or clause.tokens[hit.last + 1].is_mark
            if hit.first == cell and ends and not clause.verdicts_after(cell):
                return replace(clause, answer=value)
    return clause


def _clause(whole: Clause, hits: list[Hit], begin: int, end: int, lead: Clause | None) -> Clause:
    """The part of a sentence from token ``begin`` up to ``end``."""
    if begin == 0 and end == len(whole.tokens):
        return whole if lead is None else replace(whole, lead=lead)
    part = [
        tuple.__new__(Hit, (concept, first - begin, last - begin))
        for concept, first, last in hits
        if first >= begin and last < end
    ]
    return Clause(whole.text, whole.tokens[begin:end], by_concept(part), whole.lang, lead)


def answers_at(clause: Clause, concept: str) -> int:
    """Index of the first word that answers, or -1; "Si sale dopo le 17" answers nothing, though "Si, …" does."""
    at = clause.first(concept)
    goes_on = at >= 0 and at + 1 < len(clause.tokens) and not clause.tokens[at + 1].is_mark
    return -1 if goes_on and clause.tokens[at].fold in _PRONOUNS else at


_PRONOUNS = frozenset(["si"])
"""Italian words that are often written for "sì"."""
