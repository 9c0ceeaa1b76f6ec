"""How much may be asked at once: what no page needs is refused before anything is read or searched."""

from flask import Flask, request
from werkzeug.exceptions import BadRequest, RequestURITooLarge

from uphill.language import gettext

LONGEST_QUERY = 4000
LONGEST_PATH = 500
MOST_PARAMETERS = 150
MOST_BYTES = 64_000
MOST_PARTS = 60


def attach(app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = MOST_BYTES
    app.config["MAX_FORM_PARTS"] = MOST_PARTS
    app.before_request(_refuse)


def _refuse() -> None:
    """Raises RequestURITooLarge or BadRequest. No text in the directory has NUL, and PostgreSQL takes none."""
    query = request.query_string
    if len(query) > LONGEST_QUERY or len(request.path) > LONGEST_PATH:
        raise RequestURITooLarge(
            gettext("The address is too long: at most %(most)s characters are read.", most=LONGEST_QUERY)
        )
    if query.count(b"&") >= MOST_PARAMETERS:
        raise BadRequest(
            gettext("The address has too many parameters: at most %(most)s are read.", most=MOST_PARAMETERS)
        )
    if b"%00" in query or b"\0" in query or "\0" in request.path:
        raise BadRequest(gettext("The address has a character in it that no text has."))
