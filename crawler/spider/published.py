"""The look for the document that a resort may publish for programs: what came of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from crawler.spider.fetched import Fetch
from uphill.announced import STATUS_HOLDS, status_expires
from uphill.errors import BadInput
from uphill.outcomes import Outcome
from uphill.printable import printable
from uphill.published import WELL_KNOWN, Published, read
from uphill.recording.visit import FetchedPage, Target
from uphill.vocabulary import SourceKind

UNREACHED = frozenset({Outcome.TIMEOUT, Outcome.DNS, Outcome.CONNECTION})
_GONE = frozenset({404, 410})
_LONGEST_DETAIL = 500
_NONE = "no document is published"


def address_of(target: Target) -> str | None:
    """Where the resort's document would be: on the site of its website, else of its policy page."""
    known = target.known(SourceKind.PUBLISHED)
    if known:
        return known[0].url
    pages = (target.website, *(page.url for page in target.known(SourceKind.POLICY)))
    return next((urljoin(url, WELL_KNOWN) for url in pages if url), None)


def found(fetch: Fetch, target: Target, now: datetime, *, was_there: bool) -> FetchedPage | None:
    """The document read, or why there is none; None where nothing was learnt of it.

    A site that answers every address with a page, forbids this one or has none publishes nothing: that is no failure.
    Where a document was before, only one that is gone is none; anything else is a failure, and what it said stays.
    """
    at_home = fetch.failure in {None, Outcome.NOT_HTML} and bool(fetch.body)
    if fetch.failure is Outcome.UNCHANGED:
        return _page(fetch, Outcome.UNCHANGED)
    if at_home and not _is_markup(fetch.body):
        return _read(fetch, target, now)
    if at_home or fetch.failure is Outcome.EMPTY or fetch.http_status in _GONE:
        return _page(fetch, Outcome.NO_POLICY, detail=_NONE)
    if was_there:
        return _page(fetch, fetch.failure or Outcome.UNREADABLE)
    if fetch.failure in UNREACHED or fetch.retry_at is not None:
        return None
    return _page(fetch, Outcome.NO_POLICY, detail=f"{_NONE}: {fetch.detail}"[:_LONGEST_DETAIL])


def _read(fetch: Fetch, target: Target, now: datetime) -> FetchedPage:
    try:
        told = read(
            fetch.body,
            url=fetch.requested_url,
            resort_name=target.name,
            resort_slug=target.slug,
            other_names=target.other_names,
        )
    except BadInput as error:
        return _page(fetch, Outcome.UNREADABLE, detail=printable(str(error))[:_LONGEST_DETAIL])
    today = now.astimezone(ZoneInfo(target.timezone or "UTC")).date()
    if not told.holds_on(today):
        # Asked for whole next time: that nothing has changed would not say whether it holds by then.
        over = told.valid_until is not None and told.valid_until < today
        limit = f"held until {told.valid_until}" if over else f"holds from {told.valid_from}"
        detail = f"the document's rules are not in force: it {limit}"
        return _page(
            fetch, Outcome.NO_POLICY, detail=detail, etag=None, last_modified=None,
            valid_until=told.valid_until if over else None,
        )  # fmt: skip
    told = told.at(now)
    reading = told.reading()
    unconditional = {} if reading.is_policy else {"etag": None, "last_modified": None}
    return _page(
        fetch,
        Outcome.POLICY,
        detail=" ".join(told.warnings)[:_LONGEST_DETAIL],
        body=fetch.body,
        text=told.text,
        reading=reading,
        valid_until=told.valid_until,
        announced_until=_announced_until(told, target),
        **unconditional,
    )


def _announced_until(told: Published, target: Target) -> datetime | None:
    if told.status_seen is None:
        return None
    longest = told.status_seen + STATUS_HOLDS
    return min(told.status_until or longest, longest, status_expires(told.status_seen, target.timezone))


def _is_markup(body: bytes) -> bool:
    return body[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def _page(fetch: Fetch, outcome: Outcome, **more: Any) -> FetchedPage:
    """At the address that was asked for, wherever that led: there it will be asked for again."""
    page = fetch.page(SourceKind.PUBLISHED, outcome)
    return replace(page, url=fetch.requested_url, **more)
