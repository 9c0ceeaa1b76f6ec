"""OpenSkiMap's exports of ski areas: ``ski_areas.geojson`` and ``ski_areas.csv``.

Operating areas with downhill skiing and a name are taken; others are passed over in silence, they are no
mistakes. A feature or row that should be taken and can't is a BadRow with its line.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pycountry
from pydantic import ValidationError
from tzfpy import get_tz

from uphill.catalogue.rows import CatalogueRow, sentence_of
from uphill.errors import BadInput, BadRow

_FEATURES = '"features"'
_CSV_MARKS = {"name", "country", "region", "id"}


@dataclass(frozen=True, slots=True)
class SkiArea:
    """A ski area of OpenSkiMap; ``region`` is an ISO 3166-2 code of the first level, elevations in metres."""

    openskimap_id: str
    name: str
    region: str
    locality: str | None
    latitude: float
    longitude: float
    base_m: int | None
    summit_m: int | None
    website: str | None

    def row(self, slug: str) -> CatalogueRow:
        return CatalogueRow(
            slug=slug,
            name=self.name,
            country=self.region.partition("-")[0],
            region=self.region,
            locality=self.locality,
            latitude=round(self.latitude, 4),
            longitude=round(self.longitude, 4),
            timezone=get_tz(self.longitude, self.latitude) or None,
            base_m=self.base_m,
            summit_m=self.summit_m,
            website=self.website,
            openskimap_id=self.openskimap_id,
        )


def read_ski_areas(path: Path) -> Iterator[SkiArea | BadRow]:
    """The ski areas of an export. Raises BadInput for a file that is neither GeoJSON nor CSV of them."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(f"{path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not text in UTF-8 (byte {error.start}).") from error
    if text.lstrip()[:1] == "{":
        if "[" not in text.partition(_FEATURES)[2]:
            raise BadInput(f"{path} is JSON, but no GeoJSON FeatureCollection.")
        rows = _features(text)
    else:
        rows = _csv_rows(path, text)
    for line, values in rows:
        if isinstance(values, BadRow):
            yield values
        else:
            yield from _area(line, values)


def _features(text: str) -> Iterator[tuple[int, Mapping[str, Any] | BadRow]]:
    """Features one by one, so that a broken one costs itself alone; the next begins on a line of its own."""
    decoder = json.JSONDecoder()
    at = text.index("[", text.index(_FEATURES)) + 1
    line = text.count("\n", 0, at) + 1
    while True:
        start = at
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        line += text.count("\n", start, at)
        if at >= len(text) or text[at] == "]":
            return
        try:
            feature, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            yield line, BadRow(line, f"not JSON: {error.msg}")
            end = text.find("\n", at)
            if end < 0:
                return
        else:
            yield line, _feature_or_mistake(line, feature)
        line += text.count("\n", at, end)
        at = end


def _feature_or_mistake(line: int, feature: Any) -> Mapping[str, Any] | BadRow:
    try:
        return _feature_values(line, feature)
    except (AttributeError, TypeError, KeyError) as error:
        return BadRow(line, f"not a feature of OpenSkiMap: {error}")


def _feature_values(line: int, feature: Any) -> Mapping[str, Any] | BadRow:
    """A feature in the shape of a row of the CSV export."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return BadRow(line, "not a feature with properties")
    places = properties.get("places") or [properties.get("location") or {}]
    english = (places[0].get("localized") or {}).get("en") or {}
    statistics = properties.get("statistics") or {}
    point = _first_position((feature.get("geometry") or {}).get("coordinates"))
    return {
        "id": properties.get("id"),
        "name": properties.get("name"),
        "status": properties.get("status"),
        "has_downhill": "downhill" in (properties.get("activities") or ()),
        "region_code": places[0].get("iso3166_2"),
        "locality": english.get("locality"),
        "lng": point[0] if point else None,
        "lat": point[1] if point else None,
        "min_elevation_m": statistics.get("minElevation"),
        "max_elevation_m": statistics.get("maxElevation"),
        "websites": " ".join(properties.get("websites") or ()),
    }


def _first_position(coordinates: Any) -> list[float] | None:
    """The first [longitude, latitude] of a geometry of any kind: good enough to say where an area is."""
    while isinstance(coordinates, list) and coordinates and isinstance(coordinates[0], list):
        coordinates = coordinates[0]
    is_position = isinstance(coordinates, list) and len(coordinates) >= 2
    return coordinates if is_position else None


def _csv_rows(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if not set(reader.fieldnames or ()) >= _CSV_MARKS:
        raise BadInput(
            f"{path} is neither OpenSkiMap's GeoJSON nor its CSV: no columns name, country, region, id."
        )
    for row in reader:
        row["has_downhill"] = str(row.get("has_downhill", "yes")).lower() in {"yes", "true", "1"}
        yield reader.line_num, row


def _area(line: int, values: Mapping[str, Any]) -> Iterator[SkiArea | BadRow]:
    taken = values.get("has_downhill") and values.get("status", "operating") == "operating"
    if not taken or not values.get("name"):
        return
    try:
        area = _ski_area(values)
        area.row("check")
    except ValidationError as error:
        yield BadRow(line, sentence_of(error))
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        yield BadRow(line, f"{values.get('name')}: {error}")
    else:
        yield area


def _ski_area(values: Mapping[str, Any]) -> SkiArea:
    if not values.get("id"):
        raise ValueError("no id")
    if values.get("lat") in (None, "") or values.get("lng") in (None, ""):
        raise ValueError("no coordinates")
    websites = str(values.get("websites") or "").replace(";", " ").replace(",", " ").split()
    return SkiArea(
        openskimap_id=str(values["id"]),
        name=str(values["name"])[:200],
        region=_first_level(values),
        locality=str(values["locality"]) if values.get("locality") else None,
        latitude=float(values["lat"]),
        longitude=float(values["lng"]),
        base_m=_metres(values.get("min_elevation_m")),
        summit_m=_metres(values.get("max_elevation_m")),
        website=next((url for url in websites if url.startswith(("http://", "https://"))), None),
    )


def _metres(value: Any) -> int | None:
    return None if value in (None, "") else round(float(value))


def _first_level(values: Mapping[str, Any]) -> str:
    """The region's ISO 3166-2 code of the first level: FR-73 lies in FR-ARA."""
    code = values.get("region_code")
    subdivision = pycountry.subdivisions.get(code=code) if code else _by_name(values)
    if subdivision is None:
        raise ValueError(f"region {code or values.get('region')!r} is not known to ISO 3166-2")
    while subdivision.parent is not None:
        subdivision = subdivision.parent
    return str(subdivision.code)


def _by_name(values: Mapping[str, Any]) -> Any:
    country = _lookup_country(values.get("country"))
    regions = pycountry.subdivisions.get(country_code=country.alpha_2) or () if country else ()
    return next((region for region in regions if region.name == values.get("region")), None)


def _lookup_country(name: Any) -> Any:
    try:
        return pycountry.countries.lookup(str(name))
    except LookupError:
        return None
