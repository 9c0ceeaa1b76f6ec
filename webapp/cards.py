"""A resort as a search shows it: what a reader sees at a glance."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from uphill.policy import Policy
from uphill.search.answers import Listing
from uphill.vocabulary import Access, Permission
from uphill.wording import age, price_words, value_words, window_words
from webapp.marks import Mark, mark_of
from webapp.strip import Strip, strip_of


@dataclass(frozen=True, slots=True)
class Glance:
    """One of the questions that everybody asks; ``stated`` is false where no source answers it."""

    label: str
    words: str
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    listing: Listing
    mark: Mark
    glances: tuple[Glance, ...]
    today: Strip | None
    age: str


def card_of(listing: Listing, now: datetime) -> Card:
    policy = listing.policy
    return Card(
        listing=listing,
        mark=mark_of(policy),
        glances=_glances(policy) if policy.access is not Access.PROHIBITED and policy.known() else (),
        today=strip_of(policy.windows, listing.resort, now, days=1),
        age=age(listing.provenance, now),
    )


def _glances(policy: Policy) -> tuple[Glance, ...]:
    """Nothing is asked of a place where uphill travel is prohibited, or of which nothing is known."""
    return (
        _glance("When", _when(policy)),
        _glance("Pass", _pass(policy)),
        _glance("Waiver", _stated(policy, "waiver")),
        _glance("Dogs", _stated(policy, "dogs")),
    )


def _glance(label: str, words: Iterable[str]) -> Glance:
    joined = ", ".join(words)
    return Glance(label, joined) if joined else Glance(label, "not stated", stated=False)


def _stated(policy: Policy, fact: str) -> list[str]:
    value = getattr(policy, fact)
    return [] if value == "unknown" else [value_words(fact, value)]


def _when(policy: Policy) -> list[str]:
    if policy.windows:
        return [window_words(window) for window in policy.windows]
    words = {Permission.ALLOWED: "", Permission.PROHIBITED: "not "}
    during, outside = words.get(policy.during_operations), words.get(policy.outside_operations)
    parts = [] if during is None else [f"{during}while lifts run"]
    return parts if outside is None else [*parts, f"{outside}outside lift hours"]


def _pass(policy: Policy) -> list[str]:
    required = _stated(policy, "pass_required")
    cost = [price_words(price) for price in policy.prices] or _stated(policy, "pass_cost")
    return required + cost
