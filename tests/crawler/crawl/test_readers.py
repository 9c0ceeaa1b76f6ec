"""Pages read in processes of their own: the same as here, and whatever becomes of a process, the crawl goes on."""

import asyncio
import os
import pickle
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.spider import readers as reading
from crawler.spider.examine import examine
from crawler.spider.fetched import Fetch
from crawler.spider.readers import MANY, MOST_PROCESSES, Readers, processes_for
from uphill.outcomes import Outcome
from uphill.vocabulary import PassRequired

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PAGES = sorted((Path(__file__).parent.parent / "own/pages").glob("*.html"))[:6]
URL = "https://r.example/uphill"


def fetch(body: bytes) -> Fetch:
    return Fetch(URL, URL, NOW, http_status=200, content_type="text/html; charset=utf-8", body=body)


PLAIN = fetch(
    b"<!doctype html><html lang='en'><h1>Uphill policy</h1><p>An uphill pass is required.</p></html>"
)


@pytest.fixture
def begun(monkeypatch):
    """The process ids of the readers that were begun."""
    ids: list[int] = []

    class Noted(subprocess.Popen):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            ids.append(self.pid)

    monkeypatch.setattr(reading.subprocess, "Popen", Noted)
    return ids


def run(asked, processes=1):
    """What ``asked``, given the readers, comes to; no process is left behind."""

    async def awaited():
        readers = Readers(processes)
        try:
            return await asked(readers)
        finally:
            readers.close()

    return asyncio.run(awaited())


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_few_resorts_or_one_processor_need_no_process():
    assert processes_for(MANY - 1, 8) == 0
    assert processes_for(1000, 1) == 0
    assert processes_for(MANY, 2) == 2
    assert processes_for(MANY, 64) == MOST_PROCESSES


def test_a_process_reads_a_page_as_it_is_read_here_and_is_gone_at_the_end(begun):
    fetches = [fetch(page.read_bytes()) for page in PAGES]

    async def asked(readers):
        return await asyncio.gather(*(readers.examine(one, "Larkspur Bowl") for one in fetches))

    assert run(asked, processes=2) == [examine(one, "Larkspur Bowl") for one in fetches]
    assert len(begun) == 2
    assert not any(is_alive(pid) for pid in begun)


def test_without_a_page_to_read_no_process_begins(begun):
    async def asked(readers):
        return readers

    run(asked, processes=4)
    assert begun == []


def test_a_page_that_kills_its_reader_is_unreadable_and_the_next_one_is_read(begun, monkeypatch, caplog):
    dies = "import sys; sys.stdin.buffer.read(9)"
    whole = reading.COMMAND
    commands = iter([(sys.executable, "-c", dies), whole])

    class Next(reading.subprocess.Popen):
        def __init__(self, *_, **kwargs):
            super().__init__(next(commands), **kwargs)

    monkeypatch.setattr(reading.subprocess, "Popen", Next)

    async def asked(readers):
        return [await readers.examine(PLAIN, None) for _ in range(2)]

    first, second = run(asked)
    assert (first.page.outcome, first.page.reading) == (Outcome.UNREADABLE, None)
    assert first.page.detail == f"the reading of {URL} broke down"
    assert "ended the process that read it" in caplog.text
    assert second.page.reading.policy.pass_required is PassRequired.ALWAYS
    assert not any(is_alive(pid) for pid in begun)


def test_where_no_process_can_begin_the_page_is_read_here(monkeypatch, caplog):
    monkeypatch.setattr(reading, "COMMAND", ("/nowhere/python",))

    async def asked(readers):
        return await readers.examine(PLAIN, None)

    assert run(asked) == examine(PLAIN)
    assert "No process to read pages in" in caplog.text


def test_what_is_logged_over_there_is_told_here(monkeypatch, caplog):
    broken = (
        "import crawler.spider.examine as e\ndef read(*_):\n    raise ValueError('odd')\ne._read = read\n"
    )
    command = f"{broken}from crawler.spider.reading import main; main()"
    monkeypatch.setattr(reading, "COMMAND", (sys.executable, "-c", command))

    async def asked(readers):
        return await readers.examine(PLAIN, None)

    assert run(asked).page.outcome is Outcome.UNREADABLE
    assert "could not be read: ValueError('odd')" in caplog.text


def test_a_reader_hears_no_signal_meant_for_the_crawl_and_ends_with_its_input():
    with subprocess.Popen(reading.COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        pickle.dump((PLAIN, None), process.stdin)
        process.stdin.flush()
        examined, holds_facts, told = pickle.load(process.stdout)  # noqa: S301 - our own words
        assert examined.is_policy
        assert (examined.page.body, holds_facts, told) == (b"", True, [])
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        pickle.dump((PLAIN, None), process.stdin)
        process.stdin.flush()
        assert pickle.load(process.stdout)[0] == examined  # noqa: S301
        process.stdin.close()  # as when the crawl is killed
        assert process.wait(timeout=120) == 0
