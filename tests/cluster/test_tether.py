"""A crawl lives as long as its worker holds the other end of its tether and pulls at it."""

import asyncio
import signal
import subprocess
import sys
import time

from uphill.cluster import child
from uphill.cluster.pace import Pace

HELD = """
import signal, sys, threading, time
from uphill.cluster.tethered import hold_on
{before}
threading.Thread(target=hold_on, args=(float(sys.argv[1]), 0.2), daemon=True).start()
print("here", flush=True)
time.sleep(60)
"""
DEAF = "signal.signal(signal.SIGTERM, signal.SIG_IGN)"


def held(silence: float, before: str = "") -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", HELD.format(before=before), str(silence)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    )
    assert process.stdout.readline() == b"here\n"
    return process


def test_a_crawl_ends_when_its_worker_dies():
    with held(60) as process:
        process.stdin.close()
        assert process.wait(60) == -signal.SIGTERM


def test_a_crawl_that_does_not_listen_is_killed():
    with held(60, DEAF) as process:
        process.stdin.close()
        assert process.wait(60) == -signal.SIGKILL


def test_a_crawl_ends_when_its_worker_has_lost_the_leases_and_not_before():
    silence = 2.0  # longer than a busy machine keeps this process from pulling
    with held(silence) as process:
        begun = time.monotonic()
        while time.monotonic() - begun < silence * 1.2:
            process.stdin.write(b".")
            time.sleep(0.1)
        assert process.poll() is None
        assert process.wait(60) == -signal.SIGTERM


class Leases:
    def __init__(self, answers: list[bool]) -> None:
        self.answers = answers

    async def renew(self) -> bool:
        return self.answers.pop(0)


def test_a_crawl_is_stopped_when_others_have_its_leases():
    leases = Leases([True, False])
    assert asyncio.run(child.crawl(["anywhere"], leases, Pace(lease_heartbeat=0.05))) == child.STOPPED
    assert leases.answers == []
