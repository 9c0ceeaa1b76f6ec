"""The site as an application on a device: its manifest, and the program that keeps pages to be read offline."""

import json
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from flask import url_for

from uphill.language import LANGUAGES
from uphill.language import gettext as _
from webapp.assets import asset_url

_STATIC = Path(__file__).parent / "static"
_TEMPLATES = Path(__file__).parent / "templates"
_NOT_KEPT = ("js/worker.js",)
"""Scripts that are no part of a page."""
_LIGHT_GROUND, _ACCENT = "#fbfbf9", "#0b5cad"


def site_root() -> str:
    """The path of the site's first page, without the prefix of a language: ``/``."""
    return str(url_for("installing.worker")).removesuffix("worker.js")


def manifest() -> dict[str, Any]:
    """As https://www.w3.org/TR/appmanifest/ has it; one application, whichever language it was installed in."""
    return {
        "id": site_root(),
        "name": _("Uphill access of ski resorts"),
        "short_name": _("Uphill"),
        "description": _("Where you may skin up, when, and with what pass."),
        "start_url": url_for("search.index"),
        "scope": site_root(),
        "display": "standalone",
        "background_color": _LIGHT_GROUND,
        "theme_color": _ACCENT,
        "icons": [
            {"src": asset_url("icon.svg"), "type": "image/svg+xml", "sizes": "any"},
            {"src": asset_url("icons/icon-192.png"), "type": "image/png", "sizes": "192x192"},
            {"src": asset_url("icons/icon-512.png"), "type": "image/png", "sizes": "512x512"},
            {
                "src": asset_url("icons/icon-maskable-512.png"),
                "type": "image/png",
                "sizes": "512x512",
                "purpose": "maskable",
            },
        ],
        "shortcuts": [
            {"name": _("Starred resorts"), "url": url_for("starring.index")},
            {"name": _("Tonight"), "url": url_for("tonight.index")},
        ],
    }


def worker_source() -> str:
    """The service worker behind what it has to know of this version of the site."""
    root = site_root()
    told = {
        "version": version(),
        "root": root,
        "files": [asset_url(name) for name in shell()],
        "offline": {
            "": f"{root}offline",
            **{language: f"{root}{language}/offline" for language in LANGUAGES},
        },
    }
    return f"const SITE = {json.dumps(told)};\n{(_STATIC / 'js/worker.js').read_text(encoding='utf-8')}"


@cache
def shell() -> tuple[str, ...]:
    """The styles, scripts and icons that pages are made of, by their names among the static files."""
    found = (
        path.relative_to(_STATIC).as_posix()
        for folder in ("css", "js")
        for path in sorted((_STATIC / folder).iterdir())
    )
    kept = (name for name in found if name.endswith((".css", ".js")) and name not in _NOT_KEPT)
    return (*kept, "icon.svg", "contours.svg")


@cache
def version() -> str:
    """Changes with each file of the shell, with the worker, and with the offline pages in all languages."""
    own = (_STATIC / "js/worker.js", _TEMPLATES / "base.html", _TEMPLATES / "offline.html")
    digest = blake2b(digest_size=8)
    for file in (*(_STATIC / name for name in shell()), *own, *_translations()):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _translations() -> list[Traversable]:
    found = files("uphill").joinpath("translations").iterdir()
    return sorted((file for file in found if file.name.endswith(".po")), key=lambda file: file.name)
