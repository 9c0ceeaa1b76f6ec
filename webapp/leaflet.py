"""Leaflet as its wheel holds it, under addresses that change with its content.

The hash stands in the path, before the file's name, so that the images which its style sheet names have it too.
"""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from apiflask import APIBlueprint
from flask import Response, send_from_directory, url_for
from xstatic.pkg import leaflet

from uphill.errors import NotFound
from webapp.assets import FOR_A_YEAR

files = APIBlueprint("leaflet", __name__, enable_openapi=False)

SCRIPT, STYLES = "leaflet.js", "leaflet.css"
_FOLDER = Path(leaflet.BASE_DIR)


def leaflet_url(name: str) -> str:
    return url_for("leaflet.file", edition=_edition(), name=name)


@files.get("/leaflet/<edition>/<path:name>")
def file(edition: str, name: str) -> Response:
    """Raises NotFound."""
    if name not in _served():
        raise NotFound(f"There is no file {name} of Leaflet here.")
    response = send_from_directory(_FOLDER, name)
    if edition == _edition():
        response.headers["Cache-Control"] = FOR_A_YEAR
    return response


@cache
def _served() -> tuple[str, ...]:
    images = sorted(f"images/{each.name}" for each in (_FOLDER / "images").iterdir())
    return (SCRIPT, STYLES, *images)


@cache
def _edition() -> str:
    """The version, and a hash of all that is served: a page that is older finds what is there now."""
    digest = blake2b(digest_size=5)
    for name in _served():
        digest.update((_FOLDER / name).read_bytes())
    return f"{leaflet.VERSION}-{digest.hexdigest()}"
