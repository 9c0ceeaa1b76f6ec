"""What a visit's pages mean for the resort's policy: it takes effect, is confirmed, waits, or ends."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from uphill.causes import Cause, Decision
from uphill.curating.pins import as_read, in_force
from uphill.db import PolicyVersion, Resort, Source
from uphill.db.proofs import quotes_of
from uphill.db.snapshots import anchored, is_same_text, newest_snapshot, note_seen
from uphill.db.store import current_policy
from uphill.outcomes import Change, Outcome
from uphill.recording.current_status import (
    as_it_was,
    standing_part,
    with_closure,
    with_last_status,
    with_status,
)
from uphill.recording.differences import canonical, same_facts, stated_values
from uphill.recording.doubt import Doubtful, doubt_of_absence, doubt_of_policy, is_gone, leads_away, page_at
from uphill.recording.in_force import Whence, Why, take_effect, withdraw
from uphill.recording.own_word import contradicted, filled, from_sources
from uphill.recording.pending import Proposal, decide, proposed, undecided, weigh
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.recording.visited_pages import turn_out
from uphill.sites import same_site
from uphill.stated import Stated, without_announced
from uphill.vocabulary import Origin, SourceKind
from uphill.words.wording import label

_GIVEN_UP = 5
"""Failures in a row after which a page is taken for lost, where the policy stands elsewhere."""
_FOUND = frozenset({Outcome.POLICY, Outcome.UNCHANGED})
_HOLD_FACTS = frozenset({SourceKind.POLICY, SourceKind.STATUS, SourceKind.PUBLISHED})


@dataclass(frozen=True, slots=True)
class _Pages:
    """A visit's pages beside their rows. ``read`` are those with a reading, by their source's id."""

    visit: ResortVisit
    sources: Mapping[str, Source]
    read: Mapping[int, FetchedPage]
    read_again: frozenset[int]

    @classmethod
    def of(cls, visit: ResortVisit, sources: Mapping[str, Source]) -> "_Pages":
        read = {sources[page.url].id: page for page in visit.fetched if page.reading is not None}
        again = {
            sources[url].id
            for page in visit.fetched
            if not page.outcome.failed and page.outcome is not Outcome.UNCHANGED
            for url in (page.requested_url, page.url)
            if url in sources
        }
        return cls(visit, sources, read, frozenset(again))

    def policy_page(self, standing_url: str | None) -> FetchedPage | None:
        """What holds the policy: the resort's document, else the page that did before, if it still does."""
        if self.visit.outcome not in _FOUND:
            return None
        if self.document is not None:
            return self.document
        found = [page for page in self.read.values() if page.reading is not None and page.reading.is_policy]
        before = [page for page in found if standing_url in (page.requested_url, page.url)]
        if before or standing_url is None or not self.is_unchanged(standing_url):
            return next(iter(before + found), None)
        return None

    @property
    def document(self) -> FetchedPage | None:
        """The resort's own document, where it was read and states a rule."""
        page = self.visit.published
        return page if page is not None and page.reading is not None and page.reading.is_policy else None

    @property
    def document_is_over(self) -> bool:
        """Whether the document says itself that its rules are none of today."""
        page = self.visit.published
        return page is not None and page.outcome is Outcome.NO_POLICY and page.valid_until is not None

    def with_prose(self, document: Stated, standing: Stated | None) -> Stated:
        """The document's facts, and what only the pages say; what a page out of reach said last is kept."""
        for source_id, page in self.read.items():
            if page is not self.document and page.reading is not None and page.reading.is_policy:
                prose = Stated(page.reading.policy, quotes_of(page.reading, source_id))
                if others := contradicted(document, prose):
                    told = ", ".join(label(name) for name in others)
                    self.sources[
                        page.url
                    ].last_detail = f"the resort's own document says otherwise of: {told}"
                document = filled(document, prose)
        if standing is None:
            return document
        gone = {self.sources[page.url].id for page in self.visit.pages if is_gone(page)}
        own = {source.id for source in self.sources.values() if source.kind is SourceKind.PUBLISHED}
        left = {each.source_id for each in standing.quotes} - self.read_again - gone - own
        return filled(document, standing_part(from_sources(standing, left)))

    def is_unchanged(self, url: str) -> bool:
        page = page_at(self.visit, url)
        return page is not None and page.outcome is Outcome.UNCHANGED

    def with_statuses(self, stated: Stated) -> Stated:
        for source_id, page in self.read.items():
            if page.reading is not None and not page.reading.is_policy:
                stated = with_status(stated, page.reading, source_id)
        return stated


def store_facts(
    session: Session, resort: Resort, visit: ResortVisit, sources: Mapping[str, Source]
) -> Change:
    """Bring the resort's policy up to what a visit found."""
    pages = _Pages.of(visit, sources)
    current = current_policy(session, resort.id)
    if current is not None and current.origin is Origin.CRAWL:
        return _Standing(session, resort, current, pages).look()
    page = pages.policy_page(None)
    if page is None or visit.partial:
        return Change.NONE
    stated, whence = _stated(pages, page, None)
    stated = anchored(session, stated, pages.read, ())
    return take_effect(session, resort, stated, whence, Why(Cause.PAGE, visit.finished_at, visit.finished_at))


def _stated(pages: _Pages, page: FetchedPage, standing: Stated | None) -> tuple[Stated, Whence]:
    reading = page.reading
    if reading is None:
        raise ValueError(f"{page.url} was not read")
    source = pages.sources[page.url]
    stated = Stated(reading.policy, quotes_of(reading, source.id))
    if page is pages.document:
        stated = pages.with_prose(stated, standing)
    if standing is not None:
        stated = with_last_status(stated, standing, pages.read_again)
    return pages.with_statuses(stated), Whence(source.id, lang=reading.lang)


def _holds_all(stated: Stated, standing: Stated) -> bool:
    """Whether nothing that stands would be lost or changed."""
    new = stated_values(without_announced(stated.policy))
    old = stated_values(without_announced(standing.policy))
    return all(canonical(new.get(name)) == canonical(value) for name, value in old.items())


class _Standing:
    """A visit of a resort whose own policy is known: what was found is held against it."""

    def __init__(self, session: Session, resort: Resort, current: PolicyVersion, pages: _Pages) -> None:
        self.session = session
        self.resort = resort
        self.current = current
        self.pages = pages
        self.visit = pages.visit
        self.at = pages.visit.finished_at
        self.source = current.source
        self.pins = in_force(session, resort.id)
        self.standing = as_read(current, self.pins)
        self.waiting = undecided(session, resort.id)

    def look(self) -> Change:
        if self.visit.partial:
            self._note_unchanged()
            change = self._statuses_alone()
            return Change.NONE if all(page.outcome.failed for page in self.visit.pages) else change
        page = self.pages.policy_page(self.source.url)
        if page is not None:
            return self._weigh_policy(page)
        if self.pages.is_unchanged(self.source.url) and self.waiting is None:
            return self._as_it_was()
        if self.visit.outcome in _FOUND:
            self._forget_validators()
            return Change.NONE
        if self.pages.document_is_over and self.source.kind is SourceKind.PUBLISHED:
            return self._end()
        doubtful = doubt_of_absence(self.visit, self.source.url)
        return Change.NONE if doubtful is None else self._weigh_absence(doubtful)

    def _as_it_was(self) -> Change:
        """The site says that the page has not changed: neither have its facts."""
        self._note_unchanged()
        stated = self.pages.with_statuses(as_it_was(self.standing, self.pages.read_again))
        return self._take_effect(self._anchored(stated), Whence.of(self.current), confirmed=True)

    def _weigh_policy(self, page: FetchedPage) -> Change:
        self._note_unchanged()
        stated, whence = _stated(self.pages, page, self.standing)
        stated = stated.aligned(self.standing.policy)
        causes: dict[int, Cause] = {}
        if is_same_text(self.session, page, whence.source_id, self.standing):
            causes[whence.source_id] = Cause.READING
        moved = "" if same_site(page.url, self.source.url) or page is self.pages.document else page.url
        pinned = {pin.field for pin in self.pins}
        own_word = page is self.pages.document
        doubtful = None
        if not (self.pages.document_is_over and self.source.kind is SourceKind.PUBLISHED):
            doubtful = doubt_of_policy(
                self.standing.policy, stated.policy, moved_to=moved, pinned=pinned, misread=not own_word
            )
        stated = self._anchored(stated)
        if not own_word and self._only_out_of_reach(page) and not _holds_all(stated, self.standing):
            self._ask_again()
            return Change.NONE
        if doubtful is not None:
            proposal = Proposal(stated, whence)
            if not weigh(self.session, self.resort.id, doubtful, proposal, self.at):
                return self._keep(page)
        elif self.waiting is not None:
            same = same_facts(without_announced(self.standing.policy), without_announced(stated.policy))
            decide(self.session, self.waiting, Decision.BACK_AGAIN if same else Decision.REPLACED, self.at)
        return self._take_effect(stated, whence, confirmed=True, causes=causes)

    def _only_out_of_reach(self, page: FetchedPage) -> bool:
        """Whether the policy was read elsewhere, and its own page could not be fetched just now."""
        own = page_at(self.visit, self.source.url)
        return (
            own is not None
            and own is not page
            and own.outcome.failed
            and not is_gone(own)
            and not leads_away(own)
            and own.outcome is not Outcome.EMPTY
            and self.source.failures < _GIVEN_UP
        )

    def _weigh_absence(self, doubtful: Doubtful) -> Change:
        if not weigh(self.session, self.resort.id, doubtful, None, self.at):
            return self._keep(None)
        return self._end()

    def _end(self) -> Change:
        withdraw(self.session, self.resort, Why(Cause.PAGE, self.at))
        turn_out(self.source, SourceKind.NO_POLICY)
        return Change.CHANGED

    def _keep(self, doubtful: FetchedPage | None) -> Change:
        """What stands goes on, less what was announced and is no more; the pages are to be read whole next time."""
        change = self._statuses_alone(doubtful)
        change = change if change is not Change.CONFIRMED else Change.NONE
        self._ask_again()
        if doubtful is not None and doubtful.url != doubtful.requested_url == self.source.url:
            turn_out(
                self.pages.sources[doubtful.url], SourceKind.CANDIDATE
            )  # it is reached by the old address
        return change

    def _ask_again(self) -> None:
        self._forget_validators()
        turn_out(self.source, SourceKind.POLICY)
        self.session.flush()

    def _statuses_alone(self, doubtful: FetchedPage | None = None) -> Change:
        stated = self.pages.with_statuses(as_it_was(self.standing, self.pages.read_again))
        if doubtful is not None and doubtful.reading is not None:
            stated = with_closure(stated, doubtful.reading, self.pages.sources[doubtful.url].id)
        return self._take_effect(self._anchored(stated), Whence.of(self.current), confirmed=False)

    def _take_effect(
        self, stated: Stated, whence: Whence, *, confirmed: bool, causes: Mapping[int, Cause] | None = None
    ) -> Change:
        why = Why(Cause.PAGE, self.at, self.at if confirmed else None, causes or {})
        turn_out(self.session.get_one(Source, whence.source_id), SourceKind.POLICY)
        return take_effect(self.session, self.resort, stated, whence, why)

    def _anchored(self, stated: Stated) -> Stated:
        waiting = proposed(self.waiting)
        known = (self.standing,) if waiting is None else (self.standing, waiting)
        return anchored(self.session, stated, self.pages.read, known)

    def _note_unchanged(self) -> None:
        """A page that the site calls unchanged says what it said: the texts that facts point into are as new."""
        for page in self.visit.fetched:
            if page.outcome is not Outcome.UNCHANGED or page.kind not in _HOLD_FACTS:
                continue
            source_id = self.pages.sources[page.url].id
            told = {quoted.snapshot_id for quoted in self.standing.quotes if quoted.source_id == source_id}
            if not told:
                told = {newest_snapshot(self.session, source_id)}
            note_seen(self.session, told, page.fetched_at)

    def _forget_validators(self) -> None:
        """A "304 Not Modified" would say that a page is as we last saw it, and not which of the two we saw."""
        urls = {url for page in self.visit.pages for url in (page.requested_url, page.url)}
        for url, source in self.pages.sources.items():
            policies = source.kind in {SourceKind.POLICY, SourceKind.NO_POLICY, SourceKind.CANDIDATE}
            if source is self.source or (url in urls and policies):
                source.etag = source.last_modified = None
