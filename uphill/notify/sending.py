"""The way out: one message to one URL, by Apprise. Nothing here prints a URL, since most carry a password."""

import logging
import re
import warnings
from urllib.parse import unquote

from uphill.notify.message import SendFailed

# What they log names addresses, and goes nowhere; reasons are picked out of it, the finer ones too, and scrubbed.
logging.getLogger("apprise").propagate = False
logging.getLogger("apprise").setLevel(logging.DEBUG)
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)

with warnings.catch_warnings():
    # Its plugin for mail imports what Python 3.13 has no more; it copes with that by itself.
    warnings.filterwarnings("ignore", "'imghdr' is deprecated", DeprecationWarning)
    import apprise

    apprise.Apprise.instantiate("json://localhost")  # all plugins are imported with the first


SECONDS = 30
"""Until a message is given up that is neither taken nor refused."""
_LONGEST_REASON = 300
_SHORTEST_SECRET = 3


def is_usable(url: str) -> bool:
    """Whether Apprise knows what to do with the URL; says nothing of whether it can be reached."""
    return apprise.Apprise.instantiate(url, suppress_exceptions=True) is not None


def send(url: str, subject: str, body: str) -> None:
    """Send a message. Raises SendFailed with a reason in which no part of the URL stands."""
    asset = apprise.AppriseAsset(async_mode=False, app_id="uphill")
    service = apprise.Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
    if service is None:
        raise SendFailed("Apprise does not know this kind of URL")
    with apprise.Apprise(service, asset=asset).notify(
        body=body,
        title=subject,
        body_format=apprise.NotifyFormat.TEXT,
        timeout=SECONDS,
        log_level=logging.DEBUG,
    ) as result:
        if not result:
            raise SendFailed(scrubbed(_reason(result), url))


def _reason(result: apprise.AppriseResult) -> str:
    """What it logged as going wrong; the cause of a broken connection is among the finer entries."""
    said = [
        entry.message
        for entry in result.logs()
        if entry.level in {"WARNING", "ERROR", "CRITICAL"} or "Exception" in entry.message
    ]
    return " ".join(dict.fromkeys(said)) or f"no answer within {SECONDS} seconds"


def scrubbed(text: str, url: str) -> str:
    """``text`` without any part of the URL after its scheme, short and on one line."""
    rest = url.partition("://")[2]
    parts = {part for piece in re.split(r"[/:@?&=#,;+]", rest) for part in (piece, unquote(piece))}
    for part in sorted(parts, key=len, reverse=True):
        if len(part) >= _SHORTEST_SECRET:
            text = text.replace(part, "***")
    return " ".join(text.split())[:_LONGEST_REASON]
