"""Makes ``static/map/outlines.json`` anew: ``python webapp/outlines/make.py WORLD_MAP.gpkg``.

The source is Natural Earth's 1:10m "Admin 1 – States, Provinces" (version 4.1.0, public domain), in the file
``usr/share/qgis/resources/data/world_map.gpkg`` of Debian's package qgis-common, where it is already thinned out:

    apt-get download qgis-common && dpkg-deb -x qgis-common_*.deb source
    npm install mapshaper@0.7
    PATH=$PWD/node_modules/.bin:$PATH python webapp/outlines/make.py source/usr/share/qgis/resources/data/world_map.gpkg

Natural Earth has France by departments and Italy by provinces; they are joined to the regions of ISO 3166-2. Lines
are thinned out by mapshaper, which keeps the borders of neighbours one: a mountain country's more finely than a
coast in the Arctic.
"""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pycountry

from uphill.folding import fold
from uphill.regions import region_name

_FILE = Path(__file__).parent.parent / "static" / "map" / "outlines.json"

_BY_NAME = {"AT", "CA", "CH", "DE", "US"}
_OTHER_NAMES = {"Bern": "CH-BE", "Lucerne": "CH-LU"}
"""Where Natural Earth writes a name otherwise than ISO 3166-2."""

_BY_FIPS = {
    "FR14": "FR-20R", "FR96": "FR-GES", "FR97": "FR-NAQ", "FR98": "FR-ARA", "FR99": "FR-NOR", "FRA1": "FR-BFC",
    "FRA2": "FR-BRE", "FRA3": "FR-CVL", "FRA4": "FR-GES", "FRA5": "FR-PDL", "FRA6": "FR-BFC", "FRA7": "FR-NOR",
    "FRA8": "FR-IDF", "FRA9": "FR-OCC", "FRB1": "FR-NAQ", "FRB2": "FR-GES", "FRB3": "FR-OCC", "FRB4": "FR-HDF",
    "FRB6": "FR-HDF", "FRB7": "FR-NAQ", "FRB8": "FR-PAC", "FRB9": "FR-ARA",
    "IT01": "IT-65", "IT02": "IT-77", "IT03": "IT-78", "IT04": "IT-72", "IT05": "IT-45", "IT06": "IT-36",
    "IT07": "IT-62", "IT09": "IT-25", "IT10": "IT-57", "IT11": "IT-67", "IT12": "IT-21", "IT13": "IT-75",
    "IT14": "IT-88", "IT15": "IT-82", "IT16": "IT-52", "IT17": "IT-32", "IT18": "IT-55", "IT19": "IT-23",
    "IT20": "IT-34",
}  # fmt: skip
_OTHER_REGIONS = dict.fromkeys(("Genova", "Imperia", "La Spezia", "Savona"), "IT-42")
"""Provinces that the source's codes put elsewhere."""

_METRES = {"US": 4500, "CA": 14000, "AT": 1000, "CH": 1000, "DE": 2500, "FR": 3000, "IT": 1800}
"""Bends smaller than this are left out, by country."""

_STEPS = 60_000
"""Coordinates are whole steps of the extent: 250 m."""


def main() -> None:
    (source,) = sys.argv[1:]
    with TemporaryDirectory() as folder:
        raw, made = Path(folder, "raw.json"), Path(folder, "made.json")
        _mapshaper(source, "layers=states_provinces", "-o", str(raw), "format=geojson")
        collection = json.loads(raw.read_text())
        collection["features"] = [
            {
                "type": "Feature",
                "properties": {"id": code, "metres": _METRES[code[:2]]},
                "geometry": feature["geometry"],
            }
            for feature in collection["features"]
            if (code := _code(feature["properties"]))
        ]
        raw.write_text(json.dumps(collection))
        _mapshaper(
            str(raw),
            *("-clip", "bbox=-180,-90,20,90"),
            *("-dissolve", "id", "copy-fields=metres"),
            *("-simplify", "variable", "interval=metres", "keep-shapes"),
            *("-filter-islands", "min-area=1500km2", "remove-empty"),
            *("-each", "at = [this.innerX, this.innerY].map(n => Math.round(n * 100) / 100)"),
            *("-rename-layers", "regions", "-o", str(made), "format=topojson", f"quantization={_STEPS}"),
            *("id-field=id", "fix-geometry"),
        )
        _FILE.write_text(_written(json.loads(made.read_text())), encoding="utf-8")


def _mapshaper(*arguments: str) -> None:
    subprocess.run(["mapshaper", *arguments], check=True)  # noqa: S603, S607 - ours, as the docstring installs it


def _code(region: dict[str, Any]) -> str | None:
    """ISO 3166-2 code of a row of the source; None where it lies in none of our countries, or overseas."""
    country, name = region["iso_a2"], region["name"]
    if country not in _BY_NAME:
        return _OTHER_REGIONS.get(name) or _BY_FIPS.get(region["fips"] or "")
    if name in _OTHER_NAMES:
        return _OTHER_NAMES[name]
    named = [
        one.code for one in pycountry.subdivisions.get(country_code=country) if fold(one.name) == fold(name)
    ]
    (code,) = named
    return str(code)


def _written(topology: dict[str, Any]) -> str:
    """One line a region and an arc, so that a change can be read."""
    objects = topology["objects"]["regions"]["geometries"]
    regions = [
        {
            "type": one["type"],
            "id": one["id"],
            "properties": {"name": region_name(one["id"]), "at": one["properties"]["at"]},
            "arcs": one["arcs"],
        }
        for one in sorted(objects, key=lambda one: str(one["id"]))
    ]

    def lines(values: list[Any]) -> str:
        return ",\n".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)

    return (
        '{"type":"Topology","source":"Natural Earth, public domain",'
        f'"transform":{json.dumps(topology["transform"], separators=(",", ":"))},\n'
        f'"objects":{{"regions":{{"type":"GeometryCollection","geometries":[\n{lines(regions)}\n]}}}},\n'
        f'"arcs":[\n{lines(topology["arcs"])}\n]}}\n'
    )


if __name__ == "__main__":
    main()
