"""Absolute addresses: under the site's own (setting ``public_url``), or where none is set under the request's.

``url_for(…, _external=True)`` makes them of this, so feeds, the sitemap, calendars and data carry the same address
however the site was reached. Each page has one canonical address, which is without what changes only how it is shown.
"""

from urllib.parse import quote, urlencode

from flask import Flask, current_app, request

from uphill.settings import Settings

LANGUAGE_PREFIX = "uphill.language.prefix"
"""Where in a request's environment the prefix of its language stands."""

_KEY = "uphill.public_url"
_SEARCH = "search.index"
_ANOTHER_PAGE = {"changes.index": frozenset({"region", "resort"})}
"""Parameters that make another page of it; on all pages but the search others only change how it is shown."""
_ONLY_SHOWN = frozenset({"page", "size", "sort", "view"})
"""Those of a search that find nothing else."""
_NOT_FOR_SEARCH_ENGINES = ("comparing", "starring", "installing", "report", "asking")
"""Blueprints of pages that are made for one reader alone."""


def attach(app: Flask, settings: Settings) -> None:
    app.extensions[_KEY] = settings.public_url.rstrip("/")
    app.add_template_global(canonical)
    app.add_template_global(is_for_search_engines)


def base() -> str:
    """The site's address without a slash at its end: that of the setting, or of the request."""
    public: str = current_app.extensions.get(_KEY, "")
    return public or f"{request.scheme}://{request.host}{_mount()}"


def absolute(path: str) -> str:
    """The absolute address of a path that ``url_for`` made."""
    return base() + path.removeprefix(_mount())


def canonical() -> str | None:
    """The one address of the page that is asked for, in its language; ``None`` where there is no page."""
    if request.url_rule is None:
        return None
    address = f"{base()}{language_prefix()}{quote(request.path)}"
    kept = sorted((name, value) for name, value in request.args.items(multi=True) if value and _matters(name))
    return f"{address}?{urlencode(kept)}" if kept else address


def language_prefix() -> str:
    """``/de``, or nothing: without the territory, which only changes how dates and lengths are written."""
    prefix: str = request.environ.get(LANGUAGE_PREFIX, "")
    return prefix.partition("-")[0]


def is_for_search_engines() -> bool:
    """Whether the page should be found by them: not a search, whose filters make endlessly many of the same."""
    if request.url_rule is None or request.blueprint in _NOT_FOR_SEARCH_ENGINES:
        return False
    return request.endpoint != _SEARCH or not any(request.args.values())


def _matters(parameter: str) -> bool:
    if request.endpoint == _SEARCH:
        return parameter not in _ONLY_SHOWN
    return parameter in _ANOTHER_PAGE.get(request.endpoint or "", ())


def _mount() -> str:
    """The path that the whole site is served under; empty at the root of its host."""
    return request.script_root.removesuffix(request.environ.get(LANGUAGE_PREFIX, ""))
