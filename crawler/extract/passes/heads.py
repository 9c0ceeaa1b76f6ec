"""Heads of tables of prices, and the words that stand beside a price and name no product."""

from collections.abc import Sequence

from crawler.extract.automaton import Hit
from crawler.extract.columns import is_row
from crawler.extract.sentences import Clause

PERIODS = ("per_day", "per_night", "per_season", "per_month", "per_visit")
OTHERS = ("other_product", "not_price", "rental", "trailhead", "lift_ticket", "season_pass")
_LIGHT = (
    *PERIODS, "price_talk", "price_pronoun", "minor", "any_pass_word", "buy", "price_question", "uphill_pass",
    "uphill", "uphill_route", "access_word", "holder_word", "either", "free", "additional", "must", "answer_yes",
)  # fmt: skip
"""Words that stand beside a price and name no other product."""


def is_bare_head(heading: Clause) -> bool:
    """A table's header row that says of what kind its columns are: "Category | Price", "Day | Season"."""
    cells = is_row(heading)
    bare = (cells or len(heading.tokens) == 1) and heading.has("price_question")
    periods = _are_periods(heading)  # "Tageskarte | Saisonkarte"
    timed = cells and heading.has(*PERIODS) and (periods or is_light(heading, 0, len(heading.tokens)))
    return (bare or timed) and not heading.has("uphill", "rental") and (periods or not heading.has(*OTHERS))


def _are_periods(heading: Clause) -> bool:
    """Whether each word for a pass tells how long it lasts, and there is nothing else but light words."""
    tickets = heading.hits_of("lift_ticket", "season_pass", "any_pass_word", *PERIODS)
    others = [hit for hit in heading.hits_of(*OTHERS) if not overlaps_a_hit_of(hit, heading, PERIODS)]
    told = {i for hit in tickets for i in range(hit.first, hit.last + 1)} | heading.tokens_of(*_LIGHT)
    return not others and all(
        token.is_mark or index in told or token.fold[0].isdigit()
        for index, token in enumerate(heading.tokens)
    )


def is_light(whole: Clause, since: int, until: int) -> bool:
    covered = whole.tokens_of(*_LIGHT)
    return all(
        token.is_mark or token.fold[0].isdigit() or index in covered
        for index, token in enumerate(whole.tokens[since:until], since)
    )


def overlaps_a_hit_of(hit: Hit, whole: Clause, concepts: Sequence[str]) -> bool:
    return any(hit.overlaps(other) for other in whole.hits_of(*concepts))
