"""Messages are sent once, tried three times, and what fails stops neither the others nor a crawl."""

import email
import email.policy
import logging
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from uphill.catalogue import LoadReport, load_resorts
from uphill.crawl_runs import finish_run, start_run
from uphill.db import Notification, make_engine, session_factory, writing
from uphill.db.upgrade import upgrade
from uphill.health import totals
from uphill.notify import delivery
from uphill.notify.delivery import KEPT, deliver, given_up, notify_due, prune
from uphill.notify.message import SendFailed
from uphill.notify.queue import SUBSCRIBED, enqueue
from uphill.notify.sending import send as by_apprise
from uphill.runs import Ending
from uphill.settings import Settings
from uphill.subscription import Notify, Topic

MINUTE = timedelta(minutes=1)
TOLD = "Fern Hill: Dogs: allowed → on leash"


@pytest.fixture
def rows(sessions):
    def read():
        with sessions() as session:
            return session.scalars(
                select(Notification).where(Notification.event != SUBSCRIBED).order_by(Notification.id)
            ).all()

    return read


@pytest.fixture
def subscribed(sessions, log, now):
    """Settings by which the URLs are told of three changed resorts, at a minute past ``now``."""

    def subscribe(*urls, resorts=("fern-hill", "larkspur-bowl", "zirbel-alm")):
        settings = Settings(notify=(Notify(urls=urls, on=(Topic.RESORT_CHANGED,)),))
        notify_due(sessions, settings, now)
        for slug in resorts:
            log(slug, "dogs", "allowed", "leashed", at=now + MINUTE / 2)
        return settings

    return subscribe


def test_what_happened_is_sent_once(sessions, subscribed, sink, now, rows):
    settings = subscribed(sink.url)
    passes = [notify_due(sessions, settings, now + minutes * MINUTE) for minutes in (1, 1, 2, 30)]
    assert [(done.queued, done.sent, done.failed) for done in passes] == [
        (3, 3, 0),
        (0, 0, 0),
        (0, 0, 0),
        (0, 0, 0),
    ]
    assert sink.subjects == [
        TOLD,
        TOLD.replace("Fern Hill", "Larkspur Bowl"),
        TOLD.replace("Fern Hill", "Zirbel Alm"),
    ]
    assert all(row.delivered_at and row.tries == 1 for row in rows())


def test_mail_and_hook_get_the_same(sessions, subscribed, sink, mailbox, now):
    settings = subscribed(sink.url, mailbox.url, resorts=("fern-hill",))
    assert notify_due(sessions, settings, now + MINUTE).sent == 2
    assert sink.subjects == [TOLD]
    (mail,) = mailbox.arrived
    assert email.message_from_bytes(mail, policy=email.policy.default)["Subject"] == TOLD


def test_what_fails_twice_arrives_at_the_third_try(sessions, subscribed, sink, now, rows):
    settings = subscribed(sink.url, resorts=("fern-hill",))
    sink.answers = [500, 503]
    at = now + MINUTE
    sent = [
        notify_due(sessions, settings, at + later).sent
        for later in (
            timedelta(),
            0.9 * MINUTE,  # too early for the second try
            1.1 * MINUTE,
            11 * MINUTE,  # too early for the third
            11.2 * MINUTE,
            30 * MINUTE,
        )
    ]
    assert sent == [0, 0, 0, 0, 1, 0]
    assert (sink.tried, sink.subjects) == (3, [TOLD])
    assert [(row.tries, row.last_error, row.given_up_at) for row in rows()] == [(3, None, None)]


def test_who_never_answers_is_given_up_and_the_others_are_told(sessions, subscribed, sink, now, rows, caplog):
    dead = sink.url.replace("hook-5f2a", "dead")
    settings = subscribed(dead, sink.url)

    def send(url, subject, body):
        if url == dead:
            raise SendFailed("error=410.")
        by_apprise(url, subject, body)

    with caplog.at_level(logging.INFO):
        passes = [notify_due(sessions, settings, now + minutes * MINUTE, send) for minutes in range(1, 24, 2)]
    assert passes[0].sent == 3
    assert sum(done.sent for done in passes) == 3
    assert (sum(done.failed for done in passes), sum(done.given_up for done in passes)) == (9, 3)
    lost = [row for row in rows() if row.given_up_at]
    assert [(row.tries, row.last_error, row.delivered_at) for row in lost] == [(3, "error=410.", None)] * 3
    with sessions() as session:
        assert len(given_up(session, now)) == 3
        assert totals(session, now + timedelta(hours=1)).given_up_messages == 3
    assert caplog.text.count("is given up: error=410.") == 3
    assert "hunter2" not in caplog.text


def test_a_url_that_fails_is_asked_once_a_pass(sessions, subscribed, sink, now):
    settings = subscribed(sink.url)
    sink.answers = [500] * 100
    assert notify_due(sessions, settings, now + MINUTE).failed == 1
    assert sink.tried == 1


def test_of_two_processes_that_see_the_same_message_one_tries_to_send_it(
    sessions, subscribed, now, sink, monkeypatch
):
    settings = subscribed(sink.url, resorts=("fern-hill",))
    seen = delivery._due

    def seen_by_another_too(*arguments):
        rows = seen(*arguments)
        monkeypatch.setattr(delivery, "_due", seen)
        assert deliver(sessions, settings.notify, now + MINUTE).failed == 1
        return rows

    monkeypatch.setattr(delivery, "_due", seen_by_another_too)
    sink.answers = [500]
    assert notify_due(sessions, settings, now + MINUTE).sent == 0
    assert sink.tried == 1


def test_while_a_message_is_sent_no_other_process_sends_it(sessions, subscribed, now, sink):
    settings = subscribed(sink.url, resorts=("fern-hill",))

    def send_while_another_looks(*message):
        assert deliver(sessions, settings.notify, now + MINUTE).sent == 0
        by_apprise(*message)

    assert notify_due(sessions, settings, now + MINUTE, send_while_another_looks).sent == 1
    assert sink.subjects == [TOLD]


class Killed(BaseException):
    """The process is no more."""


def die(*_):
    raise Killed


def test_a_process_killed_while_it_sends_loses_nothing(sessions, subscribed, sink, now, rows):
    settings = subscribed(sink.url, resorts=("fern-hill",))
    for at in (now + MINUTE, now + 3 * MINUTE):
        with pytest.raises(Killed):
            notify_due(sessions, settings, at, die)
    assert notify_due(sessions, settings, now + 14 * MINUTE).sent == 1
    assert sink.subjects == [TOLD]
    assert rows()[0].tries == 3


def test_a_message_whose_process_was_killed_at_each_try_is_given_up(sessions, subscribed, sink, now, rows):
    settings = subscribed(sink.url, resorts=("fern-hill",))
    for at in (now + MINUTE, now + 3 * MINUTE, now + 14 * MINUTE):
        with pytest.raises(Killed):
            notify_due(sessions, settings, at, die)
    done = notify_due(sessions, settings, now + 25 * MINUTE)
    assert (done.sent, done.given_up, sink.tried) == (0, 1, 0)
    assert rows()[0].last_error == "the process ended while it was sent"


def test_messages_of_another_machines_settings_are_left_to_it(sessions, subscribed, sink, now):
    settings = subscribed(sink.url, resorts=("fern-hill",))
    assert enqueue(sessions, settings.notify, now + MINUTE) == 1
    other = (Notify(urls=("json://localhost/other",), on=(Topic.UNHEALTHY,)),)
    for config in (other, ()):
        assert deliver(sessions, config, now + 90 * MINUTE, pytest.fail).given_up == 0
    assert deliver(sessions, settings.notify, now + 91 * MINUTE).sent == 1


def test_no_table_means_no_message_and_no_row(sessions, log, now, rows):
    log("fern-hill", "dogs", "allowed", "leashed", at=now)
    done = notify_due(sessions, Settings(), now + MINUTE, pytest.fail)
    assert (done.queued, done.sent, rows()) == (0, 0, [])


def test_old_messages_go_and_are_not_told_anew(sessions, subscribed, sink, now, rows):
    settings = subscribed(sink.url)
    notify_due(sessions, settings, now + MINUTE)
    assert prune(sessions, now + KEPT) == 0
    assert prune(sessions, now + KEPT + 2 * MINUTE) == 3
    assert rows() == []
    assert notify_due(sessions, settings, now + KEPT + 3 * MINUTE).queued == 0


def test_a_crawl_records_while_a_message_hangs(tmp_path, now, row):
    """On SQLite, where one transaction at a time writes."""
    engine = make_engine(f"sqlite:///{tmp_path / 'own.db'}")
    upgrade(engine)
    sessions = session_factory(engine)
    settings = Settings(notify=(Notify(urls=("json://localhost",), on=(Topic.RUN_FAILED,)),))
    notify_due(sessions, settings, now)
    finish_run(sessions, start_run(sessions, 1, now), now, ending=Ending.FAILED, detail="The disk is full.")
    hangs, goes_on = threading.Event(), threading.Event()

    def hang(*_):
        hangs.set()
        assert goes_on.wait(30)

    passing = threading.Thread(target=notify_due, args=(sessions, settings, now + MINUTE, hang))
    passing.start()
    assert hangs.wait(30)
    with writing(sessions) as session:
        load_resorts(session, [row("fern-hill")], LoadReport())
    finish_run(sessions, start_run(sessions, 1, now), now)
    goes_on.set()
    passing.join()
    with sessions() as session:
        assert session.scalars(
            select(Notification.delivered_at).where(Notification.event == "run_failed")
        ).one()
    engine.dispose()
