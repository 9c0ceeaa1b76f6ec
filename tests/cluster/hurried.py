"""``hurried.py NAME=VALUE … -- WORKER``: a worker with another pace than the usual one, and its log on stderr."""

import asyncio
import sys

from uphill.cli.database import database
from uphill.cluster.log import log_to_stderr
from uphill.cluster.means import Means
from uphill.cluster.pace import Pace
from uphill.cluster.worker import work
from uphill.settings import load_settings

if __name__ == "__main__":
    split = sys.argv.index("--")
    given = dict(argument.split("=", 1) for argument in sys.argv[1:split])
    hurried = {name: value if name.startswith("look_for") else float(value) for name, value in given.items()}
    log_to_stderr()
    settings = load_settings()
    with database(settings) as sessions:
        means = Means(settings, sessions, Pace(**hurried))
        asyncio.run(work(means, name=sys.argv[split + 1], concurrency=1))
