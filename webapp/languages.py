"""The language of a page: that of its address (``/de/…``), else the one that the reader's browser asks for.

With the territory of that language come the clock, the order of dates and the units of lengths. A prefix may name
it too (``/en-us/…``: feet), for whoever wants another than the browser's.

The prefix is moved to ``SCRIPT_NAME``, so every link made by ``url_for`` stays in the language, and views and
routes know nothing of it. What is no page — files, the API, feeds for programs — has one address and no prefix.
"""

from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit, urlunsplit

from apiflask import APIFlask
from flask import Response, request
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.utils import redirect

from uphill.language import ENGLISH, LANGUAGES, current_language, messages, number, speaking, speech
from uphill.words.units import Units, current_units, measured_in, territory_of, units_of
from webapp.address import LANGUAGE_PREFIX, absolute, base, canonical, is_for_search_engines, language_prefix

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_WITHOUT_PREFIX = (
    "/static/", "/leaflet/", "/api/", "/healthz", "/metrics", "/robots.txt", "/sitemap", "/.well-known/", "/schema/",
    "/worker.js", "/resorts.", "/map/points",
)  # fmt: skip
"""How the paths begin that say the same in every language."""

_LONGEST_HEADER = 400
_LONGEST_KEPT, _MOST_KEPT = 150, 8000
_PREFIXES = frozenset(LANGUAGES) | {
    f"{language}-{territory_of(units, language).lower()}" for language in LANGUAGES for units in Units
}


class Spoken:
    """WSGI: answers each request in its language."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        asked, territory = asked_for(environ.get("HTTP_ACCEPT_LANGUAGE", "")[:_LONGEST_HEADER])
        path = environ.get("PATH_INFO", "")
        if path.startswith(_WITHOUT_PREFIX):
            return self._application(environ, start_response)
        prefix, rest = _split(path)
        if prefix and not rest:
            query = environ.get("QUERY_STRING", "")
            home = redirect(f"{environ.get('SCRIPT_NAME', '')}{prefix}/{'?' if query else ''}{query}", 301)
            return home(environ, start_response)
        if prefix and not rest.startswith(_WITHOUT_PREFIX):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + prefix
            environ["PATH_INFO"] = rest
            environ[LANGUAGE_PREFIX] = prefix
            asked, _, named = prefix[1:].partition("-")
            territory = named.upper() or territory
        with speaking(asked, territory), measured_in(units_of(territory)):
            return self._application(environ, start_response)


class Site(APIFlask):
    """Links to what is no page are made without the prefix of a language, so that one copy serves all."""

    def url_for(self, endpoint: str, *, _external: bool | None = None, **values: Any) -> str:
        if _external and request:  # under the site's own address, whichever one it was reached by
            return absolute(self.url_for(endpoint, **values))
        if not request or values.get("_scheme"):
            return self._made(endpoint, _external=_external, **values)
        asked = ((name, tuple(value) if isinstance(value, list) else value) for name, value in values.items())
        key = (endpoint, request.script_root, request.environ.get(LANGUAGE_PREFIX), *asked)
        url = self._addresses.get(key)
        if url is None:
            url = self._made(endpoint, **values)
            if len(url) <= _LONGEST_KEPT:  # else it holds what somebody wrote
                if len(self._addresses) >= _MOST_KEPT:
                    self._addresses.clear()
                self._addresses[key] = url
        return url

    @cached_property
    def _addresses(self) -> dict[tuple[object, ...], str]:
        """Those made last: a page holds a hundred of them, most of which are on others too."""
        return {}

    def _made(self, endpoint: str, *, _external: bool | None = None, **values: Any) -> str:
        url: str = super().url_for(endpoint, _external=_external, **values)
        prefix = request.environ.get(LANGUAGE_PREFIX) if request else None
        if prefix is None:
            return url
        parts = urlsplit(url)
        root = request.script_root
        if not parts.path.removeprefix(root).startswith(_WITHOUT_PREFIX):
            return url
        return urlunsplit(parts._replace(path=root.removesuffix(prefix) + parts.path.removeprefix(root)))


def attach(app: APIFlask) -> None:
    app.wsgi_app = Spoken(app.wsgi_app)  # type: ignore[method-assign]
    app.after_request(_tell_language)
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals.update(_=_gettext, gettext=_gettext, ngettext=_ngettext)
    environment.globals.update(languages=LANGUAGES, current_language=current_language)
    environment.globals.update(
        alternates=alternates, path_in=path_in, current_units=current_units, Units=Units
    )
    app.add_template_filter(number)


def asked_for(header: str) -> tuple[str, str | None]:
    """Language and territory of an ``Accept-Language``: one of ours, English where it names none."""
    return _asked_for(header)


@lru_cache(maxsize=512)
def _asked_for(header: str) -> tuple[str, str | None]:
    wanted = [
        tag.replace("_", "-").split("-") for tag in parse_accept_header(header, LanguageAccept).values()
    ]
    language = next((tag[0].lower() for tag in wanted if tag[0].lower() in LANGUAGES), ENGLISH)
    own_first = sorted(wanted, key=lambda tag: tag[0].lower() != language)
    return language, next((tag[-1].upper() for tag in own_first if len(tag) > 1 and len(tag[-1]) == 2), None)


def path_in(language: str, units: Units | None = None) -> str:
    """The page that is asked for, as it was asked for, in ``language``; with lengths in ``units``, else as before."""
    prefix: str = request.environ.get(LANGUAGE_PREFIX, "")
    if units is None and "-" in prefix:
        units = current_units()
    named = f"{language}-{territory_of(units, language).lower()}" if units is not None else language
    query = request.query_string.decode("ascii", "replace")
    path = f"{request.script_root.removesuffix(prefix)}/{named}{quote(request.path)}"
    return f"{path}?{query}" if query else path


def alternates() -> dict[str, str]:
    """The absolute addresses of the page by hreflang; none of what search engines should not find."""
    address = canonical() if is_for_search_engines() else None
    if address is None:
        return {}
    path = address.removeprefix(base()).removeprefix(language_prefix())
    in_each = {language: f"{base()}/{language}{path}" for language in LANGUAGES}
    return {"x-default": f"{base()}{path}", **in_each}


def _split(path: str) -> tuple[str, str]:
    """The prefix of a language, and what follows: ``/de`` and ``/resorts/x``; without one, nothing and the path."""
    first, slash, rest = path[1:].partition("/")
    return (f"/{first}", slash + rest) if first in _PREFIXES and path[:1] == "/" else ("", path)


def _tell_language(response: Response) -> Response:
    if not request.path.startswith(_WITHOUT_PREFIX):
        response.vary.add("Accept-Language")  # also under a prefix: clocks and lengths follow the territory
        response.headers["Content-Language"] = current_language()
    return response


def _gettext(message: str, /, **values: Any) -> Markup:
    if not values:
        return _said(message, current_language())
    said = Markup(speech().messages.gettext(message))  # noqa: S704 - our own words; what is put in is escaped
    return said % values


@lru_cache(maxsize=8192)
def _said(message: str, language: str) -> Markup:
    """A message without values: pages hold a hundred of them."""
    return Markup(messages(language).gettext(message)) % {}  # noqa: S704


def _ngettext(one: str, many: str, num: int, /, **values: Any) -> Markup:
    said = Markup(speech().messages.ngettext(one, many, num))  # noqa: S704
    values.setdefault("num", number(num))
    return said % values
