"""How large the downloads of the whole directory are, about: reckoned from a part of them."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from babel.units import format_unit
from sqlalchemy.orm import Session

from uphill.export import csv_lines, geojson_pieces, json_pieces
from uphill.language import current_locale
from uphill.search import Query, each_listing
from uphill.search.answers import Listing
from uphill.search.parameters import Sort

_SAMPLE = 60
_Pieces = Callable[[Iterator[Listing], datetime], Iterator[str]]
_FILES: dict[str, _Pieces] = {
    "CSV": csv_lines,
    "JSON": lambda listings, now: json_pieces(listings, now, total=_SAMPLE, remarks=()),
    "GeoJSON": geojson_pieces,
}


def file_sizes(session: Session, now: datetime) -> dict[str, str]:
    """How large each kind of file is before it is compressed on the way, in words: ``1.7 MB``."""
    # By name, so that resorts with and without a policy are as many as in the whole.
    total, listings = each_listing(session, Query(sort=Sort.NAME), now)
    sample = list(islice(listings, _SAMPLE))
    sizes = {}
    for kind, pieces in _FILES.items():
        bytes_ = sum(len(piece.encode()) for piece in pieces(iter(sample), now))
        sizes[kind] = _words(bytes_ * total // max(1, len(sample)))
    return sizes


def _words(bytes_: int) -> str:
    """To two digits, as the language in force writes it."""
    rounded = round(bytes_, 2 - len(str(bytes_)))
    value, unit = (rounded / 1e6, "megabyte") if rounded >= 1e6 else (rounded / 1e3, "kilobyte")
    return format_unit(value, f"digital-{unit}", "short", locale=current_locale())
