"""What a resort asks: compared within one currency alone, as stated."""

from collections.abc import Collection
from decimal import Decimal

from uphill.search.bits import mask_of, positions
from uphill.search.index import Index
from uphill.search.known import Known
from uphill.vocabulary import Cost, PassRequired, Period

PERIODS: dict[str, frozenset[str]] = {
    "price_max": frozenset({Period.DAY, Period.VISIT}),
    "season_max": frozenset({Period.SEASON}),
}


def free(index: Index) -> int:
    """The resorts where it is stated that going up costs nothing."""
    return index.having("pass_cost", (Cost.FREE,)) | index.having("pass_required", (PassRequired.NEVER,))


def costing_at_most(index: Index, most: Decimal, periods: Collection[str], currency: str | None) -> int:
    """The resorts that state a product that costs no more; what is free does not either."""
    fitting = (
        at
        for at in positions(index.having("prices", ("stated",)))
        if (least := cheapest(index.resorts[at], periods, currency)) is not None and least[0] <= most
    )
    return mask_of(fitting, len(index.resorts)) | free(index)


def cheapest(resort: Known, periods: Collection[str], currency: str | None) -> tuple[Decimal, str] | None:
    """The least amount stated for one of ``periods`` in ``currency`` (None: in any), with its currency."""
    prices = resort.policy.prices if resort.policy is not None else ()
    fitting = [
        (price.amount, price.currency)
        for price in prices
        if price.period in periods and currency in {None, price.currency}
    ]
    return min(fitting, default=None)
