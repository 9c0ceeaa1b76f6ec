"""A worker: takes jobs until it is told to stop, and comes back after the database was away."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy.engine import make_url

from uphill.cluster.jobs import UPKEEP, make_app
from uphill.cluster.means import Means
from uphill.cluster.retrying import CRAWLS
from uphill.cluster.schema import SCHEMA

logger = logging.getLogger(__name__)

_AWAY = (ConnectorException, psycopg.Error, OSError)
_CONNECTIONS = 4
_UPKEEP_PLACES = 2  # the watch over dead workers must not wait for a long pruning


def _libpq_url(sqlalchemy_url: str) -> str:
    return make_url(sqlalchemy_url).set(drivername="postgresql").render_as_string(hide_password=False)


def connector(sqlalchemy_url: str, patience: float) -> PsycopgConnector:
    """The way to the jobs' tables of the database, which is away if it does not answer in so many seconds."""
    url = _libpq_url(sqlalchemy_url)
    options = str(conninfo_to_dict(url).get("options") or "")
    return PsycopgConnector(
        conninfo=url,
        kwargs={"options": f"{options} -c search_path={SCHEMA}".strip()},
        min_size=1,
        max_size=_CONNECTIONS,
        timeout=patience,
    )


async def work(means: Means, *, name: str, concurrency: int = 1) -> None:
    """Take jobs until SIGTERM or SIGINT; crawls under way then finish their pages in flight.

    Where the database is away, its crawls end, and the worker waits until it is back.
    """
    stopping = asyncio.Event()
    async with _signals(stopping):
        while not stopping.is_set():
            try:
                await _reach(means)
                async with _app(means).open_async() as app:
                    await _until(stopping, _take_jobs(app, means, name, concurrency))
            except _AWAY as error:
                why = " ".join(str(error.__cause__ or error).split())
                logger.warning("The database is away (%s); the worker waits for it.", why)
            if not stopping.is_set():
                await _until(stopping, asyncio.sleep(means.pace.reconnect))


def _app(means: Means) -> App:
    return make_app(connector(means.settings.sqlalchemy_url, means.pace.patience), means)


async def _reach(means: Means) -> None:
    """Raises psycopg's OperationalError where the database is away: a pool would try for half a minute."""
    url = _libpq_url(means.settings.sqlalchemy_url)
    connection = await psycopg.AsyncConnection.connect(
        url, connect_timeout=max(1, round(means.pace.patience))
    )
    await connection.close()


async def _take_jobs(app: App, means: Means, name: str, concurrency: int) -> None:
    """Returns, or raises, as soon as one of the queues can't be served any more."""
    places = {CRAWLS: concurrency, UPKEEP: _UPKEEP_PLACES}
    serving = [
        asyncio.create_task(
            app.run_worker_async(
                queues=[queue],
                name=name,
                concurrency=places[queue],
                delete_jobs="successful",
                install_signal_handlers=False,
                shutdown_graceful_timeout=0,  # jobs are told at once, and take their own time
                update_heartbeat_interval=means.pace.heartbeat,
                stalled_worker_timeout=means.pace.stalled,
            )
        )
        for queue in places
    ]
    try:
        await asyncio.wait(serving, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in serving:
            each.cancel()
        ended = await asyncio.gather(*serving, return_exceptions=True)
    for end in ended:
        if isinstance(end, Exception):
            raise end


async def _until(stopping: asyncio.Event, running: Coroutine[Any, Any, None]) -> None:
    """Run until it ends by itself, or is cancelled because the worker is stopping."""
    task = asyncio.create_task(running)
    stop = asyncio.create_task(stopping.wait())
    await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):  # this one's, by the line above
        await task


@contextlib.asynccontextmanager
async def _signals(stopping: asyncio.Event) -> AsyncIterator[None]:
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGTERM, signal.SIGINT)
    for number in numbers:
        loop.add_signal_handler(number, stopping.set)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
