"""How a visit as a whole ended, judged from its fetches."""

from collections.abc import Collection, Sequence
from http import HTTPStatus

from uphill.outcomes import Outcome
from uphill.recording.visit import FetchedPage
from uphill.vocabulary import SourceKind

_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


def is_gone(page: FetchedPage) -> bool:
    return page.outcome is Outcome.HTTP_STATUS and page.http_status in _GONE


def judge(pages: Sequence[FetchedPage], telling: Collection[str]) -> tuple[Outcome, str]:
    """The outcome and a short sentence for it.

    ``telling`` are requested URLs that were expected to be the policy: where one of them fails, other than
    by being gone, that failure says more than that nothing was found elsewhere.
    """
    if found := [p for p in pages if p.kind is SourceKind.POLICY and not p.outcome.failed]:
        return _found(found)
    if not pages:
        return Outcome.NO_WEBSITE, "neither a website nor a policy page is known"
    failed = [page for page in pages if page.outcome.failed]
    for page in failed:
        if page.requested_url in telling and not is_gone(page):
            return page.outcome, page.detail
    for page in failed:
        if page.kind is SourceKind.HOME:
            return page.outcome, page.detail
    if len(failed) == len(pages):
        return failed[-1].outcome, failed[-1].detail
    read = len(pages) - len(failed)
    return Outcome.NO_POLICY, f"no policy on {read} page{'s' if read > 1 else ''} read"


def judge_all(
    published: FetchedPage | None, pages: Sequence[FetchedPage], telling: Collection[str]
) -> tuple[Outcome, str]:
    """The same of a visit that looked for the resort's own document too, which decides where there is one."""
    if published is not None and (is_rule_book(published) or not pages):
        return published.outcome, published.detail or f"the resort's own document at {published.url}"
    return judge(pages, telling)


def is_rule_book(published: FetchedPage) -> bool:
    """Whether the resort's own document states rules, or is as it was when it did."""
    reading = published.reading
    return published.outcome is Outcome.UNCHANGED or (reading is not None and reading.is_policy)


def judge_status(pages: Sequence[FetchedPage]) -> tuple[Outcome, str]:
    """The same of a visit that asked for status pages alone: the policy, which it did not look for, is unchanged."""
    read = [page for page in pages if not page.outcome.failed]
    for page in read:
        if page.kind is SourceKind.STATUS and page.outcome is not Outcome.NO_POLICY:
            return Outcome.UNCHANGED, f"status at {page.url}"
    if read:
        return Outcome.UNCHANGED, f"no status at {read[0].url}"
    return pages[-1].outcome, pages[-1].detail


def _found(policies: Sequence[FetchedPage]) -> tuple[Outcome, str]:
    for outcome in (Outcome.POLICY, Outcome.UNCHANGED):
        for page in policies:
            if page.outcome is outcome:
                return outcome, f"policy at {page.url}"
    return Outcome.NO_POLICY, "no policy any more"
