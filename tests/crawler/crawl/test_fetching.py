"""One fetch, with a downloader that answers or fails as it is told."""

import asyncio
from datetime import UTC, datetime

import pytest
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import HtmlResponse, Response

from crawler.robots import ForbiddenByRobots
from crawler.spider.fetched import Fetch
from crawler.spider.fetching import MAX_REDIRECTS, Fetcher
from uphill.outcomes import Outcome
from uphill.recording.visit import KnownPage
from uphill.vocabulary import SourceKind

URL = "http://r.example/uphill"
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def fetch(*answers, url: str = URL, known: KnownPage | None = None) -> tuple[Fetch, list[Request]]:
    """What comes of a fetch where the site gives these answers in turn; the last one again and again."""
    asked: list[Request] = []

    async def download(request: Request) -> Response:
        asked.append(request)
        answer = answers[min(len(asked), len(answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return answer(request.url)

    found = Fetcher(download, lambda: NOW).fetch(url, lambda onward: "r.example" in onward, known)
    return asyncio.run(found), asked


def page(body: bytes = b"<p>Hello</p>", status: int = 200, kind: str = "text/html", **headers: str):
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda url: HtmlResponse(url, status=status, body=body, headers={"Content-Type": kind, **given})


def redirect(to: str, status: int = 301):
    return lambda url: Response(url, status=status, headers={"Location": to})


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (ForbiddenByRobots(), Outcome.ROBOTS),
        (IgnoreRequest("unpacks to more than the limit"), Outcome.TOO_LARGE),
        (DownloadCancelledError(), Outcome.TOO_LARGE),
        (DownloadTimeoutError(), Outcome.TIMEOUT),
        (CannotResolveHostError(), Outcome.DNS),
        (DownloadConnectionRefusedError(), Outcome.CONNECTION),
        (ResponseDataLossError(), Outcome.CONNECTION),
        (ConnectionResetError(), Outcome.CONNECTION),
        (page(status=404), Outcome.HTTP_STATUS),
        (page(status=304), Outcome.UNCHANGED),
        (lambda url: Response(url, status=302), Outcome.HTTP_STATUS),
        (page(b" \n"), Outcome.EMPTY),
        (page(b"\x89PNG", kind="image/png"), Outcome.NOT_HTML),
        (page(b"\0\1\2", kind="application/octet-stream"), Outcome.NOT_HTML),
        (page(b"%PDF-1.7 \0", kind="application/octet-stream"), None),
        (page(b"%PDF-1.7", kind="application/pdf"), None),
        (page(b"rules", kind="text/plain"), None),
        (page(kind=""), None),
        (redirect("http://elsewhere.example/"), Outcome.REDIRECT),
        (redirect("/again"), Outcome.REDIRECT),
        (redirect("http://[bad"), Outcome.UNREADABLE),
        (redirect("ftp://r.example/"), Outcome.UNSAFE),
        (redirect("file:///etc/passwd?r.example"), Outcome.UNSAFE),
    ],
)
def test_every_end_has_its_name(answer, outcome):
    found, _ = fetch(answer)
    assert found.failure is outcome
    assert (found.requested_url, found.fetched_at) == (URL, NOW)
    assert bool(found.detail) is (outcome not in {None, Outcome.UNCHANGED})


def test_what_is_no_url_is_never_asked_for():
    found, asked = fetch(page(), url="uphill policy")
    assert found.failure is Outcome.UNREADABLE
    assert asked == []


def test_redirects_are_followed_within_bounds_and_each_is_its_own_request():
    found, asked = fetch(redirect("/b"), redirect("http://www.r.example/c", 308), page())
    assert found.failure is None
    assert found.url == "http://www.r.example/c"
    assert [request.url for request in asked] == [URL, "http://r.example/b", "http://www.r.example/c"]
    assert all(request.meta["dont_redirect"] for request in asked)
    _, asked = fetch(redirect("/again"))
    assert len(asked) == MAX_REDIRECTS + 1


def test_a_redirect_may_be_long_and_a_header_that_is_kept_may_not():
    """A long way to go is gone whole; a validator that is cut would be none."""
    onward = "http://r.example/" + "a" * 1500
    found, _ = fetch(redirect(onward), page(ETag='"' + "e" * 5000 + '"', Last_Modified="x" * 501))
    assert found.url == onward
    assert (found.etag, found.last_modified) == (None, None)
    too_long, asked = fetch(redirect(onward + "a" * 1000), page())
    assert too_long.failure is Outcome.UNSAFE
    assert len(asked) == 1


def test_a_refresh_in_the_page_is_a_redirect():
    refresh = page(b'<meta http-equiv="refresh" content="0; url=/new">')
    found, _ = fetch(refresh, page())
    assert found.url == "http://r.example/new"
    slow, _ = fetch(page(b'<meta http-equiv="refresh" content="300; url=/new">'))
    assert slow.url == URL


def test_conditional_headers_and_validators():
    known = KnownPage(URL, SourceKind.POLICY, '"a"', "Wed, 28 Oct 2026 15:04:00 GMT")
    found, asked = fetch(page(ETag='"b"', Last_Modified="Thu, 29 Oct 2026 15:04:00 GMT"), known=known)
    assert asked[0].headers["If-None-Match"] == b'"a"'
    assert asked[0].headers["If-Modified-Since"] == b"Wed, 28 Oct 2026 15:04:00 GMT"
    assert (found.etag, found.last_modified) == ('"b"', "Thu, 29 Oct 2026 15:04:00 GMT")
    _, plain = fetch(page())
    assert "If-None-Match" not in plain[0].headers
