"""Whole answers, as they went over the wire, for whoever asks the same in the same minute while nothing is written.

A view says that its answer is the same for everybody, and until when it holds if nothing is written
(:func:`keep_answer`). It is kept for the rest of the minute at most, since ages and clocks on pages move by it; and
before it is given again the database is asked whether anything was committed since before it was made, so that what
is written is seen at once. Who asks too often is refused as without it.
"""

from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Flask, request
from werkzeug.wrappers import Response

from uphill.db.committed import committed_state
from uphill.language import current_locale
from uphill.search.answers import Listing
from uphill.search.held import directory_holds_until
from uphill.search.reading import expiries
from uphill.words.units import current_units
from webapp.database import CLOCK, Clock, Database, database_session, now
from webapp.limits import client_at, kind_of, seconds_to_wait_at

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST_BYTES = 16_000_000
"""Of all answers that one process keeps."""

LONGEST = 200_000
_OVERHEAD = 3000
"""Bytes of an answer's key and headers, about."""

_HOLDING = "uphill.kept.holding"
_MINUTE = timedelta(minutes=1)
_ASKED_WITH = ("HTTP_HOST", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING")
"""Headers on which an answer may hinge, besides the language, which is known by its locale."""

_NOT_KEPT = frozenset({"date", "set-cookie"})

_Key = tuple[object, ...]


class Kept(NamedTuple):
    """An answer made ``since`` of the data in ``state``; ``kind`` is what it counts as where rates are limited."""

    state: str
    since: datetime
    until: datetime
    kind: str | None
    headers: tuple[tuple[str, str], ...]
    body: bytes


class KeptAnswers:
    """The answers given last, up to ``MOST_BYTES``."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, Kept] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: _Key, state: str, moment: datetime) -> Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            if kept.state != state or not kept.since <= moment < kept.until:
                self._forget(key)
                return None
            self._kept.move_to_end(key)
            return kept

    def keep(self, key: _Key, kept: Kept) -> None:
        with self._lock:
            if key in self._kept:
                self._forget(key)
            self._kept[key] = kept
            self._bytes += len(kept.body) + _OVERHEAD
            while self._bytes > MOST_BYTES:
                self._forget(next(iter(self._kept)))

    def _forget(self, key: _Key) -> None:
        self._bytes -= len(self._kept.pop(key).body) + _OVERHEAD


def attach(app: Flask, database: Database) -> None:
    """Has to come before what gives requests their language and their client's address."""
    clock: Clock = app.extensions[CLOCK]
    app.wsgi_app = _Keeping(app, app.wsgi_app, database, clock)  # type: ignore[method-assign]


def keep_answer(until: datetime) -> None:
    """The answer that is being made is the same for everybody, and holds ``until`` then if nothing is written."""
    minute = now().replace(second=0, microsecond=0) + _MINUTE
    request.environ[_HOLDING] = (now(), min(until, minute), kind_of(request.endpoint))


def keep_answer_of(listings: Iterable[Listing]) -> None:
    """As :func:`keep_answer`, of an answer that a search gave, which showed these resorts."""
    directory = directory_holds_until(database_session(), now())
    expiring = chain.from_iterable(expiries(listing, now()) for listing in listings)
    keep_answer(min((directory, *expiring)))


class _Keeping:
    """WSGI: gives answers again, and keeps those that may be."""

    def __init__(self, app: Flask, application: "WSGIApplication", database: Database, clock: Clock) -> None:
        self._app = app
        self._application = application
        self._database = database
        self._clock = clock
        self._answers = KeptAnswers()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._application(environ, start_response)
        state = committed_state(self._database.engine())
        if state is None:
            return self._application(environ, start_response)
        key = _key_of(environ)
        kept = self._answers.get(key, state, self._clock.now())
        if kept is None or self._waits(kept, environ):
            return self._made(key, state, environ, start_response)
        response = Response(kept.body, headers=list(kept.headers))
        response.make_conditional(environ)
        return response(environ, start_response)

    def _made(
        self, key: _Key, state: str, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        told: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Any:
            told[:] = [status, headers]
            return start_response(status, headers, *failure)

        body = self._application(environ, start)
        holding = environ.pop(_HOLDING, None)
        if holding is None or environ["REQUEST_METHOD"] != "GET" or not told or not _may_be_kept(*told):
            return body
        try:
            whole = b"".join(body)
        finally:
            if hasattr(body, "close"):
                body.close()
        since, until, kind = holding
        if since < until and len(whole) <= LONGEST and len(repr(key)) <= _OVERHEAD:
            headers = tuple(each for each in told[1] if each[0].lower() not in _NOT_KEPT)
            self._answers.keep(key, Kept(state, since, until, kind, headers, whole))
        return [whole]

    def _waits(self, kept: Kept, environ: "WSGIEnvironment") -> bool:
        """Counts the request; one that has to wait is told so by the application."""
        if kept.kind is None:
            return False
        return bool(seconds_to_wait_at(self._app, kept.kind, client_at(environ.get("REMOTE_ADDR"))))


def _key_of(environ: "WSGIEnvironment") -> _Key:
    return (
        environ["wsgi.url_scheme"],
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        str(current_locale()),
        current_units(),
        *(environ.get(name, "") for name in _ASKED_WITH),
    )


def _may_be_kept(status: str, headers: list[tuple[str, str]]) -> bool:
    if not status.startswith("200"):
        return False
    for name, value in headers:
        said = name.lower()
        if said == "set-cookie" or (said == "cache-control" and "no-store" in value):
            return False
        if said == "vary" and ("*" in value or "cookie" in value.lower()):
            return False
    return True
