"""Ending a crawl early: asked once, no new visits begin; asked again, or after a grace, those under way are dropped."""

import asyncio
import logging

logger = logging.getLogger(__name__)

GRACE_SECONDS = 10.0
"""For visits under way when a stop is asked for. A visit that is dropped comes again."""


class Stop:
    """A request to end the crawl. May be made in a signal handler, or by any thread, before the crawl and in it."""

    def __init__(self, grace: float = GRACE_SECONDS) -> None:
        self.grace = grace
        self.times = 0
        self.why: str | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._asked: asyncio.Event | None = None

    def ask(self, why: str | None = None) -> None:
        """End the crawl; ``why`` is a sentence where nobody's signal asked for it."""
        self.times += 1
        self.why = self.why or why
        if self._loop is not None and self._asked is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._asked.set)

    @property
    def is_asked(self) -> bool:
        return self.times > 0

    async def begun(self) -> None:
        """Returns once a stop is asked for. This and the next are for one task."""
        await self._until_asked(1)

    async def over(self) -> None:
        """Returns once what is still under way is to be dropped."""
        try:
            async with asyncio.timeout(self.grace):
                await self._until_asked(2)
        except TimeoutError:
            logger.info("Visits under way took longer than %g s", self.grace)

    async def _until_asked(self, times: int) -> None:
        if self._asked is None:
            self._loop, self._asked = asyncio.get_running_loop(), asyncio.Event()
        while self.times < times:
            await self._asked.wait()
            self._asked.clear()
