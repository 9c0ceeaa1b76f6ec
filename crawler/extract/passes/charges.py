"""What a clause calls free: going up, or something else on the page."""

from crawler.extract.automaton import Hit
from crawler.extract.hours.moments import moments
from crawler.extract.hours.weekdays import days_in
from crawler.extract.sentences import Clause

_TRAVEL = ("uphill", "ascend", "uphill_pass", "access_word")
_LIGHT = (
    *_TRAVEL, "any_pass_word", "price_talk", "price_pronoun", "price_question", "you", "obtain", "hold", "must",
    "need_not", "permit", "neg", "buy", "route_noun", "slopes", "every_day", "answer_yes", "answer_no", "additional",
    "whole_season", "strict", "designated", *(f"hour_{number}" for number in range(1, 13)),
)  # fmt: skip
"""Words that may stand before what is free and name nothing else that could be."""
_NEAR, _BESIDE = 3, 2
_DAYS = 4
"""Tokens behind "free" in which the days stand."""
_ROW = 3
"""Words of a row that names a price and that there is none."""
_APART = frozenset(",;–—(")
"""Marks behind which the parking is told."""


def says_free_alone(clause: Clause) -> bool:
    """As in "Free!", a sentence of its own."""
    return any(
        hit.first == 0 and all(token.is_mark for token in clause.tokens[hit.last + 1 :])
        for hit in clause.hits.get("free", ())
    )


def parks_aside(clause: Clause) -> bool:
    """As in "Touring is free, only the parking costs €4": behind a mark, or not named at all."""
    free = clause.hits["free"][0].last if clause.has("free") else len(clause.tokens)
    marks = [i for i, token in enumerate(clause.tokens) if i > free and token.fold in _APART]
    return all(min(marks, default=hit.first) < hit.first for hit in clause.hits.get("trailhead", ()))


def frees_access(clause: Clause) -> bool:
    """Whether "free" is said of going up: not of the drinks, the bus or the app for those who go up."""
    free = clause.hits["free"][0]
    facility = any(
        1 in (hit.first - free.last, free.first - hit.last) for hit in clause.hits.get("facility", ())
    )  # "soup offered by the village", "free parking"
    if facility or _is_denied(clause, free) or _is_of_some_days(clause, free):
        return False
    if clause.near("free", "uphill_pass", _BESIDE) or _is_free_pass(clause, free):
        return True
    travel = clause.hits_of(*_TRAVEL)
    if _is_said_of_the_climb(clause, free):
        return True
    light = clause.tokens_of(*_LIGHT, "free")
    light |= {hit.last + 1 for hit in clause.hits.get("permit", ())}  # "you may climb for free"
    strange = next(
        (
            index
            for index, token in enumerate(clause.tokens[: free.first])
            if not (token.is_mark or token.fold[0].isdigit() or index in light)
        ),
        free.first,
    )
    passes = clause.hits.get("any_pass_word", ())
    if any(hit.first < strange for hit in (*travel, *passes)):
        return True
    if strange < free.first:
        return False
    return not travel or any(hit.first - free.last <= _NEAR for hit in travel)


def _is_denied(clause: Clause, free: Hit) -> bool:
    """As in "The uphill pass is not free"."""
    return (
        free.first == free.last
        and any(  # and not "You won't pay a dime"
            0 < free.first - no.last <= _NEAR
            and not any(token.is_mark for token in clause.tokens[no.last + 1 : free.first])
            for no in clause.hits.get("neg", ())
        )
    )


def _is_of_some_days(clause: Clause, free: Hit) -> bool:
    """As in "Uphill travel is free on Fridays", which tells that it is not on the others."""
    return not moments(clause) and bool(days_in(clause, free.last + 1, free.last + 1 + _DAYS))


def _is_said_of_the_climb(clause: Clause, free: Hit) -> bool:
    """As in "free ascent on the race piste", "welcomes free of charge all who tour", "…, accessible for free"."""
    named = clause.hits_of("access_word", "uphill_route", "route_noun")
    beside = any(hit.last + 1 == free.first and clause.lang in ("fr", "it") for hit in named)
    beside = beside or any(hit.first == free.last + 1 for hit in clause.hits.get("uphill_route", ()))
    welcomes = [
        hit for hit in clause.hits.get("permit", ()) if hit.last + 1 == free.first or hit.covers(free.first)
    ]
    told = beside or any(clause.travels or not hit.first for hit in welcomes)
    return told and not clause.has("not_free", "trailhead", "rental")


def _is_free_pass(clause: Clause, free: Hit) -> bool:
    """As in "after collecting the free pass": a pass of no other kind stands right beside the word."""
    others = clause.hits_of("season_pass", "lift_ticket")
    beside = [
        hit for hit in clause.hits.get("any_pass", ()) if 1 in (free.first - hit.last, hit.first - free.last)
    ]
    fetched = clause.rules("must") or clause.has("obtain")
    return fetched and any(not any(o.covers(hit.first) for o in others) for hit in beside)


def is_paid(clause: Clause) -> bool:
    """As in "The use of the tracks is subject to a fee"."""
    if clause.has("free", "neg", "trailhead", "rental", "violation", "fine"):
        return False
    return clause.has("paid_access") and clause.has(*_TRAVEL, "route_noun")


def costs_nothing(line: Clause) -> bool:
    """As in a row "Cost | none", "Price: nothing"."""
    words = line.length
    marked = any(token.fold in "|:" for token in line.tokens)
    told = line.has("nothing", "none_alone", "free") and not line.has("trailhead", "rental", "park")
    return marked and line.first("price_question") == 0 and words <= _ROW and told
