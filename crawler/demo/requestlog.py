"""What was asked of the demo web, so that a test can check conditional requests, robots and delays."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

# Asked for on speculation by every crawler and browser; not having one is no mistake of the web's links.
_WELL_KNOWN = frozenset(
    {
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap_index.xml",
        "/sitemap.xml.gz",
        "/favicon.ico",
        "/.well-known/uphill-policy.json",
    }
)


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request and the status it was answered with.

    ``host`` is ``address:port``, ``path`` includes the query, ``headers`` are the request's with names in
    lower case, ``time`` is ``time.monotonic()`` on arrival. ``unforeseen``: the site does not have the path,
    and nothing says that anyone should ask for it.
    """

    slug: str
    host: str
    method: str
    path: str
    headers: Mapping[str, str]
    status: int
    time: float
    unforeseen: bool = False


class RequestLog(Sequence[LoggedRequest]):
    """All requests in order of arrival at the log; written by the server's threads, read by anyone."""

    def __init__(self) -> None:
        self._entries: list[LoggedRequest] = []
        self._lock = threading.Lock()

    def add(self, entry: LoggedRequest) -> None:
        with self._lock:
            self._entries.append(entry)

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()

    def of(self, slug: str, path: str | None = None) -> tuple[LoggedRequest, ...]:
        """The requests to one site, or to one path of it."""
        return tuple(r for r in self if r.slug == slug and path in (None, r.path))

    def unforeseen(self) -> tuple[LoggedRequest, ...]:
        """Requests for paths that the web does not know: a dead link, or a crawler that invents URLs."""
        return tuple(r for r in self if r.unforeseen and r.path not in _WELL_KNOWN)

    def __iter__(self) -> Iterator[LoggedRequest]:
        with self._lock:
            return iter(tuple(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, index: int) -> LoggedRequest: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[LoggedRequest]: ...
    def __getitem__(self, index: int | slice) -> LoggedRequest | Sequence[LoggedRequest]:
        return self._entries[index]
