"""Databases of the tests' own, and clusters on them."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkstemp

import pytest
from sqlalchemy import Engine

from tests.conftest import alone, made_template, own_name
from tests.forked import Forked, uphill
from uphill.catalogue import CatalogueRow
from uphill.cluster.schema import prepare
from uphill.db.upgrade import upgrade

sys.path.insert(0, str(Path(__file__).parent))  # tests and bench share what generates webs and starts workers

from hurried import hurry
from in_process import Bench
from processes import Cluster, cluster_on, fresh_database

SLUGS = ("almond-hill", "basin-hill", "copper-hill", "dusk-hill")


def resort_row(slug: str, website: str) -> CatalogueRow:
    return CatalogueRow(slug=slug, name=slug, country="US", region="US-CO", website=website)


@pytest.fixture
def database_url(postgresql_url: str) -> Iterator[str]:
    with fresh_database(postgresql_url, own_name("cluster")) as url:
        yield url


class Worker(Forked):
    """A worker's process, with what is asked of one that was begun by its script."""

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def poll(self) -> int | None:
        return None if self.alive else self.end()

    def wait(self, timeout: float) -> int:
        return self.end(timeout)


class ForkedCluster(Cluster):
    """Its workers are forked from a process that has imported most of what they need."""

    def start(self, name: str) -> Worker:
        pace = [f"{key}={value}" for key, value in self.pace.items()]
        file, out = mkstemp()
        os.close(file)
        usual, hurried = (uphill, "worker", "--name", name), (hurry, *pace, "--", name)
        worker = Worker(self.environment, Path(out), *(hurried if pace else usual))
        self.workers.append(worker)
        return worker

    def stop(self) -> None:
        super().stop()
        for worker in self.workers:
            print(worker.said)  # noqa: T201 - shown with the failure of a test
            worker.out.unlink(missing_ok=True)
        self.workers.clear()


@pytest.fixture(scope="session")
def cluster_template(postgresql_url: str, together: Path) -> str:
    """The name of a PostgreSQL database that is ready for workers, without a resort."""

    def fill(engine: Engine) -> None:
        upgrade(engine)
        prepare(engine)

    with alone(together):
        return made_template(postgresql_url, "cluster_template", fill)


@pytest.fixture
def cluster(postgresql_url: str, cluster_template: str) -> Iterator[Cluster]:
    with (
        fresh_database(postgresql_url, own_name("cluster"), cluster_template) as url,
        cluster_on(url, ForkedCluster) as made,
    ):
        yield made


@pytest.fixture(scope="module")
def four_resorts(postgresql_url: str, cluster_template: str) -> Iterator[Cluster]:
    with (
        fresh_database(postgresql_url, own_name("four_resorts"), cluster_template) as url,
        cluster_on(url) as made,
    ):
        made.load([resort_row(slug, f"https://{slug}.com/") for slug in SLUGS])
        yield made


@pytest.fixture
def bench(four_resorts: Cluster) -> Iterator[Bench]:
    """Four resorts, each on a site of its own, all due; two make a job."""
    made = Bench(four_resorts, batch=2)
    yield made
    made.clear()
