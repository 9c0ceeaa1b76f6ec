"""Listings as CSV: one row a resort, one column a fact, the licence in every row."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from uphill.licence import ATTRIBUTION
from uphill.policy import FACTS
from uphill.search.answers import Listing

_PLACE = ("slug", "name", "country", "region", "locality", "latitude", "longitude", "website")
COLUMNS = (
    *_PLACE,
    *FACTS,
    "verdict",
    "last_status",
    "last_status_seen",
    "pending",
    "origin",
    "source_url",
    "as_of",
    "last_confirmed",
    "freshness",
    "downloaded",
    "attribution",
)


def csv_lines(listings: Iterable[Listing], now: datetime) -> Iterator[str]:
    """A header line, then one a resort; elements of a list are joined by ``; ``, unknown facts say ``unknown``.

    A status that has expired is unknown too; ``last_status`` tells what was seen last.
    """
    downloaded = now.isoformat(timespec="seconds")
    yield _line(COLUMNS)
    for listing in listings:
        row = _row(listing) | {"downloaded": downloaded}
        yield _line([_safe(row.get(name, "")) for name in COLUMNS])


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _row(listing: Listing) -> dict[str, str]:
    resort, facts = listing.resort.model_dump(mode="json"), listing.policy.model_dump(mode="json")
    row = {name: "" if resort[name] is None else str(resort[name]) for name in _PLACE}
    row |= {name: _cell(facts[name]) for name in FACTS}
    row |= {"verdict": listing.verdict, "attribution": ATTRIBUTION}
    if listing.provenance is not None:
        origin = listing.provenance.model_dump(mode="json")
        told = ("origin", "source_url", "as_of", "last_confirmed", "freshness")
        row |= {key: str(origin[key] or "") for key in told}
    if listing.announced is not None:
        row |= {"last_status": str(listing.announced.status)}
        row |= {"last_status_seen": listing.announced.seen_at.isoformat()}
    if listing.pending is not None:
        row |= {"pending": f"page changed, being verified: {listing.pending.reason}"}
    return row


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(_element(element) for element in value) or "unknown"
    return "unknown" if value is None else _element(value)


def _element(element: object) -> str:
    """A route is told by its name, another value of several parts by those that are stated."""
    if not isinstance(element, dict):
        return str(element)
    if "name" in element:
        return str(element["name"])
    if "amount" in element:
        return f"{element['amount']} {element['currency']} {element['period']}"
    stated = {part: value for part, value in element.items() if value not in (None, "unknown")}
    return ", ".join(f"{part} {value}" for part, value in stated.items())


def _safe(text: str) -> str:
    """A spreadsheet runs a cell that begins like a formula; numbers such as -105.2 are left alone."""
    begins_like_formula = text[:1] in {"=", "+", "-", "@", "\t", "\r"}
    is_number = text.lstrip("+-").replace(".", "", 1).isdigit()
    return f"'{text}" if begins_like_formula and not is_number else text
