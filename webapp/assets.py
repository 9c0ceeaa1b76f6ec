"""Static files under addresses that change with their content, so that they may be kept for a year."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from flask import Flask, Response, request, url_for

FOR_A_YEAR = f"public, max-age={365 * 24 * 3600}, immutable"
_FOLDER = Path(__file__).parent / "static"


def attach(app: Flask) -> None:
    app.add_template_global(asset_url)
    app.after_request(_keep_hashed)


def asset_url(name: str) -> str:
    return url_for("static", filename=name, v=_digest(name))


@cache
def _digest(name: str) -> str:
    return blake2b((_FOLDER / name).read_bytes(), digest_size=5).hexdigest()


def _keep_hashed(response: Response) -> Response:
    name = (request.view_args or {}).get("filename")
    if (
        request.endpoint == "static"
        and response.status_code == 200
        and request.args.get("v") == _digest(name)
    ):
        response.headers["Cache-Control"] = FOR_A_YEAR
    return response
