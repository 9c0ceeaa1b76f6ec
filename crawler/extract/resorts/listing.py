"""Pages on which several resorts' rules stand: whose they are, and which blocks are one resort's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from crawler.extract.document import Document
from crawler.extract.pages.page import Block, Region
from crawler.extract.resorts.names import has_resort_noun, is_same, slug_of
from crawler.extract.sentences import Clause, Sentence

_LED = re.compile(r"(?P<name>[^\W\d_][^:|–—]{1,60}?)\s*(?::|\s[–—-])\s+\S")
_NUMBER = re.compile(r"^\W*\d{0,2}[.)]?\s+(?=\S)")
_TITLE_MARK = re.compile(r"\s[|–—•»:-]\s")
_MOST_WORDS = 6
_LEAST = 2
_LEAST_SHARED = 3
"""Sentences of rules on going up outside the entries."""
_SHARE = 0.5
_NO_NAME = (
    "uphill", "ascend", "other_topic", "other_service", "route_noun", "route_heading", "dog", "waiver", "lights",
    "check_in", "snowshoe", "foot", "bike", "any_pass", "when_heading", "during_ops", "outside_ops", "ski_gear",
    "status_word", "permit", "forbid", "must", "should", "neg", "downhill", "price_word", "days", "now", "resorts",
)  # fmt: skip
"""What a heading, a cell or a label that is a resort's name does not say."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One resort's part of a page: ``name`` as written, ``blocks`` by index, the headings above included."""

    name: str
    blocks: frozenset[int]
    own: frozenset[int]
    """Those of them that are no heading above."""
    rules: bool
    """Whether it permits or forbids anything."""
    travels: bool
    """Whether it permits or forbids going up."""


def resorts_on(document: Document) -> tuple[Entry, ...]:
    """The resorts of a list page; empty for a page of one resort."""
    found = [entry for group in _groups(document, known=True) for entry in _listed(document, group)]
    if _shared_rules(document, found):
        return ()
    return tuple({entry.name: entry for entry in reversed(found)}.values())[::-1]


def passage_of(document: Document, resort: str) -> Entry | None:
    """The part of the page that stands under the resort's name, beside parts under other names."""
    for group in sorted(_groups(document), key=lambda group: -len(group.entries)):
        named = [e for e in group.entries if is_same(e.name, resort)]
        # a run or a hut may bear the resort's own name: "Grauegg: open. Talboden: closed."
        if named and _listed(document, group):
            exact = [e for e in named if e.name.casefold() == resort.casefold()]
            return _with_shared_rules(document, (exact or named)[0], group.entries)
    return None


def _with_shared_rules(document: Document, asked: Entry, entries: Sequence[Entry]) -> Entry:
    """The entry and what an operator lays down for all of its mountains, if it does."""
    if not _shared_rules(document, entries):
        return asked
    others = {i for e in entries for i in e.own} - asked.own
    return replace(asked, blocks=frozenset(range(len(document.page.blocks))) - others)


def _shared_rules(document: Document, entries: Sequence[Entry]) -> bool:
    """Whether the page, beside its entries, demands one pass and lays down rules or sells it: an operator's own."""
    if not entries:
        return False
    own = {document.page.blocks[i] for e in entries for i in e.own}
    told = [s.sentence for s in document.main if s.sentence.block not in own]
    ruling = sum(s.has("uphill", "ascend") and bool(s.kinds & {"permit", "forbid", "must"}) for s in told)
    demanded = any(s.has("uphill_pass") and "must" in s.kinds for s in told)
    sold = any(s.has("uphill_pass") and s.has("price_word") for s in told)
    return (ruling >= _LEAST_SHARED and (demanded or sold)) or (demanded and sold)


@dataclass(frozen=True, slots=True)
class _Group:
    entries: tuple[Entry, ...]
    head: Clause | None
    """The table's header row."""


def _groups(document: Document, *, known: bool = False) -> Iterator[_Group]:
    """Lists by where they stand; ``known`` leaves out those that ``_listed`` takes for no list of resorts anyhow."""
    of_resorts: bool | None = None
    for place, found in _places(document).items():
        if len(found) < _LEAST:
            continue
        if known and not _may_be_known(document, found, tabled=place[0] == "row"):
            of_resorts = _is_of_resorts(document) if of_resorts is None else of_resorts
            if not of_resorts:
                continue
        entries = tuple(_entries(document, found, headed=place[0] == "heading"))
        if len({entry.name for entry in entries}) >= _LEAST:
            row = document.page.blocks[found[0][1][0]]
            yield _Group(entries, _head(document, row) if place[0] == "row" else None)


def _places(document: Document) -> dict[tuple[object, ...], list[tuple[str, list[int]]]]:
    """What may be a name, each with its blocks, by where it stands."""
    blocks = document.page.blocks
    by_place: dict[tuple[object, ...], list[tuple[str, list[int]]]] = {}
    under: dict[int, list[int]] = {}
    for index, block in enumerate(blocks):
        for heading in block.headings:
            under.setdefault(heading, []).append(index)
    for index, block in enumerate(blocks):
        if block.region is not Region.MAIN:
            continue
        words = document.page.words(block)
        if block.level and not block.linked:
            outer = tuple(h for h in block.headings if blocks[h].level < block.level)
            by_place.setdefault(("heading", block.level, outer), []).append(
                (words, [index, *under.get(index, ())])
            )
        elif block.row and "|" in words:
            by_place.setdefault(("row", block.headings), []).append((words.partition("|")[0], [index]))
        elif led := _LED.match(words):
            by_place.setdefault(("led", block.listed, block.headings), []).append((led["name"], [index]))
    return by_place


def _may_be_known(document: Document, found: Sequence[tuple[str, list[int]]], *, tabled: bool) -> bool:
    """Whether the names are in a table's column of resorts, or any two of them sound like resorts."""
    if tabled and _is_column_of_resorts(_head(document, document.page.blocks[found[0][1][0]])):
        return True
    written = (name for text, _ in found if (name := _written(text)) is not None)
    sounding = (name for name in written if has_resort_noun(name) or slug_of(name) is not None)
    return sum(1 for _ in islice(sounding, _LEAST)) == _LEAST


def _is_column_of_resorts(head: Clause | None) -> bool:
    if head is None or not 0 <= head.first("resort_column") <= 1:
        return False
    # "Area | Uphill routes | Status" is of one resort's parts
    return not (head.tokens[0].fold in _PARTS and head.has("route_heading", "uphill_route"))


_PARTS = frozenset(["area", "ort", "località"])


def _entries(document: Document, found: Sequence[tuple[str, list[int]]], *, headed: bool) -> Iterator[Entry]:
    """Those of the texts, each with its blocks, that are names; names alone make no list of rules."""
    written = [
        (name, inside)
        for text, inside in found
        if len(inside) > headed and (name := _written(text)) is not None
    ]
    if len(written) < _LEAST or sum(_lays_down(document, inside) for _, inside in written) < _LEAST:
        return
    for name, inside in written:
        if _is_name(document, name):
            yield _entry(document, name, inside)


def _written(text: str) -> str | None:
    """The text without its number and marks, where it is written as a proper name is."""
    name = _NUMBER.sub("", text).strip(" .:–—-")
    words = name.split()
    if not words or len(words) > _MOST_WORDS or not name[0].isupper() or "?" in name or "!" in name:
        return None
    return name


def _is_name(document: Document, name: str) -> bool:
    """Whether it is a proper name: of a resort that is known, or words that say nothing else."""
    if slug_of(name) is not None:
        return True
    told = document.clause_of(name)
    return told is not None and not told.has(*_NO_NAME)


def _entry(document: Document, name: str, inside: Sequence[int]) -> Entry:
    blocks = document.page.blocks
    told = [s for i in inside for s in document.sentences_of(blocks[i])]
    above = {h for i in inside for h in blocks[i].headings}
    return Entry(
        name,
        frozenset({*inside, *above}),
        frozenset(inside),
        rules=any(_rules(s) for s in told),
        travels=any(_rules(s) and s.has("uphill", "ascend") for s in told),
    )


def _lays_down(document: Document, inside: Sequence[int]) -> bool:
    """Whether any of the blocks permits or forbids anything."""
    return any(_rules(s) for i in inside for s in document.sentences_of(document.page.blocks[i]))


def _rules(sentence: Sentence) -> bool:
    answered = any(clause.answer is not None for clause in sentence.clauses)
    return answered or bool(sentence.kinds & {"permit", "forbid"})


def _head(document: Document, row: Block) -> Clause | None:
    above = [document.page.blocks[h] for h in row.headings]
    found = document.sentences_of(above[-1]) if above else ()
    return found[0].whole if found and document.page.blocks[row.headings[-1]].row else None


def _listed(document: Document, group: _Group) -> tuple[Entry, ...]:
    telling = tuple(e for e in group.entries if e.rules)
    if len(telling) < _LEAST or len(telling) < _SHARE * len(group.entries):
        return ()
    travels = sum(e.travels for e in telling)
    known = [e for e in telling if slug_of(e.name) is not None]
    if (_is_column_of_resorts(group.head) and document.about) or (
        len(known) >= max(_LEAST, _SHARE * len(telling)) and (travels or document.about)
    ):
        return telling
    named = all(e in known or has_resort_noun(e.name) for e in telling) or _is_of_resorts(document)
    return telling if named and travels >= max(_LEAST, _SHARE * len(telling)) else ()


def _is_of_resorts(document: Document) -> bool:
    """Whether its title or a heading speaks of resorts, as in "Uphill policies of Vermont's ski areas"."""
    titles = [document.clause_of(_TITLE_MARK.split(document.page.title, maxsplit=1)[0])]
    heads = [s.whole for b in document.page.blocks if b.level in (1, 2) for s in document.sentences_of(b)[:1]]
    return any(head is not None and head.has("resorts") for head in (*titles, *heads))
