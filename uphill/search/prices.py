"""What a resort asks: compared within one currency alone, as stated."""

from collections.abc import Collection
from decimal import Decimal

from uphill.search.known import Known
from uphill.vocabulary import Cost, PassRequired, Period

PERIODS: dict[str, frozenset[str]] = {
    "price_max": frozenset({Period.DAY, Period.VISIT}),
    "season_max": frozenset({Period.SEASON}),
}


def is_free(resort: Known) -> bool:
    """Whether it is stated that going up costs nothing."""
    facts = resort.policy.facts if resort.policy is not None else {}
    return facts.get("pass_cost") == Cost.FREE or facts.get("pass_required") == PassRequired.NEVER


def cheapest(resort: Known, periods: Collection[str], currency: str | None) -> tuple[Decimal, str] | None:
    """The least amount stated for one of ``periods`` in ``currency`` (None: in any), with its currency."""
    prices = resort.policy.prices if resort.policy is not None else ()
    fitting = [
        (price.amount, price.currency)
        for price in prices
        if price.period in periods and currency in {None, price.currency}
    ]
    return min(fitting, default=None)


def costs_at_most(resort: Known, most: Decimal, periods: Collection[str], currency: str | None) -> bool:
    """Whether it is stated that one of its products costs no more; a resort that is free does not either."""
    if is_free(resort):
        return True
    least = cheapest(resort, periods, currency)
    return least is not None and least[0] <= most
