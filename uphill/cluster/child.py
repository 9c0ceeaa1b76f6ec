"""The crawl of a job: ``uphill crawl`` in a process of its own, which lives as long as its leases do."""

import asyncio
import logging
import subprocess
import sys
from collections.abc import Iterable

from sqlalchemy.exc import SQLAlchemyError

from uphill.cluster.leasing import SiteLeases
from uphill.cluster.pace import Pace
from uphill.db.failures import in_short
from uphill.runs import Trigger

STOPPED = 130
"""Exit code of a crawl that was told to end."""

logger = logging.getLogger(__name__)


async def crawl(slugs: Iterable[str], leases: SiteLeases, pace: Pace) -> int:
    """Run the crawl of ``slugs`` to its end and return its exit code (negative: what killed it).

    Leases are renewed meanwhile. Once they are lost (``STOPPED`` is returned), or this coroutine is cancelled,
    the crawl is asked to finish its pages in flight, and killed after ``pace.drain`` seconds.
    """
    process = await _start(slugs, pace)
    try:
        while not await _ended(process, pace.lease_heartbeat):
            if not await _holds(process, leases):
                return STOPPED
        return process.returncode or 0
    finally:
        await _stop(process, pace.drain)


async def _start(slugs: Iterable[str], pace: Pace) -> asyncio.subprocess.Process:
    chosen = [argument for slug in slugs for argument in ("--resort", slug)]
    silence = pace.lease - pace.drain  # it has to be gone when the leases are
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "uphill.cluster.tethered", str(silence),
        "crawl", "--due", "--quiet", "--trigger", Trigger.WORKER, *chosen,
        stdin=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for the worker, which passes it on
    )  # fmt: skip


async def _ended(process: asyncio.subprocess.Process, within: float) -> bool:
    try:
        await asyncio.wait_for(asyncio.shield(process.wait()), within)
    except TimeoutError:
        return False
    return True


async def _holds(process: asyncio.subprocess.Process, leases: SiteLeases) -> bool:
    """Renew the leases and tell the crawl so; False once others have them."""
    try:
        ours = await leases.renew()
    except SQLAlchemyError as error:  # tried again; the crawl ends itself if that lasts
        logger.warning("Leases could not be renewed: %s", in_short(error))
        return True
    if not ours:
        logger.warning("Another worker has a lease of this one; the crawl is stopped.")
    elif process.stdin is not None:
        process.stdin.write(b".")
    return ours


async def _stop(process: asyncio.subprocess.Process, grace: float) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    if not await _ended(process, grace):
        logger.warning("The crawl did not stop within %.0f s and is killed.", grace)
        process.kill()
        await process.wait()
