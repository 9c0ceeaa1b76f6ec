"""When a busy site asks to be asked again is handed on with the page."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from scrapy.http import Response

from crawler.politeness import LONGEST_WAIT, retry_at
from crawler.robots import RobotsUnreachable
from crawler.spider.fetching import Fetcher
from uphill.outcomes import Outcome
from uphill.vocabulary import SourceKind

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
URL = "http://r.example/uphill"


def answer(retry_after: str | None, status: int = 429, date: str | None = None) -> Response:
    headers = {"Retry-After": retry_after, "Date": date}
    return Response(
        URL, status=status, headers={name: told for name, told in headers.items() if told is not None}
    )


@pytest.mark.parametrize(
    ("header", "waits"),
    [
        ("7200", timedelta(hours=2)),
        (" 60 ", timedelta(minutes=1)),
        ("0", timedelta()),
        ("Thu, 15 Jan 2026 15:00:00 GMT", timedelta(hours=3)),
        ("Thu, 15 Jan 2026 09:00:00 GMT", timedelta()),
        ("99999999999999999999", LONGEST_WAIT),
        ("Thu, 15 Jan 2099 15:00:00 GMT", LONGEST_WAIT),
        ("soon", None),
        ("-5", None),
        ("1e3", None),
        ("٣", None),
        ("Thu, 99 Jan 2026 15:00:00 GMT", None),
        ("", None),
        (None, None),
    ],
)
def test_in_seconds_or_as_a_date(header, waits):
    for status in (429, 503):
        assert retry_at(answer(header, status), NOW) == (None if waits is None else NOW + waits)


def test_only_a_busy_site_is_listened_to():
    assert retry_at(answer("7200", 200), NOW) is None
    assert retry_at(answer("7200", 301), NOW) is None


def test_a_date_is_by_the_clock_of_the_site():
    late = answer("Thu, 15 Jan 2026 18:00:00 GMT", date="Thu, 15 Jan 2026 17:30:00 GMT")
    assert retry_at(late, NOW) == NOW + timedelta(minutes=30)


@pytest.mark.parametrize("of_robots_txt", [False, True])
def test_the_page_carries_it(of_robots_txt):
    busy = answer("7200")

    async def download(_):
        if of_robots_txt:
            raise RobotsUnreachable("http://r.example/robots.txt", busy)
        return busy

    fetch = asyncio.run(Fetcher(download, lambda: NOW).fetch(URL, lambda _: True))
    page = fetch.page(SourceKind.POLICY, fetch.failure)
    assert (page.outcome, page.http_status) == (Outcome.HTTP_STATUS, 429)
    assert page.retry_at == NOW + timedelta(hours=2)
