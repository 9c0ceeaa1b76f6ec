"""How often one network address may ask: generously for pages, less for what costs more, seldom for reports.

An IPv6 network of 64 bits counts as one address, since whoever has one of it has all.
"""

from collections.abc import Mapping
from ipaddress import IPv6Address
from math import ceil

from flask import Flask, current_app, request
from limits import RateLimitItem, parse
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from uphill.language import ngettext
from uphill.settings import Settings
from webapp.counters import Counters

PAGES, QUERIES, DOWNLOADS, REPORTS = "pages", "queries", "downloads", "reports"

_KINDS = {
    "downloads": DOWNLOADS,
    **dict.fromkeys(
        (
            "api",
            "asking",
            "changes",
            "comparing",
            "feeds",
            "following",
            "mapping",
            "openapi",
            "search",
            "starring",
        ),
        QUERIES,
    ),
}
"""By blueprint, of those whose answers are looked for in the whole directory."""
_FREE = frozenset({"static", "health.healthz"})
_LIMITER = "uphill.limiter"
_NETWORK = ((1 << 64) - 1) << 64


def attach(app: Flask, settings: Settings, counters: Counters | None = None) -> None:
    """``counters`` are those that the processes of a server share; else this process counts for itself."""
    if settings.rate_limits:
        limiter = app.extensions[_LIMITER] = Limiter(counters or Counters(), rates_of(settings))
        app.before_request(limiter.refuse)


def seconds_to_wait(kind: str) -> int:
    """Counts one of ``kind`` for the address that asks; how long it has to wait, 0 where it has not."""
    return seconds_to_wait_at(current_app, kind, client())


def seconds_to_wait_at(app: Flask, kind: str, who: str) -> int:
    """As :func:`seconds_to_wait`, for the :func:`client_at` an address, of whom no request is being answered yet."""
    limiter: Limiter | None = app.extensions.get(_LIMITER)
    return limiter.count(kind, who) if limiter is not None else 0


def rates_of(settings: Settings) -> dict[str, RateLimitItem]:
    """The rate of each kind of request; one that is not limited is missing."""
    said = {
        PAGES: settings.limit_pages,
        QUERIES: settings.limit_queries,
        DOWNLOADS: settings.limit_downloads,
        REPORTS: settings.limit_reports,
    }
    return {kind: parse(rate) for kind, rate in said.items() if rate}


def kind_of(endpoint: str | None) -> str | None:
    """What a request counts as; ``None`` for what is never limited. Reports are counted where they are taken in."""
    if endpoint in _FREE:
        return None
    return _KINDS.get((endpoint or "").partition(".")[0], PAGES)


def client() -> str:
    """The address that asks, or its network."""
    return client_at(request.remote_addr)


def client_at(address: str | None) -> str:
    if address is None or ":" not in address:
        return address or ""
    whole = IPv6Address(address.partition("%")[0])
    if whole.ipv4_mapped is not None:
        return str(whole.ipv4_mapped)
    return str(IPv6Address(int(whole) & _NETWORK))


class Limiter:
    """Counts each request, and refuses those above the rate of their kind."""

    def __init__(self, counters: Counters, rates: Mapping[str, RateLimitItem]) -> None:
        self._counters = counters
        self._rates = rates
        self._limiter = FixedWindowRateLimiter(counters)

    def refuse(self) -> None:
        """Raises TooManyRequests with the seconds to wait."""
        kind = kind_of(request.endpoint)
        if kind is not None and (wait := self.count(kind, client())):
            raise TooManyRequests(_sentence(wait), retry_after=wait)

    def count(self, kind: str, who: str) -> int:
        """The seconds to wait, 0 within the rate."""
        rate = self._rates.get(kind)
        if rate is None:
            return 0
        if self._limiter.hit(rate, kind, who):
            return 0
        end = self._limiter.get_window_stats(rate, kind, who).reset_time
        return max(1, min(rate.get_expiry(), ceil(end - self._counters.now())))


def _sentence(wait: int) -> str:
    return ngettext(
        "Too much was asked from your network address. Try again in %(num)s second.",
        "Too much was asked from your network address. Try again in %(num)s seconds.",
        wait,
    )
