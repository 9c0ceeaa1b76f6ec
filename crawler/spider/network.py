"""Whether there is a network at all, so that a crawl without one ends in seconds and with honest reasons."""

import asyncio
import socket
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from crawler.addresses import permitted, refuse
from uphill.outcomes import Outcome
from uphill.recording.visit import ResortVisit

_UNREACHED = frozenset({Outcome.DNS, Outcome.CONNECTION, Outcome.TIMEOUT})
_NOT_ANSWERED = _UNREACHED | {Outcome.UNSAFE}
_PROBE_SECONDS = 5.0


class NetworkWatch:
    """Takes the network for missing when the first visits all ended without any host having answered.

    While it is missing a site is probed every ``patience`` seconds; once one can be reached, it is back for
    good. ``clock`` gives monotonic seconds. Whether loopback may be probed is as for the crawl.
    """

    def __init__(
        self,
        enough: int = 8,
        patience: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
        *,
        allow_loopback: bool = False,
    ) -> None:
        self._enough = enough
        self._patience = patience
        self._clock = clock
        self._allow_loopback = allow_loopback
        self._unreached = 0
        self._answered = False
        self._failure = Outcome.CONNECTION
        self._probe_again = 0.0

    @property
    def is_missing(self) -> bool:
        return not self._answered and self._unreached >= self._enough

    def note(self, visit: ResortVisit) -> None:
        if any(page.outcome not in _NOT_ANSWERED for page in visit.pages):
            self._answered = True
        elif visit.outcome in _UNREACHED:
            self._unreached += 1
            self._failure = visit.outcome

    async def failure(self, url: str) -> Outcome | None:
        """While the network is missing: why, or None where ``url`` can be reached after all."""
        if self._clock() >= self._probe_again:
            self._probe_again = self._clock() + self._patience
            reached = await probe(url, allow_loopback=self._allow_loopback)
            if reached is None:
                self._answered = True
                return None
            self._failure = reached
        return self._failure


async def probe(url: str, *, allow_loopback: bool = False) -> Outcome | None:
    """Why a site's host can't be reached, or None where a connection comes about. Sends nothing.

    An address that the crawl must not go to counts as not connected, and is not connected to.
    """
    if refuse(url, allow_loopback=allow_loopback) is not None:
        return Outcome.CONNECTION
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        async with asyncio.timeout(_PROBE_SECONDS):
            found = await asyncio.get_running_loop().getaddrinfo(
                parts.hostname, port, type=socket.SOCK_STREAM
            )
            addresses = [str(address[0]) for *_, address in found]
            safe = [a for a in addresses if permitted(a, port, allow_loopback=allow_loopback)]
            if not safe:
                return Outcome.CONNECTION
            # To the very address that was looked at: a second look-up might find another.
            _, writer = await asyncio.open_connection(safe[0], port)
    except socket.gaierror:
        return Outcome.DNS
    except TimeoutError:
        return Outcome.TIMEOUT
    except (OSError, ValueError):  # ValueError: a name that no resolver takes
        return Outcome.CONNECTION
    writer.close()
    return None
