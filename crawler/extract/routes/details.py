"""What a page tells of each route: its ends, length, ascent, difficulty, and which way it may be taken."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from crawler.extract.automaton import Hit
from crawler.extract.claims import Claim
from crawler.extract.columns import column_of
from crawler.extract.document import Document
from crawler.extract.routes.ends import ends
from crawler.extract.routes.measures import Measure, measures
from crawler.extract.routes.parts import Part, parts
from crawler.extract.routes.states import state
from crawler.extract.scoped import Scoped
from uphill.vocabulary import Difficulty, Serves, Status

_NEAR = 5
"""Tokens between a measure and the word that says what it measures."""
_LEVELS = {
    "level_easy": Difficulty.EASY,
    "level_intermediate": Difficulty.INTERMEDIATE,
    "level_difficult": Difficulty.DIFFICULT,
    "level_expert": Difficulty.EXPERT,
}
_WAYS = {"up_only": Serves.UP, "down_only": Serves.DOWN, "both_ways": Serves.BOTH}
_LINE = 4
"""Tokens of a line that tells a state alone."""
_REASONED = frozenset("–—-(")
"""What parts a state and the reason for it."""
_FAR = 300
"""Characters from a name to the end of such a line."""
_LEAST_ASCENT, _MOST_ASCENT = 20, 3500
_LEAST_LENGTH = 100


def detailed(document: Document, claims: Iterable[Claim]) -> list[Claim]:
    """Claims on routes, each with what the page tells of the route anywhere."""
    routes = list(claims)
    told: dict[str, dict[str, Any]] = {}
    states: dict[int, list[tuple[Status, int]]] = {}
    for part in parts(document, [claim.value.name for claim in routes]):
        known = told.setdefault(part.name.casefold(), {})
        for detail, value in _details(part):
            known.setdefault(detail, value)
        if part.under is not None and (state := _state_alone(part.scoped)) is not None:
            states.setdefault(part.under.start, []).append((state, part.end))
    detailed = (
        replace(claim, value=claim.value.model_copy(update=told.get(claim.value.name.casefold(), {})))
        for claim in routes
    )
    return [_with_state(claim, states.get(claim.start, [])) for claim in detailed]


def _with_state(claim: Claim, told: list[tuple[Status, int]]) -> Claim:
    """With the one state of a line below the name; where there are two, they are a legend's."""
    if claim.value.status is not Status.UNKNOWN or len(told) != 1 or told[0][1] - claim.start > _FAR:
        return claim
    status, end = told[0]
    return replace(claim, value=claim.value.model_copy(update={"status": status}), end=end)


def _state_alone(line: Scoped) -> Status | None:
    """What a line tells that says nothing else: "Open", "Status: closed", "Closed – no snow"."""
    whole = line.whole
    known = whole.tokens_of("open", "closed", "status_word", "now")
    first = next((i for i, t in enumerate(whole.tokens) if t.fold in _REASONED), len(whole.tokens))
    told = all(index in known or token.is_mark for index, token in enumerate(whole.tokens[:first]))
    return state(whole) if told and first <= _LINE else None


def _details(part: Part) -> Iterator[tuple[str, Any]]:
    yield from _measured(part)
    levels = {value for concept, value in _LEVELS.items() for hit in part.hits(concept) if _stands(part, hit)}
    if len(levels) == 1:
        yield "difficulty", levels.pop()
    ways = {value for concept, value in _WAYS.items() if part.hits(concept)}
    if len(ways) == 1:
        yield "serves", ways.pop()
    yield from ends(part)


def _measured(part: Part) -> Iterator[tuple[str, int]]:
    found = [(m, _kind(part, m)) for m in measures(part.scoped.whole.text, part.start, part.end)]
    for detail, kind, least, most in (
        ("length_m", "length", _LEAST_LENGTH, 60_000),
        ("ascent_m", "ascent", _LEAST_ASCENT, _MOST_ASCENT),
    ):
        values = {m.metres for m, told in found if told == kind and least <= m.metres <= most}
        if len(values) == 1:
            yield detail, values.pop()


def _kind(part: Part, measure: Measure) -> str | None:
    """Whether it is a length or an ascent: by its unit, its column's head, or the nearest word."""
    if measure.kind == "ascent":
        return "ascent"
    above = column_of(part.scoped, measure.start)
    if above is not None:
        head, first, past = above
        for concept, kind in (("ascent_label", "ascent"), ("length_label", "length")):
            if any(first <= hit.first and hit.last < past for hit in head.hits.get(concept, ())):
                return kind
    if measure.kind == "length":
        return "length"
    inside = part.scoped.whole.tokens_between(measure.start, measure.end)
    if not inside:
        return None
    labels = [
        (max(hit.first - inside[-1], inside[0] - hit.last), kind)
        for concept, kind in (("ascent_label", "ascent"), ("length_label", "length"))
        for hit in part.hits(concept)
        if not _parted(part, hit, inside)
    ]
    near = [label for label in labels if label[0] <= _NEAR]
    return min(near)[1] if near else None


def _parted(part: Part, hit: Hit, inside: list[int]) -> bool:
    """Whether a comma or a cell's edge lies between a word and a measure."""
    between = range(inside[-1] + 1, hit.first) if hit.first > inside[-1] else range(hit.last + 1, inside[0])
    return any(part.scoped.whole.tokens[at].fold in ",;|•·" for at in between)


def _stands(part: Part, hit: Hit) -> bool:
    """Whether a word for a difficulty stands between marks, as in "Birch Run (easy)", "480 m, leicht"."""
    tokens = part.scoped.whole.tokens
    before = hit.first == 0 or tokens[hit.first - 1].is_mark or _is_labelled(part, hit)
    after = hit.last + 1 == len(tokens) or tokens[hit.last + 1].is_mark
    return before and after and not _is_longer(part, hit) and not _is_signal(part, hit)


def _is_signal(part: Part, hit: Hit) -> bool:
    """Whether a colour tells what is open now, as in "green – open"."""
    beside = {hit.first - 2, hit.last + 2}
    return any(
        state.first in beside or state.last in beside
        for state in part.scoped.whole.hits_of("open", "closed")
        if all(part.scoped.whole.tokens[at].fold != "|" for at in _between(hit, state))
    )


def _between(hit: Hit, other: Hit) -> range:
    return range(min(hit.last, other.last) + 1, max(hit.first, other.first))


def _is_labelled(part: Part, hit: Hit) -> bool:
    return any(0 < hit.first - label.last <= 1 for label in part.hits("level_label"))


def _is_longer(part: Part, hit: Hit) -> bool:
    """Whether it is part of a longer word for another difficulty: "difficult" in "more difficult"."""
    return any(
        other.first <= hit.first
        and hit.last <= other.last
        and (other.first, other.last) != (hit.first, hit.last)
        for concept in _LEVELS
        for other in part.hits(concept)
    )
