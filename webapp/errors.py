"""Errors as pages, and under ``/api`` as JSON with the same content."""

import logging
from http import HTTPStatus
from urllib.parse import quote

from flask import Flask, Response, current_app, jsonify, make_response, redirect, render_template, request
from pydantic import BaseModel, Field
from werkzeug.exceptions import HTTPException

from uphill.errors import BadFilter, BadInput, NotFound
from uphill.language import N_, gettext
from uphill.search import Query, search
from uphill.search.answers import Listing
from uphill.search.filters import FILTERS
from webapp.bounds import MOST_BYTES
from webapp.database import database_session, now

_log = logging.getLogger(__name__)
_NEAR = 5
_TITLES = {
    400: N_("This can’t be searched"),
    403: N_("Not accepted"),
    404: N_("Not found"),
    413: N_("Too much was sent"),
    414: N_("The address is too long"),
    429: N_("Too many requests"),
    500: N_("The site failed"),
}
_TOO_LARGE = N_("A form or a document may be at most %(most)s kB large.")


class ApiError(BaseModel):
    """What was wrong and what to do; ``parameter`` and ``allowed`` where a parameter was."""

    status: int = Field(examples=[400])
    message: str
    parameter: str | None = None
    allowed: list[str] = []


def attach(app: Flask) -> None:
    app.register_error_handler(BadInput, _bad_input)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _failed)


def _bad_input(error: BadInput) -> Response:
    if isinstance(error, BadFilter):
        problem = ApiError(
            status=400, message=str(error), parameter=error.parameter, allowed=list(error.allowed)
        )
    else:
        problem = ApiError(status=400, message=str(error))
    return _answer(problem)


def _not_found(error: NotFound) -> Response:
    slug = (request.view_args or {}).get("slug")
    near = _near(slug) if slug and not _for_program() else ()
    return _answer(ApiError(status=404, message=str(error)), near)


def _refused(error: HTTPException) -> Response:
    code = error.code or 500
    said = error.description
    if code == HTTPStatus.NOT_FOUND and (meant := _without_slash()):
        return make_response(redirect(meant, HTTPStatus.MOVED_PERMANENTLY))
    if code == HTTPStatus.NOT_FOUND:
        said = gettext("There is no page at %(path)s.", path=request.path)
    elif code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        said = gettext(_TOO_LARGE, most=MOST_BYTES // 1000)
    response = _answer(ApiError(status=code, message=said or HTTPStatus(code).phrase))
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def _without_slash() -> str | None:
    """The address of the page that a stray slash at the end was written behind."""
    path = request.path.rstrip("/")
    adapter = current_app.create_url_adapter(request)
    if path == request.path or not path or path.startswith("//") or adapter is None or not adapter.test(path):
        return None
    query = request.query_string.decode(errors="replace")
    return f"{request.script_root}{quote(path)}{'?' if query else ''}{query}"


def _failed(error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.full_path, exc_info=error)
    return _answer(
        ApiError(status=500, message=gettext("The site failed to answer; the failure was logged."))
    )


def _answer(problem: ApiError, near: tuple[Listing, ...] = ()) -> Response:
    if _for_program():
        return make_response(jsonify(problem.model_dump()), problem.status)
    title = gettext(_TITLES.get(problem.status, HTTPStatus(problem.status).phrase))
    if problem.status == HTTPStatus.BAD_REQUEST and not problem.parameter:
        title = gettext("This can’t be done")
    page = render_template("error.html", problem=problem, title=title, near=near, filters=FILTERS)
    return make_response(page, problem.status)


def _for_program() -> bool:
    return request.path.startswith("/api/")


def _near(slug: str) -> tuple[Listing, ...]:
    """Resorts whose names hold the words of ``slug``, or its longest one."""
    words = slug.replace("-", " ")[:80]
    for text in (words, max(words.split(), key=len, default="")):
        if text.strip():
            found = search(database_session(), Query(text=text, size=_NEAR), now())
            if found.listings:
                return found.listings
    return ()
