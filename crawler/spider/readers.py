"""Reads pages beside the event loop: in processes of their own where many are to be read, else in threads.

Reading is Python's work, a dozen milliseconds a page: in threads it takes turns with the loop that all sites' answers
come to. A process begins with the first page that none of the others is free to read, and ends with its input: it
outlives this one by a page at most, however this one ends. A page that a process dies of is unreadable; the next page
gets another process.
"""

import asyncio
import contextlib
import logging
import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from crawler.spider.examined import Examined
from crawler.spider.fetched import Fetch
from uphill.outcomes import Outcome
from uphill.vocabulary import SourceKind

MANY = 32
"""Resorts. A process takes half a second to begin, which a crawl of fewer is done in."""
MOST_PROCESSES = 4
COMMAND = (sys.executable, "-P", "-m", "crawler.spider.reading")

logger = logging.getLogger(__name__)


def processes_for(resorts: int, processors: int | None = None) -> int:
    """How many processes are to read in a crawl of so many resorts; 0: threads do."""
    if processors is None:
        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(processors, MOST_PROCESSES) if resorts >= MANY and processors > 1 else 0


class Readers:
    """``processes`` 0: threads of this process."""

    def __init__(self, processes: int = 0) -> None:
        self._threads = ThreadPoolExecutor(processes, "read") if processes else None
        self._own = threading.local()
        self._running: set[_Process] = set()
        self._lock = threading.Lock()
        self._closed = False

    async def examine(self, fetch: Fetch, resort: str | None) -> Examined:
        """What the page that was fetched for the resort of this name says."""
        if self._threads is None:
            return await asyncio.to_thread(_examine_here, fetch, resort)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._examine_there, fetch, resort)

    def close(self) -> None:
        """End the processes, also in the midst of a page, which then nobody waits for."""
        with self._lock:
            self._closed = True
            for process in self._running:
                process.end()
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)

    def _examine_there(self, fetch: Fetch, resort: str | None) -> Examined:
        process: _Process | None = getattr(self._own, "process", None)
        if process is None:
            try:
                process = self._own.process = self._begun()
            except OSError as error:
                logger.warning("No process to read pages in could be begun (%s)", error.strerror or error)
                return _examine_here(fetch, resort)
        try:
            return process.examine(fetch, resort)
        except (OSError, EOFError, pickle.PickleError) as error:
            with self._lock:
                self._running.discard(process)
            self._own.process = None
            process.end()
            if not self._closed:
                logger.warning("%s ended the process that read it (%r)", fetch.url, error)
            detail = f"the reading of {fetch.url} broke down"
            return Examined(fetch.page(SourceKind.CANDIDATE, Outcome.UNREADABLE, detail=detail))

    def _begun(self) -> "_Process":
        with self._lock:
            if self._closed:
                raise OSError("the crawl is at its end")
            process = _Process()
            self._running.add(process)
        return process


class _Process:
    """A child that reads one page at a time; for one thread, but that any may ``end`` it."""

    def __init__(self) -> None:
        self._child = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603

    def examine(self, fetch: Fetch, resort: str | None) -> Examined:
        """Raises OSError or EOFError where the process ends before it has answered."""
        asked, answers = self._child.stdin, self._child.stdout
        if asked is None or answers is None:
            raise EOFError
        pickle.dump((fetch, resort), asked, pickle.HIGHEST_PROTOCOL)
        asked.flush()
        answer: tuple[Examined, bool, list[str]] = pickle.load(answers)  # noqa: S301 - our own words
        examined, holds_facts, told = answer
        for sentence in told:
            logger.warning("%s", sentence)
        if holds_facts:
            examined = replace(examined, page=replace(examined.page, body=fetch.body))
        return examined

    def end(self) -> None:
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was not written is not missed
                    pipe.close()


def _examine_here(fetch: Fetch, resort: str | None) -> Examined:
    # A crawl that finds nothing new reads nothing, and need not load the rules to read by.
    from crawler.spider.examine import examine  # noqa: PLC0415

    return examine(fetch, resort)
