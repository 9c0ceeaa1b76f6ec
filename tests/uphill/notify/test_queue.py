"""What becomes a message to whom: each event once, nothing of the time before somebody subscribed."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from uphill.causes import Cause
from uphill.crawl_runs import finish_run, start_run
from uphill.db import CrawlRun, Notification, writing
from uphill.notify.queue import SUBSCRIBED, enqueue
from uphill.runs import Ending
from uphill.subscription import Notify, Topic

URL = "json://127.0.0.1"
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def told_of(*topics, **limits):
    return [Notify(urls=(URL,), on=topics, **limits)]


@pytest.fixture
def messages(sessions):
    """The messages that wait, in order."""

    def read():
        with sessions() as session:
            return session.scalars(
                select(Notification).where(Notification.event != SUBSCRIBED).order_by(Notification.id)
            ).all()

    return read


def test_a_changed_resort_is_told_with_old_new_quote_link_and_date(sessions, log, now, messages):
    config = told_of(Topic.RESORT_CHANGED)
    enqueue(sessions, config, now)
    log(
        "larkspur-bowl",
        "pass_required",
        "never",
        "always",
        at=now + MINUTE,
        quote="From today\x1b[2J a pass is\nneeded at all times.",
    )
    log("larkspur-bowl", "dogs", "allowed", None, at=now + MINUTE)
    assert enqueue(sessions, config, now + 2 * MINUTE) == 1
    (message,) = messages()
    assert message.subject == "Larkspur Bowl: Pass required: no pass needed → always, and 1 more"
    assert message.body == (
        "Larkspur Bowl (Colorado, United States) changed what its page says about going uphill. "
        "We read it on 2026-01-15 12:01 UTC.\n\n"
        "Pass required: no pass needed → always\n"
        "“From today [2J a pass is needed at all times.”\n"
        "https://larkspur-bowl.example/uphill\n\n"
        "Dogs: allowed → not stated\n"
        "https://larkspur-bowl.example/uphill\n\n"
        "Rules change daily: the resort's word and the patrol's go before this message."
    )
    assert message.event == "resort_changed"


def test_doing_it_twice_queues_once(sessions, log, now, messages):
    config = told_of(Topic.RESORT_CHANGED)
    enqueue(sessions, config, now)
    log("larkspur-bowl", "dogs", "allowed", "leashed", at=now + MINUTE)
    counts = [enqueue(sessions, config, now + minutes * MINUTE) for minutes in (2, 2, 3, 90, 200)]
    assert counts == [1, 0, 0, 0, 0]
    assert len(messages()) == 1


def test_two_that_look_at_the_same_time_queue_once(sessions, log, now, messages, monkeypatch):
    config = told_of(Topic.RESORT_CHANGED)
    enqueue(sessions, config, now)
    log("larkspur-bowl", "dogs", "allowed", "leashed", at=now + MINUTE)
    monkeypatch.setattr("uphill.notify.queue._told", lambda *_: set())  # neither sees the other's rows yet
    assert [enqueue(sessions, config, now + 2 * MINUTE) for _ in range(2)] == [1, 0]
    assert len(messages()) == 1


def test_the_past_is_not_told_to_who_is_new(sessions, log, now, messages):
    log("larkspur-bowl", "dogs", "allowed", "leashed", at=now - MINUTE)
    for passed in (0, 1, 2):
        enqueue(sessions, told_of(Topic.RESORT_CHANGED, Topic.REGION_CHANGED), now + passed * DAY)
    assert messages() == []


def test_after_a_pause_what_was_missed_is_told(sessions, log, now, messages):
    config = told_of(Topic.RESORT_CHANGED)
    enqueue(sessions, config, now)
    log("larkspur-bowl", "dogs", "allowed", "leashed", at=now + DAY)
    log("larkspur-bowl", "dogs", "leashed", "prohibited", at=now + 9 * DAY)
    assert enqueue(sessions, config, now + 10 * DAY) == 1
    assert "on leash → prohibited" in messages()[0].body


def test_a_change_that_is_dated_before_it_could_be_seen_is_told(sessions, log, now, messages):
    config = told_of(Topic.RESORT_CHANGED)
    for minutes in (0, 20):
        enqueue(sessions, config, now + minutes * MINUTE)
    log("larkspur-bowl", "dogs", "allowed", "leashed", at=now + 10 * MINUTE)
    assert enqueue(sessions, config, now + 21 * MINUTE) == 1


def test_the_limits_hold(sessions, log, now, messages):
    config = told_of(
        Topic.RESORT_CHANGED, Topic.REGION_CHANGED, resorts=("larkspur-bowl",), regions=("AT", "US-VT")
    )
    enqueue(sessions, config, now)
    for slug, region in (
        ("larkspur-bowl", "US-CO"),
        ("fern-hill", "US-VT"),
        ("enzian-alm", "AT-7"),
        ("elk-run", "US-UT"),
    ):
        log(slug, "dogs", "allowed", "leashed", at=now + MINUTE, region=region)
    enqueue(sessions, config, now + DAY)
    assert [message.subject for message in messages()] == [
        "Larkspur Bowl: Dogs: allowed → on leash",
        "Austria: 1 resort changed on 2026-01-15",
        "Vermont: 1 resort changed on 2026-01-15",
    ]


@pytest.mark.parametrize(
    ("cause", "old", "said"),
    [
        (Cause.CURATOR, "allowed", "A curator of the directory set what holds at Larkspur Bowl"),
        (Cause.READING, "allowed", "our reading changed, the page did not."),
        (Cause.FIRST, "allowed", "It differs from the older list that the directory had gone by."),
        (Cause.FIRST, None, None),
    ],
)
def test_only_the_page_is_told_as_the_resorts_word(sessions, log, now, messages, cause, old, said):
    config = told_of(Topic.RESORT_CHANGED, Topic.REGION_CHANGED)
    enqueue(sessions, config, now)
    log("larkspur-bowl", "dogs", old, "prohibited", at=now + MINUTE, cause=cause)
    enqueue(sessions, config, now + DAY)
    if said is None:
        assert messages() == []
    else:
        one, digest = messages()
        assert said in one.body
        assert one.subject.startswith("Larkspur Bowl: Dogs: allowed → prohibited")
        assert one.subject.endswith("(our reading)") is (cause is Cause.READING)
        assert "changed what its page says" not in one.body
        assert digest.body.split("\n\n")[1].splitlines()[1].startswith("Dogs: allowed → prohibited (")


def test_a_digest_comes_once_a_day_when_the_day_is_over(sessions, log, now, messages):
    config = told_of(Topic.REGION_CHANGED, regions=("US-CO",))
    enqueue(sessions, config, now)
    log("fern-hill", "dogs", "allowed", "leashed", at=now + HOUR)
    log("larkspur-bowl", "status", "open", "closed", at=now + HOUR)
    log("larkspur-bowl", "status", "closed", "open", at=now + 3 * HOUR)
    log("larkspur-bowl", "dogs", "allowed", "leashed", at=now + 3 * HOUR)
    log("larkspur-bowl", "dogs", "leashed", "prohibited", at=now + 5 * HOUR)
    log("larkspur-bowl", "dogs", "prohibited", "allowed", at=now + 13 * HOUR)
    midnight = now.replace(hour=0) + DAY
    counts = [enqueue(sessions, config, at) for at in (now + 6 * HOUR, midnight, midnight + 59 * MINUTE)]
    assert counts == [0, 0, 0]
    counts = [
        enqueue(sessions, config, midnight + HOUR + minutes * MINUTE) for minutes in (0, 1, 30, 61, 600)
    ]
    assert counts == [1, 0, 0, 0, 0]
    (digest,) = messages()
    assert digest.subject == "Colorado: 2 resorts changed on 2026-01-15"
    assert digest.body.split("\n\n")[1:-1] == [
        "Fern Hill\nDogs: allowed → on leash\nhttps://fern-hill.example/uphill",
        "Larkspur Bowl\nDogs: allowed → prohibited\nhttps://larkspur-bowl.example/uphill",
    ]
    assert enqueue(sessions, config, midnight + DAY + HOUR) == 1  # the next day's, with what came at 13 h


def test_a_day_in_which_all_was_taken_back_has_no_digest(sessions, log, now, messages):
    config = told_of(Topic.REGION_CHANGED)
    enqueue(sessions, config, now)
    log("larkspur-bowl", "status", "open", "closed", at=now + HOUR)
    log("larkspur-bowl", "status", "closed", "open", at=now + 2 * HOUR)
    assert enqueue(sessions, config, now + DAY) == 0


def test_a_run_that_failed_or_was_killed_is_told_to_operators(sessions, now, messages):
    config = told_of(Topic.RUN_FAILED)
    enqueue(sessions, config, now)
    failed = start_run(sessions, 5, now + MINUTE)
    finish_run(sessions, failed, now + 2 * MINUTE, ending=Ending.FAILED, detail="The disk is full.")
    assert enqueue(sessions, config, now + 3 * MINUTE) == 1
    start_run(sessions, 5, now + 2 * HOUR)
    good = start_run(sessions, 0, now + 3 * HOUR)
    finish_run(sessions, good, now + 4 * HOUR)
    assert enqueue(sessions, config, now + 4 * HOUR) == 0
    assert enqueue(sessions, config, now + 9 * HOUR) == 1
    assert [message.subject for message in messages()] == [
        "A crawl went wrong: The run of 2026-01-15 12:01 UTC failed: The disk is full.",
        "A crawl went wrong: The run of 2026-01-15 14:00 UTC never ended: its process was killed.",
    ]
    assert enqueue(sessions, config, now + 10 * HOUR) == 0


def test_a_run_under_way_is_not_judged_by_its_counts(sessions, now, messages):
    config = told_of(Topic.RUN_FAILED)
    enqueue(sessions, config, now)
    run = start_run(sessions, 9, now + MINUTE)
    with writing(sessions) as session:
        session.execute(update(CrawlRun).values(visited=6, failed=6))
    assert enqueue(sessions, config, now + 2 * MINUTE) == 0
    finish_run(sessions, run, now + 3 * MINUTE)
    assert enqueue(sessions, config, now + 4 * MINUTE) == 1
    assert "All 6 visits" in messages()[0].subject


def test_many_runs_that_fail_in_an_hour_are_told_by_the_first(sessions, now, messages):
    config = told_of(Topic.RUN_FAILED)
    enqueue(sessions, config, now)
    for minutes in range(10, 100, 10):
        run = start_run(sessions, 5, now + minutes * MINUTE)
        finish_run(sessions, run, now + minutes * MINUTE, ending=Ending.FAILED, detail=f"Failure {minutes}.")
        if minutes % 30 == 0:
            enqueue(sessions, config, now + minutes * MINUTE)
    enqueue(sessions, config, now + 2 * HOUR)
    assert [message.subject[-10:] for message in messages()] == ["ailure 10.", "ailure 60."]


def test_bad_health_is_told_once_a_day_for_each_rule(sessions, now, messages):
    config = told_of(Topic.UNHEALTHY)
    run = start_run(sessions, 0, now)
    finish_run(sessions, run, now)
    counts = [enqueue(sessions, config, now + hours * HOUR) for hours in (0, 47, 49, 50, 61)]
    assert counts == [0, 0, 1, 0, 1]  # the 61st hour is the next day
    assert messages()[0].subject == (
        "The directory is not healthy: No crawl has ended since 2026-01-15 12:00 UTC."
    )
    assert {message.event for message in messages()} == {"unhealthy"}


def test_each_url_is_told(sessions, log, now, messages):
    config = [
        Notify(urls=(URL, "json://localhost"), on=(Topic.RESORT_CHANGED,)),
        *told_of(Topic.RESORT_CHANGED),
    ]
    enqueue(sessions, config, now)
    log("larkspur-bowl", "dogs", "allowed", "leashed", at=now + MINUTE)
    assert enqueue(sessions, config, now + 2 * MINUTE) == 2  # who is named twice is told once
    assert len({message.subscription for message in messages()}) == 2


def test_a_long_subject_and_body_are_cut(sessions, log, now, messages):
    config = told_of(Topic.REGION_CHANGED)
    enqueue(sessions, config, now)
    for number in range(35):
        log(f"resort-with-a-rather-long-name-{number:02}", "dogs", "allowed", "leashed", at=now + MINUTE)
    enqueue(sessions, config, now + DAY)
    (digest,) = messages()
    assert digest.subject == "Colorado: 35 resorts changed on 2026-01-15"
    assert len(digest.body) <= 4000
    told = digest.body.count("Dogs: ")
    assert f"\n\n{35 - told} more resorts changed; the directory has them.\n\n" in digest.body
