"""Databases of the tests' own, and clusters on them."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import own_name
from uphill.catalogue import CatalogueRow

sys.path.insert(0, str(Path(__file__).parent))  # tests and bench share what generates webs and starts workers

from in_process import Bench
from processes import Cluster, cluster_on, fresh_database

SLUGS = ("almond-hill", "basin-hill", "copper-hill", "dusk-hill")


def resort_row(slug: str, website: str) -> CatalogueRow:
    return CatalogueRow(slug=slug, name=slug, country="US", region="US-CO", website=website)


@pytest.fixture
def database_url(postgresql_url: str) -> Iterator[str]:
    with fresh_database(postgresql_url, own_name("cluster")) as url:
        yield url


@pytest.fixture
def cluster(database_url: str) -> Iterator[Cluster]:
    with cluster_on(database_url) as made:
        yield made


@pytest.fixture(scope="module")
def four_resorts(postgresql_url: str) -> Iterator[Cluster]:
    with fresh_database(postgresql_url, own_name("four_resorts")) as url, cluster_on(url) as made:
        made.load([resort_row(slug, f"https://{slug}.com/") for slug in SLUGS])
        yield made


@pytest.fixture
def bench(four_resorts: Cluster) -> Iterator[Bench]:
    """Four resorts, each on a site of its own, all due; two make a job."""
    made = Bench(four_resorts, batch=2)
    yield made
    made.clear()
