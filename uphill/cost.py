"""What going up costs, for one visit and for a season: from the stated prices and pass facts alone.

Currencies are never converted, and nothing is taken for free that no source calls free: where a price is not stated
that is said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING
from itertools import product

from uphill.language import N_
from uphill.language import gettext as _
from uphill.policy import Policy, Price
from uphill.vocabulary import Access, Cost, Credential, PassRequired, Period
from uphill.words.wording import price_words, value_words

_VISIT = (Period.DAY, Period.VISIT, Period.NIGHT)
"""Periods of which one buys one visit."""


@dataclass(frozen=True, slots=True)
class TotalCost:
    """What is stated of the price of going up; cheapest first, each currency apart.

    ``visit`` and ``season`` are the prices of one visit and of a whole season, ``other`` those of a month or of a
    time that is not stated. ``free`` is set where a source says so and none names a price. ``break_even`` is the
    number of visits from which on the season's price is not the higher one: only where both are one price, in one
    currency.
    """

    visit: tuple[Price, ...] = ()
    season: tuple[Price, ...] = ()
    other: tuple[Price, ...] = ()
    free: bool = False
    break_even: int | None = None
    exempt: tuple[Credential, ...] = ()

    @property
    def is_stated(self) -> bool:
        return self.free or bool(self.visit or self.season or self.other)


def total_cost(policy: Policy) -> TotalCost:
    """What ``policy`` lets a visitor pay who holds nothing; ``exempt`` are credentials that count beside its own."""
    if policy.access is Access.PROHIBITED:
        return TotalCost()
    visit = _cheapest_first(price for price in policy.prices if price.period in _VISIT)
    season = _cheapest_first(price for price in policy.prices if price.period is Period.SEASON)
    other = _cheapest_first(
        price for price in policy.prices if price.period in {Period.MONTH, Period.UNKNOWN}
    )
    return TotalCost(
        visit,
        season,
        other,
        free=policy.pass_cost is Cost.FREE and not policy.prices,
        break_even=_break_even(visit, season),
        exempt=tuple(each for each in policy.pass_accepts if each is not Credential.UPHILL_PASS),
    )


def cost_words(policy: Policy) -> str:
    """One visit, a season, from how many visits on the season pays, and who is exempt: a sentence or a few."""
    if policy.access is Access.PROHIBITED:
        return _("Uphill travel is prohibited: no pass can be bought for it.")
    total = total_cost(policy)
    said = (_price(total, policy), _need(total, policy), _exempt(total, policy), _parking(policy))
    return " ".join(sentence for sentence in said if sentence)


def visit_words(policy: Policy) -> str:
    """What one visit costs, shortly; empty where no source tells."""
    total = total_cost(policy)
    return _("free") if total.free else _or(total.visit)


def season_cost_words(policy: Policy) -> str:
    """What a season costs, shortly; empty where no source tells."""
    total = total_cost(policy)
    return _("free") if total.free else _or(total.season)


def _cheapest_first(prices: Iterable[Price]) -> tuple[Price, ...]:
    return tuple(sorted(dict.fromkeys(prices), key=lambda price: (price.currency, price.amount)))


def _break_even(visit: tuple[Price, ...], season: tuple[Price, ...]) -> int | None:
    """Several prices of one period may be those of children or of members: which is the reader's is not known."""
    pairs = list(product(visit, season))
    if len(pairs) != 1:
        return None
    one, whole = pairs[0]
    if one.currency != whole.currency or whole.amount <= one.amount:
        return None
    return int((whole.amount / one.amount).to_integral_value(ROUND_CEILING))


def _price(total: TotalCost, policy: Policy) -> str:
    if total.free:
        return _(_FREE.get(policy.pass_required, _FREE_PASS))
    if not total.is_stated:
        return _(_no_price(policy))
    visit, season = _or(total.visit), _or(total.season)
    if visit and season:
        return _both(visit, season, total.break_even)
    if visit:
        return _("One visit: %(visit)s; the price of a season is not stated.", visit=visit)
    if season:
        return _("All season: %(season)s; the price of a single visit is not stated.", season=season)
    return _("Stated: %(prices)s; the price of a single visit is not.", prices=_or(total.other))


def _both(visit: str, season: str, break_even: int | None) -> str:
    if break_even is None:
        return _("One visit: %(visit)s; all season: %(season)s.", visit=visit, season=season)
    return _(
        "One visit: %(visit)s; all season: %(season)s, which pays off from %(visits)s visits on.",
        visit=visit,
        season=season,
        visits=break_even,
    )


_FREE = {
    PassRequired.NEVER: N_("Free: no pass is needed."),
    PassRequired.UNKNOWN: N_("Free, for one visit and for a season."),
}
_FREE_PASS = N_("Free: the pass that is needed costs nothing.")


def _no_price(policy: Policy) -> str:
    if policy.pass_cost is Cost.PAID:
        return N_("It has to be paid for; the price is not stated.")
    if policy.pass_required is PassRequired.NEVER:
        return N_("No pass is needed; no price is stated.")
    return N_("What it costs is not stated.")


_NEEDED = {
    PassRequired.UNKNOWN: N_("Whether a pass is needed is not stated."),
    PassRequired.NEVER: N_("No pass is needed to go up."),
    PassRequired.DURING_OPERATIONS: N_("The pass is needed during lift hours only."),
    PassRequired.OUTSIDE_OPERATIONS: N_("The pass is needed outside lift hours only."),
}
"""When a price falls due, where that is not always."""


def _need(total: TotalCost, policy: Policy) -> str:
    due = _NEEDED.get(policy.pass_required)
    return _(due) if due and total.is_stated and not total.free else ""


def _exempt(total: TotalCost, policy: Policy) -> str:
    if not total.exempt or policy.pass_required is PassRequired.NEVER:
        return ""
    passes = ", ".join(value_words("pass_accepts", credential) for credential in total.exempt)
    if policy.prices or Credential.UPHILL_PASS in policy.pass_accepts:
        return _("Counts as the pass too: %(passes)s.", passes=passes)
    return _("Accepted as the pass: %(passes)s, at its own price.", passes=passes)


def _parking(policy: Policy) -> str:
    paid = policy.parking is not None and policy.parking.cost is Cost.PAID
    return _("Parking costs extra.") if paid else ""


def _or(prices: tuple[Price, ...]) -> str:
    return " / ".join(map(price_words, prices))
