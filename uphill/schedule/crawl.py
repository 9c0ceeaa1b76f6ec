"""A crawl as a child process in a session of its own, so that Ctrl-C in a terminal is not its to hear."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import timedelta

STOP_SECONDS = 17.0
"""For a crawl that was told to end: ten for visits under way, the rest to record them and close the run."""
COMMAND = (sys.executable, "-m", "uphill", "crawl", "--due", "--trigger", "schedule")

FIRST_REST = timedelta(minutes=5)
LONGEST_REST = timedelta(hours=1)

_ENDINGS = {
    0: "The crawl is over.",
    1: "The crawl failed; its own message stands above, 'uphill runs' has the rest.",
    130: "The crawl was stopped; what it did not get to is still due.",
}
_WELL = (0, 130)


def rest(failures: int) -> timedelta:
    """How long no crawl is begun after so many that failed in a row: no network, a full disk."""
    return min(FIRST_REST * 2 ** min(failures - 1, 10), LONGEST_REST) if failures else timedelta()


class CrawlProcess:
    """At most one crawl at a time. ``end`` may be called by another thread than ``run``.

    ``failures`` counts the crawls that failed since one last did not.
    """

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._command = tuple(command)
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.RLock()  # a signal handler may come upon it held
        self._ended = False
        self.failures = 0

    def run(self) -> str | None:
        """Crawl; returns a sentence on how it ended, or None where there is to be no crawl any more."""
        with self._lock:
            if self._ended:
                return None
            child = self._child = subprocess.Popen(  # noqa: S603 - our own command
                self._command,
                env=os.environ.copy(),
                start_new_session=True,
                stdin=subprocess.PIPE,  # it ends with this process, however that ends
            )
        code = child.wait()
        if child.stdin is not None:
            child.stdin.close()
        with self._lock:
            self._child = None
        self.failures = self.failures + 1 if code not in _WELL else 0
        return _ENDINGS.get(
            code, f"The crawl's process ended with {code}; what it did not get to is still due."
        )

    def end(self, seconds: float = STOP_SECONDS) -> bool:
        """Tell the crawl to end and wait for it; kill it after so long. Whether it had not to be killed."""
        child = self.tell()
        if child is None:
            return True
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            return False
        return True

    def tell(self) -> subprocess.Popen[bytes] | None:
        """Ask a crawl under way to end; asked again, it drops what it is at."""
        with self._lock:
            if self._child is not None:
                self._child.terminate()
            return self._child

    def close(self) -> None:
        """From now on ``run`` begins no crawl."""
        with self._lock:
            self._ended = True
