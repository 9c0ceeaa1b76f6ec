"""Entries of lists: what the line above them or the mark before them makes of them."""

from dataclasses import replace

from crawler.extract.modality import Answer
from crawler.extract.sentences import Clause, Sentence

CROSSES, _TICKS = frozenset("✗✘✕✖❌🚫⛔"), frozenset("✓✔✅☑")
BULLETS = frozenset("•▪●*–-") | CROSSES | _TICKS


def led_by(intro: Clause | None, found: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """A list's entry lays down what the sentence before the list does, unless it has a verdict of its own."""
    if intro is None or not found or found[0].whole.verdicts:
        return found
    first = found[0]
    clauses = tuple(replace(clause, lead=clause.lead or intro) for clause in first.clauses)
    return (replace(first, clauses=clauses, beside=(*first.beside, intro)), *found[1:])


def marked(text: str, found: tuple[Sentence, ...], *, crossed: bool) -> tuple[Sentence, ...]:
    """An entry behind a cross is denied; one behind a tick granted, on a page that has crosses too (``crossed``)."""
    mark = text[found[0].block.start] if found else ""
    answer: Answer | None = "no" if mark in CROSSES else "yes" if mark in _TICKS and crossed else None
    if not mark or answer is None or found[0].whole.verdicts:
        return found
    clauses = tuple(replace(clause, answer=clause.answer or answer) for clause in found[0].clauses)
    return (replace(found[0], clauses=clauses), *found[1:])
