"""What changed, newest first."""

from flask import request

from uphill.recording import change_log
from uphill.search.changes import ChangesQuery
from webapp.database import database_session
from webapp.views.api.blueprint import endpoints
from webapp.views.api.documents import ChangesDocument
from webapp.views.api.paging import links, next_url


@endpoints.get("/changes")
@endpoints.output(ChangesDocument)
@endpoints.doc(summary="What changed", operation_id="listChanges")
def changes() -> tuple[ChangesDocument, int, dict[str, str]]:
    """Facts that changed, newest first: `old` and `new` as they stand in a policy, null where not stated.

    `cause` is `page` (the resort changed its page), `reading` (our reading changed), `curator`, or `first` (first
    reading of the resort's own page). With the `cursor` of one answer you ask for the changes before it.
    """
    query = ChangesQuery.parse(request.args.to_dict(flat=False))
    found = change_log.read(database_session(), **query.arguments())
    following = next_url(found.cursor)
    return ChangesDocument(**dict(found), next=following), 200, links(following)
