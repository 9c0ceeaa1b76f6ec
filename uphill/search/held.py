"""The index that searches go by."""

from datetime import datetime

from sqlalchemy.orm import Session

from uphill.search.index import Index
from uphill.search.known import known_resorts


def index_of(session: Session, now: datetime) -> Index:
    """The directory as ``session`` sees it, at ``now``."""
    return Index.of(known_resorts(session), now)
