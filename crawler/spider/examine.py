"""A fetched page read: what it turned out to be, its facts, and the links that lead on. Pure, no network."""

import logging
from collections.abc import Callable

from crawler.discovery.links import Link, anchors, policy_links, status_links
from crawler.extract import Page, parse_page, read_page
from crawler.extract.pages.page import is_pdf
from crawler.imposters import imposter
from crawler.platforms import platform_of
from crawler.shells import is_shell
from crawler.spider.examined import Examined, tells_status
from crawler.spider.fetched import Fetch
from crawler.traps import costly
from uphill.outcomes import OUTCOME_SENTENCES, Outcome
from uphill.reading import Reading
from uphill.recording.visit import FetchedPage
from uphill.vocabulary import SourceKind

logger = logging.getLogger(__name__)

_ANY_LINK = 1


def examine(fetch: Fetch, resort: str | None = None) -> Examined:
    """Read a page that was fetched for the resort of this name.

    A page that the extraction stumbles over is ``unreadable``; of one that holds several resorts' rules, this
    resort's alone are read.
    """
    return Examined(*_guarded(lambda: _read(fetch, resort), fetch))


def _read(fetch: Fetch, resort: str | None) -> tuple[FetchedPage, tuple[Link, ...], tuple[Link, ...]]:
    if not is_pdf(fetch.body, fetch.content_type) and (why := costly(fetch.body)) is not None:
        detail = f"{fetch.url} would take too long to read: {why}"
        return fetch.page(SourceKind.CANDIDATE, Outcome.TOO_LARGE, detail=detail), (), ()
    page = parse_page(fetch.body, content_type=fetch.content_type, url=fetch.url)
    if (instead := imposter(page, fetch.body)) is not None:
        detail = f"{OUTCOME_SENTENCES[instead]}: {fetch.url}"
        return fetch.page(SourceKind.CANDIDATE, instead, detail=detail), (), ()
    is_html = fetch.body.lstrip()[:1] == b"<"
    found = tuple(anchors(fetch.body, fetch.url)) if is_html else ()
    links, status = tuple(policy_links(found, minimum=_ANY_LINK)), tuple(status_links(found))
    return _page_of(fetch, page, resort, is_html=is_html), links, status


def _page_of(fetch: Fetch, page: Page, resort: str | None, *, is_html: bool) -> FetchedPage:
    """What the page turned out to be."""
    shell = is_html and is_shell(fetch.body, page.text)
    if not page.text.strip() and not shell:
        # A PDF of pictures can't be read.
        outcome = Outcome.EMPTY if is_html else Outcome.UNREADABLE
        return fetch.page(SourceKind.CANDIDATE, outcome, detail=f"no text in {fetch.url}")
    reading = read_page(page, source=fetch.url, resort=resort)
    kind, platform = _kind(reading), platform_of(fetch.body)
    if kind is SourceKind.NO_POLICY and shell:
        detail = f"no text without JavaScript at {fetch.url}"
        return fetch.page(SourceKind.CANDIDATE, Outcome.SCRIPTED, detail=detail, platform=platform)
    if kind is SourceKind.NO_POLICY:
        return fetch.page(kind, Outcome.NO_POLICY, platform=platform)
    return fetch.page(
        kind, Outcome.POLICY, body=fetch.body, text=page.text, reading=reading, platform=platform
    )


def _kind(reading: Reading) -> SourceKind:
    if reading.is_policy:
        return SourceKind.POLICY
    return SourceKind.STATUS if tells_status(reading) else SourceKind.NO_POLICY


def _guarded(
    read: Callable[[], tuple[FetchedPage, tuple[Link, ...], tuple[Link, ...]]], fetch: Fetch
) -> tuple[FetchedPage, tuple[Link, ...], tuple[Link, ...]]:
    """One page that breaks a parser must not cost the visit; the log has the traceback."""
    try:
        return read()
    except Exception as error:  # anyone's bytes, and parsers of several projects
        logger.warning("%s could not be read: %r", fetch.url, error, exc_info=True)
        detail = f"{type(error).__name__} while reading {fetch.url}"
        return fetch.page(SourceKind.CANDIDATE, Outcome.UNREADABLE, detail=detail), (), ()
