"""The parts of a visit that need no network: judging, the frontier, reading pages, watching the network."""

import asyncio
import socket
from datetime import UTC, datetime

import pytest

from crawler.discovery.links import Link
from crawler.spider import examine as examining
from crawler.spider.examine import examine
from crawler.spider.fetched import Fetch
from crawler.spider.frontier import Frontier
from crawler.spider.judge import judge
from crawler.spider.network import NetworkWatch, probe
from crawler.spider.recorder import Recorder
from uphill.errors import NotFound
from uphill.outcomes import Change, Outcome
from uphill.recording.record import Recorded
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.vocabulary import SourceKind

NOW = datetime(2026, 11, 1, tzinfo=UTC)
HOME = "https://r.example/"


def fetched(kind: SourceKind, outcome: Outcome, path: str = "", status: int | None = 200) -> FetchedPage:
    return FetchedPage(
        HOME + path, HOME + path, kind, outcome, NOW, http_status=status, detail=f"{outcome} at {path}"
    )


HOME_PAGE = fetched(SourceKind.HOME, Outcome.NO_POLICY)
POLICY_PAGE = fetched(SourceKind.POLICY, Outcome.POLICY, "uphill")
GONE = fetched(SourceKind.POLICY, Outcome.HTTP_STATUS, "old", 404)


@pytest.mark.parametrize(
    ("pages", "telling", "outcome"),
    [
        ([], [], Outcome.NO_WEBSITE),
        ([HOME_PAGE, POLICY_PAGE], [], Outcome.POLICY),
        ([GONE, HOME_PAGE, POLICY_PAGE], ["old"], Outcome.POLICY),
        ([fetched(SourceKind.POLICY, Outcome.UNCHANGED, "uphill")], [], Outcome.UNCHANGED),
        ([fetched(SourceKind.POLICY, Outcome.UNCHANGED, "pdf"), POLICY_PAGE], [], Outcome.POLICY),
        ([fetched(SourceKind.NO_POLICY, Outcome.UNCHANGED, "a"), HOME_PAGE], [], Outcome.NO_POLICY),
        ([HOME_PAGE, fetched(SourceKind.STATUS, Outcome.POLICY, "report")], [], Outcome.NO_POLICY),
        ([GONE, HOME_PAGE], ["old"], Outcome.NO_POLICY),
        ([HOME_PAGE, fetched(SourceKind.CANDIDATE, Outcome.ROBOTS, "uphill")], ["uphill"], Outcome.ROBOTS),
        ([HOME_PAGE, fetched(SourceKind.CANDIDATE, Outcome.ROBOTS, "tickets")], [], Outcome.NO_POLICY),
        ([GONE, fetched(SourceKind.HOME, Outcome.DNS)], ["old"], Outcome.DNS),
        ([fetched(SourceKind.POLICY, Outcome.TIMEOUT, "p"), HOME_PAGE], ["p"], Outcome.TIMEOUT),
        ([GONE], ["old"], Outcome.HTTP_STATUS),
    ],
)
def test_judge(pages, telling, outcome):
    found, detail = judge(pages, {HOME + path for path in telling})
    assert found is outcome
    assert detail


def test_frontier_gives_the_best_out_once_and_what_is_remembered_last():
    frontier = Frontier([HOME + "known-for-nothing"])
    links = [
        Link(HOME + "safety", "", 3),
        Link(HOME + "known-for-nothing/", "", 11),
        Link(HOME + "uphill#rules", "", 10),
        Link(HOME + "uphill", "", 9),
        Link("https://other.example/uphill", "", 6),
        Link("https://club.example/uphill-policy", "", 10),
        Link(HOME, "", 6),
    ]
    frontier.mark(HOME)
    frontier.add(links, home=HOME, depth=1)
    given = []
    while candidate := frontier.pop():
        given.append(candidate.url)
    assert given == [
        HOME + "uphill",
        "https://club.example/uphill-policy",
        HOME + "safety",
        HOME + "known-for-nothing/",
    ]


def test_frontier_keeps_what_is_not_accepted():
    frontier = Frontier()
    frontier.add([Link(HOME + "safety", "", 3)], home=HOME, depth=1)
    assert frontier.pop(lambda candidate: candidate.strong) is None
    assert frontier.pop().url == HOME + "safety"


def a_fetch(body: bytes, content_type: str = "text/html") -> Fetch:
    return Fetch(HOME + "p", HOME + "p", NOW, http_status=200, content_type=content_type, body=body)


def test_a_policy_comes_with_its_text_and_bytes(kit):
    page = examine(a_fetch(kit.POLICY.encode())).page
    assert (page.kind, page.outcome) == (SourceKind.POLICY, Outcome.POLICY)
    assert page.body == kit.POLICY.encode()
    for quotes in page.reading.evidence.values():
        assert all(page.text[quote.start : quote.end] == quote.quote for quote in quotes)


def test_a_page_without_facts_leaves_its_bytes_behind():
    examined = examine(a_fetch(b"<p>Hello</p><a href='/uphill'>Uphill</a><a href='/c'>Conditions</a>"))
    assert (examined.page.kind, examined.page.body, examined.page.text) == (SourceKind.NO_POLICY, b"", "")
    assert [link.url for link in examined.links] == [HOME + "uphill"]
    assert [link.url for link in examined.status_links] == [HOME + "c"]


_OF_SEVERAL = (
    b"<title>Uphill policies of our ski areas</title><h1>Uphill policies of our ski areas</h1>"
    b"<h2>Copperline Mountain Resort</h2><p>Uphill travel is allowed before 8 a.m. Dogs are prohibited.</p>"
    b"<h2>Bald Knoll Ski Resort</h2><p>Uphill travel is prohibited at all times.</p>"
)


@pytest.mark.parametrize(
    ("resort", "access"),
    [("Copperline Mountain Resort", "allowed"), ("Bald Knoll", "prohibited"), ("Larch Hollow", None)],
)
def test_of_several_resorts_rules_the_visited_ones_are_read(resort, access):
    page = examine(a_fetch(_OF_SEVERAL), resort).page
    assert (page.reading.policy.access if page.reading else None) == access
    assert page.kind is (SourceKind.POLICY if access else SourceKind.NO_POLICY)


@pytest.mark.parametrize("resort", ["Grauegg", "Skigebiet Grauegg", "Somewhere Else"])
def test_a_page_of_one_resort_is_read_whole_whatever_its_name(resort):
    body = (
        b"<html lang=en><title>Uphill travel at Grauegg</title><h1>Uphill travel</h1>"
        b"<p>Uphill travel is allowed before 8 a.m. An uphill pass is required.</p>"
        b"<h3>Grauegg</h3><p>Climbing is allowed on this run.</p>"
        b"<h3>Talboden</h3><p>Uphill travel is not allowed here. Dogs are not allowed on any run.</p>"
        b"<h3>Sonnhang</h3><p>Climbing is allowed after 4 p.m.</p>"
    )
    assert examine(a_fetch(body), resort).page.reading == examine(a_fetch(body)).page.reading


def test_beside_a_policy_a_page_can_only_tell_the_status(kit):
    told = examine(a_fetch(kit.POLICY.replace("Dogs", "Uphill access is currently closed. Dogs").encode()))
    assert told.is_policy
    second = told.as_second()
    assert second.page.kind is SourceKind.STATUS
    assert second.page.reading.is_policy is False
    assert examine(a_fetch(kit.POLICY.encode())).as_second().page.kind is SourceKind.CANDIDATE


def test_a_page_that_breaks_the_extraction_is_unreadable_and_logged(monkeypatch, caplog):
    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(examining, "read_page", broken)
    page = examine(a_fetch(b"<p>Uphill</p>")).page
    assert page.outcome is Outcome.UNREADABLE
    assert "ZeroDivisionError" in page.detail
    assert HOME + "p" in caplog.text


@pytest.mark.parametrize(
    "body", [b"<!doctype html><body><script>draw()</script></body>", b"%PDF-1.7 nothing"]
)
def test_a_page_without_text(body):
    outcome = Outcome.EMPTY if body.startswith(b"<") else Outcome.UNREADABLE
    assert examine(a_fetch(body, "")).page.outcome is outcome


def visit(outcome: Outcome, *pages: FetchedPage) -> ResortVisit:
    return ResortVisit("r", NOW, NOW, outcome, pages)


FAR = visit(Outcome.DNS, fetched(SourceKind.HOME, Outcome.DNS, status=None))


def test_the_network_is_missing_after_enough_failures_and_no_answer():
    watch = NetworkWatch(enough=2)
    watch.note(FAR)
    assert not watch.is_missing
    watch.note(visit(Outcome.NO_WEBSITE))
    assert not watch.is_missing
    watch.note(FAR)
    assert watch.is_missing


@pytest.mark.parametrize("answer", [Outcome.ROBOTS, Outcome.HTTP_STATUS, Outcome.POLICY])
def test_one_answer_is_enough_of_a_network(answer):
    watch = NetworkWatch(enough=1)
    watch.note(visit(answer, fetched(SourceKind.HOME, answer)))
    watch.note(FAR)
    assert not watch.is_missing


def test_a_missing_network_is_probed_now_and_then_and_comes_back():
    seconds = [0.0]
    watch = NetworkWatch(enough=1, patience=10, clock=lambda: seconds[0], allow_loopback=True)
    watch.note(FAR)
    with socket.create_server(("127.0.0.1", 0)) as server:
        here = f"http://127.0.0.1:{server.getsockname()[1]}/"
        assert asyncio.run(watch.failure("http://127.0.0.1:1/")) is Outcome.CONNECTION
        seconds[0] = 9.0
        assert asyncio.run(watch.failure(here)) is Outcome.CONNECTION, "not probed again so soon"
        seconds[0] = 11.0
        assert asyncio.run(watch.failure(here)) is None
    assert not watch.is_missing


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "nonsense", "http://[broken", "http://h:port/"])
def test_probing_what_can_not_be_reached(url):
    assert asyncio.run(probe(url, allow_loopback=True)) is Outcome.CONNECTION


def test_the_probe_does_not_go_where_the_crawl_must_not(monkeypatch):
    connected = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        port = server.getsockname()[1]
        for url in (f"http://127.0.0.1:{port}/", f"http://localhost:{port}/", f"http://0x7f.1:{port}/"):
            assert asyncio.run(probe(url)) is Outcome.CONNECTION
        # A name of the public kind that leads here: only its address tells.
        here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: connected.append("asked") or here)
        assert asyncio.run(probe("http://resort.example/")) is Outcome.CONNECTION
        with pytest.raises(BlockingIOError):
            server.accept()
    assert connected == ["asked"]


def test_the_recorder_tells_what_was_lost_and_goes_on():
    told: list[str] = []

    def record(visit: ResortVisit) -> Recorded:
        if visit.outcome is Outcome.DNS:
            raise NotFound("Resort 'r' is not in the catalogue.\nmore")
        return Recorded(Change.NONE, None)

    recorder = Recorder(
        record, lambda *_: told.append("kept"), lambda _, reason: told.append(reason), broken=told.append
    )

    async def put_both() -> None:
        await recorder.put(FAR)
        await recorder.put(visit(Outcome.POLICY))

    asyncio.run(put_both())
    recorder.close()
    assert told == ["Resort 'r' is not in the catalogue.", "kept"]
