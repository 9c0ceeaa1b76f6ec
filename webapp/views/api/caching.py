"""ETag and Last-Modified of the API's answers, and 304 without making an answer that is known to be the same.

An ETag is made of the answer itself. Beside it each process remembers of which state of the data it was made
(:mod:`uphill.search.version`): while that is the same, so is the answer.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import blake2b
from threading import Lock
from typing import NamedTuple

from flask import Response, current_app, g, request
from sqlalchemy.orm import Session

from uphill.search.version import change_version, data_version, search_version
from webapp.database import database_session, now

KEPT_FOR = "public, max-age=60"
_REVALIDATED = "no-cache"
_MOST = 5000
_SECOND = timedelta(seconds=1)
_BY_THE_MINUTE = frozenset({"at", "open"})
"""Parameters of a search whose answer other data decides too, or the minute."""


class Seen(NamedTuple):
    """An answer as it has been since ``since``, made of the data's ``version``."""

    version: str
    etag: str
    since: datetime


class Memory:
    """The answers seen last, by what was asked."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, Seen] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Seen | None:
        with self._lock:
            seen = self._seen.get(key)
            if seen is not None:
                self._seen.move_to_end(key)
            return seen

    def keep(self, key: str, seen: Seen) -> None:
        with self._lock:
            self._seen[key] = seen
            self._seen.move_to_end(key)
            while len(self._seen) > _MOST:
                self._seen.popitem(last=False)


def unchanged() -> Response | None:
    """304, where the answer that is asked for is known to be the one that the client has."""
    if request.method not in {"GET", "HEAD"}:
        return None
    g.version = _version()
    if g.version is None or not (request.if_none_match or request.if_modified_since):
        return None
    seen = _memory().get(_key())
    if seen is None or seen.version != g.version:
        return None
    response = Response()
    _tell(response, seen.etag, seen.since)
    response.make_conditional(request)
    return response if response.status_code == 304 else None


def dated(response: Response) -> Response:
    """With its ETag and, where it is known since when it is so, Last-Modified; 304 where the client has it."""
    if request.method not in {"GET", "HEAD"} or response.status_code != 200:
        response.headers.setdefault("Cache-Control", _REVALIDATED)
        return response
    etag, version = blake2b(response.get_data(), digest_size=12).hexdigest(), g.get("version")
    since = None
    if version is not None:
        key, memory = _key(), _memory()
        seen = memory.get(key)
        if seen is None or (seen.version, seen.etag) != (version, etag):
            # HTTP counts whole seconds, and two answers must not be of the same one.
            since = now().replace(microsecond=0)
            since = max(since, seen.since + _SECOND) if seen is not None else since
            seen = Seen(version, etag, since)
            memory.keep(key, seen)
        since = seen.since
    _tell(response, etag, since)
    response.make_conditional(request)
    return response


def _tell(response: Response, etag: str, since: datetime | None) -> None:
    response.set_etag(etag, weak=True)
    if since is not None:
        response.last_modified = since
    response.headers["Cache-Control"] = KEPT_FOR if g.version is not None else _REVALIDATED


def _version() -> str | None:
    """Of the data that the answer is made of; ``None`` where it is made of more."""
    told = _VERSIONS.get(request.endpoint or "")
    return told(database_session()) if told is not None else None


def _of_search(session: Session) -> str | None:
    return None if _BY_THE_MINUTE & request.args.keys() else search_version(session, now())


_VERSIONS: dict[str, Callable[[Session], str | None]] = {
    "api.resorts": _of_search,
    "api.changes": change_version,
    "api.regions": data_version,
    "api.region": data_version,
    "api.coverage": data_version,
}


def _key() -> str:
    """The whole address: the next page's is told in the answer."""
    return f"{request.host_url}{request.full_path}"


def _memory() -> Memory:
    memory: Memory = current_app.extensions.setdefault("uphill.seen", Memory())
    return memory
