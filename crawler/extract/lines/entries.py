"""Entries of lists: what the line above them or the mark before them makes of them."""

from dataclasses import replace

from crawler.extract.modality import Answer
from crawler.extract.pages.page import Block
from crawler.extract.sentences import Clause, Sentence
from crawler.extract.topics import FACT_WORDS

CROSSES, _TICKS = frozenset("✗✘✕✖❌🚫⛔"), frozenset("✓✔✅☑")
BULLETS = frozenset("•▪●▸►➤◦○■□‣·›»*–-") | CROSSES | _TICKS
_OPENING = frozenset("«“„\"'")
_LONGEST_NUMBER = 4
"""Characters of "12. "."""
_SUBJECTS = tuple(word for word in FACT_WORDS if word != "route_noun")
_LONGEST_ENTRY, _BARE_VERDICT = 60, 5
"""Characters of a line, and words of a heading such as "Please don't", that stand to each other as entry and lead."""


def bare_verdict(block: Block, headings: tuple[Clause, ...], *, listed: bool) -> Clause | None:
    """The heading, where it lays down something of whatever stands below it: "Not permitted", "Required"."""
    entry = listed or block.end - block.start <= _LONGEST_ENTRY
    head = headings[0] if headings and entry and not block.level and not block.row else None
    if head is None or not head.verdicts or head.has(*_SUBJECTS, "uphill", "any_pass_word"):
        return None
    if head.has("route_noun") and not head.has("slopes"):
        return None  # "On the slopes not permitted" is of whatever stands below it
    return head if head.length <= _BARE_VERDICT else None


def led_by(intro: Clause | None, found: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """A list's entry lays down what the sentence before the list does, unless it has a verdict of its own."""
    if intro is None or not found or found[0].whole.verdicts:
        return found
    first = found[0]
    clauses = tuple(replace(clause, lead=clause.lead or intro) for clause in first.clauses)
    return (first.of(clauses, (*first.beside, intro)), *found[1:])


def marked(text: str, found: tuple[Sentence, ...], *, crossed: bool) -> tuple[Sentence, ...]:
    """An entry behind a cross is denied; one behind a tick granted, on a page that has crosses too (``crossed``)."""
    mark = text[found[0].block.start] if found else ""
    answer: Answer | None = "no" if mark in CROSSES else "yes" if mark in _TICKS and crossed else None
    if not mark or answer is None or found[0].whole.verdicts:
        return found
    clauses = tuple(replace(clause, answer=clause.answer or answer) for clause in found[0].clauses)
    return (found[0].of(clauses), *found[1:])


def begins_its_line(sentence: Sentence) -> bool:
    """Whether at most a mark or a number stands before it, or what does is no more than quoted."""
    before = sentence.start - sentence.block.start
    first = sentence.whole.text[sentence.block.start]
    return (
        before <= 1
        or first in BULLETS
        or first in _OPENING
        or (first.isdigit() and before <= _LONGEST_NUMBER)
    )


def ends_a_menu(line: Block, following: Block) -> bool:
    """Whether the line is the last of a list of links, as of a page's contents."""
    return line.linked and line.listed and not following.listed
