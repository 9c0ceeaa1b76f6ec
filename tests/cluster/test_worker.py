"""A worker while the database is away, in this process: it says so, waits, and goes on when it is back."""

import asyncio
import os
import signal

import pytest
from in_process import Bench
from sqlalchemy import Engine, create_engine, text

from tests.conftest import own_name
from uphill.cluster.pace import Pace
from uphill.cluster.worker import work

A, B = "almond-hill", "basin-hill"


@pytest.fixture
def server(postgresql_url):
    engine = create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


def away(server: Engine, name: str) -> None:
    """Nobody may connect any more, and who is connected is thrown out."""
    with server.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
        out = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
        connection.execute(text(out), {"name": name})


def back(server: Engine, name: str) -> None:
    with server.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))


async def until(condition) -> None:
    async with asyncio.timeout(180):
        while not condition():  # noqa: ASYNC110 - of what another thread does
            await asyncio.sleep(0.05)


def test_a_worker_outlives_a_database_that_was_away(cluster, server, caplog, row):
    bench = Bench(cluster, batch=2)
    pace = Pace(look_for_due="* * * * * *", reconnect=0.2, rest=0)
    bench.means = bench.change(pace=pace)

    async def live_through_it() -> None:
        working = asyncio.create_task(work(bench.means, name="north"))
        cluster.load([row(A, website=f"https://{A}.com/")])
        await until(lambda: [A] in bench.crawled)
        bench.visited([A])
        away(server, own_name("cluster"))
        await until(lambda: "The database is away" in caplog.text)
        back(server, own_name("cluster"))
        cluster.load([row(B, website=f"https://{B}.com/")])
        await until(lambda: [B] in bench.crawled)
        os.kill(os.getpid(), signal.SIGTERM)
        await working

    asyncio.run(live_through_it())


def test_a_worker_can_be_stopped_while_the_database_is_away(cluster, server, caplog):
    bench = Bench(cluster, batch=2)
    bench.means = bench.change(pace=Pace(reconnect=0.1))

    async def live_through_it() -> None:
        working = asyncio.create_task(work(bench.means, name="north"))
        await until(bench.workers)
        away(server, own_name("cluster"))
        await until(lambda: caplog.text.count("The database is away") > 2)
        os.kill(os.getpid(), signal.SIGTERM)
        async with asyncio.timeout(120):
            await working

    asyncio.run(live_through_it())
    back(server, own_name("cluster"))
