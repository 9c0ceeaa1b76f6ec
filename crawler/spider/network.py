"""Whether there is a network at all, so that a crawl without one ends in seconds and with honest reasons."""

import asyncio
import socket
from urllib.parse import urlsplit

from uphill.outcomes import Outcome
from uphill.visit import ResortVisit

_UNREACHED = frozenset({Outcome.DNS, Outcome.CONNECTION, Outcome.TIMEOUT})
_PROBE_SECONDS = 5.0


class NetworkWatch:
    """Takes the network for missing when the first visits all ended without any host having answered."""

    def __init__(self, enough: int = 8) -> None:
        self._enough = enough
        self._unreached = 0
        self._answered = False

    @property
    def is_missing(self) -> bool:
        return not self._answered and self._unreached >= self._enough

    def note(self, visit: ResortVisit) -> None:
        if any(page.outcome not in _UNREACHED for page in visit.pages):
            self._answered = True
        elif visit.outcome in _UNREACHED:
            self._unreached += 1


async def probe(url: str) -> Outcome | None:
    """Why a site's host can't be reached, or None where a connection comes about. Sends nothing."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        async with asyncio.timeout(_PROBE_SECONDS):
            _, writer = await asyncio.open_connection(parts.hostname, port)
    except socket.gaierror:
        return Outcome.DNS
    except TimeoutError:
        return Outcome.TIMEOUT
    except OSError:
        return Outcome.CONNECTION
    writer.close()
    return None
