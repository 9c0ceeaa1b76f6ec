"""Answers made smaller on the way: zstd, Brotli or gzip, at levels that cost little time.

What an answer is is told by its ETag before it is compressed, weakly, so that it is the same in every coding and an
unchanged one is never compressed at all.
"""

from flask import Flask, Response, request
from flask_compress import Compress

LEAST_BYTES = 700
"""Smaller answers fit into one packet anyhow."""

_CODINGS = ("zstd", "br", "gzip")
_MIMETYPES = (
    "text/html",
    "text/css",
    "text/plain",
    "text/csv",
    "text/calendar",
    "text/javascript",
    "application/javascript",
    "application/json",
    "application/geo+json",
    "application/schema+json",
    "application/manifest+json",
    "application/xml",
    "application/atom+xml",
    "image/svg+xml",
)
_CONFIG = {
    "COMPRESS_ALGORITHM": list(_CODINGS),
    "COMPRESS_ALGORITHM_STREAMING": list(_CODINGS),
    "COMPRESS_MIMETYPES": list(_MIMETYPES),
    "COMPRESS_MIN_SIZE": LEAST_BYTES,
    "COMPRESS_ZSTD_LEVEL": 3,
    "COMPRESS_BR_LEVEL": 4,
    "COMPRESS_LEVEL": 4,
    "COMPRESS_REGISTER": False,
}


def attach(app: Flask) -> None:
    """Has to come before all else that looks at answers: what is attached first sees them last."""
    app.config.update(_CONFIG)
    compress = Compress()
    compress.init_app(app)

    def smaller(response: Response) -> Response:
        if response.mimetype not in _MIMETYPES:
            return response
        if response.status_code == 200 and any(request.accept_encodings[coding] > 0 for coding in _CODINGS):
            if callable(
                close := getattr(response.response, "close", None)
            ):  # a file, which is replaced below
                response.call_on_close(close)
            return compress.after_request(response)
        response.vary.add(
            "Accept-Encoding"
        )  # so too of a part of a file, and of an answer that did not change
        return response

    app.after_request(smaller)
