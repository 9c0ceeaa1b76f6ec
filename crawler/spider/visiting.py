"""One visit of one resort: its known pages, then discovery where they do not hold the policy, then its status.

A visit for which only status pages are due asks for these alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus

from crawler.discovery.links import Link
from crawler.discovery.sites import page_key, same_site
from crawler.spider.examined import Examined
from crawler.spider.fetched import Fetch
from crawler.spider.fetching import Fetcher
from crawler.spider.frontier import Candidate, Frontier
from crawler.spider.judge import is_gone, is_rule_book, judge_all, judge_status
from crawler.spider.published import UNREACHED, address_of, found
from crawler.spider.readers import Readers
from crawler.spider.sitemaps import SitemapReader
from uphill.outcomes import Outcome
from uphill.recording.visit import FetchedPage, KnownPage, ResortVisit, Target
from uphill.vocabulary import SourceKind

MAX_DEPTH = 3
MAX_STATUS_PAGES = 2
MAX_SECOND_LOOKS = 2
MAX_RENDERED = 3
ENOUGH_FACTS = 6
CLEARLY_MORE = 3
_TELLS = frozenset({Outcome.POLICY, Outcome.UNCHANGED})


@dataclass(frozen=True, slots=True)
class Tools:
    """What a visit works with; ``fetched`` is told of each page as it comes."""

    fetcher: Fetcher
    readers: Readers
    sitemaps: SitemapReader
    now: Callable[[], datetime]
    max_pages: int
    fetched: Callable[[FetchedPage], None]


class Visiting:
    """State of a visit. ``home`` is where the resort's site is, after redirects of its home page."""

    def __init__(self, target: Target, tools: Tools) -> None:
        self.target = target
        self.tools = tools
        self.started_at = tools.now()
        self.home = target.website or ""
        self.pages: list[FetchedPage] = []
        self.published: FetchedPage | None = None
        self._telling: set[str] = set()
        self._status_links: list[Link] = []
        self._frontier = Frontier(page.url for page in target.known(SourceKind.NO_POLICY))
        self._frontier.mark(*(page.url for page in target.known(SourceKind.POLICY) if not page.due))
        self._sitemaps_read = False
        self._rendered = 0
        self._read_pages: dict[tuple[str, str, str], Examined] = {}
        self._known = {page_key(page.url): page for page in target.pages}

    async def run(self) -> ResortVisit:
        if self.target.partial:
            await self._visit_known_status()
        else:
            await self._visit_all()
        return self.finished()

    async def _visit_all(self) -> None:
        self.published = await self._look_for_document()
        known_pages = self.target.known(SourceKind.POLICY)
        due = [page for page in known_pages if page.due or self._document_is_gone]
        for known in due[: self.tools.max_pages]:
            self._telling.add(known.url)
            # Beside what the document says anew, a page is needed whole, changed or not.
            whole = self._document_is_gone or self._document_says_anew
            asked = KnownPage(known.url, known.kind, needs_browser=known.needs_browser) if whole else known
            self._keep(self._of_known(known, await self._fetch_known(asked)))
        if self._stands_unchanged and any(_says_anew(page) for page in self.pages):
            self.published = await self._look_for_document(whole=True) or self.published
        if not self._has_policy and self._worth_discovering:
            await self._discover()
        if self._has_policy or self._document_says_anew or self._stands_unchanged:
            await self._visit_known_status()
        if self._found_anew and not self._has_status:
            await self._look_for_status()

    def finished(self) -> ResortVisit:
        partial = self.target.partial
        outcome, detail = (
            judge_status(self.pages) if partial else judge_all(self.published, self.pages, self._telling)
        )
        return ResortVisit(
            self.target.slug,
            self.started_at,
            self.tools.now(),
            outcome,
            tuple(self.pages),
            detail,
            partial,
            self.published,
        )

    def not_tried(self, failure: Outcome) -> ResortVisit:
        """The visit where there is no network: no page is to blame, and all stay due."""
        if not self.first_url:
            return self.finished()
        now = self.tools.now()
        detail, partial = "no network, not tried", self.target.partial
        return ResortVisit(self.target.slug, self.started_at, now, failure, detail=detail, partial=partial)

    @property
    def first_url(self) -> str:
        """Where the visit begins; empty where neither a policy page nor a website is known."""
        known = self.target.known(SourceKind.POLICY)
        return known[0].url if known else self.home

    @property
    def _has_policy(self) -> bool:
        return any(page.kind is SourceKind.POLICY and not page.outcome.failed for page in self.pages)

    @property
    def _found_anew(self) -> bool:
        return self._document_says_anew or any(
            page.kind is SourceKind.POLICY and page.reading is not None for page in self.pages
        )

    @property
    def _document_says_anew(self) -> bool:
        return self.published is not None and not self._stands_unchanged and is_rule_book(self.published)

    @property
    def _stands_unchanged(self) -> bool:
        return self.published is not None and self.published.outcome is Outcome.UNCHANGED

    @property
    def _document_is_gone(self) -> bool:
        was_there = any(page.there for page in self.target.known(SourceKind.PUBLISHED))
        return was_there and self.published is not None and self.published.outcome is Outcome.NO_POLICY

    @property
    def _has_status(self) -> bool:
        return any(page.kind is SourceKind.STATUS and page.outcome in _TELLS for page in self.pages)

    @property
    def _has_budget(self) -> bool:
        return len(self.pages) < self.tools.max_pages

    @property
    def _worth_discovering(self) -> bool:
        """Not where the known policy page's site itself is out of reach; its facts just wait."""
        may_look = bool(self.target.website) and self.target.looks_around
        return may_look and not any(
            _is_in_trouble(page) and same_site(page.requested_url, self.home) for page in self.pages
        )

    async def _look_for_document(self, *, whole: bool = False) -> FetchedPage | None:
        """What the resort publishes for programs, where it is time to look for it."""
        url = address_of(self.target)
        known = next(iter(self.target.known(SourceKind.PUBLISHED)), None)
        is_time = known.due if known is not None else self.target.looks_around
        if url is None or not is_time:
            return None
        fetch = await self.tools.fetcher.fetch(url, self._stays_with(url), None if whole else known)
        page = found(fetch, self.target, self.tools.now(), was_there=known is not None and known.there)
        if page is not None and page.outcome in _TELLS:
            self.tools.fetched(page)
        return page

    async def _visit_known_status(self) -> None:
        for known in self.target.known(SourceKind.STATUS):
            if self._has_budget and (known.due or self._found_anew):
                # What is recorded of a policy that was read anew needs the status whole, changed or not.
                asked = KnownPage(known.url, known.kind) if self._found_anew else known
                examined = self._of_known(known, await self._fetch_known(asked))
                self._keep(_still_status(known, examined))

    async def _fetch_known(self, known: KnownPage) -> Examined:
        return await self._fetch(known.url, self._stays_with(known.url), known)

    def _of_known(self, known: KnownPage, examined: Examined) -> Examined:
        if examined.page.outcome.failed or examined.page.outcome is Outcome.UNCHANGED:
            return replace(examined, page=replace(examined.page, kind=known.kind))
        return self._as_second(examined)

    async def _discover(self) -> None:
        home = await self._visit_home()
        if home is None:
            return
        self._frontier.add(home.links, home=self.home, depth=1)
        while self._has_budget and not self._has_policy:
            candidate = await self._next_candidate(home)
            if candidate is None:
                break
            self._keep(await self._fetch_candidate(candidate))
        if self._has_policy:
            await self._look_for_fuller()
        elif home.is_policy:
            self._adopt_home(home)

    async def _next_candidate(self, home: Examined) -> Candidate | None:
        """Strong links first, then what the sitemaps hold, then pages that may lead on."""
        strong = self._frontier.pop(lambda candidate: candidate.strong)
        if strong is None and not self._sitemaps_read:
            self._sitemaps_read = True
            links = await self.tools.sitemaps.links(self.home)
            self._frontier.add(links, home=self.home, depth=1)
            strong = self._frontier.pop(lambda candidate: candidate.strong)
        if strong is None and not home.is_policy:
            return self._frontier.pop()
        return strong

    async def _visit_home(self) -> Examined | None:
        """The home page with its links, or None where it can't be had.

        It may redirect anywhere: resorts are renamed and sold, and their new site is theirs.
        """
        if not self._has_budget:
            return None
        website = self.target.website or ""
        # A policy page that is gone often redirects to the home page, which then has been read.
        examined = self._read_pages.get(page_key(website))
        if examined is None:
            examined = await self._fetch(website, lambda _: True, None)
        self._frontier.mark(website)
        if examined.page.outcome.failed:
            self._keep(replace(examined, page=replace(examined.page, kind=SourceKind.HOME)))
            # Without text a page may have links all the same.
            if examined.page.outcome not in {Outcome.EMPTY, Outcome.SCRIPTED}:
                return None
        else:
            self._keep(examined.without_facts(SourceKind.HOME))
        self.home = examined.page.url
        return examined

    def _adopt_home(self, home: Examined) -> None:
        """The policy stands on the home page itself: better pages were looked for, and there are none."""
        at = next(i for i, page in enumerate(self.pages) if page.kind is SourceKind.HOME)
        self.pages[at] = home.page

    async def _fetch_candidate(self, candidate: Candidate) -> Examined:
        if candidate.strong:
            self._telling.add(candidate.url)
        known = self._known.get(page_key(candidate.url))
        examined = await self._fetch(candidate.url, self._stays_with(candidate.url), known)
        if examined.page.outcome is Outcome.UNCHANGED and known is not None:
            examined = replace(examined, page=replace(examined.page, kind=known.kind))
        if candidate.own and candidate.depth < MAX_DEPTH and not examined.page.outcome.failed:
            self._frontier.add(examined.links, home=self.home, depth=candidate.depth + 1)
        return examined

    async def _look_for_fuller(self) -> None:
        """What was found may be a teaser or a ticket page; another page by the policy's name may tell more."""
        at, first = next((i, page) for i, page in enumerate(self.pages) if page.kind is SourceKind.POLICY)
        for _ in range(MAX_SECOND_LOOKS):
            if not self._has_budget or _facts(first) >= ENOUGH_FACTS:
                return
            candidate = self._frontier.pop(lambda candidate: candidate.names_policy)
            if candidate is None:
                return
            examined = await self._fetch_candidate(candidate)
            if examined.is_policy and _facts(examined.page) >= _facts(first) + CLEARLY_MORE:
                self.pages[at] = Examined(first).as_second().page
                self._keep(examined)
                at, first = len(self.pages) - 1, examined.page
            else:
                self._keep(self._as_second(examined))

    async def _look_for_status(self) -> None:
        """One page with today's status, where a link promises one."""
        status = Frontier()
        status.mark(*(page.url for page in self.pages), *(page.requested_url for page in self.pages))
        status.mark(*(page.url for page in self.target.known(SourceKind.NO_POLICY)))
        own = (link for link in self._status_links if same_site(link.url, self.home or self.pages[0].url))
        status.add(own, home=self.home or self.pages[0].url, depth=1)
        for _ in range(MAX_STATUS_PAGES):
            candidate = status.pop() if self._has_budget else None
            if candidate is None:
                return
            examined = await self._fetch(candidate.url, self._stays_with(candidate.url), None)
            self._keep(self._as_second(examined))
            if self.pages[-1].kind is SourceKind.STATUS:
                return

    def _as_second(self, examined: Examined) -> Examined:
        """Beside a policy that was read in this visit, or stands, another page can only tell today's status."""
        beside = self._found_anew or self.target.partial
        return examined.as_second() if beside and examined.is_policy else examined

    async def _fetch(self, url: str, may_follow: Callable[[str], bool], known: KnownPage | None) -> Examined:
        if known is not None and known.needs_browser and self.tools.fetcher.has_browser:
            fetch = await self.tools.fetcher.render(url)
        else:
            fetch = await self.tools.fetcher.fetch(url, may_follow, known)
        self._frontier.mark(url, fetch.url)
        examined = await self._examine(fetch)
        if examined.page.outcome is Outcome.SCRIPTED and self._may_render and not fetch.rendered:
            self._rendered += 1
            rendered = await self.tools.fetcher.render(fetch.url)
            examined = await self._examine(replace(rendered, requested_url=fetch.requested_url))
        if fetch.failure is None:
            self._read_pages[page_key(fetch.url)] = examined
        return examined

    async def _examine(self, fetch: Fetch) -> Examined:
        if fetch.failure is not None:
            return Examined(fetch.page(SourceKind.CANDIDATE, fetch.failure))
        # A large PDF takes seconds to read; other sites' answers must not wait for it.
        return await self.tools.readers.examine(fetch, self.target.name)

    @property
    def _may_render(self) -> bool:
        return self.tools.fetcher.has_browser and self._rendered < MAX_RENDERED

    def _keep(self, examined: Examined) -> None:
        self.pages.append(examined.page)
        self._status_links += examined.status_links
        self.tools.fetched(examined.page)

    def _stays_with(self, url: str) -> Callable[[str], bool]:
        return lambda onward: same_site(onward, url) or same_site(onward, self.home)


def _says_anew(page: FetchedPage) -> bool:
    """Whether a page is not what it was, as far as can be told: read again, without a policy, or gone."""
    return page.outcome in {Outcome.POLICY, Outcome.NO_POLICY, Outcome.EMPTY} or is_gone(page)


def _still_status(known: KnownPage, examined: Examined) -> Examined:
    """A status page that says nothing today stays one: tomorrow it may."""
    page = examined.page
    if page.outcome is Outcome.NO_POLICY and page_key(page.url) == page_key(known.url):
        return replace(examined, page=replace(page, kind=SourceKind.STATUS))
    return examined


def _facts(page: FetchedPage) -> int:
    return len(page.reading.policy.known()) if page.reading is not None else 0


def _is_in_trouble(page: FetchedPage) -> bool:
    """Whether the site itself is: looking around on it would bring the same answer."""
    status = page.http_status or 0
    return page.outcome in UNREACHED or (
        page.outcome is Outcome.HTTP_STATUS
        and (status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS)
    )
