"""Three workers over a generated web, one of them killed: all is visited, nothing twice, each site in peace."""

import signal
from itertools import pairwise
from pathlib import Path

import pytest
from generated import GeneratedWeb, resorts
from processes import Cluster, wait_for
from sqlalchemy import select

from uphill.db import CrawlRun, Lease
from uphill.runs import Ending, Trigger

RESORTS = 30
DELAY = 0.25
pytestmark = pytest.mark.slow


def test_a_killed_worker_gives_its_job_back_and_no_resort_is_visited_twice(cluster: Cluster):
    cluster.settings = {"delay": str(DELAY), "batch": "10", "sites": "3"}
    cluster.pace = {
        "look_for_due": "* * * * * */2",
        "look_for_stalled": "* * * * * *",
        "heartbeat": 0.5,
        "stalled": 2,
        "lease_heartbeat": 0.5,
        "lease": 4,
        "drain": 2,
        "rest": 0,
        "busy": 1,
    }
    with GeneratedWeb(resorts(RESORTS)) as web:
        cluster.load(web.rows())
        victim = cluster.start("north")
        cluster.start("south")
        cluster.start("west")
        site = {each.slug: f"site:{each.host}:{web.port}" for each in web.resorts}

        def in_the_middle() -> bool:
            """Whether the one that is to be killed has visited some of its job's resorts, and many not."""
            held = _leases_of(cluster, victim.pid)
            visited = {site[slug] for slug in cluster.visits()}
            return len(held & visited) > 1 and len(held - visited) > 3

        wait_for(in_the_middle)
        before = cluster.visits()
        (crawl,) = _children(victim.pid)
        victim.send_signal(signal.SIGKILL)
        wait_for(lambda: not _is_alive(crawl))
        wait_for(lambda: len(cluster.visits()) == RESORTS)
        cluster.stop()

    assert len(before) < RESORTS - 3
    assert set(cluster.visits().values()) == {1}
    for host, times in web.times().items():
        assert min(after - before for before, after in pairwise(times)) > DELAY / 2, host
    with cluster.sessions() as session:
        assert set(session.scalars(select(CrawlRun.trigger))) == {Trigger.WORKER}


def _leases_of(cluster: Cluster, pid: int) -> set[str]:
    with cluster.sessions() as session:
        names = select(Lease.name).where(Lease.owner.contains(f":{pid}:"), Lease.name.startswith("site:"))
        return set(session.scalars(names))


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def test_a_worker_that_is_told_to_stop_finishes_its_pages_and_gives_back_the_rest(cluster: Cluster):
    cluster.settings = {"delay": "0.5", "batch": "30", "sites": "3"}
    with GeneratedWeb(resorts(30)) as web:
        cluster.load(web.rows())
        worker = cluster.start("north")
        wait_for(lambda: cluster.visits().total() > 2)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(120) == 0
        visited = cluster.visits()
        assert set(visited.values()) == {1}
        assert 2 < len(visited) < 30
    with cluster.sessions() as session:
        (run,) = session.scalars(select(CrawlRun))
        assert (run.ending, run.visited) == (Ending.STOPPED, len(visited))
    (job,) = cluster.jobs()
    assert (job.status, len(job.args["slugs"])) == ("todo", 30)
