"""Listings as one JSON document: licence, date and what was asked at its head, then everything known of each."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from uphill.licence import ATTRIBUTION, CAUTION, LICENCE_NAME, LICENCE_URL
from uphill.search.answers import Listing

LICENCE = {"attribution": ATTRIBUTION, "name": LICENCE_NAME, "url": LICENCE_URL, "caution": CAUTION}


def json_pieces(
    listings: Iterable[Listing], now: datetime, *, total: int, remarks: Sequence[str] = ()
) -> Iterator[str]:
    """The pieces of one document; ``total`` counts all that match, of which ``listings`` may be the first."""
    head = {"total": total, "remarks": list(remarks)}
    rows = (listing.model_dump(mode="json") for listing in listings)
    return pieces(terms(now) | head, "listings", rows)


def terms(now: datetime) -> dict[str, Any]:
    """Under which terms a document may be used, and when it was made."""
    return {
        "downloaded": now.isoformat(timespec="seconds"),
        "attribution": ATTRIBUTION,
        "licence": LICENCE,
    }


def pieces(head: Mapping[str, Any], name: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """An object with the members of ``head`` and the array ``name``, row by row, so that none has to be held whole."""
    yield json.dumps(head, ensure_ascii=False)[:-1] + f', "{name}": ['
    for at, row in enumerate(rows):
        yield (",\n" if at else "\n") + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"
