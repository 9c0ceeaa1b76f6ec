"""Pages of other sites may read the data: it is open, and no cookie opens anything more."""

from flask import Flask, Response, request

_OPEN = ("/api/", "/schema/")
_METHODS = "GET, HEAD, POST, OPTIONS"
_READABLE = "ETag, Last-Modified, Link, Content-Length, Retry-After"
_A_DAY = "86400"


def attach(app: Flask) -> None:
    app.after_request(_open)


def _open(response: Response) -> Response:
    if not request.path.startswith(_OPEN):
        return response
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = _READABLE
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        response.headers["Access-Control-Allow-Methods"] = _METHODS
        response.headers["Access-Control-Allow-Headers"] = "*"
        response.headers["Access-Control-Max-Age"] = _A_DAY
    return response
