"""Entries of lists: what the line above them or the mark before them makes of them."""

from dataclasses import replace

from crawler.extract.modality import Answer
from crawler.extract.pages.page import Block
from crawler.extract.sentences import Clause, Sentence
from crawler.extract.topics import FACT_WORDS

CROSSES, _TICKS = frozenset("✗✘✕✖❌🚫⛔"), frozenset("✓✔✅☑")
BULLETS = frozenset("•▪●▸►➤◦○■□‣·›»*–-") | CROSSES | _TICKS
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
