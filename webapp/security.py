"""Headers of every answer: what a page may load, who may use it, and how long it may be kept."""

from collections.abc import Mapping

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from uphill.map_tiles import tile_host
from uphill.settings import Settings

_YEAR = 365 * 24 * 3600
_SECURED = f"max-age={_YEAR}"
"""Nothing of subdomains: those may be somebody else's."""

_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_PERMITTED = {"geolocation": "(self)"}
_FORBIDDEN = (
    "accelerometer",
    "camera",
    "display-capture",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)


def attach(app: Flask, settings: Settings) -> None:
    _believe_proxies(app, settings.trusted_proxies)
    headers = _headers(settings)

    def harden(response: Response) -> Response:
        return _harden(response, headers)

    app.after_request(harden)
    app.after_request(_make_revalidatable)


def content_security_policy(settings: Settings) -> str:
    """What a page may load: from this site alone, and images from the host of the map's tiles where some are set."""
    tiles = f" {tile_host(settings.map_tiles)}" if settings.map_tiles else ""
    return "; ".join(
        f"{name} {sources}{tiles if name == 'img-src' else ''}" for name, sources in _SOURCES.items()
    )


def _headers(settings: Settings) -> dict[str, str]:
    permissions = _PERMITTED | dict.fromkeys(_FORBIDDEN, "()")
    return {
        "Content-Security-Policy": content_security_policy(settings),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": ", ".join(f"{name}={who}" for name, who in sorted(permissions.items())),
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def _believe_proxies(app: Flask, hops: int) -> None:
    """Address and scheme of the client are those that the last ``hops`` proxies tell; of none, nobody's word counts."""
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]


def _harden(response: Response, headers: Mapping[str, str]) -> Response:
    said = response.headers
    for name, value in headers.items():
        said.setdefault(name, value)
    open_to_all = said.get("Access-Control-Allow-Origin") == "*"
    said.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if open_to_all else "same-origin")
    if request.is_secure:
        said.setdefault("Strict-Transport-Security", _SECURED)
    return response


def _make_revalidatable(response: Response) -> Response:
    """Pages are asked for again each time, and answered with 304 while nothing in them changed."""
    response.headers.setdefault("Cache-Control", "no-cache")
    if request.method not in {"GET", "HEAD"} or response.status_code != 200 or response.is_streamed:
        return response
    if response.cache_control.no_store:
        return response
    response.add_etag(weak=True)  # the same in every coding that it is compressed in
    response.make_conditional(request)
    return response
