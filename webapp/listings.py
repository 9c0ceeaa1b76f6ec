"""Everything that a search matches, not a page of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from uphill.search import Query, search
from uphill.search.answers import Listing
from uphill.search.query import MAX_SIZE


def all_listings(session: Session, query: Query, now: datetime) -> list[Listing]:
    """Every resort that ``query`` matches, in its order."""
    first = search(session, query.model_copy(update={"page": 1, "size": MAX_SIZE}), now)
    listings = list(first.listings)
    for page in range(2, first.pages + 1):
        more = query.model_copy(update={"page": page, "size": MAX_SIZE})
        listings += search(session, more, now).listings
    return listings
