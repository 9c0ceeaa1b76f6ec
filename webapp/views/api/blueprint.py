"""What all endpoints have in common: only JSON is answered, and nothing twice that did not change."""

from apiflask import APIBlueprint
from flask import Response, request
from werkzeug.exceptions import NotAcceptable

from webapp.views.api import caching

JSON = "application/json"

endpoints = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Uphill access")


@endpoints.before_request
def _only_json() -> None:
    if request.accept_mimetypes and not request.accept_mimetypes[JSON]:
        raise NotAcceptable(f"The API answers with {JSON} alone; ask for that, or send no Accept header.")


@endpoints.before_request
def _unchanged() -> Response | None:
    return caching.unchanged()


@endpoints.after_request
def _dated(response: Response) -> Response:
    return caching.dated(response)
