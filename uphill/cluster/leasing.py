"""Leases of sites: one site, one worker, so that the delay between two requests holds across all of them."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from uphill.cluster.batches import sites
from uphill.db.failures import in_short
from uphill.lease import release, renew_all, take_all
from uphill.recording.visit import Target

logger = logging.getLogger(__name__)

_LONGEST = 255


class SiteLeases:
    """The sites that one job has. ``lasting`` is how long they last without a renewal, in seconds."""

    def __init__(
        self, sessions: sessionmaker[Session], owner: str, clock: Callable[[], datetime], lasting: float
    ) -> None:
        self._sessions = sessions
        self._owner = owner
        self._clock = clock
        self._lasting = timedelta(seconds=lasting)
        self._held: frozenset[str] = frozenset()

    async def take(self, targets: Sequence[Target]) -> list[Target]:
        """Those of ``targets`` all of whose sites are this job's now; the others' sites stay free."""
        return await asyncio.to_thread(self._take, targets)

    async def renew(self) -> bool:
        """Whether all are still this job's, and for another while. Raises SQLAlchemyError."""
        return await asyncio.to_thread(self._last, self._lasting) == len(self._held)

    async def keep(self, seconds: float) -> None:
        """Give them back in ``seconds``: the next worker's first request keeps its distance, too."""
        try:
            await asyncio.to_thread(self._last, timedelta(seconds=seconds))
        except SQLAlchemyError as error:
            logger.warning("Leases could not be given back, they expire: %s", in_short(error))

    def _take(self, targets: Sequence[Target]) -> list[Target]:
        got = take_all(self._sessions, _names(targets), self._owner, self._clock(), self._lasting)
        ours = [target for target in targets if got.issuperset(_names([target]))]
        self._held = frozenset(_names(ours))
        if spare := got - self._held:
            release(self._sessions, self._owner, spare)
        return ours

    def _last(self, lasting: timedelta) -> int:
        return len(renew_all(self._sessions, self._held, self._owner, self._clock(), lasting))


def _names(targets: Iterable[Target]) -> set[str]:
    return {f"site:{site}"[:_LONGEST] for target in targets for site in sites(target)}
