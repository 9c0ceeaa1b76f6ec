"""Finished visits into the database: one transaction each, off the event loop, one writer at a time.

This is no item pipeline of Scrapy: one that is stopped (Ctrl-C) while an item from ``start()`` is in a pipeline
waits for it forever.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from uphill.db.failures import in_short, may_pass
from uphill.errors import UphillError
from uphill.recording.record import Recorded
from uphill.recording.visit import ResortVisit

PAUSES = (1.0, 3.0, 6.0)
"""Seconds between the tries of what fails in passing: a locked file, a server that is started again."""
LOST_IN_A_ROW = 3
"""Visits. After so many the database takes nothing, and asking further sites would be for nothing."""

_T = TypeVar("_T")


class Recorder:
    """Stores visits in the order they end. ``recorded`` and ``lost`` are told of each, in the writer's thread.

    ``broken`` is told, once, when visit after visit is lost because the database fails. One thread of its own:
    SQLite has one writer, and the common threads may all wait for slow name servers.
    """

    def __init__(
        self,
        record: Callable[[ResortVisit], Recorded],
        recorded: Callable[[ResortVisit, Recorded], None],
        lost: Callable[[ResortVisit, str], None],
        broken: Callable[[str], None],
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self._record = record
        self._recorded = recorded
        self._lost = lost
        self._broken = broken
        self._pauses = tuple(pauses)
        self._lost_in_a_row = 0
        self._hurried = threading.Event()
        self._writer = ThreadPoolExecutor(1, "record")

    async def put(self, visit: ResortVisit) -> None:
        """Returns when the visit is stored. It will be stored even where the wait is cancelled."""
        await asyncio.shield(asyncio.wrap_future(self._writer.submit(self._store, visit)))

    def hurry(self) -> None:
        """From now on what fails is not tried again: the crawl is to end."""
        self._hurried.set()

    def close(self) -> None:
        """Returns when everything that was put is stored."""
        self._writer.shutdown()

    def patiently(self, action: Callable[[], _T]) -> _T:
        """What ``action`` returns; tried again after a pause where the database failed in passing."""
        for pause in self._pauses:
            try:
                return action()
            except SQLAlchemyError as error:
                if not may_pass(error) or self._hurried.wait(pause):
                    raise
        return action()

    def _store(self, visit: ResortVisit) -> None:
        try:
            # Once a visit was lost after all tries, the next ones show by a single one that it works again.
            recorded = (
                self._record(visit) if self._lost_in_a_row else self.patiently(lambda: self._record(visit))
            )
        except (SQLAlchemyError, UphillError) as error:
            self._lost(visit, in_short(error))
            self._lost_in_a_row += isinstance(error, SQLAlchemyError) and may_pass(error)
            if self._lost_in_a_row == LOST_IN_A_ROW:
                self._broken(in_short(error))
        else:
            self._lost_in_a_row = 0
            self._recorded(visit, recorded)
