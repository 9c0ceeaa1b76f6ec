"""Resorts that suit a first try: how many of a place's, and the search that shows them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from uphill.language import gettext as _
from uphill.search import Query, Sort, count
from uphill.search.answers import Freshness
from uphill.search.first_try import RULES, FirstTry
from webapp.params import search_url


@dataclass(frozen=True, slots=True)
class FirstTries:
    """Of ``resorts``, ``suiting`` suit by rules read lately; ``listed`` would, by lists that nobody has checked."""

    resorts: int
    suiting: int
    url: str
    listed: int
    listed_url: str

    @property
    def rules(self) -> str:
        return "; ".join(_(rule) for rule in RULES)


def first_tries(session: Session, now: datetime, region: str | None = None) -> FirstTries:
    """In the whole directory, or in a region or country."""
    checked, listed = (_query(freshness, region) for freshness in (Freshness.CHECKED, Freshness.LISTED))
    everywhere = Query(region=(region,)) if region is not None else Query()
    return FirstTries(
        count(session, everywhere, now),
        count(session, checked, now),
        search_url(checked),
        count(session, listed, now),
        search_url(listed),
    )


def _query(freshness: Freshness, region: str | None) -> Query:
    return Query(
        facts={"first_try": (FirstTry.SUITS,), "freshness": (freshness,)},
        region=(region,) if region is not None else (),
        sort=Sort.PRICE,
    )
