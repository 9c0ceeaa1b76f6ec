"""Finished visits into the database: one transaction each, off the event loop, one writer at a time.

This is no item pipeline of Scrapy: one that is stopped (Ctrl-C) while an item from ``start()`` is in a pipeline
waits for it forever.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.exc import SQLAlchemyError

from uphill.errors import UphillError
from uphill.record import Recorded
from uphill.visit import ResortVisit


class Recorder:
    """Stores visits in the order they end. ``recorded`` and ``lost`` are told of each, in the writer's thread.

    One thread of its own: SQLite has one writer, and the common threads may all wait for slow name servers.
    """

    def __init__(
        self,
        record: Callable[[ResortVisit], Recorded],
        recorded: Callable[[ResortVisit, Recorded], None],
        lost: Callable[[ResortVisit, str], None],
    ) -> None:
        self._record = record
        self._recorded = recorded
        self._lost = lost
        self._writer = ThreadPoolExecutor(1, "record")

    async def put(self, visit: ResortVisit) -> None:
        """Returns when the visit is stored. It will be stored even where the wait is cancelled."""
        await asyncio.shield(asyncio.wrap_future(self._writer.submit(self._store, visit)))

    def close(self) -> None:
        """Returns when everything that was put is stored."""
        self._writer.shutdown()

    def _store(self, visit: ResortVisit) -> None:
        try:
            recorded = self._record(visit)
        except (SQLAlchemyError, UphillError) as error:
            self._lost(visit, str(error).partition("\n")[0])
        else:
            self._recorded(visit, recorded)
