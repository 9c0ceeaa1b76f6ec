"""What readers say is wrong: counted, listed, and decided."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

import uphill.curating.reports
from uphill.curating.pinning import pinned_facts
from uphill.curating.reports import Acceptance, Given, TooManyReports, accept, decline, reports, take_in
from uphill.db import Report, Resort, writing
from uphill.errors import BadInput, NotFound
from uphill.notify.reports import report_messages
from uphill.site_keys import site_key

NEWS = "https://news.example/larkspur"
DOGS = Given(
    slug="larkspur-bowl",
    field="dogs",
    said='"leashed"',
    value='"prohibited"',
    source_url=NEWS,
    note="A sign says so.",
)
OPERATOR = Acceptance(by="Ada")


@pytest.fixture
def report(standing):
    def put(hours=1, given=DOGS, **more):
        with writing(standing.sessions) as session:
            return take_in(session, given.model_copy(update=more), standing.at(hours)).id

    return put


@pytest.fixture
def accepted(standing):
    def do(number, told=OPERATOR, hours=2):
        with writing(standing.sessions) as session:
            return accept(session, number, told, standing.at(hours))

    return do


def listed(standing, **which):
    with standing.sessions() as session:
        return reports(session, **which)


def test_what_says_the_same_is_counted(standing, report):
    assert report(1) == report(3)
    other = report(4, note="My dog was sent away.")
    first, second = listed(standing)
    assert (first.times, first.first_at, first.last_at) == (2, standing.at(1), standing.at(3))
    assert (first.field, first.said, first.value) == ("dogs", "leashed", "prohibited")
    assert (second.id, second.times) == (other, 1)


def test_an_accepted_report_is_a_pin_with_an_end(standing, report, accepted):
    number = report(contact="eve@example.org")
    pinned = accepted(number)
    assert (pinned.value, pinned.source_url) == ("prohibited", NEWS)
    assert pinned.until == standing.at(2).date() + timedelta(days=60)
    assert standing.shown(3).policy.dogs == "prohibited"
    assert listed(standing) == ()
    (kept,) = listed(standing, decided=True)
    assert (kept.verdict, kept.decided_by, kept.decided_at) == ("accepted", "Ada", standing.at(2))
    assert kept.contact is None
    with standing.sessions() as session:
        assert session.get_one(Report, number).pin.field == "dogs"
        (pin,) = pinned_facts(session)
    assert "reader" in pin.note
    assert "sign" not in pin.note, "nobody's note is shown unread"


def test_after_a_decision_the_same_is_a_report_anew(report, accepted):
    first = report(1)
    accepted(first)
    assert report(30) != first


def test_a_status_holds_for_its_day(standing, report, accepted):
    pinned = accepted(report(field="status", said=None, value='"closed"'))
    assert pinned.until == standing.at(2).date()


def test_the_operator_may_know_better(report, accepted):
    told = Acceptance(
        by="Ada", value="limited", until=date(2027, 3, 31), source_url=f"{NEWS}/2", note="by phone"
    )
    pinned = accepted(report(), told)
    assert (pinned.value, pinned.until) == ("limited", date(2027, 3, 31))
    assert (pinned.source_url, pinned.note) == (f"{NEWS}/2", "by phone")


def test_lists_are_pinned_as_lists(report, accepted):
    assert accepted(report(field="windows", value='["05:00-07:00"]')).value == ["05:00-07:00"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"value": None}, "--value"),
        ({"value": '"unknown"'}, "--value"),
        ({"source_url": None}, "--source"),
        ({"field": None}, "--fact"),
    ],
)
def test_what_can_t_be_pinned_is_asked_for(standing, report, accepted, more, said):
    number = report(**more)
    with pytest.raises(BadInput, match=said):
        accepted(number)
    assert [one.id for one in listed(standing)] == [number]


def test_a_declined_report_keeps_who_and_why(standing, report):
    number = report(contact="eve@example.org")
    with writing(standing.sessions) as session:
        decline(session, number, "Ada", "the patrol says otherwise", standing.at(5))
    (kept,) = listed(standing, decided=True)
    assert (kept.verdict, kept.decided_by, kept.decided_note) == (
        "declined",
        "Ada",
        "the patrol says otherwise",
    )
    assert kept.contact is None
    assert standing.shown(6).policy.dogs == "leashed"
    with standing.sessions() as session:
        with pytest.raises(BadInput, match="declined"):
            accept(session, number, OPERATOR, standing.at(6))
        with pytest.raises(NotFound):
            decline(session, 999, "Ada", "no", standing.at(6))


@pytest.mark.parametrize(
    "more",
    [
        {"field": "colour"},
        {"field": None, "note": ""},
        {"source_url": "javascript:alert(1)"},
        {"source_url": "https://"},
        {"source_url": "https://[x"},
        {"source_url": f"https://x.example/{'x' * 500}"},
        {"note": "x" * 1001},
        {"contact": "x" * 201},
    ],
)
def test_what_is_no_report_is_refused(standing, report, more):
    with pytest.raises(BadInput):
        report(**more)
    assert listed(standing) == ()


def test_no_more_is_stored_than_can_be_read(report, monkeypatch):
    monkeypatch.setattr(uphill.curating.reports, "MOST_OPEN_OF_A_RESORT", 2)
    first = report(note="one")
    report(note="two")
    with pytest.raises(TooManyReports):
        report(note="three")
    assert report(note="one") == first


def test_a_resort_takes_its_reports_with_it(sessions, stock, row, now):
    stock(row())
    with writing(sessions) as session:
        take_in(session, DOGS, now)
        session.delete(session.scalars(select(Resort).filter_by(slug="larkspur-bowl")).one())
        session.flush()
        assert session.scalar(select(func.count()).select_from(Report)) == 0


def test_operators_are_told_once_of_each_report(standing, report):
    report(note="\x1b[31mA sign\u202e says so.")
    with standing.sessions() as session:
        (message,) = report_messages(session, standing.at(0), set())
        assert list(report_messages(session, standing.at(0), {message.key})) == []
        assert list(report_messages(session, standing.at(2), set())) == []
    assert "Larkspur" in message.subject
    assert "on leash" in message.body
    assert "prohibited" in message.body
    assert f"{NEWS}\n" in message.body
    assert "A sign says so." in message.body


def test_a_secret_is_made_once(standing):
    first = site_key(standing.sessions, "forms", standing.at(0))
    assert len(first) == 64
    assert site_key(standing.sessions, "forms", standing.at(1)) == first
    assert site_key(standing.sessions, "other", standing.at(1)) != first


def test_what_is_stored_is_json(standing, report):
    report()
    with standing.sessions() as session:
        (row,) = session.scalars(select(Report))
        assert (json.loads(row.said), json.loads(row.value)) == ("leashed", "prohibited")
