"""Where a route begins and where it ends, as the page names it."""

import re
from collections.abc import Iterator

from crawler.extract.automaton import Hit
from crawler.extract.columns import cells, column_of
from crawler.extract.routes.parts import Part

_LONGEST = 8
"""Tokens of a place."""
_LONGEST_TEXT = 80
_ARTICLES = re.compile(
    r"^(?:the|our|its|der|die|das|dem|den|le|la|les|l['’]|il|lo|i|gli|un|una|une|a|an|einem|einer)(?:(?<=['’])|\s)\s*",
    re.IGNORECASE,
)
_STOPS = frozenset(
    ["and", "und", "et", "e", "ed", "with", "mit", "avec", "con", "along", "via", "where", "which", "through", "up",
     "over", "über", "par", "lungo", "entlang", "is", "ist", "est", "è", "only", "nur", "goes", "führt", "then", "dann",
     "puis", "poi", "neben", "about", "for", "on", "durch", "qui", "che", "before", "after", "until"]
)  # fmt: skip
_ALTITUDE = re.compile(r",?\s{0,3}\(?\d[\d.,'’ ]{0,12}\s?(?:m|ft)\b.{0,200}$")
_QUOTES = frozenset("«»“”„")
_AT_HEIGHT = re.compile(r",?\s(?:auf|at|à|a|in)\s\d.{0,20}$")
_HEIGHT = re.compile(r"\d{3}")
_TIMES = (
    "date", "sunrise", "sunset", "dawn", "dusk", "noon", "midnight", "opening_day", "closing_day", "weekdays",
    "weekend", "daily", "during_ops", "outside_ops", "ante", "post", "opstime",
)  # fmt: skip


def ends(part: Part) -> Iterator[tuple[str, str]]:
    """``start`` and ``end``, where they are told."""
    if part.scoped.sentence.block.row:
        yield from _in_columns(part)
        return
    starts = sorted(part.hits("route_start"), key=lambda hit: hit.first)
    begin = next(((hit, place) for hit in starts if (place := _place(part, hit.last + 1)) is not None), None)
    if begin is not None:
        yield "start", begin[1]
    finish = next(
        (p for hit in part.hits("route_finish") if (p := _place(part, hit.last + 1)) is not None), None
    )
    pair = _pair(part)
    if pair is not None and begin is None and finish is None:
        yield "start", pair[0]
        yield "end", pair[1]
    elif finish is not None:
        yield "end", finish
    elif begin is not None and (goal := _goal_after(part, begin[0])) is not None:
        yield "end", goal


def _pair(part: Part) -> tuple[str, str] | None:
    """As in "from the village to the hut": both, or neither."""
    for hit in _longest(part.hits("route_from")):
        start = _place(part, hit.last + 1)
        end = _goal_after(part, hit)
        if start is not None and end is not None:
            return start, end
    return None


def _goal_after(part: Part, begin: Hit) -> str | None:
    for hit in _longest(part.hits("route_to")):
        if 1 < hit.first - begin.last <= _LONGEST + 1:
            between = part.scoped.whole.tokens[begin.last + 1 : hit.first]
            return None if any(token.is_mark for token in between) else _place(part, hit.last + 1)
    return None


def _longest(hits: list[Hit]) -> list[Hit]:
    """Of hits that begin at one token the longest only, and none that lies in another."""
    return [hit for hit in hits if not any(o is not hit and hit.within(o) and o != hit for o in hits)]


def _place(part: Part, first: int) -> str | None:
    """The words from token ``first`` up to a mark, a word that goes on, or the way to somewhere else."""
    tokens = part.scoped.whole.tokens
    goals = {hit.first for hit in part.hits("route_to")}
    while first < part.past and tokens[first].fold == ":":
        first += 1
    past = first
    while past < part.past and past - first < _LONGEST:
        token = tokens[past]
        ends_here = (
            (token.is_mark and token.fold not in "-&") or token.fold in _STOPS or _HEIGHT.match(token.fold)
        )
        if ends_here or (past > first and past in goals):
            break
        past += 1
    if past == first:
        return None
    text = _ARTICLES.sub("", part.scoped.whole.text[tokens[first].start : tokens[past - 1].end])
    text = _AT_HEIGHT.sub("", text)
    labelled = first > 0 and tokens[first - 1].fold == ":"
    return text if _is_place(part, text, first, past, labelled=labelled) else None


def _is_place(part: Part, text: str, first: int, past: int, *, labelled: bool) -> bool:
    if part.name.casefold() in text.casefold() or not _QUOTES.isdisjoint(text):
        return False  # « Combe aux Renards » leads to no foxes
    if not text or len(text) > _LONGEST_TEXT or any(c.isdigit() for c in text[:2]):
        return False
    times = part.scoped.whole.hits_of(*_TIMES)
    if any(first <= hit.first < past for hit in times):
        return False
    capital = any(c.isupper() for c in text)
    known = any(first <= hit.first < past for hit in part.scoped.whole.hits.get("place_noun", ()))
    return capital or known or labelled


def _in_columns(part: Part) -> Iterator[tuple[str, str]]:
    """The cells under "From" and "To"."""
    tokens = part.scoped.whole.tokens
    for begin, end in cells(part.scoped.whole):
        if begin == end:
            continue
        written = part.scoped.whole.text[tokens[begin].start : tokens[end - 1].end]
        cell = _ALTITUDE.sub("", written)
        above = column_of(part.scoped, tokens[begin].start)
        if above is None or not 0 < len(cell) <= _LONGEST_TEXT or cell.casefold() == part.name.casefold():
            continue
        head, first, past = above
        for concept, detail in (("start_label", "start"), ("end_label", "end")):
            named = [hit for hit in head.hits.get(concept, ()) if hit.first == first and hit.last < past]
            if named and past - first <= 2 and cell[0].isalpha():
                yield detail, cell
