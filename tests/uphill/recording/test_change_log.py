"""The change log: each fact that changed, with its cause and its proof, and how it is read."""

from datetime import timedelta

import pytest

from uphill.catalogue import BaselineLine, load_baseline
from uphill.db import Snapshot, writing
from uphill.errors import BadInput, NotFound
from uphill.outcomes import Change
from uphill.policy import Policy
from uphill.recording.change_log import read

PRICES = [{"amount": 49, "currency": "USD", "period": "season"}, {"amount": 9, "currency": "USD"}]


def entries(watched, **wanted):
    with watched.sessions() as session:
        return read(session, **wanted)


def test_a_first_policy_is_logged_whole_as_a_first_look(standing, found):
    assert {cause for *_, cause in standing.logged} == {"first"}
    assert {(field, old) for field, old, *_ in standing.logged} == {(field, None) for field in found.FACTS}
    assert standing.source().changed_at is None, "a first look finds nothing changed"


def test_over_a_baseline_what_differs_is_logged_as_a_first_look(watched, found, sessions):
    line = BaselineLine(
        resort="Larkspur Bowl",
        region="US-CO",
        source_url="https://list.example/uphill",
        source_kind="list",
        facts=Policy.model_validate({"dogs": "leashed", "snowshoes": "allowed"}),
    )
    with writing(sessions) as session:
        load_baseline(session, [(1, line)], watched.at(0))
    assert watched.logged == [], "a list of ours is no change of a resort"
    watched.visit(1, found.policy(access="allowed", dogs="leashed"))
    assert watched.logged == [("access", None, "allowed", "first"), ("snowshoes", "allowed", None, "first")]


def test_a_change_has_its_page_its_words_and_its_version(standing, found):
    assert standing.visit(24, found.policy(**found.FACTS | {"hotline": "970-555-0199"})) is Change.CHANGED
    entry = entries(standing).changes[0]
    assert (entry.field, entry.old, entry.new) == ("hotline", "970-555-0142", "970-555-0199")
    assert (entry.at, entry.source_url, entry.quote) == (
        standing.at(24),
        found.URL,
        "Our hotline is 970-555-0199.",
    )
    assert standing.source().changed_at == standing.at(24)


def test_of_a_list_the_words_on_what_is_new_are_kept(standing, found):
    windows = ["05:00-08:00", "20:00-22:00"]
    standing.visit(24, found.policy(**found.FACTS | {"windows": windows}))
    entry = entries(standing).changes[0]
    assert (entry.field, entry.old, entry.new) == ("windows", found.FACTS["windows"], windows)
    assert entry.quote == "Our windows is 20:00-22:00."


def test_what_is_no_longer_stated_is_told_by_the_page_without_words(standing, found):
    left = {name: value for name, value in found.FACTS.items() if name != "hotline"}
    standing.visit(24, found.policy(**left))
    entry = entries(standing).changes[0]
    assert (entry.field, entry.new, entry.source_url, entry.quote) == ("hotline", None, found.URL, None)


def test_the_order_of_a_list_means_nothing(watched, found):
    watched.visit(0, found.policy(access="allowed", windows=["05:00-08:00", "17:00-21:00"], prices=PRICES))
    again = found.policy(access="allowed", windows=["17:00-21:00", "05:00-08:00"], prices=PRICES[::-1])
    before = len(watched.logged)
    assert watched.visit(24, again) is Change.CONFIRMED
    assert len(watched.logged) == before
    shown = watched.shown(24)
    quotes = {proof.position: proof.quote for proof in shown.evidence["windows"]}
    assert quotes == {
        at: f"Our windows is {window}." for at, window in enumerate(map(str, shown.policy.windows))
    }


def test_announced_statuses_are_logged_by_the_page_that_tells_them(standing, found):
    standing.visit(24, found.policy(found.report("open"), **found.FACTS))
    standing.visit(25, found.partial(found.report("closed")))
    status = [entry for entry in entries(standing).changes if entry.field == "status"]
    assert [(entry.old, entry.new, entry.source_url) for entry in status] == [
        ("open", "closed", found.STATUS_URL),
        (None, "open", found.STATUS_URL),
    ]


def test_the_same_text_read_otherwise_is_our_reading(standing, found):
    def visit(now):
        visited = found.policy(**found.FACTS)(now)
        page = visited.pages[0]
        policy = page.reading.policy.model_copy(update={"hotline": "970-555-0000"})
        reading = page.reading.model_copy(update={"policy": policy})
        return type(visited)(
            visited.slug, now, now, visited.outcome, (type(page)(**_fields(page) | {"reading": reading}),)
        )

    assert standing.visit(24, visit) is Change.CHANGED
    assert standing.logged[-1] == ("hotline", "970-555-0142", "970-555-0000", "reading")
    assert len(standing.rows(Snapshot)) == 1
    assert standing.source().changed_at is None


def _fields(page):
    return {name: getattr(page, name) for name in page.__dataclass_fields__}


def test_the_log_is_read_by_resort_region_time_and_page_by_page(standing, found, stock, row):
    stock(row("other-hill", region="AT-7", country="AT"))
    standing.visit(24, found.policy(**found.FACTS | {"hotline": "1"}))
    whole = entries(standing).changes
    assert [entry.id for entry in whole] == sorted((entry.id for entry in whole), reverse=True)
    assert len(whole) == len(found.FACTS) + 1
    read_on, cursor = [], None
    for _ in range(4):
        part = entries(standing, limit=2, cursor=cursor)
        read_on += part.changes
        cursor = part.cursor
    assert (tuple(read_on), cursor) == (whole, None)
    assert len(entries(standing, since=standing.at(24)).changes) == 1
    assert entries(standing, since=standing.at(24) + timedelta(seconds=1)).changes == ()
    assert entries(standing, resort="other-hill").changes == entries(standing, region="AT").changes == ()
    assert entries(standing, region="US").changes == entries(standing, region="US-CO").changes == whole
    with pytest.raises(NotFound):
        entries(standing, resort="nowhere")
    for cursor in ("x", "-1", "9" * 30, ""):
        with pytest.raises(BadInput):
            entries(standing, cursor=cursor)


def test_a_status_expires_with_the_resorts_day_or_after_twelve_hours(standing, found):
    assert standing.version.status_until is None
    standing.visit(1, found.policy(found.report("open"), **found.FACTS))
    assert standing.version.status_until == standing.at(13), "06:00 in Denver"
    standing.visit(12, found.policy(found.report("open", around="later"), **found.FACTS))
    assert standing.version.status_until == standing.at(19), "midnight in Denver"
    standing.visit(24, found.policy(**found.FACTS))
    assert standing.version.status_until == standing.at(19), "the status was not seen again"
