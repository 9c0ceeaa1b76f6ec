"""``python -m uphill.cluster.tethered SECONDS ARGUMENTS``: ``uphill ARGUMENTS`` that ends with its worker.

The worker holds the other end of standard input, and writes to it each time it has renewed its leases. Where
that pipe is closed, or silent for SECONDS, the worker is dead or has lost the database, and others may soon
visit the same sites: the command then asks itself to stop, and is killed if it does not.
"""

import os
import select
import signal
import sys
import threading
import time

from uphill.cli import main

STOP_SECONDS = 17.0
_STDIN = 0


def hold_on(silence: float, grace: float = STOP_SECONDS) -> None:
    """Returns never: ends this process once the worker is gone. ``silence`` and ``grace`` are in seconds."""
    while select.select([_STDIN], [], [], silence)[0] and os.read(_STDIN, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(grace)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    threading.Thread(target=hold_on, args=(float(sys.argv[1]),), name="tether", daemon=True).start()
    main(sys.argv[2:], prog_name="uphill")
