"""Listings as GeoJSON (RFC 7946): a point a resort, with what one needs to know beside it.

Terms of use are members of the collection and of each feature: programs that merge files drop the former.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from uphill.export.documents import pieces, terms
from uphill.licence import ATTRIBUTION
from uphill.search.answers import Listing

_FACTS = (
    "access", "status", "during_operations", "outside_operations", "pass_required", "pass_accepts", "pass_cost",
    "prices", "waiver", "dogs", "hotline", "pass_url", "waiver_url", "status_url", "map_url",
)  # fmt: skip
_DECIMALS = 6
"""Of degrees: a tenth of a metre."""


def geojson_pieces(listings: Iterable[Listing], now: datetime) -> Iterator[str]:
    """The pieces of one FeatureCollection. A resort whose place is not known has no geometry, as the RFC has it."""
    return pieces({"type": "FeatureCollection"} | terms(now), "features", map(feature, listings))


def feature(listing: Listing) -> dict[str, Any]:
    """A resort as a GeoJSON Feature; degrees are WGS 84, longitude first. Unknown facts say ``unknown``, or null."""
    resort, facts = listing.resort, listing.policy.model_dump(mode="json")
    known = listing.provenance.model_dump(mode="json") if listing.provenance is not None else {}
    seen = listing.announced.seen_at.isoformat() if listing.announced is not None else None
    return {
        "type": "Feature",
        "id": resort.slug,
        "geometry": _point(resort.longitude, resort.latitude),
        "properties": {
            "name": resort.name,
            "country": resort.country,
            "region": resort.region,
            "locality": resort.locality,
            "website": resort.website,
            "pass_network": resort.pass_network,
            "verdict": listing.verdict,
            **{name: facts[name] for name in _FACTS},
            "hours": facts["windows"],
            "status_seen_at": seen,
            "origin": known.get("origin"),
            "source_url": known.get("source_url"),
            "as_of": known.get("as_of"),
            "last_checked": known.get("last_confirmed"),
            "freshness": known.get("freshness", "none"),
            "attribution": ATTRIBUTION,
        },
    }


def _point(longitude: float | None, latitude: float | None) -> dict[str, Any] | None:
    if longitude is None or latitude is None:
        return None
    return {"type": "Point", "coordinates": [round(longitude, _DECIMALS), round(latitude, _DECIMALS)]}
