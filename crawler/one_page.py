"""A single page that somebody asked for on the command line, with the guard that a crawl has.

As in a crawl, the very address that is checked is the one connected to, and every hop of a redirect is checked anew.
"""

import http.client
import socket
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urlsplit

from crawler.addresses import UnsafeAddress, permitted, refuse
from uphill.errors import UphillError

_PROXIED = ("http", "https", "all")


class CannotDownload(UphillError):
    """The page can't be had; the message is a sentence with the reason."""


@dataclass(frozen=True, slots=True)
class Downloaded:
    """``url`` is where redirects led to, with the fragment that was asked for."""

    body: bytes
    content_type: str | None
    url: str


def download(
    url: str, *, user_agent: str, most_bytes: int, timeout: float, allow_loopback: bool = False
) -> Downloaded:
    """Fetch a http(s) URL; ``timeout`` is in seconds. Raises CannotDownload."""
    try:
        request = urllib.request.Request(url, headers={"User-Agent": user_agent})  # noqa: S310 - see refuse()
        _refuse(url, allow_loopback=allow_loopback)
        with _opener(allow_loopback=allow_loopback).open(request, timeout=timeout) as answer:
            body = answer.read(most_bytes + 1)
            kind, found_at = answer.headers.get("Content-Type"), urldefrag(answer.geturl()).url
    except urllib.error.HTTPError as error:
        raise CannotDownload(f"{url} answered {error.code} {error.reason}.") from error
    except UnsafeAddress as error:
        allowed = "; UPHILL_ALLOW_LOOPBACK=true allows this machine's own" if _is_of_loopback(url) else ""
        raise CannotDownload(f"{url} is not asked for: {error}{allowed}.") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise CannotDownload(f"{url} can't be fetched: {reason}.") from error
    if len(body) > most_bytes:
        raise CannotDownload(
            f"{url} is larger than {most_bytes // 1_000_000} MB; save the page alone and give the file."
        )
    fragment = urldefrag(url).fragment
    return Downloaded(body, kind, f"{found_at}#{fragment}" if fragment else found_at)


def _refuse(url: str, found: str = "", *, allow_loopback: bool) -> None:
    if (why := refuse(url, allow_loopback=allow_loopback)) is not None:
        raise UnsafeAddress(f"{found}{why}")


def _is_of_loopback(url: str) -> bool:
    return refuse(url, allow_loopback=True) is None


def _opener(*, allow_loopback: bool) -> urllib.request.OpenerDirector:
    proxies = frozenset(
        _endpoint(url) for name, url in urllib.request.getproxies().items() if name in _PROXIED
    )

    def connect(address: tuple[str, int], timeout: Any, source: Any = None) -> socket.socket:
        if address in proxies:  # the operator's choice, which may be anywhere
            return socket.create_connection(address, timeout, source)
        return _connected(address, timeout, allow_loopback=allow_loopback)

    class Plain(http.client.HTTPConnection):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._create_connection = connect

    class Secure(http.client.HTTPSConnection):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._create_connection = connect

    class PlainHandler(urllib.request.HTTPHandler):
        def http_open(self, req: urllib.request.Request) -> Any:
            return self.do_open(Plain, req)

    class SecureHandler(urllib.request.HTTPSHandler):
        def https_open(self, req: urllib.request.Request) -> Any:
            return self.do_open(Secure, req)

    class Redirects(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: Any) -> urllib.request.Request | None:
            onward = str(args[-1])
            _refuse(onward, f"it redirects to {onward}, and ", allow_loopback=allow_loopback)
            return super().redirect_request(*args)

    return urllib.request.build_opener(PlainHandler, SecureHandler, Redirects)


def _connected(address: tuple[str, int], timeout: Any, *, allow_loopback: bool) -> socket.socket:
    host, port = address
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    safe = [each for each in found if permitted(each, port, allow_loopback=allow_loopback)]
    if not safe:
        raise UnsafeAddress(f"it leads to {found[0]}, port {port}, which is no public site's")
    return socket.create_connection((safe[0], port), timeout)


def _endpoint(url: str) -> tuple[str, int]:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
