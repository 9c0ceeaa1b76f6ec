"""A published document looked through before it is published; nothing is fetched, and nothing kept."""

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from uphill.published import MAX_BYTES, check
from webapp.views.api.blueprint import JSON, endpoints
from webapp.views.api.documents import CheckDocument, CheckedResort
from webapp.views.api.paging import links, parameters


@endpoints.post("/check")
@endpoints.output(CheckDocument)
@endpoints.doc(summary="Check a document to publish", operation_id="checkDocument")
def check_document() -> tuple[CheckDocument, int, dict[str, str]]:
    """What a document for `/.well-known/uphill-policy.json` is understood to say, and a sentence for each mistake.

    Its JSON Schema is at `/schema/published/v1.json`. Nothing of it is kept, and no address in it is visited.
    """
    parameters()
    if request.mimetype != JSON:
        raise UnsupportedMediaType(
            f"Send the document as {JSON}, not as {request.mimetype or 'nothing named'}."
        )
    checked = check(posted())
    told = CheckDocument(
        valid=not checked.warnings,
        resorts=tuple(CheckedResort(name=each.name, policy=each.policy) for each in checked.entries),
        warnings=checked.warnings,
    )
    return told, 200, links(None)


def posted() -> bytes:
    """The body of the request; no more of it is read than a document may have."""
    request.max_content_length = MAX_BYTES
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise RequestEntityTooLarge(f"A document has at most {MAX_BYTES:,} bytes.") from error
